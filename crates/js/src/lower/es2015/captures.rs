//! Variables of one iteration that functions capture. A `var` is one variable for all iterations.
//! So another function, which gets the variables of the iteration as arguments, makes such a
//! function:
//!
//! ```js
//! for (let i = 0; i < 3; i++) list.push(() => i);
//! for (var i = 0; i < 3; i++) list.push((i => () => i)(i));
//! ```
//!
//! A variable that changes after the function is made becomes a property of an object of the
//! iteration, and the function gets the object.

use swc_ecma_ast::Program;
use swc_ecma_visit::VisitMutWith;

mod heads;
mod nodes;
mod plan;
mod rewrite;

/// Rewrites the functions in the loops of a program.
pub(super) fn lower(program: &mut Program) {
    let plan = plan::of(program);
    if !plan.is_empty() {
        program.visit_mut_with(&mut rewrite::Rewrite::new(plan));
    }
}
