//! A loaded module, before modules are ordered, and where its requests lead.

use std::sync::Arc;

use bundle_base::{
    Diagnostic,
    asset::{Address, Asset},
    loader::Part,
};

use crate::memo::{Answer, FileEntry, NodeId, PartEntry, PartKey};

/// A loaded module, as a task made it.
#[expect(clippy::struct_excessive_bools, reason = "independent facts")]
pub(crate) struct Node {
    pub name: Arc<str>,
    pub part: PartKey,
    pub entry: Arc<PartEntry>,
    pub bytes: usize,
    /// Its stylesheet, if it is one.
    pub style: Option<Arc<Part>>,
    /// The files that its stylesheet refers to.
    pub assets: Vec<Arc<Asset>>,
    /// The address of its contents, if it is an asset.
    pub address: Option<Address>,
    pub resolved_imports: Vec<ResolvedImport>,
    pub has_side_effects: bool,
    pub is_node_esm: bool,
    pub is_data: bool,
    pub is_typescript: bool,
    /// The next scan may reuse it if no table has dropped it. False: it depends on listings of
    /// folders, which each scan makes again.
    pub is_reusable: bool,
    /// The runtime modules that glue calls because of this module.
    pub calls: Vec<NodeId>,
    /// One of its requests could not be resolved.
    pub has_unresolved: bool,
    pub diagnostics: Vec<Diagnostic>,
    /// The file that it was made from; kept so that the table sees that it is in use.
    pub file: Option<Arc<FileEntry>>,
    pub resolutions: Vec<Arc<Answer>>,
}

/// Where a request leads, before modules are ordered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum ResolvedImport {
    Module(NodeId),
    External { specifier: String, global: Option<String> },
    Missing,
    Text(String),
    None,
}

impl Node {
    /// Returns the modules that its requests and its glue lead to.
    pub fn next(&self) -> impl Iterator<Item = NodeId> {
        let asked =
            self.resolved_imports.iter().filter_map(|resolved_import| match resolved_import {
                ResolvedImport::Module(id) => Some(*id),
                ResolvedImport::External { .. }
                | ResolvedImport::Missing
                | ResolvedImport::Text(_)
                | ResolvedImport::None => None,
            });
        asked.chain(self.calls.iter().copied())
    }
}
