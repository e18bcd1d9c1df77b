//! `v-bind(…)` in styles: which expressions a style asks for, and the custom properties that stand
//! for them. The script sets these on the component's elements (`script::css`), so both sides have
//! to agree on every name.

use std::ops::Range;

use bundle_base::woven::Edit;
use indexmap::IndexMap;

use crate::code::Code;

mod hash; // short names for production

pub(super) use hash::of as hash_sum;
#[cfg(test)]
mod tests;

/// The expressions that a component's styles have in `v-bind(…)`, in order, each once.
pub fn parse<'a>(styles: impl IntoIterator<Item = &'a Code>) -> Vec<Code> {
    let mut variables: IndexMap<String, Code> = IndexMap::new();
    for style in styles {
        let content = without_comments(style);
        let (mut at, mut left) = (0, budget(content.text()));
        while let Some(call) = next_call(content.text(), at) {
            // An expression may hold another, and so may what is never closed.
            at = call.end;
            if let Some(end) = closing(content.text(), call.end, &mut left) {
                let variable = normalized(&content.slice(call.end..end));
                variables.entry(variable.text().to_owned()).or_insert(variable);
            }
        }
    }
    variables.into_values().collect()
}

/// Has custom properties stand for `v-bind(…)` in a style.
pub fn replace(css: &str, id: &str, is_production: bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    let (mut at, mut left) = (0, budget(css));
    while let Some(call) = next_call(css, at) {
        if let Some(comment) = comment_before(css, at, call.start) {
            at = comment;
            continue;
        }
        at = call.end;
        let Some(end) = closing(css, call.end, &mut left) else { continue };
        let variable = normalized(&without_comments(&Code::made(&css[call.end..end])));
        let property = format!("var(--{})", name(id, variable.text(), is_production));
        at = end + 1;
        edits.push(Edit::replace(call.start..at, property));
    }
    edits
}

/// The name of an expression's custom property, without `--`.
pub fn name(id: &str, expression: &str, is_production: bool) -> String {
    if is_production {
        return hash::of(&format!("{id}{expression}"));
    }
    let is_kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    // A character outside of the basic plane is two to JavaScript.
    let plain = expression.chars().flat_map(|c| {
        let (shown, times) = if is_kept(c) { (c, 1) } else { ('_', c.len_utf16()) };
        std::iter::repeat_n(shown, times)
    });
    format!("{id}-{}", plain.collect::<String>())
}

/// Without `/* … */`. What is never closed is no comment; neither are those of strings told apart.
fn without_comments(style: &Code) -> Code {
    let text = style.text();
    let mut plain = Code::default();
    let mut copied = 0;
    while let Some(start) = text[copied..].find("/*").map(|found| copied + found) {
        let Some(length) = text[start + 2..].find("*/") else { break };
        plain.push_slice(style, copied..start);
        copied = start + 2 + length + 2;
    }
    plain.push_slice(style, copied..text.len());
    plain
}

/// Where the comment ends that begins between two places and reaches over the second.
fn comment_before(text: &str, from: usize, to: usize) -> Option<usize> {
    let mut at = from;
    while let Some(start) = text[at..to].find("/*").map(|found| at + found) {
        let length = text[start + 2..].find("*/")?;
        let end = start + 2 + length + 2;
        if end > to {
            return Some(end);
        }
        at = end;
    }
    None
}

/// The next `v-bind (`, up to behind its parenthesis.
fn next_call(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(start) = text[at..].find("v-bind").map(|found| at + found) {
        let rest = &text[start + "v-bind".len()..];
        let arguments = rest.trim_start();
        if arguments.starts_with('(') {
            return Some(start..text.len() - arguments.len() + 1);
        }
        at = start + "v-bind".len();
    }
    None
}

/// How many bytes may be looked at for the ends of expressions: many times what any style needs,
/// and little enough that parentheses which are never closed cannot make it slow.
fn budget(text: &str) -> usize {
    16 * text.len()
}

/// The parenthesis that closes what is open at a place. Those in quotes don't count.
fn closing(text: &str, from: usize, left: &mut usize) -> Option<usize> {
    let mut quote = None;
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate().skip(from) {
        *left = left.checked_sub(1)?;
        match (quote, byte) {
            (None, b'\'' | b'"') => quote = Some(byte),
            (None, b'(') => depth += 1,
            (None, b')') if depth == 0 => return Some(at),
            (None, b')') => depth -= 1,
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Trimmed, without the quotes around all of it.
fn normalized(expression: &Code) -> Code {
    let trimmed = expression.trimmed();
    let text = trimmed.text();
    let is_quoted = ["'", "\""]
        .iter()
        .any(|quote| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote));
    if is_quoted { trimmed.slice(1..text.len() - 1) } else { trimmed }
}
