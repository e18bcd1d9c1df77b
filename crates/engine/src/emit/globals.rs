//! The ledger of globals: what an output needs of the engine and the page beyond ECMAScript 5, and
//! by which line of which module. Only what stays counts.

use std::collections::{BTreeMap, VecDeque, hash_map::Entry};

use bundle_base::{Config, Diagnostics, Label, config::Target};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph},
    module::{Module, ModuleId, Target as Leads},
    record::{GlobalUse, RequestKind},
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};

use crate::{messages, scan::Places};

/// By name, what needs it: per module the first place, or the first that needs it and does not ask.
type Ledger<'g> = BTreeMap<&'g str, Vec<Need<'g>>>;

struct Need<'g> {
    module: &'g Module,
    global: GlobalUse,
}

/// The ledgers of all outputs.
pub(super) struct Globals<'b, 'g, 'l> {
    graph: &'b ChunkGraph<'l, 'g>,
    places: &'b Places,
    /// The modules of core-js that are in the outputs.
    included: FxHashSet<&'b str>,
}

impl<'b, 'g, 'l> Globals<'b, 'g, 'l> {
    /// Of a program in chunks. `places`: where its parts lie in files.
    pub fn of(graph: &'b ChunkGraph<'l, 'g>, places: &'b Places) -> Self {
        Self { graph, places, included: polyfills(graph) }
    }

    /// Adds `globals` and `methods` to what is told of an output.
    pub fn tell(&self, chunk: &Chunk, output: &mut Value) {
        let ledger = ledger(chunk, self.graph);
        let told = |is_method: bool| -> Map<String, Value> {
            let wanted = ledger.iter().filter(|(name, _)| name.starts_with('.') == is_method);
            let told = |(name, needs): (&&str, &Vec<Need<'_>>)| {
                let (_, by) = bundle_js::lacking(name, &Target::ES5).unwrap_or_default();
                let is_brought = by.iter().any(|module| self.included.contains(module));
                let needs: Value =
                    needs.iter().map(|need| tell_need(need, is_brought, self.places)).collect();
                (name.trim_start_matches('.').to_owned(), needs)
            };
            wanted.map(told).collect()
        };
        output["globals"] = told(false).into();
        output["methods"] = told(true).into();
    }
}

fn tell_need(Need { module, global }: &Need<'_>, is_brought: bool, places: &Places) -> Value {
    let label = places.of_file(Label::new(&module.source, global.span));
    let at = label.source.line_column(label.span.start);
    let mut told = json!({ "input": module.key, "line": at.line, "column": at.column });
    if let Some(construct) = &global.construct {
        told["by"] = json!(construct);
    }
    if global.is_optional {
        told["optional"] = json!(true);
    }
    if is_brought {
        told["polyfilled"] = json!(true);
    }
    told
}

