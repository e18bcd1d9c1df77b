//! The identifiers that stand for slots.

use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::Ident;

/// The identifier of a slot.
pub(super) fn ident(slot: u32, span: Span) -> Ident {
    Ident::new(format!("#{slot}").into(), span, SyntaxContext::empty())
}

/// The slot that an identifier's text stands for.
pub(super) fn number(text: &str) -> Option<u32> {
    text.strip_prefix('#')?.parse().ok()
}

/// Whether an identifier's text stands for a slot.
pub(super) fn is_slot(text: &str) -> bool {
    number(text).is_some()
}
