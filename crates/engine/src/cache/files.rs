//! Stores a compiled file as plain data, and restores it. A text that is on the disk anyway is
//! stored as its hash: the text itself is read when the fingerprint is compared. Only compiled
//! results are stored: components, stylesheets, and what plugins made. Loading a script is no more
//! than reading it.

use std::{
    cell::RefCell,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use bundle_base::{
    Config, FileSystem, Source,
    asset::{Asset, ContentHash},
    config::{absolute, relative},
    fs::Tracked,
    loader::{Language, Loaded, Part, PartContent, Resolve, Stylesheet, StylesheetScript},
    mapped_text::{MappedText, Piece, TextOrigins},
    place::Lines,
    text_map::{Copied, InputMap, TextMap},
    tools::Tools,
};
use bundle_resolve::Resolved;
use camino::Utf8Path;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{
    Cache, EntryKind,
    fingerprint::{
        CurrentAnswers, Question, RecordedAnswers, RecordingFs, RecordingResolve, RecordingTools,
    },
};
use crate::memo::FileEntry;

#[derive(Serialize, Deserialize)]
struct Stored {
    answers: Vec<(Question, ContentHash)>,
    bytes: usize,
    has_resolved: bool,
    sources: Vec<StoredSource>,
    parts: Vec<StoredPart>,
    assets: Vec<StoredAsset>,
    is_made: bool,
    declared_side_effects: Option<bool>,
}

#[derive(Serialize, Deserialize)]
struct StoredSource {
    path: String,
    name: String,
    text: Text,
}

#[derive(Serialize, Deserialize)]
enum Text {
    /// A text that is in a file which the loader read, by its hash.
    Read(ContentHash),
    Made(String),
}

#[derive(Serialize, Deserialize)]
struct StoredPart {
    suffix: String,
    content: Content,
    source: usize,
    map: Option<Map>,
}

#[derive(Serialize, Deserialize)]
enum Content {
    Script(Language),
    Style { script: Option<(usize, Map)>, rtl: Option<(String, Map)> },
    Template(String),
}

#[derive(Serialize, Deserialize)]
enum Map {
    Copied { source: usize, ranges: Vec<Copied> },
    Mapped(InputMap),
    Pieces { sources: Vec<usize>, pieces: Vec<Piece> },
}

/// An asset whose contents the loader read, by their hash.
#[derive(Serialize, Deserialize)]
struct StoredAsset {
    hash: ContentHash,
    name: String,
    path: String,
}

/// The interfaces that a loader uses, recording every question.
pub(crate) struct Recorder<'n> {
    pub fs: RecordingFs<'n>,
    pub resolve: RecordingResolve<'n>,
    pub tools: RecordingTools<'n>,
}

/// The questions that are recorded while a file is loaded.
pub(crate) struct Recording(RecordedAnswers);

impl Recording {
    pub fn new(config: &Config) -> Self {
        Self(RecordedAnswers::new(&config.project))
    }

    pub fn around<'n>(
        &'n self,
        fs: &'n dyn FileSystem,
        resolve: &'n dyn Resolve,
        tools: &'n dyn Tools,
    ) -> Recorder<'n> {
        Recorder {
            fs: RecordingFs { fs, recorded: &self.0 },
            resolve: RecordingResolve::new(resolve, &self.0),
            tools: RecordingTools { tools, has_run: AtomicBool::new(false) },
        }
    }
}

impl Recorder<'_> {
    /// Returns what the resolver was asked, if the result follows from the recorded questions
    /// alone.
    pub fn asked_of_resolver(&self) -> Option<Vec<(Question, ContentHash)>> {
        self.is_all().then(|| self.resolve.recorded.of_resolver())
    }

    /// Whether the result follows from the recorded questions alone.
    pub fn is_all(&self) -> bool {
        !self.resolve.has_failed.get() && !self.tools.has_run.load(Ordering::Relaxed)
    }
}

/// Returns the key of a compiled file: its name only. Whether its contents are the same is the
/// first question of its fingerprint.
fn key(file: &Resolved, project: &Utf8Path) -> ContentHash {
    ContentHash::of_value(&("file", relative(project, &file.path), &file.name, &file.query))
}

impl Cache {
    /// Restores a compiled file, if every question that its loader asked has the same answer today.
    pub(crate) fn restore_file(
        &self,
        file: &Resolved,
        project: &Utf8Path,
        fs: &Arc<dyn FileSystem>,
        resolve: &dyn Resolve,
    ) -> Option<FileEntry> {
        let again = |bytes: &[u8]| restored(bytes, project, fs, resolve);
        self.find(key(file, project), EntryKind::File, again)
    }

