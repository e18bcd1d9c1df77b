//! What chunking makes: a `ChunkGraph` of `Chunk`s. Plain data and the questions that later phases
//! ask of it; every pass of `chunk` imports it.

use std::{collections::BTreeSet, sync::Arc};

use bundle_base::config::{Format, Styles};
use indexmap::{IndexMap, IndexSet};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Named, Shared};
use crate::{
    link::{
        ExportMode, LinkedGraph, LinkedModule, Program, StaticEntry, Step, live_targets, started_by,
    },
    module::{ExternalId, ModuleId, SymbolRef},
    record::RequestKind,
};

/// Index into `ChunkGraph::chunks`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ChunkId(pub u32);

impl ChunkId {
    /// The id at a position of `ChunkGraph::chunks`.
    pub fn from_index(index: usize) -> Self {
        Self(u32::try_from(index).expect("fewer than four billion chunks"))
    }

    /// The position in `ChunkGraph::chunks`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// The chunks of a build.
pub struct ChunkGraph<'l, 'g> {
    /// What was chunked.
    pub linked: &'l LinkedGraph<'g>,
    /// The form of every chunk.
    pub format: Format,
    /// Its modules are functions under their keys.
    pub is_registry: bool,
    /// Where styles go.
    pub styles: Styles,
    /// First one an entry, in the order of entries.
    pub chunks: Vec<Chunk>,
    /// Per module, which of the chunks that share it is in; nothing where none do.
    pub(super) homes: Vec<Option<ChunkId>>,
    /// The chunks of modules that are started as workers.
    pub(super) workers: FxHashMap<ModuleId, ChunkId>,
}

/// A chunk graph without what was chunked. It fits whatever is linked alike.
pub struct Layout {
    format: Format,
    is_registry: bool,
    styles: Styles,
    chunks: Vec<Chunk>,
    pub(super) homes: Vec<Option<ChunkId>>,
    pub(super) workers: FxHashMap<ModuleId, ChunkId>,
}

impl Layout {
    /// The chunks of a graph that is linked as the one before (`LinkedGraph::with_bodies`).
    pub fn over<'l, 'g>(self, linked: &'l LinkedGraph<'g>) -> ChunkGraph<'l, 'g> {
        let Self { format, is_registry, styles, chunks, homes, workers } = self;
        ChunkGraph { linked, format, is_registry, styles, chunks, homes, workers }
    }
}

/// Modules that ship in one file.
#[expect(clippy::struct_excessive_bools, reason = "facts that exclude nothing of each other")]
pub struct Chunk {
    /// Its own position in `ChunkGraph::chunks`.
    pub id: ChunkId,
    /// Position in `LinkedGraph::programs`.
    pub program: usize,
    /// The path of its file in the output folder, without extension.
    pub name: String,
    /// The path of its file in the output folder.
    pub file: String,
    /// The path of the sheet beside it, if it has one.
    pub sheet: String,
    /// Both have a hash of their contents in their names; until these are known, a mark stands for
    /// it.
    pub is_hashed: bool,
    /// What it looks like to those that import it: scripts of two builds fit together if this is
    /// the same.
    pub version: String,
    /// Nothing runs in it, and nobody takes anything of it: there is no script for it, only a
    /// sheet.
    pub is_silent: bool,
    /// It has copies of all that it needs, so it is a whole program: without splitting an entry's,
    /// and a worker's.
    pub is_alone: bool,
    /// The entry whose script it is. Its module may be in another chunk, if others need it too.
    pub static_entry: Option<StaticEntry>,
    /// The bundle of `Config::shared` that it is.
    pub bundle: Option<usize>,
    /// The chunk whose files are its files too: that of the bundle that its entry runs in.
    pub within: Option<ChunkId>,
    /// Who loads it: positions in `Program::entry_points`, rising.
    pub entry_points: Vec<usize>,
    /// Everything in it, in id order, our own runtime included.
    pub modules: Vec<ModuleId>,
    /// What runs at the top level: hoisted modules' statements, and calls of the wrapped modules
    /// that they import.
    pub sequence: Vec<Step>,
    /// Chunks that run before it, in this order.
    pub imports: Vec<ChunkImport>,
    /// What other chunks import of it, with the names they know it by.
    pub exports: IndexMap<Named, String>,
    /// It waits on the page for the chunks that it imports, or can load others (iife).
    pub is_registered: bool,
    /// The module that lets chunks meet on the page: in the scripts of entries that are registered.
    pub loader: Option<ModuleId>,
    /// It holds sloppy CommonJS bodies, so it has two layers.
    pub has_sloppy_layer: bool,
    /// Modules of our runtime, first in the outer layer.
    pub runtime: Vec<ModuleId>,
    /// What of these it has, if it has less than its program.
    pub runtime_parts: Option<Arc<RuntimeParts>>,
    /// The chunks that it takes other functions of our runtime from.
    pub runtime_homes: FxHashMap<SymbolRef, ChunkId>,
    /// Sloppy CommonJS modules, in id order, in the outer layer.
    pub sloppy: Vec<ModuleId>,
    /// Strict CommonJS modules and lazy ES modules, in id order.
    pub wrapped: Vec<ModuleId>,
    /// The plain script whose run is all that it does (iife): nothing needs an inner layer.
    pub script: Option<ModuleId>,
    /// Externals it mentions, in id order.
    pub externals: Vec<ExternalId>,
    /// Every name of its scope, in an order that depends on the program alone.
    pub names: IndexSet<Named>,
    /// When minifying: symbols that somebody beside their own statements mentions.
    pub shared: Option<Arc<Shared>>,
}

/// Modules of our own runtime, and what of them somebody needs.
pub type RuntimeParts = Vec<(ModuleId, LinkedModule)>;

/// What a chunk takes from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkImport {
    /// Which chunk.
    pub chunk: ChunkId,
    /// What of it; nothing if only its effects are wanted.
    pub names: Vec<Named>,
}

