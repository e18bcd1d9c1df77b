//! The nodes of the module graph, which follow from the other tables.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    file_entry::{FileEntry, FileKey},
    node_id::NodeId,
};
use crate::scan::{Node, Origin};

/// Modules by identity, each with where its requests lead. A node follows from the other tables: it
/// is valid as long as the file's entry and the resolutions are.
#[derive(Default)]
pub(crate) struct Nodes {
    ids: FxHashMap<String, NodeId>,
    /// By `NodeId`: the origin of the module.
    pub origins: Vec<Arc<Origin>>,
    /// By `NodeId`: the node that the last scan made.
    pub known: Vec<Option<Arc<Node>>>,
    /// The nodes that have a request that was not found.
    pub missing: Vec<NodeId>,
}

impl Nodes {
    /// Returns the number of a module. `is_settled` returns true if the stored origin is up to date
    /// because this scan has begun the module; otherwise the origin is replaced.
    pub fn id(&mut self, origin: Origin, is_settled: impl FnOnce(NodeId) -> bool) -> NodeId {
        let identity = origin.identity();
        if let Some(&id) = self.ids.get(&identity) {
            if !is_settled(id) {
                self.origins[id.index()] = Arc::new(origin);
            }
            return id;
        }
        let id =
            NodeId(u32::try_from(self.origins.len()).expect("fewer than four billion modules"));
        self.ids.insert(identity, id);
        self.origins.push(Arc::new(origin));
        self.known.push(None);
        id
    }

    /// Returns the number of a module of our runtime, if it was reached.
    pub fn runtime(&self, specifier: &str) -> Option<NodeId> {
        self.ids.get(specifier).copied()
    }

    /// Drops the nodes of a file. Their numbers stay.
    pub fn forget_file(&mut self, key: &FileKey, file: &FileEntry) {
        let own = format!("{}{}", key.path, key.query);
        let parts = file.loaded.iter().flat_map(|loaded| &loaded.parts);
        for identity in parts.map(|part| format!("{own}\0{}", part.suffix)).chain([own.clone()]) {
            if let Some(id) = self.ids.get(&identity) {
                self.known[id.index()] = None;
            }
        }
    }

    /// Drops the nodes that have a request that was not found.
    pub fn forget_missing(&mut self) {
        for id in std::mem::take(&mut self.missing) {
            self.known[id.index()] = None;
        }
    }

    /// Drops all nodes. Their numbers stay.
    pub fn forget_all(&mut self) {
        self.known.fill(None);
    }
}
