//! Finds where the requests of a module lead: to another module, to an external, or nowhere. The
//! resolver answers; an answer in the memo table is not asked for again.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Source,
    asset::{Wanted, has_flag, is_known},
    config::{Format, Platform},
    installed::package_of,
};
use bundle_graph::record::{Request, RequestKind};
use bundle_resolve::{Failure, Reason, RequestSyntax, Resolution, ResolveRequest, Resolved};
use camino::Utf8Path;

use super::{
    context,
    following::Following,
    glob, import_pattern, later_requires,
    node::{Node, ResolvedImport},
    origin::Origin,
    plugin_hooks, sprites,
    state::ScanState,
    synthetic, wasm,
};
use crate::{
    loaders::{SCRIPT, WORKER, extension, is_asset, is_run_as_wasm},
    memo::{Answer, ResolveKey},
    messages,
};

/// Finds where a request leads. Adds the module to the table of those reached, and diagnostics and
/// answers to the node.
pub(super) fn follow(request: &Request, following: &mut Following<'_, '_>) -> ResolvedImport {
    let source = &following.node.part.source;
    if let Some(requests) = later_requires::requests(request, &source.text) {
        return follow_later(&requests, following.with_listings());
    }
    let syntax = match &request.kind {
        RequestKind::Polyfill => return polyfill(request, following),
        RequestKind::Runtime => {
            return ResolvedImport::Module(following.shared.id(runtime(&request.specifier)));
        }
        RequestKind::Context(context) => {
            return context::module(request, context, following.with_listings());
        }
        RequestKind::Glob(glob) => return glob::module(request, glob, following.with_listings()),
        RequestKind::Import | RequestKind::Require if sprites::is_pattern(&request.specifier) => {
            return sprites::module(request, following.with_listings());
        }
        RequestKind::Import if import_pattern::is_pattern(&request.specifier) => {
            return import_pattern::module(request, following.with_listings());
        }
        RequestKind::Url if !is_moved(request, following.node, following.shared.config) => {
            return ResolvedImport::None;
        }
        RequestKind::Url => RequestSyntax::Asset,
        RequestKind::Worker => RequestSyntax::Url,
        RequestKind::Import | RequestKind::Dynamic => RequestSyntax::Import,
        RequestKind::Require | RequestKind::RequireResolve => RequestSyntax::Require,
    };
    if let Some(resolved_import) = inner(request, following) {
        return resolved_import;
    }
    let (importer, query) = (following.from.importer(), following.from.query());
    match plugin_hooks::resolve(
        &request.specifier,
        syntax,
        &following.label(request),
        importer,
        query,
        &mut following.node.diagnostics,
        following.shared,
    ) {
        Ok(None) => resolve(request, syntax, following),
        Ok(Some(resolution)) => reach(request, &resolution, following),
        Err(failure) => {
            following.node.has_unresolved = true;
            following.missing(*failure)
        }
    }
}

/// Asks the resolver where a request leads.
fn resolve(
    request: &Request,
    syntax: RequestSyntax,
    following: &mut Following<'_, '_>,
) -> ResolvedImport {
    let shared = following.shared;
    let importer = &*plugin_hooks::outside(following.from.importer(), shared);
    let is_typescript = bundle_resolve::may_be_typescript(importer);
    let key = ResolveKey {
        folder: importer.parent().unwrap_or(Utf8Path::new("/")).to_owned(),
        is_typescript,
        specifier: request.specifier.clone(),
        kind: syntax,
    };
    if request.kind == RequestKind::Worker && shared.config.output.format == Format::Iife {
        following.node.calls.push(shared.id(Origin::Runtime(bundle_js::runtime::ADDRESSES)));
    }
    let answer = answer(key.clone(), importer, shared);
    following.node.resolutions.push(Arc::clone(&answer));
    match &*answer {
        Ok(resolution) => reach(request, resolution, following),
        Err(_)
            if is_typescript
                && (following.node.entry.record.may_import_only_types(request)
                    || is_of_declarations(request, &key, importer, following)) =>
        {
            following.node.has_unresolved = true;
            ResolvedImport::Module(shared.id(Origin::ignored(&request.specifier)))
        }
        Err(failure) if let Some(hidden) = hidden_file(failure, syntax, shared) => {
            reach_hidden(request, failure, &hidden, following)
        }
        Err(failure) => {
            let why = failure.diagnostic(following.label(request));
            let is_of_wasm = matches!(
                following.from,
                Origin::File(found) if is_run_as_wasm(&found.name, &found.query)
            );
            let why = if is_of_wasm { messages::imported_by_wasm(why) } else { why };
            let missing = unresolved(request, why, following);
            // If the error is lowered, the address stays as it is.
            if request.kind == RequestKind::Url { ResolvedImport::None } else { missing }
        }
    }
}

/// Reports that a request leads nowhere.
fn unresolved(
    request: &Request,
    why: Diagnostic,
    following: &mut Following<'_, '_>,
) -> ResolvedImport {
    following.node.has_unresolved = true;
    let source = &following.node.part.source;
    following.missing(explained(why, request, source, following.shared.config))
}

