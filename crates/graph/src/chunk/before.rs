//! Which scripts have always run before another one: those that it imports, and those that every
//! page with it has loaded. A script may take functions of our runtime from these instead of
//! holding a copy.

use std::collections::BTreeSet;

use bundle_base::config::Format;
use indexmap::IndexSet;

use super::{Chunk, ChunkId, Named};
use crate::module::ModuleId;

/// What is asked of the program beside its chunks.
pub(super) struct Program<'a> {
    /// Per module, the chunk that it is in.
    pub homes: &'a [Option<ChunkId>],
    pub format: Format,
    /// A hash in a script's name follows from all that it names: it takes nothing of a script that
    /// it does not import anyway, so that an edit of that one leaves its name as it is.
    pub is_hashed: bool,
}

/// Per chunk, those that ran before it, wherever it is: its imports first, the nearest ones in
/// front.
pub(super) fn of(chunks: &[Chunk], program: &Program<'_>) -> Vec<IndexSet<ChunkId>> {
    let mut before: Vec<IndexSet<ChunkId>> =
        chunks.iter().map(|chunk| imported(chunk, chunks)).collect();
    if program.is_hashed {
        return before;
    }
    let there = there_already(chunks, &before, program);
    for (known, there) in before.iter_mut().zip(there) {
        known.extend(there);
    }
    before
}

/// What a chunk imports, directly or not.
fn imported(chunk: &Chunk, chunks: &[Chunk]) -> IndexSet<ChunkId> {
    let mut found: IndexSet<ChunkId> = chunk.imports.iter().map(|import| import.chunk).collect();
    let mut next = 0;
    while let Some(&id) = found.get_index(next) {
        next += 1;
        found.extend(chunks[id.index()].imports.iter().map(|import| import.chunk));
    }
    found
}

/// Per chunk, what has run when it arrives: nothing before an entry, and for any other one what all
/// who load or import it agree on. Begins with no answer, and only ever takes away.
fn there_already(
    chunks: &[Chunk],
    imported: &[IndexSet<ChunkId>],
    program: &Program<'_>,
) -> Vec<BTreeSet<ChunkId>> {
    let is_first = |chunk: &Chunk| chunk.static_entry.is_some();
    let mut there: Vec<Option<BTreeSet<ChunkId>>> =
        chunks.iter().map(|chunk| is_first(chunk).then(BTreeSet::new)).collect();
    let mut changed: Vec<usize> =
        (0..chunks.len()).filter(|index| there[*index].is_some()).collect();
    while let Some(index) = changed.pop() {
        let Some(at_start) = there[index].clone() else { continue };
        let chunk = &chunks[index];
        let mut meet = |id: ChunkId, offered: &BTreeSet<ChunkId>| {
            let known = &mut there[id.index()];
            let now = known.as_ref().map_or_else(|| offered.clone(), |known| known & offered);
            if known.as_ref() != Some(&now) {
                *known = Some(now);
                changed.push(id.index());
            }
        };
        for import in &chunk.imports {
            meet(import.chunk, &at_start);
        }
        let mut when_loading = at_start;
        when_loading.extend(&imported[index]);
        // An ES module that waits for what it loads has not run yet. An entry's script gives
        // nothing to others.
        if program.format == Format::Iife && !is_first(chunk) {
            when_loading.insert(chunk.id);
        }
        for id in loaded(chunk, program.homes) {
            meet(id, &when_loading);
        }
    }
    let sets = there.into_iter().zip(chunks).zip(imported);
    sets.map(|((there, chunk), imported)| {
        let is_new = |id: &ChunkId| *id != chunk.id && !imported.contains(id);
        there.into_iter().flatten().filter(is_new).collect()
    })
    .collect()
}

/// The chunks of modules that a chunk loads by `import()`.
fn loaded(chunk: &Chunk, homes: &[Option<ChunkId>]) -> Vec<ChunkId> {
    let asked = |named: &Named| if let Named::Load(id, _) = named { Some(*id) } else { None };
    let home = |id: ModuleId| homes[id.index()].filter(|home| *home != chunk.id);
    chunk.names.iter().filter_map(asked).filter_map(home).collect()
}
