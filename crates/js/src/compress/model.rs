//! The data of the compressing walk: its input, the bindings and what is known of their values, and
//! the functions that enclose the current place. Every step of `compress` reads and updates it.

use rustc_hash::FxHashMap;
use swc_ecma_ast::{Expr, Ident};

use crate::{
    ast::PlainComments,
    features::Support,
    scopes::{Binding, Kind, Scopes, index_of},
};

/// What compressing needs to know, without the program.
#[derive(Clone, Copy)]
pub(crate) struct CompressInput<'a> {
    pub support: Support,
    /// The comments, for annotations of calls.
    pub comments: &'a PlainComments,
}

/// The walk, at its current place.
pub(super) struct Compress<'a> {
    pub facts: CompressInput<'a>,
    /// The bindings, with counts of their uses, which are kept up to date.
    pub scopes: Scopes,
    /// By binding, whether other modules see it.
    pub is_kept: Vec<bool>,
    /// By binding, its value, if it has only one, which is known at all places visited from now on.
    pub known: FxHashMap<usize, KnownValue>,
    /// By binding, the functions of one expression in the statement lists visited so far.
    pub one_liners: FxHashMap<usize, OneLiner>,
    /// The functions that enclose the current place, outermost first. The first is the top level.
    pub functions: Vec<Frame>,
    /// The class that encloses the current place extends another.
    pub is_derived: bool,
    pub is_changed: bool,
}

/// The value of a binding that nothing assigns to.
pub(super) struct KnownValue {
    /// A literal, or the name of another such binding. `None`: it is not worth a copy.
    pub value: Option<Expr>,
    /// How many other values were known before.
    pub order: usize,
    /// How many functions enclose the declaration.
    pub depth: usize,
    /// Whether no code ran before the declaration that may call a function declared beside it.
    pub is_first: bool,
}

/// A function that is one expression.
pub(super) struct OneLiner {
    pub parameters: Vec<Ident>,
    pub value: Box<Expr>,
    pub size: usize,
}

/// One function that encloses the current place.
#[derive(Default)]
pub(super) struct Frame {
    /// It is a declaration, which code before it may call.
    pub is_declaration: bool,
    /// How many enclosing constructs may skip or repeat the current place.
    pub branches: u32,
    /// How many `try` statements enclose the current place.
    pub tries: u32,
    /// `return undefined` awaits here, and `return` does not.
    pub is_async_generator: bool,
    /// Code ran that may call any function.
    pub has_run: bool,
    pub this: This,
}

/// What reading `this` does.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum This {
    /// It gives a value.
    #[default]
    Is,
    /// It may throw, because `super()` may not have run yet.
    MayThrow,
}

impl Compress<'_> {
    /// Returns the number of a name's binding.
    pub fn index(name: &Ident) -> Option<usize> {
        index_of(name.ctxt)
    }

    pub fn binding(&self, name: &Ident) -> Option<&Binding> {
        self.scopes.bindings.get(index_of(name.ctxt)?)
    }

    /// Whether nothing reads or writes a name.
    pub fn is_unmentioned(&self, name: &Ident) -> bool {
        self.binding(name).is_some_and(|binding| binding.reads == 0 && binding.writes == 0)
    }

    /// Whether a binding is a parameter that a sloppy function may reach through `arguments`.
    pub fn is_in_arguments(&self, binding: &Binding) -> bool {
        binding.kind == Kind::Parameter
            && !self.scopes.is_strict
            && self.scopes.list[binding.scope].mentions_arguments
    }

    pub fn frame(&mut self) -> &mut Frame {
        self.functions.last_mut().expect("the top level is a frame")
    }

    /// Whether every mention of a binding is in this program and may be rewritten.
    pub fn is_own(&self, index: usize) -> bool {
        let binding = &self.scopes.bindings[index];
        // In most functions, another value is called `arguments`.
        let is_special = binding.name == "arguments" || self.is_in_arguments(binding);
        let is_dynamic = self.scopes.list[binding.scope].is_dynamic;
        !(self.is_kept[index] || is_dynamic || is_special)
    }
}
