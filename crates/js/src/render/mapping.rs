//! Where the tokens of a piece come from. All that does not depend on other modules is encoded
//! here, as source maps write it (base64 VLQ, each number a difference to the one before); what
//! does is left out and noted as a hole: columns after a slot, names that the slot's final name may
//! differ from. Whoever joins pieces copies the text and fills the holes.

use std::ops::Range;

use bundle_base::{
    place::{Cursor, Place, last_line},
    text_map::{TextMap, identifier, spelled_out},
};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use swc_ecma_ast::EsReserved;

use super::{Piece, positions::Position};
use crate::ast::Ast;

/// What positions of a part mean for source maps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapping<'a> {
    /// Nothing: nobody wants maps, or nobody would find the text.
    None,
    /// The part's text is what its user wrote.
    Own,
    /// It was made of other texts.
    Through(&'a TextMap),
}

/// Where the tokens of a piece come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PieceMap {
    /// The first segment. Nothing of it is encoded: it depends on what stands before the piece.
    pub first: Anchor,
    /// The segments after it, encoded: the end of a line is `;`.
    pub rest: String,
    /// What is missing in `rest`, by rising offset. One at 0 belongs to the first segment.
    pub holes: Vec<Hole>,
    /// Names that holes speak of.
    pub names: Vec<String>,
    /// The last segment, or where it would be if it mapped to something.
    pub last: Anchor,
}

/// A segment with everything known that does not depend on names.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// Byte offset in the piece's text.
    pub at: u32,
    /// How many slots stand before it.
    pub slots: u32,
    /// Index of the part's source.
    pub source: u32,
    /// The place in it.
    pub place: Place,
}

/// Something left out of the encoded text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    /// Byte offset in the encoded text.
    pub at: u32,
    /// What goes there.
    pub fill: Fill,
}

/// What goes into a hole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fill {
    /// The difference of columns: `delta`, and the names in `count` slots from `first` on.
    Column {
        /// What the text between contributes.
        delta: u32,
        /// Index of the first slot between.
        first: u32,
        /// How many there are.
        count: u32,
    },
    /// The difference to another source of the part.
    Source(u32),
    /// A name, by index.
    Name(u32),
    /// A name, by index, unless the slot's name is the same.
    NameUnless {
        /// Index of the name.
        name: u32,
        /// Index of the slot.
        slot: u32,
    },
}

/// One number, as source maps write it: six bits a character, the sign in the lowest.
pub fn vlq(out: &mut String, number: i64) {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut rest = (number.unsigned_abs() << 1) | u64::from(number < 0);
    loop {
        let digit = usize::try_from(rest & 31).expect("five bits");
        rest >>= 5;
        out.push(char::from(DIGITS[digit | if rest > 0 { 32 } else { 0 }]));
        if rest == 0 {
            return;
        }
    }
}

/// What a token is, as far as it matters where it may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// An identifier.
    Name(&'t str),
    /// A slot, the next of the piece, by its number in the plan.
    Slot(u32),
    /// Punctuation: the printer also tells where nodes end, which may be nothing that it then
    /// prints.
    Mark(&'t str),
    /// A keyword or a literal.
    Word(&'t str),
}

/// Notes where the tokens of a piece come from while it is printed.
pub(super) struct Mapper<'a> {
    ast: &'a Ast,
    through: Option<&'a TextMap>,
    /// Slots of calls: what stands there has a name of ours, and the source a call.
    calls: Range<u32>,
    map: Option<PieceMap>,
    numbers: FxHashMap<String, u32>,
    reached: Reached,
    /// Where the lines of the source had the last token's place.
    near: usize,
    state: State,
    /// A statement of the top level begins: what came before does not explain it.
    is_fresh: bool,
}

/// How far the piece's text has come.
#[derive(Default)]
struct Reached {
    cursor: Cursor,
    /// The last segment's place in the piece, slots not counted.
    generated: Place,
    /// How many slots stand before the last segment.
    slots: u32,
}

/// What the text after the last segment maps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unmapped,
    /// To a token that is the same in the source, or to the construct that the code was made for.
    Mapped {
        is_token: bool,
    },
    /// To a token with a name, which is only for the token itself.
    Named,
}

const TOKEN: State = State::Mapped { is_token: true };
const CONSTRUCT: State = State::Mapped { is_token: false };

/// Where a token comes from.
struct Origin<'a> {
    source: u32,
    place: Place,
    /// As it is written there.
    name: Option<&'a str>,
}

