//! What another tool compiled, with the map that it made, as a text that knows where its pieces
//! were written.

use bundle_base::{place::Place, woven::Woven};

/// A sheet as CSS.
pub struct Css {
    pub text: String,
    /// What `segments` speak of, as the tool calls it.
    pub sources: Vec<String>,
    /// By rising place.
    pub segments: Vec<Segment>,
}

/// Where a token comes from. Columns count UTF-16 code units.
pub struct Segment {
    at: Place,
    source: usize,
    from: Place,
}

impl Css {
    /// With the mappings of a source map. `sources`: how many it speaks of.
    pub fn new(text: String, sources: Vec<String>, mappings: &str) -> Self {
        let mut read = parcel_sourcemap::SourceMap::new("/");
        // It would make their paths relative: numbers stand for them.
        let numbers: Vec<String> = (0..sources.len()).map(|source| source.to_string()).collect();
        let added = read.add_vlq_map(mappings.as_bytes(), numbers, Vec::new(), Vec::new(), 0, 0);
        let segments = added.map_or_else(|_| Vec::new(), |()| segments(&read));
        Self { text, sources, segments }
    }

    /// With the map that stands in its last line, if there is one.
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

    /// Woven of pieces of texts. `mark`: says in the text where a place of a source was written.
    pub fn woven(&self, mut mark: impl FnMut(usize, Place, &mut Woven)) -> Woven {
        let text = self.text.as_str();
        let generated = Offsets::new(text);
        let mut woven = Woven::default();
        let mut done = 0;
        for segment in &self.segments {
            let at = generated.utf16(text, segment.at);
            if at >= done {
                woven.push_str(&text[done..at]);
                done = at;
                mark(segment.source, segment.from, &mut woven);
            }
        }
        woven.push_str(&text[done..]);
        woven
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

/// The lines of a text.
pub struct Offsets {
    /// Where each begins.
    starts: Vec<usize>,
}

impl Offsets {
    pub fn new(text: &str) -> Self {
        let ends =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The lines as CSS counts them: `\r` and a form feed end one too.
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
        }
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
