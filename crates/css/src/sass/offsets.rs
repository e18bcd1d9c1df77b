//! Bytes of a text by line and column.

use bundle_base::place::Place;

/// The lines of a text.
pub(super) struct Offsets {
    /// Where each begins.
    starts: Vec<usize>,
}

impl Offsets {
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The byte of a place whose column counts UTF-16 code units.
    pub fn utf16(&self, text: &str, place: Place) -> usize {
        self.by(text, place, char::len_utf16)
    }

    /// The same where it counts characters.
    pub fn characters(&self, text: &str, place: Place) -> usize {
        self.by(text, place, |_| 1)
    }

    fn by(&self, text: &str, place: Place, width: impl Fn(char) -> usize) -> usize {
        let Some(&start) = self.starts.get(place.line as usize) else { return text.len() };
        let end = self.starts.get(place.line as usize + 1).map_or(text.len(), |next| next - 1);
        let line = &text[start..end];
        let column = place.column as usize;
        if line.is_ascii() {
            return start + column.min(line.len());
        }
        let mut seen = 0;
        for (at, c) in line.char_indices() {
            if seen >= column {
                return start + at;
            }
            seen += width(c);
        }
        end
    }
}
