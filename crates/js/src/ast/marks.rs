//! The marks with which the identifiers of one program are resolved.

use swc_common::Mark;

/// The marks of one program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks {
    /// The mark on free names.
    pub unresolved: Mark,
    /// The mark on names declared at the top level.
    pub top_level: Mark,
    /// The mark on names of the runtime's lowering helpers (`_class_call_check`).
    pub helpers: Mark,
}
