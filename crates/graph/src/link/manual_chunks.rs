//! Manual chunks: chunks that the configuration names (`shared`). A module that one claims ships
//! there and nowhere else. So a page loads the chunk as soon as one of its modules needs a module
//! of the chunk, and then it loads the whole chunk, with everything that any module of it needs.
//!
//! This decides which entry points *load* a module, which may be more than those that *need* it. A
//! manual chunk with an entry runs the entry on every page that loads the chunk (iife).
//! docs/design/manual-chunks.md has a worked example.

use std::collections::{BTreeSet, VecDeque};

use bundle_base::{
    Config, Diagnostics,
    config::{Format, ManualChunk},
};
use rustc_hash::FxHashMap;

use crate::{
    cycles::cycles,
    link::{
        EntryKind, EntryPoint, StaticEntry,
        entry_point_sets::{Bits, pages_of},
    },
    messages,
    module::{ModuleGraph, ModuleId},
};

/// Which entry points load each module, and which manual chunk it is in.
#[derive(Default)]
pub(super) struct ManualChunks {
    /// Per module: the entry points that load it.
    pub loads: Bits,
    /// Per module: the manual chunk that it ships in, because that chunk claims it, or because
    /// exactly the pages with that chunk load it.
    pub homes: Vec<Option<usize>>,
    /// Per manual chunk: the entry that runs in its script, as a position in the entry points.
    pub entries: Vec<Option<usize>>,
    /// Manual chunks without entries that need each other. The first has the modules of all.
    pub merged: Vec<Vec<usize>>,
}

/// The pages, which include only scripts that the configuration names.
pub(super) struct Pages<'a> {
    pub entry_points: &'a [EntryPoint],
    /// Per module, the modules that it imports by `import()`.
    pub dynamic: &'a [Vec<ModuleId>],
    /// The manual chunks of the configuration.
    pub configured: &'a [ManualChunk],
}

/// The input of distributing modules over manual chunks.
struct Sharing<'a> {
    needs: &'a [Vec<ModuleId>],
    /// Per manual chunk: the modules that it claims, and its entry module.
    claimed: Vec<Vec<ModuleId>>,
}

impl ManualChunks {
    /// Distributes the modules over the manual chunks. `needed`: per module the entry points that
    /// need it.
    pub fn of(
        needed: &Bits,
        graph: &ModuleGraph,
        needs: &[Vec<ModuleId>],
        pages: &Pages<'_>,
        format: Format,
    ) -> Self {
        let Pages { entry_points, configured, .. } = *pages;
        let count = configured.len();
        let mut manual_chunks = Self {
            loads: needed.clone(),
            homes: vec![None; needs.len()],
            entries: vec![None; count],
            merged: Vec::new(),
        };
        if count == 0 {
            return manual_chunks;
        }
        let mut claimed = vec![Vec::new(); count];
        for (id, module) in graph.iter().filter(|(id, _)| !needed.is_empty(*id)) {
            manual_chunks.homes[id.index()] = module.manual_chunk;
            if let Some(chunk) = module.manual_chunk {
                claimed[chunk].push(id);
            }
        }
        let is_declared =
            |(_, shared): &(usize, &ManualChunk)| format == Format::Iife && !shared.is_implicit;
        for (chunk, shared) in configured.iter().enumerate().filter(is_declared) {
            manual_chunks.entries[chunk] = position(shared, entry_points);
            claimed[chunk].extend(
                manual_chunks.entries[chunk].map(|entry_point| entry_points[entry_point].module()),
            );
        }
        let mut sharing = Sharing { needs, claimed };
        let on_pages = sharing.raise(&mut manual_chunks);
        sharing.take_unclaimed(&mut manual_chunks, &on_pages);
        if configured.iter().any(|chunk| chunk.is_implicit) {
            sharing.place(&mut manual_chunks, on_pages, pages, graph);
        }
        manual_chunks.merge_cycles(needs, configured);
        manual_chunks
    }

