//! Chunking: `LinkedGraph` → `ChunkGraph`. Makes a chunk of each group, puts each module into a
//! layer, and lists every name that the scope of a chunk needs. Names are only *preferred* here:
//! which names are taken is known once the modules are rendered, so `names` settles them when the
//! chunk is printed.
//!
//! The stages: each group of modules (`Grouped`) gets its `Files`, then its links to other chunks
//! (`Linked`), and from these `finish` makes the `Chunk`.
//!
//! A classic script has two layers if it holds sloppy CommonJS code. The outer function is sloppy
//! and holds the runtime and the sloppy bodies; the inner one has "use strict" and holds everything
//! else. Without sloppy bodies there is one layer.

use std::sync::Arc;

use bundle_base::{
    Config,
    config::{Format, Minify, ModulesForm},
};
use rustc_hash::FxHashMap;

use crate::{
    link::{EntryKind, Exports, LinkedGraph, Step},
    module::{ExternalId, ModuleId, Target},
    plan::Wrap,
    record::{Request, RequestKind},
};

mod binding; // how the rendered text refers to a resolved name
mod collect; // the names that modules add to the scope of a chunk
mod cross_chunk_links; // names across scripts, and which script has which runtime functions
mod cross_module_symbols; // which symbols are mentioned outside their own modules
mod earlier_chunks; // which chunks have always run before another one
mod files; // the names of output files
mod id; // the id of a chunk
mod model; // the stages of a chunk, and the chunk graph
mod named; // what has a name in the scope of a chunk
pub mod names; // the final names of a chunk's scope
mod plan; // the render plan of a module
mod registry; // modules as functions under their keys
mod requests; // what the requests of modules become
mod runtime; // which functions of our own runtime a chunk has
mod specifier; // the specifier by which a file refers to another one
mod version; // the versions by which scripts of different builds fit together

pub use binding::binding_of;
pub use collect::{is_reexported, star_source};
pub use files::{HASH_DIGITS, PLACEHOLDER_START};
pub use id::ChunkId;
pub use model::{
    Chunk, ChunkGraph, ChunkImport, CrossModuleSymbols, Files, Layers, Layout, Links, RuntimeParts,
    imported_first,
};
use model::{Grouped, Homes, Linked};
pub use named::Named;
pub use plan::{plan, slot};
pub use registry::{external_key, is_hot};
pub use specifier::specifier_from;

/// Makes the chunks of every program, with their files, names and links.
pub fn chunk<'l, 'g>(linked: &'l LinkedGraph<'g>, config: &Config) -> ChunkGraph<'l, 'g> {
    let is_minified = config.output.minify != Minify::No;
    let groups = group(linked, is_minified);
    let files = files::files_of_chunks(&groups, linked, config);
    let workers = workers(&groups);
    let split = groups.partition_point(|chunk| linked.programs[chunk.program].is_split);
    let homes = Homes::of(&groups[..split], linked);
    let chunks = link(groups, split, &homes, linked, config);
    let finished = |(chunk, files): (Linked<'_>, Files)| finish(chunk, files, linked, config);
    ChunkGraph {
        linked,
        format: config.output.format,
        form: config.output.modules,
        styles: config.output.styles,
        chunks: chunks.into_iter().zip(files).map(finished).collect(),
        homes,
        workers,
    }
}

/// Returns the groups of all programs: those of the programs with splitting first.
fn group<'l>(linked: &'l LinkedGraph<'_>, is_minified: bool) -> Vec<Grouped<'l>> {
    let (split, alone): (Vec<_>, Vec<_>) =
        linked.programs.iter().enumerate().partition(|(_, program)| program.is_split);
    let mut groups = Vec::new();
    for (program, found) in split.into_iter().chain(alone) {
        let symbols = is_minified.then(|| Arc::new(cross_module_symbols::find(found, linked)));
        let first = groups.len();
        for group in &found.groups {
            let id = ChunkId::from_index(groups.len());
            groups.push(Grouped {
                id,
                program,
                first,
                group,
                cross_module_symbols: symbols.clone(),
            });
        }
    }
    groups
}

/// Returns the chunk of each module that is started as a worker.
fn workers(groups: &[Grouped<'_>]) -> FxHashMap<ModuleId, ChunkId> {
    let worker = |chunk: &Grouped<'_>| {
        let static_entry = chunk.group.static_entry?;
        (static_entry.kind == EntryKind::Worker).then_some((static_entry.module, chunk.id))
    };
    groups.iter().filter_map(worker).collect()
}

/// Finds the links of every chunk. The first `split` groups are those of programs with splitting.
fn link<'l>(
    groups: Vec<Grouped<'l>>,
    split: usize,
    homes: &Homes,
    linked: &LinkedGraph<'_>,
    config: &Config,
) -> Vec<Linked<'l>> {
    let exports = Exports::new(linked.graph);
    let mut chunks: Vec<Linked<'l>> = groups.into_iter().map(Linked::new).collect();
    let (split, alone) = chunks.split_at_mut(split);
    match config.output.modules {
        ModulesForm::Hoisted => cross_chunk_links::link(split, homes, &exports, linked, config),
        ModulesForm::Registry => registry::link(split, homes, &exports, linked),
    }
    for chunk in alone {
        let runtime = linked.programs[chunk.program]
            .iter()
            .filter(|(id, _)| linked.graph.module(*id).is_runtime());
        chunk.links.runtime = runtime.map(|(id, _)| id).collect();
        match config.output.modules {
            ModulesForm::Hoisted => {
                collect::names(chunk, &exports, linked, config.output.format, |_| false);
            }
            ModulesForm::Registry => registry::names(chunk, linked),
        }
    }
    chunks
}

