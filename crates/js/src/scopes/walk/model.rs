//! The state of the walk that numbers names.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_ecma_ast::{Ident, Module};

use crate::scopes::{table::Scopes, visible::Visible};

/// How many bytes of a text there are for each name that it declares, at least in most texts.
const BYTES_OF_A_NAME: usize = 40;

/// A mention of a name.
#[derive(Clone, Copy)]
pub(in crate::scopes) enum Use {
    Read,
    Write,
    ReadAndWrite,
}

/// The names that scopes mention: the scope's index with the binding's index, or with the free
/// name.
pub(crate) struct Mentions {
    /// A pair may be here several times.
    pub bindings: Vec<(usize, usize)>,
    pub free: FxHashSet<(usize, Atom)>,
    /// By binding, the scope that mentioned it last: most mentions repeat that one.
    latest: Vec<Option<usize>>,
}

impl Mentions {
    /// Starts with room for so many names.
    fn with_capacity(names: usize) -> Self {
        let (bindings, latest) = (Vec::with_capacity(2 * names), Vec::with_capacity(names));
        Self { bindings, free: FxHashSet::default(), latest }
    }

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
    /// Starts before the top level.
    pub fn new(module: &Module, is_strict: bool, wants_mentions: bool) -> Self {
        // Most programs declare fewer names, so their tables need not grow.
        let length = (module.span.hi.0.saturating_sub(module.span.lo.0)) as usize;
        let names = (length / BYTES_OF_A_NAME).clamp(48, 4096);
        let (bindings, list) = (Vec::with_capacity(names), Vec::with_capacity(names / 2));
        Self {
            table: Scopes { bindings, list, is_strict, ..Scopes::default() },
            visible: Visible::with_capacity(names),
            mentions: wants_mentions.then(|| Mentions::with_capacity(names)),
            scope: 0,
            is_strict,
            role: Role::Declared,
            hoisted: FxHashMap::default(),
        }
    }
}
