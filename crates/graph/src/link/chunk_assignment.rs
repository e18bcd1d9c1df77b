//! Chunk assignment: which modules ship together. Each module has the set of entry points that need
//! it; modules with the same set become one chunk. So no page loads a module that it does not need,
//! and no module is in two scripts. (Manual chunks and chunk merging then raise the set of entry
//! points that *load* a module.)
//!
//! What a module imports is needed by at least the same entry points. A chunk therefore imports
//! only from chunks that more entry points need, and no cycle of scripts arises.
//! docs/design/chunk-assignment.md has a worked example.

use std::cell::OnceCell;

use bundle_base::{
    Config,
    config::{Format, ManualChunk, Mode, OutputConfig},
};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    link::{
        EntryKind, EntryPoint, Exports, Group, LinkedModule, StaticEntry, Step,
        chunk_merging::{self, MergeInput},
        entry_point_sets::Bits,
        live_requests,
        manual_chunks::{ManualChunks, Pages},
        style_order,
    },
    module::{Module, ModuleGraph, ModuleId, Target},
    record::RequestKind,
};

mod model;

pub(super) use model::{ChunkAssignment, Groups, owner};

/// The part of the configuration that chunk assignment reads.
pub(super) struct Options<'a> {
    /// The manual chunks.
    pub manual_chunks: &'a [ManualChunk],
    /// The position of the first of them in `Config::shared`.
    pub first_manual_chunk: usize,
    pub format: Format,
    /// The output options, if chunks are to be merged. Not in development: requests are cheap
    /// there, and an edit should not move other modules to another chunk.
    pub merging: Option<&'a OutputConfig>,
}

impl<'a> Options<'a> {
    pub(super) fn of(static_entries: &[StaticEntry], config: &'a Config) -> Self {
        let output = &config.output;
        let merging = (config.mode == Mode::Production).then_some(output);
        // An entry that is linked alone has one manual chunk, at its own position.
        let manual_chunks = match static_entries {
            [StaticEntry { kind: EntryKind::Configured(entry), .. }]
                if output.is_split_by_entry() && !config.shared.is_empty() =>
            {
                *entry..entry + 1
            }
            _ => 0..config.shared.len(),
        };
        let first_manual_chunk = manual_chunks.start;
        Self {
            manual_chunks: &config.shared[manual_chunks],
            first_manual_chunk,
            format: output.format,
            merging,
        }
    }
}

impl ChunkAssignment {
    /// Finds what every entry point needs and loads.
    pub(super) fn of(
        static_entries: &[StaticEntry],
        exports: &Exports<'_>,
        modules: &[Option<LinkedModule>],
        options: &Options<'_>,
    ) -> Self {
        let graph = exports.graph();
        let (needs, dynamic) = needs_of_all(exports, modules);
        let entry_points = entry_points(static_entries, &dynamic);
        let needed = needed_by(&entry_points, &needs);
        let pages = Pages {
            entry_points: &entry_points,
            dynamic: &dynamic,
            configured: options.manual_chunks,
        };
        let manual_chunks = ManualChunks::of(&needed, graph, &needs, &pages, options.format);
        let mut orders = Vec::new();
        orders.resize_with(entry_points.len(), OnceCell::default);
        let mut assignment = Self {
            entry_points,
            needs,
            dynamic,
            needed,
            manual_chunks,
            orders,
            style_order: style_order::of(static_entries, graph),
            first_manual_chunk: options.first_manual_chunk,
            is_merged: options.merging.is_some(),
        };
        if let Some(output) = options.merging {
            assignment.merge(graph, modules, output);
        }
        assignment
    }

    /// Merges chunks, which makes entry points load more modules.
    fn merge(
        &mut self,
        graph: &ModuleGraph,
        modules: &[Option<LinkedModule>],
        output: &OutputConfig,
    ) {
        let sizes: Vec<u64> = graph
            .modules
            .iter()
            .zip(modules)
            .map(|(module, linked)| size(module, linked.as_ref()))
            .collect();
        let input = MergeInput { graph, assignment: self, sizes: &sizes };
        for (modules, entry_points) in chunk_merging::merged(&input, output) {
            for id in modules {
                self.manual_chunks.loads.raise(id, &entry_points);
            }
        }
    }

