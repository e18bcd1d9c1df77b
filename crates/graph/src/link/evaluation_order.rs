//! The specification's evaluation order (ECMAScript 16.2.1.5.3 Evaluate): a module runs after
//! everything that it imports, depth first, in the order of its requests, each once. An importer
//! does not wait for a module that is already on the stack. All walks are loops, because import
//! chains may be thousands of modules deep.

use std::cell::LazyCell;

use rustc_hash::FxHashSet;

use crate::{
    link::{LinkedModule, Step, model::ProgramModules},
    module::{ExternalId, ModuleGraph, ModuleId},
    plan::Wrap,
};

/// Walks static imports from `entry_points` in post-order. `enter`: whether the imports of a module
/// are walked. `reads`: whether a module's import of an external counts. A left-out module reads no
/// external: only the modules that it imports may be needed.
fn post_order(
    entry_points: impl IntoIterator<Item = Step>,
    graph: &ModuleGraph,
    enter: impl Fn(ModuleId) -> bool,
    reads: impl Fn(ModuleId, ExternalId) -> bool,
) -> Vec<Step> {
    let counts = |importer: ModuleId, step: &Step| match step {
        Step::Module(_) => true,
        Step::External(external) => reads(importer, *external),
    };
    let imports = |step: Step| match step {
        Step::Module(id) if enter(id) => {
            let counts = &counts;
            Some(graph.module(id).static_steps().filter(move |step| counts(id, step)))
        }
        Step::Module(_) | Step::External(_) => None,
    };
    let mut seen = FxHashSet::default();
    let mut order = Vec::new();
    let mut stack = Vec::new();
    for entry_point in entry_points {
        if seen.insert(entry_point) {
            stack.push((entry_point, imports(entry_point)));
        }
        while let Some((step, rest)) = stack.last_mut() {
            match rest.as_mut().and_then(Iterator::next) {
                Some(next) if seen.insert(next) => stack.push((next, imports(next))),
                Some(_) => {}
                None => {
                    order.push(*step);
                    stack.pop();
                }
            }
        }
    }
    order
}

/// Returns all modules that run when `start` is evaluated, in order, `start` last. The imports of
/// CommonJS modules are not followed.
pub(super) fn static_closure(start: ModuleId, graph: &ModuleGraph) -> Vec<ModuleId> {
    let enter = |id: ModuleId| !graph.module(id).is_commonjs();
    modules_of(&post_order([Step::Module(start)], graph, enter, |_, _| false))
}

/// Returns the modules among some steps.
pub(super) fn modules_of(steps: &[Step]) -> Vec<ModuleId> {
    let module = |step: &Step| match step {
        Step::Module(id) => Some(*id),
        Step::External(_) => None,
    };
    steps.iter().filter_map(module).collect()
}

/// Returns the steps at the top level of a chunk that holds the whole program. The walk passes
/// through hoisted modules, and through left-out modules, whose imports may be included. It stops
/// at wrapped modules: these run their own imports, in their own order.
pub(super) fn sequence(start: ModuleId, modules: ProgramModules<'_>) -> Vec<Step> {
    let graph = modules.graph;
    let enter = |id: ModuleId| !graph.module(id).is_commonjs() && !modules.is_wrapped(id);
    let used = LazyCell::new(|| used_externals(modules.linked.iter().flatten()));
    let reads = |importer: ModuleId, external: ExternalId| {
        modules.linked(importer).is_some() || used.contains(&external)
    };
    let mut order = post_order([Step::Module(start)], graph, enter, reads);
    order.retain(|step| match step {
        Step::Module(id) => modules.linked(*id).is_some(),
        Step::External(_) => true,
    });
    order
}

/// Returns the steps at the top level of a script that holds all that only `entry_point` needs. As
/// `sequence`, but modules in other scripts have run already. `used`: the externals whose values
/// the modules of the script use. `enters_all`: whether the walk also passes through wrapped
/// modules and modules in other scripts.
pub(super) fn sequence_of_root(
    entry_point: ModuleId,
    used: &UsedExternals,
    modules: ProgramModules<'_>,
    place: impl Fn(ModuleId) -> ModuleLocation,
    enters_all: bool,
) -> Vec<Step> {
    let enter = |id: ModuleId| match place(id) {
        _ if modules.graph.module(id).is_commonjs() => false,
        ModuleLocation::Nowhere => true,
        ModuleLocation::Here => enters_all || modules.is_hoisted(id),
        ModuleLocation::Elsewhere => enters_all,
    };
    let reads = |importer: ModuleId, external: ExternalId| {
        place(importer) != ModuleLocation::Nowhere || used.contains(&external)
    };
    let mut order = post_order([Step::Module(entry_point)], modules.graph, enter, reads);
    order.retain(|step| match step {
        Step::Module(id) => match place(*id) {
            ModuleLocation::Nowhere => false,
            ModuleLocation::Here => true,
            ModuleLocation::Elsewhere => !modules.is_hoisted(*id),
        },
        Step::External(_) => true,
    });
    order
}

/// Where a module is, seen from a script or a wrapped module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ModuleLocation {
    /// Left out, or not needed here. Its imports may be needed.
    Nowhere,
    /// In the same script.
    Here,
    /// In another script, which has run.
    Elsewhere,
}

/// Returns the wrapped modules and externals that the imports of a module lead to, in the order in
/// which they run. `used`: the externals that left-out modules pass on; `None`: those whose values
/// the module itself uses.
pub(super) fn prologue(
    module: ModuleId,
    modules: ProgramModules<'_>,
    used: Option<&UsedExternals>,
    is_needed: impl Fn(ModuleId) -> bool,
) -> Vec<Step> {
    let graph = modules.graph;
    let linked = |id: ModuleId| modules.linked(id).filter(|_| is_needed(id));
    if let Some(direct) = direct_prologue(module, graph, linked) {
        return direct;
    }
    let entry_points = graph.module(module).static_steps();
    let enter =
        |id: ModuleId| id != module && !graph.module(id).is_commonjs() && linked(id).is_none();
    // Only left-out modules are entered.
    let own = LazyCell::new(|| used_externals(modules.linked(module)));
    let reads = |_, external| used.unwrap_or_else(|| &own).contains(&external);
    let mut order = post_order(entry_points, graph, enter, reads);
    order.retain(|step| match step {
        Step::Module(id) => *id != module && linked(*id).is_some_and(|m| m.wrap != Wrap::Hoisted),
        Step::External(_) => true,
    });
    order
}

/// Returns the prologue of a module with few imports that are all included, so the walk meets no
/// left-out module; `None` for any other module.
fn direct_prologue<'m>(
    module: ModuleId,
    graph: &ModuleGraph,
    linked: impl Fn(ModuleId) -> Option<&'m LinkedModule>,
) -> Option<Vec<Step>> {
    const FEW: usize = 16;
    let mut steps = Vec::new();
    for (count, step) in graph.module(module).static_steps().enumerate() {
        let runs = match step {
            _ if count == FEW => return None,
            Step::Module(id) if id == module => false,
            Step::Module(id) => linked(id)?.wrap != Wrap::Hoisted,
            Step::External(_) => true,
        };
        if runs && !steps.contains(&step) {
            steps.push(step);
        }
    }
    Some(steps)
}

/// The externals whose values some modules use.
pub(super) type UsedExternals = FxHashSet<ExternalId>;

/// Returns the externals whose values these modules use.
pub(super) fn used_externals<'m>(
    modules: impl IntoIterator<Item = &'m LinkedModule>,
) -> UsedExternals {
    modules.into_iter().flat_map(LinkedModule::externals).collect()
}
