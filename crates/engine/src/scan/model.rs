//! The result of a scan as plain data: the module graph, and what later phases need of each module.

use std::sync::Arc;

use bundle_base::{
    Label,
    asset::{Asset, ContentHash},
    config::Page,
    loader::Part,
};
use bundle_graph::module::{ModuleGraph, ModuleId};

use super::{assets::Assets, node::Node, part_origins::PartOrigins};
use crate::{
    Counts,
    memo::{Answer, FileEntry, NodeId, PartKey, Tree},
};

/// The result of scanning.
pub(crate) struct Scan {
    pub graph: ModuleGraph,
    /// Per module of the graph: its part.
    pub parts: Vec<PartKey>,
    /// Per module of the graph: the key of its part in the disk cache, if there is one.
    pub cached: Vec<Option<ContentHash>>,
    /// Per module of the graph: the size of its file in bytes.
    pub bytes: Vec<usize>,
    /// Per module of the graph: its stylesheet, if it is one.
    pub styles: Vec<Option<Arc<Part>>>,
    pub assets: Assets,
    /// Maps places in parts to places in the files that the parts were copied from.
    pub part_origins: Arc<PartOrigins>,
    pub counts: Counts,
    pub made_of: UsedEntries,
    /// The files to copy by the configuration's `copy`.
    pub copies: Vec<Copy>,
    /// There were no diagnostics about copies.
    pub are_copies_without_diagnostics: bool,
}

/// The entries of the memo tables that a scan used. It holds a reference to each of them, so the
/// tables see that they are in use.
#[derive(Default)]
pub(crate) struct UsedEntries {
    /// By `NodeId`: the nodes that were reached.
    pub nodes: Vec<Option<Arc<Node>>>,
    /// By `NodeId`: the module of the graph.
    pub ids: Vec<Option<ModuleId>>,
    /// The nodes of the entries.
    pub entries: Vec<NodeId>,
    /// The resolver's answers about entries.
    pub answers: Vec<Arc<Answer>>,
}

impl Scan {
    /// Takes the AST of each module of the graph; `None` if it was taken before, or if the record
    /// was restored and nothing was parsed.
    pub fn take_trees(&self) -> Vec<Option<Tree>> {
        let mut trees = vec![None; self.graph.modules.len()];
        let nodes = self.made_of.ids.iter().zip(&self.made_of.nodes);
        for (module, node) in nodes.filter_map(|(id, node)| Some((id.as_ref()?, node.as_ref()?))) {
            trees[module.index()] = node.entry.take_tree();
        }
        trees
    }
}

/// A file to copy.
pub(crate) struct Copy {
    /// Its path in the output folder.
    pub path: String,
    /// The file.
    pub asset: Arc<Asset>,
    /// The page that the file is the template of.
    pub page: Option<Page>,
    /// Where the configuration names the file.
    pub place: Option<Label>,
    /// Holds a reference, so that the file's entry stays in the memo tables.
    _file: Arc<FileEntry>,
}

impl Copy {
    /// Makes the copy of a file. `file` is its entry in the memo tables.
    pub fn new(path: String, asset: Arc<Asset>, file: Arc<FileEntry>) -> Self {
        Self { path, asset, page: None, place: None, _file: file }
    }
}
