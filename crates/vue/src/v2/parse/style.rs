//! Static `class` and `style`: white space is normalized, and the text of a style becomes an
//! object.

use indexmap::IndexMap;

use crate::mapped_code::{MappedCode, is_space};

/// Returns a static class as a string literal, with one space between names.
pub(super) fn static_class(value: &MappedCode) -> MappedCode {
    let text = value.text();
    let mut literal = MappedCode::with_capacity(text.len() + 2);
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

/// Returns a static style as an object. Of two declarations of a property, the value of the last
/// counts, at the place of the first.
pub(super) fn static_style(value: &MappedCode) -> MappedCode {
    let mut properties: IndexMap<String, (MappedCode, MappedCode)> = IndexMap::new();
    for declaration in declarations(value) {
        if let Some((name, value)) = property(&declaration) {
            let found = properties
                .entry(name.text().to_owned())
                .or_insert_with(|| (name, MappedCode::default()));
            found.1 = value;
        }
    }
    let mut code = MappedCode::made("{");
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

/// Splits a style at semicolons, but not at those in parentheses: `url(data:a;b)`.
fn declarations(style: &MappedCode) -> Vec<MappedCode> {
    let text = style.text();
    let mut found = Vec::new();
    let mut start = 0;
    // The next parenthesis is kept, so that many semicolons do not search for the same one.
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

/// Returns the name and the value of a declaration. They are separated by the first colon that
/// another character follows on its line. The value ends with that line.
fn property(declaration: &MappedCode) -> Option<(MappedCode, MappedCode)> {
    let is_line_end = |c: char| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}');
    let text = declaration.text();
    let is_value = |at: usize| text[at + 1..].chars().next().is_some_and(|c| !is_line_end(c));
    let (colon, _) = text.match_indices(':').find(|(at, _)| is_value(*at))?;
    let end = text[colon..].find(is_line_end).map_or(text.len(), |found| colon + found);
    Some((declaration.slice(0..colon).trimmed(), declaration.slice(colon + 1..end).trimmed()))
}
