//! The ledger of globals: what an output needs of the engine and the page beyond ECMAScript 5, and by which line of which
//! module. Only what stays counts.

use std::collections::BTreeMap;

use bundle_base::{Label, config::Format};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph},
    module::{Module, Target},
    record::{GlobalUse, RequestKind},
};
use serde_json::{Map, Value, json};

use crate::scan::Places;

/// By name, what needs it: per module the first place, or the first that needs it and does not ask.
type Ledger<'g> = BTreeMap<&'g str, Vec<Need<'g>>>;

struct Need<'g> {
    module: &'g Module,
    global: GlobalUse,
}

/// `globals` and `methods` of an output.
pub(super) fn tell(chunk: &Chunk, graph: &ChunkGraph<'_, '_>, places: &Places, output: &mut Value) {
    let ledger = ledger(chunk, graph);
    let told = |is_method: bool| -> Map<String, Value> {
        let wanted = ledger.iter().filter(|(name, _)| name.starts_with('.') == is_method);
        let told = |need: &Need<'_>| tell_need(need, places);
        wanted
            .map(|(name, needs)| (name.trim_start_matches('.').to_owned(), needs.iter().map(told).collect()))
            .collect()
    };
    output["globals"] = told(false).into();
    output["methods"] = told(true).into();
}

fn tell_need(Need { module, global }: &Need<'_>, places: &Places) -> Value {
    let label = places.of_file(Label::new(&module.source, global.span));
    let at = label.source.line_column(label.span.start);
    let mut told = json!({ "input": module.key, "line": at.line, "column": at.column });
    if let Some(construct) = global.construct {
        told["by"] = json!(construct);
    }
    if global.is_optional {
        told["optional"] = json!(true);
    }
    told
}

fn ledger<'g>(chunk: &'g Chunk, graph: &'g ChunkGraph<'_, '_>) -> Ledger<'g> {
    let mut ledger = Ledger::new();
    let (ours, theirs): (Vec<_>, Vec<_>) =
        chunk.modules.iter().copied().partition(|id| graph.graph().module(*id).is_runtime());
    for id in theirs {
        let module = graph.graph().module(id);
        live(id, chunk, graph).for_each(|global| add(&mut ledger, module, &global.name, global.clone()));
        for (name, global) in page_globals(module, chunk, graph) {
            add(&mut ledger, module, name, global);
        }
    }
    // What calls our runtime was told to need what that needs; the rest is nobody's doing.
    for id in ours {
        let module = graph.graph().module(id);
        for global in live(id, chunk, graph).filter(|global| !global.is_optional) {
            if !ledger.get(global.name.as_str()).is_some_and(|needs| needs.iter().any(|need| !need.global.is_optional))
            {
                add(&mut ledger, module, &global.name, global.clone());
            }
        }
    }
    ledger
}

fn add<'g>(ledger: &mut Ledger<'g>, module: &'g Module, name: &'g str, global: GlobalUse) {
    let needs = ledger.entry(name).or_default();
    match needs.last_mut().filter(|known| std::ptr::eq(known.module, module)) {
        Some(known) if known.global.is_optional && !global.is_optional => known.global = global,
        Some(_) => {}
        None => needs.push(Need { module, global }),
    }
}

/// The page globals that stand for what a module imports.
fn page_globals<'g>(
    module: &'g Module,
    chunk: &'g Chunk,
    graph: &'g ChunkGraph<'_, '_>,
) -> impl Iterator<Item = (&'g str, GlobalUse)> {
    let requests = module.record.requests.iter().zip(&module.targets).filter(|_| graph.format == Format::Iife);
    requests.filter_map(|(request, target)| {
        let Target::External(id) = target else { return None };
        let construct = match request.kind {
            RequestKind::Import => "import",
            RequestKind::Dynamic => "import()",
            RequestKind::Require
            | RequestKind::RequireResolve
            | RequestKind::Url
            | RequestKind::Worker
            | RequestKind::Context(_)
            | RequestKind::Glob(_)
            | RequestKind::Runtime => "require()",
        };
        let external = graph.graph().external(*id);
        let name = external.global.as_deref().unwrap_or(&external.specifier);
        let (name, span, is_optional) = (name.to_owned(), request.span, request.is_optional);
        let global = GlobalUse { name, span, construct: Some(construct), is_optional };
        chunk.externals.contains(id).then(|| (external.global.as_deref().unwrap_or(&external.specifier), global))
    })
}

/// What the live statements of a module need.
fn live<'g>(
    id: bundle_graph::module::ModuleId,
    chunk: &Chunk,
    graph: &'g ChunkGraph<'_, '_>,
) -> impl Iterator<Item = &'g GlobalUse> {
    let part = graph.program(chunk).module(id);
    let statements = graph.graph().module(id).record.statements.iter();
    let is_live = move |index: usize| part.is_some_and(|part| part.live.get(index).is_some_and(|live| *live));
    statements.enumerate().filter(move |(index, _)| is_live(*index)).flat_map(|(_, statement)| &statement.globals)
}
