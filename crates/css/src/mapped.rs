//! CSS that another compiler wrote, with the source map that it made, and its conversion to a text
//! that knows where its pieces were written.

use std::cell::Cell;

use bundle_base::{mapped_text::MappedText, place::Place};

/// CSS from another compiler, with its mappings.
pub struct Css {
    pub text: String,
    /// The files that `segments` refer to by index, under the names that the compiler gives them.
    pub sources: Vec<String>,
    /// Sorted by place in `text`.
    pub segments: Vec<Segment>,
}

/// Where a token comes from. Columns of `at` count UTF-16 code units; those of `from` count what
/// the compiler counts.
pub struct Segment {
    at: Place,
    source: usize,
    from: Place,
}

impl Css {
    /// Creates it from CSS and the `mappings` of its source map, whose files are `sources`. Invalid
    /// mappings count as none.
    pub fn new(text: String, sources: Vec<String>, mappings: &str) -> Self {
        let mut read = parcel_sourcemap::SourceMap::new("/");
        // The source map would make paths relative, so it gets numbers in place of them.
        let numbers: Vec<String> = (0..sources.len()).map(|source| source.to_string()).collect();
        let added = read.add_vlq_map(mappings.as_bytes(), numbers, Vec::new(), Vec::new(), 0, 0);
        let segments = added.map_or_else(|_| Vec::new(), |()| segments(&read));
        Self { text, sources, segments }
    }

    /// Creates it from CSS with a source map in its last line, if there is one.
    pub fn with_its_map(mut text: String) -> Self {
        const BEGIN: &str = "/*# sourceMappingURL=";
        let found = text.rfind(BEGIN).and_then(|at| {
            let address = text[at + BEGIN.len()..].split("*/").next()?.trim();
            Some((at, parcel_sourcemap::SourceMap::from_data_url("/", address).ok()?))
        });
        let Some((at, map)) = found else {
            return Self { text, sources: Vec::new(), segments: Vec::new() };
        };
        text.truncate(at);
        Self { text, sources: map.get_sources().clone(), segments: segments(&map) }
    }

    /// Returns the CSS with its origins. `mark` gets the index of a source and a place in it, and
    /// marks in the text that what follows was written there.
    pub fn mapped(&self, mut mark: impl FnMut(usize, Place, &mut MappedText)) -> MappedText {
        let text = self.text.as_str();
        let generated = Offsets::new(text);
        let mut mapped = MappedText::default();
        let mut done = 0;
        for segment in &self.segments {
            let at = generated.utf16(text, segment.at);
            if at >= done {
                mapped.push_str(&text[done..at]);
                done = at;
                mark(segment.source, segment.from, &mut mapped);
            }
        }
        mapped.push_str(&text[done..]);
        mapped
    }
}

fn segments(map: &parcel_sourcemap::SourceMap) -> Vec<Segment> {
    let segments = map.get_mappings().into_iter().filter_map(|mapping| {
        let original = mapping.original?;
        Some(Segment {
            at: Place { line: mapping.generated_line, column: mapping.generated_column },
            source: original.source as usize,
            from: Place { line: original.original_line, column: original.original_column },
        })
    });
    segments.collect()
}

/// Where the lines of a text begin, to convert places to bytes. Places that follow each other in a
/// line are cheap: a minified stylesheet is one line.
pub struct Offsets {
    /// Where each line begins, in bytes.
    starts: Vec<usize>,
    last: Cell<Last>,
}

/// The place that was converted last.
#[derive(Clone, Copy, Default)]
struct Last {
    line: u32,
    column: usize,
    /// Its byte.
    at: usize,
    /// Whether the column counts UTF-16 code units, not characters.
    is_utf16: bool,
}

impl Offsets {
    pub fn new(text: &str) -> Self {
        let ends =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(ends).collect(), last: Cell::default() }
    }

    /// Counts lines as CSS does: `\r` and a form feed end a line too.
    pub fn of_css(text: &str) -> Self {
        let bytes = text.as_bytes();
        let is_end = |at: usize| match bytes[at] {
            b'\n' | b'\x0c' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        };
        Self {
            starts: std::iter::once(0)
                .chain((0..bytes.len()).filter(|at| is_end(*at)).map(|at| at + 1))
                .collect(),
            last: Cell::default(),
        }
    }

    /// Returns the byte of a place whose column counts UTF-16 code units.
    pub fn utf16(&self, text: &str, place: Place) -> usize {
        self.by(text, place, true)
    }

    /// Returns the byte of a place whose column counts characters.
    pub fn characters(&self, text: &str, place: Place) -> usize {
        self.by(text, place, false)
    }

    fn by(&self, text: &str, place: Place, is_utf16: bool) -> usize {
        let Some(&start) = self.starts.get(place.line as usize) else { return text.len() };
        let end = self.starts.get(place.line as usize + 1).map_or(text.len(), |next| next - 1);
        let column = place.column as usize;
        let last = self.last.get();
        let goes_on = last.line == place.line && last.is_utf16 == is_utf16 && last.column <= column;
        let (mut at, mut seen) =
            if goes_on { (last.at.max(start), last.column) } else { (start, 0) };
        let ahead = text.as_bytes()[at..end].get(..column - seen);
        if ahead.is_some_and(<[u8]>::is_ascii) {
            (at, seen) = (at + column - seen, column);
        }
        for c in text[at..end].chars() {
            if seen >= column {
                break;
            }
            seen += if is_utf16 { c.len_utf16() } else { 1 };
            at += c.len_utf8();
        }
        self.last.set(Last { line: place.line, column: seen, at, is_utf16 });
        at
    }
}
