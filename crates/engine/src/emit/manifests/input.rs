//! The input of writing manifests.

use bundle_base::Config;
use bundle_graph::chunk::ChunkGraph;

use crate::{emit::output::OutputFile, scan::Scan};

/// The files of a chunk: paths relative to the output folder.
pub(in crate::emit) struct ChunkFiles {
    /// `None`: the chunk has nothing but styles.
    pub script: Option<String>,
    /// The stylesheet that a page includes.
    pub style: Option<String>,
    /// The number of stylesheets that a page loads with it: the stylesheet may import parts.
    pub stylesheets: usize,
    /// Whether the files have content hashes in their names.
    pub is_hashed: bool,
}

/// Everything that writing manifests reads.
pub(in crate::emit) struct ManifestInput<'t, 'g, 'l> {
    pub config: &'t Config,
    pub scan: &'t Scan,
    pub graph: &'t ChunkGraph<'g, 'l>,
    /// The files of each chunk.
    pub chunks: &'t [ChunkFiles],
    /// All other outputs.
    pub files: &'t [OutputFile],
}
