//! Scanning: entries → `ModuleGraph`. Everything is read, parsed and resolved here. Each file is
//! loaded by one task, which starts when the first importer is found. The table of modules already
//! reached is the only lock of a build. Nodes that the previous scan left are walked without a
//! task. Tasks return their results, and one owner merges these into the memo tables.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bundle_base::{
    Config, Diagnostic, Diagnostics,
    asset::{Address, Asset, ContentHash},
    config::{Format, ModulesForm, Polyfills, Styles},
    loader::{Part, Tools},
};
use bundle_graph::{
    module::{ModuleGraph, ModuleId, Target},
    record::{Request, RequestKind},
};
use bundle_js::Ast;
use camino::Utf8PathBuf;
use rustc_hash::FxHashMap;

use crate::{
    Cache, Counts, Session,
    memo::{Answer, FileEntry, FileKey, Memo, NodeId, Nodes, PartEntry, PartKey, ResolveKey},
    messages,
};

mod asks;
mod assemble;
mod assets;
mod confined;
mod copies;
mod edited; // a scan after an edit that changed only bodies of modules
mod empty;
mod manual_chunks;
mod origin;
mod places;
mod read_once; // the file system of one scan
mod requests; // where the requests of a module lead
mod synthetic;
mod task;

pub(crate) use asks::Asks;
pub(crate) use assets::Assets;
pub(crate) use copies::Copy;
pub(crate) use edited::{Edited, edited};
pub(crate) use origin::Origin;
pub(crate) use places::Places;
use read_once::ReadOnce;

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
    pub places: Arc<Places>,
    pub counts: Counts,
    pub made_of: MadeOf,
    /// The files to copy by the configuration's `copy`.
    pub copies: Vec<Copy>,
    /// There were no diagnostics about copies.
    pub are_copies_quiet: bool,
}

/// The entries of the memo tables that a scan used. It holds a reference to each of them, so the
/// tables see that they are in use.
#[derive(Default)]
pub(crate) struct MadeOf {
    /// By `NodeId`: the nodes that were reached.
    nodes: Vec<Option<Arc<Node>>>,
    /// By `NodeId`: the module of the graph.
    ids: Vec<Option<ModuleId>>,
    /// The nodes of the entries.
    entries: Vec<NodeId>,
    /// The resolver's answers about entries.
    answers: Vec<Arc<Answer>>,
}

impl Scan {
    /// Takes the AST of each module of the graph; `None` if it was taken before, or if the record
    /// was restored and nothing was parsed.
    pub fn take_trees(&self) -> Vec<Option<Arc<Ast>>> {
        let mut trees = vec![None; self.graph.modules.len()];
        let nodes = self.made_of.ids.iter().zip(&self.made_of.nodes);
        for (module, node) in nodes.filter_map(|(id, node)| Some((id.as_ref()?, node.as_ref()?))) {
            trees[module.index()] = node.entry.take_tree();
        }
        trees
    }
}

/// A loaded module, as a task made it.
#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
pub(crate) struct Node {
    name: Arc<str>,
    part: PartKey,
    entry: Arc<PartEntry>,
    bytes: usize,
    /// Its stylesheet, if it is one.
    style: Option<Arc<Part>>,
    /// The files that its stylesheet refers to.
    assets: Vec<Arc<Asset>>,
    /// The address of its contents, if it is an asset.
    address: Option<Address>,
    resolved_imports: Vec<ResolvedImport>,
    has_side_effects: bool,
    is_node_esm: bool,
    is_data: bool,
    is_typescript: bool,
    /// The next scan may reuse it as long as no table drops it. False: it depends on listings of
    /// folders, which each scan makes again.
    is_lasting: bool,
    /// The runtime module that glue calls because of this module.
    calls: Option<NodeId>,
    /// One of its requests was not found.
    pub misses: bool,
    diagnostics: Vec<Diagnostic>,
    /// The file that it was made from; kept so that the table sees that it is in use.
    pub file: Option<Arc<FileEntry>>,
    resolutions: Vec<Arc<Answer>>,
}

/// The results of a task that the memo tables did not have.
#[derive(Default)]
struct TaskResult {
    file: Option<(FileKey, Arc<FileEntry>)>,
    /// The file was restored from the disk cache.
    is_restored: bool,
    part: Option<(PartKey, Arc<PartEntry>)>,
    /// The part was analysed, not restored from the disk cache.
    is_analysed: bool,
    resolutions: Vec<(ResolveKey, Arc<Answer>)>,
    /// The folders that were listed, with the names in them.
    listed: Vec<(Utf8PathBuf, BTreeSet<String>)>,
}

