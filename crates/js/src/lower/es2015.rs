//! Our own lowering of ECMAScript 2015 but for classes and generators, and of `...` in objects: one
//! walk that rewrites a program in place, each node on leaving it. Classes are functions by now;
//! generators are lowered afterwards. Before it, a walk of its own (`captures`) gives functions in
//! loops the variables of their iteration.
//!
//! A target either lacks everything of that edition or only `...` in objects; then patterns
//! without `...` and all other syntax stay.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{Id, Program};
use swc_ecma_visit::{VisitMutWith, VisitWith};

use super::generators;

mod captures;
mod functions;
mod lists;
mod loops;
mod model;
mod names;
mod objects;
mod order;
mod patterns;
mod spread;
mod steps;
mod symbols;
mod templates;
mod walk;

pub(super) use loops::{target_of, with_first};
pub(super) use model::Lacks;
use model::Walk;

/// Lowers a program.
pub(super) fn lower(program: &mut Program, lacks: Lacks) {
    let mut fixed: FxHashSet<Id> = FxHashSet::default();
    // `const` is `var` afterwards.
    let constants = lacks.generators.then(|| generators::constants(program));
    if lacks.edition {
        captures::lower(program);
        let mut rests = lists::Rests::default();
        program.visit_with(&mut rests);
        fixed = rests.never_assigned();
    }
    let mut walk = Walk::new(lacks, fixed);
    walk.constants = constants.unwrap_or_default();
    program.visit_mut_with(&mut walk);
}
