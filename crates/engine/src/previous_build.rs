//! The results of the previous successful build's phases, kept for the next build. Only rebuilt
//! registries keep them (`Session::phases`).

use bundle_base::{Diagnostic, Source};
use bundle_graph::{
    chunk::Layout,
    link::{PreviousLink, Program},
};

use crate::{render::RenderedChunks, scan::Scan};

/// The values of a successful build that the next one may reuse.
pub(crate) struct PreviousBuild {
    pub scan: Scan,
    pub programs: Vec<Program>,
    /// Linking reported nothing, so parts of `programs` may be reused although other parts are
    /// linked again.
    pub may_be_reused: bool,
    pub layout: Layout,
    pub rendered: RenderedChunks,
    /// The diagnostics that were reported before emitting, in this order.
    pub diagnostics: Vec<Diagnostic>,
    /// Only the contents of files have changed since: all resolutions are still valid, and modules
    /// have the same `NodeId`s.
    pub is_patchable: bool,
}

impl PreviousBuild {
    /// Returns the linked programs with their graph, and the rendered chunks; two `None`s if no
    /// part of the programs may be reused.
    pub fn into_linked(self) -> (Option<PreviousLink>, Option<RenderedChunks>) {
        let Self { scan, programs, rendered, may_be_reused, .. } = self;
        may_be_reused.then(|| (PreviousLink::new(scan.graph, programs), rendered)).unzip()
    }

    /// Whether a diagnostic of this build has a label in `source`.
    pub fn has_label_in(&self, source: &Source) -> bool {
        let is_in = |diagnostic: &Diagnostic| {
            let notes = diagnostic.notes.iter().filter_map(|note| note.label.as_ref());
            diagnostic.primary.iter().chain(notes).any(|label| label.source.path == source.path)
        };
        self.diagnostics.iter().any(is_in)
    }
}
