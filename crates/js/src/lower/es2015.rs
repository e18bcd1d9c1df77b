//! Lowers ECMAScript 2015 except classes and generators, and `...` in objects: one walk that
//! rewrites a program in place, each node on leaving it. Classes are already functions;
//! generators are lowered afterwards. Before it, a walk of its own (`captures`) gives functions in
//! loops the variables of their iteration.
//!
//! A target either lacks everything of that edition or only template literals and `...` in objects;
//! then patterns without `...` and all other syntax stay.

use swc_ecma_ast::Program;
use swc_ecma_visit::VisitMutWith;

use crate::scopes::Scopes;

mod captures;
mod closing;
mod functions;
mod loops;
mod model;
mod names;
mod objects;
mod order;
mod patterns;
mod spread;
mod stepped_patterns;
mod steps;
mod symbols;
mod templates;
mod walk;

pub(super) use functions::arguments_from;
pub(super) use loops::{target_of, with_first};
use model::Es2015Lowering;
pub(super) use model::Lacks;
pub(super) use patterns::{number, or_default};

/// Lowers a program. `table`: its bindings before lowering made names.
pub(super) fn lower(program: &mut Program, lacks: Lacks, table: &Scopes) {
    if lacks.captures {
        captures::lower(program);
    }
    program.visit_mut_with(&mut Es2015Lowering::new(lacks, table));
}