/// Makes a chunk of its group, links and files.
fn finish(chunk: Linked<'_>, files: Files, linked: &LinkedGraph<'_>, config: &Config) -> Chunk {
    let layers = match config.output.modules {
        ModulesForm::Hoisted => layers(&chunk, linked, config.output.format),
        ModulesForm::Registry => Layers::default(),
    };
    let externals = externals(&chunk, linked, config.output.modules);
    let is_minified = config.output.minify != Minify::No;
    let exports = names::of_exports(&chunk.exports, linked.graph, is_minified);
    let version = version::of(&chunk, &exports, linked.graph, config);
    let Linked { id, program, group, cross_module_symbols, links, exports: _ } = chunk;
    let own = group.modules.iter().chain(&links.runtime).copied();
    let mut modules: Vec<ModuleId> = own.chain(links.loader).collect();
    modules.sort_unstable();
    Chunk {
        id,
        program,
        static_entry: group.static_entry,
        manual_chunk: group.manual_chunk,
        entry_points: group.entry_points.clone(),
        modules,
        cross_module_symbols,
        files,
        links,
        exports,
        version,
        layers,
        externals,
    }
}

/// Returns the layer of each module of a chunk, and the classic script that needs no inner layer.
fn layers(chunk: &Linked<'_>, linked: &LinkedGraph<'_>, format: Format) -> Layers {
    let program = &linked.programs[chunk.program];
    let mut layers = Layers::default();
    for &id in &chunk.group.modules {
        let wrap = program.module(id).map_or(Wrap::Hoisted, |m| m.wrap);
        if wrap == Wrap::CommonJs
            && !linked.graph.module(id).record.is_strict
            && format != Format::Esm
        {
            layers.sloppy.push(id);
        } else if wrap != Wrap::Hoisted {
            layers.wrapped.push(id);
        }
    }
    if format == Format::Iife {
        layers.script = only_script(chunk, &layers.sloppy, linked);
    }
    layers
}

/// Returns the classic script that a chunk runs, if it runs nothing else and otherwise holds only
/// CommonJS in the same layer and our own runtime.
fn only_script(
    chunk: &Linked<'_>,
    sloppy: &[ModuleId],
    linked: &LinkedGraph<'_>,
) -> Option<ModuleId> {
    let [Step::Module(id)] = *chunk.links.sequence.as_slice() else { return None };
    let is_script = linked.programs[chunk.program].module(id).is_some_and(|m| m.is_script);
    let is_in_one_layer = |named: &Named| {
        matches!(named, Named::Require(of) if *of == id || sloppy.contains(of))
            || matches!(
                named,
                Named::Symbol(symbol) if linked.graph.module(symbol.module).is_runtime()
            )
    };
    (is_script && !chunk.links.is_registered && chunk.links.names.iter().all(is_in_one_layer))
        .then_some(id)
}

/// Returns the externals that a chunk reads, in id order: those whose names it uses, and those that
/// it only imports (`import "external"`). In a registry these are all externals that its modules
/// request or run first, because modules mention them by key.
fn externals(chunk: &Linked<'_>, linked: &LinkedGraph<'_>, form: ModulesForm) -> Vec<ExternalId> {
    let modules = chunk.group.modules.iter().map(|id| linked.graph.module(*id));
    let requests = modules.flat_map(|module| module.record.requests.iter().zip(&module.targets));
    let external = |(request, target): (&Request, &Target)| match target {
        Target::External(external)
            if form == ModulesForm::Registry || request.kind == RequestKind::Import =>
        {
            Some(*external)
        }
        Target::External(_)
        | Target::Module(_)
        | Target::Missing
        | Target::Text(_)
        | Target::None => None,
    };
    let named = chunk.links.names.iter().filter_map(Named::external);
    let mut externals: Vec<ExternalId> = named.chain(requests.filter_map(external)).collect();
    if form == ModulesForm::Registry {
        // They may reach a module through modules that are left out.
        let program = &linked.programs[chunk.program];
        let modules = chunk.group.modules.iter().filter_map(|id| program.module(*id));
        let steps = modules.flat_map(|module| &module.prologue);
        externals.extend(steps.filter_map(|step| match step {
            Step::External(id) => Some(*id),
            Step::Module(_) => None,
        }));
    }
    externals.sort_unstable();
    externals.dedup();
    externals
}
