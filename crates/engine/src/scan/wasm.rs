//! Decides what an import of a WebAssembly file requests: its address, or its exports. Other
//! bundlers give the address as `default` too, and a file may have other exports too, so the
//! imported names decide.

use bundle_graph::record::{ImportName, ModuleRecord, Request, RequestIndex, RequestKind};
use bundle_resolve::Resolved;

use crate::loaders::{INSTANCE, extension};

/// Returns the module that a request leads to. Anything but `import file from "./file.wasm"` and
/// `require` requests the exports of the file.
pub(super) fn of_request(request: &Request, found: Resolved, record: &ModuleRecord) -> Resolved {
    if extension(&found.name) != "wasm" || !found.query.is_empty() {
        return found;
    }
    let is_run = match request.kind {
        RequestKind::Import => !is_default_alone(request, record),
        RequestKind::Dynamic => true,
        RequestKind::Require
        | RequestKind::RequireResolve
        | RequestKind::Url
        | RequestKind::Worker
        | RequestKind::Context(_)
        | RequestKind::Glob(_)
        | RequestKind::Runtime
        | RequestKind::Polyfill => false,
    };
    if is_run { Resolved { query: INSTANCE.to_owned(), ..found } } else { found }
}

/// Whether all imports and re-exports by a request are of the name `default`.
fn is_default_alone(request: &Request, record: &ModuleRecord) -> bool {
    let Some(index) = record.requests.iter().position(|other| other == request) else {
        return false;
    };
    let is_this_request = |of: RequestIndex| of.0 as usize == index;
    let names: Vec<&ImportName> =
        record.imports.iter().filter(|i| is_this_request(i.request)).map(|i| &i.name).collect();
    let is_default = |name: &&ImportName| matches!(name, ImportName::Named(n) if n == "default");
    !names.is_empty()
        && names.iter().all(is_default)
        && !record.stars.iter().any(|star| is_this_request(star.request))
}