/// Returns the module whose functions make these requests.
fn follow_later(requests: &[Request], following: &mut Following<'_, '_>) -> ResolvedImport {
    let mut is_missing = false;
    for request in requests {
        is_missing |= matches!(follow(request, following), ResolvedImport::Missing);
    }
    if is_missing {
        return ResolvedImport::Missing;
    }
    later_requires::module(requests, following.from, following.shared)
}

/// Returns the module of a file that its package does not export, with a warning.
fn reach_hidden(
    request: &Request,
    failure: &Failure,
    hidden: &Arc<Answer>,
    following: &mut Following<'_, '_>,
) -> ResolvedImport {
    let label = following.label(request);
    following.node.resolutions.push(Arc::clone(hidden));
    match &**hidden {
        Ok(resolution) => {
            following.report(failure.diagnostic(label));
            reach(request, resolution, following)
        }
        Err(failure) => unresolved(request, failure.diagnostic(label), following),
    }
}

/// Looks for a file that a package does not export, if the configuration allows that.
fn hidden_file(
    failure: &Failure,
    kind: RequestSyntax,
    shared: &ScanState<'_>,
) -> Option<Arc<Answer>> {
    let Reason::NotExported(hidden) = &*failure.reason else { return None };
    shared.config.severities.allows_hidden_files().then(|| {
        let folder = hidden.folder.clone();
        let importer = folder.join("package.json");
        let specifier = hidden.subpath.clone();
        answer(ResolveKey { folder, is_typescript: false, specifier, kind }, &importer, shared)
    })
}

/// Whether an import without names leads to a `.d.ts` file, which has no code: `preserve` of
/// `importsNotUsedAsValues` leaves such imports of types. `key`: the question of the import.
fn is_of_declarations(
    request: &Request,
    key: &ResolveKey,
    importer: &Utf8Path,
    following: &Following<'_, '_>,
) -> bool {
    let is_found = |ending: &&str| {
        let specifier = format!("{}{ending}", request.specifier);
        answer(ResolveKey { specifier, ..key.clone() }, importer, following.shared).is_ok()
    };
    following.node.entry.record.imports_no_names(request)
        && [".d.ts", "/index.d.ts"].iter().any(is_found)
}

/// Returns where a request leads that the resolver found. Adds the module to the table of those
/// reached, and diagnostics to the node.
fn reach(
    request: &Request,
    resolution: &Resolution,
    following: &mut Following<'_, '_>,
) -> ResolvedImport {
    let shared = following.shared;
    let is_url = request.kind == RequestKind::Url;
    let origin = module(resolution);
    let origin = match origin {
        origin if is_url => origin.and_then(as_asset),
        Some(Origin::File(found)) => {
            Some(Origin::File(wasm::of_request(request, found, &following.node.entry.record)))
        }
        other => other,
    };
    if let (Some(wanted), Some(Origin::File(found))) = (request.attribute_type(), &origin)
        && extension(&found.name) != wanted
    {
        let label = following.label(request);
        following.report(messages::attribute_mismatch(label, wanted, &found.name));
    }
    let origin = match origin {
        Some(Origin::File(found)) if has_flag(&found.query, SCRIPT) => {
            Some(synthetic::script(found))
        }
        Some(Origin::File(found))
            if has_flag(&found.query, WORKER) && request.kind != RequestKind::Worker =>
        {
            Some(synthetic::worker(&found, &request.kind))
        }
        Some(Origin::File(found)) if synthetic::is_default_alone(request, &found) => {
            Some(synthetic::default_of_json(&found))
        }
        other => other,
    };
    match (&request.kind, origin, resolution) {
        (RequestKind::RequireResolve, Some(origin), _) => ResolvedImport::Text(origin.name()),
        (_, Some(origin), _) => ResolvedImport::Module(shared.id(origin)),
        (RequestKind::Url, None, _) => ResolvedImport::None,
        (RequestKind::Worker, None, _) => {
            let label = following.label(request);
            following.report(messages::worker_is_external(label, &request.specifier));
            ResolvedImport::None
        }
        (_, None, Resolution::External { specifier, global }) => {
            ResolvedImport::External { specifier: specifier.clone(), global: global.clone() }
        }
        (_, None, _) => ResolvedImport::None,
    }
}

/// Resolves the request for a polyfill in the project's own core-js, whichever module needs it, so
/// all modules share one copy. Modules of core-js need no polyfills themselves.
fn polyfill(request: &Request, following: &mut Following<'_, '_>) -> ResolvedImport {
    let needs_none = match following.from {
        Origin::File(resolved) => package_of(resolved.path.as_str()).as_deref() == Some("core-js"),
        // Modules that call the runtime request the polyfills that it needs.
        Origin::Runtime(_) => true,
        Origin::Part { .. } | Origin::Text { .. } => false,
    };
    if needs_none {
        return ResolvedImport::None;
    }
    let shared = following.shared;
    let project = &shared.config.project;
    let key = ResolveKey {
        folder: project.clone(),
        is_typescript: false,
        specifier: request.specifier.clone(),
        kind: RequestSyntax::Import,
    };
    let answer = answer(key, &project.join("package.json"), shared);
    following.node.resolutions.push(Arc::clone(&answer));
    let Ok(resolution) = &*answer else {
        following.node.has_unresolved = true;
        return ResolvedImport::Missing;
    };
    module(resolution)
        .map_or(ResolvedImport::None, |origin| ResolvedImport::Module(shared.id(origin)))
}

