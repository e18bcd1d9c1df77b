//! Which shared scripts are worth a request. What the same roots load would be a script of its own, down to a function of one line that
//! two of twelve pages need. Here scripts are joined as long as that saves more than it costs: a request less on a page is worth
//! `Sharing::min_size` bytes, and what a page then loads without needing it counts as it is. So who *loads* a module is raised, as it
//! is for bundles (`areas`), and what must not run where nobody needs it is wrapped (`agree`).
//!
//! No page gets styles that could show where nobody asked for them, and no script has to be there for more pages than it is.

use std::collections::BTreeSet;

use bundle_base::config::Sharing;
use rustc_hash::FxHashMap;

use crate::{
    link::{Root, areas::Areas, reach::Bits},
    module::{ModuleGraph, ModuleId},
};

/// Of so many shared scripts every pair is looked at; of more the smallest.
const LOOKED_AT: usize = 1500;

/// What is added to the gain of joining a script that too few need: there is no loss that it would not outweigh.
const FORCED: i64 = 1 << 60;

/// What is known of a program before its modules are put into scripts.
pub(super) struct Outset<'a> {
    pub graph: &'a ModuleGraph,
    pub roots: &'a [Root],
    /// Per module, what it needs.
    pub needs: &'a [Vec<ModuleId>],
    /// Per module, what it may ask for later.
    pub dynamic: &'a [Vec<ModuleId>],
    /// Per module, the bytes of its source that stay.
    pub sizes: &'a [u64],
}

/// Modules that the same roots load.
struct Shared {
    roots: Vec<u64>,
    modules: Vec<ModuleId>,
    size: u64,
    /// It has a sheet.
    has_styles: bool,
    /// Nobody else may load it.
    is_fixed: bool,
    /// The others that it needs: positions in `Joining::found`.
    needs: BTreeSet<usize>,
}

struct Joining<'a> {
    sharing: &'a Sharing,
    /// Per root that is asked for later: the entries on whose pages it may be.
    asked_on: Vec<Option<Vec<u64>>>,
    /// What was joined with another is gone.
    found: Vec<Option<Shared>>,
    /// Per position: with whom joining it brings most.
    best: Vec<Option<(i64, usize)>>,
    /// Positions that may be joined.
    candidates: Vec<usize>,
}

/// Raises who loads what.
pub(super) fn join(areas: &mut Areas, outset: &Outset<'_>, sharing: &Sharing) {
    let asked_on = asked_on(outset, &areas.loads);
    let found = shared(areas, outset);
    let mut candidates: Vec<usize> = (0..found.len()).filter(|at| found[*at].is_joinable(areas)).collect();
    candidates.sort_by_key(|at| (found[*at].size, *at));
    candidates.truncate(LOOKED_AT);
    candidates.sort_unstable();
    let best = vec![None; found.len()];
    let found = found.into_iter().map(Some).collect();
    let mut joining = Joining { sharing, asked_on, found, best, candidates };
    joining.join_what_is_worth_it();
    for root in (0..outset.roots.len()).filter(|root| matches!(outset.roots[*root], Root::Entry(_))) {
        joining.limit(root);
    }
    for shared in joining.found.into_iter().flatten() {
        for id in shared.modules {
            areas.loads.raise(id, &shared.roots);
        }
    }
}

/// Modules by who loads them, and by bundle.
fn shared(areas: &Areas, outset: &Outset<'_>) -> Vec<Shared> {
    let mut found: Vec<Shared> = Vec::new();
    let mut positions: FxHashMap<(Option<usize>, &[u64]), usize> = FxHashMap::default();
    let mut homes = vec![None; outset.needs.len()];
    for (id, module) in outset.graph.iter().filter(|(id, _)| !areas.loads.is_empty(*id)) {
        let (bundle, roots) = (areas.homes[id.index()], areas.loads.set(id));
        let at = *positions.entry((bundle, roots)).or_insert_with(|| {
            let (roots, is_fixed) = (roots.to_vec(), bundle.is_some());
            let (modules, needs) = (Vec::new(), BTreeSet::new());
            found.push(Shared { roots, modules, size: 0, has_styles: false, is_fixed, needs });
            found.len() - 1
        });
        found[at].modules.push(id);
        found[at].size += outset.sizes[id.index()];
        found[at].has_styles |= module.is_style;
        found[at].is_fixed |= module.is_style && !module.is_confined;
        homes[id.index()] = Some(at);
    }
    for (index, home) in homes.iter().enumerate() {
        let Some(at) = *home else { continue };
        let needed = outset.needs[index].iter().filter_map(|id| homes[id.index()]).filter(|other| *other != at);
        found[at].needs.extend(needed);
    }
    found
}

