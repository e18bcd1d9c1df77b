//! Chunks of a registry: scripts that register modules under their keys. Modules do not share a
//! scope, so the scope of a chunk holds our runtime alone. Each chunk has the runtime functions
//! that its modules call. The chunk of an entry also has the code that creates the registry; the
//! first entry script on a page runs it for all.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Chunk, ChunkGraph, ChunkId, Named, collect,
    cross_chunk_links::register,
    model::{Homes, Linked},
    requests::call,
    runtime::{KnownParts, give_runtime, parts_of},
};
use crate::{
    link::{
        Exports, LinkedGraph, LinkedModule, Resolved, Step, live_targets, makes_registry,
        needs_address, needs_addresses,
    },
    module::{ExternalModule, Module, ModuleGraph, ModuleId, SymbolRef, Target},
    plan::{Binding, Load, MemberBinding, Mention, Registered, RequestCall},
    record::{RequestIndex, RequestKind, SourceFormat, Symbol, SymbolKind},
};

/// Returns the registry key of an external.
pub fn external_key(external: &ExternalModule) -> Arc<str> {
    format!("(external) {}", external.specifier).into()
}

/// Puts the runtime into the chunks of the programs with splitting, and sets which scripts each
/// chunk waits for and may load.
pub(super) fn link<'g>(
    chunks: &mut [Linked<'_>],
    homes: &Homes,
    exports: &Exports<'g>,
    linked: &LinkedGraph<'g>,
) {
    let mut known = KnownParts::default();
    for chunk in chunks {
        let parts = parts_of(functions(chunk, linked, exports), exports, &mut known);
        chunk.links.names.extend([Named::Registry, Named::Modules]);
        give_runtime(chunk, parts, linked);
        name_loader(chunk, linked);
        let loads = loads(chunk, homes, linked);
        chunk.links.names.extend(loads);
        register(chunk, |_| false, true, linked);
        // Modules of other chunks are read from the registry.
        chunk.links.names.retain(|named| !matches!(named, Named::Chunk(_)));
    }
}

/// Returns the functions of our runtime that a chunk or its modules call.
fn functions(
    chunk: &Linked<'_>,
    linked: &LinkedGraph<'_>,
    exports: &Exports<'_>,
) -> Vec<SymbolRef> {
    let mut found = BTreeSet::new();
    let mut note = |resolved: &Resolved| {
        if let Resolved::Symbol(symbol) = resolved
            && linked.graph.module(symbol.module).is_runtime()
            && !is_hot(&export_name(*symbol, linked.graph))
        {
            found.insert(*symbol);
        }
    };
    let program = &linked.programs[chunk.program];
    for linked_module in chunk.group.modules.iter().filter_map(|id| program.module(*id)) {
        linked_module.resolved.iter().flatten().for_each(&mut note);
        linked_module.members.iter().for_each(|member| note(&member.resolved));
        linked_module.exported.iter().for_each(|(_, resolved)| note(resolved));
    }
    if chunk.group.static_entry.is_some() {
        found.extend(makes_registry(true, exports));
    }
    found.into_iter().collect()
}

/// Sets the names of a chunk that has all runtime functions of its program.
pub(super) fn names(chunk: &mut Linked<'_>, linked: &LinkedGraph<'_>) {
    let program = &linked.programs[chunk.program];
    chunk.links.names.extend([Named::Registry, Named::Modules]);
    for &id in &chunk.links.runtime {
        let linked_module = program.module(id).expect("listed from the program");
        collect::declared(id, linked_module, linked, &mut chunk.links.names);
    }
    name_loader(chunk, linked);
}

/// Adds the name of the object with the addresses of files, if a module of the chunk needs an
/// address.
fn name_loader(chunk: &mut Linked<'_>, linked: &LinkedGraph<'_>) {
    let program = &linked.programs[chunk.program];
    let linked_module =
        |id: &ModuleId| (*id, program.module(*id).expect("a chunk's modules are in its program"));
    if chunk
        .group
        .modules
        .iter()
        .map(linked_module)
        .any(|(id, linked_module)| needs_addresses(id, linked_module, linked.graph))
    {
        chunk.links.names.insert(Named::Loader);
    }
}

/// Returns the names of the functions by which a chunk's modules load modules of other chunks.
fn loads(chunk: &Linked<'_>, homes: &Homes, linked: &LinkedGraph<'_>) -> Vec<Named> {
    let program = &linked.programs[chunk.program];
    let is_imported = |home: ChunkId| chunk.links.imports.iter().any(|import| import.chunk == home);
    let is_elsewhere = |to: ModuleId| {
        let home = homes.get(chunk.program, to, linked);
        home.is_some_and(|home| home != chunk.id && !is_imported(home))
    };
    let linked_module =
        |id: &ModuleId| (*id, program.module(*id).expect("a chunk's modules are in its program"));
    let asked = chunk
        .group
        .modules
        .iter()
        .map(linked_module)
        .flat_map(|(id, linked_module)| dynamic(id, linked_module, linked.graph));
    asked
        .filter(|(to, _)| is_elsewhere(*to))
        .map(|(to, is_node)| Named::Load(to, is_node))
        .collect()
}

