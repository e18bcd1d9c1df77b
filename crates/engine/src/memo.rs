//! The memo tables of a Session: files, parts, resolutions, rendered modules, and the nodes that
//! follow from them. Entries are immutable and independent. An entry holds its own diagnostics,
//! which are reported again when it is used. Entries that a successful build did not use are
//! dropped, so memory follows the project.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{BuildHasher, Hash, Hasher},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use bundle_base::{
    Config, Diagnostic, Source,
    asset::ContentHash,
    config::SourceMap,
    fs::{Change, Question, Reads},
    loader::{Language, Loaded, Part},
    text_map::TextMap,
};
use bundle_graph::{plan::RenderPlan, record::ModuleRecord};
use bundle_js::{Ast, FormatHint, PartInput, RenderedModule};
use bundle_resolve::{AskKind, Failure, Resolution};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    emit::{Kept, registered::RegisteredText, sections::Section},
    last::LastBuild,
    render::RenderedChunks,
    scan::{MadeOf, Node, Origin},
};

/// A file with its query: what is loaded at most once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FileKey {
    pub path: Utf8PathBuf,
    pub query: String,
}

/// A loaded file, or why it could not be loaded.
#[derive(Debug)]
pub(crate) struct FileEntry {
    pub loaded: Option<Loaded>,
    pub bytes: usize,
    pub reads: Reads,
    /// The loader asked the resolver.
    pub has_resolved: bool,
    pub diagnostics: Vec<Diagnostic>,
}

/// What places in a part's text are to whoever reads a source map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Provenance {
    /// Nothing: we made the text.
    Nobody,
    /// Places in its file.
    File,
    /// Places in what it was made of.
    Made(Arc<TextMap>),
}

/// A script part by its contents. The hash is computed once; equality is of the texts, wherever
/// these come from.
#[derive(Clone, Debug)]
pub(crate) struct PartKey {
    hash: u64,
    pub source: Arc<Source>,
    pub language: Language,
    pub format: FormatHint,
    pub is_entry: bool,
    pub provenance: Provenance,
}

impl PartKey {
    /// A text of ours that is no entry.
    pub fn new(source: Arc<Source>, language: Language, format: FormatHint) -> Self {
        let hash = FxBuildHasher.hash_one((&source, language, format));
        Self { hash, source, language, format, is_entry: false, provenance: Provenance::Nobody }
    }

    /// A text of the user's.
    pub fn of(part: &Part, language: Language, format: FormatHint, config: &Config) -> Self {
        let provenance = match &part.map {
            // Nobody asks, and where the text was in its file may have changed.
            _ if config.output.source_map == SourceMap::None => Provenance::Nobody,
            None => Provenance::File,
            Some(map) => Provenance::Made(Arc::clone(map)),
        };
        Self { provenance, ..Self::new(Arc::clone(&part.source), language, format) }
    }

    /// The part, for who analyses it.
    pub fn input(&self) -> PartInput<'_> {
        let Self { source, language, format, is_entry, .. } = self;
        PartInput { source, language: *language, format: *format, is_entry: *is_entry }
    }

    /// The same part, as an entry or not.
    pub fn entry_if(self, is_entry: bool) -> Self {
        Self { is_entry, ..self }
    }
}

impl PartialEq for PartKey {
    fn eq(&self, other: &Self) -> bool {
        self.hash == other.hash
            && (self.language, self.format, self.is_entry)
                == (other.language, other.format, other.is_entry)
            && (Arc::ptr_eq(&self.source, &other.source) || self.source == other.source)
    }
}

impl Eq for PartKey {}

impl Hash for PartKey {
    fn hash<H: Hasher>(&self, state: &mut H) {
        state.write_u64(self.hash);
    }
}

/// An analysed part.
pub(crate) struct PartEntry {
    pub record: Arc<ModuleRecord>,
    /// It could not be parsed.
    pub is_broken: bool,
    /// Until it is rendered. Trees are large, and most parts are rendered once.
    tree: Mutex<Option<Arc<Ast>>>,
    /// What the cache calls it, where there is one.
    pub cached: Option<ContentHash>,
}

impl PartEntry {
    /// What was made of a part that nobody knew.
    pub fn made(record: ModuleRecord, tree: Option<Arc<Ast>>, cached: Option<ContentHash>) -> Self {
        Self { record: Arc::new(record), is_broken: tree.is_none(), tree: Mutex::new(tree), cached }
    }

    /// A part whose record was in the cache. It has no errors.
    pub fn restored(record: ModuleRecord, cached: Option<ContentHash>) -> Self {
        Self { record: Arc::new(record), is_broken: false, tree: Mutex::default(), cached }
    }

    /// The lowered program, for the first who asks. Others parse the part again.
    pub fn take_tree(&self) -> Option<Arc<Ast>> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A question to the resolver. Answers depend on the importer's folder, and on whether it is
/// TypeScript.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ResolveKey {
    pub folder: Utf8PathBuf,
    pub is_typescript: bool,
    pub specifier: String,
    pub kind: AskKind,
}

/// An answer of the resolver.
pub(crate) type Answer = Result<Resolution, Failure>;

