//! The stages of a chunk, and the result of chunking: a `ChunkGraph` of `Chunk`s. Plain data and
//! the queries of later phases; every pass of `chunk` imports it.

use std::{collections::BTreeSet, sync::Arc};

use bundle_base::{
    FxIndexMap, FxIndexSet,
    config::{Format, ModulesForm, Styles},
};
use rustc_hash::{FxHashMap, FxHashSet};

use super::{ChunkId, Named};
use crate::{
    link::{
        ExportMode, Group, LinkedGraph, LinkedModule, Program, StaticEntry, Step, live_targets,
        started_by,
    },
    module::{ExternalId, ModuleId, SymbolRef},
    record::RequestKind,
};

/// The chunks of a build.
pub struct ChunkGraph<'l, 'g> {
    /// The linked graph that was chunked.
    pub linked: &'l LinkedGraph<'g>,
    /// The output format of every chunk.
    pub format: Format,
    /// How modules are written into their chunks.
    pub form: ModulesForm,
    /// Where the styles are written.
    pub styles: Styles,
    /// The chunks by program. In each program, those of the entries come first, in their order.
    pub chunks: Vec<Chunk>,
    /// The chunk of each module.
    pub(super) homes: Homes,
    /// The chunk of each module that is started as a worker.
    pub(super) workers: FxHashMap<ModuleId, ChunkId>,
}

/// A chunk graph without the linked graph. It fits any graph that is linked alike.
pub struct Layout {
    format: Format,
    form: ModulesForm,
    styles: Styles,
    chunks: Vec<Chunk>,
    pub(super) homes: Homes,
    pub(super) workers: FxHashMap<ModuleId, ChunkId>,
}

impl Layout {
    /// Makes the chunk graph of a graph that is linked as the previous one was
    /// (`LinkedGraph::with_bodies`).
    pub fn over<'l, 'g>(self, linked: &'l LinkedGraph<'g>) -> ChunkGraph<'l, 'g> {
        let Self { format, form, styles, chunks, homes, workers } = self;
        ChunkGraph { linked, format, form, styles, chunks, homes, workers }
    }
}

/// Modules that ship in one script and one stylesheet.
pub struct Chunk {
    /// Its own position in `ChunkGraph::chunks`.
    pub id: ChunkId,
    /// The program of its modules: a position in `LinkedGraph::programs`.
    pub program: usize,
    /// The entry whose script it is. The entry module may be in another chunk, if other entry
    /// points need it too.
    pub static_entry: Option<StaticEntry>,
    /// The manual chunk that it is: a position in `Config::shared`.
    pub manual_chunk: Option<usize>,
    /// The entry points that load it: positions in `Program::entry_points`, in ascending order.
    pub entry_points: Vec<usize>,
    /// All its modules, in id order, our own runtime included.
    pub modules: Vec<ModuleId>,
    /// When minifying: the symbols that are mentioned outside the statements of their own modules.
    pub cross_module_symbols: Option<Arc<CrossModuleSymbols>>,
    /// The names of its files.
    pub files: Files,
    /// What it takes from other chunks, and its scope.
    pub links: Links,
    /// What other chunks import from it, each with the export name that they use.
    pub exports: FxIndexMap<Named, String>,
    /// The version of its interface for chunks that import it: scripts of two builds fit together
    /// if it is the same. Empty if it does not register with the page.
    pub version: String,
    /// The functions that enclose its modules.
    pub layers: Layers,
    /// The externals that it mentions, in id order.
    pub externals: Vec<ExternalId>,
}

/// The names of the files of a chunk.
#[derive(Clone, Default)]
pub struct Files {
    /// The path of its script in the output folder, without extension.
    pub name: String,
    /// The path of its script in the output folder.
    pub script: String,
    /// The path of its stylesheet in the output folder, used if it has styles.
    pub stylesheet: String,
    /// Whether both names contain a content hash. Until that is known, a hash placeholder is in its
    /// place.
    pub is_hashed: bool,
    /// The chunk whose files also contain this one: the manual chunk that runs its entry.
    pub within: Option<ChunkId>,
    /// The reverse of `within`: the chunk of the entry that these files also contain.
    pub entry: Option<ChunkId>,
}

