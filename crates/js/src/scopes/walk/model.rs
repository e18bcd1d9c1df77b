//! The state of the walk that numbers names.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_ecma_ast::Ident;

use crate::scopes::{table::Scopes, visible::Visible};

/// A mention of a name.
#[derive(Clone, Copy)]
pub(in crate::scopes) enum Use {
    Read,
    Write,
    ReadAndWrite,
}

/// The names that scopes mention: the scope's index with the binding's index, or with the free
/// name.
#[derive(Default)]
pub(crate) struct Mentions {
    /// A pair may be here several times.
    pub bindings: Vec<(usize, usize)>,
    pub free: FxHashSet<(usize, Atom)>,
    /// By binding, the scope that mentioned it last: most mentions repeat that one.
    latest: Vec<Option<usize>>,
}

impl Mentions {
    pub fn add(&mut self, scope: usize, binding: usize) {
        if self.latest.len() <= binding {
            self.latest.resize(binding + 1, None);
        }
        if self.latest[binding].replace(scope) != Some(scope) {
            self.bindings.push((scope, binding));
        }
    }
}

/// The role of the names in a pattern.
#[derive(Clone, Copy)]
pub(in crate::scopes) enum Role {
    Declared,
    Assigned,
}

/// The walk that numbers names, at its current place.
pub(in crate::scopes) struct Walk {
    pub table: Scopes,
    pub visible: Visible,
    pub mentions: Option<Mentions>,
    /// The index of the current scope.
    pub scope: usize,
    pub is_strict: bool,
    pub role: Role,
    /// By the address of its name, a function in a block that is also a variable of its function.
    pub hoisted: FxHashMap<*const Ident, usize>,
}

impl Walk {
    /// Starts before the top level. `mentions`: where mentions are collected, if they are wanted.
    pub fn new(is_strict: bool, mentions: Option<Mentions>) -> Self {
        Self {
            table: Scopes { is_strict, ..Scopes::default() },
            visible: Visible::new(),
            mentions,
            scope: 0,
            is_strict,
            role: Role::Declared,
            hoisted: FxHashMap::default(),
        }
    }
}
