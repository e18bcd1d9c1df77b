//! What a two-way binding assigns to: `a.b[c]` is set through `$set`, so that Vue notices new
//! properties.

use std::ops::Range;

use crate::code::Code;

/// The code that assigns to what `v-model` or `.sync` names. `assigned`: JavaScript.
pub(crate) fn assignment(target: &Code, assigned: &str) -> Code {
    let trimmed = target.trimmed();
    let mut code = Code::default();
    let Some((object, key)) = last_step(trimmed.text()) else {
        // As written, with the white space around it.
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

/// The object and the key of a path's last step; `None`: it is one name.
fn last_step(path: &str) -> Option<(Range<usize>, Key)> {
    if !path.contains('[') || !path.ends_with(']') {
        let dot = path.rfind('.')?;
        return Some((0..dot, Key::Name(dot + 1..path.len())));
    }
    let (open, close) = last_brackets(path.as_bytes());
    Some((0..open, Key::Expression(open + 1..close.max(open + 1))))
}

/// The last brackets that stand in no others. Strings in them are passed over; the first character
/// never counts.
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
