//! The identifiers that represent slots until the text is printed.

use swc_atoms::Atom;
use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::Ident;

/// The last character of a slot's identifier where the printed text is cut (`minify::movable`).
const MARK: char = '^';

/// Returns the identifier of a slot.
pub(super) fn ident(slot: u32, span: Span) -> Ident {
    Ident::new(text(slot), span, SyntaxContext::empty())
}

/// Writes the text of a slot without an allocation: programs mention linked names very often.
fn text(slot: u32) -> Atom {
    let mut bytes = [b'#'; 11];
    let mut start = bytes.len();
    let mut rest = slot;
    while start == bytes.len() || rest > 0 {
        start -= 1;
        bytes[start] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    std::str::from_utf8(&bytes[start - 1..]).expect("digits are ASCII").into()
}

/// Returns the slot that an identifier's text represents.
pub(crate) fn number(text: &str) -> Option<u32> {
    text.strip_prefix('#')?.trim_end_matches(MARK).parse().ok()
}

/// Whether an identifier's text represents a slot.
pub(super) fn is_slot(text: &str) -> bool {
    number(text).is_some()
}

/// Returns the text for the same slot in a place where the printed text is cut.
pub(super) fn marked(text: &str) -> Atom {
    format!("{text}{MARK}").into()
}

/// Whether the printed text is cut at an identifier.
pub(crate) fn is_marked(text: &str) -> bool {
    text.starts_with('#') && text.ends_with(MARK)
}
