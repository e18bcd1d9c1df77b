//! Errors and warnings as data. A `Diagnostic` holds the sources it points into (through
//! `Arc<Source>`), so a memo entry can keep it and report it again long after the file was read.
//! Text and JSON are two renderings of the same value.

mod excerpt; // one line around a place, safe to print
mod model; // Diagnostic, Label, Diagnostics
mod nearest; // what somebody meant who wrote something else
mod render; // Diagnostic -> drawn text, JSON

pub use model::{Diagnostic, Diagnostics, Label, Note, Severity, Suggestion};
pub use nearest::{nearest, typing_mistakes};
pub use render::{render_json, render_text};
