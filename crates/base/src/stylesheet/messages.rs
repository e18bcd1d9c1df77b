//! Every message about the structure of a stylesheet.

use crate::diagnostic::{Diagnostic, Label};

/// A block without `}`.
pub(super) fn open_block(at: Label) -> Diagnostic {
    Diagnostic::error("style-syntax", "this `{` is never closed")
        .at(at)
        .fix("write `}` where its declarations end", None)
}

/// A `}` without a block.
pub(super) fn stray_brace(at: Label) -> Diagnostic {
    Diagnostic::error("style-syntax", "this `}` closes nothing")
        .at(at)
        .fix("remove it, or add the `{` that it closes", None)
}

/// A comment without `*/`.
pub(super) fn open_comment(at: Label) -> Diagnostic {
    Diagnostic::error("style-syntax", "this comment is never closed")
        .at(at)
        .fix("write `*/` where it ends", None)
}
