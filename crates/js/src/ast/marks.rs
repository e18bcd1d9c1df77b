//! The marks that swc's passes ask for.

use swc_common::{Mark, SyntaxContext};
use swc_ecma_transforms_base::helpers::Helpers;

use crate::scopes;

/// The marks of one program. Must be the first in their `Globals`, so that the syntax contexts of
/// names are those of `crate::scopes`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks {
    /// The mark on free names.
    pub unresolved: Mark,
    /// The mark on names that swc's resolver finds declared at the top level.
    pub top_level: Mark,
    /// The mark on names of the runtime's lowering helpers (`_check_new`).
    pub helpers: Mark,
}

impl Marks {
    /// Makes the marks, and swc's table of the helpers that passes use.
    pub fn new() -> (Self, Helpers) {
        let helpers = Helpers::new(true);
        let marks =
            Self { unresolved: Mark::new(), top_level: Mark::new(), helpers: helpers.mark() };
        let context = |mark| SyntaxContext::empty().apply_mark(mark);
        let contexts = [marks.unresolved, marks.top_level, marks.helpers, Mark::new()].map(context);
        assert!(
            (contexts[0], contexts[2], contexts[3])
                == (scopes::free(), scopes::helpers(), scopes::runtime()),
            "these are the first marks of a program"
        );
        (marks, helpers)
    }
}
