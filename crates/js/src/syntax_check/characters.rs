//! The classes of characters that tokens consist of.

use swc_ecma_ast::Ident;

/// A byte that continues a name.
const NAME: u8 = 1;
/// A byte that starts a name.
const START: u8 = 1 << 1;
/// A byte that ends the plain part of a string.
const IN_TEXT: u8 = 1 << 2;
/// A byte that ends the plain part of a template.
const IN_TEMPLATE: u8 = 1 << 3;

static CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        #[expect(clippy::cast_possible_truncation, reason = "below 256")]
        let b = byte as u8;
        if b.is_ascii_alphabetic() || b == b'_' || b == b'$' {
            classes[byte] |= NAME | START;
        }
        if b.is_ascii_digit() {
            classes[byte] |= NAME;
        }
        if matches!(b, b'"' | b'\'' | b'\\' | b'\n' | b'\r') {
            classes[byte] |= IN_TEXT;
        }
        if matches!(b, b'`' | b'$' | b'\\') {
            classes[byte] |= IN_TEMPLATE;
        }
        byte += 1;
    }
    // The lead byte of U+2028 and U+2029.
    classes[0xE2] |= IN_TEXT;
    classes
}

#[inline]
pub(super) fn continues_ascii_name(byte: u8) -> bool {
    CLASSES[byte as usize] & NAME != 0
}

#[inline]
pub(super) fn starts_ascii_name(byte: u8) -> bool {
    CLASSES[byte as usize] & START != 0
}

/// Whether a byte needs a closer look inside a string.
#[inline]
pub(super) fn is_special_in_text(byte: u8) -> bool {
    CLASSES[byte as usize] & IN_TEXT != 0
}

/// Whether a byte needs a closer look inside a template.
#[inline]
pub(super) fn is_special_in_template(byte: u8) -> bool {
    CLASSES[byte as usize] & IN_TEMPLATE != 0
}

pub(super) fn starts_name(c: char) -> bool {
    Ident::is_valid_start(c)
}

pub(super) fn continues_name(c: char) -> bool {
    Ident::is_valid_continue(c)
}

/// Whether a character beyond ASCII is white space. The parser takes two characters that the
/// specification does not: U+0085 and U+200B.
pub(super) fn is_space(c: char) -> bool {
    matches!(
        c,
        '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{2000}'
            ..='\u{200B}' | '\u{202F}' | '\u{205F}' | '\u{3000}' | '\u{FEFF}'
    )
}

/// Whether a character beyond ASCII ends a line.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\u{2028}' | '\u{2029}')
}
