//! The bindings that are visible at the current place of a walk, by name. Names with the same text
//! and another syntax context are other names.

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::Ident;

/// The visible bindings.
#[derive(Default)]
pub(super) struct Visible {
    /// For each name, its bindings from the outermost scope to the innermost.
    by_name: FxHashMap<Atom, Vec<Declared>>,
    /// The names declared by the open scopes, in order.
    log: Vec<Atom>,
}

/// A declaration of a name.
#[derive(Clone, Copy)]
struct Declared {
    context: SyntaxContext,
    scope: usize,
    binding: usize,
}

impl Visible {
    /// Returns the binding to which a name refers here.
    pub fn find(&self, name: &Atom, context: SyntaxContext) -> Option<usize> {
        let declared = self.by_name.get(name)?;
        declared.iter().rev().find(|one| one.context == context).map(|one| one.binding)
    }

    /// Returns the binding that a scope itself gives to a name.
    pub fn find_in(&self, scope: usize, name: &Atom, context: SyntaxContext) -> Option<usize> {
        let declared = self.by_name.get(name)?;
        let own = declared.iter().rev().take_while(|one| one.scope >= scope);
        own.filter(|one| one.scope == scope && one.context == context).map(|one| one.binding).next()
    }

    /// Returns a binding that a scope itself gives to a name, whatever its syntax context.
    pub fn any_in(&self, scope: usize, name: &Atom) -> Option<usize> {
        let declared = self.by_name.get(name)?;
        declared.iter().rev().find(|one| one.scope == scope).map(|one| one.binding)
    }

    /// Makes a binding visible until its scope is left.
    pub fn declare(&mut self, name: &Ident, scope: usize, binding: usize) {
        let declared = Declared { context: name.ctxt, scope, binding };
        match self.by_name.get_mut(&name.sym) {
            Some(all) => all.push(declared),
            None => {
                self.by_name.insert(name.sym.clone(), vec![declared]);
            }
        }
        self.log.push(name.sym.clone());
    }

    /// Returns the argument for `leave`.
    pub fn enter(&self) -> usize {
        self.log.len()
    }

    /// Forgets what was declared since `enter`.
    pub fn leave(&mut self, mark: usize) {
        for name in self.log.drain(mark..) {
            if let Some(declared) = self.by_name.get_mut(&name) {
                declared.pop();
            }
        }
    }
}
