//! `v-bind(…)` in styles: finds the expressions, and replaces each by a custom property. The script
//! sets these properties on the component's elements (`script::css`), so both sides have to agree
//! on every name.

use std::ops::Range;

use bundle_base::mapped_text::Edit;
use indexmap::IndexMap;

use super::hash_sum::hash_sum;
use crate::mapped_code::MappedCode;

#[cfg(test)]
mod tests;

/// Returns the expressions of `v-bind(…)` in a component's styles, in order, each once.
pub fn parse<'a>(styles: impl IntoIterator<Item = &'a MappedCode>) -> Vec<MappedCode> {
    let mut variables: IndexMap<String, MappedCode> = IndexMap::new();
    for style in styles {
        let content = without_comments(style);
        let (mut at, mut left) = (0, budget(content.text()));
        while let Some(call) = next_call(content.text(), at) {
            // The content of a call may contain another call, even if it is never closed.
            at = call.end;
            if let Some(end) = closing(content.text(), call.end, &mut left) {
                let variable = normalized(&content.slice(call.end..end));
                variables.entry(variable.text().to_owned()).or_insert(variable);
            }
        }
    }
    variables.into_values().collect()
}

/// Returns the edits that replace each `v-bind(…)` in a style by a custom property.
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
        let variable = normalized(&without_comments(&MappedCode::made(&css[call.end..end])));
        let property = format!("var(--{})", name(id, variable.text(), is_production));
        at = end + 1;
        edits.push(Edit::replace(call.start..at, property));
    }
    edits
}

/// Returns the name of the custom property for an expression, without `--`.
pub fn name(id: &str, expression: &str, is_production: bool) -> String {
    if is_production {
        return hash_sum(&format!("{id}{expression}"));
    }
    let is_kept = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    // A character outside the basic plane is two characters in JavaScript.
    let plain = expression.chars().flat_map(|c| {
        let (shown, times) = if is_kept(c) { (c, 1) } else { ('_', c.len_utf16()) };
        std::iter::repeat_n(shown, times)
    });
    format!("{id}-{}", plain.collect::<String>())
}

/// Returns a style without `/* … */`. A comment that is never closed stays; `/*` in a string counts
/// as a comment.
fn without_comments(style: &MappedCode) -> MappedCode {
    let text = style.text();
    let mut plain = MappedCode::default();
    let mut copied = 0;
    while let Some(start) = text[copied..].find("/*").map(|found| copied + found) {
        let Some(length) = text[start + 2..].find("*/") else { break };
        plain.push_slice(style, copied..start);
        copied = start + 2 + length + 2;
    }
    plain.push_slice(style, copied..text.len());
    plain
}

/// Returns the end of the comment that begins between `from` and `to` and ends after `to`.
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

/// Finds the next `v-bind (`. The range ends after the parenthesis.
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

/// Returns how many bytes may be scanned for the ends of expressions: many times more than any
/// style needs, but few enough that unclosed parentheses cannot make it slow.
fn budget(text: &str) -> usize {
    16 * text.len()
}

/// Returns the position of the parenthesis that closes the call whose content begins at `from`.
/// Parentheses in quotes do not count. `None` if it is missing or `left`, the budget, is spent.
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

/// Returns an expression trimmed, and without quotes that enclose all of it.
fn normalized(expression: &MappedCode) -> MappedCode {
    let trimmed = expression.trimmed();
    let text = trimmed.text();
    let is_quoted = ["'", "\""]
        .iter()
        .any(|quote| text.len() > 1 && text.starts_with(quote) && text.ends_with(quote));
    if is_quoted { trimmed.slice(1..text.len() - 1) } else { trimmed }
}
