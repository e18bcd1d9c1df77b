//! Linking: `ModuleGraph` → `LinkedGraph`. Decides what each import means, which statements are
//! kept, which modules are wrapped and which ship together.
//!
//! Without splitting each entry is linked alone, so a graph links to one `Program` per entry. With
//! splitting there is one program over all entries, with its modules in several `Group`s; with
//! `async` there is such a program per entry. A worker is always linked alone: it shares nothing
//! with the page that starts it. The steps, one file each:
//!
//! - `evaluation_order`: the order in which the specification runs modules
//! - `resolve`: what an imported name means
//! - `constants`, `objects`: which names are replaced by literals
//! - `tree_shaking`: which statements are kept
//! - `runtime`: which of our own runtime functions are kept
//! - `chunk_assignment`: which modules ship together
//! - `manual_chunks`: which modules the configuration claims for a chunk
//! - `chunk_merging`: which small chunks become one
//! - `wrap`: which modules cannot be hoisted
//! - `execution_order`: which modules are wrapped because they would run too early
//! - `registry`: the form of the output in which no module is hoisted
//! - `style_order`: the order of stylesheets in one file
//! - `checks`: diagnostics about imports, exports and evaluation
//! - `inclusion_reasons`: why a module is in a program, for reports
//! - `incremental`: which part of the previous link is still valid

use std::slice;

use bundle_base::{
    Config, Diagnostics,
    config::{Format, Mode, ModulesForm, Splitting},
};
use rustc_hash::FxHashSet;

pub use crate::module::Step;
use crate::module::{ModuleGraph, ModuleId};

mod branches;
mod checks;
mod chunk_assignment;
mod chunk_merging;
mod constants;
mod entry_point_sets;
mod evaluation_order;
mod execution_order;
pub mod inclusion_reasons;
mod incremental;
mod live_requests;
mod manual_chunks;
mod members;
mod model;
mod objects;
mod pure_reexports;
mod registry;
mod resolve;
mod runtime;
mod style_order;
#[cfg(test)]
mod tests;
mod tree_shaking;
mod wrap;

pub use incremental::{PreviousLink, can_replace};
use incremental::{PreviousPrograms, Reused};
pub(crate) use live_requests::{
    live_requests, live_targets, names_public_path, needs_address, needs_addresses, started_by,
};
use model::ProgramModules;
pub use model::{
    EntryKind, EntryPoint, ExportMode, Group, LinkedGraph, LinkedModule, Member, Program,
    StaticEntry, StyleOrder,
};
pub(crate) use registry::makes_registry;
pub use resolve::{Conflict, ExportLookup, Exports, Interop, Resolved};
pub(crate) use runtime::parts_with;

/// Links every entry of a graph. `previous`: the link of the previous build, for the same
/// configuration.
pub fn link<'g>(
    graph: &'g ModuleGraph,
    previous: Option<PreviousLink>,
    config: &Config,
    log: &mut Diagnostics,
) -> LinkedGraph<'g> {
    let merges_chunks = config.mode == Mode::Production;
    let reused = previous.map(|previous| previous.valid_for(graph, merges_chunks));
    let previous = match reused.unwrap_or(Reused::Nothing) {
        Reused::All(programs, changed) => {
            return LinkedGraph::with_bodies(graph, programs, changed);
        }
        Reused::Parts(previous) => Some(previous),
        Reused::Nothing => None,
    };
    let exports = Exports::new(graph);
    let static_entries: Vec<StaticEntry> =
        (0..graph.entries.len()).map(|entry| static_entry(entry, &exports, config)).collect();
    match config.output.modules {
        ModulesForm::Hoisted => hoisted(&static_entries, &exports, config, log),
        ModulesForm::Registry => registered(&static_entries, previous, &exports, config, log),
    }
}

fn hoisted<'g>(
    static_entries: &[StaticEntry],
    exports: &Exports<'g>,
    config: &Config,
    log: &mut Diagnostics,
) -> LinkedGraph<'g> {
    let graph = exports.graph();
    checks::imports(exports, |_| true, log);
    let constants = (config.mode == Mode::Production).then(|| constants::Constants::new(graph));
    let scope = (exports, constants.as_ref());
    let mut programs: Vec<Program> = match config.output.splitting {
        Splitting::Shared => vec![split(static_entries, scope, config, log)],
        Splitting::Single | Splitting::Async => static_entries
            .iter()
            .map(|one| split(slice::from_ref(one), scope, config, log))
            .collect(),
        Splitting::None => {
            static_entries.iter().map(|one| alone(*one, scope, config, log)).collect()
        }
    };
    workers(&mut programs, graph, |static_entry| alone(static_entry, scope, config, log));
    LinkedGraph { graph, programs, changed: None, fresh: graph.modules.len(), may_be_reused: false }
}

