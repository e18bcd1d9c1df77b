//! The requests inside a module's live statements, and their targets: other modules, workers,
//! addresses of output files.

use crate::{
    link::LinkedModule,
    module::{Address, Module, ModuleGraph, ModuleId, Target},
    record::{Request, RequestIndex, RequestKind},
};

/// Iterates over the requests inside a module's live statements.
pub(crate) fn live_requests<'m>(
    module: &'m Module,
    linked: &'m LinkedModule,
) -> impl Iterator<Item = RequestIndex> + 'm {
    let is_live = |index: usize| linked.live[index];
    module
        .record
        .statements
        .iter()
        .enumerate()
        .filter(move |(i, _)| is_live(*i))
        .flat_map(|(_, statement)| linked.requests_of(statement))
}

/// Returns the modules that a module's live statements start as workers.
pub(crate) fn started_by(
    id: ModuleId,
    linked_module: &LinkedModule,
    graph: &ModuleGraph,
) -> Vec<ModuleId> {
    live_targets(id, linked_module, graph, &RequestKind::Worker)
}

/// Returns the modules that a module's live statements request by one kind of request, once per
/// request.
pub(crate) fn live_targets(
    id: ModuleId,
    linked_module: &LinkedModule,
    graph: &ModuleGraph,
    kind: &RequestKind,
) -> Vec<ModuleId> {
    let module = graph.module(id);
    // The common case, checked first: finding the live requests looks at every statement, and there
    // may be thousands of programs.
    if module.record.requests.iter().all(|request| request.kind != *kind) {
        return Vec::new();
    }
    let asked = live_requests(module, linked_module)
        .filter(|request| module.record.requests[request.0 as usize].kind == *kind);
    asked.filter_map(|request| module.target(request).module()).collect()
}

/// Whether a live statement of a module needs the address of an output file at run time, or the
/// module names `__webpack_public_path__`.
pub(crate) fn needs_addresses(
    id: ModuleId,
    linked_module: &LinkedModule,
    graph: &ModuleGraph,
) -> bool {
    let module = graph.module(id);
    if names_public_path(module, graph) {
        return true;
    }
    let needs = |request: RequestIndex| {
        needs_address(&module.record.requests[request.0 as usize], module.target(request), graph)
    };
    let all = (0..).map(RequestIndex).take(module.record.requests.len());
    // Rarely true, so checked first: finding the live requests looks at every statement, and there
    // may be thousands of programs.
    all.clone().any(needs) && live_requests(module, linked_module).any(needs)
}

/// Whether a module names `__webpack_public_path__`. Its script provides the first value.
pub(crate) fn names_public_path(module: &Module, graph: &ModuleGraph) -> bool {
    graph.public_path.is_some_and(|id| module.targets.contains(&Target::Module(id)))
}

/// Whether a request becomes an address in the output folder that is known only at run time.
pub(crate) fn needs_address(request: &Request, target: &Target, graph: &ModuleGraph) -> bool {
    match (&request.kind, target) {
        (RequestKind::Worker, Target::Module(_)) => true,
        (RequestKind::RequireResolve | RequestKind::Url, Target::Module(to)) => {
            matches!(graph.module(*to).address, Some(Address::Page(_)))
        }
        _ => false,
    }
}