/// Per root that is asked for later: the entries from which one comes to it.
fn asked_on(outset: &Outset<'_>, loads: &Bits) -> Vec<Option<Vec<u64>>> {
    let position: FxHashMap<ModuleId, usize> = outset
        .roots
        .iter()
        .enumerate()
        .filter_map(|(at, root)| match root {
            Root::Dynamic(id) => Some((*id, at)),
            Root::Entry(_) => None,
        })
        .collect();
    let mut asks: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); outset.roots.len()];
    for (index, asked) in outset.dynamic.iter().enumerate().filter(|(_, asked)| !asked.is_empty()) {
        for root in Bits::roots(loads.set(ModuleId::from_index(index))) {
            asks[root].extend(asked.iter().filter_map(|id| position.get(id)));
        }
    }
    let mut on: Vec<Option<Vec<u64>>> = outset
        .roots
        .iter()
        .map(|root| match root {
            Root::Dynamic(_) => Some(loads.nobody()),
            Root::Entry(_) => None,
        })
        .collect();
    for entry in (0..outset.roots.len()).filter(|root| matches!(outset.roots[*root], Root::Entry(_))) {
        let mut seen = BTreeSet::from([entry]);
        let mut stack = vec![entry];
        while let Some(root) = stack.pop() {
            stack.extend(asks[root].iter().filter(|to| seen.insert(**to)));
        }
        for root in seen {
            if let Some(entries) = &mut on[root] {
                Bits::insert(entries, entry);
            }
        }
    }
    on
}

impl Shared {
    /// Several roots load it, and no bundle has it.
    fn is_joinable(&self, areas: &Areas) -> bool {
        let is_of_bundle = self.modules.first().is_some_and(|id| areas.homes[id.index()].is_some());
        Bits::roots(&self.roots).nth(1).is_some() && !is_of_bundle
    }
}

