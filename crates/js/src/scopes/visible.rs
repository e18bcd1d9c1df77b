//! The bindings that are visible at the current place of a walk, by name. Names with the same text
//! and another syntax context are other names. A name that was numbered before is found by its
//! number alone: most walks number programs again.

use rustc_hash::{FxBuildHasher, FxHashMap};
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::Ident;

use super::{contexts::is_shared, table::index_of};

/// The visible bindings. Declarations that one mention may refer to are linked in a chain, the
/// innermost first.
pub(super) struct Visible {
    /// For each name that was not numbered before, its place in `innermost`.
    by_name: FxHashMap<Atom, u32>,
    /// For each such name, its innermost visible declaration with a context that names share.
    innermost: Vec<Option<u32>>,
    /// The same for each name that a pass inserted under a context of its own. Lowering inserts
    /// thousands of temporaries with one text.
    by_context: FxHashMap<(u32, SyntaxContext), u32>,
    /// For each earlier number, the innermost visible declaration.
    by_number: Vec<Option<u32>>,
    /// The declarations of the open scopes, in order.
    declared: Vec<Declared>,
}

/// A declaration of a name.
#[derive(Clone, Copy)]
struct Declared {
    context: SyntaxContext,
    scope: usize,
    binding: usize,
    chain: Chain,
    /// The next declaration in its chain.
    outer: Option<u32>,
}

/// The chain of a declaration.
#[derive(Clone, Copy)]
enum Chain {
    /// Of a name, for all contexts that names share.
    Shared(u32),
    /// Of a name, for the declaration's own context.
    Own(u32),
    /// Of an earlier number.
    Numbered(usize),
}

impl Visible {
    /// Starts without bindings, with room for so many.
    pub fn with_capacity(names: usize) -> Self {
        Self {
            by_name: FxHashMap::with_capacity_and_hasher(names, FxBuildHasher),
            innermost: Vec::with_capacity(names),
            by_context: FxHashMap::default(),
            by_number: Vec::with_capacity(names),
            declared: Vec::with_capacity(names),
        }
    }

    /// Returns the binding to which a name refers here.
    pub fn find(&self, name: &Atom, context: SyntaxContext) -> Option<usize> {
        self.of(name, context).next().map(|one| one.binding)
    }

    /// Returns the binding that a scope itself gives to a name.
    pub fn find_in(&self, scope: usize, name: &Atom, context: SyntaxContext) -> Option<usize> {
        let mut own = self.of(name, context).take_while(|one| one.scope >= scope);
        own.find(|one| one.scope == scope).map(|one| one.binding)
    }

    /// Returns bindings that a scope itself gives to names, the last first: those of one name where
    /// all names share one context, else all of them.
    pub fn all_in(&self, scope: usize, name: &Atom) -> impl Iterator<Item = usize> {
        let is_chain = self.by_number.is_empty() && self.by_context.is_empty();
        let last = if is_chain {
            self.by_name.get(name).and_then(|name| self.innermost[*name as usize])
        } else {
            index(self.declared.len()).checked_sub(1)
        };
        let before = move |at: &u32| {
            if is_chain { self.declared[*at as usize].outer } else { at.checked_sub(1) }
        };
        std::iter::successors(last, before)
            .map(|at| &self.declared[at as usize])
            .filter(move |one| one.scope == scope)
            .map(|one| one.binding)
    }

    /// Returns the declarations of a name with a context, the innermost first.
    fn of(&self, name: &Atom, context: SyntaxContext) -> impl Iterator<Item = &Declared> {
        let innermost = match index_of(context) {
            Some(number) => self.by_number.get(number).copied().flatten(),
            None => self.by_name.get(name).and_then(|name| {
                if is_shared(context) {
                    self.innermost[*name as usize]
                } else {
                    self.by_context.get(&(*name, context)).copied()
                }
            }),
        };
        let at = |index: u32| &self.declared[index as usize];
        std::iter::successors(innermost.map(at), move |one| one.outer.map(at))
            .filter(move |one| one.context == context)
    }

    /// Makes a binding visible until its scope is left.
    pub fn declare(&mut self, name: &Ident, scope: usize, binding: usize) {
        let context = name.ctxt;
        let own = index(self.declared.len());
        let (chain, outer) = if let Some(number) = index_of(context) {
            if self.by_number.len() <= number {
                self.by_number.resize(number + 1, None);
            }
            (Chain::Numbered(number), self.by_number[number].replace(own))
        } else {
            let name = self.number_of(&name.sym);
            if is_shared(context) {
                (Chain::Shared(name), self.innermost[name as usize].replace(own))
            } else {
                (Chain::Own(name), self.by_context.insert((name, context), own))
            }
        };
        self.declared.push(Declared { context, scope, binding, chain, outer });
    }

    fn number_of(&mut self, name: &Atom) -> u32 {
        if let Some(known) = self.by_name.get(name) {
            return *known;
        }
        let new = index(self.innermost.len());
        self.by_name.insert(name.clone(), new);
        self.innermost.push(None);
        new
    }

    /// Returns the argument for `leave`.
    pub fn enter(&self) -> usize {
        self.declared.len()
    }

    /// Forgets what was declared since `enter`.
    pub fn leave(&mut self, mark: usize) {
        for left in self.declared.drain(mark..).rev() {
            match (left.chain, left.outer) {
                (Chain::Numbered(number), outer) => self.by_number[number] = outer,
                (Chain::Shared(name), outer) => self.innermost[name as usize] = outer,
                (Chain::Own(name), Some(outer)) => {
                    self.by_context.insert((name, left.context), outer);
                }
                (Chain::Own(name), None) => {
                    self.by_context.remove(&(name, left.context));
                }
            }
        }
    }
}

fn index(length: usize) -> u32 {
    u32::try_from(length).expect("under 2^32 declarations")
}
