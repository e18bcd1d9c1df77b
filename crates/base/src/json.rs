//! Writes JSON. Texts are written by our own code: most of a source map is the text of its sources,
//! and `serde_json` looks at each byte of it, which takes several times as long.

use std::fmt::Write;

use serde::Serialize;

/// Writes a value over several lines, with an end of line after the last.
pub fn pretty(value: &impl Serialize) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).expect("a value is printable"))
}

/// Returns a text as a string literal, which is one of JavaScript too.
pub fn quoted(text: &str) -> String {
    let mut json = String::with_capacity(text.len() + 2);
    push_quoted(&mut json, text);
    json
}

/// Appends a text as a string literal.
pub fn push_quoted(json: &mut String, text: &str) {
    json.push('"');
    let mut rest = text;
    while let Some(at) = first_escaped(rest.as_bytes()) {
        json.push_str(&rest[..at]);
        match rest.as_bytes()[at] {
            b'"' => json.push_str("\\\""),
            b'\\' => json.push_str("\\\\"),
            b'\n' => json.push_str("\\n"),
            b'\r' => json.push_str("\\r"),
            b'\t' => json.push_str("\\t"),
            0x08 => json.push_str("\\b"),
            0x0c => json.push_str("\\f"),
            control => write!(json, "\\u{control:04x}").expect("strings can be written"),
        }
        rest = &rest[at + 1..];
    }
    json.push_str(rest);
    json.push('"');
}

/// Returns the offset of the first byte that JSON escapes: a quote, a backslash or a control
/// character. It looks at eight bytes at a time.
fn first_escaped(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    // Subtraction sets the high bit of a byte that is too small. It borrows from the next byte, so
    // only the lowest bit that is set counts.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & HIGH;
    let (words, rest) = bytes.as_chunks::<8>();
    for (number, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let controls = word.wrapping_sub(0x20 * ONES) & !word & HIGH;
        let quotes = zeros(word ^ (u64::from(b'"') * ONES));
        let backslashes = zeros(word ^ (u64::from(b'\\') * ONES));
        let found = controls | quotes | backslashes;
        if found != 0 {
            return Some(number * 8 + found.trailing_zeros() as usize / 8);
        }
    }
    let is_escaped = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
    rest.iter().position(is_escaped).map(|at| words.len() * 8 + at)
}

/// Appends a list of string literals; `null` for texts that are not known.
pub fn push_list<'t>(json: &mut String, texts: impl IntoIterator<Item = Option<&'t str>>) {
    json.push('[');
    for (number, text) in texts.into_iter().enumerate() {
        if number > 0 {
            json.push(',');
        }
        match text {
            Some(text) => push_quoted(json, text),
            None => json.push_str("null"),
        }
    }
    json.push(']');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_quoted_as_by_serde_json() {
        let all: String = (0..0x180).filter_map(char::from_u32).collect();
        let shifted = (0..9).map(|start| format!("{}{all}\u{2028}\u{1f600}", "x".repeat(start)));
        let single = (0..0x80_u8).map(|byte| format!("12345678{}9", char::from(byte)));
        for text in shifted.chain(single).chain([String::new()]) {
            let mut json = String::new();
            push_quoted(&mut json, &text);
            assert_eq!(json, serde_json::to_string(&text).expect("a text"), "{text:?}");
        }
    }

    #[test]
    fn lists_have_null_for_unknown_texts() {
        let mut json = String::new();
        push_list(&mut json, [Some("a\n"), None]);
        assert_eq!(json, "[\"a\\n\",null]");
    }
}