    /// Merges chunks that need each other: a page with one of them loads all of them anyway. A
    /// cycle with an entry is not merged but reported, because only the user knows which entry
    /// runs first.
    fn merge_cycles(&mut self, needs: &[Vec<ModuleId>], configured: &[ManualChunk]) {
        let imports = ManualChunkImports::of(&self.homes, needs, configured.len());
        let cycle_of = cycles(configured.len(), |chunk| imports.next(chunk));
        for first in 0..configured.len() {
            let in_same_cycle = |chunk: &usize| cycle_of[*chunk] == cycle_of[first];
            let cycle: Vec<usize> = (0..configured.len()).filter(in_same_cycle).collect();
            let has_entry = |chunk: &usize| configured[*chunk].entry.is_some();
            if cycle.len() < 2 || cycle[0] != first || cycle.iter().any(has_entry) {
                continue;
            }
            let homes = self.homes.iter_mut().flatten();
            homes.filter(|home| cycle.contains(*home)).for_each(|home| *home = first);
            self.merged.push(cycle);
        }
    }

    /// Whether a module would ship in a shared script that is not a manual chunk and that the page
    /// of an entry has to include.
    fn is_unassigned(&self, id: ModuleId, entry_points: &[EntryPoint]) -> bool {
        let loads = self.loads.set(id);
        let is_entry =
            |entry_point: usize| matches!(entry_points[entry_point], EntryPoint::Static(_));
        self.homes[id.index()].is_none()
            && Bits::entry_points(loads).nth(1).is_some()
            && Bits::entry_points(loads).any(is_entry)
    }

    /// Reports manual chunks that need each other, and those that import modules of one page.
    /// False: the manual chunks are in a cycle, so they cannot be ordered.
    pub fn check(
        &self,
        graph: &ModuleGraph,
        needs: &[Vec<ModuleId>],
        config: &Config,
        log: &mut Diagnostics,
    ) -> bool {
        let mut reported = BTreeSet::new();
        for (id, module) in graph.iter().filter(|(id, _)| self.homes[id.index()].is_some()) {
            let Some(from) = module.manual_chunk else { continue };
            for to in needs[id.index()].iter().filter(|to| reported.insert((from, **to))) {
                let other = graph.module(*to);
                let Some((owner, at)) = other.private_to.zip(module.request_label(*to)) else {
                    continue;
                };
                let (chunk, owner) = (&config.shared[from].name, &config.entries[owner].name);
                log.push(messages::shared_needs_private(at, chunk, owner, &other.key));
            }
        }
        for cycle in &self.merged {
            let names = cycle.iter().map(|chunk| config.shared[*chunk].name.as_str());
            log.push(messages::shared_merged(&names.collect::<Vec<_>>()));
        }
        let imports = ManualChunkImports::of(&self.homes, needs, self.entries.len());
        let wrong = imports.cycles();
        for path in &wrong {
            let steps = path.windows(2).map(|pair| imports.found[&(pair[0], pair[1])]);
            let shown = steps.map(|(from, to)| {
                let keys =
                    [&graph.module(from).key, &graph.module(to).key].map(ToString::to_string);
                (keys, graph.module(from).request_label(to))
            });
            let names: Vec<&str> =
                path.iter().map(|chunk| config.shared[*chunk].name.as_str()).collect();
            log.push(messages::shared_in_a_cycle(&names, shown.collect()));
        }
        wrong.is_empty()
    }
}

/// The imports between manual chunks.
struct ManualChunkImports {
    /// The number of manual chunks.
    count: usize,
    /// Per pair of manual chunks: the first module of one that needs a module of the other, and
    /// that module.
    found: FxHashMap<(usize, usize), (ModuleId, ModuleId)>,
}

impl ManualChunkImports {
    fn of(homes: &[Option<usize>], needs: &[Vec<ModuleId>], count: usize) -> Self {
        let mut found = FxHashMap::default();
        for (index, home) in homes.iter().enumerate() {
            let Some(from) = home else { continue };
            for to in &needs[index] {
                if let Some(other) = homes[to.index()].filter(|other| other != from) {
                    found.entry((*from, other)).or_insert((ModuleId::from_index(index), *to));
                }
            }
        }
        Self { count, found }
    }

    fn next(&self, chunk: usize) -> impl Iterator<Item = usize> {
        (0..self.count).filter(move |to| self.found.contains_key(&(chunk, *to)))
    }

