//! Manual chunks: chunks that the configuration names (`shared`). A module that one claims ships
//! there and nowhere else. So a page loads the chunk as soon as one of its modules needs a module
//! of the chunk, and then all of it, with everything that any module of the chunk needs.
//!
//! That decides which entry points *load* a module, which may be more than those that *need* it. A
//! manual chunk with an entry runs the entry on every page that loads the chunk (iife).
//! docs/design/manual-chunks.md has a worked example.

use std::collections::{BTreeSet, VecDeque};

use bundle_base::{
    Config, Diagnostics,
    config::{Format, SharedBundle},
};
use rustc_hash::FxHashMap;

use crate::{
    cycles::cycles,
    link::{
        EntryKind, EntryPoint, StaticEntry, checks, chunk_assignment::Bits, chunk_merging::asked_on,
    },
    messages,
    module::{ModuleGraph, ModuleId},
};

/// Who loads what, and what is in which bundle.
#[derive(Default)]
pub(super) struct ManualChunks {
    /// Per module: the entry points whose pages load it.
    pub loads: Bits,
    /// Per module: the bundle that it ships in, because that claims it or nobody can have it
    /// without that.
    pub homes: Vec<Option<usize>>,
    /// Per bundle: the entry's position among the entry points, where its script is the bundle's.
    pub entries: Vec<Option<usize>>,
}

/// What distributing looks at.
struct Sharing<'a> {
    needs: &'a [Vec<ModuleId>],
    /// Per bundle: the modules that it claims, and the entry that it runs.
    claimed: Vec<Vec<ModuleId>>,
}

impl ManualChunks {
    /// `needed`: per module the entry points that need it.
    pub fn of(
        needed: &Bits,
        entry_points: &[EntryPoint],
        (graph, needs, dynamic): (&ModuleGraph, &[Vec<ModuleId>], &[Vec<ModuleId>]),
        (bundles, format): (&[SharedBundle], Format),
    ) -> Self {
        let count = bundles.len();
        let mut manual_chunks = Self {
            loads: needed.clone(),
            homes: vec![None; needs.len()],
            entries: vec![None; count],
        };
        if count == 0 {
            return manual_chunks;
        }
        let mut claimed = vec![Vec::new(); count];
        for (id, module) in graph.iter().filter(|(id, _)| !needed.is_empty(*id)) {
            manual_chunks.homes[id.index()] = module.bundle;
            if let Some(bundle) = module.bundle {
                claimed[bundle].push(id);
            }
        }
        let is_declared =
            |(_, shared): &(usize, &SharedBundle)| format == Format::Iife && !shared.is_spare;
        for (bundle, shared) in bundles.iter().enumerate().filter(is_declared) {
            manual_chunks.entries[bundle] = position(shared, entry_points);
            claimed[bundle].extend(
                manual_chunks.entries[bundle].map(|entry_point| entry_points[entry_point].module()),
            );
        }
        let mut sharing = Sharing { needs, claimed };
        let pages = sharing.raise(&mut manual_chunks);
        sharing.take_along(&mut manual_chunks, &pages);
        if bundles.iter().any(|bundle| bundle.is_spare) {
            sharing.place(&mut manual_chunks, pages, &Pages { entry_points, dynamic, bundles });
        }
        manual_chunks
    }

    /// Whether a module would be in a script of its own that the page of an entry has to include.
    fn is_unassigned(&self, id: ModuleId, entry_points: &[EntryPoint]) -> bool {
        let loads = self.loads.set(id);
        let is_entry =
            |entry_point: usize| matches!(entry_points[entry_point], EntryPoint::Static(_));
        self.homes[id.index()].is_none()
            && Bits::entry_points(loads).nth(1).is_some()
            && Bits::entry_points(loads).any(is_entry)
    }

