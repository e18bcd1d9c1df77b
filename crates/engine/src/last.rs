//! The last good build, kept for the next one: what was scanned, linked, chunked and rendered.

use bundle_base::{Diagnostic, Source};
use bundle_graph::{
    chunk::Layout,
    link::{PreviousLink, Program},
};

use crate::{render::RenderedChunks, scan::Scan};

/// What a build leaves to the next one.
pub(crate) struct LastBuild {
    pub scan: Scan,
    pub programs: Vec<Program>,
    /// Linking had nothing to say, so parts of `programs` may stand although others are linked
    /// anew.
    pub may_be_reused: bool,
    pub layout: Layout,
    pub rendered: RenderedChunks,
    /// What was said before the scripts were joined, in this order.
    pub said: Vec<Diagnostic>,
    /// Nothing but files has changed since: what was resolved stands, and modules have the numbers
    /// that they had.
    pub is_at_hand: bool,
}

impl LastBuild {
    /// What was linked, if parts of it may stand, and what was rendered of it.
    pub fn into_linked(self) -> (Option<PreviousLink>, Option<RenderedChunks>) {
        let Self { scan, programs, rendered, may_be_reused, .. } = self;
        may_be_reused.then(|| (PreviousLink::new(scan.graph, programs), rendered)).unzip()
    }

    /// Whether something that was said has a place in this text.
    pub fn speaks_of(&self, source: &Source) -> bool {
        let is_in = |diagnostic: &Diagnostic| {
            let notes = diagnostic.notes.iter().filter_map(|note| note.label.as_ref());
            diagnostic.primary.iter().chain(notes).any(|label| label.source.path == source.path)
        };
        self.said.iter().any(is_in)
    }
}
