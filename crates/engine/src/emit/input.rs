//! The input of emitting.

use bundle_base::Config;
use bundle_graph::{chunk::ChunkGraph, module::ModuleId};

use crate::{render::RenderedChunks, scan::Scan};

/// Everything that emitting reads.
#[derive(Clone, Copy)]
pub(crate) struct EmitInput<'e> {
    pub config: &'e Config,
    pub scan: &'e Scan,
    pub graph: &'e ChunkGraph<'e, 'e>,
    pub rendered: &'e RenderedChunks,
    /// The only modules that have changed, in ascending order; `None`: any module may have changed.
    pub changed: Option<&'e [ModuleId]>,
}
