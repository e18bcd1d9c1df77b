//! A text put together from pieces of several others, with the place where each piece was written.
//! Compiled stylesheets are such texts: one stylesheet is made of hundreds of partials.

use std::{ops::Range, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    diagnostic::Label,
    source::{Source, Span},
};

/// A text with the origin of each of its pieces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MappedText {
    text: String,
    origins: TextOrigins,
}

/// Where the pieces of a text come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextOrigins {
    /// The texts that pieces were taken from.
    pub sources: Vec<Arc<Source>>,
    /// The pieces, sorted by their offset in the text.
    pub pieces: Vec<Piece>,
}

/// A piece of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// The offset in this text, in bytes.
    pub at: u32,
    /// An index into `TextOrigins::sources`.
    pub source: u32,
    /// The offset in the source, in bytes.
    pub from: u32,
    /// The number of bytes copied; 0: the text at `at` is not a copy, but was generated from the
    /// text at `from`.
    pub length: u32,
}

/// A range of one text that was copied into another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Copied {
    /// The offset in the new text, in bytes.
    pub at: u32,
    /// The offset in the original text, in bytes.
    pub from: u32,
    /// The length in bytes; 0: the text at `at` was generated from the text at `from`.
    pub length: u32,
}

/// The replacement of a range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The range that is replaced; empty for an insertion.
    pub range: Range<usize>,
    /// The new text.
    pub text: String,
}

impl Edit {
    /// Inserts a text at an offset.
    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Self { range: at..at, text: text.into() }
    }

    /// Replaces a range with a text.
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Self { range, text: text.into() }
    }

    /// Removes a range.
    pub fn remove(range: Range<usize>) -> Self {
        Self { range, text: String::new() }
    }

    /// Removes everything of a range except `part`.
    pub fn keep_only(range: Range<usize>, part: Range<usize>) -> [Self; 2] {
        [Self::remove(range.start..part.start), Self::remove(part.end..range.end)]
    }
}

impl MappedText {
    /// Copies a whole source.
    pub fn of(source: &Arc<Source>) -> Self {
        let mut mapped = Self::default();
        mapped.push_copied(source, 0..source.text.len());
        mapped
    }

