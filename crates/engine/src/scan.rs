//! Scanning: entries → `ModuleGraph`. Everything is read, parsed and resolved here. There is one
//! task per file, started when the first importer is found. The table of modules already reached is
//! the only lock of a build. Nodes that the scan before left are walked without a task. Tasks
//! return what they made, and one owner merges it into the memo tables.

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
mod edited; // a scan in which only bodies changed
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

/// What scanning gives.
pub(crate) struct Scan {
    pub graph: ModuleGraph,
    /// Per module of the graph: the part it is.
    pub parts: Vec<PartKey>,
    /// Per module of the graph: what the cache calls its part.
    pub cached: Vec<Option<ContentHash>>,
    /// Per module of the graph: bytes of its file.
    pub bytes: Vec<usize>,
    /// Per module of the graph: the stylesheet that it is.
    pub styles: Vec<Option<Arc<Part>>>,
    pub assets: Assets,
    /// What diagnostics about parts are to be read as.
    pub places: Arc<Places>,
    pub counts: Counts,
    pub made_of: MadeOf,
    /// Files that the configuration has copied.
    pub copies: Vec<Copy>,
    /// There was nothing to say about these.
    pub are_copies_quiet: bool,
}

/// Entries of the memo tables that a scan was made of. As long as it is there they have an owner
/// beside the tables.
#[derive(Default)]
pub(crate) struct MadeOf {
    /// By identity: the nodes that were reached.
    nodes: Vec<Option<Arc<Node>>>,
    /// By identity: the module of the graph.
    ids: Vec<Option<ModuleId>>,
    /// Which nodes are entries.
    entries: Vec<NodeId>,
    /// The resolver's answers about entries.
    answers: Vec<Arc<Answer>>,
}

impl Scan {
    /// Per module of the graph: its tree, if nobody has taken it.
    pub fn take_trees(&self) -> Vec<Option<Arc<Ast>>> {
        let mut trees = vec![None; self.graph.modules.len()];
        let nodes = self.made_of.ids.iter().zip(&self.made_of.nodes);
        for (module, node) in nodes.filter_map(|(id, node)| Some((id.as_ref()?, node.as_ref()?))) {
            trees[module.index()] = node.entry.take_tree();
        }
        trees
    }
}

/// What a task made of one module.
#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
pub(crate) struct Node {
    name: Arc<str>,
    part: PartKey,
    entry: Arc<PartEntry>,
    bytes: usize,
    /// It is a stylesheet.
    style: Option<Arc<Part>>,
    /// Files that its sheet refers to.
    assets: Vec<Arc<Asset>>,
    /// Where its contents are, if it is used as it is.
    address: Option<Address>,
    resolved_imports: Vec<ResolvedImport>,
    has_side_effects: bool,
    is_node_esm: bool,
    is_data: bool,
    is_typescript: bool,
    /// Nothing in it has to be looked up anew in the next scan.
    is_lasting: bool,
    /// A module of our runtime that glue calls because of it.
    calls: Option<NodeId>,
    /// It asks for something that was not found.
    pub misses: bool,
    diagnostics: Vec<Diagnostic>,
    /// What it follows from.
    pub file: Option<Arc<FileEntry>>,
    resolutions: Vec<Arc<Answer>>,
}

/// What a task found out that the memo tables did not know.
#[derive(Default)]
struct TaskResult {
    file: Option<(FileKey, Arc<FileEntry>)>,
    /// The file was in the cache.
    is_restored: bool,
    part: Option<(PartKey, Arc<PartEntry>)>,
    /// The part was not in the cache.
    is_analysed: bool,
    resolutions: Vec<(ResolveKey, Arc<Answer>)>,
    /// Folders with the names in them.
    listed: Vec<(Utf8PathBuf, BTreeSet<String>)>,
}

/// Where a request leads, before modules have their order.
#[derive(Clone, Debug, PartialEq)]
enum ResolvedImport {
    Module(NodeId),
    External { specifier: String, global: Option<String> },
    Missing,
    Text(String),
    None,
}

/// What all tasks share.
struct Shared<'s> {
    config: &'s Config,
    fs: Arc<dyn bundle_base::FileSystem>,
    resolver: &'s bundle_resolve::Resolver,
    tools: &'s dyn Tools,
    memo: &'s Memo,
    cache: Option<&'s Cache>,
    /// Which modules are entries.
    entries: Vec<NodeId>,
    /// A lock because any task may be first to import a file.
    reached: Mutex<Reached>,
}

/// Modules that somebody has started, and what came of them.
#[derive(Default)]
struct Reached {
    nodes: Nodes,
    /// By identity.
    has_begun: Vec<bool>,
    found: Vec<Option<Arc<Node>>>,
    results: Vec<TaskResult>,
}

impl Reached {
    fn id(&mut self, origin: Origin) -> NodeId {
        let begun = &self.has_begun;
        self.nodes.id(origin, |id| begun.get(id.index()).is_some_and(|begun| *begun))
    }

    /// Walks through what is known from these modules on. Gives the others that nobody has begun.
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
    /// The modules that it brings with it.
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

    /// The number of a module.
    fn id(&self, origin: Origin) -> NodeId {
        self.reached().id(origin)
    }
}

/// Scans from every entry.
pub(crate) fn run(session: &mut Session, log: &mut Diagnostics) -> Scan {
    let nodes = std::mem::take(&mut session.memo.nodes);
    let mut shared = Shared::of(session, Vec::new(), Reached { nodes, ..Reached::default() });
    // Per entry whose file has another name: how the user calls it.
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

/// The first polyfill that is not there: the others are in the same package.
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

/// Our own modules that glue code may call.
fn runtime(config: &Config) -> impl Iterator<Item = Origin> {
    let meets_on_a_page = config.output.splitting && config.output.format == Format::Iife;
    let loader = meets_on_a_page.then_some(bundle_js::runtime::CHUNKS);
    let registry =
        (config.output.modules == ModulesForm::Registry).then_some(bundle_js::runtime::REGISTRY);
    std::iter::once(bundle_js::runtime::INTEROP).chain(loader).chain(registry).map(Origin::Runtime)
}

/// Loads modules, each in a task of its own, unless they are known or somebody already does.
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

/// Moves the results of tasks into the tables, and counts it.
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
