//! `[first, ...[second, third]] = list`: swc's lowering leaves a pattern after `...` unchanged. Its
//! elements can be part of the outer pattern, with the same meaning.

use swc_ecma_ast::{ArrayPat, Pat, Program, RestPat};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Moves the elements of array patterns after `...` into the outer pattern. For targets without
/// patterns.
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