/// Returns the modules that a module imports by `import()`, with the flag of `Named::Load`.
fn dynamic(
    id: ModuleId,
    linked_module: &LinkedModule,
    graph: &ModuleGraph,
) -> Vec<(ModuleId, bool)> {
    let module = graph.module(id);
    let asked = live_targets(id, linked_module, graph, &RequestKind::Dynamic).into_iter();
    asked.map(|to| (to, module.is_node_esm && graph.module(to).is_commonjs())).collect()
}

/// The parts of the render plan of a registered module that differ from those of a hoisted one.
pub(super) struct Parts {
    pub bindings: Vec<Binding>,
    pub members: Vec<MemberBinding>,
    pub calls: Vec<RequestCall>,
    pub registered: Registered,
}

/// Makes the parts of a module's render plan in a registry, which refer to modules by keys instead
/// of ids.
pub(super) fn parts(
    id: ModuleId,
    linked_module: &LinkedModule,
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
) -> Parts {
    let modules = graph.graph();
    let module = modules.module(id);
    let record = &module.record;
    let most = record.imports.len() + record.requests.len() + linked_module.members.len();
    let mut slots = Slots { mentions: Vec::with_capacity(most), next: 0 };
    let unresolved =
        |kind: SymbolKind| if kind.is_own() { Binding::Name } else { Binding::Missing };
    let binding = |(symbol, resolved): (&Symbol, &Option<Resolved>)| {
        let meaning = resolved.as_ref().map(|resolved| meaning(id, resolved, modules));
        let (binding, mention) = meaning.unwrap_or_else(|| (unresolved(symbol.kind), None));
        slots.next(mention);
        binding
    };
    let bindings = record.symbols.iter().zip(&linked_module.resolved).map(binding).collect();
    let mut calls = Vec::with_capacity(record.requests.len());
    for index in 0..record.requests.len() {
        let made = call(module, linked_module, index, chunk, graph);
        let request = RequestIndex(u32::try_from(index).expect("fewer than four billion requests"));
        let mention = (made != RequestCall::None)
            .then(|| request_mention(module, request, chunk, graph))
            .flatten();
        slots.next(mention);
        calls.push(made);
    }
    let member = |member: &crate::link::Member| {
        let (binding, mention) = meaning(id, &member.resolved, modules);
        slots.next(mention);
        MemberBinding { symbol: member.symbol, path: member.path.clone(), binding }
    };
    let members = linked_module.members.iter().map(member).collect();
    let exported = |(name, resolved): &(String, Resolved)| {
        let (binding, mention) = meaning(id, resolved, modules);
        (name.clone(), binding, mention)
    };
    let key_of = |step: &Step| match step {
        Step::Module(id) => Arc::clone(&modules.module(*id).key),
        Step::External(id) => external_key(modules.external(*id)),
    };
    let names_hot =
        |(_, mention): &(u32, Mention)| matches!(mention, Mention::Helper(name) if is_hot(name));
    let specifiers =
        if slots.mentions.iter().any(names_hot) { specifiers(module, modules) } else { Vec::new() };
    let registered = Registered {
        key: Arc::clone(&module.key),
        needs: linked_module.prologue.iter().map(key_of).collect(),
        is_async: linked_module.is_async,
        mentions: slots.mentions,
        starred: linked_module.exported.iter().map(exported).collect(),
        stars: stars(linked_module, modules),
        specifiers,
    };
    Parts { bindings, members, calls, registered }
}

/// Whether `helper` is the runtime function that replaces `module.hot` or `import.meta.hot`.
pub fn is_hot(helper: &str) -> bool {
    matches!(helper, "hot" | "meta_hot")
}

/// Returns the specifiers of a module's requests with the keys of their targets; each once.
fn specifiers(module: &Module, graph: &ModuleGraph) -> Vec<(Arc<str>, Arc<str>)> {
    let mut found: Vec<(Arc<str>, Arc<str>)> = Vec::new();
    for (request, target) in module.record.requests.iter().zip(&module.targets) {
        let key = match target {
            Target::Module(to) if !graph.module(*to).is_runtime() => {
                Arc::clone(&graph.module(*to).key)
            }
            Target::External(to) => external_key(graph.external(*to)),
            Target::Module(_) | Target::Missing | Target::Text(_) | Target::None => continue,
        };
        if found.iter().all(|(known, _)| **known != *request.specifier) {
            found.push(((*request.specifier).into(), key));
        }
    }
    found
}

/// The mentions by slot. Slots are numbered in this order: symbols, requests, members.
struct Slots {
    mentions: Vec<(u32, Mention)>,
    next: u32,
}

