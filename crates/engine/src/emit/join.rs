//! Fills the slots of rendered pieces.

use bundle_graph::{
    chunk::{
        Chunk, ChunkGraph, Named,
        names::{Mentions, settle},
        slot,
    },
    module::ModuleId,
};
use bundle_js::Piece;
use indexmap::IndexMap;
use rustc_hash::{FxHashMap, FxHashSet};

use super::text;
use crate::memo::Rendered;

use std::sync::Arc;

/// The names of a chunk, settled.
pub(super) fn names(
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
    modules: &FxHashMap<ModuleId, Arc<Rendered>>,
    is_ascii: bool,
) -> IndexMap<Named, String> {
    let mut mentions =
        Mentions { pieces: vec![Vec::new(); chunk.names.len()], locals: Vec::new(), globals: FxHashSet::default() };
    let mut in_order: Vec<_> = modules.iter().collect();
    in_order.sort_unstable_by_key(|(id, _)| **id);
    for (id, rendered) in in_order {
        let module = &rendered.module;
        mentions.globals.extend(module.globals.iter().map(String::as_str));
        for scope in &module.scopes {
            let piece = u32::try_from(mentions.locals.len()).expect("fewer than four billion functions");
            mentions.locals.push(&scope.names);
            for number in &scope.slots {
                let named = slot(*id, *number, chunk, graph);
                let index =
                    named.and_then(|n| chunk.names.get_index_of(&n)).expect("every slot has a name in its chunk");
                mentions.pieces[index].push(piece);
            }
        }
    }
    let settled = settle(chunk, graph, &mentions);
    let spelled = settled.into_iter().map(|name| if is_ascii { text::ascii_name(&name) } else { name });
    chunk.names.iter().cloned().zip(spelled).collect()
}

/// Appends a piece with its slots filled.
pub(super) fn fill<'n>(piece: &Piece, out: &mut String, name: impl Fn(u32) -> &'n str) {
    let mut done = 0;
    for slot in &piece.slots {
        let at = slot.at as usize;
        out.push_str(&piece.text[done..at]);
        out.push_str(name(slot.slot));
        done = at;
    }
    out.push_str(&piece.text[done..]);
}
