//! An enum or namespace becomes a function whose parameter swc gives the identifier of the enum
//! itself. They are two variables, and passes that compare identifiers would confuse them, so the
//! parameter gets an identity of its own.

use rustc_hash::FxHashSet;
use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::{Function, Id, Ident, Program};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Separates parameters from top-level names. Must run after types are stripped.
pub(super) fn separate(program: &mut Program, top_level: Mark) {
    program
        .visit_mut_with(&mut Functions { top_level: SyntaxContext::empty().apply_mark(top_level) });
}

struct Functions {
    top_level: SyntaxContext,
}

impl VisitMut for Functions {
    noop_visit_mut_type!();

    fn visit_mut_function(&mut self, function: &mut Function) {
        let parameters: Vec<Id> = find_pat_ids(&function.params);
        let shared: FxHashSet<Id> =
            parameters.into_iter().filter(|id| id.1 == self.top_level).collect();
        if !shared.is_empty() {
            function.visit_mut_with(&mut Renamed { shared, own: Mark::new() });
        }
        function.visit_mut_children_with(self);
    }
}

struct Renamed {
    shared: FxHashSet<Id>,
    own: Mark,
}

impl VisitMut for Renamed {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        if self.shared.contains(&ident.to_id()) {
            ident.ctxt = ident.ctxt.apply_mark(self.own);
        }
    }
}
