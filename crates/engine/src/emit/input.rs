//! The input of emitting.

use bundle_base::Config;
use bundle_graph::{chunk::ChunkGraph, module::ModuleId};

use crate::{
    render::{RenderInput, RenderedChunks},
    scan::Scan,
};

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

impl<'e> EmitInput<'e> {
    /// Adds what rendering made to what it read.
    pub fn of(
        RenderInput { config, scan, graph, .. }: RenderInput<'e>,
        rendered: &'e RenderedChunks,
        changed: Option<&'e [ModuleId]>,
    ) -> Self {
        Self { config, scan, graph, rendered, changed }
    }
}
