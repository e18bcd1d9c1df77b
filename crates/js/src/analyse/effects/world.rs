//! Facts about the whole program that decide which side effects a statement has.

use bundle_graph::record::{SymbolIndex, SymbolKind};
use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::SyntaxContext;
use swc_ecma_ast::{Id, Ident};

use super::accessors::Accessors;
use crate::{analyse::symbols::Table, ast::PlainComments};

/// The facts about the whole program.
pub(super) struct World<'a> {
    pub unresolved: SyntaxContext,
    pub helpers: SyntaxContext,
    pub comments: &'a PlainComments,
    pub table: &'a Table,
    /// Namespace imports: reading their members runs no code.
    pub namespaces: FxHashSet<SymbolIndex>,
    /// Functions annotated with `#__NO_SIDE_EFFECTS__`.
    pub pure_functions: FxHashSet<Id>,
    /// Constants whose value is a literal string, number or boolean.
    pub primitives: FxHashSet<Id>,
    /// The statements that declare the names of `let`, `const` and classes.
    pub lexical: FxHashMap<SymbolIndex, usize>,
    /// Top-level names that hold an object made by this program, each with the symbol that owns the
    /// object.
    pub fresh: FxHashMap<Id, SymbolIndex>,
    /// Names of members that have an accessor on some object of the program.
    pub accessors: Accessors,
}

impl World<'_> {
    /// Whether a statement that reads a name throws, because a later statement declares the name.
    pub fn reads_early(&self, id: &Id, statement: usize) -> bool {
        let symbol = self.table.by_id.of(id);
        symbol.and_then(|it| self.lexical.get(&it)).is_some_and(|declared| *declared > statement)
    }

    /// Whether a name is an imported namespace.
    pub fn is_namespace(&self, name: &Ident) -> bool {
        self.table.by_id.get(name).is_some_and(|symbol| self.namespaces.contains(&symbol))
    }

    /// Returns the symbol of a name that the program itself declares.
    pub fn own_symbol(&self, id: &Id) -> Option<SymbolIndex> {
        let symbol = self.table.by_id.of(id)?;
        match self.table.symbols[symbol.0 as usize].kind {
            SymbolKind::Imported | SymbolKind::Helper => None,
            SymbolKind::Var
            | SymbolKind::Lexical
            | SymbolKind::Function
            | SymbolKind::DefaultExpression => Some(symbol),
        }
    }
}
