//! Linking for a registry: every module is a function under its key, and runs when it is first
//! required. Unused statements of a module are kept, so its text depends on few other modules and a
//! rebuild renders little. A module without side effects whose names are not used is still left
//! out, unless it passes on exports of a module that `require` or `import()` loads.

use bundle_base::{Config, Diagnostics};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    link::{
        EntryPoint, ExportLookup, Exports, Group, LinkedModule, Member, PreviousPrograms, Program,
        Resolved, StaticEntry, Step, checks, chunk_assignment, evaluation_order, members, runtime,
        style_order, tree_shaking, wrap,
    },
    module::{Module, ModuleId, SymbolRef, Target},
    plan::Wrap,
    record::{Import, ModuleRecord, RequestKind},
};

/// The functions of `bundle:runtime/interop` that a registry calls.
const CALLED: &[&str] =
    &["default_of", "import_star", "page_global", "to_commonjs", "to_namespace"];

/// Links the programs of a registry, reusing valid modules of the previous link.
pub(super) struct Registry<'e, 'g> {
    exports: &'e Exports<'g>,
    config: &'e Config,
    previous: Option<PreviousPrograms>,
    /// How many programs were linked so far.
    programs: usize,
    /// Per module: its text may have changed since the previous build.
    is_changed: Vec<bool>,
}

impl<'e, 'g> Registry<'e, 'g> {
    /// Starts linking; no program is linked yet.
    pub(super) fn new(
        exports: &'e Exports<'g>,
        config: &'e Config,
        previous: Option<PreviousPrograms>,
    ) -> Self {
        // A module that loads or starts scripts mentions their names and versions, which may
        // change.
        let mentions_scripts = |module: &Module| {
            module
                .record
                .requests
                .iter()
                .any(|r| matches!(r.kind, RequestKind::Dynamic | RequestKind::Worker))
        };
        let is_changed =
            exports.graph().modules.iter().map(|m| m.is_runtime() || mentions_scripts(m)).collect();
        Self { exports, config, previous, programs: 0, is_changed }
    }

    /// Returns the modules whose text may have changed, in ascending order; `None` if nothing of
    /// the previous link was reused.
    pub(super) fn changed(self) -> Option<Vec<ModuleId>> {
        self.previous?;
        let changed = self.is_changed.iter().enumerate().filter(|(_, is_changed)| **is_changed);
        Some(changed.map(|(index, _)| ModuleId::from_index(index)).collect())
    }

    /// Links entries as one program. `is_split`: as several scripts that share modules; otherwise
    /// there is one entry and one script.
    pub(super) fn program(
        &mut self,
        static_entries: &[StaticEntry],
        is_split: bool,
        log: &mut Diagnostics,
    ) -> Program {
        let graph = self.exports.graph();
        let none = || graph.modules.iter().map(|_| None).collect();
        let previous =
            self.previous.as_mut().map_or_else(none, |previous| previous.take(self.programs));
        self.programs += 1;
        let (mut modules, kept) = include(static_entries, is_split, previous, self.exports);
        wrap::mark_async(graph, &mut modules);
        wrap::prologues(graph, &mut modules, None, |_, _| true);
        for (index, kept) in kept.into_iter().enumerate() {
            self.is_changed[index] |= match (kept, &modules[index]) {
                (Some(kept), Some(linked_module)) => {
                    linked_module.is_async != kept.was_async
                        || linked_module.prologue != kept.prologue
                }
                (None, Some(_)) => true,
                (_, None) => false,
            };
        }
        link(modules, static_entries, is_split, self.exports, self.config, log)
    }
}

