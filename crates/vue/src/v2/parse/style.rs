//! Static `class` and `style`: white space goes, and a style's text becomes an object.

use indexmap::IndexMap;

use crate::code::{Code, is_space};

/// A static class as a string literal, one space between names.
pub(super) fn static_class(value: &Code) -> Code {
    let text = value.text();
    let mut literal = Code::with_capacity(text.len() + 2);
    literal.push_str("\"");
    let mut at = 0;
    while let Some(found) = text[at..].find(|c| !is_space(c)) {
        let start = at + found;
        let end = text[start..].find(is_space).map_or(text.len(), |found| start + found);
        if literal.text().len() > 1 {
            literal.push_str(" ");
        }
        literal.push_escaped(&value.slice(start..end));
        at = end;
    }
    literal.push_str("\"");
    literal
}

/// A static style as an object. Of two declarations of one property, the last one counts, in the
/// place of the first.
pub(super) fn static_style(value: &Code) -> Code {
    let mut properties: IndexMap<String, (Code, Code)> = IndexMap::new();
    for declaration in declarations(value) {
        if let Some((name, value)) = property(&declaration) {
            let found =
                properties.entry(name.text().to_owned()).or_insert_with(|| (name, Code::default()));
            found.1 = value;
        }
    }
    let mut code = Code::made("{");
    for (index, (name, value)) in properties.values().enumerate() {
        if index > 0 {
            code.push_str(",");
        }
        code.push_quoted(name);
        code.push_str(":");
        code.push_quoted(value);
    }
    code.push_str("}");
    code
}

/// Split at semicolons, but not at those in parentheses: `url(data:a;b)`.
fn declarations(style: &Code) -> Vec<Code> {
    let text = style.text();
    let mut found = Vec::new();
    let mut start = 0;
    // The next parenthesis, kept: many semicolons must not look for the same one.
    let mut paren = Some(0);
    for (at, _) in text.match_indices(';') {
        if paren.is_some_and(|paren| paren <= at) {
            paren = text[at..].find(['(', ')']).map(|found| at + found);
        }
        let is_inside = paren.is_some_and(|paren| text[paren..].starts_with(')'));
        if !is_inside {
            found.push(style.slice(start..at));
            start = at + 1;
        }
    }
    found.push(style.slice(start..text.len()));
    found
}

/// Name and value: they stand around the first colon that something on its line follows, and only
/// that line counts.
fn property(declaration: &Code) -> Option<(Code, Code)> {
    let is_line_end = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    let text = declaration.text();
    let is_value = |at: usize| text[at + 1..].chars().next().is_some_and(|c| !is_line_end(c));
    let (colon, _) = text.match_indices(':').find(|(at, _)| is_value(*at))?;
    let end = text[colon..].find(is_line_end).map_or(text.len(), |found| colon + found);
    Some((declaration.slice(0..colon).trimmed(), declaration.slice(colon + 1..end).trimmed()))
}
