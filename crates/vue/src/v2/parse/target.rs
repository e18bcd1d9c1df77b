//! The code with which a two-way binding assigns: `a.b[c]` is set through `$set`, so that Vue
//! notices new properties.

use std::ops::Range;

use crate::mapped_code::MappedCode;

/// Returns the code that assigns to the target of `v-model` or `.sync`. `assigned`: the value, as
/// JavaScript.
pub(crate) fn assignment(target: &MappedCode, assigned: &str) -> MappedCode {
    let trimmed = target.trimmed();
    let mut code = MappedCode::default();
    let Some((object, key)) = last_step(trimmed.text()) else {
        // The target as written, with the white space at both ends.
        code.push(target);
        code.push_str("=");
        code.push_str(assigned);
        return code;
    };
    code.push_str("$set(");
    code.push_slice(&trimmed, object);
    code.push_str(", ");
    match key {
        Key::Name(name) => {
            code.push_str("\"");
            code.push_slice(&trimmed, name);
            code.push_str("\"");
        }
        Key::Expression(expression) => code.push_slice(&trimmed, expression),
    }
    code.push_str(", ");
    code.push_str(assigned);
    code.push_str(")");
    code
}

enum Key {
    Name(Range<usize>),
    Expression(Range<usize>),
}

/// Returns the object and the key of the last step of a path. `None` if the path is one name.
fn last_step(path: &str) -> Option<(Range<usize>, Key)> {
    if !path.contains('[') || !path.ends_with(']') {
        let dot = path.rfind('.')?;
        return Some((0..dot, Key::Name(dot + 1..path.len())));
    }
    let (open, close) = last_brackets(path.as_bytes());
    Some((0..open, Key::Expression(open + 1..close.max(open + 1))))
}

/// Returns the positions of the last brackets that are in no others. Skips strings in brackets; the
/// first character never counts.
fn last_brackets(path: &[u8]) -> (usize, usize) {
    let (mut open, mut close, mut depth) = (0, 0, 0_u32);
    let mut quote = None;
    for (at, &byte) in path.iter().enumerate().skip(1) {
        match byte {
            _ if quote.is_some() => quote = quote.filter(|quote| *quote != byte),
            b'"' | b'\'' => quote = Some(byte),
            b'[' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            b']' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    close = at;
                }
            }
            _ => {}
        }
    }
    (open, close)
}
