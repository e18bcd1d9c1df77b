//! Lowers classes, `super` and `new.target` in one walk. Each class is taken apart into its
//! constructor, its methods and what runs once it exists (`definition`), and is put together again
//! as the target allows. If the target has classes, fields and private members move out of them:
//!
//! ```js
//! class A { #x = 1; y = 2; }
//! let _A = new WeakMap();
//! class A { constructor() { _private_add(this, _A, { x: 1 }); _define_property(this, "y", 2); } }
//! ```
//!
//! Without classes it is `let A = _create_class(function A() { … }, { method() { … } }, statics)`.
//! The name of the function is the constant that code inside the class sees. The output has arrow
//! functions, `let` and methods, which `es2015` lowers afterwards; `super` is gone from async
//! functions before those are lowered.

use swc_ecma_ast::Program;
use swc_ecma_visit::VisitMutWith;

mod accesses; // uses of private members
mod accessors; // `accessor name = value`
mod constructor; // constructors
mod decorated; // fields with Babel's decorators
mod definition; // a class, taken apart
mod evals; // direct `eval` in the values of fields
mod fields; // fields and static blocks
mod frame; // what `this`, `super` and `new.target` mean
mod model; // the walk and what it knows
mod names; // the names of anonymous classes
mod order; // which values can be moved
mod privates; // where private members are kept
mod supers; // `super.name`
mod walk; // the walk
mod wrapper; // the function or statements that contain a lowered class

pub(super) use decorated::DEFINE_DECORATED;
pub(super) use definition::field_definition;
use model::ClassLowering;
pub(super) use model::{Known, Lacks};

/// Lowers a program. `is_strict`: its top level is strict code.
pub(super) fn lower(program: &mut Program, lacks: Lacks, known: Known<'_>, is_strict: bool) {
    program.visit_mut_with(&mut ClassLowering::new(lacks, known, is_strict));
}
