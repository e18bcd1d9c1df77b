//! The bindings that are visible at the current place of a walk, by name. Names with the same text
//! and another syntax context are other names. A name that was numbered before is found by its
//! number alone: most walks number programs again.

use rustc_hash::{FxBuildHasher, FxHashMap};
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::Ident;

use super::{contexts::is_shared, table::index_of};

/// The visible bindings.
pub(super) struct Visible {
    /// For each name, its place in `innermost`.
    by_name: FxHashMap<Atom, u32>,
    /// For each name, its innermost visible declaration.
    innermost: Vec<Option<u32>>,
    /// For each earlier number, the innermost visible declaration.
    by_number: Vec<Option<u32>>,
    /// The same for each name that a pass inserted under a context of its own. Lowering inserts
    /// thousands of temporaries with one text.
    by_context: FxHashMap<(u32, SyntaxContext), u32>,
    /// The declarations of the open scopes, in order.
    declared: Vec<Declared>,
}

/// A declaration of a name.
#[derive(Clone, Copy)]
struct Declared {
    context: SyntaxContext,
    scope: usize,
    binding: usize,
    name: u32,
    /// The declaration of the name that this one hides.
    outer: Option<u32>,
    /// The declaration with the same earlier number, or the same name and context, that this one
    /// hides. Not known for contexts that names share.
    outer_of_same: Option<u32>,
}

impl Visible {
    /// Starts without bindings, with room for so many.
    pub fn with_capacity(names: usize) -> Self {
        Self {
            by_name: FxHashMap::with_capacity_and_hasher(names, FxBuildHasher),
            innermost: Vec::with_capacity(names),
            by_number: Vec::with_capacity(names),
            by_context: FxHashMap::default(),
            declared: Vec::with_capacity(names),
        }
    }

    /// Returns the binding to which a name refers here.
    pub fn find(&self, name: &Atom, context: SyntaxContext) -> Option<usize> {
        if is_shared(context) {
            return self.of(name).find(|one| one.context == context).map(|one| one.binding);
        }
        self.same(name, context).next().map(|one| one.binding)
    }

    /// Returns the binding that a scope itself gives to a name.
    pub fn find_in(&self, scope: usize, name: &Atom, context: SyntaxContext) -> Option<usize> {
        if is_shared(context) {
            let own = self.of(name).take_while(|one| one.scope >= scope);
            let mut own = own.filter(|one| one.scope == scope && one.context == context);
            return own.next().map(|one| one.binding);
        }
        let mut own = self.same(name, context).take_while(|one| one.scope >= scope);
        own.find(|one| one.scope == scope).map(|one| one.binding)
    }

    /// Returns a binding that a scope itself gives to a name, whatever its syntax context.
    pub fn any_in(&self, scope: usize, name: &Atom) -> Option<usize> {
        self.of(name).find(|one| one.scope == scope).map(|one| one.binding)
    }

    /// Returns the declarations of a name, the innermost first.
    fn of(&self, name: &Atom) -> impl Iterator<Item = &Declared> {
        let innermost = self.by_name.get(name).and_then(|name| self.innermost[*name as usize]);
        let at = |index: u32| &self.declared[index as usize];
        std::iter::successors(innermost.map(at), move |one| one.outer.map(at))
    }

    /// Returns the declarations of a name with a context that names do not share, the innermost
    /// first.
    fn same(&self, name: &Atom, context: SyntaxContext) -> impl Iterator<Item = &Declared> {
        let by_context = || self.by_context.get(&(*self.by_name.get(name)?, context)).copied();
        let innermost = index_of(context)
            .map_or_else(by_context, |number| self.by_number.get(number).copied().flatten());
        let at = |index: u32| &self.declared[index as usize];
        std::iter::successors(innermost.map(at), move |one| one.outer_of_same.map(at))
    }

    /// Makes a binding visible until its scope is left.
    pub fn declare(&mut self, name: &Ident, scope: usize, binding: usize) {
        let context = name.ctxt;
        let known = self.by_name.get(&name.sym).copied();
        let name = known.unwrap_or_else(|| {
            let new = index(self.innermost.len());
            self.by_name.insert(name.sym.clone(), new);
            self.innermost.push(None);
            new
        });
        let own = index(self.declared.len());
        let outer = self.innermost[name as usize].replace(own);
        let outer_of_same = match index_of(context) {
            Some(number) => {
                if self.by_number.len() <= number {
                    self.by_number.resize(number + 1, None);
                }
                self.by_number[number].replace(own)
            }
            None if is_shared(context) => None,
            None => self.by_context.insert((name, context), own),
        };
        self.declared.push(Declared { context, scope, binding, name, outer, outer_of_same });
    }

    /// Returns the argument for `leave`.
    pub fn enter(&self) -> usize {
        self.declared.len()
    }

    /// Forgets what was declared since `enter`.
    pub fn leave(&mut self, mark: usize) {
        for left in self.declared.drain(mark..).rev() {
            self.innermost[left.name as usize] = left.outer;
            match (index_of(left.context), left.outer_of_same) {
                (Some(number), outer) => self.by_number[number] = outer,
                (None, Some(outer)) => {
                    self.by_context.insert((left.name, left.context), outer);
                }
                (None, None) if is_shared(left.context) => {}
                (None, None) => {
                    self.by_context.remove(&(left.name, left.context));
                }
            }
        }
    }
}

fn index(length: usize) -> u32 {
    u32::try_from(length).expect("under 2^32 declarations")
}
