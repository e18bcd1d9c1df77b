//! `LinkedGraph` → `ChunkGraph`: who ships together, in which layer, and every name the chunk's scope needs. Names are only
//! *preferred* here: what they must not be is known when the pieces are rendered, so `names` settles them at the join.
//!
//! A classic chunk has two layers when it holds sloppy CommonJS: the outer function is sloppy and holds the runtime
//! and those bodies, the inner one says "use strict" and holds everything else. Without sloppy bodies there is one.

use bundle_base::{
    Config, Diagnostics,
    config::{Format, Minify},
};
use indexmap::IndexSet;
use rustc_hash::FxHashSet;

use crate::{
    link::{LinkedGraph, LinkedModule, Program},
    module::{ExternalId, ModuleId, SymbolRef, Target},
    plan::Wrap,
    record::{RequestIndex, RequestKind, SymbolKind},
};

pub mod names;
mod plan;
mod shared; // which symbols others mention

pub use plan::{meaning_of, plan, slot};

/// Everything that has a name in a chunk's scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Named {
    /// A top-level name of an ES module.
    Symbol(SymbolRef),
    /// The namespace object of an ES module.
    Namespace(ModuleId),
    /// The function that runs a lazy ES module once.
    Init(ModuleId),
    /// The function that gives what `require` gives.
    Require(ModuleId),
    /// The function that gives what `import()` resolves to; for CommonJS, it depends on who asks.
    Import(ModuleId, bool),
    /// `module.exports` of a CommonJS module, once it was loaded.
    Exports(ModuleId),
    /// The getter of its default export.
    Default(ModuleId),
    /// Its namespace; the flag is `Interop::is_node`.
    CommonJsNamespace(ModuleId, bool),
    /// The value of an external (iife, cjs), once it was read.
    External(ExternalId),
    /// The function that gives what `require` of an external gives (iife).
    ExternalRequire(ExternalId),
    /// The function that gives what `import()` of an external resolves to (iife, cjs).
    ExternalImport(ExternalId, bool),
    /// The getter of its default export (iife, cjs).
    ExternalDefault(ExternalId),
    /// Its namespace; in esm output the binding of `import * as`.
    ExternalNamespace(ExternalId, bool),
    /// A name imported from it by an import declaration (esm).
    ExternalName(ExternalId, String),
    /// A variable that minifying moved to the top level of a module, numbered by the module's text. Known at the join.
    Lifted(ModuleId, u32),
}

impl Named {
    /// The external that it is about.
    fn external(&self) -> Option<ExternalId> {
        match self {
            Self::External(id)
            | Self::ExternalRequire(id)
            | Self::ExternalImport(id, _)
            | Self::ExternalDefault(id)
            | Self::ExternalNamespace(id, _)
            | Self::ExternalName(id, _) => Some(*id),
            Self::Symbol(_)
            | Self::Namespace(_)
            | Self::Init(_)
            | Self::Require(_)
            | Self::Import(..)
            | Self::Exports(_)
            | Self::Default(_)
            | Self::CommonJsNamespace(..)
            | Self::Lifted(..) => None,
        }
    }
}

/// The chunks of a build.
pub struct ChunkGraph<'l, 'g> {
    /// What was chunked.
    pub linked: &'l LinkedGraph<'g>,
    /// The form of every chunk.
    pub format: Format,
    /// One an entry, in the order of entries.
    pub chunks: Vec<Chunk>,
}

/// Modules that ship in one file.
pub struct Chunk {
    /// Position in `LinkedGraph::programs`.
    pub program: usize,
    /// It holds sloppy CommonJS bodies, so it has two layers.
    pub has_sloppy_layer: bool,
    /// Modules of our runtime, first in the outer layer.
    pub runtime: Vec<ModuleId>,
    /// Sloppy CommonJS modules, in id order, in the outer layer.
    pub sloppy: Vec<ModuleId>,
    /// Strict CommonJS modules and lazy ES modules, in id order.
    pub wrapped: Vec<ModuleId>,
    /// Externals it mentions, in id order.
    pub externals: Vec<ExternalId>,
    /// Every name of its scope, in an order that depends on the program alone.
    pub names: IndexSet<Named>,
    /// When minifying: symbols that somebody beside their own statements mentions.
    pub shared: Option<FxHashSet<SymbolRef>>,
}

impl<'g> ChunkGraph<'_, 'g> {
    /// The program of a chunk.
    pub fn program(&self, chunk: &Chunk) -> &Program {
        &self.linked.programs[chunk.program]
    }

    /// The graph under everything.
    pub fn graph(&self) -> &'g crate::module::ModuleGraph {
        self.linked.graph
    }
}

/// Distributes the modules of every program over chunks.
pub fn chunk<'l, 'g>(linked: &'l LinkedGraph<'g>, config: &Config, log: &mut Diagnostics) -> ChunkGraph<'l, 'g> {
    let _ = log;
    let chunks = (0..linked.programs.len()).map(|program| one_file(program, linked, config)).collect();
    ChunkGraph { linked, format: config.output.format, chunks }
}

