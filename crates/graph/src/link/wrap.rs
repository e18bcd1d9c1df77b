//! Which ES modules cannot be hoisted. (CommonJS modules are always functions, see `unmarked` in
//! `tree_shaking`. What would run too early is wrapped by `execution_order`.) An ES module that is
//! loaded by `require` must run at that call, and so must everything that it imports. A module that
//! is loaded by `import()` alone must not run earlier. If the entry imports it statically too, it
//! stays hoisted, because `import()` never runs during the synchronous evaluation of the entry.

use bundle_base::config::Format;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    link::{
        ExportMode, Exports, Group, LinkedModule, Resolved, StaticEntry,
        evaluation_order::{self, UsedExternals},
        live_requests,
        model::ProgramModules,
    },
    module::{Module, ModuleGraph, ModuleId, Target},
    plan::Wrap,
    record::{RequestIndex, RequestKind},
};

/// Decides `wrap`, `is_async` and `prologue` of every included module.
pub(super) fn decide(start: ModuleId, graph: &ModuleGraph, modules: &mut [Option<LinkedModule>]) {
    let mut runs_at_start = vec![false; graph.modules.len()];
    for id in evaluation_order::static_closure(start, graph) {
        runs_at_start[id.index()] = true;
    }
    // A top-level await lets `import()` run in the middle of the evaluation: then no module is sure
    // to have run.
    let awaits = modules.iter().enumerate().any(|(i, m)| {
        m.is_some() && runs_at_start[i] && graph.modules[i].record.top_level_await.is_some()
    });
    let (required, imported) = requested(graph, modules);
    make_lazy(required, graph, modules, |_| true);
    make_lazy(imported, graph, modules, |id| awaits || !runs_at_start[id.index()]);
    if awaits && !graph.can_await {
        make_lazy(vec![start], graph, modules, |_| true);
    }
    mark_async(graph, modules);
    let used = evaluation_order::used_externals(modules.iter().flatten());
    prologues(graph, modules, Some(&used), |_, _| true);
}

/// Decides `wrap` and `is_async` of every included module, as far as they are the same for every
/// entry. A module that `import()` requests is in a file that runs when it is loaded, so it stays
/// hoisted. There are two exceptions: it awaits and files of the output cannot await, or the files
/// are loaded by `require`, which would run them again after an error.
pub(super) fn decide_split(
    graph: &ModuleGraph,
    modules: &mut [Option<LinkedModule>],
    format: Format,
) {
    let (required, imported) = requested(graph, modules);
    make_lazy(required, graph, modules, |_| true);
    mark_async(graph, modules);
    let waits = |id: &ModuleId| modules[id.index()].as_ref().is_some_and(|m| m.is_async);
    let started = if graph.can_await { &[][..] } else { &graph.entries };
    let waiting: Vec<ModuleId> = imported.iter().chain(started).copied().filter(waits).collect();
    match format {
        Format::Esm if graph.can_await => {}
        Format::Esm | Format::Iife => make_lazy(waiting, graph, modules, |_| true),
        Format::Cjs => {
            let mut runs_at_start = vec![false; graph.modules.len()];
            for id in graph
                .entries
                .iter()
                .flat_map(|entry| evaluation_order::static_closure(*entry, graph))
            {
                runs_at_start[id.index()] = true;
            }
            make_lazy(waiting, graph, modules, |_| true);
            make_lazy(imported, graph, modules, |id| !runs_at_start[id.index()]);
        }
    }
}

/// Sets the `prologue` of each wrapped module. `used`: the externals that left-out modules pass on;
/// `None`: to each module those whose values it uses. `is_needed_by(needed, importer)`: whether the
/// importer's prologue may run a module.
pub(super) fn prologues(
    graph: &ModuleGraph,
    modules: &mut [Option<LinkedModule>],
    used: Option<&UsedExternals>,
    is_needed_by: impl Fn(ModuleId, ModuleId) -> bool,
) {
    for index in 0..modules.len() {
        if modules[index].as_ref().is_some_and(|m| m.wrap != Wrap::Hoisted) {
            let id = ModuleId::from_index(index);
            let is_needed = |needed| is_needed_by(needed, id);
            let linked = ProgramModules { graph, linked: modules };
            let prologue = evaluation_order::prologue(id, linked, used, is_needed);
            if let Some(module) = &mut modules[index] {
                module.prologue = prologue;
            }
        }
    }
}