/// Whether a file that `new URL` names is copied to the output folder. Node reads it where
/// it is.
fn is_moved(request: &Request, node: &Node, config: &Config) -> bool {
    let (address, output) = (request.specifier.as_str(), &config.output);
    let is_folder = address.ends_with('/') || address == "." || address.ends_with("..");
    node.address.is_some()
        || output.format != Format::Cjs
            && config.resolve.platform == Platform::Browser
            && !is_folder
            && !address.starts_with(['?', '#'])
}

/// Returns the module of a file as an asset, whatever its contents: who writes `new URL()` asks for
/// an address.
fn as_asset(origin: Origin) -> Option<Origin> {
    let is_published = |found: &Resolved| {
        is_asset(&found.name, &found.query)
            && (is_known(extension(&found.name)) || Wanted::of(&found.query).is_some())
            && !has_flag(&found.query, "raw")
    };
    match origin {
        Origin::File(found) if is_published(&found) => Some(Origin::File(found)),
        Origin::File(found) => Some(Origin::File(Resolved { query: "?url".to_owned(), ..found })),
        Origin::Part { .. } | Origin::Runtime(_) | Origin::Text { .. } => None,
    }
}

/// Finds where a request that begins with `?` leads: to another part of the same file, or to the
/// file's own address. `None`: it is neither.
fn inner(request: &Request, following: &Following<'_, '_>) -> Option<ResolvedImport> {
    let (node, shared) = (&*following.node, following.shared);
    let (Origin::File(resolved) | Origin::Part { resolved, .. }) = following.from else {
        return None;
    };
    let file = node.file.as_ref().filter(|_| request.specifier.starts_with('?'))?;
    if node.address.is_some() {
        return Some(ResolvedImport::Module(shared.id(Origin::File(resolved.clone()))));
    }
    file.part(&request.specifier)?;
    let (resolved, suffix) = (resolved.clone(), request.specifier.clone());
    Some(ResolvedImport::Module(shared.id(Origin::Part {
        resolved,
        suffix,
        file: Arc::clone(file),
    })))
}

/// Adds to a failure what the request explains: `provide` made the import, or the program handles
/// the failure, which makes it a warning.
fn explained(
    failure: Diagnostic,
    request: &Request,
    source: &Source,
    config: &Config,
) -> Diagnostic {
    let written = &source.text[request.span.start as usize..request.span.end as usize];
    let failure = if config.resolve.provide.contains_key(written) {
        messages::asked_by_provide(failure, written)
    } else {
        failure
    };
    // Its modules find each other by `define` alone.
    let has_amd_modules = || source.text.matches("define.amd").nth(1).is_some();
    match (&request.kind, request.is_optional) {
        (RequestKind::Require, false) if has_amd_modules() => {
            messages::in_amd_modules(failure, &source.name)
        }
        (_, false) => failure,
        (RequestKind::Dynamic, true) => messages::optional_import(failure),
        (_, true) => messages::optional_in_try(failure),
    }
}

fn runtime(specifier: &str) -> Origin {
    let modules = [
        bundle_js::runtime::HELPERS,
        bundle_js::runtime::COMPONENT,
        bundle_js::runtime::INTEROP,
        bundle_js::runtime::PUBLIC_PATH,
        bundle_js::runtime::SPRITES,
        bundle_js::runtime::WASM,
    ];
    Origin::Runtime(
        modules
            .into_iter()
            .find(|module| *module == specifier)
            .expect("our own code asks for our own modules"),
    )
}

/// Returns the module that an answer leads to; `None` for an external.
pub(super) fn module(resolution: &Resolution) -> Option<Origin> {
    match resolution {
        Resolution::Module(resolved) => Some(Origin::File(resolved.clone())),
        Resolution::Ignored { name } => Some(Origin::ignored(name)),
        Resolution::Data { mime, bytes } => Some(synthetic::data(mime, bytes)),
        Resolution::OfNode { name } => Some(Origin::of_node(name)),
        Resolution::External { .. } => None,
    }
}

/// Returns the resolver's answer, from the memo table or from this scan.
pub(super) fn answer(key: ResolveKey, importer: &Utf8Path, shared: &ScanState<'_>) -> Arc<Answer> {
    if let Some(known) = shared.memo.resolutions.get(&key) {
        return Arc::clone(known);
    }
    shared.answers.of(key, |key| {
        shared.resolver.resolve(&ResolveRequest {
            specifier: &key.specifier,
            kind: key.kind,
            importer,
        })
    })
}
