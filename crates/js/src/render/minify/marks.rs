//! The marks of the resolver run for minifying.

use swc_common::{Mark, SyntaxContext};

/// The marks of this part's own resolver run.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    pub unresolved: Mark,
    pub top_level: Mark,
}

impl Marks {
    /// The syntax context of free names.
    pub fn free(self) -> SyntaxContext {
        SyntaxContext::empty().apply_mark(self.unresolved)
    }
}
