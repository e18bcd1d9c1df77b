//! Entries → `ModuleGraph`: everything that is read, parsed and resolved. One task a file, started the moment somebody imports
//! it; the table of keys already seen is the only lock of the build. Tasks return what they made; it is merged into the
//! memo tables afterwards, by the one owner.

use std::sync::{Arc, Mutex, PoisonError};

use bundle_base::{Config, Diagnostic, Diagnostics, config::Format};
use bundle_graph::module::ModuleGraph;
use camino::Utf8PathBuf;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    Counts, Session,
    memo::{Answer, FileEntry, FileKey, Memo, PartEntry, PartKey, ResolveKey, Used},
    messages,
};

mod assemble;
mod origin;
mod synthetic;
mod task;

use origin::Origin;

/// What scanning gives.
pub(crate) struct Scan {
    pub graph: ModuleGraph,
    /// Per module of the graph: the part it is.
    pub parts: Vec<(PartKey, Arc<PartEntry>)>,
    /// Per module of the graph: bytes of its file.
    pub bytes: Vec<usize>,
    pub counts: Counts,
    pub used: Used,
}

/// What a task made of one module.
#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
struct Node {
    name: String,
    part: PartKey,
    entry: Arc<PartEntry>,
    bytes: usize,
    targets: Vec<Lead>,
    has_side_effects: bool,
    is_node_esm: bool,
    is_data: bool,
    is_typescript: bool,
    diagnostics: Vec<Diagnostic>,
    learned: Learned,
    used_file: Option<FileKey>,
    used_resolutions: Vec<ResolveKey>,
}

/// What a task found out that the memo tables did not know.
#[derive(Default)]
struct Learned {
    file: Option<(FileKey, Arc<FileEntry>)>,
    part: Option<(PartKey, Arc<PartEntry>)>,
    resolutions: Vec<(ResolveKey, Arc<Answer>)>,
    listed: Vec<Utf8PathBuf>,
}

/// Where a request leads, before modules have ids.
#[derive(Clone, Debug)]
enum Lead {
    Module(String),
    External { specifier: String, global: Option<String> },
    Missing,
    Text(String),
    None,
}

/// What all tasks share.
struct Shared<'s> {
    config: &'s Config,
    fs: &'s Arc<dyn bundle_base::FileSystem>,
    resolver: &'s bundle_resolve::Resolver,
    memo: &'s Memo,
    /// Identities of the entries.
    entries: FxHashSet<String>,
    /// Identities of modules that somebody has started, with what came of them. A lock because any task may be first to import a file.
    nodes: Mutex<FxHashMap<String, Option<Node>>>,
}

impl Shared<'_> {
    /// True for the first who asks.
    fn claim(&self, key: &str) -> bool {
        let mut nodes = self.nodes.lock().unwrap_or_else(PoisonError::into_inner);
        if nodes.contains_key(key) {
            return false;
        }
        nodes.insert(key.to_owned(), None);
        true
    }

    fn finish(&self, key: String, node: Node) {
        self.nodes.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Some(node));
    }
}

/// Scans from every entry.
pub(crate) fn run(session: &mut Session, log: &mut Diagnostics) -> Scan {
    let mut shared = Shared {
        config: &session.config,
        fs: &session.fs,
        resolver: &session.resolver,
        memo: &session.memo,
        entries: FxHashSet::default(),
        nodes: Mutex::default(),
    };
    let mut origins = Vec::new();
    // Per entry whose file has another name: how the user calls it.
    let mut linked = FxHashMap::default();
    let mut used = Used::default();
    let mut learned = Vec::new();
    for entry in &session.config.entries {
        match task::entry(entry, &shared, &mut learned, &mut used) {
            Ok(origin) => {
                if !entry.path.ends_with(origin.name()) {
                    linked.insert(origin.identity(), entry.specifier.clone());
                }
                origins.push(origin);
            }
            Err(diagnostic) => log.push(*diagnostic),
        }
    }
    let entries: Vec<String> = origins.iter().map(Origin::identity).collect();
    shared.entries.extend(entries.iter().cloned());
    rayon::scope(|scope| {
        for origin in runtime(shared.config).chain(origins) {
            start(origin, &shared, scope);
        }
    });
    let nodes = shared.nodes.into_inner().unwrap_or_else(PoisonError::into_inner);
    let mut nodes: FxHashMap<String, Node> =
        nodes.into_iter().map(|(key, node)| (key, node.expect("every claimed key was finished"))).collect();
    let counts = merge(&mut session.memo, &mut nodes, learned, &mut used);
    let mut scan = assemble::assemble((&entries, &linked), nodes, log);
    for &entry in &scan.graph.entries {
        let module = scan.graph.module(entry);
        if module.source.text.trim().is_empty() && !log.has_errors() {
            log.push(messages::empty_entry(&module.key));
        }
    }
    scan.counts = Counts { modules: scan.graph.modules.len(), ..counts };
    scan.used = used;
    scan
}

/// Our own modules that glue code may call.
fn runtime(config: &Config) -> impl Iterator<Item = Origin> {
    let meets_on_a_page = config.output.splitting && config.output.format == Format::Iife;
    let loader = meets_on_a_page.then_some(bundle_js::runtime::CHUNKS);
    std::iter::once(bundle_js::runtime::INTEROP).chain(loader).map(Origin::Runtime)
}

/// Loads a module in a task of its own, unless somebody already does.
fn start<'s>(origin: Origin, shared: &'s Shared<'s>, scope: &rayon::Scope<'s>) {
    let key = origin.identity();
    if shared.claim(&key) {
        scope.spawn(move |scope| {
            let (node, next) = task::load(&origin, shared);
            for origin in next {
                start(origin, shared, scope);
            }
            shared.finish(key, node);
        });
    }
}

/// Moves what the tasks learned into the tables, and counts it.
fn merge(
    memo: &mut Memo,
    nodes: &mut FxHashMap<String, Node>,
    resolutions: Vec<(ResolveKey, Arc<Answer>)>,
    used: &mut Used,
) -> Counts {
    let mut counts = Counts { resolved: resolutions.len(), ..Counts::default() };
    memo.resolutions.extend(resolutions);
    memo.listed.clear();
    for node in nodes.values_mut() {
        let learned = std::mem::take(&mut node.learned);
        counts.loaded += usize::from(learned.file.is_some());
        counts.analysed += usize::from(learned.part.is_some());
        counts.resolved += learned.resolutions.len();
        memo.listed.extend(learned.listed);
        memo.files.extend(learned.file);
        memo.parts.extend(learned.part);
        memo.resolutions.extend(learned.resolutions);
        used.files.extend(node.used_file.take());
        used.parts.insert(node.part.clone());
        used.resolutions.extend(std::mem::take(&mut node.used_resolutions));
    }
    counts
}
