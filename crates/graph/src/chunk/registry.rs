//! Chunks of a registry: scripts that put modules under their keys. Names of modules are in no scope that they share, so
//! a chunk's own scope holds our runtime alone; that is in one script, which all others take the registry from.

use std::sync::Arc;

use super::{Chunk, ChunkGraph, ChunkId, ChunkImport, Named, collect, is_own, plan::call, share};
use crate::{
    link::{Group, LinkedGraph, LinkedModule, Resolved, Step, asks_where, live_asks_where, live_targets},
    module::{ExternalModule, Module, ModuleGraph, ModuleId, SymbolRef, Target},
    plan::{Binding, Load, MemberBinding, Mention, Registered, RequestCall},
    record::{RequestIndex, RequestKind, SourceFormat, Symbol},
};

/// The key of a module that is not bundled.
pub fn external_key(external: &ExternalModule) -> Arc<str> {
    format!("(external) {}", external.specifier).into()
}

/// Puts the runtime in its place, and says which scripts a chunk waits for and may load.
pub(super) fn split(graph: &mut ChunkGraph<'_, '_>) {
    let linked = graph.linked;
    let mut homes = share::homes(&graph.chunks, linked.graph);
    let shared_home = home(&mut graph.chunks);
    for chunk in &mut graph.chunks {
        if shared_home == chunk.id {
            let ours = |id: &ModuleId| linked.graph.module(*id).is_runtime() && linked.graph.chunk_loader != Some(*id);
            chunk.runtime = linked.programs[chunk.program].iter().map(|(id, _)| id).filter(ours).collect();
        }
        names(chunk, linked);
        chunk.runtime.iter().for_each(|id| homes[id.index()] = Some(chunk.id));
        let loads = loads(chunk, &homes, linked);
        chunk.names.extend(loads);
        share::register(chunk, |_| false, linked);
    }
    graph.homes = homes;
}

/// The names of a chunk's own scope.
pub(super) fn names(chunk: &mut Chunk, linked: &LinkedGraph<'_>) {
    let program = &linked.programs[chunk.program];
    chunk.names.extend([Named::Registry, Named::Modules]);
    for &id in &chunk.runtime {
        let part = program.module(id).expect("listed from the program");
        collect::declared(id, part, linked, &mut chunk.names);
    }
    let part = |id: &ModuleId| (*id, program.module(*id).expect("a chunk's modules are in its program"));
    if chunk.modules.iter().map(part).any(|(id, part)| live_asks_where(id, part, linked.graph)) {
        chunk.names.insert(Named::Loader);
    }
}

/// The chunk that makes the registry: all others take it from there, first of all. It is the one that every root needs: a new one, if there
/// is none.
fn home(chunks: &mut Vec<Chunk>) -> ChunkId {
    let home = chunk_for_all(chunks);
    for chunk in chunks.iter_mut().filter(|chunk| chunk.id != home) {
        chunk.imports.retain(|import| import.chunk != home);
        chunk.imports.insert(0, ChunkImport { chunk: home, names: Vec::new() });
    }
    home
}

/// The functions that a chunk's modules load others with.
fn loads(chunk: &Chunk, homes: &[Option<ChunkId>], linked: &LinkedGraph<'_>) -> Vec<Named> {
    let program = &linked.programs[chunk.program];
    let is_at_hand = |home: ChunkId| chunk.imports.iter().any(|import| import.chunk == home);
    let is_elsewhere = |to: ModuleId| homes[to.index()].is_some_and(|home| home != chunk.id && !is_at_hand(home));
    let part = |id: &ModuleId| (*id, program.module(*id).expect("a chunk's modules are in its program"));
    let asked = chunk.modules.iter().map(part).flat_map(|(id, part)| dynamic(id, part, linked.graph));
    asked.filter(|(to, _)| is_elsewhere(*to)).map(|(to, is_node)| Named::Load(to, is_node)).collect()
}