fn link(
    modules: Vec<Option<LinkedModule>>,
    static_entries: &[StaticEntry],
    is_split: bool,
    exports: &Exports<'_>,
    config: &Config,
    log: &mut Diagnostics,
) -> Program {
    let graph = exports.graph();
    let (entry_points, groups, orders, unneeded, style_order) = if is_split {
        let assignment = chunk_assignment::ChunkAssignment::of(
            static_entries,
            exports,
            &modules,
            &chunk_assignment::Options::of(static_entries, config),
        );
        assignment.manual_chunks.check(graph, &assignment.needs, config, log);
        let groups = assignment.groups(graph).groups;
        let orders = (0..assignment.entry_points.len())
            .map(|entry_point| assignment.evaluation_order(entry_point, graph).to_vec())
            .collect();
        let unneeded = assignment.unneeded();
        (assignment.entry_points, groups, orders, unneeded, assignment.style_order)
    } else {
        let [static_entry] = static_entries else {
            unreachable!("without splitting each entry is a program")
        };
        let sequence = vec![Step::Module(static_entry.module)];
        let group = Group::of_one_script(*static_entry, &modules, graph, sequence);
        let mut order = evaluation_order::static_closure(static_entry.module, graph);
        order.retain(|id| modules[id.index()].is_some());
        let entry_points = vec![EntryPoint::Static(*static_entry)];
        let style_order = style_order::of(static_entries, graph);
        (entry_points, vec![group], vec![order], FxHashMap::default(), style_order)
    };
    let scope = checks::Scope {
        exports,
        modules: &modules,
        orders: &orders,
        entries: static_entries,
        config,
    };
    checks::program(&scope, log);
    checks::style_orders(&groups, &style_order, &scope, log);
    Program { unneeded, style_order, ..Program::new(modules, entry_points, groups, is_split) }
}

/// Includes every module that the entries need, with all statements, and those functions of our own
/// runtime that they call. `previous`: per module of the graph its linked form in the previous
/// build, if what it mentions means the same. Returns the linked modules, and for reused ones the
/// values that are decided again.
fn include(
    static_entries: &[StaticEntry],
    is_split: bool,
    previous: Vec<Option<LinkedModule>>,
    exports: &Exports<'_>,
) -> (Vec<Option<LinkedModule>>, Vec<Option<PreviousDecision>>) {
    let graph = exports.graph();
    let mut including = Including {
        exports,
        modules: graph.modules.iter().map(|_| None).collect(),
        previous,
        kept: graph.modules.iter().map(|_| None).collect(),
        stack: static_entries.iter().map(|static_entry| static_entry.module).collect(),
        has_ways: FxHashSet::default(),
        functions: Vec::new(),
        with_stars: Vec::new(),
    };
    while !including.stack.is_empty() {
        while let Some(id) = including.stack.pop() {
            if including.modules[id.index()].is_none() {
                including.include(id);
            }
        }
        including.follow_stars();
    }
    including.note_request_kinds();
    let Including { modules, functions, kept, .. } = including;
    // A hot update may bring code that loads chunks, and must find the loader there.
    let loads = graph.chunk_loader.filter(|_| is_split).map(|loader| (loader, "loads"));
    let script = runtime::script_functions(&modules, is_split, graph).into_iter().chain(loads);
    let called = runtime::symbols(script, exports).chain(makes_registry(is_split, exports));
    let called: Vec<SymbolRef> = functions.into_iter().chain(called).collect();
    (tree_shaking::mark_functions(called.into_iter(), modules, exports), kept)
}

/// The previous values of a reused module that each link decides again.
struct PreviousDecision {
    was_async: bool,
    prologue: Vec<Step>,
}

struct Including<'e, 'g> {
    exports: &'e Exports<'g>,
    modules: Vec<Option<LinkedModule>>,
    /// Reusable linked modules that are not included yet.
    previous: Vec<Option<LinkedModule>>,
    kept: Vec<Option<PreviousDecision>>,
    stack: Vec<ModuleId>,
    /// Modules loaded by `require` or `import()` whose re-exporting modules are included.
    has_ways: FxHashSet<ModuleId>,
    /// Functions of our own runtime that modules mention.
    functions: Vec<SymbolRef>,
    /// Modules whose `export *` were not followed yet.
    with_stars: Vec<ModuleId>,
}

