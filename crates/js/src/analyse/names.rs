//! Which symbol of the record an identifier of the lowered program is, and which request an
//! expression makes. An `Ast` keeps this for rendering.

use bundle_graph::record::{RequestIndex, SourceFormat, SymbolIndex};
use rustc_hash::FxHashMap;
use swc_ecma_ast::Id;

use super::request_table::Key;

/// Maps identifiers and expressions to the symbols and requests of the record, so that rendering
/// finds them again.
#[derive(Debug)]
pub(crate) struct Names {
    /// The module format of the part.
    pub format: SourceFormat,
    /// The symbol of each identifier.
    pub symbols: FxHashMap<Id, SymbolIndex>,
    /// The symbol of an `export default` whose value has no name.
    pub default_value: Option<SymbolIndex>,
    /// The request of each key; equal requests have the same key.
    pub requests: FxHashMap<Key, RequestIndex>,
    /// Whether the target has `const`.
    pub has_const: bool,
}
