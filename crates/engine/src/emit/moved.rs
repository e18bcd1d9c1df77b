//! Moves a function to its only mention in a minified chunk. That saves two names, which do not
//! compress. Rspack does so on the text of a whole chunk; here each module is rendered alone, so
//! its text is cut where a function may be moved (`bundle_js::Role`).

use bundle_graph::{
    chunk::{Chunk, Named},
    module::ModuleId,
};
use bundle_js::{Fragment, Piece, PieceMap, RenderedModule, Role};
use rustc_hash::FxHashMap;

/// The functions of a chunk that move, by name: whose they are, and which fragment is their
/// `Role::Head`.
pub(super) type Moved = FxHashMap<Named, (ModuleId, usize)>;

/// Functions that the pieces of a chunk mention once, where they may stand, and nothing else of it
/// does. `meant` gives what a slot of a module stands for, and `uses` how often pieces mention
/// that.
pub(super) fn find(
    modules: &[(ModuleId, &RenderedModule)],
    chunk: &Chunk,
    meant: impl Fn(ModuleId, u32) -> Named,
    uses: impl Fn(&Named) -> usize,
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
    // Its own declaration, and the mention.
    let heads = fragments(Role::Head).map(|(id, at, slot)| (meant(id, slot), (id, at)));
    let mut once: Moved = heads.filter(|(named, _)| uses(named) == 2 && !by_glue(named)).collect();
    let mentions = fragments(Role::Mention).map(|(id, _, slot)| meant(id, slot));
    mentions.filter_map(|named| once.remove_entry(&named)).collect()
}

/// What stands before the parameters of a function that moved.
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
