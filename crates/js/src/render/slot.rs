//! The identifiers that stand for slots.

use swc_atoms::Atom;
use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::Ident;

/// Ends the text of a slot's identifier where the printed text is cut (`minify::movable`).
const MARK: char = '^';

/// The identifier of a slot.
pub(super) fn ident(slot: u32, span: Span) -> Ident {
    Ident::new(format!("#{slot}").into(), span, SyntaxContext::empty())
}

/// The slot that an identifier's text stands for.
pub(super) fn number(text: &str) -> Option<u32> {
    text.strip_prefix('#')?.trim_end_matches(MARK).parse().ok()
}

/// Whether an identifier's text stands for a slot.
pub(super) fn is_slot(text: &str) -> bool {
    number(text).is_some()
}

/// The same slot, where the text is cut.
pub(super) fn marked(text: &str) -> Atom {
    format!("{text}{MARK}").into()
}

/// Whether the text is cut at a slot.
pub(super) fn is_marked(text: &str) -> bool {
    text.starts_with('#') && text.ends_with(MARK)
}