/// What a chunk takes from other chunks, and the names of its scope.
pub struct Links {
    /// What runs at the top level, in order: statements of hoisted modules, and calls of the
    /// wrapped modules that these import.
    pub sequence: Vec<Step>,
    /// Chunks that run before it, in this order.
    pub imports: Vec<ChunkImport>,
    /// Every name of its scope, in an order that depends only on the program.
    pub names: FxIndexSet<Named>,
    /// Whether it has no script, only a stylesheet, because nothing runs in it and no chunk imports
    /// a name of it.
    pub has_no_script: bool,
    /// Whether it registers with the chunk loader of the page, to wait for the chunks that it
    /// imports or to load others (iife).
    pub is_registered: bool,
    /// The chunk loader module, in the scripts of entries that are registered.
    pub loader: Option<ModuleId>,
    /// Modules of our runtime, first in the outer layer.
    pub runtime: Vec<ModuleId>,
    /// The functions that it has of these modules, if they are not those of the whole program.
    pub runtime_parts: Option<Arc<RuntimeParts>>,
    /// The chunks that it imports other functions of our runtime from.
    pub runtime_homes: FxHashMap<SymbolRef, ChunkId>,
}

/// The functions that enclose the modules of a chunk.
#[derive(Default)]
pub struct Layers {
    /// The sloppy CommonJS modules, in id order; they are in the outer layer.
    pub sloppy: Vec<ModuleId>,
    /// The strict CommonJS modules and lazy ES modules, in id order.
    pub wrapped: Vec<ModuleId>,
    /// The plain script that is all it runs (iife), so that it needs no inner layer.
    pub script: Option<ModuleId>,
}

/// The chunks of the modules of programs with splitting: per program, in the order of its modules.
pub(super) struct Homes(Vec<Vec<Option<ChunkId>>>);

impl Homes {
    /// Finds the chunk of each module. `groups`: those of programs with splitting.
    pub fn of(groups: &[Grouped<'_>], linked: &LinkedGraph<'_>) -> Self {
        let mut homes: Vec<Vec<Option<ChunkId>>> = Vec::new();
        homes.resize_with(linked.programs.len(), Vec::new);
        for chunk in groups {
            let program = &linked.programs[chunk.program];
            let homes = &mut homes[chunk.program];
            homes.resize(program.iter().len(), None);
            for position in chunk.group.modules.iter().filter_map(|id| program.position(*id)) {
                homes[position] = Some(chunk.id);
            }
        }
        Self(homes)
    }

    /// Returns the chunk of a module in a program; `None` if no chunk of the program has it.
    pub fn get(&self, program: usize, id: ModuleId, linked: &LinkedGraph<'_>) -> Option<ChunkId> {
        *self.0[program].get(linked.programs[program].position(id)?)?
    }
}

/// The first stage of a chunk: the group of modules that it is made of.
pub(super) struct Grouped<'l> {
    pub id: ChunkId,
    /// A position in `LinkedGraph::programs`.
    pub program: usize,
    /// The position of its program's first chunk.
    pub first: usize,
    pub group: &'l Group,
    pub cross_module_symbols: Option<Arc<CrossModuleSymbols>>,
}

/// The second stage of a chunk: its group with its links.
pub(super) struct Linked<'l> {
    pub id: ChunkId,
    /// A position in `LinkedGraph::programs`.
    pub program: usize,
    pub group: &'l Group,
    pub cross_module_symbols: Option<Arc<CrossModuleSymbols>>,
    pub links: Links,
    /// What other chunks import from it.
    pub exports: FxIndexSet<Named>,
}

impl<'l> Linked<'l> {
    /// Begins with the links that the group has.
    pub fn new(Grouped { id, program, first, group, cross_module_symbols }: Grouped<'l>) -> Self {
        let import = |group: &usize| ChunkImport::new(ChunkId::from_index(first + group));
        let links = Links {
            sequence: group.sequence.clone(),
            imports: group.imports.iter().map(import).collect(),
            names: FxIndexSet::default(),
            has_no_script: false,
            is_registered: false,
            loader: None,
            runtime: Vec::new(),
            runtime_parts: None,
            runtime_homes: FxHashMap::default(),
        };
        Self { id, program, group, cross_module_symbols, links, exports: FxIndexSet::default() }
    }
}

/// The symbols that are mentioned outside the statements of their own modules.
#[derive(Debug, Default)]
pub struct CrossModuleSymbols {
    /// All these symbols.
    pub symbols: FxHashSet<SymbolRef>,
    /// The members of `symbols` that namespace objects, exports or glue mention.
    pub by_glue: FxHashSet<SymbolRef>,
}

/// Modules of our own runtime, with the functions of them that are needed.
pub type RuntimeParts = Vec<(ModuleId, LinkedModule)>;

/// What a chunk imports from another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkImport {
    /// The imported chunk.
    pub chunk: ChunkId,
    /// The imported names; empty if it is imported for its side effects only.
    pub names: Vec<Named>,
}

impl ChunkImport {
    /// Makes an import of a chunk that runs before, without names.
    pub(super) fn new(chunk: ChunkId) -> Self {
        Self { chunk, names: Vec::new() }
    }
}

