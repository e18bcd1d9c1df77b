//! The marks of the resolver run for minifying.

use swc_common::Mark;

/// The marks of this part's own resolver run.
#[derive(Clone, Copy)]
pub(super) struct Marks {
    pub unresolved: Mark,
    pub top_level: Mark,
}
