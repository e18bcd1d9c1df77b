//! Where the tokens of a piece were written. The mapper records this while the piece is printed,
//! and encodes it as the source map of the piece (`piece_map`).

use std::ops::Range;

use bundle_base::{
    place::{Cursor, Place, last_line},
    text_map::{TextMap, begins_with, identifier, spelled_out},
};
use rustc_hash::FxHashMap;
use swc_ecma_ast::EsReserved;

use super::{
    piece_map::{Anchor, Fill, Hole, PieceMap, vlq},
    positions::Position,
    rendered::Piece,
};
use crate::ast::Ast;

/// How positions of a part map to sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mapping<'a> {
    /// They do not: no map is made, or its text would not be found.
    None,
    /// They are positions in the part's text, which is what the user wrote.
    Own,
    /// They map through a text map, because the part was made from other texts.
    Through(&'a TextMap),
}

/// The kind of a token, as far as its mapping depends on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Token<'t> {
    /// An identifier.
    Name(&'t str),
    /// The next slot of the piece, with its number in the plan.
    Slot(u32),
    /// Punctuation. The printer also announces the ends of nodes, for which it may print nothing.
    Mark(&'t str),
    /// A keyword or a literal.
    Word(&'t str),
}

/// Records where the tokens of a piece were written, while the piece is printed.
pub(crate) struct Mapper<'a> {
    ast: &'a Ast,
    through: Option<&'a TextMap>,
    /// Slots of calls. Their names are ours, while the source has a call there.
    calls: Range<u32>,
    map: Option<PieceMap>,
    /// The text that becomes `rest` of the map. As bytes, because text would be checked at each
    /// character.
    encoded: Vec<u8>,
    numbers: FxHashMap<String, u32>,
    reached: Reached,
    /// The index in the source's line table where the last token was found.
    near: usize,
    state: State,
    /// A statement of the top level begins, so the mapping before it does not apply.
    is_fresh: bool,
}

/// The position up to which the piece's text is encoded.
#[derive(Default)]
struct Reached {
    cursor: Cursor,
    /// The last segment's place in the piece, without the lengths of slots.
    generated: Place,
    /// How many slots precede the last segment.
    slots: u32,
}

/// What the text after the last segment maps to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Unmapped,
    /// A token that is the same in the source, or the construct for which the code was made.
    Mapped {
        is_token: bool,
    },
    /// A token with a name. The name applies to that token only.
    Named,
}

const TOKEN: State = State::Mapped { is_token: true };
const CONSTRUCT: State = State::Mapped { is_token: false };

/// The source of a token.
struct Origin<'a> {
    source: u32,
    place: Place,
    /// The name as it is written there.
    name: Option<&'a str>,
}

