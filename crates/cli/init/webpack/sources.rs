//! The sources of an entry.

use bundle_js::evaluate::Value;

/// Returns whether a source is a stylesheet.
pub(super) fn is_style(source: &str) -> bool {
    [".css", ".scss", ".sass", ".less", ".styl"].iter().any(|ending| source.ends_with(ending))
}

/// Returns the specifiers of an entry: a text or a list.
pub(super) fn specifiers(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.clone()],
        Value::List(_) => value.elements().iter().flat_map(specifiers).collect(),
        _ => Vec::new(),
    }
}
