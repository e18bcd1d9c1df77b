//! Writes JSON.

use serde::Serialize;
use serde_json::Value;

/// Returns a text as a string literal, which is one of JavaScript too.
pub fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

/// Writes a value over several lines, with an end of line after the last.
pub fn pretty(value: &impl Serialize) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).expect("a value is printable"))
}
