//! Which name each slot of a chunk's modules has. Pieces mention most slots many times; each is
//! looked up once.

use bundle_base::{FxIndexSet, config::Format};
use bundle_graph::{
    chunk::{Chunk, ChunkGraph, ChunkId, Named, slot},
    module::ModuleId,
};
use bundle_js::{RenderedModule, SlotUse};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// A slot that the module does not mention.
const UNUSED: u32 = u32::MAX;

/// The names of a chunk, and those that its slots refer to.
pub(super) struct Slots {
    /// The names of the chunk's scope, then those of other chunks that are properties here.
    names: FxIndexSet<Named>,
    /// How many names are in the chunk's scope.
    own: usize,
    /// For each name that is a property: the name in the chunk's scope of the other chunk.
    homes: Vec<u32>,
    numbers: Numbers,
}

/// By module and slot, the number of a name.
pub(super) struct Numbers(FxHashMap<ModuleId, Vec<u32>>);

impl Numbers {
    /// Returns the number of what a slot of a module refers to.
    pub fn of(&self, id: ModuleId, slot: u32) -> usize {
        self.0[&id][slot as usize] as usize
    }
}

impl Slots {
    /// Looks up the slots of modules. `names`: those of the chunk's scope.
    pub fn new(
        mut names: FxIndexSet<Named>,
        modules: &[(ModuleId, &RenderedModule)],
        chunk: &Chunk,
        graph: &ChunkGraph<'_, '_>,
    ) -> Self {
        let own = names.len();
        let mut homes = Vec::new();
        for (named, home, _) in properties(chunk, graph) {
            if names.insert(named.clone()) {
                homes.push(narrow(names.get_index_of(&Named::Chunk(home))));
            }
        }
        let table = |(id, module): &(ModuleId, &RenderedModule)| {
            let mut table = Vec::new();
            for SlotUse { slot: used, .. } in module.pieces().flat_map(|piece| &piece.slots) {
                let at = *used as usize;
                if at >= table.len() {
                    table.resize(at + 1, UNUSED);
                }
                if table[at] == UNUSED {
                    let meant = slot(*id, *used, chunk, graph);
                    table[at] = narrow(meant.and_then(|meant| names.get_index_of(&meant)));
                }
            }
            (*id, table)
        };
        let numbers = Numbers(modules.par_iter().map(table).collect());
        Self { names, own, homes, numbers }
    }

    /// Returns the number of the name in the chunk's scope that a slot's text begins with: of the
    /// name, or of the other chunk that has it as a property.
    pub fn in_scope(&self, id: ModuleId, slot: u32) -> usize {
        let number = self.numbers.of(id, slot);
        number.checked_sub(self.own).map_or(number, |property| self.homes[property] as usize)
    }

    /// The names of the chunk's scope, in order.
    pub fn own(&self) -> impl ExactSizeIterator<Item = &Named> {
        self.names.iter().take(self.own)
    }

    /// Returns a name of the chunk's scope.
    pub fn name(&self, number: usize) -> &Named {
        &self.names[number]
    }

    /// Returns the names of the chunk's scope, and the numbers of all slots.
    pub fn into_parts(self) -> (impl Iterator<Item = Named>, Numbers) {
        (self.names.into_iter().take(self.own), self.numbers)
    }

    /// Returns the number of a name, if it is one of the chunk's scope.
    pub fn find(&self, named: &Named) -> Option<usize> {
        self.names.get_index_of(named).filter(|number| *number < self.own)
    }
}

/// Returns the names of symbols that other chunks define, in order, each with the chunk and its
/// key there: they are properties of the values of those chunks. ES modules import them.
pub(super) fn properties<'a>(
    chunk: &'a Chunk,
    graph: &'a ChunkGraph<'_, '_>,
) -> impl Iterator<Item = (&'a Named, ChunkId, &'a str)> {
    let imports = chunk.links.imports.iter().filter(|_| graph.format != Format::Esm);
    imports.flat_map(|import| &import.names).map(|named| {
        let (home, key) = graph.foreign(named, chunk).expect("an imported name is another chunk's");
        (named, home, key)
    })
}

fn narrow(number: Option<usize>) -> u32 {
    let number = number.expect("every slot has a name in its chunk");
    u32::try_from(number).expect("fewer than four billion names")
}