fn chunk_for_all(chunks: &mut Vec<Chunk>) -> ChunkId {
    if let [only] = chunks.as_slice() {
        return only.id;
    }
    let mut roots: Vec<usize> = chunks.iter().flat_map(|chunk| &chunk.roots).copied().collect();
    roots.sort_unstable();
    roots.dedup();
    let is_first = |chunk: &&Chunk| chunk.entrance.is_none() && chunk.roots == roots && chunk.imports.is_empty();
    let same = chunks.iter().find(is_first);
    if let Some(same) = same {
        return same.id;
    }
    let (modules, imports, sequence) = (Vec::new(), Vec::new(), Vec::new());
    let group = Group { entrance: None, bundle: None, roots, modules, imports, sequence };
    let id = ChunkId::from_index(chunks.len());
    let chunk = Chunk { shared: chunks[0].shared.clone(), ..super::empty(id, chunks[0].program, &group) };
    chunks.push(chunk);
    id
}

/// What a module imports dynamically, with the flag of `Named::Load`.
fn dynamic(id: ModuleId, part: &LinkedModule, graph: &ModuleGraph) -> Vec<(ModuleId, bool)> {
    let module = graph.module(id);
    let asked = live_targets(id, part, graph, &RequestKind::Dynamic).into_iter();
    asked.map(|to| (to, module.is_node_esm && graph.module(to).is_commonjs())).collect()
}

/// What the plan of a registered module says of names, members and the function around them.
pub(super) struct Parts {
    pub bindings: Vec<Binding>,
    pub members: Vec<MemberBinding>,
    pub calls: Vec<RequestCall>,
    pub registered: Registered,
}

/// Tells a module's part in a registry without ids.
pub(super) fn parts(id: ModuleId, part: &LinkedModule, chunk: &Chunk, graph: &ChunkGraph<'_, '_>) -> Parts {
    let modules = graph.graph();
    let module = modules.module(id);
    let record = &module.record;
    let most = record.imports.len() + record.requests.len() + part.members.len();
    let mut slots = Slots { mentions: Vec::with_capacity(most), next: 0 };
    let unresolved = |kind| if is_own(kind) { Binding::Name } else { Binding::Missing };
    let binding = |(symbol, resolved): (&Symbol, &Option<Resolved>)| {
        let meaning = resolved.as_ref().map(|resolved| meaning(id, resolved, modules));
        slots.bound(meaning.unwrap_or_else(|| (unresolved(symbol.kind), None)))
    };
    let bindings = record.symbols.iter().zip(&part.resolved).map(binding).collect();
    let mut calls = Vec::with_capacity(record.requests.len());
    for index in 0..record.requests.len() {
        let made = call((module, part), index, (chunk, graph));
        let request = RequestIndex(u32::try_from(index).expect("fewer than four billion requests"));
        let mention = (made != RequestCall::None).then(|| asked(module, request, (chunk, graph))).flatten();
        slots.next(mention);
        calls.push(made);
    }
    let member = |member: &crate::link::Member| MemberBinding {
        symbol: member.symbol,
        path: member.path.clone(),
        binding: slots.bound(meaning(id, &member.resolved, modules)),
    };
    let members = part.members.iter().map(member).collect();
    let exported = |(name, resolved): &(String, Resolved)| {
        let (binding, mention) = meaning(id, resolved, modules);
        (name.clone(), binding, mention)
    };
    let key_of = |step: &Step| match step {
        Step::Module(id) => Arc::clone(&modules.module(*id).key),
        Step::External(id) => external_key(modules.external(*id)),
    };
    let registered = Registered {
        key: Arc::clone(&module.key),
        needs: part.prologue.iter().map(key_of).collect(),
        is_async: part.is_async,
        mentions: slots.mentions,
        starred: part.exported.iter().map(exported).collect(),
        stars: stars(part, modules),
    };
    Parts { bindings, members, calls, registered }
}

/// Mentions by slot, as slots are counted: symbols, requests, members.
struct Slots {
    mentions: Vec<(u32, Mention)>,
    next: u32,
}

impl Slots {
    fn next(&mut self, mention: Option<Mention>) {
        self.mentions.extend(mention.map(|mention| (self.next, mention)));
        self.next += 1;
    }

    fn bound(&mut self, (binding, mention): (Binding, Option<Mention>)) -> Binding {
        self.next(mention);
        binding
    }
}

