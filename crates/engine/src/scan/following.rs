//! The module whose requests a task follows, with all that following them reads and writes.

use bundle_base::{Diagnostic, Label};
use bundle_graph::record::Request;
use camino::Utf8Path;

use super::{
    node::{Node, ResolvedImport},
    origin::Origin,
    state::{ScanState, TaskResult},
    synthetic::walk,
};

/// A module whose requests are followed.
pub(super) struct Following<'a, 's> {
    pub from: &'a Origin,
    /// Gets the diagnostics, and the answers that it depends on.
    pub node: &'a mut Node,
    pub result: &'a mut TaskResult,
    pub shared: &'a ScanState<'s>,
}

impl Following<'_, '_> {
    /// Marks the module as one that depends on listings of folders, which each scan makes again.
    pub fn with_listings(&mut self) -> &mut Self {
        self.node.is_reusable = false;
        self
    }

    /// Returns the place of a request.
    pub fn label(&self, request: &Request) -> Label {
        Label::new(&self.node.part.source, request.span)
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.node.diagnostics.push(diagnostic);
    }

    /// Reports why a request leads nowhere.
    pub fn missing(&mut self, why: Diagnostic) -> ResolvedImport {
        self.report(why);
        ResolvedImport::Missing
    }

    /// Lists the files below a folder, as `synthetic::walk` does.
    pub fn walk(&mut self, folder: &Utf8Path, is_deep: bool) -> Vec<String> {
        walk(folder, is_deep, self.shared, &mut self.result.listed)
    }
}
