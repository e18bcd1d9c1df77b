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

use rustc_hash::FxHashSet;

use crate::{
    module::{Address, ModuleGraph, ModuleId, Target},
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
mod model;
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
pub use model::{
    EntryKind, EntryPoint, ExportMode, Group, LinkedGraph, LinkedModule, Member, Program,
    StaticEntry, Step,
};
pub(crate) use registry::makes_registry;
pub use resolve::{Exports, Found, Interop, Resolved};
pub(crate) use runtime::parts_with;
pub(crate) use wrap::live_requests;

/// Links every entry of a graph. `previous`: what the build before left, for this configuration.
pub fn link<'g>(
    graph: &'g ModuleGraph,
    previous: Option<PreviousLink>,
    config: &Config,
    log: &mut Diagnostics,
) -> LinkedGraph<'g> {
    let earlier = match previous.map_or(Stands::Nothing, |previous| previous.of(graph)) {
        Stands::All(programs, changed) => {
            return LinkedGraph::with_bodies(graph, programs, changed);
        }
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
        static_entries
            .into_iter()
            .map(|static_entry| alone(static_entry, scope, config, log))
            .collect()
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
        static_entries
            .into_iter()
            .map(|static_entry| registry.program(&[static_entry], false, log))
            .collect()
    };
    workers(&mut programs, graph, |static_entry| registry.program(&[static_entry], false, log));
    LinkedGraph {
        graph,
        programs,
        changed: registry.changed(),
        fresh,
        may_stand: log.iter().count() == said,
    }
}

/// A program for each module that live statements start as a worker, those of workers included.
/// Each once, however many start it: so workers that start each other, or themselves, come to an
/// end.
fn workers(
    programs: &mut Vec<Program>,
    graph: &ModuleGraph,
    mut single: impl FnMut(StaticEntry) -> Program,
) {
    let mut known = FxHashSet::default();
    let mut next = 0;
    while let Some(program) = programs.get(next) {
        next += 1;
        let started: Vec<ModuleId> = program
            .iter()
            .flat_map(|(id, part)| started_by(id, part, graph))
            .filter(|id| known.insert(*id))
            .collect();
        for module in started {
            programs.push(single(StaticEntry {
                kind: EntryKind::Worker,
                module,
                export_mode: ExportMode::None,
            }));
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
    // As nearly always. What is live is a question about every statement, and there may be
    // thousands of programs.
    if module.record.requests.iter().all(|request| request.kind != *kind) {
        return Vec::new();
    }
    let asked = live_requests(module, part)
        .filter(|request| module.record.requests[request.0 as usize].kind == *kind);
    asked.filter_map(|request| module.target(request).module()).collect()
}

/// Whether a live statement of a module asks where the files of the build are.
pub(crate) fn live_asks_where(id: ModuleId, part: &LinkedModule, graph: &ModuleGraph) -> bool {
    let module = graph.module(id);
    let asks = |request: RequestIndex| {
        asks_where(&module.record.requests[request.0 as usize], module.target(request), graph)
    };
    let all = (0..).map(RequestIndex).take(module.record.requests.len());
    // As hardly ever. What is live is a question about every statement, and there may be thousands
    // of programs.
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

/// What distributing modules over scripts looks at. In development requests cost little, and what a
/// change does should follow from it alone.
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

/// Whether `module.exports` can be given what a module exports name by name: no others appear when
/// it runs, and none is `module.exports` itself.
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
    let literals =
        constants.map(|constants| constants::Literals::new(constants, exports, &static_entries));
    let mut modules = tree_shaking::mark(&static_entries, exports, literals.as_ref());
    wrap::decide(static_entry.module, graph, &mut modules);
    wrap::mark_scripts((&static_entries, None), exports, &mut modules, config.output.format);
    runtime::mark(&mut modules, (&[static_entry], false), exports, config);
    let sequence = evaluation_order::sequence(static_entry.module, graph, &modules);
    let ids = (0..modules.len()).map(ModuleId::from_index);
    let own =
        ids.filter(|id| modules[id.index()].is_some() && !graph.module(*id).is_runtime()).collect();
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
    let literals =
        constants.map(|constants| constants::Literals::new(constants, exports, static_entries));
    let mut modules = tree_shaking::mark(static_entries, exports, literals.as_ref());
    wrap::decide_split(graph, &mut modules, config.output.format);
    let assignment =
        chunk_assignment::ChunkAssignment::of(static_entries, exports, &modules, sharing(config));
    if !assignment.manual_chunks.check((graph, &assignment.needs), config, log) {
        return Program::new(modules, assignment.entry_points, Vec::new(), true);
    }
    let groups = execution_order::settle(&assignment, graph, &mut modules);
    wrap::mark_scripts(
        (static_entries, Some(&groups)),
        exports,
        &mut modules,
        config.output.format,
    );
    runtime::mark(&mut modules, (static_entries, true), exports, config);
    let orders: Vec<_> = (0..assignment.entry_points.len())
        .map(|entry_point| assignment.evaluation_order(entry_point, graph))
        .collect();
    let scope = checks::Scope {
        exports,
        modules: &modules,
        orders: &orders,
        entries: static_entries,
        is_split: true,
        config,
    };
    checks::program(&scope, log);
    checks::style_orders(&groups, &scope, log);
    let unneeded = assignment.unneeded();
    Program { unneeded, ..Program::new(modules, assignment.entry_points, groups, true) }
}