    /// Makes a text with known pieces.
    pub fn new(text: String, origins: TextOrigins) -> Self {
        Self { text, origins }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the text and the origins of its pieces.
    pub fn into_parts(self) -> (String, TextOrigins) {
        (self.text, self.origins)
    }

    /// Appends generated text. It has no origin of its own: look-ups give the origin of the text
    /// before it.
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends a range of a source unchanged.
    pub fn push_copied(&mut self, source: &Arc<Source>, range: Range<usize>) {
        let source_index = self.origins.index(source);
        let (from, length) = (offset(range.start), offset(range.len()));
        self.origins.pieces.push(Piece {
            at: offset(self.text.len()),
            source: source_index,
            from,
            length,
        });
        self.text.push_str(&source.text[range]);
    }

    /// Marks the text that is appended next as generated from the text at `from`.
    pub fn mark(&mut self, source: &Arc<Source>, from: u32) {
        let source = self.origins.index(source);
        self.origins.pieces.push(Piece { at: offset(self.text.len()), source, from, length: 0 });
    }

    /// Appends a range of another text, with the origins of its pieces.
    pub fn push_slice(&mut self, other: &Self, range: Range<usize>) {
        let (start, end) = (offset(range.start), offset(range.end));
        let base = offset(self.text.len());
        let first =
            other.origins.pieces.partition_point(|piece| piece.at + piece.length.max(1) <= start);
        // If the range begins within generated text, its beginning has the origin of that text.
        if other.origins.pieces.get(first).is_none_or(|piece| piece.at > start)
            && first > 0
            && let Some((source, from)) = other.origins.origin(start)
        {
            self.mark(source, from);
        }
        for piece in other.origins.pieces[first..].iter().take_while(|piece| piece.at < end) {
            let skipped = start.saturating_sub(piece.at);
            let length = piece.length.min(end - piece.at).saturating_sub(skipped);
            let source = self.origins.index(&other.origins.sources[piece.source as usize]);
            let (at, from) =
                (base + piece.at + skipped - start, piece.from + skipped.min(piece.length));
            self.origins.pieces.push(Piece { at, source, from, length });
        }
        self.text.push_str(&other.text[range]);
    }

    /// Appends a text that was generated from the text at an offset of another one.
    pub fn push_made_of(&mut self, text: &str, other: &Self, at: usize) {
        if let Some((source, from)) = other.origins.origin(offset(at)) {
            self.mark(source, from);
        }
        self.push_str(text);
    }

    /// Gives a text that was made from this one the origins of this one. `copied`: which ranges
    /// were copied, and what was generated from which place.
    #[must_use]
    pub fn rewritten(&self, text: &str, copied: &[Copied]) -> Self {
        let mut mapped = Self::default();
        let mut done = 0;
        for piece in copied {
            let (at, from, length) =
                (piece.at as usize, piece.from as usize, piece.length as usize);
            mapped.push_str(&text[done..at]);
            if length == 0 {
                mapped.push_made_of("", self, from);
            }
            mapped.push_slice(self, from..from + length);
            done = at + length;
        }
        mapped.push_str(&text[done..]);
        mapped
    }

    /// Returns the text with edits applied. They must be sorted and must not overlap.
    #[must_use]
    pub fn edited(&self, edits: &[Edit]) -> Self {
        let mut mapped = Self::default();
        let mut done = 0;
        for edit in edits {
            mapped.push_slice(self, done..edit.range.start);
            if !edit.text.is_empty() {
                mapped.push_made_of(&edit.text, self, edit.range.start);
            }
            done = edit.range.end;
        }
        mapped.push_slice(self, done..self.text().len());
        mapped
    }

    /// Returns where a range of the text was written; `None` if the text has no pieces.
    pub fn label(&self, range: Range<usize>) -> Option<Label> {
        let (source, span) =
            self.origins.span(Span::new(offset(range.start), offset(range.end)))?;
        Some(Label::new(source, span))
    }
}

impl TextOrigins {
    fn index(&mut self, source: &Arc<Source>) -> u32 {
        let is_same = |known: &Arc<Source>| Arc::ptr_eq(known, source);
        // Neighbouring pieces mostly come from the same source.
        let last = self.pieces.last().map(|piece| piece.source as usize);
        let known = last
            .filter(|last| is_same(&self.sources[*last]))
            .or_else(|| self.sources.iter().position(is_same));
        let index = known.unwrap_or_else(|| {
            self.sources.push(Arc::clone(source));
            self.sources.len() - 1
        });
        offset(index)
    }

    /// Returns the origin of the text at an offset. Text without an origin of its own has the
    /// origin of the text before it, or else of the first piece. `None`: there are no pieces.
    pub fn origin(&self, at: u32) -> Option<(&Arc<Source>, u32)> {
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        let piece =
            next.checked_sub(1).map_or(self.pieces.first(), |index| self.pieces.get(index))?;
        let from = piece.from + at.saturating_sub(piece.at).min(piece.length);
        Some((&self.sources[piece.source as usize], from))
    }

    /// Maps a range of the text to a range of one of the sources.
    pub fn span(&self, span: Span) -> Option<(&Arc<Source>, Span)> {
        let (source, start) = self.origin(span.start)?;
        let end = self
            .origin(span.end.saturating_sub(1).max(span.start))
            .filter(|(other, _)| Arc::ptr_eq(other, source));
        let end = end.map_or(start, |(_, end)| end + u32::from(span.end > span.start));
        // If the text was generated token by token, only the beginning of the range is known.
        Some((source, Span::new(start, end.max(start).min(offset(source.text.len())))))
    }
}

fn offset(of: usize) -> u32 {
    u32::try_from(of).expect("texts are under 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(mapped: &MappedText, part: &str) -> String {
        let at = mapped.text().find(part).expect("it is there");
        let label = mapped.label(at..at + part.len()).expect("it was written somewhere");
        let range = label.span.start as usize..label.span.end as usize;
        format!("{}:{}", label.source.name, &label.source.text[range])
    }

    #[test]
    fn pieces_of_pieces_know_where_they_were_written() {
        let (a, b) = (Source::new("/a", "a", "one two three"), Source::new("/b", "b", "four five"));
        let mut first = MappedText::default();
        first.push_copied(&a, 4..13);
        first.push_str(" and ");
        first.push_copied(&b, 5..9);
        assert_eq!(first.text(), "two three and five");
        let mut second = MappedText::default();
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
