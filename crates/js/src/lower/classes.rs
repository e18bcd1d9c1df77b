//! Our own lowering of classes, `super` and `new.target`: one walk. Each class is taken apart into
//! its constructor, its methods and what runs once it exists (`definition`), and is put together
//! again as the target allows. Where the target has classes, fields and private members leave them:
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

use rustc_hash::FxHashSet;
use swc_ecma_ast::{Id, Program};
use swc_ecma_visit::VisitMutWith;

mod accesses; // uses of private members
mod accessors; // `accessor name = value`
mod constructor; // constructors
mod definition; // a class, taken apart
mod fields; // fields and static blocks
mod frame; // what `this`, `super` and `new.target` mean
mod names; // the names of anonymous classes
mod order; // which values can be moved
mod privates; // where private members are kept
mod supers; // `super.name`
mod walk; // the walk
mod wrapper; // the function or statements around a class

/// What to lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a target may lack")]
pub(super) struct Lacks {
    /// Classes: they become functions.
    pub class: bool,
    /// Fields and private members.
    pub members: bool,
    /// Static blocks, in classes that keep their fields.
    pub static_blocks: bool,
    /// `super` in object literals.
    pub object_super: bool,
    pub new_target: bool,
    /// Async functions are lowered afterwards, so no `super` may be in them.
    pub asynchronous: bool,
    /// Fields are assigned, not defined.
    pub assigns_fields: bool,
    /// The target has `WeakMap`.
    pub has_weak_maps: bool,
}

/// The names of a program that matter.
pub(super) struct Known<'a> {
    /// Names declared by `const`.
    pub constants: &'a FxHashSet<Id>,
    /// Whether the top level is strict code.
    pub is_strict: bool,
}

/// Lowers a program.
pub(super) fn lower(program: &mut Program, lacks: Lacks, known: &Known<'_>) {
    program.visit_mut_with(&mut walk::Walk::new(lacks, known));
}
