//! The key and the entry of a script part in the memo tables.

use std::{
    hash::{BuildHasher, Hash, Hasher},
    sync::{Arc, Mutex},
};

use bundle_base::{
    Config, Source,
    asset::ContentHash,
    config::SourceMap,
    loader::{Language, Part},
    lock,
    text_map::TextMap,
};
use bundle_graph::record::ModuleRecord;
use bundle_js::{Ast, FormatHint, PartInput};
use rustc_hash::FxBuildHasher;

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
    /// Makes the key of a text of our own that is not an entry.
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

/// An AST. It is millions of small allocations, which are freed fastest by the thread that made
/// them.
#[derive(Clone)]
pub(crate) struct Tree {
    pub ast: Arc<Ast>,
    /// The thread of the pool that made it.
    pub thread: Option<usize>,
}

/// An analysed part.
pub(crate) struct PartEntry {
    pub record: Arc<ModuleRecord>,
    /// The part could not be parsed.
    pub is_broken: bool,
    /// The AST, until a build takes it to render the part. ASTs are large, and most parts are
    /// rendered once. A lock because the entry is shared, and nothing else in it changes.
    tree: Mutex<Option<Tree>>,
    /// Its key in the disk cache, if there is a disk cache.
    pub cached: Option<ContentHash>,
}

impl PartEntry {
    /// Makes the entry of a part that this thread has just analysed. `tree` is `None` if it could
    /// not be parsed.
    pub fn made(record: ModuleRecord, tree: Option<Arc<Ast>>, cached: Option<ContentHash>) -> Self {
        let thread = rayon::current_thread_index();
        let tree = tree.map(|ast| Tree { ast, thread });
        Self { record: Arc::new(record), is_broken: tree.is_none(), tree: Mutex::new(tree), cached }
    }

    /// Makes the entry of a part whose record was in the disk cache. It has no errors and no AST.
    pub fn restored(record: ModuleRecord, cached: Option<ContentHash>) -> Self {
        Self { record: Arc::new(record), is_broken: false, tree: Mutex::default(), cached }
    }

    /// Takes the AST; `None` for every later caller, which must parse the part again.
    pub fn take_tree(&self) -> Option<Tree> {
        lock(&self.tree).take()
    }
}