impl Joining<'_> {
    /// Joins the two that bring most until no two bring anything.
    fn join_what_is_worth_it(&mut self) {
        for at in self.candidates.clone() {
            self.best[at] = self.best_of(at);
        }
        loop {
            let gains = self.candidates.iter().filter_map(|at| Some((self.best[*at]?.0, *at)));
            // Of those that bring the same, the first.
            let Some((gain, one)) = gains.max_by_key(|(gain, at)| (*gain, std::cmp::Reverse(*at))) else { return };
            let Some((_, other)) = self.best[one].filter(|_| gain > 0) else { return };
            let touched = self.join(one, other);
            for at in self.candidates.clone() {
                let is_touched = |at: usize| touched.contains(&at);
                let of = self.found[at].as_ref();
                let depends = is_touched(at)
                    || self.best[at].is_some_and(|(_, with)| is_touched(with))
                    || of.is_some_and(|of| of.needs.contains(&one));
                if depends {
                    self.best[at] = self.best_of(at);
                } else if let Some(gain) =
                    self.gain(at, one).filter(|gain| self.best[at].is_none_or(|best| best.0 < *gain))
                {
                    self.best[at] = Some((gain, one));
                }
            }
        }
    }

    /// With whom joining one brings most.
    fn best_of(&self, one: usize) -> Option<(i64, usize)> {
        let gains = self.candidates.iter().filter_map(|other| Some((self.gain(one, *other)?, *other)));
        gains.max_by_key(|(gain, other)| (*gain, std::cmp::Reverse(*other)))
    }

    /// What joining two brings, in bytes; nothing if they must not be.
    fn gain(&self, one: usize, other: usize) -> Option<i64> {
        let (first, second) = (self.found[one].as_ref()?, self.found[other].as_ref()?);
        let all: Vec<u64> = first.roots.iter().zip(&second.roots).map(|(one, other)| one | other).collect();
        let may = |shared: &Shared| !shared.is_fixed || shared.roots == all;
        let is_there = |needed: &usize| {
            let needed = self.found[*needed].as_ref().filter(|_| ![one, other].contains(needed));
            needed.is_none_or(|needed| Bits::is_subset(&all, &needed.roots))
        };
        if one == other || !may(first) || !may(second) || !first.needs.iter().chain(&second.needs).all(is_there) {
            return None;
        }
        let saved = self.requests_saved(first, second) * self.sharing.min_size;
        let lost = first.size * self.new_on(&all, first) + second.size * self.new_on(&all, second);
        let bytes = |bytes: u64| i64::try_from(bytes).unwrap_or(FORCED / 2).min(FORCED / 2);
        let is_forced = [first, second].iter().any(|shared| Bits::roots(&shared.roots).count() < self.sharing.min_uses);
        Some(bytes(saved) - bytes(lost) + if is_forced { FORCED } else { 0 })
    }

    /// How many requests less all pages make: for a script each that has both, and for a sheet.
    fn requests_saved(&self, first: &Shared, second: &Shared) -> u64 {
        let loads_both = |root: &usize| Bits::holds(&second.roots, *root);
        let is_new = |root: &usize| [first, second].iter().all(|shared| self.loads_anew(*root, shared));
        let files = if first.has_styles && second.has_styles { 2 } else { 1 };
        Bits::roots(&first.roots).filter(loads_both).filter(is_new).count() as u64 * files
    }

    /// For how many of some roots pages would load what they do not load now.
    fn new_on(&self, all: &[u64], shared: &Shared) -> u64 {
        let is_more = |root: &usize| !Bits::holds(&shared.roots, *root) && self.loads_anew(*root, shared);
        Bits::roots(all).filter(is_more).count() as u64
    }

    /// Not, if it is asked for later and every page that can do so has it by then.
    fn loads_anew(&self, root: usize, shared: &Shared) -> bool {
        self.asked_on[root].as_ref().is_none_or(|entries| !Bits::is_subset(entries, &shared.roots))
    }

    /// Puts one into the other, with what the same roots load by then. Gives the positions that are others now.
    fn join(&mut self, one: usize, other: usize) -> Vec<usize> {
        let mut joined = vec![one];
        self.absorb(one, other, &mut joined);
        let same: Vec<usize> =
            self.candidates.iter().copied().filter(|at| *at != one && self.has_same_roots(*at, one)).collect();
        for other in same {
            self.absorb(one, other, &mut joined);
        }
        joined
    }

    fn has_same_roots(&self, one: usize, other: usize) -> bool {
        let roots = |at: usize| self.found[at].as_ref().map(|shared| &shared.roots);
        roots(one).is_some() && roots(one) == roots(other)
    }

    fn absorb(&mut self, one: usize, other: usize, joined: &mut Vec<usize>) {
        let Some(gone) = self.found[other].take() else { return };
        let Some(shared) = self.found[one].as_mut() else { return };
        shared.roots.iter_mut().zip(&gone.roots).for_each(|(own, new)| *own |= new);
        shared.modules.extend(gone.modules);
        shared.size += gone.size;
        shared.has_styles |= gone.has_styles;
        shared.is_fixed |= gone.is_fixed;
        shared.needs.extend(gone.needs);
        for needs in self.found.iter_mut().flatten().map(|shared| &mut shared.needs) {
            if needs.remove(&other) {
                needs.insert(one);
            }
        }
        if let Some(shared) = self.found[one].as_mut() {
            shared.needs.remove(&one);
        }
        self.candidates.retain(|at| *at != other);
        joined.push(other);
    }

    /// Joins what an entry loads until these are no more scripts than there may be, or nothing of them may be joined.
    fn limit(&mut self, entry: usize) {
        loop {
            let loads = |at: &usize| self.found[*at].as_ref().is_some_and(|shared| Bits::holds(&shared.roots, entry));
            if (0..self.found.len()).filter(loads).count() <= self.sharing.max_requests {
                return;
            }
            let own: Vec<usize> = self.candidates.iter().copied().filter(loads).collect();
            let pairs =
                own.iter().enumerate().flat_map(|(at, one)| own[at + 1..].iter().map(move |other| (*one, *other)));
            let gains = pairs.filter_map(|(one, other)| Some((self.gain(one, other)?, one, other)));
            let best = gains.max_by_key(|(gain, one, other)| (*gain, std::cmp::Reverse((*one, *other))));
            let Some((_, one, other)) = best else { return };
            self.join(one, other);
        }
    }
}