/// Marks the modules that only run, as classic scripts do: no module uses a value of theirs, and
/// they run in one place. `groups`: with splitting, where each module runs; without splitting, each
/// module runs in one place unless a prologue has it.
pub(super) fn mark_scripts(
    static_entries: &[StaticEntry],
    groups: Option<&[Group]>,
    exports: &Exports<'_>,
    modules: &mut [Option<LinkedModule>],
    format: Format,
) {
    let graph = exports.graph();
    let gives_nothing = |id: ModuleId, linked_module: &LinkedModule| {
        let uses = graph.module(id).record.commonjs;
        linked_module.wrap == Wrap::CommonJs
            && !(uses.mentions_module
                || uses.mentions_exports
                || uses.mentions_require
                || linked_module.needs_require
                || linked_module.needs_import)
    };
    let linked = || {
        modules.iter().enumerate().filter_map(|(i, linked_module)| {
            Some((ModuleId::from_index(i), linked_module.as_ref()?))
        })
    };
    let mut scripts: FxHashSet<ModuleId> = linked()
        .filter(|(id, linked_module)| gives_nothing(*id, linked_module))
        .map(|(id, _)| id)
        .collect();
    if scripts.is_empty() {
        return;
    }
    // A page global can be an empty object that no other code has; an importer of the output can
    // tell the difference.
    let is_seen = |export_mode| {
        export_mode == ExportMode::Named
            || export_mode == ExportMode::Object && format != Format::Iife
    };
    for static_entry in
        static_entries.iter().filter(|static_entry| is_seen(static_entry.export_mode))
    {
        scripts.remove(&static_entry.module);
    }
    for (id, linked_module) in linked() {
        for resolved in linked_module.meanings() {
            if let Resolved::CommonJs(interop) = resolved {
                scripts.remove(&interop.of);
            }
        }
        let stars =
            if linked_module.needs_namespace { exports.dynamic_stars(id) } else { Vec::new() };
        let begins_with = evaluation_order::modules_of(&linked_module.prologue);
        for given in stars.iter().filter_map(Target::module).chain(begins_with) {
            scripts.remove(&given);
        }
    }
    if let Some(groups) = groups {
        keep_those_of_one_place(&mut scripts, groups);
    }
    for id in scripts {
        if let Some(linked_module) = &mut modules[id.index()] {
            linked_module.is_script = true;
        }
    }
}

/// Keeps the scripts that run in one group only, which is the group that they ship in.
fn keep_those_of_one_place(scripts: &mut FxHashSet<ModuleId>, groups: &[Group]) {
    // Per script: in how many groups it runs, and whether it runs in its own group.
    let mut places: FxHashMap<ModuleId, (u32, bool)> = FxHashMap::default();
    for group in groups {
        for id in evaluation_order::modules_of(&group.sequence)
            .into_iter()
            .filter(|id| scripts.contains(id))
        {
            let (count, is_home) = places.entry(id).or_default();
            *count += 1;
            *is_home |= group.modules.binary_search(&id).is_ok();
        }
    }
    scripts.retain(|id| places.get(id) == Some(&(1, true)));
}

/// Returns the targets of live `require`s, and those of live `import()`s. An eager `import()` is
/// like a `require`: its target is in the script of the importer and runs at the call.
fn requested(
    graph: &ModuleGraph,
    modules: &[Option<LinkedModule>],
) -> (Vec<ModuleId>, Vec<ModuleId>) {
    let (mut required, mut imported) = (Vec::new(), Vec::new());
    for (index, linked) in modules.iter().enumerate() {
        let Some(linked) = linked else { continue };
        let module = &graph.modules[index];
        if module.is_commonjs() {
            // A provided name gives a CommonJS module an import, and the importee runs when the
            // body runs.
            required.extend(module.static_targets());
        }
        let is_eager = |request: RequestIndex| {
            module.record.requests[request.0 as usize].chunk_options.is_eager
        };
        for request in live_requests(module, linked) {
            let Target::Module(to) = *module.target(request) else { continue };
            match module.record.requests[request.0 as usize].kind {
                RequestKind::Require | RequestKind::Context(_) => required.push(to),
                RequestKind::Dynamic if is_eager(request) => required.push(to),
                RequestKind::Dynamic => imported.push(to),
                RequestKind::Import
                | RequestKind::Glob(_)
                | RequestKind::RequireResolve
                | RequestKind::Url
                | RequestKind::Worker
                | RequestKind::Runtime
                | RequestKind::Polyfill => {}
            }
        }
    }
    (required, imported)
}

/// Makes ES modules lazy, with everything that they import, as long as `must` is true for each.
fn make_lazy(
    from: Vec<ModuleId>,
    graph: &ModuleGraph,
    modules: &mut [Option<LinkedModule>],
    must: impl Fn(ModuleId) -> bool,
) {
    let mut seen = vec![false; graph.modules.len()];
    let mut stack = from;
    while let Some(id) = stack.pop() {
        let module = graph.module(id);
        if module.is_commonjs() || !must(id) || std::mem::replace(&mut seen[id.index()], true) {
            continue;
        }
        if let Some(linked) = &mut modules[id.index()] {
            linked.wrap = Wrap::Lazy;
        }
        stack.extend(module.static_targets());
    }
}

/// Marks the asynchronous modules: those that await at their top level or run an asynchronous
/// module first.
pub(super) fn mark_async(graph: &ModuleGraph, modules: &mut [Option<LinkedModule>]) {
    let runs = |id: ModuleId| modules[id.index()].is_some();
    let awaits = |(id, module): (ModuleId, &Module)| {
        (module.record.top_level_await.is_some() && runs(id)).then_some(id)
    };
    let mut stack: Vec<ModuleId> = graph.iter().filter_map(awaits).collect();
    // The common case: finding the importers looks at the whole graph, and there may be thousands
    // of programs in it.
    if stack.is_empty() {
        return;
    }
    let mut importers: Vec<Vec<ModuleId>> = vec![Vec::new(); graph.modules.len()];
    for (id, module) in graph.iter() {
        for to in module.static_targets() {
            importers[to.index()].push(id);
        }
    }
    let mut seen = vec![false; graph.modules.len()];
    while let Some(id) = stack.pop() {
        if std::mem::replace(&mut seen[id.index()], true) {
            continue;
        }
        if let Some(module) = &mut modules[id.index()] {
            module.is_async = true;
        }
        // The importers of a left-out module run its imports in its place.
        stack.extend(&importers[id.index()]);
    }
}
