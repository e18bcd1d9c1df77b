//! Where the pieces of a text come from, as plain data.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::source::{Source, Span};

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

impl TextOrigins {
    /// Returns the index of a source, which is added if it is new.
    pub(crate) fn index(&mut self, source: &Arc<Source>) -> u32 {
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

    /// Returns the origin of the text at an offset. Text without an origin of its own has that of
    /// the text before it, or else that of the first piece. `None`: there are no pieces.
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

/// Narrows an offset or an index.
pub(crate) fn offset(of: usize) -> u32 {
    u32::try_from(of).expect("texts are under 4 GiB")
}