    /// Says which bundles need each other, and which need what is a page's own. False: there is no
    /// order that they could run in.
    pub fn check(
        &self,
        (graph, needs): (&ModuleGraph, &[Vec<ModuleId>]),
        config: &Config,
        log: &mut Diagnostics,
    ) -> bool {
        let mut told = BTreeSet::new();
        for (id, module) in graph.iter().filter(|(id, _)| self.homes[id.index()].is_some()) {
            let Some(from) = module.bundle else { continue };
            for to in needs[id.index()].iter().filter(|to| told.insert((from, **to))) {
                let other = graph.module(*to);
                let Some((owner, at)) = other.private_to.zip(checks::asked_at(module, *to)) else {
                    continue;
                };
                let names =
                    (config.shared[from].name.as_str(), config.entries[owner].name.as_str());
                log.push(messages::shared_needs_private(at, names, &other.key));
            }
        }
        let crossings = Crossings::of(&self.homes, needs, config.shared.len());
        let wrong = crossings.cycles();
        for way in &wrong {
            let steps = way.windows(2).map(|pair| crossings.found[&(pair[0], pair[1])]);
            let shown = steps.map(|(from, to)| {
                let keys =
                    [&graph.module(from).key, &graph.module(to).key].map(ToString::to_string);
                (keys, checks::asked_at(graph.module(from), to))
            });
            let names: Vec<&str> =
                way.iter().map(|bundle| config.shared[*bundle].name.as_str()).collect();
            log.push(messages::shared_in_a_cycle(&names, shown.collect()));
        }
        wrong.is_empty()
    }
}

/// Who imports across bundles.
struct Crossings {
    /// How many bundles there are.
    count: usize,
    /// Per pair of bundles the first module of the one that needs one of the other.
    found: FxHashMap<(usize, usize), (ModuleId, ModuleId)>,
}

impl Crossings {
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

    fn next(&self, bundle: usize) -> impl Iterator<Item = usize> {
        (0..self.count).filter(move |to| self.found.contains_key(&(bundle, *to)))
    }

    /// A way around each cycle of bundles.
    fn cycles(&self) -> Vec<Vec<usize>> {
        let cycle_of = cycles(self.count, |bundle| self.next(bundle));
        let firsts = (0..self.count)
            .filter(|bundle| cycle_of.iter().filter(|of| **of == cycle_of[*bundle]).count() > 1);
        let mut told = BTreeSet::new();
        firsts
            .filter(|bundle| told.insert(cycle_of[*bundle]))
            .map(|bundle| self.way_back(bundle))
            .collect()
    }

    /// A shortest way from one to itself.
    fn way_back(&self, first: usize) -> Vec<usize> {
        let mut ways = VecDeque::from([vec![first]]);
        let mut seen = BTreeSet::new();
        while let Some(way) = ways.pop_front() {
            for to in self.next(way[way.len() - 1]) {
                let longer: Vec<usize> = way.iter().copied().chain([to]).collect();
                if to == first {
                    return longer;
                }
                if seen.insert(to) {
                    ways.push_back(longer);
                }
            }
        }
        unreachable!("it is in a cycle")
    }
}

/// The entry point that is the entry of a bundle.
fn position(bundle: &SharedBundle, entry_points: &[EntryPoint]) -> Option<usize> {
    entry_points.iter().position(|entry_point| match entry_point {
        EntryPoint::Static(StaticEntry { kind: EntryKind::Configured(entry), .. }) => {
            Some(*entry) == bundle.entry
        }
        EntryPoint::Static(_) | EntryPoint::Dynamic(_) => false,
    })
}

/// What is known of pages that include no scripts but those that the user has named.
struct Pages<'a> {
    entry_points: &'a [EntryPoint],
    dynamic: &'a [Vec<ModuleId>],
    bundles: &'a [SharedBundle],
}

impl Pages<'_> {
    /// The bundle of the only entry whose page gets something, at once or later.
    fn only(&self, loads: &[u64], asked_on: &[Option<Vec<u64>>]) -> Option<usize> {
        let mut entries = BTreeSet::new();
        for entry_point in Bits::entry_points(loads) {
            match &asked_on[entry_point] {
                Some(on) => entries.extend(Bits::entry_points(on)),
                None => entries.extend([entry_point]),
            }
        }
        let [only] = *entries.into_iter().collect::<Vec<_>>() else { return None };
        self.bundles.iter().position(|bundle| position(bundle, self.entry_points) == Some(only))
    }
}

