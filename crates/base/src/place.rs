//! Places as source maps count them: lines and columns from 0, columns in UTF-16 code units. A
//! `Cursor` computes them for a text that grows, where only the last place matters; `Lines`
//! computes them at any offset.

use serde::{Deserialize, Serialize};

/// A place in a text.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Place {
    /// Line number, from 0. `\n`, `\r\n`, `\r`, U+2028 and U+2029 end a line.
    pub line: u32,
    /// Column, from 0, in UTF-16 code units.
    pub column: u32,
}

impl Place {
    /// Returns the byte offset of this place in a text, or `None` if the text has too few lines.
    pub fn offset_in(self, text: &str) -> Option<u32> {
        let mut start = 0;
        for _ in 0..self.line {
            let rest = text.get(start..)?;
            let end = rest.find(['\n', '\r', '\u{2028}', '\u{2029}'])?;
            let is_pair = rest[end..].starts_with("\r\n");
            start += end
                + if is_pair { 2 } else { rest[end..].chars().next().map_or(0, char::len_utf8) };
        }
        let mut left = self.column as usize;
        let inside = text.get(start..)?.chars().take_while(|letter| {
            let is_before = left > 0;
            left = left.saturating_sub(letter.len_utf16());
            is_before
        });
        u32::try_from(start + inside.map(char::len_utf8).sum::<usize>()).ok()
    }

    /// Returns the place after `text`, if `text` begins at this place.
    #[must_use]
    pub fn after(self, text: &str) -> Self {
        // Most texts are what is between two tokens: for so few bytes a simple loop is faster than
        // a search.
        if text.len() <= SHORT
            && let Some(place) = self.after_simple(text)
        {
            return place;
        }
        if is_simple(text) {
            let newlines = memchr::memchr_iter(b'\n', text.as_bytes()).count();
            return match memchr::memrchr(b'\n', text.as_bytes()) {
                Some(last) => {
                    Self { line: self.line + count(newlines), column: count(text.len() - last - 1) }
                }
                None => Self { line: self.line, column: self.column + count(text.len()) },
            };
        }
        let mut place = self;
        let mut rest = text.chars().peekable();
        while let Some(c) = rest.next() {
            match c {
                '\r' if rest.peek() == Some(&'\n') => {}
                '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                    place = Self { line: place.line + 1, column: 0 }
                }
                _ => place.column += count(c.len_utf16()),
            }
        }
        place
    }

    /// As `after`, for ASCII text without `\r`; `None` for any other text.
    fn after_simple(self, text: &str) -> Option<Self> {
        if is_printable(text.as_bytes()) {
            return Some(Self { line: self.line, column: self.column + count(text.len()) });
        }
        let mut place = self;
        for byte in text.bytes() {
            match byte {
                b'\n' => place = Self { line: place.line + 1, column: 0 },
                b'\r' | 0x80.. => return None,
                _ => place.column += 1,
            }
        }
        Some(place)
    }
}

/// Whether a text is ASCII, and every line ends with `\n` alone.
fn is_simple(text: &str) -> bool {
    text.is_ascii() && memchr::memchr(b'\r', text.as_bytes()).is_none()
}

/// Whether all bytes are spaces or visible characters of ASCII. It looks at eight at a time.
fn is_printable(bytes: &[u8]) -> bool {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const SPACES: u64 = 0x2020_2020_2020_2020;
    let (words, rest) = bytes.as_chunks::<8>();
    // A byte below a space borrows, which sets the high bit of its difference.
    let is_word = |word: &[u8; 8]| {
        let word = u64::from_ne_bytes(*word);
        (word | word.wrapping_sub(SPACES)) & HIGH == 0
    };
    words.iter().all(is_word) && rest.iter().all(|byte| (b' '..0x80).contains(byte))
}

/// The length up to which a text is short, in bytes.
const SHORT: usize = 32;

/// Returns the byte offset at which the last line of a text begins.
pub fn last_line(text: &str) -> usize {
    let end =
        text.char_indices().rfind(|(_, c)| matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}'));
    end.map_or(0, |(at, c)| at + c.len_utf8())
}

fn count(of: usize) -> u32 {
    u32::try_from(of).expect("texts are under 4 GiB")
}

/// A place that moves forward through a growing text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cursor {
    at: usize,
    place: Place,
}

impl Cursor {
    /// Moves to a byte offset, which must not be before the current one, and returns its place.
    pub fn advance(&mut self, text: &str, to: usize) -> Place {
        self.place = self.place.after(&text[self.at..to]);
        self.at = to;
        self.place
    }
}

/// The distance of known places in a long line: for a place between them, at most this many bytes
/// are counted.
const STRIDE: usize = 256;

/// The lines of a text, to look up places at any offset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Byte offsets with their places, sorted: the start of every line, and points within long
    /// lines.
    known: Vec<(u32, Place)>,
    /// The length of the text if it is ASCII without `\r`, so that columns are bytes.
    simple: Option<u32>,
}

