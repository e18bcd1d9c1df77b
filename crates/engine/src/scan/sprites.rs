//! `import "./icons/*.svg?sprite"`: the symbols of every SVG file that a pattern means.

use bundle_base::{asset::has_flag, json::quoted};
use bundle_graph::record::{Request, RequestKind};
use bundle_resolve::{RequestSyntax, ResolveRequest};

use super::{
    following::Following,
    node::ResolvedImport,
    synthetic::{compile, fixed_folder, of_text},
};
use crate::{loaders::SPRITE, messages};

/// Whether a specifier requests many SVG symbols at once: `icons/*.svg?sprite`.
pub(super) fn is_pattern(specifier: &str) -> bool {
    specifier
        .split_once('?')
        .is_some_and(|(path, query)| path.contains('*') && has_flag(query, SPRITE))
}

/// Makes a module that imports every SVG file that matches the pattern.
pub(super) fn module(request: &Request, following: &mut Following<'_, '_>) -> ResolvedImport {
    let (from, shared) = (following.from, following.shared);
    let label = following.label(request);
    let (path, query) = request.specifier.split_once('?').unwrap_or((&request.specifier, ""));
    let start = fixed_folder(path);
    let kind = if request.kind == RequestKind::Require {
        RequestSyntax::Require
    } else {
        RequestSyntax::Import
    };
    let ask = |specifier: &str| {
        shared.resolver.resolve_directory(&ResolveRequest {
            specifier,
            kind,
            importer: from.importer(),
        })
    };
    // If no alias or package has that name, it is a folder beside the importer.
    let folder = ask(start.trim_end_matches('/'))
        .or_else(|failure| ask(&format!("./{start}")).map_err(|_| failure));
    let patterns = compile(&[path[start.len()..].to_owned()]);
    let (folder, patterns) = match (folder, patterns) {
        (Ok(folder), Ok(patterns)) => (folder, patterns),
        (Err(failure), _) => return following.missing(failure.diagnostic(label)),
        (_, Err(why)) => {
            return following.missing(messages::bad_pattern(label, &request.specifier, &why));
        }
    };
    let names: Vec<String> = following
        .walk(&folder, true)
        .into_iter()
        .filter(|name| patterns.iter().any(|(pattern, _)| pattern.is_match(name)))
        .collect();
    if names.is_empty() {
        following.report(messages::empty_context(label, &request.specifier));
    }
    let one = |name: &String| format!("import {};\n", quoted(&format!("./{name}?{query}")));
    let text = names.iter().map(one).collect::<String>() + "export {};\n";
    let key = format!("{}?sprites={}", shared.resolver.name(&folder), &path[start.len()..]);
    let folder = folder.join("sprites");
    of_text(key, text, folder, shared)
}