/// Where a request leads, before modules are ordered.
#[derive(Clone, Debug, PartialEq)]
enum ResolvedImport {
    Module(NodeId),
    External { specifier: String, global: Option<String> },
    Missing,
    Text(String),
    None,
}

/// The state that all tasks share.
struct Shared<'s> {
    config: &'s Config,
    fs: Arc<dyn bundle_base::FileSystem>,
    resolver: &'s bundle_resolve::Resolver,
    tools: &'s dyn Tools,
    memo: &'s Memo,
    cache: Option<&'s Cache>,
    /// The modules that are entries.
    entries: Vec<NodeId>,
    /// The modules reached so far; a lock because any task may be the first to import a file.
    reached: Mutex<Reached>,
}

/// The modules that a task or the walk has reached, and their results.
#[derive(Default)]
struct Reached {
    nodes: Nodes,
    /// By `NodeId`: a task or the walk has begun it.
    has_begun: Vec<bool>,
    found: Vec<Option<Arc<Node>>>,
    results: Vec<TaskResult>,
}

impl Reached {
    fn id(&mut self, origin: Origin) -> NodeId {
        let begun = &self.has_begun;
        self.nodes.id(origin, |id| begun.get(id.index()).is_some_and(|begun| *begun))
    }

    /// Walks from these modules through all known nodes. Returns the modules that are unknown and
    /// that no task has begun; from now on they count as begun.
    fn begin(&mut self, mut stack: Vec<NodeId>) -> Vec<(NodeId, Arc<Origin>)> {
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

impl Node {
    /// Returns the modules that its requests and its glue lead to.
    fn next(&self) -> impl Iterator<Item = NodeId> {
        let asked = self.resolved_imports.iter().filter_map(|lead| match lead {
            ResolvedImport::Module(id) => Some(*id),
            ResolvedImport::External { .. }
            | ResolvedImport::Missing
            | ResolvedImport::Text(_)
            | ResolvedImport::None => None,
        });
        asked.chain(self.calls)
    }
}

impl<'s> Shared<'s> {
    fn of(session: &'s Session, entries: Vec<NodeId>, reached: Reached) -> Self {
        Self {
            config: &session.config,
            fs: Arc::new(ReadOnce::new(Arc::clone(&session.fs))),
            resolver: &session.resolver,
            tools: &*session.tools,
            memo: &session.memo,
            cache: session.cache.as_ref(),
            entries,
            reached: Mutex::new(reached),
        }
    }

    fn reached(&self) -> MutexGuard<'_, Reached> {
        self.reached.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns the number of a module.
    fn id(&self, origin: Origin) -> NodeId {
        self.reached().id(origin)
    }
}

/// Scans from every entry, and merges the results into the memo tables.
pub(crate) fn run(session: &mut Session, log: &mut Diagnostics) -> Scan {
    let nodes = std::mem::take(&mut session.memo.nodes);
    let mut shared = Shared::of(session, Vec::new(), Reached { nodes, ..Reached::default() });
    // By the node of an entry whose file has another name: the entry as the user wrote it.
    let mut linked = FxHashMap::default();
    let mut answers = Vec::new();
    let mut result = TaskResult::default();
    for entry in &session.config.entries {
        match task::entry(entry, &shared, &mut result.resolutions, &mut answers) {
            Ok(origin) => {
                let is_linked = !entry.path.ends_with(origin.name());
                let id = shared.id(origin);
                if is_linked {
                    linked.insert(id, entry.specifier.clone());
                }
                shared.entries.push(id);
            }
            Err(diagnostic) => log.push(*diagnostic),
        }
    }
    let first = runtime(shared.config)
        .map(|origin| shared.id(origin))
        .chain(shared.entries.iter().copied())
        .collect();
    rayon::scope(|scope| start(first, &shared, scope));
    let mut from_copies = Vec::new();
    let said = log.iter().count();
    let copies = copies::copies(&shared, &mut from_copies, log);
    let are_copies_quiet = log.iter().count() == said;
    let entries = std::mem::take(&mut shared.entries);
    let mut reached = shared.reached.into_inner().unwrap_or_else(PoisonError::into_inner);
    reached.results.push(result);
    reached.results.append(&mut from_copies);
    let counts = merge(&mut session.memo, &mut reached);
    let mut scan = assemble::assemble((&entries, &linked), &reached, &session.config, log);
    if !log.has_errors() {
        log.extend(empty::entries(&mut scan));
    }
    if session.config.script.polyfills == Polyfills::Usage {
        log.extend(missing_polyfill(&scan.graph));
    }
    let is_injected = session.config.output.styles == Styles::Inject
        && session.config.output.public_path.is_empty();
    let refers = |id: &ModuleId| {
        !scan.assets.of_sheets[id.index()].is_empty() && !scan.graph.entries.contains(id)
    };
    if let Some((id, module)) = scan.graph.iter().find(|(id, _)| is_injected && refers(id)) {
        let file = scan.assets.get(scan.assets.of_sheets[id.index()][0]);
        log.push(messages::injected_address(&module.key, &file.name));
    }
    (scan.copies, scan.are_copies_quiet) = (copies, are_copies_quiet);
    scan.counts = Counts { modules: scan.graph.modules.len(), ..counts };
    session.memo.nodes = reached.nodes;
    let lasting = |node: &Option<Arc<Node>>| node.clone().filter(|node| node.is_lasting);
    session.memo.nodes.known = reached.found.iter().map(lasting).collect();
    let misses = |node: &Option<Arc<Node>>| node.as_ref().is_some_and(|node| node.misses);
    let ids = (0..).map(NodeId).zip(&reached.found);
    session.memo.nodes.missing = ids.filter(|(_, node)| misses(node)).map(|(id, _)| id).collect();
    let made_of = &mut scan.made_of;
    (made_of.nodes, made_of.entries, made_of.answers) = (reached.found, entries, answers);
    scan
}

/// Returns a diagnostic about the first polyfill that is missing. One is enough: the others are in
/// the same package.
fn missing_polyfill(graph: &ModuleGraph) -> Option<Diagnostic> {
    graph.modules.iter().find_map(|module| {
        let mut requests = module.record.requests.iter().zip(&module.targets);
        let is_missing = |request: &Request, target: &Target| {
            request.kind == RequestKind::Polyfill && matches!(target, Target::Missing)
        };
        let (request, _) = requests.find(|(request, target)| is_missing(request, target))?;
        Some(messages::polyfill_not_installed(module.label(request.span), &request.specifier))
    })
}

/// Returns the modules of our runtime that glue code may call in this configuration.
fn runtime(config: &Config) -> impl Iterator<Item = Origin> {
    let meets_on_a_page = config.output.splitting && config.output.format == Format::Iife;
    let loader = meets_on_a_page.then_some(bundle_js::runtime::CHUNKS);
    let registry =
        (config.output.modules == ModulesForm::Registry).then_some(bundle_js::runtime::REGISTRY);
    std::iter::once(bundle_js::runtime::INTEROP).chain(loader).chain(registry).map(Origin::Runtime)
}

/// Loads modules, each in a task of its own, unless they are known or begun already.
fn start<'s>(modules: Vec<NodeId>, shared: &'s Shared<'s>, scope: &rayon::Scope<'s>) {
    let unknown = shared.reached().begin(modules);
    for (id, origin) in unknown {
        scope.spawn(move |scope| {
            let (node, result) = task::load(id, &origin, shared);
            let next = node.next().collect();
            {
                let mut reached = shared.reached();
                reached.found[id.index()] = Some(Arc::new(node));
                reached.results.push(result);
            }
            start(next, shared, scope);
        });
    }
}

/// Moves the results of tasks into the memo tables, and returns how much work they were.
fn merge(memo: &mut Memo, reached: &mut Reached) -> Counts {
    let mut counts = Counts::default();
    memo.listed.clear();
    for result in reached.results.drain(..) {
        counts.loaded += usize::from(result.file.is_some() && !result.is_restored);
        counts.analysed += usize::from(result.is_analysed);
        counts.resolved += result.resolutions.len();
        memo.listed.extend(result.listed);
        if let Some((key, file)) = result.file {
            memo.learn_file(key, file);
        }
        memo.parts.extend(result.part);
        memo.learn_answers(result.resolutions);
    }
    counts
}
