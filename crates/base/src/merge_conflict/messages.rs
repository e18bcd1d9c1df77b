//! The error for a file with markers.

use crate::diagnostic::{Diagnostic, Label};

pub(super) fn merge_conflict(at: Label) -> Diagnostic {
    Diagnostic::error("merge-conflict", "this file has an unresolved merge conflict")
        .at(at.text("a conflict marker"))
        .fix("keep the lines you want, and remove the others together with the markers", None)
}
