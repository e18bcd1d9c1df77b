//! Drops the spelling of literals that not every engine can read, so that the printer writes them
//! in a form that all engines read.

use swc_ecma_ast::{Number, Str};

/// Octal literals of sloppy code.
pub(super) fn number(number: &mut Number) {
    let is_octal =
        |raw: &str| raw.len() > 1 && raw.starts_with('0') && raw.as_bytes()[1].is_ascii_digit();
    if number.raw.as_deref().is_some_and(is_octal) {
        number.raw = None;
    }
}

/// Octal escapes and NUL in a string.
pub(super) fn text(text: &mut Str) {
    let is_odd = |raw: &str| {
        let bytes = raw.as_bytes();
        bytes.contains(&0)
            || bytes.windows(2).any(|pair| pair[0] == b'\\' && pair[1].is_ascii_digit())
    };
    if text.raw.as_deref().is_some_and(is_odd) {
        text.raw = None;
    }
}
