//! A text that is put together from pieces of several others, and knows of every piece where it was
//! written. What a stylesheet becomes is such a text: one sheet is made of hundreds of partials.

use std::{ops::Range, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::Label,
    source::{Source, Span},
    text_map::Copied,
};

/// A text with the origin of its pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Woven {
    text: String,
    weave: Weave,
}

/// Where the pieces of a text come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weave {
    /// What pieces were taken from.
    pub sources: Vec<Arc<Source>>,
    /// By rising place in the text.
    pub pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Where it is, in bytes.
    pub at: u32,
    /// An index into `Weave::sources`.
    pub source: u32,
    /// Where it was there, in bytes.
    pub from: u32,
    /// How many bytes were copied; 0: what stands at `at` was made of what is at `from`.
    pub length: u32,
}

/// What stands in the place of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// What goes; empty: nothing.
    pub range: Range<usize>,
    /// What comes.
    pub text: String,
}

impl Edit {
    /// Puts a text before what stands at a place.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { range: at..at, text: text.into() }
    }

    /// Puts a text in the place of a range.
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    /// Takes out a range.
    pub fn remove(range: Range<usize>) -> Self {
        Self { range, text: String::new() }
    }

    /// Of a range, keeps a part.
    pub fn keep_only(range: Range<usize>, part: Range<usize>) -> [Self; 2] {
        [Self::remove(range.start..part.start), Self::remove(part.end..range.end)]
    }
}

impl Woven {
    /// All of a text, as it is.
    pub fn of(source: &Arc<Source>) -> Self {
        let mut woven = Self::default();
        woven.push_copied(source, 0..source.text.len());
        woven
    }

    /// A text whose pieces are known.
    pub fn new(text: String, weave: Weave) -> Self {
        Self { text, weave }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text, and where it comes from.
    pub fn into_parts(self) -> (String, Weave) {
        (self.text, self.weave)
    }

    /// Appends a text of ours.
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends a part of a source as it is.
    pub fn push_copied(&mut self, source: &Arc<Source>, range: Range<usize>) {
        let source_index = self.weave.index(source);
        let (from, length) = (offset(range.start), offset(range.len()));
        self.weave.pieces.push(Piece {
            at: offset(self.text.len()),
            source: source_index,
            from,
            length,
        });
        self.text.push_str(&source.text[range]);
    }

    /// Says that what is appended next was made of what stands at `from`.
    pub fn mark(&mut self, source: &Arc<Source>, from: u32) {
        let source = self.weave.index(source);
        self.weave.pieces.push(Piece { at: offset(self.text.len()), source, from, length: 0 });
    }

    /// Appends a part of another text with its origins.
    pub fn push_slice(&mut self, other: &Self, range: Range<usize>) {
        let (start, end) = (offset(range.start), offset(range.end));
        let base = offset(self.text.len());
        let first =
            other.weave.pieces.partition_point(|piece| piece.at + piece.length.max(1) <= start);
        // What begins amid a text that was made of something was made of the same.
        if other.weave.pieces.get(first).is_none_or(|piece| piece.at > start)
            && first > 0
            && let Some((source, from)) = other.weave.origin(start)
        {
            self.mark(source, from);
        }
        for piece in other.weave.pieces[first..].iter().take_while(|piece| piece.at < end) {
            let skipped = start.saturating_sub(piece.at);
            let length = piece.length.min(end - piece.at).saturating_sub(skipped);
            let source = self.weave.index(&other.weave.sources[piece.source as usize]);
            let (at, from) =
                (base + piece.at + skipped - start, piece.from + skipped.min(piece.length));
            self.weave.pieces.push(Piece { at, source, from, length });
        }
        self.text.push_str(&other.text[range]);
    }

    /// Appends a text that was made of what stands at a place of another one.
    pub fn push_made_of(&mut self, text: &str, other: &Self, at: usize) {
        if let Some((source, from)) = other.weave.origin(offset(at)) {
            self.mark(source, from);
        }
        self.push_str(text);
    }

    /// A text that was made of this one: what of it was copied, and what was made of a place.
    #[must_use]
    pub fn rewritten(&self, text: &str, copied: &[Copied]) -> Self {
        let mut woven = Self::default();
        let mut done = 0;
        for piece in copied {
            let (at, from, length) =
                (piece.at as usize, piece.from as usize, piece.length as usize);
            woven.push_str(&text[done..at]);
            if length == 0 {
                woven.push_made_of("", self, from);
            }
            woven.push_slice(self, from..from + length);
            done = at + length;
        }
        woven.push_str(&text[done..]);
        woven
    }

    /// The text with edits made, which are in order and do not meet.
    #[must_use]
    pub fn edited(&self, edits: &[Edit]) -> Self {
        let mut woven = Self::default();
        let mut done = 0;
        for edit in edits {
            woven.push_slice(self, done..edit.range.start);
            if !edit.text.is_empty() {
                woven.push_made_of(&edit.text, self, edit.range.start);
            }
            done = edit.range.end;
        }
        woven.push_slice(self, done..self.text().len());
        woven
    }

    /// Where a part of the text was written; `None` if we made it.
    pub fn label(&self, range: Range<usize>) -> Option<Label> {
        let (source, span) = self.weave.span(Span::new(offset(range.start), offset(range.end)))?;
        Some(Label::new(source, span))
    }
}

impl Weave {
    fn index(&mut self, source: &Arc<Source>) -> u32 {
        let is_it = |known: &Arc<Source>| Arc::ptr_eq(known, source);
        // Neighbours mostly come from one text.
        let last = self.pieces.last().map(|piece| piece.source as usize);
        let known = last
            .filter(|last| is_it(&self.sources[*last]))
            .or_else(|| self.sources.iter().position(is_it));
        let index = known.unwrap_or_else(|| {
            self.sources.push(Arc::clone(source));
            self.sources.len() - 1
        });
        offset(index)
    }

