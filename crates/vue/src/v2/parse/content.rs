//! The content between tags: text with its white space, and comments.

use std::ops::Range;

use bundle_base::config::Whitespace;

use super::{
    builder::Builder,
    draft::{Draft, renamed},
    text::parse_text,
};
use crate::{
    html::decode_text,
    mapped_code::{MappedCode, is_space},
    messages::template as messages,
    v2::tree::Node,
};

impl Builder<'_, '_> {
    /// Adds a text to the open element.
    pub(super) fn text(&mut self, range: Range<usize>) {
        let is_all = range == (0..self.template.text().len());
        let raw = self.slice(range);
        let Some(parent) = self.open.last() else { return self.refuse_text(&raw, is_all) };
        let Some(text) = self.visible(raw, parent) else { return };
        let is_space = text.text() == " ";
        let code = if self.is_in_v_pre || is_space {
            None
        } else {
            parse_text(&text, &self.cx.config.delimiters)
        };
        let children = &parent.element.children;
        let follows_space =
            children.last().and_then(text_of).is_some_and(|text| text.text() == " ");
        let child = match code {
            Some(code) => Node::Expression { code, text },
            None if is_space && follows_space => return,
            None => Node::Text(text),
        };
        if let Some(parent) = self.open.last_mut() {
            parent.element.children.push(child);
        }
    }

    /// Returns the part of a text that is rendered. `None` if nothing is.
    fn visible(&self, raw: MappedCode, parent: &Draft) -> Option<MappedCode> {
        if self.is_in_pre || !raw.text().trim_start_matches(is_space).is_empty() {
            let is_code = matches!(parent.element.tag.as_str(), "script" | "style");
            let text = if is_code { raw } else { decode_text(raw) };
            let condenses = self.cx.config.whitespace == Whitespace::Condense && !self.is_in_pre;
            return Some(if condenses { condensed(&text) } else { text });
        }
        let is_dropped = match self.cx.config.whitespace {
            Whitespace::Preserve => false,
            Whitespace::Condense => raw.text().contains(['\r', '\n']),
        };
        (!is_dropped && !parent.element.children.is_empty()).then(|| renamed(&raw, " "))
    }

    /// Reports text outside of the root element.
    fn refuse_text(&mut self, text: &MappedCode, is_all: bool) {
        let trimmed = text.trimmed();
        if is_all {
            self.refuse_root(trimmed.whole_span(), messages::text_without_root);
        } else if !trimmed.is_empty() {
            self.refuse_root(trimmed.whole_span(), |at| {
                messages::text_outside_root(at, trimmed.text())
            });
        }
    }

    /// Adds a comment if the configuration keeps comments. Comments beside the root are never kept.
    pub(super) fn comment(&mut self, content: Range<usize>) {
        let text = self.slice(content);
        if self.cx.config.comments
            && let Some(parent) = self.open.last_mut()
        {
            parent.element.children.push(Node::Comment(text));
        }
    }

    /// Drops the white space at the end of an element.
    pub(super) fn trim_end(&self, draft: &mut Draft) {
        let is_space = |node: &Node| match node {
            Node::Text(text) | Node::Comment(text) => text.text() == " ",
            Node::Element(_) | Node::Expression { .. } => false,
        };
        while !self.is_in_pre && draft.element.children.last().is_some_and(is_space) {
            draft.element.children.pop();
        }
    }
}

fn text_of(node: &Node) -> Option<&MappedCode> {
    match node {
        Node::Element(_) => None,
        Node::Expression { text, .. } | Node::Text(text) | Node::Comment(text) => Some(text),
    }
}

/// Replaces each run of HTML white space by one space. (A no-break space is not white space in
/// HTML.)
fn condensed(text: &MappedCode) -> MappedCode {
    let is_space = |c: char| matches!(c, ' ' | '\u{c}' | '\t' | '\r' | '\n');
    let mut condensed = MappedCode::default();
    let mut at = 0;
    while let Some(found) = text.text()[at..].find(is_space) {
        let start = at + found;
        condensed.push_slice(text, at..start);
        condensed.push_made_of(" ", text.origin(start));
        let rest = text.text()[start..].trim_start_matches(is_space);
        at = text.text().len() - rest.len();
    }
    condensed.push_slice(text, at..text.text().len());
    condensed
}