impl Chunk {
    /// What its record is called on the page: as its file, if nothing else is in that.
    pub fn record_name(&self) -> String {
        if self.within.is_some() { format!("{}#", self.file) } else { self.file.clone() }
    }

    /// The plain script that is all there is: its statements stand in the function of the chunk
    /// itself.
    pub fn bare_script(&self) -> Option<ModuleId> {
        let gives = self
            .static_entry
            .is_some_and(|static_entry| static_entry.export_mode == ExportMode::Object);
        self.script.filter(|_| self.names.len() == 1 && !gives)
    }

    /// Whether `import()` of a module has to load a chunk: the page may not have it yet.
    pub(super) fn loads(&self, id: ModuleId) -> bool {
        [false, true].iter().any(|is_node| self.names.contains(&Named::Load(id, *is_node)))
    }
}

impl<'g> ChunkGraph<'_, 'g> {
    /// The chunks, for the next build.
    pub fn into_layout(self) -> Layout {
        let Self { linked: _, format, is_registry, styles, chunks, homes, workers } = self;
        Layout { format, is_registry, styles, chunks, homes, workers }
    }

    /// The program of a chunk.
    pub fn program(&self, chunk: &Chunk) -> &Program {
        &self.linked.programs[chunk.program]
    }

    /// The graph under everything.
    pub fn graph(&self) -> &'g crate::module::ModuleGraph {
        self.linked.graph
    }

    /// The chunk under an id.
    pub fn chunk(&self, id: ChunkId) -> &Chunk {
        &self.chunks[id.index()]
    }

    /// A module's part in a chunk.
    pub fn part<'c>(&'c self, id: ModuleId, chunk: &'c Chunk) -> Option<&'c LinkedModule> {
        let mut own = chunk.runtime_parts.iter().flat_map(|parts| parts.iter());
        let own = own.find(|(runtime, _)| *runtime == id).map(|(_, part)| part);
        own.or_else(|| self.program(chunk).module(id))
    }

    /// The chunk of an entry that is in the files of this one.
    pub fn entry_within(&self, chunk: &Chunk) -> Option<&Chunk> {
        chunk.bundle?;
        self.chunks.iter().find(|other| other.within == Some(chunk.id))
    }

    /// The chunk that a module is in, for whom looks from `from`.
    pub fn home(&self, id: ModuleId, from: &Chunk) -> ChunkId {
        if from.is_alone
            || from.loader == Some(id)
            || from.runtime_parts.is_some() && self.graph().module(id).is_runtime()
        {
            return from.id;
        }
        self.homes[id.index()].expect("what is mentioned is in a chunk")
    }

    /// The chunk of a module that is started as a worker.
    pub fn worker(&self, id: ModuleId) -> &Chunk {
        self.chunk(self.workers[&id])
    }

    /// The chunks that a chunk starts as workers, rising.
    pub fn started_by(&self, chunk: &Chunk) -> Vec<ChunkId> {
        let program = self.program(chunk);
        let parts = chunk.modules.iter().filter_map(|id| Some((*id, program.module(*id)?)));
        let started = parts.flat_map(|(id, part)| started_by(id, part, self.graph()));
        let mut started: Vec<ChunkId> = started.map(|id| self.workers[&id]).collect();
        started.sort_unstable();
        started.dedup();
        started
    }

    /// The other chunk that makes what a name means, and the name by which it gives it away.
    pub fn foreign(&self, named: &Named, from: &Chunk) -> Option<(ChunkId, &str)> {
        let taken = |named: &Named| {
            let Named::Symbol(symbol) = named else { return None };
            from.runtime_homes.get(symbol).copied()
        };
        let home = taken(named).unwrap_or(self.home(named.module()?, from));
        (home != from.id).then(|| (home, self.chunk(home).exports[named].as_str()))
    }

    /// What stands for a name in a chunk's scope: itself, or the other chunk whose property it is.
    pub fn stand_in(&self, named: Named, from: &Chunk) -> Named {
        match self.foreign(&named, from) {
            Some((home, _)) if self.format != Format::Esm => Named::Chunk(home),
            Some(_) | None => named,
        }
    }

    /// Modules that are used as they are, and whose addresses the output tells.
    pub fn addressed(&self) -> BTreeSet<ModuleId> {
        let mut found = BTreeSet::new();
        for (id, part) in self.linked.programs.iter().flat_map(Program::iter) {
            found.extend(self.graph().module(id).address.is_some().then_some(id));
            found.extend(live_targets(id, part, self.graph(), &RequestKind::Url));
        }
        found
    }

    /// What a chunk imports that has a script.
    pub fn scripts_imported<'c>(
        &'c self,
        chunk: &'c Chunk,
    ) -> impl Iterator<Item = &'c ChunkImport> {
        chunk.imports.iter().filter(|import| !self.chunk(import.chunk).is_silent)
    }

    /// The chunks that a chunk may load, each once, in their order.
    pub fn loaded_by(&self, chunk: &Chunk) -> Vec<ChunkId> {
        let modules = |id: &ModuleId| self.graph().module(*id).dynamic_targets();
        let loaded = chunk.modules.iter().flat_map(modules).filter(|id| chunk.loads(*id));
        let mut loaded: Vec<ChunkId> = loaded.map(|id| self.home(id, chunk)).collect();
        loaded.sort_unstable();
        loaded.dedup();
        loaded
    }

    /// The chunks that `import()` of a module loads: its own first, then what that one needs and
    /// `from` does not.
    pub fn loaded_with(&self, id: ModuleId, from: &Chunk) -> Vec<ChunkId> {
        let at_hand = self.with_imports(from.id, &IndexSet::new());
        self.with_imports(self.home(id, from), &at_hand).into_iter().collect()
    }

    /// The files that `import()` of a module loads (iife): scripts, its own first, then their
    /// sheets.
    pub fn files_loaded_with(&self, id: ModuleId, from: &Chunk) -> Vec<String> {
        let chunks = self.loaded_with(id, from);
        let scripts = chunks.iter().map(|id| self.chunk(*id)).filter(|chunk| !chunk.is_silent);
        let scripts = scripts.map(|chunk| chunk.file.clone());
        let has_sheet = |chunk: &&Chunk| {
            self.styles == Styles::File
                && chunk.modules.iter().any(|id| self.graph().module(*id).is_style())
        };
        let sheets = chunks
            .iter()
            .map(|id| self.chunk(*id))
            .filter(has_sheet)
            .map(|chunk| chunk.sheet.clone());
        scripts.chain(sheets).collect()
    }

    /// A chunk and everything that it imports, but for `known`.
    fn with_imports(&self, first: ChunkId, known: &IndexSet<ChunkId>) -> IndexSet<ChunkId> {
        let mut found = IndexSet::from([first]);
        let mut next = 0;
        while let Some(&id) = found.get_index(next) {
            next += 1;
            found.extend(
                self.chunk(id).imports.iter().map(|i| i.chunk).filter(|id| !known.contains(id)),
            );
        }
        found
    }
}

/// The chunks that are wanted with all that they import, directly or not: each behind those that it
/// imports, in their order. In a cycle whoever is asked for first comes last.
pub fn imported_first(chunks: &[Chunk], wanted: impl IntoIterator<Item = ChunkId>) -> Vec<ChunkId> {
    let mut order = Vec::new();
    let mut begun = FxHashSet::default();
    for first in wanted {
        // With how many of its imports were looked at.
        let mut open = Vec::from_iter(begun.insert(first).then_some((first, 0)));
        while let Some((id, looked_at)) = open.last_mut() {
            let Some(import) = chunks[id.index()].imports.get(*looked_at) else {
                order.push(*id);
                open.pop();
                continue;
            };
            *looked_at += 1;
            if begun.insert(import.chunk) {
                open.push((import.chunk, 0));
            }
        }
    }
    order
}