    /// Adds a compiled file, unless it has diagnostics or something that cannot be stored.
    pub(crate) fn keep_file(&self, file: &Resolved, entry: &FileEntry, recording: Recording) {
        let Some(loaded) = entry.loaded.as_ref().filter(|_| entry.diagnostics.is_empty()) else {
            return;
        };
        let (project, answers) = recording.0.into_answers();
        let mut storing = Storing { project: &project, answers, sources: Vec::new() };
        let Some((parts, assets)) = storing.loaded(loaded) else { return };
        let Storing { answers, sources, .. } = storing;
        let sources = sources.into_iter().map(|(_, stored)| stored).collect();
        let stored = Stored {
            answers,
            bytes: entry.bytes,
            has_resolved: entry.has_resolved,
            sources,
            parts,
            assets,
            is_made: loaded.is_made,
            declared_side_effects: loaded.declared_side_effects,
        };
        self.put(key(file, &project), EntryKind::File, &stored);
    }
}

/// Whether the resolver gives the loader of a file the same answers as before.
pub(crate) fn has_same_answers(
    entry: &FileEntry,
    project: &Utf8Path,
    fs: &dyn FileSystem,
    resolve: &dyn Resolve,
) -> bool {
    let current = CurrentAnswers { project, fs, resolve, read: RefCell::default() };
    let is_same = |(asked, answer): &(Question, ContentHash)| current.is_same(asked, *answer);
    entry.answers.as_ref().is_some_and(|answers| answers.iter().all(is_same))
}

/// Rebuilds a compiled file of the bytes of its entry, if every question has the same answer.
fn restored(
    bytes: &[u8],
    project: &Utf8Path,
    fs: &Arc<dyn FileSystem>,
    resolve: &dyn Resolve,
) -> Option<FileEntry> {
    let stored: Stored = postcard::from_bytes(bytes).ok()?;
    let tracked = Tracked::new(Arc::clone(fs));
    let current = CurrentAnswers { project, fs: &tracked, resolve, read: RefCell::default() };
    if !stored.answers.iter().all(|(asked, answer)| current.is_same(asked, *answer)) {
        return None;
    }
    let read = current.read.into_inner();
    let loaded = stored.loaded(&read, project)?;
    let answers = stored.answers.into_iter().filter(|(asked, _)| asked.is_of_resolver()).collect();
    Some(FileEntry {
        loaded: Some(loaded),
        bytes: stored.bytes,
        reads: tracked.into_reads(),
        has_resolved: stored.has_resolved,
        answers: Some(answers),
        diagnostics: Vec::new(),
        is_transient: false,
    })
}

/// Converts a loaded file to stored data.
struct Storing<'s> {
    project: &'s Utf8Path,
    answers: Vec<(Question, ContentHash)>,
    sources: Vec<(Arc<Source>, StoredSource)>,
}

impl Storing<'_> {
    /// Converts the parts and assets. `None`: something in the file cannot be stored.
    fn loaded(&mut self, loaded: &Loaded) -> Option<(Vec<StoredPart>, Vec<StoredAsset>)> {
        let Loaded { parts, assets, address: None, symbol: None, .. } = loaded else {
            return None;
        };
        let parts = parts.iter().map(|part| self.part(part)).collect::<Option<_>>()?;
        let assets = assets.iter().map(|asset| self.asset(asset)).collect::<Option<_>>()?;
        Some((parts, assets))
    }

    fn part(&mut self, part: &Part) -> Option<StoredPart> {
        let Part { suffix, content, source, map } = part;
        let content = match content {
            PartContent::Script(language) => Content::Script(*language),
            PartContent::Style(Stylesheet { script, rtl }) => Content::Style {
                script: script.as_ref().map(|script| {
                    let StylesheetScript { source, map } = script;
                    (self.source(source), self.map(map))
                }),
                rtl: rtl.as_ref().map(|rtl| {
                    let (text, origins) = rtl.clone().into_parts();
                    (text, self.map(&TextMap::Pieces(origins)))
                }),
            },
            PartContent::Template(language) => Content::Template(language.clone()),
            PartContent::Bytes(_) => return None,
        };
        let map = map.as_ref().map(|map| self.map(map));
        Some(StoredPart { suffix: suffix.clone(), content, source: self.source(source), map })
    }

    fn map(&mut self, map: &TextMap) -> Map {
        match map {
            TextMap::Copied { source, lines: _, ranges } => {
                Map::Copied { source: self.source(source), ranges: ranges.clone() }
            }
            TextMap::Mapped(map) => Map::Mapped(map.clone()),
            TextMap::Pieces(TextOrigins { sources, pieces }) => {
                let sources = sources.iter().map(|source| self.source(source)).collect();
                Map::Pieces { sources, pieces: pieces.clone() }
            }
        }
    }

    /// Returns the number of a source, and stores the source when it is first needed.
    fn source(&mut self, source: &Arc<Source>) -> usize {
        if let Some(known) = self.sources.iter().position(|(known, _)| Arc::ptr_eq(known, source)) {
            return known;
        }
        let path = relative(self.project, &source.path);
        let hash = ContentHash::of(source.text.as_bytes());
        let was_read = self.was_read(hash);
        let text = if was_read { Text::Read(hash) } else { Text::Made(source.text.clone()) };
        self.sources
            .push((Arc::clone(source), StoredSource { path, name: source.name.clone(), text }));
        self.sources.len() - 1
    }

    fn asset(&self, asset: &Asset) -> Option<StoredAsset> {
        let Asset { hash, name, path, bytes: _ } = asset;
        self.was_read(*hash).then(|| StoredAsset {
            hash: *hash,
            name: (**name).into(),
            path: (**path).into(),
        })
    }

    fn was_read(&self, hash: ContentHash) -> bool {
        self.answers
            .iter()
            .any(|(asked, answer)| *answer == hash && matches!(asked, Question::Contents(_)))
    }
}

