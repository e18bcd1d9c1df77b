//! Finds the chunks that have always run before another one: those that it imports, and those that
//! every page with it has loaded. A chunk may import functions of our runtime from these instead of
//! having copies.

use std::collections::BTreeSet;

use bundle_base::{FxIndexSet, config::Format};

use super::{
    ChunkId, Named,
    model::{Homes, Linked},
};
use crate::{link::LinkedGraph, module::ModuleId};

/// The input of the search besides the chunks.
pub(super) struct Programs<'a> {
    pub homes: &'a Homes,
    pub linked: &'a LinkedGraph<'a>,
    pub format: Format,
    /// File names contain hashes. The hash of a script covers the names of the scripts that it
    /// mentions. So a script takes functions only from scripts that it imports anyway: otherwise an
    /// edit of the other script would change its name.
    pub is_hashed: bool,
}

/// Returns per chunk the chunks that have run before it on every page: its imports first, beginning
/// with the nearest ones.
pub(super) fn of(chunks: &[Linked<'_>], programs: &Programs<'_>) -> Vec<FxIndexSet<ChunkId>> {
    let mut before: Vec<FxIndexSet<ChunkId>> =
        chunks.iter().map(|chunk| imported(chunk, chunks)).collect();
    if programs.is_hashed {
        return before;
    }
    let already = already_run(chunks, &before, programs);
    for (known, already) in before.iter_mut().zip(already) {
        known.extend(already);
    }
    before
}

/// Returns the chunks that a chunk imports, directly or not.
fn imported(chunk: &Linked<'_>, chunks: &[Linked<'_>]) -> FxIndexSet<ChunkId> {
    let mut found: FxIndexSet<ChunkId> =
        chunk.links.imports.iter().map(|import| import.chunk).collect();
    let mut next = 0;
    while let Some(&id) = found.get_index(next) {
        next += 1;
        found.extend(chunks[id.index()].links.imports.iter().map(|import| import.chunk));
    }
    found
}

/// Returns per chunk the chunks that have run when it is loaded, without its own imports: none for
/// an entry, and for any other chunk those that have run at every place that loads or imports it.
/// Computes a fixed point: a set begins as unknown and then only shrinks.
fn already_run(
    chunks: &[Linked<'_>],
    imported: &[FxIndexSet<ChunkId>],
    programs: &Programs<'_>,
) -> Vec<BTreeSet<ChunkId>> {
    let is_first = |chunk: &Linked<'_>| chunk.group.static_entry.is_some();
    let mut already: Vec<Option<BTreeSet<ChunkId>>> =
        chunks.iter().map(|chunk| is_first(chunk).then(BTreeSet::new)).collect();
    let mut changed: Vec<usize> =
        (0..chunks.len()).filter(|index| already[*index].is_some()).collect();
    while let Some(index) = changed.pop() {
        let Some(at_start) = already[index].clone() else { continue };
        let chunk = &chunks[index];
        let mut meet = |id: ChunkId, offered: &BTreeSet<ChunkId>| {
            let known = &mut already[id.index()];
            let now = known.as_ref().map_or_else(|| offered.clone(), |known| known & offered);
            if known.as_ref() != Some(&now) {
                *known = Some(now);
                changed.push(id.index());
            }
        };
        for import in &chunk.links.imports {
            meet(import.chunk, &at_start);
        }
        let mut when_loading = at_start;
        when_loading.extend(&imported[index]);
        // An ES module that awaits the module it loads has not finished yet. The script of an entry
        // exports nothing to others.
        if programs.format == Format::Iife && !is_first(chunk) {
            when_loading.insert(chunk.id);
        }
        for id in loaded(chunk, programs) {
            meet(id, &when_loading);
        }
    }
    let sets = already.into_iter().zip(chunks).zip(imported);
    sets.map(|((already, chunk), imported)| {
        let is_new = |id: &ChunkId| *id != chunk.id && !imported.contains(id);
        already.into_iter().flatten().filter(is_new).collect()
    })
    .collect()
}

/// Returns the chunks of the modules that a chunk loads by `import()`.
fn loaded(chunk: &Linked<'_>, programs: &Programs<'_>) -> Vec<ChunkId> {
    let asked = |named: &Named| if let Named::Load(id, _) = named { Some(*id) } else { None };
    let home = |id: ModuleId| programs.homes.get(chunk.program, id, programs.linked);
    chunk
        .links
        .names
        .iter()
        .filter_map(asked)
        .filter_map(home)
        .filter(|home| *home != chunk.id)
        .collect()
}
