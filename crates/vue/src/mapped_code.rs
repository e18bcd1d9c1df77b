//! Generated text that knows where each of its pieces was written. A text is put together from
//! copied pieces of the file and from code that the compiler adds. Templates and scripts are
//! compiled to such texts; diagnostics and source maps use them to find the place in the file.

use std::{ops::Range, sync::Arc};

use bundle_base::{Span, text_map::Copied};

/// A text with the origins of its pieces. Origins are byte offsets into the text of one `Source`,
/// the file.
///
/// Slices of a `shared` text are made without copying it: a template is cut into thousands of them.
#[derive(Clone, Debug)]
pub struct MappedCode(Form);

#[derive(Clone, Debug)]
enum Form {
    Whole(Written),
    /// A range of a shared text, and the index of a piece of that text: no piece before it reaches
    /// into the range. Searches begin at that index, because what they look for is near.
    Part(Arc<Written>, Range<u32>, u32),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Written {
    text: String,
    /// Sorted by place in `text`, without overlap. Text between the pieces is generated.
    pieces: Vec<Copied>,
}

impl Written {
    const NOTHING: Self = Self { text: String::new(), pieces: Vec::new() };

    fn push_copied(&mut self, text: &str, from: u32) {
        let (at, length) = (offset(self.text.len()), offset(text.len()));
        self.text.push_str(text);
        self.push_piece(Copied { at, from, length });
    }

    /// Appends a piece unless it is empty, or extends the last one if the new piece continues it.
    fn push_piece(&mut self, piece: Copied) {
        match self.pieces.last_mut() {
            _ if piece.length == 0 => {}
            Some(last)
                if last.length > 0
                    && last.at + last.length == piece.at
                    && last.from + last.length == piece.from =>
            {
                last.length += piece.length;
            }
            _ => self.pieces.push(piece),
        }
    }

    /// Returns the index of the first piece, from `from` on, that ends at `start` or after it.
    fn first_piece(&self, from: u32, start: u32) -> u32 {
        near(&self.pieces, from, |piece| piece.at + piece.length < start)
    }

    /// Appends a range of another text with its origins. `from`: the index of a piece before which
    /// no piece reaches into the range.
    fn push_slice(&mut self, other: &Self, range: Range<u32>, from: u32) {
        let Range { start, end } = range;
        let base = offset(self.text.len());
        let first = other.first_piece(from, start);
        if let Some(piece) = other.pieces.get(first as usize)
            && piece.at <= start
            && end <= piece.at + piece.length
        {
            return self.push_copied(
                &other.text[start as usize..end as usize],
                piece.from + (start - piece.at),
            );
        }
        for piece in other.pieces[first as usize..].iter().take_while(|piece| piece.at < end) {
            let skipped = start.saturating_sub(piece.at);
            if piece.length > 0 {
                let length = piece.length.min(end - piece.at).saturating_sub(skipped);
                self.push_piece(Copied {
                    at: base + piece.at + skipped - start,
                    from: piece.from + skipped,
                    length,
                });
            } else if piece.at >= start {
                // A mark (a piece of length 0) gives the origin of the text after it.
                self.pieces.push(Copied { at: base + piece.at - start, ..*piece });
            }
        }
        self.text.push_str(&other.text[start as usize..end as usize]);
    }
}

/// Returns the index of the first piece, from `from` on, for which `is_before` is false. The search
/// takes growing steps, because the result is usually near.
fn near(pieces: &[Copied], from: u32, is_before: impl Fn(&Copied) -> bool) -> u32 {
    let (mut low, mut step) = (from as usize, 1);
    while pieces.get(low + step - 1).is_some_and(&is_before) {
        low += step;
        step *= 2;
    }
    let high = pieces.len().min(low + step - 1);
    offset(low + pieces[low..high].partition_point(is_before))
}

impl Default for MappedCode {
    fn default() -> Self {
        Self(Form::Whole(Written::NOTHING))
    }
}

impl PartialEq for MappedCode {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text() && self.clone().into_parts() == other.clone().into_parts()
    }
}

impl Eq for MappedCode {}

impl MappedCode {
    /// Returns an empty text with room for `length` bytes.
    pub fn with_capacity(length: usize) -> Self {
        // One piece for 16 bytes: a piece is about a word, or half a line.
        Self(Form::Whole(Written {
            text: String::with_capacity(length),
            pieces: Vec::with_capacity(length / 16),
        }))
    }

