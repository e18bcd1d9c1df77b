//! Text that is put together from pieces of a file and of what we add, and knows of every piece where it was written. What a
//! template or a script becomes is such a text: errors and source maps find their way back through it.

use std::ops::Range;

use bundle_base::{Span, text_map::Copied};

/// A text with the origin of its pieces. Origins are byte offsets into the text of one `Source`, the file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    text: String,
    /// By rising place in `text`, without overlap. A gap was made up.
    pieces: Vec<Copied>,
}

impl Code {
    /// A text of ours, which stands nowhere in the file.
    pub fn made(text: impl Into<String>) -> Self {
        Self { text: text.into(), pieces: Vec::new() }
    }

    /// A piece of the file as it is. `from`: where it is there.
    pub fn copied(text: &str, from: u32) -> Self {
        let mut code = Self::default();
        code.push_copied(text, from);
        code
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The pieces, for a source map.
    pub fn into_parts(self) -> (String, Vec<Copied>) {
        (self.text, self.pieces)
    }

    /// True if there is no text.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends a text of ours.
    pub fn push_str(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Appends a piece of the file as it is.
    pub fn push_copied(&mut self, text: &str, from: u32) {
        let (at, length) = (offset(self.text.len()), offset(text.len()));
        self.text.push_str(text);
        if let Some(last) = self.pieces.last_mut()
            && last.length > 0
            && last.at + last.length == at
            && last.from + last.length == from
        {
            last.length += length;
        } else if length > 0 {
            self.pieces.push(Copied { at, from, length });
        }
    }

    /// Appends a text that was made of what stands at `from`: a decoded entity, a renamed identifier.
    pub fn push_made_of(&mut self, text: &str, from: u32) {
        self.mark(from);
        self.text.push_str(text);
    }

    /// Says that what is appended next was made of what stands at `from`.
    pub fn mark(&mut self, from: u32) {
        let at = offset(self.text.len());
        match self.pieces.last_mut() {
            Some(last) if last.length == 0 && last.at == at => last.from = from,
            _ => self.pieces.push(Copied { at, from, length: 0 }),
        }
    }

    /// Appends another text with its origins.
    pub fn push(&mut self, other: &Self) {
        self.push_slice(other, 0..other.text.len());
    }

    /// Appends a part of another text with its origins.
    pub fn push_slice(&mut self, other: &Self, range: Range<usize>) {
        let (start, end) = (offset(range.start), offset(range.end));
        let base = offset(self.text.len());
        let first = other.pieces.partition_point(|piece| piece.at + piece.length < start);
        for piece in other.pieces[first..].iter().take_while(|piece| piece.at < end) {
            let skipped = start.saturating_sub(piece.at);
            if piece.length == 0 {
                // A mark speaks of what follows it.
                if piece.at >= start {
                    self.pieces.push(Copied { at: base + piece.at - start, ..*piece });
                }
                continue;
            }
            let length = piece.length.min(end - piece.at).saturating_sub(skipped);
            if length == 0 {
                continue;
            }
            let (at, from) = (base + piece.at + skipped - start, piece.from + skipped);
            match self.pieces.last_mut() {
                Some(last) if last.length > 0 && last.at + last.length == at && last.from + last.length == from => {
                    last.length += length;
                }
                _ => self.pieces.push(Copied { at, from, length }),
            }
        }
        self.text.push_str(&other.text[range]);
    }

    /// Appends another text as a string literal, escaped as JSON is and for scripts of every age.
    pub fn push_quoted(&mut self, other: &Self) {
        self.push_str("\"");
        let mut plain = 0;
        let is_special = |c: char| matches!(c, '"' | '\\' | '\0'..='\u{1f}' | '\u{2028}' | '\u{2029}');
        for (at, special) in other.text.match_indices(is_special) {
            self.push_slice(other, plain..at);
            self.mark(other.origin(at));
            let code = special.chars().next().map_or(0, u32::from);
            match special {
                "\"" | "\\" => self.text.extend(["\\", special]),
                "\n" => self.push_str("\\n"),
                "\r" => self.push_str("\\r"),
                "\t" => self.push_str("\\t"),
                "\u{8}" => self.push_str("\\b"),
                "\u{c}" => self.push_str("\\f"),
                _ => self.push_str(&format!("\\u{code:04x}")),
            }
            plain = at + special.len();
        }
        self.push_slice(other, plain..other.text.len());
        self.push_str("\"");
    }

    /// A string literal of it.
    #[must_use]
    pub fn quoted(&self) -> Self {
        let mut literal = Self::default();
        literal.push_quoted(self);
        literal
    }

    /// A part of it, with its origins.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut part = Self::default();
        part.push_slice(self, range);
        part
    }

    /// Without the white space (as JavaScript's `trim` sees it) at both ends.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let start = self.text.len() - self.text.trim_start_matches(is_space).len();
        let end = self.text.trim_end_matches(is_space).len().max(start);
        self.slice(start..end)
    }

    /// Where the character at a place of the text was written; for what was made up, the end of what was written before it.
    pub fn origin(&self, at: usize) -> u32 {
        let at = offset(at);
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        match next.checked_sub(1).map(|index| self.pieces[index]) {
            Some(piece) => piece.from + (at - piece.at).min(piece.length),
            None => self.pieces.first().map_or(0, |piece| piece.from),
        }
    }

    /// True if the character at a place of the text stands nowhere in the file.
    pub fn is_made(&self, at: usize) -> bool {
        let at = offset(at);
        let next = self.pieces.partition_point(|piece| piece.at <= at);
        next.checked_sub(1).is_none_or(|index| at >= self.pieces[index].at + self.pieces[index].length)
    }

    /// A range of the text as a range of the file.
    pub fn span(&self, range: Range<usize>) -> Span {
        let start = self.origin(range.start);
        // The end of the last character, not the start of what follows: that may come from elsewhere.
        let end = match self.text[range.clone()].char_indices().next_back() {
            Some((last, c)) => self.origin(range.start + last) + offset(c.len_utf8()),
            None => start,
        };
        Span::new(start, end.max(start))
    }

    /// All of it as a range of the file.
    pub fn whole_span(&self) -> Span {
        self.span(0..self.text.len())
    }
}

/// White space as JavaScript's `\s` and `trim` have it.
pub(crate) fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// Texts are smaller than 4 GiB: the parser refuses larger ones.
pub(crate) fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("texts are smaller than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_know_where_they_were_written() {
        let file = "<p>{{ a + b }}</p>";
        let mut code = Code::made("_s(");
        code.push_copied(&file[6..11], 6);
        code.push_str(")");
        assert_eq!(code.text(), "_s(a + b)");
        assert_eq!(code.origin(3), 6);
        assert_eq!(code.origin(7), 10);
        assert_eq!([2, 3, 7, 8].map(|at| code.is_made(at)), [true, false, false, true]);
        let part = code.slice(5..8);
        assert_eq!((part.text(), part.origin(2)), ("+ b", 10));
        assert_eq!(part.whole_span(), Span::new(8, 11));
        let quoted = Code::copied("a\"\n\u{1}\u{2028}é", 5).quoted();
        assert_eq!(quoted.text(), r#""a\"\n\u0001\u2028é""#);
        let last = quoted.text().find('é').expect("it is there");
        assert_eq!((quoted.origin(1), quoted.origin(last)), (5, 12));
        let mut two = Code::copied("ab", 0);
        two.push_copied("cd", 2);
        assert_eq!(two, Code::copied("abcd", 0));
    }
}