impl Sharing<'_> {
    /// Puts what would be a script of its own that pages include into bundles, until there is none.
    fn place(
        &mut self,
        manual_chunks: &mut ManualChunks,
        mut on_pages: Vec<Vec<u64>>,
        pages: &Pages<'_>,
    ) {
        loop {
            let reached: Vec<BTreeSet<ModuleId>> =
                self.claimed.iter().map(|claimed| self.reached(claimed)).collect();
            let asked_on = asked_on(&manual_chunks.loads, pages.entry_points, pages.dynamic);
            let order = Self::order(&reached, &manual_chunks.homes);
            let declared: Vec<usize> =
                order.into_iter().filter(|at| !pages.bundles[*at].is_spare).collect();
            let mut is_done = true;
            let all = (0..self.needs.len()).map(ModuleId::from_index);
            let unassigned: Vec<ModuleId> =
                all.filter(|id| manual_chunks.is_unassigned(*id, pages.entry_points)).collect();
            for id in unassigned {
                let loads = manual_chunks.loads.set(id);
                let is_there = |bundle: &&usize| Bits::is_subset(loads, &on_pages[**bundle]);
                // Whoever reaches it needs its bundle then, and what is later in the order needs
                // what is earlier.
                let reaching = declared.iter().find(|bundle| reached[**bundle].contains(&id));
                let home = reaching
                    .copied()
                    .or_else(|| pages.only(loads, &asked_on))
                    .or_else(|| declared.iter().rfind(is_there).or(declared.last()).copied());
                let Some(bundle) = home else { continue };
                manual_chunks.homes[id.index()] = Some(bundle);
                manual_chunks.entries[bundle] =
                    position(&pages.bundles[bundle], pages.entry_points);
                self.claimed[bundle].push(id);
                is_done = false;
            }
            if is_done {
                return;
            }
            on_pages = self.raise(manual_chunks);
            self.take_along(manual_chunks, &on_pages);
        }
    }

    /// Raises who loads what until everybody who loads a module of a bundle loads all of it. Gives
    /// per bundle who loads it.
    fn raise(&self, manual_chunks: &mut ManualChunks) -> Vec<Vec<u64>> {
        loop {
            let mut is_done = true;
            let mut pages = Vec::with_capacity(self.claimed.len());
            for (bundle, claimed) in self.claimed.iter().enumerate() {
                let mut page = manual_chunks.loads.union(claimed);
                if let Some(entry) = manual_chunks.entries[bundle] {
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

    /// Whoever loads a module loads what it needs.
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

    /// What nobody claims, and exactly those load who load a bundle that needs it, ships with that;
    /// of several with the one that the others need.
    fn take_along(&self, manual_chunks: &mut ManualChunks, pages: &[Vec<u64>]) {
        let reached: Vec<BTreeSet<ModuleId>> =
            self.claimed.iter().map(|claimed| self.reached(claimed)).collect();
        for bundle in Self::order(&reached, &manual_chunks.homes) {
            for id in &reached[bundle] {
                let home = &mut manual_chunks.homes[id.index()];
                if home.is_none() && manual_chunks.loads.set(*id) == pages[bundle] {
                    *home = Some(bundle);
                }
            }
        }
    }

    /// Bundles behind those that they need. `reached`: per bundle what it needs, and `homes` says
    /// where that is.
    fn order(reached: &[BTreeSet<ModuleId>], homes: &[Option<usize>]) -> Vec<usize> {
        let needed = |bundle: &usize| {
            let others: BTreeSet<usize> =
                reached[*bundle].iter().filter_map(|id| homes[id.index()]).collect();
            others.len()
        };
        let mut order: Vec<usize> = (0..reached.len()).collect();
        order.sort_by_cached_key(|bundle| (needed(bundle), *bundle));
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
