//! The module of a chunk whose modules are required later: `require([…], callback)` and
//! `require.ensure`, as lowering wrote them. It exports a function for each module, which requires
//! it.

use bundle_base::{Span, json::quoted};
use bundle_graph::record::{Attribute, ChunkOptions, Request, RequestKind};

use super::{node::ResolvedImport, origin::Origin, state::ScanState, synthetic::of_text};

/// Returns the requests that the module makes, if `request` is one for such a module. Each has its
/// place in the importer's text, where it is an error if it leads nowhere.
pub(super) fn requests(request: &Request, text: &str) -> Option<Vec<Request>> {
    let required = |specifier: &String| Request {
        specifier: specifier.clone(),
        kind: RequestKind::Require,
        span: place(request.span, specifier, text),
        is_optional: request.is_optional,
        attribute: None,
        chunk_options: ChunkOptions::default(),
    };
    match request.attribute.as_ref()? {
        Attribute::LaterRequires(specifiers) => Some(specifiers.iter().map(required).collect()),
        Attribute::Type(_) => None,
    }
}

/// Makes the module.
pub(super) fn module(
    requests: &[Request],
    from: &Origin,
    shared: &ScanState<'_>,
) -> ResolvedImport {
    let function = |request: &Request| {
        let specifier = quoted(&request.specifier);
        format!("  function () {{\n    return require({specifier});\n  }},\n")
    };
    let functions: String = requests.iter().map(function).collect();
    let specifiers: Vec<&str> = requests.iter().map(|one| one.specifier.as_str()).collect();
    let importer = from.importer().to_owned();
    let key = format!("{}?require={}", shared.resolver.name(&importer), specifiers.join("\n"));
    of_text(key, format!("module.exports = [\n{functions}];\n"), importer, shared)
}

/// Returns the place of a specifier in the text of its call.
fn place(call: Span, specifier: &str, text: &str) -> Span {
    let written = &text[call.start as usize..call.end as usize];
    let found = ['"', '\'', '`'].iter().find_map(|quote| {
        let literal = format!("{quote}{specifier}{quote}");
        written.find(&literal).map(|at| (at, literal.len()))
    });
    let Some((at, length)) = found else { return call };
    let of = |offset: usize| call.start + u32::try_from(offset).expect("texts have under 4 GB");
    Span { start: of(at), end: of(at + length) }
}