    /// Makes the groups of modules that ship together, with an empty `sequence`: the groups of
    /// entries first, then the others by their first module.
    pub(super) fn groups(&self, graph: &ModuleGraph) -> Groups {
        let loads = &self.manual_chunks.loads;
        let mut groups: Vec<Group> = Vec::new();
        let mut by_set: FxHashMap<(Option<usize>, Vec<u64>), usize> = FxHashMap::default();
        for (entry_point, static_entry) in self.entry_points.iter().enumerate() {
            let EntryPoint::Static(static_entry) = static_entry else { continue };
            let mut set = loads.empty_set();
            Bits::insert(&mut set, entry_point);
            by_set.insert((None, set), groups.len());
            groups.push(Group { static_entry: Some(*static_entry), ..empty(vec![entry_point]) });
        }
        let mut homes = vec![None; self.needs.len()];
        for (index, home) in homes.iter_mut().enumerate() {
            let id = ModuleId::from_index(index);
            if loads.is_empty(id) {
                continue;
            }
            let manual_chunk = self.manual_chunks.homes[index];
            let group =
                *by_set.entry((manual_chunk, loads.set(id).to_vec())).or_insert_with(|| {
                    let entry_points = Bits::entry_points(loads.set(id)).collect();
                    let manual_chunk =
                        manual_chunk.map(|manual_chunk| self.first_manual_chunk + manual_chunk);
                    groups.push(Group { manual_chunk, ..empty(entry_points) });
                    groups.len() - 1
                });
            groups[group].modules.push(id);
            *home = Some(group);
        }
        let mut groups = Groups { groups, homes };
        for group in 0..groups.groups.len() {
            groups.groups[group].imports = self.imports(group, &[], &groups, graph);
        }
        for entry_point in (0..self.entry_points.len()).filter(|_| self.is_merged) {
            let EntryPoint::Static(_) = self.entry_points[entry_point] else { continue };
            let stylesheets = self.stylesheets_apart(entry_point, &groups, graph);
            if !stylesheets.is_empty() {
                groups.groups[entry_point].imports =
                    self.imports(entry_point, &stylesheets, &groups, graph);
            }
        }
        // A manual chunk with an entry runs the entry in its script, so it also needs what the
        // entry waits for.
        for group in 0..groups.groups.len() {
            let manual_chunk = groups.groups[group]
                .manual_chunk
                .map(|manual_chunk| manual_chunk - self.first_manual_chunk);
            let entry =
                manual_chunk.and_then(|manual_chunk| self.manual_chunks.entries[manual_chunk]);
            let more = entry.map(|entry| groups.groups[entry].imports.clone()).unwrap_or_default();
            let imports = &mut groups.groups[group].imports;
            let new: Vec<usize> = more
                .into_iter()
                .filter(|other| *other != group && !imports.contains(other))
                .collect();
            imports.extend(new);
        }
        groups
    }

    /// Returns the groups with stylesheets that an entry needs and that none of its imports brings,
    /// because the scripts that import these stylesheets are on more pages.
    fn stylesheets_apart(
        &self,
        entry_point: usize,
        groups: &Groups,
        graph: &ModuleGraph,
    ) -> Vec<usize> {
        let mut brought = FxHashSet::from_iter([entry_point]);
        let mut stack = vec![entry_point];
        while let Some(group) = stack.pop() {
            stack.extend(
                groups.groups[group].imports.iter().filter(|import| brought.insert(**import)),
            );
        }
        let order = self
            .evaluation_order(entry_point, graph)
            .iter()
            .filter(|id| graph.module(**id).is_style());
        unique(
            order.filter_map(|id| groups.homes[id.index()]).filter(|home| !brought.contains(home)),
        )
    }

    /// Returns the groups that a group imports, `more` included: in the order in which its only
    /// entry point needs them, the rest by their first module.
    fn imports(
        &self,
        group: usize,
        more: &[usize],
        groups: &Groups,
        graph: &ModuleGraph,
    ) -> Vec<usize> {
        let found = &groups.groups[group];
        let mut needed: FxHashSet<usize> =
            found.static_entry.and_then(|e| groups.homes[e.module.index()]).into_iter().collect();
        for &id in &found.modules {
            // A module imported by `import()` that every page with this script loads anyway costs
            // no request.
            let already_loaded = self.dynamic[id.index()]
                .iter()
                .filter(|to| self.manual_chunks.loads.is_within(id, **to));
            // A stylesheet that is not on all pages of this module is imported by the entries that
            // need it.
            let is_brought = |to: &&ModuleId| {
                !graph.module(**to).is_style() || self.manual_chunks.loads.is_within(id, **to)
            };
            let needs = self.needs[id.index()].iter().filter(is_brought);
            needed.extend(needs.chain(already_loaded).filter_map(|to| groups.homes[to.index()]));
        }
        needed.extend(more);
        needed.remove(&group);
        let order = match found.only_entry_point() {
            Some(entry_point) => self.evaluation_order(entry_point, graph),
            None => &[],
        };
        let mut imports: Vec<usize> =
            unique(order.iter().filter_map(|id| groups.homes[id.index()]));
        imports.retain(|import| needed.remove(import));
        let mut rest: Vec<usize> = needed.into_iter().collect();
        rest.sort_unstable_by_key(|other| groups.groups[*other].modules.first().copied());
        imports.extend(rest);
        imports
    }
}

