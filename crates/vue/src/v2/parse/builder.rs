//! The tree of a template while its tags are read one by one, and the texts and spans of ranges of
//! the template.

use std::ops::Range;

use bundle_base::{
    Span,
    diagnostic::{Diagnostic, Label},
};

use super::{context::Context, draft::Draft};
use crate::{mapped_code::MappedCode, v2::tree::Tree};

pub(super) struct Builder<'a, 'c> {
    pub(super) template: &'a MappedCode,
    /// The template from the current tag or text on.
    rest: MappedCode,
    rest_start: usize,
    pub(super) cx: &'a mut Context<'c>,
    pub(super) tree: Tree,
    /// The open elements, from the root down.
    pub(super) open: Vec<Draft>,
    pub(super) is_in_v_pre: bool,
    /// The current position is in `<pre>`.
    pub(super) is_in_pre: bool,
    /// A mistake of the root has been reported, and no other one will be.
    is_root_refused: bool,
}

impl<'a, 'c> Builder<'a, 'c> {
    pub(super) fn new(template: &'a MappedCode, cx: &'a mut Context<'c>) -> Self {
        Self {
            template,
            rest: template.clone(),
            rest_start: 0,
            cx,
            tree: Tree::default(),
            open: Vec::new(),
            is_in_v_pre: false,
            is_in_pre: false,
            is_root_refused: false,
        }
    }

    pub(super) fn refuse_root(&mut self, span: Span, describe: impl FnOnce(Label) -> Diagnostic) {
        if !std::mem::replace(&mut self.is_root_refused, true) {
            self.cx.report(span, describe);
        }
    }

    /// Moves `rest` to a position. Text before that position is rarely needed from now on.
    pub(super) fn advance(&mut self, to: usize) {
        if let Some(by) = to.checked_sub(self.rest_start) {
            self.rest.advance(by);
            self.rest_start = to;
        }
    }

    /// Returns the text of a range of the template.
    pub(super) fn slice(&self, range: Range<usize>) -> MappedCode {
        match range.start.checked_sub(self.rest_start) {
            Some(start) => self.rest.slice(start..range.end - self.rest_start),
            None => self.template.slice(range),
        }
    }

    /// Returns the span in the file of a range of the template.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        match range.start.checked_sub(self.rest_start) {
            Some(start) => self.rest.span(start..range.end - self.rest_start),
            None => self.template.span(range),
        }
    }
}