impl<'a> Mapper<'a> {
    pub fn new(ast: &'a Ast, calls: Range<u32>, mapping: Mapping<'a>) -> Option<Self> {
        let through = match mapping {
            Mapping::None => return None,
            Mapping::Own => None,
            Mapping::Through(map) => Some(map),
        };
        Some(Self {
            ast,
            through,
            calls,
            map: None,
            numbers: FxHashMap::default(),
            reached: Reached::default(),
            near: 0,
            state: State::Unmapped,
            is_fresh: true,
        })
    }

    /// A statement of the top level begins.
    pub fn begin_statement(&mut self) {
        self.is_fresh = true;
    }

    /// The map of the piece that ends here; what is noted from now on is of another piece.
    pub fn finish(&mut self) -> Option<Box<PieceMap>> {
        let mut names = vec![String::new(); self.numbers.len()];
        for (name, number) in self.numbers.drain() {
            names[number as usize] = name;
        }
        (self.reached, self.state) = (Reached::default(), State::Unmapped);
        self.map.take().map(|map| Box::new(PieceMap { names, ..map }))
    }

    /// A token that is about to be written, and what the printer says about where it comes from.
    pub fn token(&mut self, piece: &Piece, token: Token<'_>, position: Position) {
        let is_fresh = std::mem::take(&mut self.is_fresh);
        let is_name = matches!(token, Token::Name(_) | Token::Slot(_));
        let offset = match (position, token) {
            // A name has no position only if nothing around it has; words and marks of known
            // constructs have none of their own (`else`, `)`).
            (Position::Unknown, _) if is_fresh || is_name => return self.unmapped(piece),
            (Position::Unknown, _) => return,
            (Position::Of(offset), Token::Mark(mark))
                if separates(mark) || !self.stands_at(offset, &mark[..1]) =>
            {
                return;
            }
            (Position::Construct(_), Token::Mark(mark)) if !begins_something(mark) => return,
            (Position::Of(offset) | Position::Construct(offset), _) => offset,
        };
        let is_named = is_name && matches!(position, Position::Of(_));
        let Some(origin) = self.origin(offset, is_named) else { return self.unmapped(piece) };
        let fill = origin.name.and_then(|name| self.name(name, token, piece));
        let state = match fill {
            Some(_) => State::Named,
            None => State::Mapped { is_token: self.is_token(token, position) },
        };
        self.segment(piece, &origin, (state, fill));
    }

    /// Whether the token is what the source has there: then it gets a segment of its own, even if a
    /// construct that begins there has one already.
    fn is_token(&self, token: Token<'_>, position: Position) -> bool {
        let Position::Of(offset) = position else { return false };
        match token {
            Token::Name(_) | Token::Slot(_) => true,
            Token::Mark(text) => self.stands_at(offset, &text[..1]),
            Token::Word(text) => text.starts_with(['"', '\'']) || self.stands_at(offset, text),
        }
    }

    /// Whether a text is what the source has at an offset.
    fn stands_at(&self, offset: u32, text: &str) -> bool {
        self.ast
            .source
            .text
            .as_bytes()
            .get(offset as usize..)
            .is_some_and(|rest| rest.starts_with(text.as_bytes()))
    }

