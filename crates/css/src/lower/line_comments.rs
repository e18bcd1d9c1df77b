//! Warns about `//` before or in a declaration. CSS has no such comments: the text up to the next
//! semicolon is one invalid declaration. Before a whole declaration on its line that does no harm,
//! so there is a warning only where something else is lost.

use std::ops::Range;

use bundle_base::{
    Diagnostics,
    mapped_text::MappedText,
    stylesheet::{Item, after_token, items},
};

use crate::messages;

/// Warns about each declaration that is lost.
pub(super) fn warn(stylesheet: &MappedText, log: &mut Diagnostics) {
    let css = stylesheet.text();
    if !css.contains("//") {
        return;
    }
    for item in items(css) {
        let Item::Declaration { property, value } = item else { continue };
        let name = &css[property.clone()];
        let at = if name.starts_with("//") {
            name.contains('\n').then_some(property.start)
        } else if name.starts_with("--") {
            None
        } else {
            comment_in(css, value)
        };
        if let Some(label) = at.and_then(|at| stylesheet.label(at..at + 2)) {
            log.push(messages::line_comment(label));
        }
    }
}

/// Returns where `//` is in a value, outside strings, addresses and comments.
fn comment_in(css: &str, value: Range<usize>) -> Option<usize> {
    let mut at = value.start;
    while at < value.end {
        if css[at..value.end].starts_with("//") {
            return Some(at);
        }
        at = after_token(css, at);
    }
    None
}
