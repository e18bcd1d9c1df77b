//! The memo tables of a `Session`: files, parts, resolutions, rendered modules, and the nodes that
//! follow from these. Entries are immutable and independent. An entry holds its own diagnostics,
//! which are reported again when it is used. A successful build drops the entries that it did not
//! use, so memory grows with the project and not with the number of builds.

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

/// A file with its query. Each pair is loaded at most once.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FileKey {
    pub path: Utf8PathBuf,
    pub query: String,
}

/// A loaded file, or the reason in `diagnostics` why it could not be loaded.
#[derive(Debug)]
pub(crate) struct FileEntry {
    pub loaded: Option<Loaded>,
    pub bytes: usize,
    pub reads: Reads,
    /// The loader asked the resolver, so the entry is dropped with the resolutions.
    pub has_resolved: bool,
    pub diagnostics: Vec<Diagnostic>,
}

/// What a source map shows for places in a part's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Provenance {
    /// Nothing: the text is ours, or there are no source maps.
    Nobody,
    /// The same places in the part's file.
    File,
    /// The places that the map leads to, in the files that the text was made of.
    Made(Arc<TextMap>),
}

/// The key of a script part: its contents. The hash is computed once; equality compares texts,
/// whichever files they come from.
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
    /// Makes the key of a text of our own that is no entry.
    pub fn new(source: Arc<Source>, language: Language, format: FormatHint) -> Self {
        let hash = FxBuildHasher.hash_one((&source, language, format));
        Self { hash, source, language, format, is_entry: false, provenance: Provenance::Nobody }
    }

    /// Makes the key of a part that the user wrote, with the origin of its text.
    pub fn of(part: &Part, language: Language, format: FormatHint, config: &Config) -> Self {
        let provenance = match &part.map {
            // Without source maps the origin does not matter, and it would differ when the text
            // moves in its file.
            _ if config.output.source_map == SourceMap::None => Provenance::Nobody,
            None => Provenance::File,
            Some(map) => Provenance::Made(Arc::clone(map)),
        };
        Self { provenance, ..Self::new(Arc::clone(&part.source), language, format) }
    }

    /// Returns the part as the input of the analysis.
    pub fn input(&self) -> PartInput<'_> {
        let Self { source, language, format, is_entry, .. } = self;
        PartInput { source, language: *language, format: *format, is_entry: *is_entry }
    }

    /// Returns the key of the same part, as an entry or not.
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
    /// The part could not be parsed.
    pub is_broken: bool,
    /// The AST, until a build takes it to render the part. ASTs are large, and most parts are
    /// rendered once. A lock because the entry is shared, and nothing else in it changes.
    tree: Mutex<Option<Arc<Ast>>>,
    /// Its key in the disk cache, if there is a disk cache.
    pub cached: Option<ContentHash>,
}

impl PartEntry {
    /// Makes the entry of a part that was just analysed. `tree` is `None` if it could not be
    /// parsed.
    pub fn made(record: ModuleRecord, tree: Option<Arc<Ast>>, cached: Option<ContentHash>) -> Self {
        Self { record: Arc::new(record), is_broken: tree.is_none(), tree: Mutex::new(tree), cached }
    }

    /// Makes the entry of a part whose record was in the disk cache. It has no errors and no AST.
    pub fn restored(record: ModuleRecord, cached: Option<ContentHash>) -> Self {
        Self { record: Arc::new(record), is_broken: false, tree: Mutex::default(), cached }
    }

    /// Takes the AST; `None` for every later caller, which must parse the part again.
    pub fn take_tree(&self) -> Option<Arc<Ast>> {
        self.tree.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// A question to the resolver. The answer depends on the importer's folder, and on whether the
/// importer is TypeScript.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ResolveKey {
    pub folder: Utf8PathBuf,
    pub is_typescript: bool,
    pub specifier: String,
    pub kind: AskKind,
}

/// An answer of the resolver.
pub(crate) type Answer = Result<Resolution, Failure>;

/// A rendered part, with the diagnostics of checking its text against the target.
#[derive(Debug)]
pub(crate) struct Rendered {
    /// What its source map shows.
    pub provenance: Provenance,
    pub module: RenderedModule,
    /// The finished text, in a registry.
    pub registered: Option<RegisteredText>,
    /// A hash of `registered`, computed when it is first needed.
    pub hash: OnceLock<ContentHash>,
    /// The source map of `registered`, in a registry with source maps.
    pub section: Option<Section>,
    pub diagnostics: Vec<Diagnostic>,
}

/// The result of rendering a part by a plan.
pub(crate) struct Rendering {
    plan: Arc<RenderPlan>,
    rendered: Arc<Rendered>,
}

/// A number for a module's identity. Numbers depend on which task came first, so they order nothing
/// and reach no output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeId(pub u32);

impl NodeId {
    /// Returns the position in tables that are indexed by `NodeId`.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Modules by identity, each with where its requests lead. A node follows from the other tables: it
/// is valid as long as the file's entry and the resolutions are.
#[derive(Default)]
pub(crate) struct Nodes {
    ids: FxHashMap<String, NodeId>,
    /// By `NodeId`: the origin of the module.
    pub origins: Vec<Arc<Origin>>,
    /// By `NodeId`: the node that the last scan made.
    pub known: Vec<Option<Arc<Node>>>,
    /// The nodes that have a request that was not found.
    pub missing: Vec<NodeId>,
}

impl Nodes {
    /// Returns the number of a module. `is_settled` returns true if the stored origin is up to date
    /// because this scan has begun the module; otherwise the origin is replaced.
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

