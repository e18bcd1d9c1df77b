//! Linking: `ModuleGraph` → `LinkedGraph`. Decides what each import means, which statements stay,
//! which modules are wrapped and which ship together.
//!
//! Without splitting each entry is linked alone, so a graph links to one `Program` per entry. With
//! splitting there is one program over all entries, with its modules in several `Group`s. A worker
//! is always linked alone: it shares nothing with the page that starts it. The steps, one file
//! each:
//!
//! - `evaluation_order`: the order in which the specification runs modules
//! - `resolve`: what an imported name means
//! - `constants`, `objects`: which names stand for literals
//! - `tree_shaking`: which statements stay
//! - `runtime`: which of our own runtime functions stay
//! - `chunk_assignment`: which modules ship together
//! - `manual_chunks`: which modules the configuration claims for a chunk
//! - `chunk_merging`: which small chunks become one
//! - `wrap`: which modules cannot be hoisted
//! - `execution_order`: which modules are wrapped because they would run too early
//! - `registry`: the form of the output in which no module is hoisted
//! - `checks`: what is wrong with the links
//! - `inclusion_reasons`: why a module is in a program, for reports
//! - `incremental`: what still holds of the link of the build before

use bundle_base::{
    Config, Diagnostics,
    config::{Format, Mode, ModulesForm, OutputConfig, SharedBundle},
};

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    module::{Address, ExternalId, ModuleGraph, ModuleId, SymbolRef, Target},
    plan::Wrap,
    record::{Request, RequestIndex, RequestKind},
};

mod checks;
mod chunk_assignment;
mod chunk_merging; // which shared scripts are worth a request
mod constants;
mod evaluation_order;
mod execution_order;
pub mod inclusion_reasons;
mod incremental;
mod manual_chunks; // bundles that pages share
mod objects;
mod registry;
mod resolve;
mod runtime;
#[cfg(test)]
mod tests;
mod tree_shaking;
mod wrap;

use incremental::{Earlier, Stands};
pub use incremental::{PreviousLink, is_alike};
pub(crate) use registry::makes_registry;
pub use resolve::{Exports, Found, Interop, Resolved};
pub(crate) use runtime::parts_with;
pub(crate) use wrap::live_requests;

/// The linked form of a graph.
pub struct LinkedGraph<'g> {
    /// What was linked.
    pub graph: &'g ModuleGraph,
    /// One an entry, in the order of entries; with splitting one for all of them. Then one a worker that somebody starts.
    pub programs: Vec<Program>,
    /// Where something stands of what was linked before: the modules whose text may be another one, rising.
    pub changed: Option<Vec<ModuleId>>,
    /// How many modules were linked anew.
    pub fresh: usize,
    /// Nobody had to hear anything, and no module depends on what is in another's body.
    pub may_stand: bool,
}

/// Modules that are linked together.
pub struct Program {
    /// The modules that it includes, in order.
    ids: Vec<ModuleId>,
    /// Their parts.
    parts: Vec<LinkedModule>,
    /// Where evaluation may start: the entries, then what `import()` asks for.
    pub entry_points: Vec<EntryPoint>,
    /// Who ships together: first one an entry, in the order of entries.
    pub groups: Vec<Group>,
    /// Modules that more entry points load than need, with those that need them: positions in `entry_points`, rising.
    pub unneeded: FxHashMap<ModuleId, Vec<usize>>,
    /// Its modules may be in several groups: one entry alone, or a worker, is one script whatever it imports.
    pub is_split: bool,
}

/// Where evaluation may start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryPoint {
    /// An entry, or a worker.
    Static(StaticEntry),
    /// A module that a live `import()` asks for.
    Dynamic(ModuleId),
}

/// An entry and how it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct StaticEntry {
    /// Who asks for it.
    pub kind: EntryKind,
    /// The module that it begins with.
    pub module: ModuleId,
    /// How its exports can be observed.
    pub export_mode: ExportMode,
}

/// Who asks for an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntryKind {
    /// The configuration: position in `ModuleGraph::entries`.
    Configured(usize),
    /// Modules that start it as a worker.
    Worker,
}

/// Modules that ship together because the same entry points need them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The entry whose script this is. Its module may be in another group, if others need it too.
    pub static_entry: Option<StaticEntry>,
    /// The bundle of `Config::shared` that it is.
    pub bundle: Option<usize>,
    /// Who loads it: positions in `Program::entry_points`, rising.
    pub entry_points: Vec<usize>,
    /// In id order. Modules of our own runtime are in no group: they go where they are called.
    pub modules: Vec<ModuleId>,
    /// Groups that run before this one, in this order.
    pub imports: Vec<usize>,
    /// What runs at the top level: hoisted modules' statements, and calls of the wrapped modules that they import.
    pub sequence: Vec<Step>,
}