impl<'g> Including<'_, 'g> {
    fn include(&mut self, id: ModuleId) {
        let linked = match self.previous[id.index()].take() {
            Some(linked_module) => self.keep(id, linked_module),
            None => self.link(id),
        };
        self.modules[id.index()] = Some(linked);
        let module = self.exports.graph().module(id);
        for (request, target) in module.record.requests.iter().zip(&module.targets) {
            let Target::Module(to) = *target else { continue };
            match request.kind {
                // A module without side effects is included only if a name of it is used.
                RequestKind::Import => {
                    self.stack
                        .extend(self.exports.graph().module(to).has_side_effects.then_some(to));
                }
                RequestKind::Require | RequestKind::Context(_) | RequestKind::Dynamic => {
                    self.stack.push(to);
                    self.run_reexport_chains(to);
                }
                RequestKind::Glob(_) | RequestKind::Polyfill => self.stack.push(to),
                RequestKind::RequireResolve
                | RequestKind::Url
                | RequestKind::Worker
                | RequestKind::Runtime => {}
            }
        }
    }

    /// Includes the modules that pass on exports of a loaded module. They run even if their
    /// packages declare no side effects.
    fn run_reexport_chains(&mut self, loaded: ModuleId) {
        if self.exports.graph().module(loaded).is_commonjs() || !self.has_ways.insert(loaded) {
            return;
        }
        for name in self.exports.names(loaded) {
            self.stack
                .extend(self.exports.reexport_chain(loaded, &name).into_iter().map(|(_, to)| to));
        }
    }

    fn link(&mut self, id: ModuleId) -> LinkedModule {
        let module = self.exports.graph().module(id);
        let record = &module.record;
        let mut linked = LinkedModule {
            wrap: if module.is_commonjs() { Wrap::CommonJs } else { Wrap::Lazy },
            live: vec![true; record.statements.len()],
            used: mentioned(record),
            needs_namespace: !module.is_commonjs(),
            ..tree_shaking::unmarked(module)
        };
        for import in &record.imports {
            if !linked.used[import.symbol.0 as usize] {
                continue;
            }
            let meaning = self.meaning(id, import);
            self.need(&meaning);
            linked.resolved[import.symbol.0 as usize] = Some(meaning);
        }
        linked.members = self.members(id, module);
        if !record.stars.is_empty() {
            self.with_stars.push(id);
        }
        linked
    }

    /// Reuses a linked module. What follows from the module and its importees stays; what depends
    /// on other modules of the program is reset and decided again.
    fn keep(&mut self, id: ModuleId, mut linked_module: LinkedModule) -> LinkedModule {
        let was_async = std::mem::take(&mut linked_module.is_async);
        self.kept[id.index()] = Some(PreviousDecision {
            was_async,
            prologue: std::mem::take(&mut linked_module.prologue),
        });
        (linked_module.needs_require, linked_module.needs_import) = (false, false);
        linked_module.meanings().for_each(|resolved| self.need(resolved));
        self.stack.extend(linked_module.dynamic_stars.iter().filter_map(Target::module));
        linked_module
    }

    fn meaning(&self, id: ModuleId, import: &'g Import) -> Resolved {
        match self.exports.import(id, import) {
            ExportLookup::Yes(resolved) => {
                tree_shaking::reachable_from(id, import, resolved, self.exports.graph())
            }
            ExportLookup::No | ExportLookup::Circular => Resolved::Missing,
        }
    }

    /// Returns the members of namespaces that are read by name. The module that declares a member
    /// is included, not the one with the namespace.
    fn members(&mut self, id: ModuleId, module: &Module) -> Vec<Member> {
        let mut members: Vec<Member> = Vec::new();
        for used in module.record.statements.iter().flat_map(|statement| &statement.uses) {
            if used.members.is_empty() || used.is_whole {
                continue;
            }
            let ExportLookup::Yes(meaning) =
                self.exports.meaning(SymbolRef { module: id, symbol: used.symbol })
            else {
                continue;
            };
            for path in &used.members {
                let (resolved, taken) = members::follow(self.exports, &meaning, path);
                if taken == 0 {
                    continue;
                }
                self.need(&resolved);
                let member = Member { symbol: used.symbol, path: path[..taken].to_vec(), resolved };
                if !members.contains(&member) {
                    members.push(member);
                }
            }
        }
        members
    }

    /// Lists what modules export by `export *`; other exports are in their records. In id order, so
    /// that importees mostly come before their importers.
    fn follow_stars(&mut self) {
        let mut ids = std::mem::take(&mut self.with_stars);
        ids.sort_unstable();
        for id in ids {
            let declared = &self.exports.graph().module(id).record.exports;
            let mut starred = Vec::new();
            for name in self.exports.names(id) {
                if declared.iter().any(|export| export.name == name) {
                    continue;
                }
                if let ExportLookup::Yes(resolved) = self.exports.export(id, &name) {
                    self.need(&resolved);
                    starred.push((name, resolved));
                }
            }
            let dynamic = self.exports.dynamic_stars(id);
            self.stack.extend(dynamic.iter().filter_map(Target::module));
            if let Some(linked) = &mut self.modules[id.index()] {
                (linked.exported, linked.dynamic_stars) = (starred, dynamic);
            }
        }
    }

    fn need(&mut self, resolved: &Resolved) {
        match resolved {
            Resolved::Symbol(symbol) if self.exports.graph().module(symbol.module).is_runtime() => {
                self.functions.push(*symbol);
            }
            Resolved::Symbol(symbol) => self.stack.push(symbol.module),
            Resolved::Namespace(of)
            | Resolved::Dynamic { module: of, .. }
            | Resolved::Constant(of, _) => {
                self.stack.push(*of);
            }
            Resolved::CommonJs(interop) => self.stack.push(interop.of),
            Resolved::External(_) | Resolved::Missing => {}
        }
    }

    /// Notes which modules are requested by `require` and which by `import()`.
    fn note_request_kinds(&mut self) {
        let graph = self.exports.graph();
        for index in 0..graph.modules.len() {
            if self.modules[index].is_none() {
                continue;
            }
            let module = &graph.modules[index];
            for (request, target) in module.record.requests.iter().zip(&module.targets) {
                let Target::Module(to) = *target else { continue };
                let Some(linked) = &mut self.modules[to.index()] else { continue };
                linked.needs_require |=
                    matches!(request.kind, RequestKind::Require | RequestKind::Context(_));
                linked.needs_import |= request.kind == RequestKind::Dynamic;
            }
        }
    }
}

/// Returns per symbol whether a statement or an export mentions or declares it.
fn mentioned(record: &ModuleRecord) -> Vec<bool> {
    let mut mentioned = vec![false; record.symbols.len()];
    for statement in &record.statements {
        let uses = statement.uses.iter().map(|used| used.symbol);
        uses.chain(statement.declares.iter().copied())
            .for_each(|symbol| mentioned[symbol.0 as usize] = true);
    }
    record.exports.iter().for_each(|export| mentioned[export.symbol.0 as usize] = true);
    mentioned
}

/// Returns the functions of our runtime that make a registry, and those that it calls. `is_split`:
/// several scripts may share the registry.
pub(crate) fn makes_registry(is_split: bool, exports: &Exports<'_>) -> Vec<SymbolRef> {
    let graph = exports.graph();
    let interop =
        graph.interop.into_iter().flat_map(|id| CALLED.iter().map(move |name| (id, *name)));
    let registry = graph
        .registry
        .into_iter()
        .flat_map(|id| [Some((id, "registry")), is_split.then_some((id, "share"))])
        .flatten();
    runtime::symbols(interop.chain(registry), exports).collect()
}