/// A rendered part, with what the check of its text against the target said.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// What its source map speaks of.
    pub provenance: Provenance,
    pub module: RenderedModule,
    /// In a registry: the finished text.
    pub registered: Option<RegisteredText>,
    /// A hash of that text, once somebody asked for it.
    pub hash: OnceLock<ContentHash>,
    /// In a registry with source maps: the map of that text.
    pub section: Option<Section>,
    pub diagnostics: Vec<Diagnostic>,
}

/// What came of a part by a plan.
pub(crate) struct Rendering {
    plan: Arc<RenderPlan>,
    rendered: Arc<Rendered>,
}

/// A module's identity as a number. Numbers depend on who came first: they order nothing and reach
/// no output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(pub u32);

impl NodeId {
    /// The position in tables by identity.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Modules by identity, each with where its requests lead. All of it follows from the other tables:
/// a node stands as long as its file's entry and the resolutions do.
#[derive(Default)]
pub(crate) struct Nodes {
    ids: FxHashMap<String, NodeId>,
    /// By identity: what it is before it is loaded.
    pub origins: Vec<Arc<Origin>>,
    /// By identity: what the last scan made of it.
    pub known: Vec<Option<Arc<Node>>>,
    /// Those that ask for something that was not found.
    pub missing: Vec<NodeId>,
}

impl Nodes {
    /// The number of a module. `is_settled` tells of those whose origin is known to be right.
    pub fn id(&mut self, origin: Origin, is_settled: impl FnOnce(NodeId) -> bool) -> NodeId {
        let identity = origin.identity();
        if let Some(&id) = self.ids.get(&identity) {
            if !is_settled(id) {
                self.origins[id.index()] = Arc::new(origin);
            }
            return id;
        }
        let id =
            NodeId(u32::try_from(self.origins.len()).expect("fewer than four billion modules"));
        self.ids.insert(identity, id);
        self.origins.push(Arc::new(origin));
        self.known.push(None);
        id
    }

    /// The number of one of our own modules, if it was reached.
    pub fn runtime(&self, specifier: &str) -> Option<NodeId> {
        self.ids.get(specifier).copied()
    }

    /// Forgets the modules of a file, but not who they are.
    pub fn forget_file(&mut self, key: &FileKey, file: &FileEntry) {
        let own = format!("{}{}", key.path, key.query);
        let parts = file.loaded.iter().flat_map(|loaded| &loaded.parts);
        for identity in parts.map(|part| format!("{own}\0{}", part.suffix)).chain([own.clone()]) {
            if let Some(id) = self.ids.get(&identity) {
                self.known[id.index()] = None;
            }
        }
    }

    /// Forgets modules that ask for something that was not found.
    pub fn forget_missing(&mut self) {
        for id in std::mem::take(&mut self.missing) {
            self.known[id.index()] = None;
        }
    }

