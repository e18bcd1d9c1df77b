//! Lowers async functions, generators, async generators and `for await`.
//!
//! A target without generators gets state machines: `es2015` calls `lower_function` when it leaves
//! a function whose body is ECMAScript 5 except for `yield` and `await` (`machine`). A target with
//! generators gets async functions as generators that a helper drives (`native`), in a walk of its
//! own. docs/design/generators.md has a worked example of both.

use swc_ecma_ast::{Function, Program, Stmt};
use swc_ecma_visit::VisitMutWith;

use super::build;
use crate::scopes::Scopes;

mod constants; // variables whose value cannot change while a function waits
mod expressions; // expressions with `yield` in state machines
mod finish; // the function of a state machine
mod for_await; // `for await` loops
mod hoist; // variables and functions that outlive one run of a state machine
mod loops; // loops and `switch` in state machines
mod machine; // the state machine in the making
mod model; // the kinds of functions, and blocks and labels of state machines
mod native; // async functions as generators
mod regions; // `try`, and jumps out of it
mod statements; // statements with `yield` in state machines
mod unsplit_statements; // statements without `yield`

pub(super) use constants::Constants;
use model::Kind;
pub(super) use model::{Lacks, Outer};

/// Lowers a program for a target that has generators. `table`: its bindings before lowering made
/// names.
pub(super) fn lower(program: &mut Program, lacks: Lacks, table: &Scopes) {
    program.visit_mut_with(&mut native::GeneratorLowering::new(lacks, table));
}

/// Whether a function has to become a state machine.
pub(super) fn is_suspended(function: &Function) -> bool {
    function.is_async || function.is_generator
}

/// Turns a function into a state machine. `steps`: the statements that take its parameters.
pub(super) fn lower_function(
    function: &mut Function,
    outer: Outer,
    steps: Vec<Stmt>,
    constants: &Constants<'_>,
) {
    let kind = Kind::of(function.is_async, function.is_generator);
    let (Some(kind), Some(body)) = (kind, &mut function.body) else { return };
    function.is_async = false;
    function.is_generator = false;
    let mut stmts = std::mem::take(&mut body.stmts);
    let directives = stmts.iter().take_while(|each| build::is_directive(each)).count();
    body.stmts.extend(stmts.drain(..directives));
    // An error in the parameters of an async function rejects its promise.
    let before = if kind == Kind::Async {
        stmts.splice(0..0, steps);
        Vec::new()
    } else {
        steps
    };
    let name = outer.name.clone();
    let mut hoisted = hoist::Hoist::new(outer, &function.params);
    stmts.visit_mut_with(&mut hoisted);
    let (machine, variables) =
        machine::Machine::run(kind, name, stmts, (constants, hoisted.receivers()));
    hoisted.declare(variables, &mut body.stmts);
    body.stmts.extend(before);
    body.stmts.push(build::returned(machine));
}