/// What a mention becomes, and what stands in its slot.
fn meaning(importer: ModuleId, resolved: &Resolved, graph: &ModuleGraph) -> (Binding, Option<Mention>) {
    let key = |id: ModuleId| Arc::clone(&graph.module(id).key);
    match resolved {
        Resolved::Symbol(symbol) if symbol.module == importer => (Binding::Name, Some(Mention::Own(symbol.symbol))),
        Resolved::Symbol(symbol) => {
            let name = export_name(*symbol, graph);
            if graph.module(symbol.module).is_runtime() {
                (Binding::Name, Some(Mention::Helper(name)))
            } else {
                (Binding::Member(name), Some(Mention::Exports(key(symbol.module))))
            }
        }
        Resolved::Namespace(of) => (Binding::Name, Some(Mention::Exports(key(*of)))),
        Resolved::Dynamic { module, name } => (Binding::Member(name.clone()), Some(Mention::Exports(key(*module)))),
        Resolved::Constant(_, value) => (Binding::Literal(value.clone()), None),
        Resolved::Missing => (Binding::Missing, None),
        Resolved::CommonJs(interop) => foreign(key(interop.of), interop.name.as_deref(), interop.is_node),
        Resolved::External(interop) => {
            foreign(external_key(graph.external(interop.of)), interop.name.as_deref(), interop.is_node)
        }
    }
}

/// A name of something whose exports are known only when it ran.
fn foreign(key: Arc<str>, name: Option<&str>, is_node: bool) -> (Binding, Option<Mention>) {
    match name {
        None => (Binding::Name, Some(Mention::CommonJsNamespace(key, is_node))),
        Some("default") if is_node => (Binding::Name, Some(Mention::CommonJs(key))),
        Some("default") => (Binding::Getter, Some(Mention::Default(key))),
        Some(name) => (Binding::Member(name.to_owned()), Some(Mention::CommonJs(key))),
    }
}

/// A name by which its module exports a symbol.
fn export_name(symbol: SymbolRef, graph: &ModuleGraph) -> String {
    let exports = &graph.module(symbol.module).record.exports;
    let export = exports.iter().find(|export| export.symbol == symbol.symbol);
    export.expect("what others import is exported").name.clone()
}

/// What stands in the slot of a request.
fn asked(module: &Module, request: RequestIndex, (chunk, graph): (&Chunk, &ChunkGraph<'_, '_>)) -> Option<Mention> {
    let modules = graph.graph();
    let kind = &module.record.requests[request.0 as usize].kind;
    match (kind, module.target(request)) {
        (RequestKind::Require | RequestKind::Context(_), Target::Module(to)) => {
            let to = modules.module(*to);
            Some(Mention::Require(Arc::clone(&to.key), to.is_data && to.record.format == SourceFormat::Esm))
        }
        (RequestKind::Require, Target::External(to)) => {
            Some(Mention::Require(external_key(modules.external(*to)), false))
        }
        (RequestKind::Dynamic, Target::Module(to)) => {
            let key = Arc::clone(&modules.module(*to).key);
            let is_node = module.is_node_esm && modules.module(*to).is_commonjs();
            if !chunk.loads(*to) {
                return Some(Mention::Import(key, is_node));
            }
            let files = graph.files_loaded_with(*to, chunk);
            let version = graph.chunk(graph.home(*to, chunk)).version.clone();
            Some(Mention::Load(Box::new(Load { key, is_node, files, version })))
        }
        (RequestKind::Dynamic, Target::External(to)) => {
            Some(Mention::Import(external_key(modules.external(*to)), module.is_node_esm))
        }
        _ if asks_where(&module.record.requests[request.0 as usize], module.target(request), modules) => {
            Some(Mention::Loader)
        }
        (RequestKind::Glob(_), Target::Module(to)) => Some(Mention::DefaultOf(Arc::clone(&modules.module(*to).key))),
        _ => None,
    }
}

/// The keys of what is known only when it ran.
fn stars(part: &LinkedModule, graph: &ModuleGraph) -> Vec<Arc<str>> {
    let key = |target: &Target| match target {
        Target::Module(of) => Some(Arc::clone(&graph.module(*of).key)),
        Target::External(of) => Some(external_key(graph.external(*of))),
        Target::Missing | Target::Text(_) | Target::None => None,
    };
    part.dynamic_stars.iter().filter_map(key).collect()
}
