//! The walk that lowers classes, and what it knows of the enclosing code.

use std::mem;

use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{Expr, Id, Ident};

use super::{
    frame::{Frame, Parent},
    privates::Private,
};
use crate::scopes::{self, Kind, Scopes};

/// What to lower.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is one thing that a target may lack")]
pub(in crate::lower) struct Lacks {
    /// Classes: they become functions.
    pub class: bool,
    /// Fields and private members.
    pub members: bool,
    /// Static blocks, in classes that keep their fields.
    pub static_blocks: bool,
    /// `super` in object literals.
    pub object_super: bool,
    /// `super` in object literals with `...`, whose properties get another object.
    pub spread_super: bool,
    pub new_target: bool,
    /// Async functions are lowered afterwards, so no `super` may be in them.
    pub asynchronous: bool,
    /// Fields are assigned, not defined.
    pub assigns_fields: bool,
}

impl Lacks {
    /// Whether nothing is lacking.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }
}

/// What is known of a program and of how it is compiled.
#[derive(Clone, Copy)]
pub(in crate::lower) struct Known<'a> {
    /// The bindings.
    pub table: &'a Scopes,
    /// Whether functions keep their `name`: they do not where the output is minified.
    pub keeps_names: bool,
    /// Whether the target has `WeakMap`.
    pub has_weak_maps: bool,
    /// The option `loose`.
    pub is_loose: bool,
}

pub(super) struct ClassLowering<'a> {
    pub lacks: Lacks,
    pub known: Known<'a>,
    /// Whether the current code is strict.
    pub is_strict: bool,
    /// Whether the next class has the name "default".
    pub is_default: bool,
    pub frame: Frame,
    /// The variables that the current function needs.
    pub variables: Vec<Ident>,
    /// The variables that the current list of statements needs: in a loop, each iteration has its
    /// own.
    pub scoped: Vec<Ident>,
    /// The private members of the enclosing classes that are lowered.
    pub privates: Vec<Vec<Private>>,
    /// The objects that lowered uses of `super` mention.
    pub used: Vec<Id>,
    /// Classes that became functions, whose names nothing is assigned to.
    pub functions: FxHashSet<Id>,
    /// The parents of classes, if they are known.
    pub parents: FxHashMap<Id, Ident>,
}

impl<'a> ClassLowering<'a> {
    pub fn new(lacks: Lacks, known: Known<'a>, is_strict: bool) -> Self {
        Self {
            lacks,
            known,
            is_strict,
            is_default: false,
            frame: Frame::default(),
            variables: Vec::new(),
            scoped: Vec::new(),
            privates: Vec::new(),
            used: Vec::new(),
            functions: FxHashSet::default(),
            parents: FxHashMap::default(),
        }
    }

    /// Walks code that has a frame of its own. Returns the frame.
    pub fn within<T>(&mut self, frame: Frame, visit: impl FnOnce(&mut Self) -> T) -> (T, Frame) {
        let outer = mem::replace(&mut self.frame, frame);
        let result = visit(self);
        (result, mem::replace(&mut self.frame, outer))
    }

    /// Whether a name is declared by `const`.
    pub fn is_constant(&self, name: &Ident) -> bool {
        self.known.table.binding(name).is_some_and(|binding| binding.kind == Kind::Const)
    }

    /// Returns what is known of the parent of a class, and remembers it.
    pub fn parent(&mut self, class: &Ident, parent: Option<&Expr>) -> Parent {
        let Some(name) = parent.and_then(Expr::as_ident) else { return Parent::Unknown };
        let kind = if name.ctxt == scopes::free() && &*name.sym == "Array" {
            Parent::Array
        } else if self.functions.contains(&name.to_id()) {
            Parent::Function
        } else {
            return Parent::Unknown;
        };
        self.parents.insert(class.to_id(), name.clone());
        kind
    }

    /// Notes that something lowered mentions an object that has `super`.
    pub fn use_home(&mut self, object: &Ident) {
        let id = object.to_id();
        if !self.used.contains(&id) {
            self.used.push(id);
        }
    }

    /// Whether `super` of an object was lowered.
    pub fn take_used(&mut self, object: &Ident) -> bool {
        let index = self.used.iter().position(|id| *id == object.to_id());
        index.map(|index| self.used.swap_remove(index)).is_some()
    }
}
