//! How a message shows where a value was written: as a place in the file, or as the name of a flag.

use super::super::raw::Origin;
use crate::diagnostic::Diagnostic;

/// Points a diagnostic at a value's place in the file, or puts the name of its flag before the
/// message.
pub(super) fn placed(diagnostic: Diagnostic, origin: &Origin) -> Diagnostic {
    match origin {
        Origin::Place(label) => diagnostic.at(label.clone()),
        Origin::Flag(flag) => {
            Diagnostic { message: format!("{flag}: {}", diagnostic.message), ..diagnostic }
        }
        Origin::Argument => diagnostic,
    }
}

/// Adds a note at the place of another value, if that is in a file.
pub(super) fn also(diagnostic: Diagnostic, note: &str, first: &Origin) -> Diagnostic {
    match first {
        Origin::Place(label) => diagnostic.note_at(note, label.clone()),
        Origin::Flag(_) | Origin::Argument => diagnostic,
    }
}
