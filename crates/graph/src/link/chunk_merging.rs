//! Chunk merging: which shared chunks become one. Without it, all modules with the same set of
//! entry points are a chunk of their own, even a function of one line that two of twelve pages
//! need. Two chunks are merged as long as that saves more than it costs. One request less on a page
//! is worth `Sharing::min_size` bytes. Bytes that a page then loads without needing them count as
//! they are.
//!
//! Merging raises the set of entry points that *load* a module, as manual chunks do. A module that
//! must not run where it is not needed is wrapped later (`execution_order`). Two rules always hold:
//! no page gets styles that could apply where no module of the page imports them, and a merged
//! script is never needed on a page that does not load it. Stylesheets are merged with stylesheets
//! only: a script may be on pages without the styles that it imports, and the entries that need
//! these styles load them. docs/design/chunk-merging.md has a worked example.

use std::{cell::OnceCell, collections::BTreeSet};

use bundle_base::config::{OutputConfig, Sharing, Styles};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    link::{
        EntryPoint, checks,
        chunk_assignment::ChunkAssignment,
        entry_point_sets::{Bits, pages_of},
    },
    module::{ModuleGraph, ModuleId},
};

/// The most shared chunks that are compared in pairs. If there are more, only the smallest are.
const MAX_CANDIDATES: usize = 1500;

/// Added to the gain of merging a chunk that too few entry points load (`Sharing::min_uses`):
/// larger than any loss.
const FORCED: i64 = 1 << 60;

/// The part of a program that merging reads, before its modules are put into scripts.
pub(super) struct MergeInput<'a> {
    pub graph: &'a ModuleGraph,
    /// Which entry points need and load each module without merging.
    pub assignment: &'a ChunkAssignment,
    /// Per module, the bytes of its script that are kept.
    pub sizes: &'a [u64],
}

/// A chunk: modules that the same entry points load. Sets of entry points are words of bits
/// ([`Bits`]): whether two chunks may be merged is asked for each pair, and answered a word at a
/// time.
struct MergeableChunk {
    entry_points: Vec<u64>,
    /// The entry points for which loading it costs a request ([`Merging::requests_of`]).
    requests: Vec<u64>,
    /// The entry points that load all that it needs ([`Merging::supplied`]).
    supplied: Vec<u64>,
    modules: Vec<ModuleId>,
    size: u64,
    files: Files,
    /// Whether a dynamic entry point needs one of its modules.
    is_needed_dynamically: bool,
    /// Whether no further entry point may load it: it is a manual chunk, or has styles that are not
    /// confined to a component.
    is_fixed: bool,
    /// The other chunks that it needs: positions in `Merging::found`.
    needs: BTreeSet<usize>,
}

/// The files that are written for a chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Files {
    Script,
    /// A script with a stylesheet. A CSS module, for example, exports names to scripts.
    ScriptAndStylesheet,
    Stylesheet,
}

struct Merging<'a> {
    input: &'a MergeInput<'a>,
    sharing: &'a Sharing,
    /// Per entry point, the stylesheets that it needs, in its evaluation order.
    orders: OnceCell<Vec<Vec<ModuleId>>>,
    /// Pairs of stylesheets that must not be merged, because a page would get their rules in
    /// another order.
    apart: FxHashSet<(usize, usize)>,
    /// Per dynamic entry point: the static entries on whose pages it may be loaded; `None` for
    /// static entries.
    pages_of: Vec<Option<Vec<u64>>>,
    /// All chunks; `None` where a chunk was merged into another one.
    found: Vec<Option<MergeableChunk>>,
    /// Per position in `found`: the best gain, and the chunk to merge with for it.
    best: Vec<Option<(i64, usize)>>,
    /// The positions of chunks that may be merged.
    candidates: Vec<usize>,
}