/// Returns what each module needs when it runs, and what it imports by `import()`.
fn needs_of_all(
    exports: &Exports<'_>,
    modules: &[Option<LinkedModule>],
) -> (Vec<Vec<ModuleId>>, Vec<Vec<ModuleId>>) {
    let of_module = |(index, linked): (usize, &Option<LinkedModule>)| {
        let id = ModuleId::from_index(index);
        let (needs, dynamic) =
            linked.as_ref().map_or_else(Default::default, |linked| needs(id, linked, exports));
        let is_user_module = |to: &ModuleId| {
            modules[to.index()].is_some() && !exports.graph().module(*to).is_runtime() && *to != id
        };
        (unique(needs.into_iter().filter(is_user_module)), unique(dynamic.into_iter()))
    };
    modules.iter().enumerate().map(of_module).unzip()
}

/// Returns the entry points: the static entries, and everything that is imported by `import()`.
fn entry_points(static_entries: &[StaticEntry], dynamic: &[Vec<ModuleId>]) -> Vec<EntryPoint> {
    let mut asked: Vec<ModuleId> = dynamic.iter().flatten().copied().collect();
    asked.sort_unstable();
    asked.dedup();
    let of_entries = static_entries.iter().copied().map(EntryPoint::Static);
    of_entries.chain(asked.into_iter().map(EntryPoint::Dynamic)).collect()
}

/// Returns per module the entry points that need it.
fn needed_by(entry_points: &[EntryPoint], needs: &[Vec<ModuleId>]) -> Bits {
    let mut needed = Bits::new(needs.len(), entry_points.len());
    for (index, entry_point) in entry_points.iter().enumerate() {
        let mut set = needed.empty_set();
        Bits::insert(&mut set, index);
        let mut stack = vec![entry_point.module()];
        while let Some(id) = stack.pop() {
            if needed.raise(id, &set) {
                stack.extend(&needs[id.index()]);
            }
        }
    }
    needed
}

fn empty(entry_points: Vec<usize>) -> Group {
    Group {
        static_entry: None,
        manual_chunk: None,
        entry_points,
        modules: Vec::new(),
        imports: Vec::new(),
        sequence: Vec::new(),
    }
}

/// Estimates how many bytes of a module's source are kept.
fn size(module: &Module, linked: Option<&LinkedModule>) -> u64 {
    let Some(linked) = linked else { return 0 };
    let (all, live) =
        (linked.live.len().max(1) as u64, linked.live.iter().filter(|live| **live).count() as u64);
    module.source.text.len() as u64 * live / all
}

/// Returns the modules that a module needs when it runs, and those that it imports by `import()`.
/// Both may have duplicates.
fn needs(
    id: ModuleId,
    linked: &LinkedModule,
    exports: &Exports<'_>,
) -> (Vec<ModuleId>, Vec<ModuleId>) {
    let graph = exports.graph();
    let module = graph.module(id);
    let (mut now, mut later) = (Vec::new(), Vec::new());
    for (request, target) in module.record.requests.iter().zip(&module.targets) {
        if let (RequestKind::Import, Target::Module(to)) = (&request.kind, target)
            && graph.module(*to).has_side_effects
        {
            now.push(*to);
        }
    }
    now.extend(&linked.runs);
    // In a registry the prologues are decided already.
    now.extend(linked.prologue.iter().filter_map(|step| match step {
        Step::Module(to) => Some(*to),
        Step::External(_) => None,
    }));
    now.extend(linked.meanings().filter_map(owner));
    if linked.needs_namespace {
        now.extend(exports.dynamic_stars(id).into_iter().filter_map(|target| match target {
            Target::Module(to) => Some(to),
            Target::External(_) | Target::Missing | Target::Text(_) | Target::None => None,
        }));
    }
    for request in live_requests(module, linked) {
        let Target::Module(to) = *module.target(request) else { continue };
        let request = &module.record.requests[request.0 as usize];
        match request.kind {
            RequestKind::Dynamic if request.chunk_options.is_eager => now.push(to),
            RequestKind::Dynamic => later.push(to),
            RequestKind::Require
            | RequestKind::Context(_)
            | RequestKind::Glob(_)
            | RequestKind::Polyfill => {
                now.push(to);
            }
            RequestKind::Import
            | RequestKind::RequireResolve
            | RequestKind::Url
            | RequestKind::Worker
            | RequestKind::Runtime => {}
        }
    }
    (now, later)
}

/// Returns each item once, in the order of first occurrence.
fn unique<T: Copy + Eq + std::hash::Hash>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut seen = FxHashSet::default();
    all.filter(|each| seen.insert(*each)).collect()
}