    /// Returns a shortest path for each cycle of manual chunks.
    fn cycles(&self) -> Vec<Vec<usize>> {
        let cycle_of = cycles(self.count, |chunk| self.next(chunk));
        let firsts = (0..self.count)
            .filter(|chunk| cycle_of.iter().filter(|of| **of == cycle_of[*chunk]).count() > 1);
        let mut seen = BTreeSet::new();
        firsts
            .filter(|chunk| seen.insert(cycle_of[*chunk]))
            .map(|chunk| self.shortest_cycle(chunk))
            .collect()
    }

    /// Returns a shortest path from a manual chunk back to itself, which is first and last.
    fn shortest_cycle(&self, first: usize) -> Vec<usize> {
        let mut paths = VecDeque::from([vec![first]]);
        let mut seen = BTreeSet::new();
        while let Some(path) = paths.pop_front() {
            for to in self.next(path[path.len() - 1]) {
                let longer: Vec<usize> = path.iter().copied().chain([to]).collect();
                if to == first {
                    return longer;
                }
                if seen.insert(to) {
                    paths.push_back(longer);
                }
            }
        }
        unreachable!("it is in a cycle")
    }
}

/// Returns the position of the entry of a manual chunk among the entry points.
fn position(chunk: &ManualChunk, entry_points: &[EntryPoint]) -> Option<usize> {
    entry_points.iter().position(|entry_point| match entry_point {
        EntryPoint::Static(StaticEntry { kind: EntryKind::Configured(entry), .. }) => {
            Some(*entry) == chunk.entry
        }
        EntryPoint::Static(_) | EntryPoint::Dynamic(_) => false,
    })
}

impl Pages<'_> {
    /// Returns the manual chunk of the only entry whose page loads something, at first or by
    /// `import()`; `None` if several pages load it. `loads`: the entry points that load it.
    fn only(&self, loads: &[u64], pages_of: &[Option<Vec<u64>>]) -> Option<usize> {
        let mut entries = BTreeSet::new();
        for entry_point in Bits::entry_points(loads) {
            match &pages_of[entry_point] {
                Some(on) => entries.extend(Bits::entry_points(on)),
                None => entries.extend([entry_point]),
            }
        }
        let [only] = *entries.into_iter().collect::<Vec<_>>() else { return None };
        self.configured.iter().position(|chunk| position(chunk, self.entry_points) == Some(only))
    }
}

