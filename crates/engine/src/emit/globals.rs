//! Globals that an output needs beyond ECMAScript 5, and the place in a module that needs each.
//! Only statements that tree shaking kept count.

use std::collections::{BTreeMap, VecDeque, hash_map::Entry};

use bundle_base::{
    Config, Diagnostics, Label,
    config::{Platform, Target},
};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph},
    module::{Module, ModuleId, Target as RequestTarget},
    record::{GlobalUse, RequestKind},
};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Map, Value, json};

use crate::{messages, scan::PartOrigins};

/// The uses of globals by name. Each module has one use: the first that does not test for the
/// global, or else the first.
type Ledger<'g> = BTreeMap<&'g str, Vec<Need<'g>>>;

struct Need<'g> {
    module: &'g Module,
    global: GlobalUse,
}

/// Computes the globals that outputs need, for the metafile.
pub(super) struct Globals<'b, 'g, 'l> {
    graph: &'b ChunkGraph<'l, 'g>,
    part_origins: &'b PartOrigins,
    /// The modules of core-js that are in the outputs.
    included: FxHashSet<&'b str>,
}

impl<'b, 'g, 'l> Globals<'b, 'g, 'l> {
    /// Looks for the polyfills in all chunks. `part_origins`: the files that parts were cut from.
    pub fn of(graph: &'b ChunkGraph<'l, 'g>, part_origins: &'b PartOrigins) -> Self {
        Self { graph, part_origins, included: polyfills(graph) }
    }

    /// Adds `globals` and `methods` to an output of the metafile.
    pub fn add_to_output(&self, chunk: &Chunk, output: &mut Value) {
        let ledger = ledger(chunk, self.graph);
        let needs_by_name = |is_method: bool| -> Map<String, Value> {
            let wanted = ledger.iter().filter(|(name, _)| name.starts_with('.') == is_method);
            let entry = |(name, needs): (&&str, &Vec<Need<'_>>)| {
                let (_, by) = bundle_js::lacking(name, &Target::ES5).unwrap_or_default();
                let is_brought = by.iter().any(|module| self.included.contains(module));
                let needs: Value = needs
                    .iter()
                    .map(|need| need_to_json(need, is_brought, self.part_origins))
                    .collect();
                (name.trim_start_matches('.').to_owned(), needs)
            };
            wanted.map(entry).collect()
        };
        output["globals"] = needs_by_name(false).into();
        output["methods"] = needs_by_name(true).into();
    }
}

