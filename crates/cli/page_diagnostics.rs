//! Converts diagnostics to the form that pages read in the status file of `--watch`.

use bundle_base::{Diagnostic, diagnostic::render_json};
use serde_json::Value;

/// Returns a finding of lint in the form for clients, with its rule.
pub fn finding(diagnostic: &Diagnostic) -> Value {
    let mut finding = problem(diagnostic);
    finding["rule"] = finding["label"].take();
    finding
}

/// Returns a diagnostic in the form for clients.
pub fn problem(diagnostic: &Diagnostic) -> Value {
    let mut problem: Value = serde_json::from_str(&render_json(diagnostic)).unwrap_or_default();
    let text = |value: &Value| value["message"].as_str().map(str::to_owned);
    let notes = problem["notes"].as_array().into_iter().flatten().filter_map(text);
    let remedy = text(&problem["fix"]).map(|remedy| format!("help: {remedy}"));
    problem["notes"] = notes.chain(remedy).collect::<Vec<_>>().into();
    problem["fix"].take();
    problem
}
