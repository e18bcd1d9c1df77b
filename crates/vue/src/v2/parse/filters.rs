//! Filters: `value | a | b(c)` is `_f("b")(_f("a")(value),c)`. Where a `|` is a filter is decided
//! by a look at quotes, brackets and what might be a regular expression, without a grammar; what
//! that gets wrong, it has to get wrong here too.

use std::ops::Range;

use crate::code::Code;

/// An expression of a binding, its filters applied; trimmed.
pub(crate) fn parse_filters(expression: &Code) -> Code {
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

/// The first part with the others applied to it. Outer calls begin first, so nothing is copied
/// twice.
fn applied(parts: &[Code]) -> Code {
    let [value, filters @ ..] = parts else { return Code::default() };
    let mut code = Code::default();
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

fn filter_name(filter: &Code) -> Range<usize> {
    0..filter.text().find('(').unwrap_or(filter.text().len())
}

/// Where the `|` of filters stand.
fn pipes(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut pipes = Vec::new();
    // The quote or slash that ends what is no code; and how deep each kind of bracket is.
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

/// A `/` after it divides.
fn ends_value(before: &[u8]) -> bool {
    let last = before.iter().rev().find(|byte| **byte != b' ');
    last.is_some_and(|byte| byte.is_ascii_alphanumeric() || b").+-_$]".contains(byte))
}