fn ledger<'g>(chunk: &'g Chunk, graph: &'g ChunkGraph<'_, '_>) -> Ledger<'g> {
    let mut ledger = Ledger::new();
    let all = std::iter::once(chunk)
        .chain(graph.entry_within(chunk))
        .flat_map(|chunk| chunk.modules.iter().map(move |id| (chunk, *id)));
    let (ours, theirs): (Vec<_>, Vec<_>) =
        all.partition(|(_, id)| graph.graph().module(*id).is_runtime());
    for (chunk, id) in theirs {
        let module = graph.graph().module(id);
        live(id, chunk, graph)
            .for_each(|global| add(&mut ledger, module, &global.name, global.clone()));
        for (name, global) in page_globals(module, chunk, graph) {
            add(&mut ledger, module, name, global);
        }
    }
    // What calls our runtime was told to need what that needs; the rest is nobody's doing.
    for (chunk, id) in ours {
        let module = graph.graph().module(id);
        for global in live(id, chunk, graph).filter(|global| !global.is_optional) {
            if !ledger
                .get(global.name.as_str())
                .is_some_and(|needs| needs.iter().any(|need| !need.global.is_optional))
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
    let requests = module.record.requests.iter().zip(&module.targets);
    requests.filter_map(|(request, target)| {
        let Leads::External(id) = target else { return None };
        let construct = match request.kind {
            RequestKind::Import => "import",
            RequestKind::Dynamic => "import()",
            RequestKind::Require
            | RequestKind::RequireResolve
            | RequestKind::Url
            | RequestKind::Worker
            | RequestKind::Context(_)
            | RequestKind::Glob(_)
            | RequestKind::Runtime
            | RequestKind::Polyfill => "require()",
        };
        let external = graph.graph().external(*id);
        let known = external.global.as_deref()?;
        let (name, span, is_optional) = (known.to_owned(), request.span, request.is_optional);
        let global = GlobalUse { name, span, construct: Some(construct.into()), is_optional };
        chunk.externals.contains(id).then_some((known, global))
    })
}

/// What the target lacks, and nobody brings, once for each name. Methods of unknown objects may be
/// their own.
pub(super) fn check(config: &Config, graph: &ChunkGraph<'_, '_>, log: &mut Diagnostics) {
    let included = polyfills(graph);
    let mut told = FxHashSet::default();
    for (chunk, (name, needs)) in graph
        .chunks
        .iter()
        .flat_map(|chunk| ledger(chunk, graph).into_iter().map(move |l| (chunk, l)))
    {
        let Some(need) =
            needs.iter().find(|need| !need.global.is_optional && is_theirs(need.module))
        else {
            continue;
        };
        let Some((who, by)) =
            bundle_js::lacking(name, &config.script.target).filter(|_| !name.starts_with('.'))
        else {
            continue;
        };
        if by.iter().any(|module| included.contains(module)) || !told.insert(name) {
            continue;
        }
        let label = need.module.label(need.global.span);
        log.push(messages::missing_global(
            label,
            (name, &who),
            &chain(need.module, chunk, graph),
            !by.is_empty(),
        ));
    }
}

/// The modules of core-js that are in the outputs.
fn polyfills<'g>(graph: &'g ChunkGraph<'_, '_>) -> FxHashSet<&'g str> {
    let included = graph.chunks.iter().flat_map(|chunk| &chunk.modules);
    included.filter_map(|id| core_js(&graph.graph().module(*id).key)).collect()
}

/// Whoever calls our runtime needs what that needs.
fn is_theirs(module: &Module) -> bool {
    !module.is_runtime() && !is_of_core_js(&module.key)
}

/// What core-js itself needs it asks for first, in ways of its own.
fn is_of_core_js(key: &str) -> bool {
    key.starts_with("core-js@") || key.contains("node_modules/core-js/")
}

/// `es.promise`, if a module is that of core-js.
fn core_js(key: &str) -> Option<&str> {
    let (_, module) = key.rsplit_once("/modules/")?;
    module.strip_suffix(".js").filter(|_| is_of_core_js(key))
}

/// Who asks for a module, from an entry on.
fn chain(module: &Module, chunk: &Chunk, graph: &ChunkGraph<'_, '_>) -> String {
    let modules = graph.graph();
    let mut asked_by: FxHashMap<ModuleId, Option<ModuleId>> = FxHashMap::default();
    let mut next: VecDeque<ModuleId> =
        graph.program(chunk).entry_points.iter().map(|root| root.module()).collect();
    asked_by.extend(next.iter().map(|root| (*root, None)));
    while let Some(id) = next.pop_front() {
        if std::ptr::eq(modules.module(id), module) {
            let path = std::iter::successors(Some(id), |id| asked_by[id])
                .map(|id| modules.module(id).key.to_string());
            let mut path: Vec<String> = path.collect();
            path.reverse();
            return path.join(" -> ");
        }
        for to in modules.module(id).targets.iter().filter_map(Leads::module) {
            if let Entry::Vacant(new) = asked_by.entry(to) {
                new.insert(Some(id));
                next.push_back(to);
            }
        }
    }
    module.key.to_string()
}

/// What the live statements of a module need.
fn live<'g>(
    id: ModuleId,
    chunk: &'g Chunk,
    graph: &'g ChunkGraph<'_, '_>,
) -> impl Iterator<Item = &'g GlobalUse> {
    let part = graph.part(id, chunk);
    let statements = graph.graph().module(id).record.statements.iter();
    let is_live =
        move |index: usize| part.is_some_and(|part| part.live.get(index).is_some_and(|live| *live));
    statements
        .enumerate()
        .filter(move |(index, _)| is_live(*index))
        .flat_map(|(_, statement)| &statement.globals)
}
