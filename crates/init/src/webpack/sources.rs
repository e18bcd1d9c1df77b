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

/// Returns how many sources of an entry only running the script would give.
pub(super) fn unknown(value: &Value) -> usize {
    match value {
        Value::List(_) => value.elements().iter().map(unknown).sum(),
        // `isWatched && "./reload.js"`
        Value::Text(_) | Value::Boolean(_) | Value::Undefined | Value::Null => 0,
        _ => 1,
    }
}