    /// Forgets what was made of all modules.
    pub fn forget_all(&mut self) {
        self.known.fill(None);
    }
}

/// The tables.
#[derive(Default)]
pub(crate) struct Memo {
    pub files: FxHashMap<FileKey, Arc<FileEntry>>,
    pub parts: FxHashMap<PartKey, Arc<PartEntry>>,
    pub resolutions: FxHashMap<ResolveKey, Arc<Answer>>,
    /// Some of these are failures.
    has_failures: bool,
    /// A part has few plans at a time: one a program that it is in, and most are equal.
    pub rendered: FxHashMap<PartKey, Vec<Rendering>>,
    pub nodes: Nodes,
    /// Some entries may be of a build that failed.
    pub has_more: bool,
    /// The last good build, if the next one may go on from there.
    pub last: Option<LastBuild>,
    /// Folders that the last scan listed, with the names in them, for `require.context` and
    /// `import.meta.glob`. They are listed anew in every scan, so nothing falls with them; a
    /// watcher has to know them.
    pub listed: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
    /// What the last build wrote of each chunk.
    pub kept: Kept,
    /// What changed in `files` since a watcher was told.
    pub file_news: FileNews,
    /// Files that were taken out because something changed that they follow from, until they are
    /// loaded again.
    pub fallen: FxHashMap<FileKey, Fallen>,
    /// By path, the files whose entries follow from its contents; some may have been taken out
    /// since. `None`: nothing has changed yet.
    readers: Option<FxHashMap<Utf8PathBuf, Vec<FileKey>>>,
}

/// A file that was taken out, and why.
pub(crate) struct Fallen {
    pub entry: Arc<FileEntry>,
    /// Something else has changed that it follows from.
    pub by_others: bool,
}

/// Notes what a file follows from.
fn note_reader(
    readers: &mut FxHashMap<Utf8PathBuf, Vec<FileKey>>,
    key: &FileKey,
    file: &FileEntry,
) {
    for (path, _) in file.reads.iter().filter(|(_, question)| *question == Question::Contents) {
        let keys = readers.entry(path.to_owned()).or_default();
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
}

/// How the table of files differs from what a watcher was told.
#[derive(Default)]
pub(crate) struct FileNews {
    /// Somebody asks for news. Until then nothing is noted.
    pub is_followed: bool,
    /// Loaded since.
    pub loaded: Vec<FileKey>,
    /// Taken out because they changed. Most of them are loaded again.
    pub fallen: Vec<FileKey>,
    /// The last build dropped files that it did not use.
    pub has_dropped: bool,
}

impl Fallen {
    fn note(&mut self, key: &FileKey, changed: &Utf8Path) {
        self.by_others |= key.path != changed;
    }
}

impl FileNews {
    /// Notes that a file was loaded.
    pub fn was_loaded(&mut self, key: &FileKey) {
        if self.is_followed {
            self.loaded.push(key.clone());
        }
    }

    /// Notes that a file was taken out.
    pub fn has_fallen(&mut self, key: FileKey) {
        if self.is_followed {
            self.fallen.push(key);
        }
    }
}

impl Memo {
    /// Adds a loaded file.
    pub fn learn_file(&mut self, key: FileKey, file: Arc<FileEntry>) {
        if let Some(readers) = &mut self.readers {
            note_reader(readers, &key, &file);
        }
        self.file_news.was_loaded(&key);
        self.fallen.remove(&key);
        self.files.insert(key, file);
    }

    /// Adds what the resolver said.
    pub fn learn_answers(&mut self, answers: Vec<(ResolveKey, Arc<Answer>)>) {
        self.has_failures |= answers.iter().any(|(_, answer)| answer.is_err());
        self.resolutions.extend(answers);
    }

    /// Forgets where the resolver found nothing.
    pub fn forget_failures(&mut self) {
        if std::mem::take(&mut self.has_failures) {
            self.resolutions.retain(|_, answer| answer.is_ok());
        }
    }

    /// Takes out the files that a change may have made others, with their modules.
    pub fn forget_touched(&mut self, path: &Utf8Path, change: Change) {
        let fallen: Vec<(FileKey, Arc<FileEntry>)> = if change == Change::Changed {
            let files = &self.files;
            let readers = self.readers.get_or_insert_with(|| {
                let mut readers = FxHashMap::default();
                for (key, file) in files {
                    note_reader(&mut readers, key, file);
                }
                readers
            });
            let keys = readers.remove(path).unwrap_or_default();
            for key in &keys {
                if let Some(fallen) = self.fallen.get_mut(key) {
                    fallen.note(key, path);
                }
            }
            keys.into_iter().filter_map(|key| self.files.remove_entry(&key)).collect()
        } else {
            self.fallen.retain(|_, fallen| !fallen.entry.reads.is_touched(path, change));
            self.files.extract_if(|_, file| file.reads.is_touched(path, change)).collect()
        };
        for (key, file) in fallen {
            self.nodes.forget_file(&key, &file);
            self.file_news.has_fallen(key.clone());
            if change == Change::Changed {
                let mut fallen = Fallen { entry: file, by_others: false };
                fallen.note(&key, path);
                self.fallen.insert(key, fallen);
            }
        }
    }

    /// The rendering of a part by a plan.
    pub fn rendering(&self, part: &PartKey, plan: &RenderPlan) -> Option<&Arc<Rendered>> {
        let is_it = |known: &&Rendering| {
            *known.plan == *plan && known.rendered.provenance == part.provenance
        };
        self.rendered.get(part)?.iter().find(is_it).map(|known| &known.rendered)
    }

    /// Remembers a rendering.
    pub fn remember(&mut self, part: PartKey, plan: Arc<RenderPlan>, rendered: Arc<Rendered>) {
        self.rendered.entry(part).or_default().push(Rendering { plan, rendered });
    }

    /// Drops these parts, with what was rendered of them, unless somebody beside the tables owns
    /// them.
    pub fn forget_unused(&mut self, parts: &[PartKey]) {
        for part in parts {
            if self.parts.get(part).is_some_and(|entry| Arc::strong_count(entry) == 1) {
                self.parts.remove(part);
            }
            if let Some(plans) = self.rendered.get_mut(part) {
                plans.retain(|known| Arc::strong_count(&known.rendered) > 1);
                if plans.is_empty() {
                    self.rendered.remove(part);
                }
            }
        }
    }

    /// Drops what a build does not hold, which is what nobody but the tables owns as long as these
    /// are there. True if modules have the numbers that they had.
    pub fn keep_what_is_used(&mut self, _: &MadeOf, _: &RenderedChunks) -> bool {
        self.has_more = false;
        self.fallen.clear();
        let count = self.files.len();
        self.files.retain(|_, entry| Arc::strong_count(entry) > 1);
        self.file_news.has_dropped |= self.files.len() < count;
        self.parts.retain(|_, entry| Arc::strong_count(entry) > 1);
        self.resolutions.retain(|_, answer| Arc::strong_count(answer) > 1);
        self.rendered.retain(|_, plans| {
            plans.retain(|known| Arc::strong_count(&known.rendered) > 1);
            !plans.is_empty()
        });
        // Identities of modules that were: some are no matter.
        let known = self.nodes.known.iter().flatten().count();
        let are_few = self.nodes.origins.len() <= 1000 + 2 * known;
        if !are_few {
            self.nodes = Nodes::default();
        }
        are_few
    }
}