    /// Returns a generated text, which has no origin in the file.
    pub fn made(text: impl Into<String>) -> Self {
        Self(Form::Whole(Written { text: text.into(), pieces: Vec::new() }))
    }

    /// Returns a copied piece of the file. `from`: its offset in the file.
    pub fn copied(text: &str, from: u32) -> Self {
        let mut code = Self::default();
        code.push_copied(text, from);
        code
    }

    /// The text.
    pub fn text(&self) -> &str {
        match &self.0 {
            Form::Whole(whole) => &whole.text,
            Form::Part(whole, range, _) => &whole.text[range.start as usize..range.end as usize],
        }
    }

    /// Returns the text and its pieces, for a source map.
    pub fn into_parts(mut self) -> (String, Vec<Copied>) {
        let Written { text, pieces } = std::mem::take(self.written());
        (text, pieces)
    }

    /// Returns the same text in shared form: slices of it, slices of those, and clones then take no
    /// memory of their own.
    #[must_use]
    pub fn shared(self) -> Self {
        match self.0 {
            Form::Whole(whole) => {
                let length = offset(whole.text.len());
                Self(Form::Part(Arc::new(whole), 0..length, 0))
            }
            Form::Part(..) => self,
        }
    }

    /// Returns the underlying text, the range of it that this text is, and the index of a piece
    /// before which no piece reaches into that range.
    fn whole(&self) -> (&Written, Range<u32>, u32) {
        match &self.0 {
            Form::Whole(whole) => (whole, 0..offset(whole.text.len()), 0),
            Form::Part(whole, range, first) => (whole, range.clone(), *first),
        }
    }

    fn make_whole(&mut self) {
        let (whole, range, first) = self.whole();
        let mut own = Written::default();
        own.push_slice(whole, range, first);
        self.0 = Form::Whole(own);
    }

    /// Returns the text for changes. A part of a shared text is copied first.
    #[inline]
    fn written(&mut self) -> &mut Written {
        if let Form::Part(..) = &self.0 {
            self.make_whole();
        }
        match &mut self.0 {
            Form::Whole(whole) => whole,
            Form::Part(..) => unreachable!("it has just been made whole"),
        }
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.text().is_empty()
    }

    /// Appends generated text.
    #[inline]
    pub fn push_str(&mut self, text: &str) {
        self.written().text.push_str(text);
    }

    /// Appends a copied piece of the file. `from`: its offset in the file.
    pub fn push_copied(&mut self, text: &str, from: u32) {
        self.written().push_copied(text, from);
    }

    /// Appends a text that was derived from what is at `from` in the file: a decoded entity, a
    /// renamed identifier.
    pub fn push_made_of(&mut self, text: &str, from: u32) {
        self.mark(from);
        self.push_str(text);
    }

    /// Records that the text which is appended next was derived from what is at `from` in the file.
    pub fn mark(&mut self, from: u32) {
        let Written { text, pieces } = self.written();
        let at = offset(text.len());
        match pieces.last_mut() {
            Some(last) if last.length == 0 && last.at == at => last.from = from,
            _ => pieces.push(Copied { at, from, length: 0 }),
        }
    }

    /// Appends another text with its origins.
    pub fn push(&mut self, other: &Self) {
        let (whole, range, first) = other.whole();
        self.written().push_slice(whole, range, first);
    }

    /// Appends a part of another text with its origins.
    pub fn push_slice(&mut self, other: &Self, range: Range<usize>) {
        let (whole, within, first) = other.whole();
        self.written().push_slice(
            whole,
            within.start + offset(range.start)..within.start + offset(range.end),
            first,
        );
    }

    /// Appends another text as a string literal, escaped as in JSON, and valid in every edition of
    /// ECMAScript.
    pub fn push_quoted(&mut self, other: &Self) {
        self.push_str("\"");
        self.push_escaped(other);
        self.push_str("\"");
    }

