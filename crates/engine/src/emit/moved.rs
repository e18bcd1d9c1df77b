//! Moves a function to its only mention in a minified chunk. That saves writing its name twice,
//! which does not compress. Rspack does the same on the text of a whole chunk. Here each module is
//! rendered alone, so its text is cut where a function may be moved (`bundle_js::Role`).

use bundle_graph::{
    chunk::{Chunk, Named},
    module::ModuleId,
};
use bundle_js::{Fragment, Piece, PieceMap, RenderedModule, Role};
use rustc_hash::FxHashMap;

use super::slots::Slots;

/// The functions of a chunk that move, by the number of their name: their module, and the index of
/// the fragment that is their `Role::Head`.
pub(super) type Moved = FxHashMap<usize, (ModuleId, usize)>;

/// Finds the functions that the pieces of a chunk mention once, in a place where a function may be,
/// and that its glue does not mention. `uses`: how often pieces mention each name.
pub(super) fn find(
    modules: &[(ModuleId, &RenderedModule)],
    chunk: &Chunk,
    slots: &Slots,
    uses: &[usize],
) -> Moved {
    let fragments = |role: Role| {
        modules.iter().flat_map(move |(id, module)| {
            let found =
                module.rest.iter().enumerate().filter(move |(_, fragment)| fragment.role == role);
            found.map(move |(at, fragment)| (*id, at, fragment.piece.slots[0].slot))
        })
    };
    let by_glue = |named: &Named| match (named, &chunk.shared) {
        (Named::Symbol(symbol), Some(shared)) => {
            shared.by_glue.contains(symbol) || chunk.exports.contains_key(named)
        }
        _ => true,
    };
    // Two uses: the function's own declaration, and its mention.
    let heads = fragments(Role::Head).map(|(id, at, slot)| (slots.in_scope(id, slot), (id, at)));
    let is_once = |number: usize| uses[number] == 2 && !by_glue(slots.name(number));
    let mut once: Moved = heads.filter(|(number, _)| is_once(*number)).collect();
    let mentions = fragments(Role::Mention).map(|(id, _, slot)| slots.in_scope(id, slot));
    mentions.filter_map(|number| once.remove_entry(&number)).collect()
}

/// Returns the text before the parameters of a moved function.
pub(super) fn keyword(head: &Fragment) -> Piece {
    let text = head.piece.text.trim_end().to_owned();
    let first = head.piece.map.as_ref().map(|map| map.first);
    let map = first.map(|first| PieceMap {
        first,
        rest: String::new(),
        holes: Vec::new(),
        names: Vec::new(),
        last: first,
    });
    Piece { text, slots: Vec::new(), map: map.map(Box::new) }
}
