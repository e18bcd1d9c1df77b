//! Which functions of our own runtime are kept: those that the glue between modules calls.

use bundle_base::{Config, config::Format};

use crate::{
    link::{
        ExportLookup, ExportMode, Exports, LinkedModule, Resolved, StaticEntry, live_targets,
        needs_addresses, tree_shaking,
    },
    module::{ModuleGraph, ModuleId, SymbolRef, Target},
    plan::Wrap,
    record::{Request, RequestKind},
};

/// Marks the runtime functions that the glue will call. Runs after wrapping is decided, because
/// that decides which glue there is.
pub(super) fn mark(
    modules: &mut Vec<Option<LinkedModule>>,
    static_entries: &[StaticEntry],
    is_split: bool,
    exports: &Exports<'_>,
    config: &Config,
) {
    let graph = exports.graph();
    let mut names = Vec::new();
    if let Some(interop) = graph.interop {
        let called = interop_names(modules, exports, config);
        names.extend(called.into_iter().map(|name| (interop, name)));
        let gives_object = |e: &StaticEntry| {
            e.export_mode == ExportMode::Object && !graph.module(e.module).is_commonjs()
        };
        if static_entries.iter().any(gives_object) {
            names.push((interop, "to_commonjs"));
        }
    }
    names.extend(script_functions(modules, is_split, graph));
    let functions = symbols(names.into_iter(), exports);
    *modules = tree_shaking::mark_functions(functions, std::mem::take(modules), exports);
}

/// Returns the modules of our own runtime that have `functions`, each with these functions and what
/// they need.
pub(crate) fn parts_with(
    functions: impl Iterator<Item = SymbolRef>,
    exports: &Exports<'_>,
) -> Vec<(ModuleId, LinkedModule)> {
    let none = exports.graph().modules.iter().map(|_| None).collect();
    let marked = tree_shaking::mark_functions(functions, none, exports);
    marked
        .into_iter()
        .enumerate()
        .filter_map(|(index, linked_module)| Some((ModuleId::from_index(index), linked_module?)))
        .collect()
}

/// Looks up the functions that modules export by some names.
pub(super) fn symbols(
    names: impl Iterator<Item = (ModuleId, &'static str)>,
    exports: &Exports<'_>,
) -> impl Iterator<Item = SymbolRef> {
    names.filter_map(|(module, name)| match exports.export(module, name) {
        ExportLookup::Yes(Resolved::Symbol(symbol)) => Some(symbol),
        ExportLookup::Yes(_) | ExportLookup::No | ExportLookup::Circular => None,
    })
}

/// Returns the runtime functions by which classic scripts find and load other files. Scripts of a
/// split program register with the page, which knows their addresses. Any other script has to find
/// out its own address, if it starts workers or uses addresses of files.
pub(super) fn script_functions(
    modules: &[Option<LinkedModule>],
    is_split: bool,
    graph: &ModuleGraph,
) -> Vec<(ModuleId, &'static str)> {
    let mut linked = modules
        .iter()
        .enumerate()
        .filter_map(|(i, linked_module)| Some((ModuleId::from_index(i), linked_module.as_ref()?)));
    if is_split {
        let loads = |(id, linked_module): (ModuleId, &LinkedModule)| {
            needs_addresses(id, linked_module, graph)
                || !live_targets(id, linked_module, graph, &RequestKind::Dynamic).is_empty()
        };
        let loads = graph.chunk_loader.filter(|_| linked.any(loads)).map(|id| (id, "loads"));
        let loaders = graph.chunk_loader.into_iter().chain(graph.chunk_loader_without_loads);
        return loaders.map(|id| (id, "install")).chain(loads).collect();
    }
    let addresses = graph
        .addresses
        .filter(|_| linked.any(|(id, linked_module)| needs_addresses(id, linked_module, graph)));
    addresses.map(|addresses| (addresses, "addresses")).into_iter().collect()
}

/// Returns the names of `bundle:runtime/interop` that glue code will call.
fn interop_names(
    modules: &[Option<LinkedModule>],
    exports: &Exports<'_>,
    config: &Config,
) -> Vec<&'static str> {
    let graph = exports.graph();
    let mut names = Vec::new();
    let mut resolved = |what: &Resolved| match what {
        Resolved::CommonJs(interop) => match interop.name.as_deref() {
            Some("default") if !interop.is_node => names.push("default_of"),
            Some(_) => {}
            None => names.push("import_star"),
        },
        Resolved::External(interop) => {
            // It may reach the module through modules that are left out.
            if graph.external(interop.of).global.is_some() {
                names.push("page_global");
            }
            match (config.output.format, interop.name.as_deref()) {
                (Format::Esm, _) => {}
                (_, Some("default")) if !interop.is_node => names.push("default_of"),
                (_, Some(_)) => {}
                (_, None) => names.push("import_star"),
            }
        }
        Resolved::Symbol(_)
        | Resolved::Namespace(_)
        | Resolved::Dynamic { .. }
        | Resolved::Constant(..)
        | Resolved::Missing => {}
    };
    modules.iter().flatten().flat_map(LinkedModule::meanings).for_each(&mut resolved);
    for (index, module) in modules.iter().enumerate().filter_map(|(i, m)| Some((i, m.as_ref()?))) {
        let id = ModuleId::from_index(index);
        match module.wrap {
            Wrap::CommonJs if module.is_script => {}
            Wrap::CommonJs => names.push("commonjs"),
            Wrap::Lazy if module.is_async => names.push("lazy_async"),
            Wrap::Lazy => names.push("lazy"),
            Wrap::Hoisted => {}
        }
        if module.needs_namespace {
            names.push(if exports.dynamic_stars(id).is_empty() {
                "namespace"
            } else {
                "namespace_dynamic"
            });
        }
        if module.needs_require && !graph.module(id).is_commonjs() && !graph.module(id).is_data {
            names.push("to_commonjs");
        }
        if module.needs_import && graph.module(id).is_commonjs() {
            names.push("to_namespace");
        }
        let requests = graph.module(id).record.requests.iter().zip(&graph.module(id).targets);
        let is_external_promise = |(r, t): (&Request, &Target)| {
            matches!((&r.kind, t), (RequestKind::Dynamic, Target::External(_)))
        };
        if requests.into_iter().any(is_external_promise) {
            names.push("to_namespace");
        }
    }
    let has_global = |index: usize| {
        let targets = &graph.module(ModuleId::from_index(index)).targets;
        targets.iter().any(
            |target| matches!(target, Target::External(id) if graph.external(*id).global.is_some()),
        )
    };
    let mut included = modules.iter().enumerate().filter(|(_, module)| module.is_some());
    if included.any(|(index, _)| has_global(index)) {
        names.push("page_global");
    }
    names.sort_unstable();
    names.dedup();
    names
}
