//! Literals whose spelling not every engine can read. Without it, the printer writes them in a form
//! that all engines read.

use swc_ecma_ast::{Number, Str};

/// Drops the spelling of an octal literal of sloppy code.
pub(crate) fn number(number: &mut Number) {
    if is_octal(number) {
        number.raw = None;
    }
}

/// Whether a number is written as an octal literal of sloppy code.
pub(crate) fn is_octal(number: &Number) -> bool {
    let is_octal =
        |raw: &str| raw.len() > 1 && raw.starts_with('0') && raw.as_bytes()[1].is_ascii_digit();
    number.raw.as_deref().is_some_and(is_octal)
}

/// Drops the spelling of a string with octal escapes or NUL.
pub(crate) fn text(text: &mut Str) {
    if is_odd_text(text) {
        text.raw = None;
    }
}

/// Whether a string is written with octal escapes or NUL.
pub(crate) fn is_odd_text(text: &Str) -> bool {
    text.raw.as_deref().is_some_and(|raw| {
        let bytes = raw.as_bytes();
        bytes.contains(&0)
            || bytes.windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_digit())
    })
}
