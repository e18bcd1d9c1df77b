//! Cross-chunk links: a name that one chunk declares and another mentions is exported by the first
//! and imported by the second. Functions of our own runtime are shared like this only in
//! production, from scripts that have always run before. Otherwise every chunk has the functions
//! that it calls.

use std::{cmp::Reverse, collections::BTreeMap, sync::Arc};

use bundle_base::{
    Config, FxIndexSet,
    config::{Format, Mode, Styles},
};
use rustc_hash::FxHashMap;

use super::{
    ChunkId, ChunkImport, Named, RuntimeParts, collect, earlier_chunks,
    model::{Homes, Linked, in_import_order},
    runtime::{KnownParts, give_runtime, has, parts_of},
};
use crate::{
    link::{ExportMode, Exports, LinkedGraph, Step},
    module::{ModuleId, SymbolRef},
    plan::Wrap,
    record::SymbolIndex,
};

mod glue_calls; // the functions of our runtime that glue calls

/// Sets the links of every chunk of the programs with splitting.
pub(super) fn link<'g>(
    chunks: &mut [Linked<'_>],
    homes: &Homes,
    exports: &Exports<'g>,
    linked: &LinkedGraph<'g>,
    config: &Config,
) {
    let (format, styles) = (config.output.format, config.output.styles);
    let mut sharing = Sharing { linked, exports, format, styles, homes, chunks };
    sharing.mentions();
    sharing.connect();
    sharing.calls();
    sharing.connect();
    sharing.mark_scriptless();
    sharing.runtime(config);
    sharing.mark_scriptless();
    if format == Format::Iife {
        let is_scriptless: Vec<bool> =
            chunks.iter().map(|chunk| chunk.links.has_no_script).collect();
        let loads: Vec<bool> = chunks.iter().map(loads_chunks).collect();
        let links = |id: ChunkId| &chunks[id.index()].links;
        let needs_loads = |chunk: &Linked<'_>| {
            chunk.group.static_entry.is_some()
                && in_import_order(links, [chunk.id]).into_iter().any(|id| loads[id.index()])
        };
        let needs_loads: Vec<bool> = chunks.iter().map(needs_loads).collect();
        for (chunk, needs_loads) in chunks.iter_mut().zip(needs_loads) {
            register(chunk, |id| is_scriptless[id.index()], needs_loads, linked);
        }
    }
}

/// Decides whether a classic script registers on the page, and adds the names that this needs.
/// `has_no_script`: whether a chunk lacks a script. `needs_loads`: the chunk is an entry, and it or
/// a chunk that it needs loads others.
pub(super) fn register(
    chunk: &mut Linked<'_>,
    has_no_script: impl Fn(ChunkId) -> bool,
    needs_loads: bool,
    linked: &LinkedGraph<'_>,
) {
    let loads_chunks = loads_chunks(chunk);
    let imports =
        chunk.links.imports.iter().map(|import| import.chunk).filter(|id| !has_no_script(*id));
    let imports: Vec<Named> = imports.map(Named::Chunk).collect();
    chunk.links.is_registered =
        loads_chunks || chunk.group.static_entry.is_none() || !imports.is_empty();
    // The parameters of its function are also names of its scope, and must not hide a global.
    if chunk.links.is_registered {
        chunk.links.names.insert(Named::Loader);
        chunk.links.names.extend(imports);
    }
    if chunk.links.is_registered && chunk.group.static_entry.is_some() {
        chunk.links.loader = if needs_loads {
            linked.graph.chunk_loader
        } else {
            linked.graph.chunk_loader_without_loads
        };
    }
    if let Some(loader) = chunk.links.loader {
        let own = linked.programs[chunk.program].module(loader).expect("linking marks it");
        collect::declared(loader, own, linked, &mut chunk.links.names);
    }
}

/// Whether the modules of a chunk load others, or need addresses.
fn loads_chunks(chunk: &Linked<'_>) -> bool {
    chunk.links.names.iter().any(|named| matches!(named, Named::Load(..) | Named::Loader))
}

/// Adds the reading of externals to the chunk of an entry whose module is in another chunk: it
/// reads the externals that it re-exports once more, and `require` returns the same value.
fn read_externals(chunk: &mut Linked<'_>) {
    if chunk
        .group
        .static_entry
        .is_some_and(|static_entry| chunk.group.modules.contains(&static_entry.module))
    {
        return;
    }
    let values = chunk.links.names.iter().filter(|named| matches!(named, Named::External(_)));
    let reads = values.filter_map(Named::external).map(Step::External);
    let missing: Vec<Step> = reads.filter(|step| !chunk.links.sequence.contains(step)).collect();
    chunk.links.sequence.extend(missing);
}

