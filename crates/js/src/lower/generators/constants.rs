//! Variables whose value cannot change while a function waits: constants, and functions that
//! nothing is assigned to. An expression need not keep them over a `yield`.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{Id, Ident, VarDecl, VarDeclKind};
use swc_ecma_utils::find_pat_ids;

use crate::scopes::{Kind, Scopes};

/// The variables of a program.
pub(in crate::lower) struct Constants<'t> {
    table: &'t Scopes,
    /// The constants that passes made.
    made: FxHashSet<Id>,
}

impl<'t> Constants<'t> {
    /// Starts with the constants of a table.
    pub fn new(table: &'t Scopes) -> Self {
        Self { table, made: FxHashSet::default() }
    }

    pub(super) fn table(&self) -> &Scopes {
        self.table
    }

    /// Has to be called before a `const` becomes a `var`.
    pub fn note_declared(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Const {
            let names = find_pat_ids::<_, Ident>(&declaration.decls).into_iter();
            let made = names.filter(|name| self.table.binding(name).is_none());
            self.made.extend(made.map(|name| name.to_id()));
        }
    }

    pub(super) fn contains(&self, name: &Ident) -> bool {
        match self.table.binding(name) {
            Some(binding) => {
                let is_constant =
                    matches!(binding.kind, Kind::Const | Kind::Function | Kind::Namespace);
                is_constant && binding.is_never_assigned()
            }
            None => self.made.contains(&name.to_id()),
        }
    }
}
