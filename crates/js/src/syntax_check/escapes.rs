//! Reads escapes in strings, templates and names.

use std::borrow::Cow;

use super::token::Token;

/// Reads what follows the backslash of an escape in a string. Returns the length; `None`: there is
/// no such escape.
pub(super) fn in_string(rest: &[u8], flags: &mut u8) -> Option<u32> {
    *flags |= Token::ESCAPED;
    match rest {
        [] | [b'u' | b'x'] | [b'x', _] => None,
        [b'x', high, low, ..] => (high.is_ascii_hexdigit() && low.is_ascii_hexdigit()).then_some(3),
        [b'u', next, ..] => {
            if *next == b'{' {
                *flags |= Token::CODE_POINT;
            }
            unicode(rest).map(|(_, length)| length)
        }
        [b'\r', b'\n', ..] => Some(2),
        // The digits after the first one mean themselves, or belong to the escape: both are valid.
        [digit @ b'0'..=b'7', rest @ ..] => {
            if *digit != b'0' || matches!(rest, [b'0'..=b'7', ..]) {
                *flags |= Token::OCTAL;
            }
            Some(1)
        }
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => {
            *flags |= Token::LINE_SEPARATOR;
            Some(3)
        }
        [first, ..] => Some(width_of_lead(*first)),
    }
}

/// Reads what follows the backslash of an escape in a template. Returns the length that has been
/// read, and whether the escape is right.
pub(super) fn in_template(rest: &[u8]) -> (u32, bool) {
    let is_octal = match rest {
        [b'0', next, ..] => matches!(next, b'0'..=b'7'),
        [b'1'..=b'7', ..] => true,
        _ => false,
    };
    match in_string(rest, &mut 0) {
        Some(length) => (length, !is_octal),
        None => (1.min(u32::try_from(rest.len()).unwrap_or(1)), false),
    }
}

/// Reads `uXXXX` or `u{X…}`. Returns the value, which may be a surrogate, and the length.
pub(super) fn unicode(rest: &[u8]) -> Option<(u32, u32)> {
    if rest.first() != Some(&b'u') {
        return None;
    }
    let (digits, length) = if rest.get(1) == Some(&b'{') {
        let end = rest.iter().position(|byte| *byte == b'}')?;
        (&rest[2..end], end + 1)
    } else {
        (rest.get(1..5)?, 5)
    };
    if digits.is_empty() {
        return None;
    }
    let mut value = 0_u32;
    for digit in digits {
        value = value * 16 + char::from(*digit).to_digit(16)?;
        if value > 0x10_FFFF {
            return None;
        }
    }
    Some((value, u32::try_from(length).ok()?))
}

fn width_of_lead(byte: u8) -> u32 {
    match byte {
        0xF0.. => 4,
        0xE0.. => 3,
        0xC0.. => 2,
        _ => 1,
    }
}

/// Returns the inside of a string, or a name, without its escapes. They are right. A surrogate
/// becomes U+FFFD: such a text equals none of the texts that are searched for.
pub(super) fn decoded(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        value.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let (c, length) = decode_one(rest);
        value.extend(c);
        rest = rest.get(length..).unwrap_or_default();
    }
    value.push_str(rest);
    Cow::Owned(value)
}

/// Returns the character of an escape, if it has one, and the length after the backslash.
fn decode_one(rest: &str) -> (Option<char>, usize) {
    let hex = |digits: Option<&str>| {
        let value = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        value.and_then(char::from_u32).or(Some('\u{FFFD}'))
    };
    match rest.as_bytes() {
        [b'n', ..] => (Some('\n'), 1),
        [b'r', ..] => (Some('\r'), 1),
        [b't', ..] => (Some('\t'), 1),
        [b'b', ..] => (Some('\u{8}'), 1),
        [b'v', ..] => (Some('\u{B}'), 1),
        [b'f', ..] => (Some('\u{C}'), 1),
        [b'x', ..] => (hex(rest.get(1..3)), 3),
        [b'u', ..] => match unicode(rest.as_bytes()) {
            Some((value, length)) => surrogates(rest, value, length as usize),
            None => (None, 1),
        },
        [b'0'..=b'7', ..] => octal(rest),
        [b'\r', b'\n', ..] => (None, 2),
        [b'\r' | b'\n', ..] => (None, 1),
        [0xE2, 0x80, 0xA8 | 0xA9, ..] => (None, 3),
        _ => match rest.chars().next() {
            Some(c) => (Some(c), c.len_utf8()),
            None => (None, 0),
        },
    }
}

/// Joins two escaped surrogates of one character.
fn surrogates(rest: &str, high: u32, length: usize) -> (Option<char>, usize) {
    if (0xD800..0xDC00).contains(&high)
        && let Some(next) = rest.get(length..).and_then(|rest| rest.strip_prefix('\\'))
        && let Some((low @ 0xDC00..0xE000, more)) = unicode(next.as_bytes())
    {
        let value = 0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        return (char::from_u32(value), length + 1 + more as usize);
    }
    (char::from_u32(high).or(Some('\u{FFFD}')), length)
}

fn octal(rest: &str) -> (Option<char>, usize) {
    let mut value = 0;
    let mut length = 0;
    for digit in rest.bytes().take(3).map_while(|byte| char::from(byte).to_digit(8)) {
        if value * 8 + digit > 255 {
            break;
        }
        value = value * 8 + digit;
        length += 1;
    }
    (char::from_u32(value), length)
}