impl Lines {
    /// Computes the lines of `text`.
    pub fn new(text: &str) -> Self {
        // Most texts are simple as a whole, which is quicker to check than every line.
        if is_simple(text) {
            return Self::of_simple(text);
        }
        let mut known = vec![(0, Place::default())];
        let mut at = 0;
        let has_returns = memchr::memchr(b'\r', text.as_bytes()).is_some();
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|end| end + 1);
        for end in ends.chain((!text.ends_with('\n')).then_some(text.len())) {
            let line = &text[at..end];
            let (start, place) = *known.last().expect("a line begins where the one before ended");
            if if has_returns { is_simple(line) } else { line.is_ascii() } {
                let columns = (STRIDE..line.len()).step_by(STRIDE).map(count);
                known.extend(columns.map(|column| (start + column, Place { column, ..place })));
                if line.ends_with('\n') {
                    known.push((
                        start + count(line.len()),
                        Place { line: place.line + 1, column: 0 },
                    ));
                }
            } else {
                add_known_places(line, at, place, &mut known);
            }
            at = end;
        }
        Self { known, simple: None }
    }

    /// As `new`, for ASCII text without `\r`. Every column is a byte, so the starts of lines are
    /// enough.
    fn of_simple(text: &str) -> Self {
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| count(at + 1));
        let lines = ends.zip(1..).map(|(end, line)| (end, Place { line, column: 0 }));
        let known = std::iter::once((0, Place::default())).chain(lines).collect();
        Self { known, simple: Some(count(text.len())) }
    }

    /// Returns the place of a byte offset. `text` must be the text that the lines were computed
    /// from. `None`: the offset is beyond the end.
    pub fn place(&self, text: &str, offset: u32) -> Option<Place> {
        self.place_near(text, offset, &mut 0)
    }

    /// As `place`, for callers that look up one place after another: `hint` is the index found
    /// last.
    pub fn place_near(&self, text: &str, offset: u32, hint: &mut usize) -> Option<Place> {
        let is_here = |hint: usize| {
            let ends = self.known.get(hint + 1).is_none_or(|(next, _)| *next > offset);
            ends && self.known.get(hint).is_some_and(|(at, _)| *at <= offset)
        };
        if !is_here(*hint) && is_here(*hint + 1) {
            *hint += 1;
        } else if !is_here(*hint) {
            *hint = self.known.partition_point(|(at, _)| *at <= offset).checked_sub(1)?;
        }
        let (at, place) = self.known.get(*hint)?;
        if let Some(length) = self.simple {
            let is_inside = offset <= length;
            return is_inside.then(|| Place { column: place.column + (offset - at), ..*place });
        }
        let between = text.get(*at as usize..offset as usize)?;
        // The `\r` of a `\r\n` does not end a line: an offset between the two is on the line
        // before.
        let between = between.strip_suffix('\r').unwrap_or(between);
        // No line ends in between, and ASCII has as many columns as bytes.
        Some(if between.is_ascii() {
            Place { line: place.line, column: place.column + count(between.len()) }
        } else {
            place.after(between)
        })
    }

    /// Returns the number of lines.
    pub fn count(&self) -> u32 {
        self.known.last().map_or(1, |(_, place)| place.line + 1)
    }
}

/// Adds the known places of a text that ends with the next `\n`, character by character. The text
/// begins at a byte offset and a place.
fn add_known_places(text: &str, begins: usize, mut place: Place, known: &mut Vec<(u32, Place)>) {
    let mut last = 0;
    let mut rest = text.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let is_end = match c {
            '\r' => rest.peek().is_none_or(|(_, next)| *next != '\n'),
            '\n' | '\u{2028}' | '\u{2029}' => true,
            _ => false,
        };
        place = if is_end {
            Place { line: place.line + 1, column: 0 }
        } else {
            Place { line: place.line, column: place.column + count(c.len_utf16()) }
        };
        if is_end || at - last >= STRIDE {
            last = at + c.len_utf8();
            known.push((count(begins + last), place));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: u32, column: u32) -> Place {
        Place { line, column }
    }

    #[test]
    fn offsets_are_counted_in_lines_and_utf_16() {
        let text = "one\r\n\u{1f600}two\u{2028}three";
        assert_eq!(at(0, 2).offset_in(text), Some(2));
        assert_eq!(at(1, 2).offset_in(text), Some(9));
        assert_eq!(at(2, 0).offset_in(text), Some(15));
        assert_eq!(at(3, 0).offset_in(text), None);
    }

    #[test]
    fn columns_are_utf16_and_every_line_end_counts() {
        let text = "a\u{1f600}b\r\nc\rd\u{2028}é e\n";
        let lines = Lines::new(text);
        let place = |of: &str| {
            let offset = text.find(of).expect("it stands in the text");
            lines.place(text, count(offset)).expect("the offset is inside the text")
        };
        assert_eq!(place("b"), at(0, 3));
        assert_eq!(place("c"), at(1, 0));
        assert_eq!(place("d"), at(2, 0));
        assert_eq!(place("e"), at(3, 2));
        assert_eq!(lines.place(text, count(text.len())), Some(at(4, 0)));
        assert_eq!(lines.place(text, 1000), None);
        assert_eq!(lines.count(), 5);
    }

    #[test]
    fn a_cursor_and_the_lines_agree() {
        let text = format!("{}é\u{1f600}x\ny\r\n{}z", "ab ".repeat(300), "ü".repeat(700));
        let lines = Lines::new(&text);
        let mut cursor = Cursor::default();
        let mut near = 0;
        for (offset, _) in text.char_indices().filter(|(_, c)| *c != '\n') {
            let found = cursor.advance(&text, offset);
            assert_eq!(lines.place(&text, count(offset)), Some(found), "at {offset}");
            assert_eq!(
                lines.place_near(&text, count(offset), &mut near),
                Some(found),
                "near {near} at {offset}"
            );
        }
    }
}