    /// Appends another text escaped as in a string literal, without the quotes.
    pub fn push_escaped(&mut self, other: &Self) {
        let (text, mut plain) = (other.text(), 0);
        while let Some(at) = special(text, plain) {
            self.push_slice(other, plain..at);
            self.mark(other.origin(at));
            let code = text[at..].chars().next().map_or(0, u32::from);
            let special = &text[at..at + char::from_u32(code).map_or(1, char::len_utf8)];
            match special {
                "\"" | "\\" => self.written().text.extend(["\\", special]),
                "\n" => self.push_str("\\n"),
                "\r" => self.push_str("\\r"),
                "\t" => self.push_str("\\t"),
                "\u{8}" => self.push_str("\\b"),
                "\u{c}" => self.push_str("\\f"),
                _ => self.push_str(&format!("\\u{code:04x}")),
            }
            plain = at + special.len();
        }
        self.push_slice(other, plain..text.len());
    }

    /// Returns the text as a string literal.
    #[must_use]
    pub fn quoted(&self) -> Self {
        let mut literal = Self::with_capacity(self.text().len() + 2);
        literal.push_quoted(self);
        literal
    }

    /// Returns a range of the text with its origins.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        match &self.0 {
            Form::Whole(_) => {
                let mut part = Self::default();
                part.push_slice(self, range);
                part
            }
            Form::Part(whole, within, first) => {
                let part = within.start + offset(range.start)..within.start + offset(range.end);
                let first = whole.first_piece(*first, part.start);
                Self(Form::Part(Arc::clone(whole), part, first))
            }
        }
    }

    /// Removes the text before `to`. Look-ups after that place become faster.
    pub fn advance(&mut self, to: usize) {
        match &mut self.0 {
            Form::Whole(_) => *self = self.slice(to..self.text().len()),
            Form::Part(whole, within, first) => {
                within.start += offset(to);
                *first = whole.first_piece(*first, within.start);
            }
        }
    }

    /// Returns the text without white space at both ends, as JavaScript's `trim` does it.
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let text = self.text();
        if let [b'!'..=b'~', .., b'!'..=b'~'] | [b'!'..=b'~'] = text.as_bytes() {
            return self.clone();
        }
        let start = text.len() - text.trim_start_matches(is_space).len();
        let end = text.trim_end_matches(is_space).len().max(start);
        self.slice(start..end)
    }

    /// Returns the offset in the file where the character at `at` was written. For generated text,
    /// returns the end of the copied piece before it.
    pub fn origin(&self, at: usize) -> u32 {
        origin_of(self.piece_before(at))
    }

    /// Whether the character at `at` is not copied from the file.
    pub fn is_made(&self, at: usize) -> bool {
        !self.piece_before(at).is_ok_and(|(piece, behind)| behind < piece.length)
    }

    /// Returns the last piece that begins at `at` or before it, and the distance from its start to
    /// `at`. `Err` holds the first piece, if there is one.
    fn piece_before(&self, at: usize) -> Result<(Copied, u32), Option<Copied>> {
        let (Written { pieces, .. }, Range { start, end }, first) = self.whole();
        let at = start + offset(at);
        let next = near(pieces, first, |piece| piece.at <= at && piece.at < end) as usize;
        let is_here = |piece: &Copied| {
            if piece.length == 0 { piece.at >= start } else { piece.at + piece.length > start }
        };
        match next.checked_sub(1).map(|index| pieces[index]).filter(is_here) {
            Some(piece) => {
                Ok((Copied { length: piece.length.min(end - piece.at), ..piece }, at - piece.at))
            }
            None => Err(pieces.get(next).filter(|piece| piece.at < end).copied()),
        }
    }

    /// Returns the range of the file that a range of the text comes from.
    pub fn span(&self, range: Range<usize>) -> Span {
        let found = self.piece_before(range.start);
        if let Ok((piece, behind)) = found
            && !range.is_empty()
            && behind + offset(range.len()) <= piece.length
        {
            let start = piece.from + behind;
            return Span::new(start, start + offset(range.len()));
        }
        let start = origin_of(found);
        // Use the end of the last character, not the start of what follows, which may come from
        // another place.
        let end = match self.text()[range.clone()].char_indices().next_back() {
            Some((last, c)) => self.origin(range.start + last) + offset(c.len_utf8()),
            None => start,
        };
        Span::new(start, end.max(start))
    }

    /// Returns the range of the file that the whole text comes from.
    pub fn whole_span(&self) -> Span {
        self.span(0..self.text().len())
    }
}