/// Merges shared chunks. Returns the modules of each chunk with the entry points that are to load
/// them: all those that load them now, and possibly more.
pub(super) fn merged(
    input: &MergeInput<'_>,
    output: &OutputConfig,
) -> Vec<(Vec<ModuleId>, Vec<u64>)> {
    let ChunkAssignment { manual_chunks, entry_points, dynamic, .. } = input.assignment;
    let pages_of = pages_of(&manual_chunks.loads, entry_points, dynamic);
    let found = initial_chunks(input, output.styles);
    let mut candidates: Vec<usize> =
        (0..found.len()).filter(|at| found[*at].is_mergeable(input)).collect();
    candidates.sort_by_key(|at| (found[*at].size, *at));
    candidates.truncate(MAX_CANDIDATES);
    candidates.sort_unstable();
    let best = vec![None; found.len()];
    let found = found.into_iter().map(Some).collect();
    let (orders, apart) = (OnceCell::new(), FxHashSet::default());
    let mut merging = Merging {
        input,
        sharing: &output.sharing,
        orders,
        apart,
        pages_of,
        found,
        best,
        candidates,
    };
    for at in 0..merging.found.len() {
        merging.update_requests(at);
        merging.update_supplied(at);
    }
    merging.merge_by_gain();
    let entry_points = &input.assignment.entry_points;
    for entry_point in (0..entry_points.len())
        .filter(|entry_point| matches!(entry_points[*entry_point], EntryPoint::Static(_)))
    {
        merging.limit(entry_point, false);
        merging.limit(entry_point, true);
    }
    merging
        .found
        .into_iter()
        .flatten()
        .map(|shared| (shared.modules, shared.entry_points))
        .collect()
}

/// Makes the chunks before merging: modules by the entry points that load them, by manual chunk,
/// and by whether they are only stylesheets.
fn initial_chunks(input: &MergeInput<'_>, styles: Styles) -> Vec<MergeableChunk> {
    let ChunkAssignment { manual_chunks, needs, .. } = input.assignment;
    let mut found: Vec<MergeableChunk> = Vec::new();
    let mut positions: FxHashMap<(Option<usize>, bool, &[u64]), usize> = FxHashMap::default();
    let mut homes = vec![None; needs.len()];
    let is_later = |entry_point: &usize| {
        matches!(input.assignment.entry_points[*entry_point], EntryPoint::Dynamic(_))
    };
    for (id, module) in input.graph.iter().filter(|(id, _)| !manual_chunks.loads.is_empty(*id)) {
        let (manual_chunk, entry_points) =
            (manual_chunks.homes[id.index()], manual_chunks.loads.set(id));
        let is_stylesheet = styles == Styles::File
            && manual_chunk.is_none()
            && module.is_style()
            && input.sizes[id.index()] == 0;
        let at =
            *positions.entry((manual_chunk, is_stylesheet, entry_points)).or_insert_with(|| {
                let (entry_points, modules, needs) =
                    (entry_points.to_vec(), Vec::new(), BTreeSet::new());
                let files = if is_stylesheet { Files::Stylesheet } else { Files::Script };
                found.push(MergeableChunk {
                    entry_points,
                    requests: Vec::new(),
                    supplied: Vec::new(),
                    modules,
                    size: 0,
                    files,
                    is_needed_dynamically: false,
                    is_fixed: manual_chunk.is_some(),
                    needs,
                });
                found.len() - 1
            });
        found[at].modules.push(id);
        found[at].size += input.sizes[id.index()] + module.style_bytes;
        if styles == Styles::File && module.is_style() && !is_stylesheet {
            found[at].files = Files::ScriptAndStylesheet;
        }
        found[at].is_needed_dynamically |= Bits::entry_points(input.assignment.needed.set(id))
            .any(|entry_point| is_later(&entry_point));
        found[at].is_fixed |= module.is_style() && !module.is_confined;
        homes[id.index()] = Some(at);
    }
    for (index, home) in homes.iter().enumerate() {
        let Some(at) = *home else { continue };
        let needed =
            needs[index].iter().filter_map(|id| homes[id.index()]).filter(|other| *other != at);
        found[at].needs.extend(needed);
    }
    found
}

