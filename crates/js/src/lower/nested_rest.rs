//! `[first, ...[second, third]] = list`: swc's lowering leaves a pattern behind `...` as it is. Its
//! elements are as good in the list around it.

use swc_ecma_ast::{ArrayPat, Pat, Program, RestPat};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Writes lists behind `...` out. For targets without patterns.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut NestedRest);
}

struct NestedRest;

impl VisitMut for NestedRest {
    noop_visit_mut_type!();

    fn visit_mut_array_pat(&mut self, pattern: &mut ArrayPat) {
        pattern.visit_mut_children_with(self);
        match pattern.elems.pop() {
            Some(Some(Pat::Rest(RestPat { arg, .. }))) if arg.is_array() => {
                pattern.elems.extend(arg.array().into_iter().flat_map(|inner| inner.elems));
            }
            Some(last) => pattern.elems.push(last),
            None => {}
        }
    }
}
