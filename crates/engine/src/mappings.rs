//! The mappings of a text, while the text is written. The map of a piece is encoded when the piece
//! is rendered, except for what depends on the place of the piece in the text and on the names in
//! its slots. Those holes are filled while the text is copied; nothing is decoded.

use bundle_base::{
    Config, FxIndexMap, FxIndexSet, Source,
    json::push_list,
    place::{Cursor, Place},
    text_map::{Original, TextMap, spelled_out},
};
use bundle_graph::module::Module;
use bundle_js::{Anchor, Fill, Piece, PieceMap, vlq};

use crate::memo::{PartKey, Provenance, Section};

/// A piece with its slots filled, and its place in a text.
pub(crate) struct Filled<'p> {
    pub piece: &'p Piece,
    /// The names that were put into its slots.
    pub names: &'p [&'p str],
    /// The byte of the text where the piece begins.
    pub start: usize,
}

impl Filled<'_> {
    fn offset(&self, anchor: &Anchor) -> usize {
        let names: usize = self.names[..anchor.slots as usize].iter().map(|name| name.len()).sum();
        self.start + anchor.at as usize + names
    }

    fn end(&self) -> usize {
        self.start + self.piece.text.len() + self.names.iter().map(|name| name.len()).sum::<usize>()
    }
}

/// The mappings of a chunk, while its text is written.
#[derive(Default)]
pub(crate) struct Mappings<'a> {
    /// The encoded segments, in ASCII.
    pub text: Vec<u8>,
    cursor: Cursor,
    /// The last segment: its place in the text, and the source, place and name that it maps to.
    generated: Place,
    source: u32,
    original: Place,
    name: u32,
    /// The byte where the last piece ended, if text after it would be mapped as a part of it.
    open: Option<usize>,
    /// The sources by name, in order of first appearance.
    pub sources: FxIndexMap<&'a str, Referred<'a>>,
    pub names: FxIndexSet<String>,
}

/// What a map records of a source.
pub(crate) struct Referred<'a> {
    pub is_in_project: bool,
    pub content: Option<&'a str>,
}

impl<'a> Mappings<'a> {
    /// Appends the map of a piece in `out`. Pieces are added in the order of the text.
    pub fn piece(&mut self, out: &str, filled: &Filled<'_>, part: &'a PartKey, module: &'a Module) {
        let Some(map) = &filled.piece.map else { return };
        let first = filled.offset(&map.first);
        self.close(out, first);
        self.generated_part(out, first);
        let source = self.source(map.first.source, part, module);
        vlq(&mut self.text, difference(source, self.source));
        vlq(&mut self.text, difference(map.first.place.line, self.original.line));
        vlq(&mut self.text, difference(map.first.place.column, self.original.column));
        self.source = source;
        self.rest(map, filled.names, part, module);
        self.generated = self.cursor.advance(out, filled.offset(&map.last));
        self.original = map.last.place;
        self.open = Some(filled.end());
    }

    /// Copies the encoded segments and fills their holes.
    fn rest(&mut self, map: &PieceMap, names: &[&str], part: &'a PartKey, module: &'a Module) {
        let mut done = 0;
        let mut known = vec![None; map.names.len()];
        for hole in &map.holes {
            let at = hole.at as usize;
            self.text.extend_from_slice(&map.rest.as_bytes()[done..at]);
            done = at;
            match hole.fill {
                Fill::Column { delta, first, count } => {
                    let between = &names[first as usize..(first + count) as usize];
                    let widths: u32 =
                        between.iter().map(|name| Place::default().after(name).column).sum();
                    vlq(&mut self.text, i64::from(delta) + i64::from(widths));
                }
                Fill::Source(number) => {
                    let source = self.source(number, part, module);
                    vlq(&mut self.text, difference(source, self.source));
                    self.source = source;
                }
                Fill::NameUnless { name, slot }
                    if spelled_out(names[slot as usize]) == map.names[name as usize] => {}
                Fill::Name(name) | Fill::NameUnless { name, .. } => {
                    let number = *known[name as usize]
                        .get_or_insert_with(|| self.named(&map.names[name as usize]));
                    vlq(&mut self.text, difference(number, self.name));
                    self.name = number;
                }
            }
        }
        self.text.extend_from_slice(&map.rest.as_bytes()[done..]);
    }

    /// Appends the mapping of a token of a stylesheet. Tokens are added in the order of the text.
    pub fn token(&mut self, out: &str, at: usize, source: &'a Source, place: Place) {
        self.generated_part(out, at);
        let entry = self.sources.entry(source.name.as_str());
        let number = u32::try_from(entry.index()).expect("fewer than four billion sources");
        entry.or_insert_with(|| Referred {
            is_in_project: source.path.ends_with(&source.name) || source.name.starts_with("../"),
            content: Some(&source.text),
        });
        vlq(&mut self.text, difference(number, self.source));
        vlq(&mut self.text, difference(place.line, self.original.line));
        vlq(&mut self.text, difference(place.column, self.original.column));
        (self.source, self.original) = (number, place);
    }