    fn origin(&mut self, offset: u32, is_named: bool) -> Option<Origin<'a>> {
        let ast = self.ast;
        let text = ast.source.text.as_str();
        let place = ast.lines().place_near(text, offset, &mut self.near)?;
        let own_name = || if is_named { identifier(&text[offset as usize..]) } else { None };
        let Some(map) = self.through else {
            return Some(Origin { source: 0, place, name: own_name() });
        };
        let found = map.origin(offset, place)?;
        let name = found.name.filter(|_| is_named).or_else(own_name);
        Some(Origin { source: found.source, place: found.place, name })
    }

    /// What to put where a name may be, if it is another one than what is printed. `written` may
    /// hold escapes.
    fn name(&mut self, written: &str, token: Token<'_>, piece: &Piece) -> Option<Fill> {
        if matches!(token, Token::Name(printed) if printed == written) {
            return None;
        }
        let name = spelled_out(written);
        let is_said = match token {
            Token::Name(printed) => spelled_out(printed) == name,
            Token::Slot(slot) => self.calls.contains(&slot),
            Token::Mark(_) | Token::Word(_) => true,
        };
        if is_said || is_reserved(&name) {
            return None;
        }
        let next = count(self.numbers.len());
        let number = match self.numbers.get(&*name) {
            Some(number) => *number,
            None => *self.numbers.entry(name.into_owned()).or_insert(next),
        };
        Some(match token {
            Token::Slot(_) => Fill::NameUnless { name: number, slot: count(piece.slots.len()) },
            Token::Name(_) | Token::Mark(_) | Token::Word(_) => Fill::Name(number),
        })
    }

    /// From here on nothing is known.
    fn unmapped(&mut self, piece: &Piece) {
        if self.state == State::Unmapped {
            return;
        }
        self.state = State::Unmapped;
        let Some(map) = &mut self.map else { return };
        let here = self.reached.here(piece);
        self.reached.generated_part(map, piece, here);
        (map.last.at, map.last.slots) = (count(piece.text.len()), count(piece.slots.len()));
    }

    fn segment(
        &mut self,
        piece: &Piece,
        origin: &Origin<'_>,
        (state, name): (State, Option<Fill>),
    ) {
        let &Origin { source, place, .. } = origin;
        let here = self.reached.here(piece);
        let anchor =
            Anchor { at: count(piece.text.len()), slots: count(piece.slots.len()), source, place };
        let said = std::mem::replace(&mut self.state, state);
        let Some(map) = &mut self.map else {
            self.reached = Reached { generated: here, slots: anchor.slots, ..self.reached };
            return self.map.insert(PieceMap::begin(anchor)).end(anchor, name);
        };
        let is_said = said == state || (said, state) == (TOKEN, CONSTRUCT);
        let is_same = (map.last.source, map.last.place) == (source, place);
        if is_said && is_same && name.is_none() && here.line == self.reached.generated.line {
            self.state = said;
            return;
        }
        self.reached.generated_part(map, piece, here);
        if map.last.source == source {
            vlq(&mut map.rest, 0);
        } else {
            map.leave(Fill::Source(source));
        }
        vlq(&mut map.rest, i64::from(place.line) - i64::from(map.last.place.line));
        vlq(&mut map.rest, i64::from(place.column) - i64::from(map.last.place.column));
        map.end(anchor, name);
    }
}

impl Reached {
    /// The place of what is written next, slots not counted.
    fn here(&mut self, piece: &Piece) -> Place {
        self.cursor.advance(&piece.text, piece.text.len())
    }

    /// Separators and the column: the difference to the segment before, of its line.
    fn generated_part(&mut self, map: &mut PieceMap, piece: &Piece, here: Place) {
        let slots = count(piece.slots.len());
        let (delta, first) = if here.line == self.generated.line {
            map.rest.push(',');
            (here.column - self.generated.column, self.slots)
        } else {
            map.rest.extend(std::iter::repeat_n(';', (here.line - self.generated.line) as usize));
            let line = count(last_line(&piece.text));
            (here.column, count(piece.slots.partition_point(|slot| slot.at < line)))
        };
        if first == slots {
            vlq(&mut map.rest, i64::from(delta));
        } else {
            map.leave(Fill::Column { delta, first, count: slots - first });
        }
        self.generated = here;
        self.slots = slots;
    }
}

impl PieceMap {
    fn begin(first: Anchor) -> Self {
        Self { first, rest: String::new(), holes: Vec::new(), names: Vec::new(), last: first }
    }

    fn end(&mut self, anchor: Anchor, name: Option<Fill>) {
        if let Some(fill) = name {
            self.leave(fill);
        }
        self.last = anchor;
    }

    fn leave(&mut self, fill: Fill) {
        self.holes.push(Hole { at: count(self.rest.len()), fill });
    }
}

/// Marks between constructs, which belong to what is before them.
fn separates(mark: &str) -> bool {
    matches!(mark, "," | ";" | ":" | ".")
}

/// Marks that a construct may begin with.
fn begins_something(mark: &str) -> bool {
    matches!(mark, "(" | "[" | "{" | "`" | "/" | "!" | "~" | "+" | "-" | "++" | "--" | "...")
}

/// Words that are no name, wherever they stand.
fn is_reserved(name: &str) -> bool {
    name.is_reserved() || matches!(name, "this" | "true" | "false" | "null" | "super")
}

fn count(of: usize) -> u32 {
    u32::try_from(of).expect("rendered texts are under 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_source_maps_write_them() {
        let written = |number| {
            let mut text = String::new();
            vlq(&mut text, number);
            text
        };
        let all = [0, 1, -1, 15, 16, -16, 123, -4000, i64::from(u32::MAX)].map(written);
        assert_eq!(all, ["A", "C", "D", "e", "gB", "hB", "2H", "h6H", "+/////H"]);
    }
}