    /// Returns the number of a module of our runtime, if it was reached.
    pub fn runtime(&self, specifier: &str) -> Option<NodeId> {
        self.ids.get(specifier).copied()
    }

    /// Drops the nodes of a file. Their numbers stay.
    pub fn forget_file(&mut self, key: &FileKey, file: &FileEntry) {
        let own = format!("{}{}", key.path, key.query);
        let parts = file.loaded.iter().flat_map(|loaded| &loaded.parts);
        for identity in parts.map(|part| format!("{own}\0{}", part.suffix)).chain([own.clone()]) {
            if let Some(id) = self.ids.get(&identity) {
                self.known[id.index()] = None;
            }
        }
    }

    /// Drops the nodes that have a request that was not found.
    pub fn forget_missing(&mut self) {
        for id in std::mem::take(&mut self.missing) {
            self.known[id.index()] = None;
        }
    }

    /// Drops all nodes. Their numbers stay.
    pub fn forget_all(&mut self) {
        self.known.fill(None);
    }
}

/// The memo tables of a session.
#[derive(Default)]
pub(crate) struct Memo {
    pub files: FxHashMap<FileKey, Arc<FileEntry>>,
    pub parts: FxHashMap<PartKey, Arc<PartEntry>>,
    pub resolutions: FxHashMap<ResolveKey, Arc<Answer>>,
    /// Some of `resolutions` are failures.
    has_failures: bool,
    /// A part has few plans at a time: one for each program that it is in, and most of these are
    /// equal.
    pub rendered: FxHashMap<PartKey, Vec<Rendering>>,
    pub nodes: Nodes,
    /// The tables may hold entries of a failed build that no build used.
    pub has_more: bool,
    /// The last successful build, if the next one may reuse it.
    pub last: Option<LastBuild>,
    /// Folders that the last scan listed, with the names in them, for `require.context` and
    /// `import.meta.glob`. Each scan lists them again, so no entry depends on them, but a watcher
    /// has to know them.
    pub listed: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
    /// What the last build emitted for each chunk.
    pub kept: Kept,
    /// The changes of `files` since dependencies were last reported to a watcher.
    pub file_news: FileNews,
    /// Files that were dropped because something that they follow from changed, until they are
    /// loaded again.
    pub fallen: FxHashMap<FileKey, Fallen>,
    /// By path, the files whose entries follow from its contents; some may have been dropped since.
    /// `None`: no change has needed it yet.
    readers: Option<FxHashMap<Utf8PathBuf, Vec<FileKey>>>,
}

/// A file that was dropped, and what caused it.
pub(crate) struct Fallen {
    pub entry: Arc<FileEntry>,
    /// Another file that it follows from has changed.
    pub by_others: bool,
}

/// Adds a file to the readers of every path whose contents it follows from.
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

/// The changes of the table of files since dependencies were last reported to a watcher.
#[derive(Default)]
pub(crate) struct FileNews {
    /// A watcher asks for dependencies. Until it does, no change is recorded.
    pub is_followed: bool,
    /// Files that were loaded since.
    pub loaded: Vec<FileKey>,
    /// Files that were dropped since because of a change. Most of them are loaded again.
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
    /// Records that a file was loaded.
    pub fn was_loaded(&mut self, key: &FileKey) {
        if self.is_followed {
            self.loaded.push(key.clone());
        }
    }

    /// Records that a file was dropped.
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

    /// Adds answers of the resolver.
    pub fn learn_answers(&mut self, answers: Vec<(ResolveKey, Arc<Answer>)>) {
        self.has_failures |= answers.iter().any(|(_, answer)| answer.is_err());
        self.resolutions.extend(answers);
    }

    /// Drops the resolutions that failed.
    pub fn forget_failures(&mut self) {
        if std::mem::take(&mut self.has_failures) {
            self.resolutions.retain(|_, answer| answer.is_ok());
        }
    }

    /// Drops the files whose entries a change may invalidate, with their nodes.
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

    /// Finds the rendering of a part by a plan.
    pub fn rendering(&self, part: &PartKey, plan: &RenderPlan) -> Option<&Arc<Rendered>> {
        let is_it = |known: &&Rendering| {
            *known.plan == *plan && known.rendered.provenance == part.provenance
        };
        self.rendered.get(part)?.iter().find(is_it).map(|known| &known.rendered)
    }

    /// Adds the rendering of a part by a plan.
    pub fn remember(&mut self, part: PartKey, plan: Arc<RenderPlan>, rendered: Arc<Rendered>) {
        self.rendered.entry(part).or_default().push(Rendering { plan, rendered });
    }

    /// Drops these parts and their renderings, unless they are in use outside the tables.
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

    /// Drops everything that a successful build did not use. An entry is unused if only the tables
    /// own it while the arguments are alive. Returns true if modules keep their `NodeId`s.
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
        // Numbers of modules that no longer exist are kept, unless there are too many.
        let known = self.nodes.known.iter().flatten().count();
        let are_few = self.nodes.origins.len() <= 1000 + 2 * known;
        if !are_few {
            self.nodes = Nodes::default();
        }
        are_few
    }
}