/// Converts a result of `MappedCode::piece_before` to an offset in the file.
fn origin_of(found: Result<(Copied, u32), Option<Copied>>) -> u32 {
    match found {
        Ok((piece, behind)) => piece.from + behind.min(piece.length),
        Err(first) => first.map_or(0, |piece| piece.from),
    }
}

/// Returns the position of the first character, at `from` or after it, that a string literal must
/// escape.
fn special(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let is_special = |at: usize| match bytes[at] {
        b'"' | b'\\' | 0..=0x1f => true,
        0xe2 => matches!(bytes[at..], [_, 0x80, 0xa8 | 0xa9, ..]),
        _ => false,
    };
    (from..bytes.len()).find(|at| is_special(*at))
}

/// True for white space in the sense of JavaScript's `\s` and `trim`.
pub(crate) fn is_space(c: char) -> bool {
    (c.is_whitespace() && c != '\u{85}') || c == '\u{feff}'
}

/// Converts a length to an offset. Texts are smaller than 4 GiB: the parser refuses larger ones.
pub(crate) fn offset(length: usize) -> u32 {
    u32::try_from(length).expect("texts are smaller than 4 GiB")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_know_where_they_were_written() {
        let file = "<p>{{ a + b }}</p>";
        let mut code = MappedCode::made("_s(");
        code.push_copied(&file[6..11], 6);
        code.push_str(")");
        assert_eq!(code.text(), "_s(a + b)");
        assert_eq!(code.origin(3), 6);
        assert_eq!(code.origin(7), 10);
        assert_eq!([2, 3, 7, 8].map(|at| code.is_made(at)), [true, false, false, true]);
        let part = code.slice(5..8);
        assert_eq!((part.text(), part.origin(2)), ("+ b", 10));
        assert_eq!(part.whole_span(), Span::new(8, 11));
        let quoted = MappedCode::copied("a\"\n\u{1}\u{2028}é", 5).quoted();
        assert_eq!(quoted.text(), r#""a\"\n\u0001\u2028é""#);
        let last = quoted.text().find('é').expect("it is there");
        assert_eq!((quoted.origin(1), quoted.origin(last)), (5, 12));
        let mut two = MappedCode::copied("ab", 0);
        two.push_copied("cd", 2);
        assert_eq!(two, MappedCode::copied("abcd", 0));
    }

    #[test]
    fn pieces_are_found_from_wherever_one_begins() {
        let mut code = MappedCode::default();
        for place in 0..200 {
            code.push_copied("ab", 10 * place);
        }
        let shared = code.shared();
        for from in 0..400 {
            let mut rest = shared.clone();
            rest.advance(from);
            assert_eq!(rest, shared.slice(from..400));
            for at in (from..400).step_by(7) {
                let place = offset(at / 2 * 10 + at % 2);
                assert_eq!(
                    (rest.origin(at - from), rest.slice(at - from..400 - from).origin(0)),
                    (place, place)
                );
                assert_eq!(rest.span(at - from..at - from + 1), Span::new(place, place + 1));
            }
        }
    }

    #[test]
    fn parts_of_what_is_shared_are_those_of_a_copy() {
        let mut code = MappedCode::made("x");
        code.push_copied("abc", 10);
        code.push_made_of("&", 20);
        code.push_copied("de", 25);
        code.push_str("yy");
        code.push_made_of("z", 40);
        let (shared, length) = (code.clone().shared(), code.text().len());
        for start in 0..=length {
            // An empty copy has no piece, and so no origin.
            for end in start + 1..=length {
                let (part, copy) = (shared.slice(start..end), code.slice(start..end));
                assert_eq!(part, copy);
                assert_eq!(part.slice(0..end - start), copy);
                assert_eq!(part.quoted(), copy.quoted());
                for at in 0..=end - start {
                    let facts = |code: &MappedCode| {
                        (code.origin(at), code.is_made(at), code.span(at..end - start))
                    };
                    assert_eq!(facts(&part), facts(&copy), "{start}..{end} at {at}");
                }
                let (mut longer, mut other) = (part, copy);
                longer.push_copied("!", 50);
                other.push_copied("!", 50);
                assert_eq!(longer, other);
            }
        }
        assert_eq!(shared, code);
    }
}
