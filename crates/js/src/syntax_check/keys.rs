//! The keys of object literals, compared to find those that occur twice.

use std::borrow::Cow;

use super::{
    escapes,
    token::{Kind, Token},
};

/// A key of an object literal.
pub(super) struct Key<'a> {
    text: Cow<'a, str>,
    /// 0: a value; 1: a getter; 2: a setter.
    kind: u8,
}

/// Returns the key that a token is. `None`: it is computed, a `BigInt`, or has half a character.
pub(super) fn key(token: Token, text: &str, kind: u8) -> Option<Key<'_>> {
    let text = match token.kind {
        Kind::BracketOpen | Kind::BigInt => return None,
        Kind::Text | Kind::SymbolText => escapes::decoded(&text[1..text.len() - 1]),
        Kind::Number => Cow::Owned(number(text).to_string()),
        _ => escapes::decoded(text),
    };
    // All surrogates are the same in a decoded text.
    (!text.contains('\u{FFFD}')).then_some(Key { text, kind })
}

/// Whether two keys are the same. A getter and a setter may share a key.
pub(super) fn repeat(keys: &mut [Key<'_>]) -> bool {
    keys.sort_unstable_by(|a, b| (&a.text, a.kind).cmp(&(&b.text, b.kind)));
    keys.windows(2)
        .any(|pair| pair[0].text == pair[1].text && (pair[0].kind, pair[1].kind) != (1, 2))
}

/// Returns the value of a number literal.
fn number(text: &str) -> f64 {
    let digits = text.replace('_', "");
    let bytes = digits.as_bytes();
    let radix = match bytes {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        [b'0', rest @ ..] if !rest.is_empty() && rest.iter().all(|b| matches!(b, b'0'..=b'7')) => {
            return value_of(&digits[1..], 8);
        }
        _ => return digits.parse().unwrap_or(f64::NAN),
    };
    value_of(&digits[2..], radix)
}

fn value_of(digits: &str, radix: u32) -> f64 {
    let digits = digits.chars().filter_map(|digit| digit.to_digit(radix));
    digits.fold(0.0, |value, digit| value * f64::from(radix) + f64::from(digit))
}
