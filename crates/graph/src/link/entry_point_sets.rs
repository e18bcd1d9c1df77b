//! Sets of entry points: those that need or load a module, and those on whose pages another entry
//! point may be loaded.

use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use crate::{link::EntryPoint, module::ModuleId};

const BITS: usize = u64::BITS as usize;

/// A set of entry points per module.
#[derive(Clone, Default)]
pub(super) struct Bits {
    /// Per module `words` words, with one bit per entry point.
    bits: Vec<u64>,
    words: usize,
}

impl Bits {
    /// Makes an empty set per module.
    pub fn new(modules: usize, entry_points: usize) -> Self {
        let words = entry_points.div_ceil(BITS);
        Self { bits: vec![0; words * modules], words }
    }

    /// Returns the entry points of a module, as words of bits.
    pub fn set(&self, id: ModuleId) -> &[u64] {
        &self.bits[id.index() * self.words..][..self.words]
    }

    /// Whether an entry point is in the set of a module.
    pub fn has(&self, id: ModuleId, entry_point: usize) -> bool {
        Self::holds(self.set(id), entry_point)
    }

    /// Whether the set of a module is empty.
    pub fn is_empty(&self, id: ModuleId) -> bool {
        self.set(id).iter().all(|word| *word == 0)
    }

    /// Whether all entry points of `id` are entry points of `other`.
    pub fn is_within(&self, id: ModuleId, other: ModuleId) -> bool {
        Self::is_subset(self.set(id), self.set(other))
    }

    /// Returns the union of the sets of some modules.
    pub fn union(&self, modules: &[ModuleId]) -> Vec<u64> {
        let mut union = self.empty_set();
        for id in modules {
            union.iter_mut().zip(self.set(*id)).for_each(|(all, own)| *all |= own);
        }
        union
    }

    /// Adds entry points to the set of a module; true if one of them is new.
    pub fn raise(&mut self, id: ModuleId, entry_points: &[u64]) -> bool {
        let own = &mut self.bits[id.index() * self.words..][..self.words];
        let is_new = own.iter().zip(entry_points).any(|(own, new)| new & !*own != 0);
        own.iter_mut().zip(entry_points).for_each(|(own, new)| *own |= new);
        is_new
    }

    /// Returns an empty set.
    pub fn empty_set(&self) -> Vec<u64> {
        vec![0; self.words]
    }

    /// Whether an entry point is in a set.
    pub fn holds(set: &[u64], entry_point: usize) -> bool {
        set[entry_point / BITS] & (1 << (entry_point % BITS)) != 0
    }

    /// Whether all entry points of `one` are in `other`.
    pub fn is_subset(one: &[u64], other: &[u64]) -> bool {
        one.iter().zip(other).all(|(one, other)| one & !other == 0)
    }

    /// Iterates over the entry points in a set, in ascending order.
    pub fn entry_points(set: &[u64]) -> impl Iterator<Item = usize> {
        set.iter().enumerate().flat_map(|(at, word)| {
            let rest = std::iter::successors(Some(*word), |rest| Some(rest & rest.wrapping_sub(1)));
            rest.take_while(|rest| *rest != 0)
                .map(move |rest| at * BITS + rest.trailing_zeros() as usize)
        })
    }

    /// Returns how many entry points are in a set.
    pub fn len(set: &[u64]) -> usize {
        set.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Adds an entry point to a set.
    pub fn insert(set: &mut [u64], entry_point: usize) {
        set[entry_point / BITS] |= 1 << (entry_point % BITS);
    }
}

/// Returns per dynamic entry point the static entries whose pages may load it, directly or through
/// other dynamic entry points; `None` for static entries.
pub(super) fn pages_of(
    loads: &Bits,
    entry_points: &[EntryPoint],
    dynamic: &[Vec<ModuleId>],
) -> Vec<Option<Vec<u64>>> {
    let position: FxHashMap<ModuleId, usize> = entry_points
        .iter()
        .enumerate()
        .filter_map(|(at, entry_point)| match entry_point {
            EntryPoint::Dynamic(id) => Some((*id, at)),
            EntryPoint::Static(_) => None,
        })
        .collect();
    let mut edges: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); entry_points.len()];
    for (index, targets) in dynamic.iter().enumerate().filter(|(_, targets)| !targets.is_empty()) {
        for entry_point in Bits::entry_points(loads.set(ModuleId::from_index(index))) {
            edges[entry_point].extend(targets.iter().filter_map(|id| position.get(id)));
        }
    }
    let mut on: Vec<Option<Vec<u64>>> = entry_points
        .iter()
        .map(|entry_point| match entry_point {
            EntryPoint::Dynamic(_) => Some(loads.empty_set()),
            EntryPoint::Static(_) => None,
        })
        .collect();
    for entry in (0..entry_points.len())
        .filter(|entry_point| matches!(entry_points[*entry_point], EntryPoint::Static(_)))
    {
        let mut seen = BTreeSet::from([entry]);
        let mut stack = vec![entry];
        while let Some(entry_point) = stack.pop() {
            stack.extend(edges[entry_point].iter().filter(|to| seen.insert(**to)));
        }
        for entry_point in seen {
            if let Some(entries) = &mut on[entry_point] {
                Bits::insert(entries, entry);
            }
        }
    }
    on
}