impl Chunk {
    /// Returns the key of the chunk on the page: its file, or the file with `#` if it is contained
    /// in another chunk's files.
    pub fn record_name(&self) -> String {
        let Files { script, within, .. } = &self.files;
        if within.is_some() { format!("{script}#") } else { script.clone() }
    }

    /// Returns the plain script that is all the chunk consists of: its statements are written
    /// directly into the function of the chunk.
    pub fn bare_script(&self) -> Option<ModuleId> {
        let gives = self
            .static_entry
            .is_some_and(|static_entry| static_entry.export_mode == ExportMode::Object);
        self.layers.script.filter(|_| self.links.names.len() == 1 && !gives)
    }

    /// Whether it holds sloppy CommonJS bodies, so that it has two layers.
    pub fn has_sloppy_layer(&self) -> bool {
        !self.layers.sloppy.is_empty()
    }

    /// Whether `import()` of a module has to load a chunk, because the page may not have it yet.
    pub(super) fn loads(&self, id: ModuleId) -> bool {
        [false, true].iter().any(|is_node| self.links.names.contains(&Named::Load(id, *is_node)))
    }
}

impl<'g> ChunkGraph<'_, 'g> {
    /// Returns the chunks without the linked graph, for the next build.
    pub fn into_layout(self) -> Layout {
        let Self { linked: _, format, form, styles, chunks, homes, workers } = self;
        Layout { format, form, styles, chunks, homes, workers }
    }

    /// Returns the program of a chunk.
    pub fn program(&self, chunk: &Chunk) -> &Program {
        &self.linked.programs[chunk.program]
    }

    /// Returns the module graph.
    pub fn graph(&self) -> &'g crate::module::ModuleGraph {
        self.linked.graph
    }

    /// Returns the chunk with an id.
    pub fn chunk(&self, id: ChunkId) -> &Chunk {
        &self.chunks[id.index()]
    }

    /// Returns the linked form of a module in a chunk. For runtime modules the functions of this
    /// chunk (`Links::runtime_parts`) come before those of the program.
    pub fn linked_module<'c>(&'c self, id: ModuleId, chunk: &'c Chunk) -> Option<&'c LinkedModule> {
        let mut own = chunk.links.runtime_parts.iter().flat_map(|parts| parts.iter());
        let own = own.find(|(runtime, _)| *runtime == id).map(|(_, linked_module)| linked_module);
        own.or_else(|| self.program(chunk).module(id))
    }

    /// Returns the chunk of the entry that is contained in the files of this manual chunk.
    pub fn entry_within(&self, chunk: &Chunk) -> Option<&Chunk> {
        chunk.files.entry.map(|entry| self.chunk(entry))
    }

    /// Whether a chunk is a whole program, with copies of all that it needs: the chunk of an entry
    /// without splitting, or of a worker.
    pub fn is_alone(&self, chunk: &Chunk) -> bool {
        !self.program(chunk).is_split
    }

    /// Returns the chunk that holds a module, seen from the chunk `from`, which may have a copy of
    /// its own.
    pub fn home(&self, id: ModuleId, from: &Chunk) -> ChunkId {
        if self.is_alone(from)
            || from.links.loader == Some(id)
            || from.links.runtime_parts.is_some() && self.graph().module(id).is_runtime()
        {
            return from.id;
        }
        let home = self.homes.get(from.program, id, self.linked);
        home.expect("what is mentioned is in a chunk")
    }

    /// Returns the chunk of a module that is started as a worker.
    pub fn worker(&self, id: ModuleId) -> &Chunk {
        self.chunk(self.workers[&id])
    }

    /// Returns the chunks that a chunk starts as workers, in ascending order, each once.
    pub fn started_by(&self, chunk: &Chunk) -> Vec<ChunkId> {
        if self.workers.is_empty() {
            return Vec::new();
        }
        let program = self.program(chunk);
        let parts = chunk.modules.iter().filter_map(|id| Some((*id, program.module(*id)?)));
        let started =
            parts.flat_map(|(id, linked_module)| started_by(id, linked_module, self.graph()));
        let mut started: Vec<ChunkId> = started.map(|id| self.workers[&id]).collect();
        started.sort_unstable();
        started.dedup();
        started
    }

    /// Returns the other chunk that makes a name, and its export name there; `None` if `from` makes
    /// the name itself.
    pub fn foreign(&self, named: &Named, from: &Chunk) -> Option<(ChunkId, &str)> {
        let taken = |named: &Named| {
            let Named::Symbol(symbol) = named else { return None };
            from.links.runtime_homes.get(symbol).copied()
        };
        let home = taken(named).unwrap_or(self.home(named.module()?, from));
        (home != from.id).then(|| (home, self.chunk(home).exports[named].as_str()))
    }

    /// Returns the name that represents `named` in the scope of a chunk: itself, or the other chunk
    /// that has it as a property.
    pub fn name_in_scope(&self, named: Named, from: &Chunk) -> Named {
        match self.foreign(&named, from) {
            Some((home, _)) if self.format != Format::Esm => Named::Chunk(home),
            Some(_) | None => named,
        }
    }

    /// Returns the modules that are copied as assets: the output uses their addresses, or a module
    /// imports them without a name, which is how projects hand images to pages of the server.
    pub fn addressed(&self) -> BTreeSet<ModuleId> {
        let mut found = BTreeSet::new();
        for (id, linked_module) in self.linked.programs.iter().flat_map(Program::iter) {
            let module = self.graph().module(id);
            found.extend(module.address.is_some().then_some(id));
            for (request, target) in module.record.requests.iter().zip(&module.targets) {
                let data = target.module().filter(|id| self.graph().module(*id).is_data);
                found.extend(data.filter(|_| module.record.imports_no_names(request)));
            }
            found.extend(live_targets(id, linked_module, self.graph(), &RequestKind::Url));
        }
        found
    }

    /// Iterates over the imports of a chunk that have a script.
    pub fn scripts_imported<'c>(
        &'c self,
        chunk: &'c Chunk,
    ) -> impl Iterator<Item = &'c ChunkImport> {
        chunk.links.imports.iter().filter(|import| !self.chunk(import.chunk).links.has_no_script)
    }

    /// Returns the chunks that a chunk may load by `import()`, in ascending order, each once.
    pub fn loaded_by(&self, chunk: &Chunk) -> Vec<ChunkId> {
        let modules = |id: &ModuleId| self.graph().module(*id).dynamic_targets();
        let loaded = chunk.modules.iter().flat_map(modules).filter(|id| chunk.loads(*id));
        let mut loaded: Vec<ChunkId> = loaded.map(|id| self.home(id, chunk)).collect();
        loaded.sort_unstable();
        loaded.dedup();
        loaded
    }

    /// Returns the chunks that `import()` of a module loads: the chunk of the module first, then
    /// what that one imports and `from` does not.
    pub fn loaded_with(&self, id: ModuleId, from: &Chunk) -> Vec<ChunkId> {
        let available = self.with_imports(from.id, &FxIndexSet::default());
        self.with_imports(self.home(id, from), &available).into_iter().collect()
    }

    /// Returns the files that `import()` of a module loads (iife): the scripts, its own first, then
    /// the stylesheets.
    pub fn files_loaded_with(&self, id: ModuleId, from: &Chunk) -> Vec<String> {
        let chunks = self.loaded_with(id, from);
        let scripts =
            chunks.iter().map(|id| self.chunk(*id)).filter(|chunk| !chunk.links.has_no_script);
        let scripts = scripts.map(|chunk| chunk.files.script.clone());
        let has_stylesheet = |chunk: &&Chunk| {
            self.styles == Styles::File
                && chunk.modules.iter().any(|id| self.graph().module(*id).is_style())
        };
        let stylesheets = chunks
            .iter()
            .map(|id| self.chunk(*id))
            .filter(has_stylesheet)
            .map(|chunk| chunk.files.stylesheet.clone());
        scripts.chain(stylesheets).collect()
    }

    /// Returns a chunk and everything that it imports, directly or not, without `known`.
    fn with_imports(&self, first: ChunkId, known: &FxIndexSet<ChunkId>) -> FxIndexSet<ChunkId> {
        let mut found = FxIndexSet::from_iter([first]);
        let mut next = 0;
        while let Some(&id) = found.get_index(next) {
            next += 1;
            found.extend(
                self.chunk(id)
                    .links
                    .imports
                    .iter()
                    .map(|i| i.chunk)
                    .filter(|id| !known.contains(id)),
            );
        }
        found
    }
}

/// Returns the wanted chunks with all that they import, directly or not: each after those that it
/// imports, in their order. In a cycle the chunk that is reached first comes last.
pub fn imported_first(chunks: &[Chunk], wanted: impl IntoIterator<Item = ChunkId>) -> Vec<ChunkId> {
    in_import_order(|id| &chunks[id.index()].links, wanted)
}

/// As `imported_first`, for chunks whose links `links` returns.
pub(super) fn in_import_order<'c>(
    links: impl Fn(ChunkId) -> &'c Links,
    wanted: impl IntoIterator<Item = ChunkId>,
) -> Vec<ChunkId> {
    let mut order = Vec::new();
    let mut begun = FxHashSet::default();
    for first in wanted {
        // Each chunk with the number of its imports that were followed.
        let mut open = Vec::from_iter(begun.insert(first).then_some((first, 0)));
        while let Some((id, looked_at)) = open.last_mut() {
            let Some(import) = links(*id).imports.get(*looked_at) else {
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