/// Something that runs: a module, or the reading of what is not bundled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A module runs.
    Module(ModuleId),
    /// The value of an external is read.
    External(ExternalId),
}

/// How the exports of an entry can be observed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportMode {
    /// Not at all: a classic script without a global name.
    None,
    /// By name: as export declarations, or as properties of `exports`.
    Named,
    /// As an object: `module.exports` or a page global.
    Object,
}

/// A module's part in a program.
#[derive(Clone, Debug, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
pub struct LinkedModule {
    /// How it shares its chunk.
    pub wrap: Wrap,
    /// It, or something that runs because of it, awaits at its top level: its init function gives a promise.
    pub is_async: bool,
    /// Per statement: it stays.
    pub live: Vec<bool>,
    /// Per symbol: a live statement or an exported name mentions it.
    pub used: Vec<bool>,
    /// Per symbol: what an imported name means; `None` for names of its own.
    pub resolved: Vec<Option<Resolved>>,
    /// Members of imported namespaces and objects that are read by name, and what they mean.
    pub members: Vec<Member>,
    /// What it exports, sorted by name as the spec sorts; filled where its exports are used as a whole (namespace objects,
    /// entries that show theirs), otherwise empty.
    pub exported: Vec<(String, Resolved)>,
    /// In a registry: CommonJS modules and externals whose properties it exports again.
    pub dynamic_stars: Vec<Target>,
    /// Its namespace object is needed as a value.
    pub needs_namespace: bool,
    /// Somebody asks for it by `require`.
    pub needs_require: bool,
    /// Somebody asks for it by `import()`.
    pub needs_import: bool,
    /// A CommonJS module that exports nothing and runs at one place only: a script of the page's kind. A plain function is
    /// enough around it.
    pub is_script: bool,
    /// Modules whose packages promise no effects and that it runs all the same, because somebody loads by `require` or
    /// `import()` what they pass on. Each once.
    pub runs: Vec<ModuleId>,
    /// For wrapped modules: what its body runs first, in order. Empty for hoisted ones.
    pub prologue: Vec<Step>,
}

/// A member of an imported namespace or object, read by name.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The local symbol.
    pub symbol: crate::record::SymbolIndex,
    /// The names read.
    pub path: crate::record::Path,
    /// What it means.
    pub resolved: Resolved,
}

impl Group {
    /// The entry point that needs everything in it, if nobody else can ever load it.
    pub fn only_entry_point(&self) -> Option<usize> {
        match (self.bundle, self.entry_points.as_slice()) {
            (None, [only]) => Some(*only),
            (_, _) => None,
        }
    }
}

impl Program {
    /// `modules`: per module of the graph. Only what is there is kept, for there may be thousands of entries, each a program
    /// of a few of thousands of modules.
    fn new(
        modules: Vec<Option<LinkedModule>>,
        entry_points: Vec<EntryPoint>,
        groups: Vec<Group>,
        is_split: bool,
    ) -> Self {
        let numbered = modules.into_iter().enumerate();
        let (ids, parts) = numbered.filter_map(|(i, part)| Some((ModuleId::from_index(i), part?))).unzip();
        Self { ids, parts, entry_points, groups, unneeded: FxHashMap::default(), is_split }
    }

    /// A module's part in this program.
    pub fn module(&self, id: ModuleId) -> Option<&LinkedModule> {
        // Most programs include all there is: then a module is where its number says.
        let is_there = self.ids.get(id.index()) == Some(&id);
        let found = if is_there { Ok(id.index()) } else { self.ids.binary_search(&id) };
        found.ok().map(|position| &self.parts[position])
    }

    fn module_mut(&mut self, id: ModuleId) -> Option<&mut LinkedModule> {
        self.ids.binary_search(&id).ok().map(|position| &mut self.parts[position])
    }

    /// True if the symbol's declaration stays.
    pub fn is_used(&self, symbol: SymbolRef) -> bool {
        self.module(symbol.module).is_some_and(|m| m.used[symbol.symbol.0 as usize])
    }

    /// Included modules with their ids, in id order.
    pub fn iter(&self) -> impl Iterator<Item = (ModuleId, &LinkedModule)> {
        self.ids.iter().copied().zip(&self.parts)
    }
}

impl EntryPoint {
    /// The module that evaluation starts with.
    pub fn module(self) -> ModuleId {
        match self {
            Self::Static(static_entry) => static_entry.module,
            Self::Dynamic(module) => module,
        }
    }
}