fn one_file(program: usize, linked: &LinkedGraph<'_>, config: &Config) -> Chunk {
    let graph = linked.graph;
    let found = &linked.programs[program];
    let format = config.output.format;
    let mut chunk = Chunk {
        program,
        has_sloppy_layer: false,
        runtime: Vec::new(),
        sloppy: Vec::new(),
        wrapped: Vec::new(),
        externals: Vec::new(),
        names: IndexSet::new(),
        shared: (config.output.minify != Minify::No).then(|| shared::symbols(found, linked)),
    };
    for (id, part) in found.iter() {
        let module = graph.module(id);
        if module.is_runtime() {
            chunk.runtime.push(id);
        } else if part.wrap == Wrap::CommonJs && !module.record.is_strict && format != Format::Esm {
            chunk.sloppy.push(id);
        } else if part.wrap != Wrap::Hoisted {
            chunk.wrapped.push(id);
        }
    }
    chunk.has_sloppy_layer = !chunk.sloppy.is_empty();
    // Names of an earlier module win the plain spelling, our own runtime's last.
    let (runtime, own): (Vec<_>, Vec<_>) = found.iter().partition(|(id, _)| chunk.runtime.contains(id));
    for (id, part) in own.into_iter().chain(runtime) {
        collect_names(id, part, linked, &mut chunk.names);
        collect_meanings(part, format, &mut chunk.names);
        collect_calls(id, part, (linked, format), &mut chunk.names);
    }
    collect_star_sources(found, linked, &mut chunk.names);
    chunk.externals = chunk.names.iter().filter_map(Named::external).collect();
    chunk.externals.extend(side_effect_externals(found, linked));
    chunk.externals.sort_unstable();
    chunk.externals.dedup();
    chunk
}

/// Names that a module declares in the chunk's scope.
fn collect_names(id: ModuleId, part: &LinkedModule, linked: &LinkedGraph<'_>, names: &mut IndexSet<Named>) {
    let module = linked.graph.module(id);
    if part.wrap != Wrap::CommonJs {
        for (statement, _) in module.record.statements.iter().zip(&part.live).filter(|(_, live)| **live) {
            names.extend(statement.declares.iter().map(|&symbol| Named::Symbol(SymbolRef { module: id, symbol })));
        }
    }
    match part.wrap {
        Wrap::CommonJs => drop(names.insert(Named::Require(id))),
        Wrap::Lazy => drop(names.insert(Named::Init(id))),
        Wrap::Hoisted => {}
    }
    if part.needs_namespace {
        names.insert(Named::Namespace(id));
    }
}

/// Names that come with what imported names mean.
fn collect_meanings(part: &LinkedModule, format: Format, names: &mut IndexSet<Named>) {
    let members = part.members.iter().map(|m| &m.resolved);
    let exported = part.exported.iter().map(|(_, resolved)| resolved);
    for resolved in part.resolved.iter().flatten().chain(members).chain(exported) {
        let (_, meant) = meaning_of(resolved, format);
        match &meant {
            Some(Named::Default(of) | Named::CommonJsNamespace(of, _)) => drop(names.insert(Named::Exports(*of))),
            Some(Named::ExternalDefault(of)) => drop(names.insert(Named::External(*of))),
            Some(Named::ExternalNamespace(of, _)) if format != Format::Esm => drop(names.insert(Named::External(*of))),
            _ => {}
        }
        names.extend(meant);
    }
}

/// Names that requests inside live statements need.
fn collect_calls(
    id: ModuleId,
    part: &LinkedModule,
    (linked, format): (&LinkedGraph<'_>, Format),
    names: &mut IndexSet<Named>,
) {
    let module = linked.graph.module(id);
    for (index, request) in module.record.requests.iter().enumerate() {
        let index = RequestIndex(u32::try_from(index).expect("fewer than four billion requests"));
        let stays_a_call = format != Format::Iife && matches!(module.target(index), Target::External(_));
        if is_asked(module, part, index)
            && !(stays_a_call && (format == Format::Esm || request.kind == RequestKind::Require))
        {
            names.extend(slot_of_request(request, module.target(index), (id, linked)));
        }
    }
}

fn is_asked(module: &crate::module::Module, part: &LinkedModule, request: RequestIndex) -> bool {
    let live = module.record.statements.iter().zip(&part.live).filter(|(_, live)| **live);
    live.into_iter().any(|(statement, _)| statement.requests.contains(&request))
}

/// What stands in a request's slot, if anything.
fn slot_of_request(
    request: &crate::record::Request,
    target: &Target,
    (importer, linked): (ModuleId, &LinkedGraph<'_>),
) -> Option<Named> {
    let is_node = linked.graph.module(importer).is_node_esm;
    match (&request.kind, target) {
        (RequestKind::Require | RequestKind::Context(_), Target::Module(to)) => Some(Named::Require(*to)),
        (RequestKind::Dynamic, Target::Module(to)) => {
            Some(Named::Import(*to, is_node && linked.graph.module(*to).is_commonjs()))
        }
        (RequestKind::Glob(_), Target::Module(to)) => Some(Named::Symbol(default_symbol(*to, linked)?)),
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

/// `export *` from CommonJS and externals reads their values.
fn collect_star_sources(program: &Program, linked: &LinkedGraph<'_>, names: &mut IndexSet<Named>) {
    let exports = crate::link::Exports::new(linked.graph);
    for (id, _) in program.iter().filter(|(_, part)| part.needs_namespace) {
        names.extend(exports.dynamic_stars(id).into_iter().filter_map(|target| match target {
            Target::Module(of) => Some(Named::Exports(of)),
            Target::External(of) => Some(Named::External(of)),
            Target::Missing | Target::Text(_) | Target::None => None,
        }));
    }
}

/// `import "external"`: nothing of it is mentioned, but it has to be there.
fn side_effect_externals(program: &Program, linked: &LinkedGraph<'_>) -> Vec<ExternalId> {
    let mut found = Vec::new();
    for (id, _) in program.iter() {
        let module = linked.graph.module(id);
        for (request, target) in module.record.requests.iter().zip(&module.targets) {
            if let (RequestKind::Import, Target::External(external)) = (&request.kind, target) {
                found.push(*external);
            }
        }
    }
    found
}

/// A symbol of a module is one that the module itself declares.
fn is_own(kind: SymbolKind) -> bool {
    !matches!(kind, SymbolKind::Imported | SymbolKind::Helper)
}
