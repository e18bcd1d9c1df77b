//! The results for a host: contents and diagnostics as JSON.

use bundle_base::{
    Diagnostic,
    asset::base64,
    diagnostic::{render_json, render_text},
};
use serde_json::{Value, json};

/// Returns the contents of a file as `text`, or as `base64` if they are not UTF-8, like images and
/// fonts.
pub fn contents(bytes: &[u8]) -> Value {
    match std::str::from_utf8(bytes) {
        Ok(text) => json!({ "text": text }),
        Err(_) => json!({ "base64": base64(bytes) }),
    }
}

/// Returns a diagnostic as JSON.
pub fn as_json(diagnostic: &Diagnostic) -> Value {
    serde_json::from_str(&render_json(diagnostic)).expect("diagnostics are rendered as JSON")
}

/// Returns a diagnostic as JSON with `drawn`, its rendered text for people.
pub fn drawn(diagnostic: &Diagnostic, color: bool) -> Value {
    let mut value = as_json(diagnostic);
    value["drawn"] = render_text(diagnostic, color).into();
    value
}