/// Links every entry of a graph. `previous`: what the build before left, for this configuration.
pub fn link<'g>(
    graph: &'g ModuleGraph,
    previous: Option<PreviousLink>,
    config: &Config,
    log: &mut Diagnostics,
) -> LinkedGraph<'g> {
    let earlier = match previous.map_or(Stands::Nothing, |previous| previous.of(graph)) {
        Stands::All(programs, changed) => return LinkedGraph::with_bodies(graph, programs, changed),
        Stands::Parts(earlier) => Some(earlier),
        Stands::Nothing => None,
    };
    let exports = Exports::new(graph);
    let static_entries: Vec<StaticEntry> =
        (0..graph.entries.len()).map(|entry| static_entry(entry, &exports, config)).collect();
    match config.output.modules {
        ModulesForm::Hoisted => hoisted(static_entries, &exports, config, log),
        ModulesForm::Registry => registered(static_entries, earlier, (&exports, config), log),
    }
}

fn hoisted<'g>(
    static_entries: Vec<StaticEntry>,
    exports: &Exports<'g>,
    config: &Config,
    log: &mut Diagnostics,
) -> LinkedGraph<'g> {
    let graph = exports.graph();
    checks::imports(exports, |_| true, log);
    let constants = (config.mode == Mode::Production).then(|| constants::Constants::new(graph));
    let scope = (exports, constants.as_ref());
    let mut programs = if config.output.splitting {
        vec![split(&static_entries, scope, config, log)]
    } else {
        static_entries.into_iter().map(|static_entry| alone(static_entry, scope, config, log)).collect()
    };
    workers(&mut programs, graph, |static_entry| alone(static_entry, scope, config, log));
    LinkedGraph { graph, programs, changed: None, fresh: graph.modules.len(), may_stand: false }
}

fn registered<'g>(
    static_entries: Vec<StaticEntry>,
    earlier: Option<Earlier>,
    (exports, config): (&Exports<'g>, &Config),
    log: &mut Diagnostics,
) -> LinkedGraph<'g> {
    let graph = exports.graph();
    let said = log.iter().count();
    let is_anew = |id| earlier.as_ref().is_none_or(|earlier| earlier.is_touched(id));
    let fresh = graph.iter().filter(|(id, _)| is_anew(*id)).count();
    checks::imports(exports, is_anew, log);
    let mut registry = registry::Registry::new(exports, config, earlier);
    let mut programs = if config.output.splitting {
        vec![registry.program(&static_entries, true, log)]
    } else {
        static_entries.into_iter().map(|static_entry| registry.program(&[static_entry], false, log)).collect()
    };
    workers(&mut programs, graph, |static_entry| registry.program(&[static_entry], false, log));
    LinkedGraph { graph, programs, changed: registry.changed(), fresh, may_stand: log.iter().count() == said }
}

/// A program for each module that live statements start as a worker, those of workers included. Each once, however many
/// start it: so workers that start each other, or themselves, come to an end.
fn workers(programs: &mut Vec<Program>, graph: &ModuleGraph, mut single: impl FnMut(StaticEntry) -> Program) {
    let mut known = FxHashSet::default();
    let mut next = 0;
    while let Some(program) = programs.get(next) {
        next += 1;
        let started: Vec<ModuleId> =
            program.iter().flat_map(|(id, part)| started_by(id, part, graph)).filter(|id| known.insert(*id)).collect();
        for module in started {
            programs.push(single(StaticEntry { kind: EntryKind::Worker, module, export_mode: ExportMode::None }));
        }
    }
}

/// The modules that a module's live statements start as workers.
pub(crate) fn started_by(id: ModuleId, part: &LinkedModule, graph: &ModuleGraph) -> Vec<ModuleId> {
    live_targets(id, part, graph, &RequestKind::Worker)
}

/// The modules that a module's live statements ask for in some way, each as often as they do.
pub(crate) fn live_targets(
    id: ModuleId,
    part: &LinkedModule,
    graph: &ModuleGraph,
    kind: &RequestKind,
) -> Vec<ModuleId> {
    let module = graph.module(id);
    // As nearly always. What is live is a question about every statement, and there may be thousands of programs.
    if module.record.requests.iter().all(|request| request.kind != *kind) {
        return Vec::new();
    }
    let asked = live_requests(module, part).filter(|request| module.record.requests[request.0 as usize].kind == *kind);
    asked.filter_map(|request| module.target(request).module()).collect()
}

/// Whether a live statement of a module asks where the files of the build are.
pub(crate) fn live_asks_where(id: ModuleId, part: &LinkedModule, graph: &ModuleGraph) -> bool {
    let module = graph.module(id);
    let asks =
        |request: RequestIndex| asks_where(&module.record.requests[request.0 as usize], module.target(request), graph);
    let all = (0..).map(RequestIndex).take(module.record.requests.len());
    // As hardly ever. What is live is a question about every statement, and there may be thousands of programs.
    all.clone().any(asks) && live_requests(module, part).any(asks)
}

