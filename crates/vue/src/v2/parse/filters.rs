//! Filters: `value | a | b(c)` is `_f("b")(_f("a")(value),c)`. Vue has no grammar for this: it
//! looks at quotes, brackets and possible regular expressions to decide which `|` starts a filter.
//! This code has to make the same mistakes.

use std::ops::Range;

use crate::mapped_code::MappedCode;

/// Returns the expression of a binding, trimmed, with its filters applied.
pub(crate) fn parse_filters(expression: &MappedCode) -> MappedCode {
    let text = expression.text();
    let pipes = if text.as_bytes().contains(&b'|') { pipes(text) } else { Vec::new() };
    if pipes.is_empty() {
        return expression.trimmed();
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for pipe in pipes {
        parts.push(expression.slice(start..pipe).trimmed());
        start = pipe + 1;
    }
    parts.push(expression.slice(start..text.len()).trimmed());
    applied(&parts)
}

/// Applies filters to the first part. Outer calls are written first, so that nothing is copied
/// twice.
fn applied(parts: &[MappedCode]) -> MappedCode {
    let [value, filters @ ..] = parts else { return MappedCode::default() };
    let mut code = MappedCode::default();
    for filter in filters.iter().rev() {
        code.push_str("_f(\"");
        code.push_slice(filter, filter_name(filter));
        code.push_str("\")(");
    }
    code.push(value);
    for filter in filters {
        let rest = filter_name(filter).end + 1;
        match filter.text().get(rest..) {
            None | Some(")") => code.push_str(")"),
            Some(_) => {
                code.push_str(",");
                code.push_slice(filter, rest..filter.text().len());
            }
        }
    }
    code
}

fn filter_name(filter: &MappedCode) -> Range<usize> {
    0..filter.text().find('(').unwrap_or(filter.text().len())
}

/// Returns the positions of each `|` that starts a filter.
fn pipes(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut pipes = Vec::new();
    // The quote or slash that ends the current string or regular expression, and the depth of each
    // kind of bracket.
    let mut until = None;
    let (mut parens, mut squares, mut curlies) = (0_i32, 0_i32, 0_i32);
    let mut previous = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let before = std::mem::replace(&mut previous, byte);
        if let Some(end) = until {
            if byte == end && before != b'\\' {
                until = None;
            }
            continue;
        }
        match byte {
            b'|' if before != b'|'
                && bytes.get(at + 1) != Some(&b'|')
                && (parens, squares, curlies) == (0, 0, 0) =>
            {
                pipes.push(at);
            }
            b'"' | b'\'' | b'`' => until = Some(byte),
            b'(' => parens += 1,
            b')' => parens -= 1,
            b'[' => squares += 1,
            b']' => squares -= 1,
            b'{' => curlies += 1,
            b'}' => curlies -= 1,
            b'/' if !ends_value(&bytes[..at]) => until = Some(b'/'),
            _ => {}
        }
    }
    pipes
}

/// Whether a `/` after this text is a division.
fn ends_value(before: &[u8]) -> bool {
    let last = before.iter().rev().find(|byte| **byte != b' ');
    last.is_some_and(|byte| byte.is_ascii_alphanumeric() || b").+-_$]".contains(byte))
}