    /// Where what stands at a place was written; for what was made up, what was written before it.
    pub fn origin(&self, at: u32) -> Option<(&Arc<Source>, u32)> {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        let piece =
            next.checked_sub(1).map_or(self.pieces.first(), |index| self.pieces.get(index))?;
        let from = piece.from + at.saturating_sub(piece.at).min(piece.length);
        Some((&self.sources[piece.source as usize], from))
    }

    /// A range of the text as a range of one of the sources.
    pub fn span(&self, span: Span) -> Option<(&Arc<Source>, Span)> {
        let (source, start) = self.origin(span.start)?;
        let end = self
            .origin(span.end.saturating_sub(1).max(span.start))
            .filter(|(other, _)| Arc::ptr_eq(other, source));
        let end = end.map_or(start, |(_, end)| end + u32::from(span.end > span.start));
        // Of what was made token by token only the beginning is known.
        Some((source, Span::new(start, end.max(start).min(offset(source.text.len())))))
    }
}

fn offset(of: usize) -> u32 {
    u32::try_from(of).expect("texts are under 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(woven: &Woven, part: &str) -> String {
        let at = woven.text().find(part).expect("it is there");
        let label = woven.label(at..at + part.len()).expect("it was written somewhere");
        let range = label.span.start as usize..label.span.end as usize;
        format!("{}:{}", label.source.name, &label.source.text[range])
    }

    #[test]
    fn pieces_of_pieces_know_where_they_were_written() {
        let (a, b) = (Source::new("/a", "a", "one two three"), Source::new("/b", "b", "four five"));
        let mut first = Woven::default();
        first.push_copied(&a, 4..13);
        first.push_str(" and ");
        first.push_copied(&b, 5..9);
        assert_eq!(first.text(), "two three and five");
        let mut second = Woven::default();
        second.push_str("<");
        second.push_slice(&first, 4..18);
        second.push_str(">");
        second.push_made_of("FOUR", &first, 15);
        assert_eq!(second.text(), "<three and five>FOUR");
        assert_eq!(shown(&second, "three"), "a:three");
        assert_eq!(shown(&second, "five"), "b:five");
        assert_eq!(shown(&second, "ive"), "b:ive");
        assert_eq!(shown(&second, "FOUR"), "b:i");
    }
}