/// Whether a request is answered with a place in the output folder that is known only when it runs.
pub(crate) fn asks_where(request: &Request, target: &Target, graph: &ModuleGraph) -> bool {
    match (&request.kind, target) {
        (RequestKind::Worker, Target::Module(_)) => true,
        (RequestKind::RequireResolve | RequestKind::Url, Target::Module(to)) => {
            matches!(graph.module(*to).address, Some(Address::Page(_)))
        }
        _ => false,
    }
}

/// What distributing modules over scripts looks at. In development requests cost little, and what a change does should follow from it alone.
fn sharing(config: &Config) -> (&[SharedBundle], Format, Option<&OutputConfig>) {
    let output = &config.output;
    (&config.shared, output.format, (config.mode == Mode::Production).then_some(output))
}

fn static_entry(entry: usize, exports: &Exports<'_>, config: &Config) -> StaticEntry {
    let module = exports.graph().entries[entry];
    let export_mode = match (config.output.format, &config.entries[entry].global_name) {
        (Format::Esm, _) => ExportMode::Named,
        (Format::Cjs, _) if has_known_names(module, exports) => ExportMode::Named,
        (Format::Cjs, _) | (Format::Iife, Some(_)) => ExportMode::Object,
        (Format::Iife, None) => ExportMode::None,
    };
    StaticEntry { kind: EntryKind::Configured(entry), module, export_mode }
}

/// Whether `module.exports` can be given what a module exports name by name: no others appear when it runs, and none is
/// `module.exports` itself.
fn has_known_names(module: ModuleId, exports: &Exports<'_>) -> bool {
    !exports.graph().module(module).is_commonjs()
        && exports.dynamic_stars(module).is_empty()
        && matches!(exports.export(module, "module.exports"), Found::No)
}

/// What names mean, and which may be literals.
type Linking<'a, 'g> = (&'a Exports<'g>, Option<&'a constants::Constants<'g>>);

/// One entry as one group.
fn alone(
    static_entry: StaticEntry,
    (exports, constants): Linking<'_, '_>,
    config: &Config,
    log: &mut Diagnostics,
) -> Program {
    let graph = exports.graph();
    let static_entries = [static_entry];
    let literals = constants.map(|constants| constants::Literals::new(constants, exports, &static_entries));
    let mut modules = tree_shaking::mark(&static_entries, exports, literals.as_ref());
    wrap::decide(static_entry.module, graph, &mut modules);
    wrap::mark_scripts((&static_entries, None), exports, &mut modules, config.output.format);
    runtime::mark(&mut modules, (&[static_entry], false), exports, config);
    let sequence = evaluation_order::sequence(static_entry.module, graph, &modules);
    let ids = (0..modules.len()).map(ModuleId::from_index);
    let own = ids.filter(|id| modules[id.index()].is_some() && !graph.module(*id).is_runtime()).collect();
    let group = Group {
        static_entry: Some(static_entry),
        bundle: None,
        entry_points: vec![0],
        modules: own,
        imports: Vec::new(),
        sequence,
    };
    let orders = [evaluation_order::modules_of(&group.sequence)];
    let scope = checks::Scope {
        exports,
        modules: &modules,
        orders: &orders,
        entries: &[static_entry],
        is_split: false,
        config,
    };
    checks::program(&scope, log);
    Program::new(modules, vec![EntryPoint::Static(static_entry)], vec![group], false)
}

/// All entries as one program in several groups.
fn split(
    static_entries: &[StaticEntry],
    (exports, constants): Linking<'_, '_>,
    config: &Config,
    log: &mut Diagnostics,
) -> Program {
    let graph = exports.graph();
    let literals = constants.map(|constants| constants::Literals::new(constants, exports, static_entries));
    let mut modules = tree_shaking::mark(static_entries, exports, literals.as_ref());
    wrap::decide_split(graph, &mut modules, config.output.format);
    let assignment = chunk_assignment::ChunkAssignment::of(static_entries, exports, &modules, sharing(config));
    if !assignment.manual_chunks.check((graph, &assignment.needs), config, log) {
        return Program::new(modules, assignment.entry_points, Vec::new(), true);
    }
    let groups = execution_order::settle(&assignment, graph, &mut modules);
    wrap::mark_scripts((static_entries, Some(&groups)), exports, &mut modules, config.output.format);
    runtime::mark(&mut modules, (static_entries, true), exports, config);
    let orders: Vec<_> =
        (0..assignment.entry_points.len()).map(|entry_point| assignment.evaluation_order(entry_point, graph)).collect();
    let scope =
        checks::Scope { exports, modules: &modules, orders: &orders, entries: static_entries, is_split: true, config };
    checks::program(&scope, log);
    checks::style_orders(&groups, &scope, log);
    let unneeded = assignment.unneeded();
    Program { unneeded, ..Program::new(modules, assignment.entry_points, groups, true) }
}
