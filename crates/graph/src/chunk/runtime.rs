//! The functions of our own runtime that a chunk has.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{RuntimeParts, collect, model::Linked};
use crate::{
    link::{Exports, LinkedGraph, parts_with},
    module::SymbolRef,
};

/// Selections of our runtime that were made already, by the functions that were requested.
pub(super) type KnownParts = FxHashMap<Vec<SymbolRef>, Arc<RuntimeParts>>;

/// Returns some functions of our runtime with what these need, cached in `known`.
pub(super) fn parts_of(
    functions: Vec<SymbolRef>,
    exports: &Exports<'_>,
    known: &mut KnownParts,
) -> Arc<RuntimeParts> {
    let make =
        |functions: &Vec<SymbolRef>| Arc::new(parts_with(functions.iter().copied(), exports));
    Arc::clone(known.entry(functions).or_insert_with_key(make))
}

/// Puts a selection of our runtime into a chunk, in place of any other.
pub(super) fn give_runtime(
    chunk: &mut Linked<'_>,
    parts: Arc<RuntimeParts>,
    linked: &LinkedGraph<'_>,
) {
    for (id, linked_module) in parts.iter() {
        collect::declared(*id, linked_module, linked, &mut chunk.links.names);
    }
    chunk.links.runtime = parts.iter().map(|(id, _)| *id).collect();
    chunk.links.runtime_parts = Some(parts);
}

/// Whether a selection of our runtime has a function.
pub(super) fn has(parts: &RuntimeParts, function: SymbolRef) -> bool {
    parts.iter().any(|(id, linked_module)| {
        *id == function.module && linked_module.used[function.symbol.0 as usize]
    })
}