/// What the text from a token on maps to.
struct Segment {
    source: u32,
    place: Place,
    state: State,
    name: Option<Fill>,
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
            encoded: Vec::new(),
            numbers: FxHashMap::default(),
            reached: Reached::default(),
            near: 0,
            state: State::Unmapped,
            is_fresh: true,
        })
    }

    /// Begins a statement of the top level.
    pub fn begin_statement(&mut self) {
        self.is_fresh = true;
    }

    /// Returns the map of the piece that ends here, and begins a new one.
    pub fn finish(&mut self) -> Option<Box<PieceMap>> {
        let mut names = vec![String::new(); self.numbers.len()];
        for (name, number) in self.numbers.drain() {
            names[number as usize] = name;
        }
        (self.reached, self.state) = (Reached::default(), State::Unmapped);
        let rest = String::from_utf8(std::mem::take(&mut self.encoded)).expect("it is ASCII");
        self.map.take().map(|map| Box::new(PieceMap { rest, names, ..map }))
    }

    /// Records a word or name that is about to be written, with the position that the printer
    /// announced.
    pub fn token(&mut self, piece: &Piece, token: Token<'_>, position: Position) {
        let is_fresh = std::mem::take(&mut self.is_fresh);
        let is_name = matches!(token, Token::Name(_) | Token::Slot(_));
        match position {
            // A name has no position only if no enclosing construct has one. Words of constructs
            // with a place have no position of their own (`else`).
            Position::Unknown if is_fresh || is_name => self.unmapped(piece),
            Position::Unknown => {}
            Position::Of(offset) | Position::Construct(offset) => {
                self.placed(piece, token, position, offset);
            }
        }
    }

    /// The same for punctuation: most of it belongs to the token before.
    #[inline]
    pub fn mark(&mut self, piece: &Piece, mark: &'static str, position: Position) {
        let is_fresh = std::mem::take(&mut self.is_fresh);
        match position {
            Position::Unknown if is_fresh => self.unmapped(piece),
            Position::Of(offset) if !separates(mark) && self.begins_like(offset, mark) => {
                self.placed(piece, Token::Mark(mark), position, offset);
            }
            Position::Construct(offset) if begins_something(mark) => {
                self.placed(piece, Token::Mark(mark), position, offset);
            }
            Position::Unknown | Position::Of(_) | Position::Construct(_) => {}
        }
    }

    /// Records a token with the offset of its place in the source.
    fn placed(&mut self, piece: &Piece, token: Token<'_>, position: Position, offset: u32) {
        let is_named = matches!(token, Token::Name(_) | Token::Slot(_))
            && matches!(position, Position::Of(_))
            && !(self.through.is_none() && self.is_written(offset, token));
        let Some(origin) = self.origin(offset, is_named) else { return self.unmapped(piece) };
        let fill = origin.name.and_then(|name| self.name(name, token, piece));
        let state = match fill {
            Some(_) => State::Named,
            None => State::Mapped { is_token: self.is_token(token, position) },
        };
        let Origin { source, place, .. } = origin;
        self.segment(piece, &Segment { source, place, state, name: fill });
    }

    /// Whether the source has the same token at the position. Such a token gets its own segment,
    /// even if a construct that begins there already has one.
    fn is_token(&self, token: Token<'_>, position: Position) -> bool {
        let Position::Of(offset) = position else { return false };
        match token {
            Token::Name(_) | Token::Slot(_) => true,
            Token::Mark(text) => self.begins_like(offset, text),
            Token::Word(text) => text.starts_with(['"', '\'']) || self.source_has(offset, text),
        }
    }

    /// Whether the source has the same name at an offset, so that the map need not contain it.
    fn is_written(&self, offset: u32, token: Token<'_>) -> bool {
        let Token::Name(name) = token else { return false };
        let rest = self.ast.source.text.get(offset as usize..);
        rest.is_some_and(|rest| begins_with(rest, name))
    }

    /// Whether the source has the first character of a mark at an offset.
    fn begins_like(&self, offset: u32, mark: &str) -> bool {
        self.ast.source.text.as_bytes().get(offset as usize) == mark.as_bytes().first()
    }

    /// Whether the source has a text at an offset.
    fn source_has(&self, offset: u32, text: &str) -> bool {
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
        let own_name = || if is_named { name_at(&text[offset as usize..]) } else { None };
        let Some(map) = self.through else {
            return Some(Origin { source: 0, place, name: own_name() });
        };
        let found = map.origin(offset, place)?;
        let name = found.name.filter(|_| is_named).or_else(own_name);
        Some(Origin { source: found.source, place: found.place, name })
    }

    /// Returns the name to record for a token, if it differs from the printed one. `written` may
    /// contain escapes.
    fn name(&mut self, written: &str, token: Token<'_>, piece: &Piece) -> Option<Fill> {
        if matches!(token, Token::Name(printed) if printed == written) {
            return None;
        }
        let name = spelled_out(written);
        let is_redundant = match token {
            Token::Name(printed) => spelled_out(printed) == name,
            Token::Slot(slot) => self.calls.contains(&slot),
            Token::Mark(_) | Token::Word(_) => true,
        };
        if is_redundant {
            return None;
        }
        let number = match self.numbers.get(&*name) {
            Some(number) => *number,
            None if is_reserved(&name) => return None,
            None => {
                let next = count(self.numbers.len());
                *self.numbers.entry(name.into_owned()).or_insert(next)
            }
        };
        Some(match token {
            Token::Slot(_) => Fill::NameUnless { name: number, slot: count(piece.slots.len()) },
            Token::Name(_) | Token::Mark(_) | Token::Word(_) => Fill::Name(number),
        })
    }

    /// Records that the text from here on maps to nothing.
    fn unmapped(&mut self, piece: &Piece) {
        if self.state == State::Unmapped {
            return;
        }
        self.state = State::Unmapped;
        let Some(map) = &mut self.map else { return };
        let here = self.reached.here(piece);
        self.reached.generated_part(map, &mut self.encoded, piece, here);
        (map.last.at, map.last.slots) = (count(piece.text.len()), count(piece.slots.len()));
    }

    fn segment(&mut self, piece: &Piece, segment: &Segment) {
        let &Segment { source, place, state, name } = segment;
        let here = self.reached.here(piece);
        let anchor =
            Anchor { at: count(piece.text.len()), slots: count(piece.slots.len()), source, place };
        let previous = std::mem::replace(&mut self.state, state);
        let Some(map) = &mut self.map else {
            self.reached = Reached { generated: here, slots: anchor.slots, ..self.reached };
            return self.map.insert(PieceMap::begin(anchor)).end(anchor, &self.encoded, name);
        };
        let is_covered = previous == state || (previous, state) == (TOKEN, CONSTRUCT);
        let is_same = (map.last.source, map.last.place) == (source, place);
        if is_covered && is_same && name.is_none() && here.line == self.reached.generated.line {
            self.state = previous;
            return;
        }
        self.reached.generated_part(map, &mut self.encoded, piece, here);
        if map.last.source == source {
            vlq(&mut self.encoded, 0);
        } else {
            map.leave(&self.encoded, Fill::Source(source));
        }
        vlq(&mut self.encoded, i64::from(place.line) - i64::from(map.last.place.line));
        vlq(&mut self.encoded, i64::from(place.column) - i64::from(map.last.place.column));
        map.end(anchor, &self.encoded, name);
    }
}

