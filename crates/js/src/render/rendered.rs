//! The rendered text of one part: pieces of text with slots, and which names each slot must avoid.

use serde::{Deserialize, Serialize};

use super::piece_map::PieceMap;

/// A place where a linked name goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SlotUse {
    /// Byte offset in the piece's text.
    pub at: u32,
    /// The slot, as numbered in `bundle_graph::plan`.
    pub slot: u32,
}

/// A text with slots. The text has no characters where a slot is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The text. It is empty or ends with a newline; minified text ends with a whole statement
    /// instead.
    pub text: String,
    /// Its slots, by ascending offset.
    pub slots: Vec<SlotUse>,
    /// Where its tokens were written. `None`: no source map is made, or no token has a place.
    pub map: Option<Box<PieceMap>>,
}

/// A piece of a text that is cut where functions may be moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// How the chunk printer may use it.
    pub role: Role,
    /// Its text.
    pub piece: Piece,
}

/// How the chunk printer may use a fragment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Role {
    /// Stays where it is.
    Text,
    /// The beginning of a function declaration: its keywords and the slot of its name. A `Function`
    /// follows.
    Head,
    /// A function from its parameters on. Preceded by `function` without a name, it is an
    /// expression with the same meaning anywhere in the chunk where names do not hide its slots and
    /// free names. If functions may move into it, it is cut there: `Inner` and `Function` follow.
    Function,
    /// One slot alone, outside of functions that may move, in a place where a function may be
    /// without parentheses. It is evaluated at most once, or called.
    Mention,
    /// As `Mention`, in a function that may move.
    Inner,
}

/// The names of a function, and the slots mentioned in it or in functions inside it: none of the
/// slots may get any of the names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LocalScope {
    /// Its names, without slots and free names, sorted.
    pub names: Vec<String>,
    /// Slots, in ascending order.
    pub slots: Vec<u32>,
}

/// The rendered text of one part.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RenderedModule {
    /// For `Wrap::Lazy`: the text in the chunk's scope, that is functions and one `var` line.
    /// Otherwise empty.
    pub hoisted: Piece,
    /// The statements, or the first of them.
    pub body: Piece,
    /// The text after `body`, cut where functions may be moved. Only in minified modules that run
    /// at the top level of their chunk.
    pub rest: Vec<Fragment>,
    /// Free names mentioned in these pieces: no name in the chunk's scope may be equal to one.
    /// Sorted.
    pub globals: Vec<String>,
    /// Which slots must avoid which names.
    pub scopes: Vec<LocalScope>,
    /// The names of the function that encloses a wrapped module, sorted. Names that the glue at the
    /// beginning of this function mentions must avoid them.
    pub wrapper: Vec<String>,
    /// For minified CommonJS: the names of the parameters of the enclosing function. `None`: the
    /// names as written.
    pub parameters: Option<Vec<String>>,
    /// How many variables minifying moved to the top level; they have the last slots.
    pub lifted: u32,
}

impl Piece {
    /// Appends the piece to `out` with a name in each slot.
    pub fn fill<'n>(&self, names: impl IntoIterator<Item = &'n str>, out: &mut String) {
        let mut done = 0;
        for (slot, name) in self.slots.iter().zip(names) {
            let at = slot.at as usize;
            out.push_str(&self.text[done..at]);
            out.push_str(name);
            done = at;
        }
        out.push_str(&self.text[done..]);
    }
}

impl RenderedModule {
    /// All pieces of its text, in order.
    pub fn pieces(&self) -> impl Iterator<Item = &Piece> {
        [&self.hoisted, &self.body]
            .into_iter()
            .chain(self.rest.iter().map(|fragment| &fragment.piece))
    }
}