fn registered<'g>(
    static_entries: &[StaticEntry],
    previous: Option<PreviousPrograms>,
    exports: &Exports<'g>,
    config: &Config,
    log: &mut Diagnostics,
) -> LinkedGraph<'g> {
    let graph = exports.graph();
    let diagnostics_before = log.iter().count();
    let is_anew = |id| previous.as_ref().is_none_or(|previous| previous.is_touched(id));
    let fresh = graph.iter().filter(|(id, _)| is_anew(*id)).count();
    checks::imports(exports, is_anew, log);
    let mut registry = registry::Registry::new(exports, config, previous);
    let mut programs: Vec<Program> = match config.output.splitting {
        Splitting::Shared => vec![registry.program(static_entries, true, log)],
        Splitting::Single | Splitting::Async | Splitting::None => {
            let is_split = config.output.is_split();
            static_entries
                .iter()
                .map(|one| registry.program(slice::from_ref(one), is_split, log))
                .collect()
        }
    };
    workers(&mut programs, graph, |static_entry| registry.program(&[static_entry], false, log));
    LinkedGraph {
        graph,
        programs,
        changed: registry.changed(),
        fresh,
        may_be_reused: log.iter().count() == diagnostics_before,
    }
}

/// Adds a program for each module that live statements start as a worker, including workers that
/// workers start. Each worker is linked once, however many modules start it, so this ends even if
/// workers start each other or themselves.
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
            .flat_map(|(id, linked)| started_by(id, linked, graph))
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

/// Whether the exports of a module can be assigned to `module.exports` by name: all names are known
/// when building, and none is `module.exports` itself.
fn has_known_names(module: ModuleId, exports: &Exports<'_>) -> bool {
    !exports.graph().module(module).is_commonjs()
        && exports.dynamic_stars(module).is_empty()
        && matches!(exports.export(module, "module.exports"), ExportLookup::No)
}

/// The export look-up, and in production the constants of the graph.
type Linking<'a, 'g> = (&'a Exports<'g>, Option<&'a constants::Constants<'g>>);

/// Links one entry as a program with one group.
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
    wrap::mark_scripts(&static_entries, None, exports, &mut modules, config.output.format);
    runtime::mark(&mut modules, &[static_entry], false, exports, config);
    let sequence =
        evaluation_order::sequence(static_entry.module, ProgramModules { graph, linked: &modules });
    let group = Group::of_one_script(static_entry, &modules, graph, sequence);
    let orders = [evaluation_order::modules_of(&group.sequence)];
    let scope = checks::Scope {
        exports,
        modules: &modules,
        orders: &orders,
        entries: &[static_entry],
        config,
    };
    checks::program(&scope, log);
    let program = Program::new(modules, vec![EntryPoint::Static(static_entry)], vec![group], false);
    Program { style_order: style_order::of(&static_entries, graph), ..program }
}

/// Links all entries as one program with several groups.
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
    let assignment = chunk_assignment::ChunkAssignment::of(
        static_entries,
        exports,
        &modules,
        &chunk_assignment::Options::of(static_entries, config),
    );
    if !assignment.manual_chunks.check(graph, &assignment.needs, config, log) {
        return Program::new(modules, assignment.entry_points, Vec::new(), true);
    }
    let groups = execution_order::settle(&assignment, graph, &mut modules);
    wrap::mark_scripts(static_entries, Some(&groups), exports, &mut modules, config.output.format);
    runtime::mark(&mut modules, static_entries, true, exports, config);
    let orders: Vec<_> = (0..assignment.entry_points.len())
        .map(|entry_point| assignment.evaluation_order(entry_point, graph).to_vec())
        .collect();
    let scope = checks::Scope {
        exports,
        modules: &modules,
        orders: &orders,
        entries: static_entries,
        config,
    };
    checks::program(&scope, log);
    checks::style_orders(&groups, &assignment.style_order, &scope, log);
    let (unneeded, style_order) = (assignment.unneeded(), assignment.style_order);
    let program = Program::new(modules, assignment.entry_points, groups, true);
    Program { unneeded, style_order, ..program }
}
