//! Moves functions of a minified chunk to their only mentions. That saves writing each name twice,
//! which does not compress. Rspack does the same on the text of a whole chunk. Here each module is
//! rendered alone, so its text is cut where a function may be moved (`bundle_js::Role`).

use bundle_base::FxIndexSet;
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

/// A mention of a function: the module with the slot, and the movable function that contains it.
struct Mention {
    module: usize,
    slot: u32,
    around: Option<usize>,
}

/// Finds the functions that the pieces of a chunk mention once, in a place where a function may be,
/// and that its glue does not mention. `uses`: how often pieces mention each name.
pub(super) fn find(
    modules: &[(ModuleId, &RenderedModule)],
    chunk: &Chunk,
    slots: &Slots,
    uses: &[usize],
) -> Moved {
    let by_glue = |named: &Named| match (named, &chunk.cross_module_symbols) {
        (Named::Symbol(symbol), Some(shared)) => {
            shared.by_glue.contains(symbol) || chunk.exports.contains_key(named)
        }
        _ => true,
    };
    // Two uses: the function's own declaration, and its mention.
    let is_once = |number: usize| uses[number] == 2 && !by_glue(slots.name(number));
    let mut heads: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    let mut places: FxHashMap<usize, Mention> = FxHashMap::default();
    for (module, (id, rendered)) in modules.iter().enumerate() {
        let mut around = None;
        for (at, fragment) in rendered.rest.iter().enumerate() {
            let named = || {
                let slot = fragment.piece.slots[0].slot;
                (slot, slots.in_scope(*id, slot))
            };
            match fragment.role {
                Role::Text => around = None,
                Role::Function => {}
                Role::Head => {
                    let (_, number) = named();
                    around = Some(number);
                    if is_once(number) {
                        heads.insert(number, (module, at));
                    }
                }
                Role::Mention | Role::Inner => {
                    let around = around.filter(|_| fragment.role == Role::Inner);
                    let (slot, number) = named();
                    places.insert(number, Mention { module, slot, around });
                }
            }
        }
    }
    heads.retain(|number, _| places.contains_key(number));
    let may_move = |number: usize, module: usize| {
        let globals = &modules[module].1.globals;
        let mut next = Some(number);
        for _ in 0..=heads.len() {
            let Some(place) = next.filter(|it| heads.contains_key(it)).map(|it| &places[&it])
            else {
                return true;
            };
            if hides(modules[place.module].1, place.slot, globals) {
                return false;
            }
            next = place.around;
        }
        // It is in itself.
        false
    };
    let moved = heads.iter().filter(|(number, (module, _))| may_move(**number, *module));
    moved.map(|(number, (module, head))| (*number, (modules[*module].0, *head))).collect()
}

/// Whether a function that contains a slot has one of some names, which are sorted.
fn hides(module: &RenderedModule, slot: u32, names: &[String]) -> bool {
    let mut around = module.scopes.iter().filter(|scope| scope.slots.binary_search(&slot).is_ok());
    around.any(|scope| scope.names.iter().any(|name| names.binary_search(name).is_ok()))
}

/// Returns the fragments of a function after its head.
pub(super) fn parts(behind: &[Fragment]) -> impl Iterator<Item = &Fragment> {
    behind.iter().take_while(|fragment| matches!(fragment.role, Role::Function | Role::Inner))
}

/// Returns by moved function which names its text mentions, with what moves into it: where it
/// moves, no local may hide them.
pub(super) fn mentioned(
    moved: &Moved,
    modules: &[(ModuleId, &RenderedModule)],
    slots: &Slots,
) -> FxHashMap<usize, Vec<usize>> {
    let by_id: FxHashMap<ModuleId, &RenderedModule> = modules.iter().copied().collect();
    let own = |(id, head): &(ModuleId, usize)| {
        let behind = &by_id[id].rest[head + 1..];
        let uses = parts(behind).flat_map(|fragment| &fragment.piece.slots);
        uses.map(|used| slots.in_scope(*id, used.slot)).collect::<FxIndexSet<usize>>()
    };
    let all = moved.iter().map(|(number, place)| {
        let mut found = own(place);
        let mut at = 0;
        while let Some(inner) = found.get_index(at).copied() {
            at += 1;
            if let Some(place) = moved.get(&inner) {
                found.extend(own(place));
            }
        }
        (*number, found.into_iter().collect())
    });
    all.collect()
}

/// Returns the text before the parameters of a moved function.
pub(super) fn keyword(head: &Fragment) -> Piece {
    let text = head.piece.text.trim_end().to_owned();
    let first = head.piece.map.as_ref().map(|map| map.first);
    // The maps of packages may begin at the name, which is not written.
    let first = first.filter(|first| first.slots == 0 && (first.at as usize) < text.len());
    let map = first.map(|first| PieceMap {
        first,
        rest: String::new(),
        holes: Vec::new(),
        names: Vec::new(),
        last: first,
    });
    Piece { text, slots: Vec::new(), map: map.map(Box::new) }
}