fn need_to_json(
    Need { module, global }: &Need<'_>,
    is_brought: bool,
    part_origins: &PartOrigins,
) -> Value {
    let label = part_origins.of_file(Label::new(&module.source, global.span));
    let at = label.source.line_column(label.span.start);
    let mut object = json!({ "input": module.key, "line": at.line, "column": at.column });
    if let Some(construct) = &global.construct {
        object["by"] = json!(construct);
    }
    if global.is_optional {
        object["optional"] = json!(true);
    }
    if is_brought {
        object["polyfilled"] = json!(true);
    }
    object
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
    // A module that calls our runtime is recorded as the user of what the called function needs.
    // Other needs of the runtime come from no module of the user, so they are added for the runtime
    // itself.
    for (chunk, id) in ours {
        let module = graph.graph().module(id);
        for global in live(id, chunk, graph).filter(|global| !global.is_optional) {
            let needs = ledger.get(global.name.as_str());
            if !needs.is_some_and(|needs| needs.iter().any(|need| !need.global.is_optional)) {
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

/// Returns the page globals that a module's imports of externals read.
fn page_globals<'g>(
    module: &'g Module,
    chunk: &'g Chunk,
    graph: &'g ChunkGraph<'_, '_>,
) -> impl Iterator<Item = (&'g str, GlobalUse)> {
    let requests = module.record.requests.iter().zip(&module.targets);
    requests.filter_map(|(request, target)| {
        let RequestTarget::External(id) = target else { return None };
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

/// Reports each global that the target lacks and no polyfill provides, once for each name. Methods
/// are left out: on an unknown object, a method may be the object's own.
pub(super) fn check(config: &Config, graph: &ChunkGraph<'_, '_>, log: &mut Diagnostics) {
    let included = polyfills(graph);
    let mut reported = FxHashSet::default();
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
        if by.iter().any(|module| included.contains(module)) || !reported.insert(name) {
            continue;
        }
        let label = need.module.label(need.global.span);
        log.push(messages::missing_global(
            label,
            name,
            &who,
            &chain(need.module, chunk, graph),
            !by.is_empty(),
        ));
    }
}

/// Whether a chunk needs a built-in, or perhaps a method, that the target lacks, core-js
/// has and no module of the outputs provides.
pub(super) fn needs_polyfill(config: &Config, graph: &ChunkGraph<'_, '_>, chunk: &Chunk) -> bool {
    let included = polyfills(graph);
    ledger(chunk, graph).into_iter().any(|(name, needs)| {
        let is_needed = needs.iter().any(|need| !need.global.is_optional && is_theirs(need.module));
        let by = bundle_js::lacking(name, &config.script.target).map(|(_, by)| by);
        let is_missing =
            |by: Vec<&str>| !by.is_empty() && !by.iter().any(|module| included.contains(module));
        is_needed && by.is_some_and(is_missing)
    })
}

/// Reports the first BigInt literal, if the target has no BigInts. Literals are compiled to calls
/// of `BigInt`. Code that checks for `BigInt` first is left out.
pub(super) fn check_big_ints(config: &Config, graph: &ChunkGraph<'_, '_>, log: &mut Diagnostics) {
    let Some(who) = bundle_js::lacking_big_ints(&config.script.target) else { return };
    let is_literal = |global: &&GlobalUse| {
        !global.is_optional && global.construct.as_deref() == Some(bundle_js::BIG_INT_LITERAL)
    };
    let literals = graph.chunks.iter().flat_map(|chunk| {
        chunk
            .modules
            .iter()
            .filter_map(move |id| Some((*id, chunk, live(*id, chunk, graph).find(is_literal)?)))
    });
    let literals: Vec<_> = literals.collect();
    let Some((id, chunk, first)) = literals.first() else { return };
    let module = graph.graph().module(*id);
    // A module may be in the program of the page and in those of workers.
    let modules: FxHashSet<&str> =
        literals.iter().map(|(id, ..)| &*graph.graph().module(*id).key).collect();
    let chain = chain(module, chunk, graph);
    let label = module.label(first.span);
    log.push(messages::big_int_at_run_time(label, &who, &chain, modules.len()));
}

/// Reports globals of Node that live code uses without a test, once for each module and name. In
/// pages they do not exist. Packages use `Buffer` in branches that pages do not take.
pub(super) fn check_node(config: &Config, graph: &ChunkGraph<'_, '_>, log: &mut Diagnostics) {
    if config.resolve.platform == Platform::Node {
        return;
    }
    for chunk in &graph.chunks {
        for id in &chunk.modules {
            let module = graph.graph().module(*id);
            let mut reported = Vec::new();
            for global in live(*id, chunk, graph).filter(|global| !global.is_optional) {
                let package = match global.name.as_str() {
                    "process" => "process",
                    "Buffer" if !module.source.is_of_a_package() => "buffer",
                    _ => continue,
                };
                if !reported.contains(&package) {
                    reported.push(package);
                    let label = module.label(global.span);
                    log.push(messages::node_global(label, &global.name, package));
                }
            }
        }
    }
}

/// Returns the modules of core-js that are in the outputs.
fn polyfills<'g>(graph: &'g ChunkGraph<'_, '_>) -> FxHashSet<&'g str> {
    let included = graph.chunks.iter().flat_map(|chunk| &chunk.modules);
    included.filter_map(|id| core_js(&graph.graph().module(*id).key)).collect()
}

/// Whether a need of the module is reported. A module that calls our runtime has the needs
/// of the runtime; core-js tests for its own.
fn is_theirs(module: &Module) -> bool {
    !module.is_runtime() && !is_of_core_js(&module.key)
}

/// Whether a module is part of core-js, which tests in its own ways for what it needs.
fn is_of_core_js(key: &str) -> bool {
    key.starts_with("core-js@") || key.contains("node_modules/core-js/")
}

/// Returns the name of a core-js module, such as `es.promise`; `None` for other modules.
fn core_js(key: &str) -> Option<&str> {
    let (_, module) = key.rsplit_once("/modules/")?;
    module.strip_suffix(".js").filter(|_| is_of_core_js(key))
}

/// Returns the chain of imports from an entry point to a module.
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
        for to in modules.module(id).targets.iter().filter_map(RequestTarget::module) {
            if let Entry::Vacant(new) = asked_by.entry(to) {
                new.insert(Some(id));
                next.push_back(to);
            }
        }
    }
    module.key.to_string()
}

/// Returns the globals that the live statements of a module need.
fn live<'g>(
    id: ModuleId,
    chunk: &'g Chunk,
    graph: &'g ChunkGraph<'_, '_>,
) -> impl Iterator<Item = &'g GlobalUse> {
    let linked = graph.linked_module(id, chunk);
    let statements = graph.graph().module(id).record.statements.iter();
    let is_live =
        move |index: usize| linked.is_some_and(|m| m.live.get(index).is_some_and(|live| *live));
    statements
        .enumerate()
        .filter(move |(index, _)| is_live(*index))
        .flat_map(|(_, statement)| &statement.globals)
}
