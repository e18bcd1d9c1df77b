//! Chunking: `LinkedGraph` → `ChunkGraph`. Makes a chunk of each group, puts each module into a
//! layer, and lists every name that the scope of a chunk needs. Names are only *preferred* here:
//! which names are taken is known once the modules are rendered, so `names` settles them when the
//! chunk is printed.
//!
//! A classic script has two layers if it holds sloppy CommonJS code. The outer function is sloppy
//! and holds the runtime and the sloppy bodies; the inner one has "use strict" and holds everything
//! else. Without sloppy bodies there is one layer.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostics,
    config::{Format, Minify, ModulesForm},
};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxHashMap;

use crate::{
    link::{EntryKind, Exports, Group, LinkedGraph, Program, Step},
    module::{ExternalId, ModuleId, Target},
    plan::Wrap,
    record::{Request, RequestKind},
};

mod before; // which scripts have always run before another one
mod collect; // the names that modules bring with them
mod cross_chunk_links; // names across scripts, and which script has which runtime functions
mod files; // the names of output files
mod id;
mod meaning; // what a use of a resolved name becomes
mod model;
mod named;
pub mod names;
mod plan;
mod registry; // modules as functions under their keys
mod requests; // what the requests of modules become
mod shared; // which symbols other modules or glue mention
mod version; // the versions by which scripts of different builds fit together

pub use collect::{is_passed_on, star_source};
pub use files::{HASH_DIGITS, MARK, relative};
pub use id::ChunkId;
pub use meaning::meaning_of;
pub use model::{Chunk, ChunkGraph, ChunkImport, Layout, RuntimeParts, Shared, imported_first};
pub use named::Named;
pub use plan::{plan, slot};
pub use registry::{external_key, is_hot};

impl ChunkGraph<'_, '_> {
    /// Adds a chunk for each group of the programs that `is_wanted` selects.
    fn push(&mut self, is_wanted: impl Fn(&Program) -> bool, is_minified: bool) {
        let linked = self.linked;
        for (program, found) in
            linked.programs.iter().enumerate().filter(|(_, found)| is_wanted(found))
        {
            let shared = is_minified.then(|| Arc::new(shared::symbols(found, linked)));
            for group in &found.groups {
                let id = ChunkId::from_index(self.chunks.len());
                let is_alone = !found.is_split;
                self.chunks.push(Chunk {
                    shared: shared.clone(),
                    is_alone,
                    ..empty(id, program, group)
                });
                let worker = group
                    .static_entry
                    .filter(|static_entry| static_entry.kind == EntryKind::Worker);
                self.workers.extend(worker.map(|static_entry| (static_entry.module, id)));
            }
        }
    }
}

/// Makes the chunks of every program, with their files, names and links.
pub fn chunk<'l, 'g>(
    linked: &'l LinkedGraph<'g>,
    config: &Config,
    log: &mut Diagnostics,
) -> ChunkGraph<'l, 'g> {
    let _ = log;
    let is_minified = config.output.minify != Minify::No;
    let is_registry = config.output.modules == ModulesForm::Registry;
    let (homes, workers) = (Vec::new(), FxHashMap::default());
    let mut graph = ChunkGraph {
        linked,
        format: config.output.format,
        is_registry,
        styles: config.output.styles,
        chunks: Vec::new(),
        homes,
        workers,
    };
    let exports = Exports::new(linked.graph);
    graph.push(|program| program.is_split, is_minified);
    match (graph.chunks.is_empty(), is_registry) {
        (true, _) => {}
        (false, true) => registry::split(&mut graph, &exports),
        (false, false) => cross_chunk_links::out(&mut graph, &exports, config),
    }
    let first = graph.chunks.len();
    graph.push(|program| !program.is_split, is_minified);
    for chunk in &mut graph.chunks[first..] {
        let runtime = linked.programs[chunk.program]
            .iter()
            .filter(|(id, _)| linked.graph.module(*id).is_runtime());
        chunk.runtime = runtime.map(|(id, _)| id).collect();
        if is_registry {
            registry::names(chunk, linked);
        } else {
            collect::names(chunk, (&exports, linked), config.output.format, |_| false);
        }
    }
    files::name(&mut graph.chunks, linked, config);
    for index in 0..graph.chunks.len() {
        names::give_export_names(ChunkId::from_index(index), &mut graph, is_minified);
    }
    version::give(&mut graph, config);
    for chunk in &mut graph.chunks {
        lay_out(chunk, linked, (config.output.format, is_registry));
    }
    graph
}

