//! Texts as string literals of JavaScript, as `JSON.stringify` writes them.

use crate::code::Code;

/// Appends a text as a string literal; every piece of it keeps its origin.
pub(super) fn push_string(code: &mut Code, text: &Code) {
    code.push_str("\"");
    let mut plain = 0;
    for (at, c) in text.text().char_indices() {
        if let Some(escape) = escape(c) {
            code.push_slice(text, plain..at);
            code.push_made_of(escape.as_str(), text.origin(at));
            plain = at + c.len_utf8();
        }
    }
    code.push_slice(text, plain..text.text().len());
    code.push_str("\"");
}

/// A text of ours as a string literal.
pub(super) fn string(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match escape(c) {
            Some(escape) => literal.push_str(escape.as_str()),
            None => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

/// Appends JavaScript in which the two line ends that older engines do not allow in strings are escaped.
pub(super) fn push_without_line_ends(code: &mut Code, value: &Code) {
    let mut plain = 0;
    for (at, found) in value.text().match_indices(['\u{2028}', '\u{2029}']) {
        code.push_slice(value, plain..at);
        code.push_made_of(if found == "\u{2028}" { "\\u2028" } else { "\\u2029" }, value.origin(at));
        plain = at + found.len();
    }
    code.push_slice(value, plain..value.text().len());
}

/// How a character is written in a string; `None`: as it is.
fn escape(c: char) -> Option<Escape> {
    Some(match c {
        '"' => Escape::Short("\\\""),
        '\\' => Escape::Short("\\\\"),
        '\n' => Escape::Short("\\n"),
        '\r' => Escape::Short("\\r"),
        '\t' => Escape::Short("\\t"),
        '\u{8}' => Escape::Short("\\b"),
        '\u{c}' => Escape::Short("\\f"),
        '\u{2028}' => Escape::Short("\\u2028"),
        '\u{2029}' => Escape::Short("\\u2029"),
        '\0'..='\u{1f}' => Escape::Control(format!("\\u{:04x}", u32::from(c))),
        _ => return None,
    })
}

enum Escape {
    Short(&'static str),
    Control(String),
}

impl Escape {
    fn as_str(&self) -> &str {
        match self {
            Self::Short(text) => text,
            Self::Control(text) => text,
        }
    }
}