    fn named(&mut self, name: &str) -> u32 {
        let number = match self.names.get_index_of(name) {
            Some(number) => number,
            None => self.names.insert_full(name.to_owned()).0,
        };
        u32::try_from(number).expect("fewer than four billion names")
    }

    /// Returns the index in this map of a source of a part.
    fn source(&mut self, number: u32, part: &'a PartKey, module: &'a Module) -> u32 {
        // Whether a source lies in the project is checked only when it first occurs.
        let (name, content, known) = match &part.provenance {
            Provenance::File | Provenance::Nobody => {
                (&*module.key, Some(part.source.text.as_str()), None)
            }
            Provenance::Made(map) => match &**map {
                TextMap::Copied { source, .. } => (source.name.as_str(), Some(&*source.text), None),
                TextMap::Pieces(_) => unreachable!("a stylesheet has no piece of a script"),
                TextMap::Mapped(map) => {
                    let Original { name, is_in_project, content } = &map.sources[number as usize];
                    (name.as_str(), content.as_deref(), Some(*is_in_project))
                }
            },
        };
        let entry = self.sources.entry(name);
        let number = entry.index();
        entry.or_insert_with(|| Referred {
            is_in_project: known.unwrap_or_else(|| is_in_project(part, name)),
            content,
        });
        u32::try_from(number).expect("fewer than four billion sources")
    }

    /// Writes the separators and the column of a segment at a byte of the text.
    fn generated_part(&mut self, out: &str, at: usize) {
        let here = self.cursor.advance(out, at);
        if here.line > self.generated.line {
            self.text.extend(std::iter::repeat_n(b';', (here.line - self.generated.line) as usize));
            self.generated = Place { line: here.line, column: 0 };
        } else if !self.text.is_empty() && !self.text.ends_with(b";") {
            self.text.push(b',');
        }
        vlq(&mut self.text, difference(here.column, self.generated.column));
        self.generated = here;
    }

    /// Marks the text between the last piece and `to` as having no source, unless it is white
    /// space. Without this segment some readers of source maps would extend the segment before,
    /// even across ends of lines.
    pub fn close(&mut self, out: &str, to: usize) {
        if let Some(end) = self.open.take()
            && !out[end..to].trim().is_empty()
        {
            self.generated_part(out, end);
        }
    }
}

impl Mappings<'_> {
    /// Estimates the bytes of the map. A buffer that grows by many megabytes exists twice while it
    /// is copied; one that is large enough from the start does not.
    pub fn expected_length(&self) -> usize {
        let lengths = self
            .sources
            .iter()
            .map(|(name, source)| name.len() + source.content.map_or(0, str::len));
        let quoted = self.names.iter().map(|name| name.len() + 3);
        // The factor 9/8 makes room for escaped characters.
        self.text.len() + quoted.sum::<usize>() + lengths.sum::<usize>() * 9 / 8 + 1024
    }

    /// Returns the map of a text that becomes a section of a larger map.
    pub fn section(mut self, text: &str, config: &Config) -> Section {
        self.close(text, text.len());
        let mut rest = String::with_capacity(self.expected_length());
        self.push_rest(&mut rest, config);
        rest.shrink_to_fit();
        let named =
            |(name, source): (&&str, &Referred<'_>)| ((*name).to_owned(), source.is_in_project);
        Section {
            end: Place::default().after(text),
            sources: self.sources.iter().map(named).collect(),
            rest,
        }
    }

    /// Appends what follows the sources in a map: their contents, the names, the segments and `}`.
    pub fn push_rest(&self, json: &mut String, config: &Config) {
        if config.output.sources_content {
            json.push_str("\"sourcesContent\":");
            push_list(json, self.sources.values().map(|source| source.content));
            json.push(',');
        }
        json.push_str("\"names\":");
        push_list(json, self.names.iter().map(|name| Some(name.as_str())));
        // Segments have no character that JSON escapes.
        let segments = str::from_utf8(&self.text).expect("it is ASCII");
        json.extend([",\"mappings\":\"", segments, "\"}"]);
    }
}

fn difference(to: u32, from: u32) -> i64 {
    i64::from(to) - i64::from(from)
}

/// Returns whether a source lies in the project. Files outside it are named by their package, and
/// such a name is not the end of a path.
fn is_in_project(part: &PartKey, name: &str) -> bool {
    let name = name.split('?').next().unwrap_or(name);
    part.source.path.ends_with(name) || name.starts_with("../")
}
