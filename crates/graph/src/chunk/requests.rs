//! What the call of a request inside a live statement becomes, and which name its slot takes.

use bundle_base::{asset::encoded, config::Format};

use super::{Chunk, ChunkGraph, Named, specifier::specifier_from};
use crate::{
    link::{LinkedGraph, LinkedModule, needs_address},
    module::{Address, Module, ModuleId, SymbolRef, Target},
    plan::RequestCall,
    record::{Request, RequestIndex, RequestKind},
};

pub(super) fn is_live_request(
    module: &Module,
    linked_module: &LinkedModule,
    request: RequestIndex,
) -> bool {
    // No statement holds the request of an import declaration, so most requests need no search.
    if module.record.requests[request.0 as usize].kind == RequestKind::Import {
        return false;
    }
    let live = module.record.statements.iter().zip(&linked_module.live).filter(|(_, live)| **live);
    live.into_iter()
        .any(|(statement, _)| linked_module.requests_of(statement).any(|one| one == request))
}

/// Returns the name that belongs in the slot of a request, if any.
pub(super) fn of_request(
    request: &Request,
    target: &Target,
    importer: ModuleId,
    linked: &LinkedGraph<'_>,
    is_loaded_later: impl Fn(ModuleId) -> bool,
) -> Option<Named> {
    let is_node = linked.graph.module(importer).is_node_esm;
    match (&request.kind, target) {
        (RequestKind::Require | RequestKind::Context(_), Target::Module(to)) => {
            Some(Named::Require(*to))
        }
        (RequestKind::Dynamic, Target::Module(to)) => {
            let is_node = is_node && linked.graph.module(*to).is_commonjs();
            Some(if is_loaded_later(*to) {
                Named::Load(*to, is_node)
            } else {
                Named::Import(*to, is_node)
            })
        }
        (RequestKind::Glob(_), Target::Module(to)) => {
            Some(Named::Symbol(default_symbol(*to, linked)?))
        }
        _ if needs_address(request, target, linked.graph) => Some(Named::Loader),
        (RequestKind::Dynamic, Target::External(to)) => Some(Named::ExternalImport(*to, is_node)),
        (RequestKind::Require, Target::External(to)) => Some(Named::ExternalRequire(*to)),
        _ => None,
    }
}

fn default_symbol(module: ModuleId, linked: &LinkedGraph<'_>) -> Option<SymbolRef> {
    let record = &linked.graph.module(module).record;
    let found = record.exports.iter().find(|e| e.name == "default")?;
    Some(SymbolRef { module, symbol: found.symbol })
}

/// Returns what the call of a request becomes.
pub(super) fn call(
    module: &Module,
    linked_module: &LinkedModule,
    index: usize,
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
) -> RequestCall {
    let format = graph.format;
    let request = RequestIndex(u32::try_from(index).expect("fewer than four billion requests"));
    if !is_live_request(module, linked_module, request) {
        return RequestCall::None;
    }
    match (&module.record.requests[index].kind, module.target(request)) {
        (RequestKind::Require | RequestKind::Context(_), Target::Module(_)) => RequestCall::Require,
        (RequestKind::Glob(_), Target::Module(_)) => RequestCall::External,
        (RequestKind::Require, Target::External(_)) if format == Format::Iife => {
            RequestCall::Require
        }
        (RequestKind::Require, Target::External(_)) => RequestCall::KeepRequire,
        (RequestKind::Dynamic, Target::External(_)) if format == Format::Esm => {
            RequestCall::KeepDynamic
        }
        (RequestKind::Dynamic, Target::Module(to)) if chunk.loads(*to) => RequestCall::DynamicLoad,
        (RequestKind::Dynamic, Target::Module(_) | Target::External(_)) => {
            RequestCall::DynamicInline
        }
        (RequestKind::Worker, Target::Module(to)) if format == Format::Esm => {
            RequestCall::ModuleWorker(specifier_from(
                &chunk.files.script,
                &graph.worker(*to).files.script,
            ))
        }
        (RequestKind::Worker, Target::Module(to)) => {
            RequestCall::Worker(graph.worker(*to).files.script.clone())
        }
        (RequestKind::RequireResolve | RequestKind::Url, Target::Module(to)) => {
            match &graph.graph().module(*to).address {
                Some(Address::Known(address)) => RequestCall::Text(address.to_string()),
                Some(Address::Page(path)) => RequestCall::Address(path.to_string()),
                Some(Address::Beside(path)) => {
                    RequestCall::Text(encoded(&specifier_from(&chunk.files.script, path)))
                }
                None => RequestCall::None,
            }
        }
        (_, Target::Text(text)) => RequestCall::Text(text.clone()),
        (_, Target::Missing) => RequestCall::Missing,
        _ => RequestCall::None,
    }
}
