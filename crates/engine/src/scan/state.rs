//! The state of a scan: what all tasks share, what they have reached, and what they have made that
//! the memo tables lack.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard},
};

use bundle_base::{Config, FileSystem, lock, tools::Tools};
use bundle_resolve::Resolver;
use camino::Utf8PathBuf;

use super::{answers::Answers, node::Node, origin::Origin, read_once::ReadOnce};
use crate::{
    Cache,
    memo::{FileEntry, FileKey, Memo, NodeId, Nodes, PartEntry, PartKey},
    plugins::Plugins,
};

/// What a scan reads with, besides the memo tables.
#[derive(Clone, Copy)]
pub(crate) struct ScanInput<'s> {
    pub config: &'s Config,
    pub fs: &'s Arc<dyn FileSystem>,
    pub resolver: &'s Resolver,
    pub tools: &'s dyn Tools,
    pub plugins: &'s Plugins,
    pub cache: Option<&'s Cache>,
    /// No build follows that needs the results.
    pub is_last: bool,
}

/// The state that all tasks share.
pub(super) struct ScanState<'s> {
    pub config: &'s Config,
    pub fs: Arc<dyn FileSystem>,
    /// The same file system, with the count of questions that its tables answered.
    pub read_once: Arc<ReadOnce>,
    pub resolver: &'s Resolver,
    pub tools: &'s dyn Tools,
    pub plugins: &'s Plugins,
    pub memo: &'s Memo,
    pub cache: Option<&'s Cache>,
    /// The answers of the resolver that the memo table lacks.
    pub answers: Answers,
    /// The modules that are entries.
    pub entries: Vec<NodeId>,
    /// The modules reached so far; a lock because any task may be the first to import a file.
    pub reached: Mutex<Reached>,
}

/// The modules that a task or the walk has reached, and their results.
#[derive(Default)]
pub(super) struct Reached {
    pub nodes: Nodes,
    /// By `NodeId`: a task or the walk has reached it.
    pub has_begun: Vec<bool>,
    pub found: Vec<Option<Arc<Node>>>,
    pub results: Vec<TaskResult>,
}

/// The results of a task that the memo tables did not have.
#[derive(Default)]
pub(super) struct TaskResult {
    pub file: Option<(FileKey, Arc<FileEntry>)>,
    /// The file was not loaded: it is restored from the disk cache, or is what it was in the build
    /// before.
    pub is_reused: bool,
    pub part: Option<(PartKey, Arc<PartEntry>)>,
    /// The part was analysed, not restored from the disk cache.
    pub is_analysed: bool,
    /// The folders that were listed, with the names in them.
    pub listed: Vec<(Utf8PathBuf, BTreeSet<String>)>,
}

impl Reached {
    pub fn id(&mut self, origin: Origin) -> NodeId {
        let begun = &self.has_begun;
        self.nodes.id(origin, |id| begun.get(id.index()).is_some_and(|begun| *begun))
    }

    /// Walks from these modules through all known nodes. Returns the modules that are unknown and
    /// that no task has begun; from now on they count as begun.
    pub fn begin(&mut self, mut stack: Vec<NodeId>) -> Vec<(NodeId, Arc<Origin>)> {
        self.has_begun.resize(self.nodes.origins.len(), false);
        self.found.resize(self.nodes.origins.len(), None);
        let mut unknown = Vec::new();
        while let Some(id) = stack.pop() {
            if std::mem::replace(&mut self.has_begun[id.index()], true) {
                continue;
            }
            match &self.nodes.known[id.index()] {
                Some(node) => {
                    stack.extend(node.next());
                    self.found[id.index()] = Some(Arc::clone(node));
                }
                None => unknown.push((id, Arc::clone(&self.nodes.origins[id.index()]))),
            }
        }
        unknown
    }
}

impl<'s> ScanState<'s> {
    pub fn of(
        input: ScanInput<'s>,
        memo: &'s Memo,
        entries: Vec<NodeId>,
        reached: Reached,
    ) -> Self {
        let ScanInput { config, fs, resolver, tools, plugins, cache, .. } = input;
        plugins.begin();
        let read_once = Arc::new(ReadOnce::new(Arc::clone(fs)));
        Self {
            config,
            fs: Arc::clone(&read_once) as Arc<dyn FileSystem>,
            read_once,
            resolver,
            tools,
            plugins,
            memo,
            cache,
            answers: Answers::default(),
            entries,
            reached: Mutex::new(reached),
        }
    }

    pub fn reached(&self) -> MutexGuard<'_, Reached> {
        lock(&self.reached)
    }

    /// Returns the number of a module.
    pub fn id(&self, origin: Origin) -> NodeId {
        self.reached().id(origin)
    }
}