impl Sharing<'_> {
    /// Puts modules that would ship in shared scripts which pages have to include into manual
    /// chunks, until there are none left.
    fn place(
        &mut self,
        manual_chunks: &mut ManualChunks,
        mut on_pages: Vec<Vec<u64>>,
        pages: &Pages<'_>,
        graph: &ModuleGraph,
    ) {
        loop {
            let reached: Vec<BTreeSet<ModuleId>> =
                self.claimed.iter().map(|claimed| self.reached(claimed)).collect();
            let pages_of = pages_of(&manual_chunks.loads, pages.entry_points, pages.dynamic);
            let order = Self::order(&reached, &manual_chunks.homes);
            let declared: Vec<usize> =
                order.into_iter().filter(|at| !pages.configured[*at].is_implicit).collect();
            let mut is_done = true;
            let all = (0..self.needs.len()).map(ModuleId::from_index);
            let unassigned: Vec<ModuleId> =
                all.filter(|id| manual_chunks.is_unassigned(*id, pages.entry_points)).collect();
            for id in unassigned {
                let loads = manual_chunks.loads.set(id);
                let is_there = |chunk: &&usize| Bits::is_subset(loads, &on_pages[**chunk]);
                // Every chunk that reaches the module then needs the chunk that it is in. So the
                // first chunk of the order takes it, because later chunks need earlier ones.
                let reaching = declared.iter().find(|chunk| reached[**chunk].contains(&id));
                let home = reaching
                    .copied()
                    .or_else(|| pages.only(loads, &pages_of))
                    .or_else(|| declared.iter().rfind(is_there).or(declared.last()).copied());
                let Some(chunk) = home else { continue };
                manual_chunks.homes[id.index()] = Some(chunk);
                manual_chunks.entries[chunk] =
                    position(&pages.configured[chunk], pages.entry_points);
                self.claimed[chunk].push(id);
                is_done = false;
            }
            if is_done && !self.place_styles(manual_chunks, pages, graph) {
                return;
            }
            on_pages = self.raise(manual_chunks);
            self.take_unclaimed(manual_chunks, &on_pages);
        }
    }

    /// Puts the stylesheets of entries into their manual chunks: the files of such a chunk are also
    /// those of its entry, and there is one stylesheet. True if there are any.
    fn place_styles(
        &mut self,
        manual_chunks: &mut ManualChunks,
        pages: &Pages<'_>,
        graph: &ModuleGraph,
    ) -> bool {
        let mut is_new = false;
        for (chunk, shared) in pages.configured.iter().enumerate() {
            let Some(entry) = manual_chunks.entries[chunk].filter(|_| shared.is_implicit) else {
                continue;
            };
            for (id, _) in graph.iter().filter(|(_, module)| module.is_style()) {
                let is_own = Bits::entry_points(manual_chunks.loads.set(id)).eq([entry]);
                if is_own && manual_chunks.homes[id.index()].is_none() {
                    manual_chunks.homes[id.index()] = Some(chunk);
                    self.claimed[chunk].push(id);
                    is_new = true;
                }
            }
        }
        is_new
    }

    /// Raises the entry points that load each module until every entry point that loads one module
    /// of a manual chunk loads all of them. Returns per manual chunk the entry points that load it.
    fn raise(&self, manual_chunks: &mut ManualChunks) -> Vec<Vec<u64>> {
        loop {
            let mut is_done = true;
            let mut pages = Vec::with_capacity(self.claimed.len());
            for (chunk, claimed) in self.claimed.iter().enumerate() {
                let mut page = manual_chunks.loads.union(claimed);
                if let Some(entry) = manual_chunks.entries[chunk] {
                    Bits::insert(&mut page, entry);
                }
                for id in claimed {
                    is_done &= !self.load(*id, &page, &mut manual_chunks.loads);
                }
                pages.push(page);
            }
            if is_done {
                return pages;
            }
        }
    }

    /// Makes the entry points `page` load a module and everything that it needs. True if that is
    /// new for any of them.
    fn load(&self, id: ModuleId, page: &[u64], loads: &mut Bits) -> bool {
        let mut stack = vec![id];
        let mut is_new = false;
        while let Some(id) = stack.pop() {
            if loads.raise(id, page) {
                is_new = true;
                stack.extend(&self.needs[id.index()]);
            }
        }
        is_new
    }

    /// Puts an unclaimed module into a manual chunk that needs it, if exactly the entry points that
    /// load the chunk load the module. If there are several such chunks, the one that the others
    /// need takes it.
    fn take_unclaimed(&self, manual_chunks: &mut ManualChunks, pages: &[Vec<u64>]) {
        let reached: Vec<BTreeSet<ModuleId>> =
            self.claimed.iter().map(|claimed| self.reached(claimed)).collect();
        for chunk in Self::order(&reached, &manual_chunks.homes) {
            for id in &reached[chunk] {
                let home = &mut manual_chunks.homes[id.index()];
                if home.is_none() && manual_chunks.loads.set(*id) == pages[chunk] {
                    *home = Some(chunk);
                }
            }
        }
    }

    /// Returns the manual chunks in an order in which each follows those that it needs. `reached`:
    /// per manual chunk the modules that it needs. `homes`: per module its manual chunk.
    fn order(reached: &[BTreeSet<ModuleId>], homes: &[Option<usize>]) -> Vec<usize> {
        let needed = |chunk: &usize| {
            let others: BTreeSet<usize> =
                reached[*chunk].iter().filter_map(|id| homes[id.index()]).collect();
            others.len()
        };
        let mut order: Vec<usize> = (0..reached.len()).collect();
        order.sort_by_cached_key(|chunk| (needed(chunk), *chunk));
        order
    }

    fn reached(&self, from: &[ModuleId]) -> BTreeSet<ModuleId> {
        let mut reached = BTreeSet::new();
        let mut stack = from.to_vec();
        while let Some(id) = stack.pop() {
            if reached.insert(id) {
                stack.extend(&self.needs[id.index()]);
            }
        }
        reached
    }
}
