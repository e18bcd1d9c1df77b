//! What a host hears: contents and diagnostics as JSON.

use bundle_base::{
    Diagnostic,
    asset::base64,
    diagnostic::{render_json, render_text},
};
use serde_json::{Value, json};

/// The contents of a file. Images and fonts are no text.
pub fn contents(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!({ "text": text }),
        Err(_) => json!({ "base64": base64(bytes) }),
    }
}

/// A diagnostic as data.
pub fn as_json(diagnostic: &Diagnostic) -> Value {
    serde_json::from_str(&render_json(diagnostic)).expect("diagnostics are rendered as JSON")
}

/// The same with `drawn`, its text for people.
pub fn drawn(diagnostic: &Diagnostic, color: bool) -> Value {
    let mut value = as_json(diagnostic);
    value["drawn"] = render_text(diagnostic, color).into();
    value
}
