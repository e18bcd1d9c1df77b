//! The component's file: the texts of spans, and their places for diagnostics.

use std::sync::Arc;

use bundle_base::{Label, Source, Span};
use bundle_js::block_span;
use swc_common::Spanned;

use crate::mapped_code::MappedCode;

/// The file that spans refer to.
#[derive(Clone, Copy)]
pub(super) struct File<'a> {
    pub source: &'a Arc<Source>,
}

impl<'a> File<'a> {
    pub fn text(self, span: Span) -> &'a str {
        self.source.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    pub fn written(self, node: &impl Spanned) -> &'a str {
        self.text(block_span(node.span()))
    }

    pub fn copy(self, node: &(impl Spanned + ?Sized), to: &mut MappedCode) {
        let span = block_span(node.span());
        to.push_copied(self.text(span), span.start);
    }

    pub fn label(self, node: &impl Spanned) -> Label {
        Label::new(self.source, block_span(node.span()))
    }

    /// Returns the separator to write where text is removed before `at`, so that the statements on
    /// both sides stay separate.
    pub fn separator(self, at: u32) -> &'static str {
        let rest = self.source.text.get(at as usize..).unwrap_or("");
        if after_blank(rest).starts_with(['(', '[', '`', '+', '-', '*', '/', '.', ',', '?']) {
            ";"
        } else {
            ""
        }
    }
}

/// Returns a text without the white space and comments at its start.
pub(super) fn after_blank(text: &str) -> &str {
    let mut rest = text.trim_start();
    loop {
        rest = match (rest.strip_prefix("//"), rest.strip_prefix("/*")) {
            (Some(line), _) => line.split_once('\n').map_or("", |(_, after)| after),
            (_, Some(comment)) => comment.split_once("*/").map_or("", |(_, after)| after),
            _ => return rest,
        }
        .trim_start();
    }
}
