//! Functions in removed blocks. By annex B of ECMAScript, in sloppy code, they are also variables
//! of the enclosing function, unless a scope in between declares the name.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{Ident, Stmt};
use swc_ecma_utils::StmtLike;

use super::{
    super::{build, statements},
    Define,
};

impl Define<'_> {
    /// Returns declarations of the variables of removed code.
    pub(super) fn declarations(&mut self, removed: &Stmt) -> Option<Stmt> {
        statements::declarations(removed, &mut self.functions)
    }

    /// Forgets the removed functions from a position on whose names a list of statements declares.
    pub(super) fn hide_functions(&mut self, position: usize, own: &[Ident]) {
        let removed = self.functions.split_off(position);
        let is_hidden = |name: &Ident| own.iter().any(|own| own.sym == name.sym);
        self.functions.extend(removed.into_iter().filter(|name| !is_hidden(name)));
    }

    /// Declares the removed functions of a function. In a module they were seen in their blocks
    /// alone. `outer`: those of the enclosing function.
    pub(super) fn declare_functions<T: StmtLike>(
        &mut self,
        outer: Vec<Ident>,
        statements: &mut Vec<T>,
    ) {
        let mut functions = std::mem::replace(&mut self.functions, outer);
        if !self.is_module {
            let mut seen = FxHashSet::default();
            functions.retain(|name| seen.insert(name.to_id()));
            build::declare(functions, statements);
        }
    }
}