impl Reached {
    /// Returns the place of the text that is written next, without the lengths of slots.
    fn here(&mut self, piece: &Piece) -> Place {
        self.cursor.advance(&piece.text, piece.text.len())
    }

    /// Encodes separators and the column, as the difference to the segment before on the same line.
    fn generated_part(
        &mut self,
        map: &mut PieceMap,
        encoded: &mut Vec<u8>,
        piece: &Piece,
        here: Place,
    ) {
        let slots = count(piece.slots.len());
        let (delta, first) = if here.line == self.generated.line {
            encoded.push(b',');
            (here.column - self.generated.column, self.slots)
        } else {
            encoded.extend(std::iter::repeat_n(b';', (here.line - self.generated.line) as usize));
            let line = count(last_line(&piece.text));
            (here.column, count(piece.slots.partition_point(|slot| slot.at < line)))
        };
        if first == slots {
            vlq(encoded, i64::from(delta));
        } else {
            map.leave(encoded, Fill::Column { delta, first, count: slots - first });
        }
        self.generated = here;
        self.slots = slots;
    }
}

impl PieceMap {
    fn begin(first: Anchor) -> Self {
        Self { first, rest: String::new(), holes: Vec::new(), names: Vec::new(), last: first }
    }

    fn end(&mut self, anchor: Anchor, encoded: &[u8], name: Option<Fill>) {
        if let Some(fill) = name {
            self.leave(encoded, fill);
        }
        self.last = anchor;
    }

    fn leave(&mut self, encoded: &[u8], fill: Fill) {
        self.holes.push(Hole { at: count(encoded.len()), fill });
    }
}

/// Returns the identifier, or the private name with its `#`, that a text begins with.
fn name_at(text: &str) -> Option<&str> {
    match text.strip_prefix('#') {
        Some(after) => identifier(after).map(|name| &text[..=name.len()]),
        None => identifier(text),
    }
}

/// Whether a mark separates constructs, and so belongs to the one before it.
fn separates(mark: &str) -> bool {
    matches!(mark, "," | ";" | ":" | ".")
}

/// Whether a construct may begin with a mark.
fn begins_something(mark: &str) -> bool {
    matches!(mark, "(" | "[" | "{" | "`" | "/" | "!" | "~" | "+" | "-" | "++" | "--" | "...")
}

/// Whether a word is never a name.
fn is_reserved(name: &str) -> bool {
    // Most names are not even spelled like one.
    name.bytes().all(|byte| byte.is_ascii_lowercase())
        && (name.is_reserved() || matches!(name, "this" | "true" | "false" | "null" | "super"))
}

fn count(of: usize) -> u32 {
    u32::try_from(of).expect("rendered texts are under 4 GiB")
}