fn empty(id: ChunkId, program: usize, group: &Group) -> Chunk {
    Chunk {
        id,
        program,
        name: String::new(),
        file: String::new(),
        sheet: String::new(),
        is_hashed: false,
        is_silent: false,
        version: String::new(),
        is_alone: false,
        static_entry: group.static_entry,
        bundle: group.bundle,
        within: None,
        entry_points: group.entry_points.clone(),
        modules: group.modules.clone(),
        sequence: group.sequence.clone(),
        imports: group
            .imports
            .iter()
            .map(|import| ChunkImport { chunk: ChunkId::from_index(*import), names: Vec::new() })
            .collect(),
        exports: IndexMap::new(),
        is_registered: false,
        loader: None,
        has_sloppy_layer: false,
        runtime: Vec::new(),
        runtime_parts: None,
        runtime_homes: FxHashMap::default(),
        sloppy: Vec::new(),
        wrapped: Vec::new(),
        script: None,
        externals: Vec::new(),
        names: IndexSet::new(),
        shared: None,
    }
}

/// Sets the layer of each module and the externals that the chunk reads.
fn lay_out(chunk: &mut Chunk, linked: &LinkedGraph<'_>, (format, is_registry): (Format, bool)) {
    let program = &linked.programs[chunk.program];
    for &id in &chunk.modules {
        if is_registry {
            break;
        }
        let wrap = program.module(id).map_or(Wrap::Hoisted, |part| part.wrap);
        if wrap == Wrap::CommonJs
            && !linked.graph.module(id).record.is_strict
            && format != Format::Esm
        {
            chunk.sloppy.push(id);
        } else if wrap != Wrap::Hoisted {
            chunk.wrapped.push(id);
        }
    }
    chunk.has_sloppy_layer = !chunk.sloppy.is_empty();
    chunk.script = only_script(chunk, linked).filter(|_| format == Format::Iife && !is_registry);
    chunk.externals = chunk.names.iter().filter_map(Named::external).collect();
    chunk.externals.extend(imported_externals(chunk, linked, is_registry));
    chunk.externals.sort_unstable();
    chunk.externals.dedup();
    chunk.modules.extend(chunk.runtime.iter().copied().chain(chunk.loader));
    chunk.modules.sort_unstable();
}

/// Returns the plain script that is all a chunk runs, if the chunk otherwise holds only CommonJS in
/// the same layer and our own runtime.
fn only_script(chunk: &Chunk, linked: &LinkedGraph<'_>) -> Option<ModuleId> {
    let [Step::Module(id)] = *chunk.sequence.as_slice() else { return None };
    let is_script = linked.programs[chunk.program].module(id).is_some_and(|part| part.is_script);
    let is_in_one_layer = |named: &Named| {
        matches!(named, Named::Require(of) if *of == id || chunk.sloppy.contains(of))
            || matches!(
                named,
                Named::Symbol(symbol) if linked.graph.module(symbol.module).is_runtime()
            )
    };
    (is_script && !chunk.is_registered && chunk.names.iter().all(is_in_one_layer)).then_some(id)
}

/// Returns the externals that are needed although the chunk uses no name of them (`import
/// "external"`). In a registry all externals, because modules mention them by key.
fn imported_externals(
    chunk: &Chunk,
    linked: &LinkedGraph<'_>,
    is_registry: bool,
) -> Vec<ExternalId> {
    let modules = chunk.modules.iter().map(|id| linked.graph.module(*id));
    let requests = modules.flat_map(|module| module.record.requests.iter().zip(&module.targets));
    let external = |(request, target): (&Request, &Target)| match target {
        Target::External(external) if is_registry || request.kind == RequestKind::Import => {
            Some(*external)
        }
        Target::External(_)
        | Target::Module(_)
        | Target::Missing
        | Target::Text(_)
        | Target::None => None,
    };
    requests.filter_map(external).collect()
}