impl MergeableChunk {
    fn is_stylesheet(&self) -> bool {
        self.files == Files::Stylesheet
    }

    /// Whether several entry points load it, and it is not a manual chunk.
    fn is_mergeable(&self, input: &MergeInput<'_>) -> bool {
        let is_manual_chunk = self
            .modules
            .first()
            .is_some_and(|id| input.assignment.manual_chunks.homes[id.index()].is_some());
        Bits::entry_points(&self.entry_points).nth(1).is_some() && !is_manual_chunk
    }
}

impl Merging<'_> {
    /// Merges the two chunks with the largest gain until no pair has a gain.
    fn merge_by_gain(&mut self) {
        for at in self.candidates.clone() {
            self.best[at] = self.best_of(at);
        }
        loop {
            let gains = self.candidates.iter().filter_map(|at| Some((self.best[*at]?.0, *at)));
            // The first chunk wins among equal gains.
            let Some((gain, one)) = gains.max_by_key(|(gain, at)| (*gain, std::cmp::Reverse(*at)))
            else {
                return;
            };
            let Some((_, other)) = self.best[one].filter(|_| gain > 0) else { return };
            // A merge since then may have changed or forbidden it.
            if self.gain(one, other) != Some(gain) || self.is_out_of_order(one, other) {
                self.best[one] = self.best_of(one);
                continue;
            }
            let touched = self.merge(one, other);
            for at in self.candidates.clone() {
                let is_touched = |at: usize| touched.contains(&at);
                let of = self.found[at].as_ref();
                let depends = is_touched(at)
                    || self.best[at].is_some_and(|(_, with)| is_touched(with))
                    || of.is_some_and(|of| of.needs.contains(&one));
                if depends {
                    self.best[at] = self.best_of(at);
                } else if let Some(gain) = self
                    .gain(at, one)
                    .filter(|gain| self.best[at].is_none_or(|best| best.0 < *gain))
                {
                    self.best[at] = Some((gain, one));
                }
            }
        }
    }

    /// Returns the best gain of merging `one`, and the chunk to merge it with.
    fn best_of(&self, one: usize) -> Option<(i64, usize)> {
        let gains =
            self.candidates.iter().filter_map(|other| Some((self.gain(one, *other)?, *other)));
        gains.max_by_key(|(gain, other)| (*gain, std::cmp::Reverse(*other)))
    }

    /// Returns the gain of merging two chunks, in bytes; `None` if they must not be merged.
    fn gain(&self, one: usize, other: usize) -> Option<i64> {
        let (first, second) = (self.found[one].as_ref()?, self.found[other].as_ref()?);
        let may_grow = |shared: &MergeableChunk, with: &MergeableChunk| {
            !shared.is_fixed || Bits::is_subset(&with.entry_points, &shared.entry_points)
        };
        let is_alike = first.is_stylesheet() == second.is_stylesheet()
            && !self.apart.contains(&(one.min(other), one.max(other)));
        if one == other || !is_alike || !may_grow(first, second) || !may_grow(second, first) {
            return None;
        }
        if !self.is_supplied(one, other) || !self.is_supplied(other, one) {
            return None;
        }
        let saved = requests_saved(first, second).saturating_mul(self.sharing.min_size);
        let lost = first.size * new_on(second, first) + second.size * new_on(first, second);
        let bytes = |bytes: u64| i64::try_from(bytes).unwrap_or(FORCED / 2).min(FORCED / 2);
        let is_forced = [first, second]
            .iter()
            .any(|shared| Bits::len(&shared.entry_points) < self.sharing.min_uses);
        Some(bytes(saved) - bytes(lost) + if is_forced { FORCED } else { 0 })
    }

    /// Whether all that `one` needs besides `other` is loaded wherever these two would be.
    fn is_supplied(&self, one: usize, other: usize) -> bool {
        let (Some(first), Some(second)) = (&self.found[one], &self.found[other]) else {
            return false;
        };
        let is_within = |supplied: &[u64]| {
            Bits::is_subset(&second.entry_points, supplied)
                && Bits::is_subset(&first.entry_points, supplied)
        };
        is_within(&first.supplied)
            || (first.needs.contains(&other) && is_within(&self.supplied(first, Some(other))))
    }

    /// Returns the entry points that load all that a chunk needs, except the chunk `merged`. An
    /// entry loads the stylesheets that it needs itself. A dynamic entry point gets those of the
    /// scripts that it loads.
    fn supplied(&self, shared: &MergeableChunk, merged: Option<usize>) -> Vec<u64> {
        let mut supplied = vec![u64::MAX; shared.entry_points.len()];
        let is_loaded_by_entry = |needed: &MergeableChunk| {
            needed.is_stylesheet() && !needed.is_needed_dynamically && !shared.is_stylesheet()
        };
        let needed = shared.needs.iter().filter(|needed| merged != Some(**needed));
        for needed in needed.filter_map(|needed| self.found[*needed].as_ref()) {
            if !is_loaded_by_entry(needed) {
                supplied.iter_mut().zip(&needed.entry_points).for_each(|(all, own)| *all &= own);
            }
        }
        supplied
    }

    /// Returns the entry points for which loading the chunk costs a request. It costs a dynamic
    /// entry point none if every page that may load the entry point has the chunk already.
    fn requests_of(&self, shared: &MergeableChunk) -> Vec<u64> {
        let mut requests = vec![0; shared.entry_points.len()];
        for (entry_point, entries) in self.pages_of.iter().enumerate() {
            if !entries.as_ref().is_some_and(|on| Bits::is_subset(on, &shared.entry_points)) {
                Bits::insert(&mut requests, entry_point);
            }
        }
        requests
    }

    fn update_requests(&mut self, at: usize) {
        if let Some(mut shared) = self.found[at].take() {
            shared.requests = self.requests_of(&shared);
            self.found[at] = Some(shared);
        }
    }

    fn update_supplied(&mut self, at: usize) {
        if let Some(mut shared) = self.found[at].take() {
            shared.supplied = self.supplied(&shared, None);
            self.found[at] = Some(shared);
        }
    }

    /// Whether a page would get the rules of two stylesheets in another order if they became one.
    /// Such a pair is noted in `apart`.
    fn is_out_of_order(&mut self, one: usize, other: usize) -> bool {
        let (Some(first), Some(second)) = (&self.found[one], &self.found[other]) else {
            return false;
        };
        if !first.is_stylesheet() {
            return false;
        }
        let (graph, assignment) = (self.input.graph, self.input.assignment);
        let orders = self.orders.get_or_init(|| {
            let styles = |entry_point| {
                assignment
                    .evaluation_order(entry_point, graph)
                    .iter()
                    .copied()
                    .filter(|id| graph.module(*id).is_style())
            };
            (0..assignment.entry_points.len())
                .map(|entry_point| styles(entry_point).collect())
                .collect()
        });
        let stylesheets: FxHashSet<ModuleId> =
            first.modules.iter().chain(&second.modules).copied().collect();
        let entry_points = first
            .entry_points
            .iter()
            .zip(&second.entry_points)
            .map(|(one, other)| one | other)
            .collect::<Vec<_>>();
        let is_moved = |entry_point: usize| {
            let order = orders[entry_point].iter().filter(|id| stylesheets.contains(id));
            checks::moved(order, &assignment.style_order, graph).is_some()
        };
        let is_out = Bits::entry_points(&entry_points).any(is_moved);
        if is_out {
            self.apart.insert((one.min(other), one.max(other)));
        }
        is_out
    }

    /// Merges `other` into `one`, and with them all candidates that then have the same entry
    /// points. Returns the positions that changed.
    fn merge(&mut self, one: usize, other: usize) -> Vec<usize> {
        let mut merged = vec![one];
        self.absorb(one, other, &mut merged);
        let same: Vec<usize> = self
            .candidates
            .iter()
            .copied()
            .filter(|at| *at != one && self.is_same(*at, one))
            .collect();
        for other in same {
            self.absorb(one, other, &mut merged);
        }
        self.update_requests(one);
        self.update_supplied(one);
        for at in 0..self.found.len() {
            if self.found[at].as_ref().is_some_and(|shared| shared.needs.contains(&one)) {
                self.update_supplied(at);
            }
        }
        merged
    }

    /// Whether two chunks have the same entry points and are both stylesheets or both scripts.
    fn is_same(&self, one: usize, other: usize) -> bool {
        let same = |at: usize| {
            self.found[at].as_ref().map(|shared| (&shared.entry_points, shared.is_stylesheet()))
        };
        same(one).is_some() && same(one) == same(other)
    }

    fn absorb(&mut self, one: usize, other: usize, merged: &mut Vec<usize>) {
        let Some(absorbed) = self.found[other].take() else { return };
        let Some(shared) = self.found[one].as_mut() else { return };
        shared
            .entry_points
            .iter_mut()
            .zip(&absorbed.entry_points)
            .for_each(|(own, new)| *own |= new);
        shared.modules.extend(absorbed.modules);
        shared.size += absorbed.size;
        if absorbed.files == Files::ScriptAndStylesheet {
            shared.files = absorbed.files;
        }
        shared.is_needed_dynamically |= absorbed.is_needed_dynamically;
        shared.is_fixed |= absorbed.is_fixed;
        shared.needs.extend(absorbed.needs);
        for needs in self.found.iter_mut().flatten().map(|shared| &mut shared.needs) {
            if needs.remove(&other) {
                needs.insert(one);
            }
        }
        if let Some(shared) = self.found[one].as_mut() {
            shared.needs.remove(&one);
        }
        self.candidates.retain(|at| *at != other);
        merged.push(other);
    }

    /// Merges the scripts, or the stylesheets, that an entry loads until there are at most
    /// `Sharing::max_requests`, or no two of them may be merged.
    fn limit(&mut self, entry: usize, are_stylesheets: bool) {
        loop {
            let is_loaded = |shared: &MergeableChunk| {
                shared.is_stylesheet() == are_stylesheets
                    && Bits::holds(&shared.entry_points, entry)
            };
            let loads = |at: &usize| self.found[*at].as_ref().is_some_and(is_loaded);
            if (0..self.found.len()).filter(loads).count() <= self.sharing.max_requests {
                return;
            }
            let own: Vec<usize> = self.candidates.iter().copied().filter(loads).collect();
            let pairs = own
                .iter()
                .enumerate()
                .flat_map(|(at, one)| own[at + 1..].iter().map(move |other| (*one, *other)));
            let gains = pairs.filter_map(|(one, other)| Some((self.gain(one, other)?, one, other)));
            let best =
                gains.max_by_key(|(gain, one, other)| (*gain, std::cmp::Reverse((*one, *other))));
            let Some((_, one, other)) = best else { return };
            if !self.is_out_of_order(one, other) {
                self.merge(one, other);
            }
        }
    }
}

/// Returns how many requests all pages save together: one for the script on each page that has both
/// chunks, and one for the stylesheet if both have one.
fn requests_saved(first: &MergeableChunk, second: &MergeableChunk) -> u64 {
    let is_with_stylesheet = |shared: &MergeableChunk| shared.files == Files::ScriptAndStylesheet;
    let files = if is_with_stylesheet(first) && is_with_stylesheet(second) { 2 } else { 1 };
    let requests =
        |shared: &MergeableChunk, word: usize| shared.entry_points[word] & shared.requests[word];
    let words = 0..first.entry_points.len();
    words
        .map(|word| u64::from((requests(first, word) & requests(second, word)).count_ones()))
        .sum::<u64>()
        * files
}

/// Returns for how many of the entry points of `with` a page would newly load the chunk.
fn new_on(with: &MergeableChunk, shared: &MergeableChunk) -> u64 {
    let words = 0..shared.entry_points.len();
    words
        .map(|word| with.entry_points[word] & !shared.entry_points[word] & shared.requests[word])
        .map(|word| u64::from(word.count_ones()))
        .sum()
}
