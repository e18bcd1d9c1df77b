//! The sources of an entry.

use bundle_js::static_evaluation::Value;

/// Returns the specifiers of an entry: a text or a list.
pub(super) fn specifiers(value: &Value) -> Vec<String> {
    match value {
        Value::Text(text) => vec![text.clone()],
        Value::List(_) => value.elements().iter().flat_map(specifiers).collect(),
        _ => Vec::new(),
    }
}
