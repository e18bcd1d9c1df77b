//! Assignments to what a template names: `v-model="a.b"` and `:a.sync="b"`. The path is scanned, not parsed, as Vue does it.

use super::join::join;
use crate::code::Code;

/// `target=value`, or where the target is a member, `$set(object, key, value)`: what it assigns may be new to the object.
pub(super) fn assignment(target: &Code, value: &Code) -> Code {
    let trimmed = target.trimmed();
    match member(trimmed.text()) {
        None => join(&[target, &"=", value]),
        Some(Member::Dot(at)) => {
            let (object, key) = (trimmed.slice(0..at), trimmed.slice(at + 1..trimmed.text().len()));
            join(&[&"$set(", &object, &", \"", &key, &"\", ", value, &")"])
        }
        Some(Member::Bracket(open, close)) => {
            let (object, key) = (trimmed.slice(0..open), trimmed.slice((open + 1).min(close)..close));
            join(&[&"$set(", &object, &", ", &key, &", ", value, &")"])
        }
    }
}

/// Where the last segment of a path begins.
enum Member {
    /// At the `.`.
    Dot(usize),
    /// Between these brackets.
    Bracket(usize, usize),
}

/// The last segment of `a.b`, `a[b]`, `a["b"][c[d]]`; `None`: it is a name.
fn member(path: &str) -> Option<Member> {
    if !path.contains('[') || !path.ends_with(']') {
        return path.rfind('.').map(Member::Dot);
    }
    let bytes = path.as_bytes();
    let (mut at, mut last) = (1, (0, 0));
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'') => at = end_of_string(bytes, at, quote),
            b'[' => {
                let close = end_of_bracket(bytes, at);
                last = (at, close.unwrap_or(last.1));
                at = close.unwrap_or(bytes.len());
            }
            _ => {}
        }
        at += 1;
    }
    // Brackets that do not close leave nothing; the expression is reported as such.
    Some(Member::Bracket(last.0, last.1.max(last.0)))
}

fn end_of_bracket(bytes: &[u8], open: usize) -> Option<usize> {
    let (mut at, mut depth) = (open, 0_usize);
    while at < bytes.len() {
        match bytes[at] {
            quote @ (b'"' | b'\'') => at = end_of_string(bytes, at, quote),
            b'[' => depth += 1,
            b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(at);
                }
            }
            _ => {}
        }
        at += 1;
    }
    None
}

/// At the closing quote, or at the end.
fn end_of_string(bytes: &[u8], open: usize, quote: u8) -> usize {
    bytes[open + 1..].iter().position(|byte| *byte == quote).map_or(bytes.len(), |length| open + 1 + length)
}