impl Slots {
    fn next(&mut self, mention: Option<Mention>) {
        self.mentions.extend(mention.map(|mention| (self.next, mention)));
        self.next += 1;
    }
}

/// Returns what a use of a resolved name becomes, and what its slot mentions.
fn meaning(
    importer: ModuleId,
    resolved: &Resolved,
    graph: &ModuleGraph,
) -> (Binding, Option<Mention>) {
    let key = |id: ModuleId| Arc::clone(&graph.module(id).key);
    match resolved {
        Resolved::Symbol(symbol) if symbol.module == importer => {
            (Binding::Name, Some(Mention::Own(symbol.symbol)))
        }
        Resolved::Symbol(symbol) => {
            let name = export_name(*symbol, graph);
            if graph.module(symbol.module).is_runtime() {
                (Binding::Name, Some(Mention::Helper(name)))
            } else {
                (Binding::Member(name), Some(Mention::Exports(key(symbol.module))))
            }
        }
        Resolved::Namespace(of) => (Binding::Name, Some(Mention::Exports(key(*of)))),
        Resolved::Dynamic { module, name } => {
            (Binding::Member(name.clone()), Some(Mention::Exports(key(*module))))
        }
        Resolved::Constant(_, value) => (Binding::Literal(value.clone()), None),
        Resolved::Missing => (Binding::Missing, None),
        Resolved::CommonJs(interop) => {
            foreign(key(interop.of), interop.name.as_deref(), interop.is_node)
        }
        Resolved::External(interop) => foreign(
            external_key(graph.external(interop.of)),
            interop.name.as_deref(),
            interop.is_node,
        ),
    }
}

/// As `meaning`, for a name of a module whose exports are known only at run time.
fn foreign(key: Arc<str>, name: Option<&str>, is_node: bool) -> (Binding, Option<Mention>) {
    match name {
        None => (Binding::Name, Some(Mention::CommonJsNamespace { key, is_node })),
        Some("default") if is_node => (Binding::Name, Some(Mention::CommonJs(key))),
        Some("default") => (Binding::Getter, Some(Mention::Default(key))),
        Some(name) => (Binding::Member(name.to_owned()), Some(Mention::CommonJs(key))),
    }
}

/// Returns a name by which the module of a symbol exports it.
fn export_name(symbol: SymbolRef, graph: &ModuleGraph) -> String {
    let exports = &graph.module(symbol.module).record.exports;
    let export = exports.iter().find(|export| export.symbol == symbol.symbol);
    export.expect("what others import is exported").name.clone()
}

/// Returns what the slot of a request mentions.
fn request_mention(
    module: &Module,
    request: RequestIndex,
    chunk: &Chunk,
    graph: &ChunkGraph<'_, '_>,
) -> Option<Mention> {
    let modules = graph.graph();
    let kind = &module.record.requests[request.0 as usize].kind;
    match (kind, module.target(request)) {
        (RequestKind::Require | RequestKind::Context(_), Target::Module(to)) => {
            let to = modules.module(*to);
            Some(Mention::Require {
                key: Arc::clone(&to.key),
                is_data: to.is_data && to.record.format == SourceFormat::Esm,
            })
        }
        (RequestKind::Require, Target::External(to)) => {
            Some(Mention::Require { key: external_key(modules.external(*to)), is_data: false })
        }
        (RequestKind::Dynamic, Target::Module(to)) => {
            let key = Arc::clone(&modules.module(*to).key);
            let is_node = module.is_node_esm && modules.module(*to).is_commonjs();
            if !chunk.loads(*to) {
                return Some(Mention::Import { key, is_node });
            }
            let files = graph.files_loaded_with(*to, chunk);
            let version = graph.chunk(graph.home(*to, chunk)).version.clone();
            Some(Mention::Load(Box::new(Load { key, is_node, files, version })))
        }
        (RequestKind::Dynamic, Target::External(to)) => Some(Mention::Import {
            key: external_key(modules.external(*to)),
            is_node: module.is_node_esm,
        }),
        _ if needs_address(
            &module.record.requests[request.0 as usize],
            module.target(request),
            modules,
        ) =>
        {
            Some(Mention::Loader)
        }
        (RequestKind::Glob(_), Target::Module(to)) => {
            Some(Mention::DefaultOf(Arc::clone(&modules.module(*to).key)))
        }
        _ => None,
    }
}

/// Returns the keys of the modules and externals that a module re-exports by `export *` and whose
/// exports are known only at run time.
fn stars(linked_module: &LinkedModule, graph: &ModuleGraph) -> Vec<Arc<str>> {
    let key = |target: &Target| match target {
        Target::Module(of) => Some(Arc::clone(&graph.module(*of).key)),
        Target::External(of) => Some(external_key(graph.external(*of))),
        Target::Missing | Target::Text(_) | Target::None => None,
    };
    linked_module.dynamic_stars.iter().filter_map(key).collect()
}
