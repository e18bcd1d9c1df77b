//! The result of rendering as plain data.

use std::sync::Arc;

use bundle_base::{Diagnostic, asset::ContentHash};
use bundle_graph::{chunk::ChunkGraph, module::ModuleId};
use rustc_hash::FxHashMap;

use crate::memo::Rendered;

/// The rendered modules of every chunk.
pub(crate) struct RenderedChunks {
    /// Per chunk: the rendered part of each of its modules.
    pub chunks: Vec<FxHashMap<ModuleId, Arc<Rendered>>>,
    /// How many parts were rendered, and not found in the memo table or the disk cache.
    pub fresh: usize,
    /// The rendered parts that the disk cache did not have, with their keys.
    pub made: Vec<(ContentHash, Arc<Rendered>)>,
}

impl RenderedChunks {
    /// Returns the diagnostics of the rendered modules, by chunk and in execution order.
    pub fn diagnostics(&self, graph: &ChunkGraph<'_, '_>) -> impl Iterator<Item = Diagnostic> {
        let of_chunks = graph.chunks.iter().zip(&self.chunks);
        of_chunks.flat_map(|(chunk, rendered)| {
            chunk.modules.iter().flat_map(|module| &rendered[module].diagnostics).cloned()
        })
    }
}