impl Stored {
    /// Rebuilds the loaded file. `None`: it refers to a text or a source that does not exist.
    fn loaded(&self, read: &FxHashMap<ContentHash, Vec<u8>>, project: &Utf8Path) -> Option<Loaded> {
        let source = |stored: &StoredSource| {
            let text = match &stored.text {
                Text::Read(hash) => String::from_utf8(read.get(hash)?.clone()).ok()?,
                Text::Made(text) => text.clone(),
            };
            Some(Source::new(absolute(project, &stored.path), stored.name.as_str(), text))
        };
        let sources = self.sources.iter().map(source).collect::<Option<Vec<_>>>()?;
        let mut again = Restoring { lines: vec![None; sources.len()], sources };
        let parts = self.parts.iter().map(|part| again.part(part)).collect::<Option<_>>()?;
        let asset = |stored: &StoredAsset| {
            let StoredAsset { hash, name, path } = stored;
            let bytes = Arc::new(read.get(hash)?.clone());
            Some(Arc::new(Asset {
                hash: *hash,
                name: name.as_str().into(),
                path: path.as_str().into(),
                bytes,
            }))
        };
        let assets = self.assets.iter().map(asset).collect::<Option<_>>()?;
        Some(Loaded {
            parts,
            assets,
            address: None,
            symbol: None,
            is_made: self.is_made,
            declared_side_effects: self.declared_side_effects,
        })
    }
}

/// Rebuilds the parts of a file.
struct Restoring {
    sources: Vec<Arc<Source>>,
    /// By source: its lines, computed when they are first needed.
    lines: Vec<Option<Lines>>,
}

impl Restoring {
    fn part(&mut self, part: &StoredPart) -> Option<Part> {
        let content = match &part.content {
            Content::Script(language) => PartContent::Script(*language),
            Content::Style { script, rtl } => {
                let mut style = Stylesheet::default();
                if let Some((source, map)) = script {
                    let map = Arc::new(self.map(map)?);
                    style.script = Some(StylesheetScript { source: self.source(*source)?, map });
                }
                if let Some((text, map)) = rtl {
                    let TextMap::Pieces(origins) = self.map(map)? else { return None };
                    style.rtl = Some(MappedText::new(text.clone(), origins));
                }
                PartContent::Style(style)
            }
            Content::Template(language) => PartContent::Template(language.clone()),
        };
        let map = match &part.map {
            Some(map) => Some(Arc::new(self.map(map)?)),
            None => None,
        };
        Some(Part { suffix: part.suffix.clone(), content, source: self.source(part.source)?, map })
    }

    fn map(&mut self, map: &Map) -> Option<TextMap> {
        Some(match map {
            Map::Copied { source, ranges } => TextMap::Copied {
                source: self.source(*source)?,
                lines: self.lines(*source)?,
                ranges: ranges.clone(),
            },
            Map::Mapped(map) => TextMap::Mapped(map.clone()),
            Map::Pieces { sources, pieces } => {
                let sources =
                    sources.iter().map(|source| self.source(*source)).collect::<Option<_>>()?;
                TextMap::Pieces(TextOrigins { sources, pieces: pieces.clone() })
            }
        })
    }

    fn source(&self, index: usize) -> Option<Arc<Source>> {
        self.sources.get(index).cloned()
    }

    fn lines(&mut self, index: usize) -> Option<Lines> {
        let text = &self.sources.get(index)?.text;
        Some(self.lines.get_mut(index)?.get_or_insert_with(|| Lines::new(text)).clone())
    }
}