struct Sharing<'a, 'l, 'g> {
    linked: &'a LinkedGraph<'g>,
    exports: &'a Exports<'g>,
    format: Format,
    styles: Styles,
    homes: &'a Homes,
    chunks: &'a mut [Linked<'l>],
}

impl Sharing<'_, '_, '_> {
    /// Collects the names that the modules of each chunk and the exports of entries mention.
    fn mentions(&mut self) {
        for chunk in self.chunks.iter_mut() {
            let (own, program) = (chunk.id, chunk.program);
            let imported: Vec<ChunkId> =
                chunk.links.imports.iter().map(|import| import.chunk).collect();
            let is_loaded_later = |id: ModuleId| {
                let home = self.homes.get(program, id, self.linked);
                home.is_some_and(|home| home != own && !imported.contains(&home))
            };
            collect::names(chunk, self.exports, self.linked, self.format, is_loaded_later);
            let Some(static_entry) = chunk.group.static_entry else { continue };
            let is_commonjs = self.linked.graph.module(static_entry.module).is_commonjs();
            match static_entry.export_mode {
                ExportMode::None => {}
                ExportMode::Object | ExportMode::Named if is_commonjs => {
                    chunk.links.names.insert(Named::Require(static_entry.module));
                }
                ExportMode::Object => {
                    chunk.links.names.insert(Named::Namespace(static_entry.module));
                }
                ExportMode::Named => {
                    let entry = self.linked.programs[chunk.program].module(static_entry.module);
                    let exported =
                        entry.into_iter().flat_map(|m| &m.exported).map(|(_, resolved)| resolved);
                    let exported =
                        exported.filter(|resolved| !collect::is_reexported(resolved, self.format));
                    collect::references(exported, self.format, &mut chunk.links.names);
                    if self.format == Format::Cjs {
                        read_externals(chunk);
                    }
                }
            }
        }
    }

    fn home(&self, id: ModuleId, program: usize) -> Option<ChunkId> {
        self.homes.get(program, id, self.linked)
    }

    /// Adds the names by which chunks call wrapped modules of other chunks.
    fn calls(&mut self) {
        for index in 0..self.chunks.len() {
            let chunk = &self.chunks[index];
            let program = &self.linked.programs[chunk.program];
            let prologues = chunk
                .group
                .modules
                .iter()
                .filter_map(|id| program.module(*id))
                .flat_map(|m| &m.prologue);
            let called: Vec<Named> = chunk
                .links
                .sequence
                .iter()
                .chain(prologues)
                .filter_map(|step| match step {
                    Step::Module(id) if self.home(*id, chunk.program) != Some(chunk.id) => {
                        self.call(chunk.program, *id)
                    }
                    Step::Module(_) | Step::External(_) => None,
                })
                .collect();
            self.chunks[index].links.names.extend(called);
        }
    }

    fn call(&self, program: usize, id: ModuleId) -> Option<Named> {
        let home = self.home(id, program)?;
        match self.linked.programs[program].module(id)?.wrap {
            Wrap::Hoisted => None,
            Wrap::Lazy => Some(Named::Init(id)),
            Wrap::CommonJs
                if self.chunks[home.index()].links.names.contains(&Named::Exports(id)) =>
            {
                Some(Named::Init(id))
            }
            Wrap::CommonJs => Some(Named::Require(id)),
        }
    }

    /// Makes each name that another chunk declares an export there and an import here.
    fn connect(&mut self) {
        for index in 0..self.chunks.len() {
            let (own, program) = (self.chunks[index].id, self.chunks[index].program);
            let home = |named: &Named| {
                let home = named.module().and_then(|id| self.home(id, program));
                home.filter(|home| *home != own)
            };
            let foreign: Vec<(ChunkId, Named)> = self.chunks[index]
                .links
                .names
                .iter()
                .filter_map(|named| Some((home(named)?, named.clone())))
                .collect();
            for named in self.chunks[index].links.names.clone() {
                let Named::Load(id, is_node) = named else { continue };
                let home = self.home(id, program).expect("what is loaded is in a chunk");
                let given = Named::Import(id, is_node);
                self.chunks[home.index()].links.names.insert(given.clone());
                self.chunks[home.index()].exports.insert(given);
            }
            for (home, named) in foreign {
                self.import(index, home, &named);
                let owner = &mut self.chunks[home.index()];
                if let Named::Exports(id) | Named::Default(id) | Named::CommonJsNamespace(id, _) =
                    named
                {
                    owner.links.names.extend([Named::Exports(id), Named::Init(id)]);
                }
                if let Named::Init(id) = named
                    && self.linked.graph.module(id).is_commonjs()
                {
                    owner.links.names.insert(Named::Exports(id));
                }
                owner.links.names.insert(named.clone());
                owner.exports.insert(named);
            }
        }
    }

    fn import(&mut self, index: usize, from: ChunkId, named: &Named) {
        let chunk = &mut self.chunks[index];
        let place =
            chunk.links.imports.iter().position(|import| import.chunk == from).unwrap_or_else(
                || {
                    chunk.links.imports.push(ChunkImport::new(from));
                    chunk.links.imports.len() - 1
                },
            );
        let taken = &mut chunk.links.imports[place].names;
        if !taken.contains(named) {
            taken.push(named.clone());
        }
        // An import declaration binds the name; otherwise it is a property of the exports.
        if self.format != Format::Esm {
            chunk.links.names.shift_remove(named);
            chunk.links.names.insert(Named::Chunk(from));
        }
    }

    /// Gives each chunk the functions of our own runtime that its modules and its glue call, and no
    /// others. So it needs no other script for them, and its contents depend only on its own
    /// modules. In production, where size counts for more, a chunk imports those functions that a
    /// script which has always run before it contains, and a function that several chunks need is
    /// put into a script that has run before all of them.
    fn runtime(&mut self, config: &Config) {
        let mut known = KnownParts::default();
        for index in 0..self.chunks.len() {
            let called: Vec<Named> = self.runtime_calls(&self.chunks[index]);
            self.chunks[index].links.names.extend(called);
        }
        let mut needs: Vec<Vec<SymbolRef>> =
            (0..self.chunks.len()).map(|index| self.runtime_functions(index)).collect();
        let before = match config.mode {
            Mode::Production => {
                let (homes, linked) = (self.homes, self.linked);
                let (format, is_hashed) = (self.format, config.output.hash);
                earlier_chunks::of(
                    self.chunks,
                    &earlier_chunks::Programs { homes, linked, format, is_hashed },
                )
            }
            Mode::Development => vec![FxIndexSet::default(); self.chunks.len()],
        };
        for (home, function) in self.shared_functions(&needs, &before, &mut known) {
            needs[home.index()].push(function);
            needs[home.index()].sort_unstable();
        }
        let mut order = self.imported_first();
        // A script that has run before another one has fewer scripts before it.
        order.sort_by_key(|index| before[*index].len());
        for index in order {
            self.take_runtime(index, &needs[index], &before[index], &mut known);
        }
    }

    /// Returns the functions that are put into a script so that others can import them, each with
    /// that script. At least two scripts must be able to import the function from it, and no script
    /// before these may have it already. Of several possible scripts, the one from which the most
    /// scripts can import it is chosen, and of these the one that the fewest entry points load.
    fn shared_functions(
        &self,
        needs: &[Vec<SymbolRef>],
        before: &[FxIndexSet<ChunkId>],
        known: &mut KnownParts,
    ) -> Vec<(ChunkId, SymbolRef)> {
        let own: Vec<Arc<RuntimeParts>> =
            needs.iter().map(|functions| self.parts(functions, known)).collect();
        let mut users: BTreeMap<SymbolRef, Vec<usize>> = BTreeMap::new();
        for (index, functions) in needs.iter().enumerate() {
            for function in functions {
                let is_there = before[index].iter().any(|id| has(&own[id.index()], *function));
                users.entry(*function).or_default().extend((!is_there).then_some(index));
            }
        }
        let mut given = Vec::new();
        for (function, mut users) in users {
            let mut count: FxHashMap<ChunkId, usize> = FxHashMap::default();
            for id in users.iter().flat_map(|index| &before[*index]) {
                *count.entry(*id).or_default() += 1;
            }
            let mut homes: Vec<ChunkId> =
                count.keys().copied().filter(|id| self.can_export(*id)).collect();
            homes.sort_by_key(|id| {
                (Reverse(count[id]), self.chunks[id.index()].group.entry_points.len(), *id)
            });
            for home in homes {
                let (takers, others): (Vec<usize>, Vec<usize>) =
                    users.iter().partition(|index| before[**index].contains(&home));
                if takers.len() > 1 {
                    given.push((home, function));
                    users = others;
                }
            }
        }
        given
    }

    /// Whether other scripts can import from this one: it exists, and is not the script of an
    /// entry.
    fn can_export(&self, id: ChunkId) -> bool {
        let chunk = &self.chunks[id.index()];
        !chunk.links.has_no_script && chunk.group.static_entry.is_none()
    }

    fn parts(&self, functions: &[SymbolRef], known: &mut KnownParts) -> Arc<RuntimeParts> {
        parts_of(functions.to_vec(), self.exports, known)
    }

    /// Gives a chunk those of its `functions` that no script before it has, and imports the others.
    fn take_runtime(
        &mut self,
        index: usize,
        functions: &[SymbolRef],
        before: &FxIndexSet<ChunkId>,
        known: &mut KnownParts,
    ) {
        let available = self.available_functions(before);
        let own: Vec<SymbolRef> = functions
            .iter()
            .filter(|function| !available.contains_key(*function))
            .copied()
            .collect();
        let parts = self.parts(&own, known);
        for function in functions.iter().filter(|function| !has(&parts, **function)) {
            let (home, named) = (available[function], Named::Symbol(*function));
            self.import(index, home, &named);
            self.chunks[home.index()].exports.insert(named);
            self.chunks[index].links.runtime_homes.insert(*function, home);
        }
        give_runtime(&mut self.chunks[index], parts, self.linked);
    }

    /// Returns the positions of all chunks, each after those that it imports.
    fn imported_first(&self) -> Vec<usize> {
        let all = in_import_order(
            |id| &self.chunks[id.index()].links,
            self.chunks.iter().map(|chunk| chunk.id),
        );
        all.into_iter().map(ChunkId::index).collect()
    }

    /// Marks the chunks whose scripts would do nothing: those with only stylesheets.
    fn mark_scriptless(&mut self) {
        for index in self.imported_first() {
            let chunk = &self.chunks[index];
            let program = &self.linked.programs[chunk.program];
            let runs = |step: &Step| match step {
                Step::Module(id) => program
                    .module(*id)
                    .is_some_and(|m| m.wrap != Wrap::Hoisted || m.live.contains(&true)),
                Step::External(_) => true,
            };
            let puts_styles = |id: &ModuleId| {
                self.styles == Styles::Inject && self.linked.graph.module(*id).is_style()
            };
            let is_plain = chunk.group.static_entry.is_none()
                && chunk.group.manual_chunk.is_none()
                && chunk.exports.is_empty();
            let needs_none = chunk
                .links
                .imports
                .iter()
                .all(|import| self.chunks[import.chunk.index()].links.has_no_script);
            self.chunks[index].links.has_no_script = is_plain
                && needs_none
                && !chunk.links.sequence.iter().any(runs)
                && !chunk.group.modules.iter().any(puts_styles);
        }
    }

    /// Returns the functions of our runtime that a chunk mentions.
    fn runtime_functions(&self, index: usize) -> Vec<SymbolRef> {
        let function = |named: &Named| {
            let Named::Symbol(symbol) = named else { return None };
            self.linked.graph.module(symbol.module).is_runtime().then_some(*symbol)
        };
        let mut functions: Vec<SymbolRef> =
            self.chunks[index].links.names.iter().filter_map(function).collect();
        functions.sort_unstable();
        functions
    }

    /// Returns the functions of our runtime that `chunks` have, each with the first chunk that has
    /// it.
    fn available_functions(&self, chunks: &FxIndexSet<ChunkId>) -> FxHashMap<SymbolRef, ChunkId> {
        let mut found = FxHashMap::default();
        for id in chunks {
            let chunk = &self.chunks[id.index()];
            for (module, own) in chunk.links.runtime_parts.iter().flat_map(|parts| parts.iter()) {
                let used = own
                    .used
                    .iter()
                    .enumerate()
                    .filter(|(_, used)| **used)
                    .map(|(symbol, _)| symbol);
                for symbol in used.filter_map(|symbol| u32::try_from(symbol).ok()) {
                    found
                        .entry(SymbolRef { module: *module, symbol: SymbolIndex(symbol) })
                        .or_insert(*id);
                }
            }
        }
        found
    }
}
