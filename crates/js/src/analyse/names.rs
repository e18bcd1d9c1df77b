//! Which symbol of the record an identifier of the lowered program is, and which request an
//! expression makes. An `Ast` keeps this for rendering.

use bundle_graph::record::{RequestIndex, SourceFormat, SymbolIndex};
use rustc_hash::FxHashMap;
use swc_common::SyntaxContext;
use swc_ecma_ast::{Id, Ident};

use super::request_table::Key;
use crate::scopes::{free, index_of};

/// Maps identifiers and expressions to the symbols and requests of the record, so that rendering
/// finds them again.
#[derive(Debug)]
pub(crate) struct NodeNames {
    /// The module format of the part.
    pub format: SourceFormat,
    /// The symbol of each identifier.
    pub symbols: SymbolsById,
    /// The symbol of an `export default` whose value has no name.
    pub default_value: Option<SymbolIndex>,
    /// The request of each key; equal requests have the same key.
    pub requests: FxHashMap<Key, RequestIndex>,
    /// Whether the target has `const`.
    pub has_const: bool,
}

/// The symbols of identifiers. Most have the number of a binding.
#[derive(Debug, Default)]
pub(crate) struct SymbolsById {
    /// By binding.
    numbered: Vec<Option<SymbolIndex>>,
    /// By name: the symbols of names that this crate inserted.
    inserted: FxHashMap<Id, SymbolIndex>,
}

impl SymbolsById {
    pub fn insert(&mut self, id: Id, symbol: SymbolIndex) {
        let Some(index) = index_of(id.1) else {
            debug_assert!(id.1 != free(), "a free name has no symbol");
            self.inserted.insert(id, symbol);
            return;
        };
        if self.numbered.len() <= index {
            self.numbered.resize(index + 1, None);
        }
        self.numbered[index] = Some(symbol);
    }

    /// Returns the symbol of a name.
    pub fn get(&self, name: &Ident) -> Option<SymbolIndex> {
        self.find(name.ctxt, || name.to_id())
    }

    /// Returns the symbol of an identifier.
    pub fn of(&self, id: &Id) -> Option<SymbolIndex> {
        self.find(id.1, || id.clone())
    }

    /// Finds the symbol of a name with this context. Only inserted names are compared as text.
    fn find(&self, context: SyntaxContext, id: impl FnOnce() -> Id) -> Option<SymbolIndex> {
        match index_of(context) {
            Some(index) => *self.numbered.get(index)?,
            None if context == free() => None,
            None => self.inserted.get(&id()).copied(),
        }
    }
}
