//! Texts with interpolations: `Hello {{ name }}` is `"Hello "+_s(name)`.

use std::ops::Range;

use super::filters::parse_filters;
use crate::mapped_code::MappedCode;

/// Returns the expression of a text with interpolations. `None` if it has no interpolation.
pub(crate) fn parse_text(text: &MappedCode, delimiters: &(String, String)) -> Option<MappedCode> {
    let mut at = 0;
    let mut code = MappedCode::default();
    while let Some((inside, end)) = next_interpolation(text.text(), at, delimiters) {
        push_literal(&mut code, text, at..inside.start - delimiters.0.len());
        push_operator(&mut code);
        code.push_str("_s(");
        code.push(&parse_filters(&text.slice(inside)));
        code.push_str(")");
        at = end;
    }
    if at == 0 {
        return None;
    }
    push_literal(&mut code, text, at..text.text().len());
    Some(code)
}

fn push_literal(code: &mut MappedCode, text: &MappedCode, range: Range<usize>) {
    if !range.is_empty() {
        push_operator(code);
        code.push_quoted(&text.slice(range));
    }
}

fn push_operator(code: &mut MappedCode) {
    if !code.is_empty() {
        code.push_str("+");
    }
}

/// Finds the next interpolation. Returns the range between its delimiters, which is at least one
/// character, and the end of the closing delimiter.
fn next_interpolation(
    text: &str,
    from: usize,
    delimiters: &(String, String),
) -> Option<(Range<usize>, usize)> {
    let (open, close) = delimiters;
    let mut from = from;
    // Most texts contain no delimiter. Looking for its first byte is faster than looking for all of
    // it.
    if open.as_bytes().first().is_some_and(|first| !text.as_bytes()[from..].contains(first)) {
        return None;
    }
    loop {
        let start = from + text[from..].find(open.as_str())? + open.len();
        let first = text[start..].chars().next()?.len_utf8();
        let end = start + first + text[start + first..].find(close.as_str())?;
        match line_end(&text[start..end], is_default(delimiters)) {
            None => return Some((start..end, end + close.len())),
            // No delimiter closes before the line end, so the opening one before it is text as
            // well.
            Some(after) => from = start + after,
        }
    }
}

fn is_default(delimiters: &(String, String)) -> bool {
    (delimiters.0.as_str(), delimiters.1.as_str()) == ("{{", "}}")
}

/// Returns the end of the first line end that an interpolation cannot contain. It can contain `\n`
/// and, with the default delimiters, `\r\n`.
fn line_end(text: &str, allows_return: bool) -> Option<usize> {
    let is_line_end = |at: usize, found: &str| match found {
        "\r" => !(allows_return && text[at + 1..].starts_with('\n')),
        _ => true,
    };
    let mut found = text.match_indices(['\r', '\u{2028}', '\u{2029}']);
    found.find(|(at, found)| is_line_end(*at, found)).map(|(at, found)| at + found.len())
}
