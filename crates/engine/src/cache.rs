//! The disk cache: compiled files, module records and rendered modules as bytes. A record or a
//! rendering is stored under a hash of everything it follows from; a compiled file under its name,
//! with an input fingerprint that is compared before use. So no stale entry is used, and nothing
//! has to be invalidated. The host reads and writes the bytes. No entry holds a path of the
//! machine.
//!
//! A result with diagnostics is not stored: the next build makes it again and reports them again.
//! docs/design/cache.md has the details.

use std::{
    hash::Hash,
    sync::{
        Arc, Mutex, OnceLock,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use bundle_base::{
    Config,
    asset::ContentHash,
    config::{CacheConfig, relative},
    lock,
    text_map::TextMap,
};
use bundle_graph::{
    module::{ModuleGraph, ModuleId},
    plan::RenderPlan,
    record::ModuleRecord,
};
use bundle_js::RenderedModule;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::memo::{PartKey, Provenance, RegisteredText, Rendered};
use pack::{Added, Pack};
use segments::{divided, note_of, noted};

pub(crate) mod files; // a compiled file as plain data, and back
pub(crate) mod fingerprint; // what a loader asked, and whether the answers are the same
mod pack; // the binary form of a cache, and its errors
mod segments; // packs of a shared cache, which arrive while a build runs

pub use pack::{EntryKind, Snapshot, Unusable};
pub use segments::{Segment, Segments};

/// The key of the note about segments that were added to a cache.
const SEGMENTS: &str = "segments of the shared cache";

/// Called at the end of a build: whether its new entries will be used.
pub type Demand = Box<dyn Fn() -> bool + Send + Sync>;

/// The entries that earlier builds stored, those of a shared cache, and those that this build
/// adds.
pub struct Cache {
    id: ContentHash,
    pack: Pack,
    segments: Option<Arc<Segments>>,
    /// The new entries. A lock because any task may add some; they are read only at the end of the
    /// build.
    added: Mutex<Vec<Added<'static>>>,
    keeping: Keeping,
    /// The last build's entries were not kept, because there was no demand.
    is_incomplete: AtomicBool,
    found: AtomicUsize,
}

/// Which new entries are kept.
enum Keeping {
    All,
    /// Records and renderings only if there is demand at the end of the build.
    OnDemand(Demand),
    /// The cache is only read.
    Nothing,
}

/// Which entries of a build are sent to other machines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntrySelection {
    /// The entries that the build made.
    Made,
    /// The entries that it made or found on its disk and that the shared cache lacks.
    Lacking,
    /// All that it used, so that the new segments are complete without older ones.
    Used,
}

/// A rendered part, without the fields that are known or computed when it is restored.
#[derive(Serialize, Deserialize)]
struct StoredRendering {
    module: RenderedModule,
    registered: Option<RegisteredText>,
}

impl Cache {
    /// Creates an empty cache. `build` identifies the program: programs whose results may differ
    /// have different values.
    pub fn new(config: &Config, build: &str) -> Self {
        let id = ContentHash::of_value(&(build, identity(config)));
        Self {
            id,
            pack: Pack::default(),
            segments: None,
            added: Mutex::default(),
            keeping: Keeping::All,
            is_incomplete: AtomicBool::new(false),
            found: AtomicUsize::new(0),
        }
    }

    /// Takes no new entries from now on, because they would not be written anywhere.
    pub fn only_read(&mut self) {
        self.keeping = Keeping::Nothing;
    }

    /// Keeps the records and renderings of a build only if `demand` returns true at its end,
    /// because serialising them takes time.
    pub fn keep_on(&mut self, demand: Demand) {
        self.keeping = Keeping::OnDemand(demand);
    }

    /// Whether the entries of the last build were not kept, because there was no demand.
    pub fn is_incomplete(&self) -> bool {
        self.is_incomplete.load(Ordering::Relaxed)
    }

    /// Returns the name for the file that holds the cache. Each configuration has its own.
    pub fn name(&self) -> String {
        self.id.to_string()
    }

    /// Loads the entries that a build with the same identity stored. `Err`: the bytes cannot be
    /// used, and no entry is loaded.
    pub fn restore(&mut self, bytes: Vec<u8>) -> Result<(), Unusable> {
        self.pack = Pack::read(bytes, self.id)?;
        Ok(())
    }

    /// Whether every entry is what was written.
    pub fn is_intact(&self) -> bool {
        self.pack.is_intact()
    }

    /// Returns the number of entries of a kind that earlier builds stored, and of their bytes.
    pub fn size_of(&self, kind: EntryKind) -> (usize, usize) {
        self.pack.size_of(kind)
    }

    /// Whether an entry that was looked up differs from what was written.
    pub fn is_damaged(&self) -> bool {
        self.pack.is_damaged()
    }

    /// Lets the cache look up entries in a shared cache too. Returns where its segments arrive, and
    /// the hashes of those whose entries this cache has already.
    pub fn share(&mut self) -> (Arc<Segments>, Vec<ContentHash>) {
        let segments = Arc::new(Segments::new(self.id));
        self.segments = Some(Arc::clone(&segments));
        let note = self.pack.get(ContentHash::of_value(&SEGMENTS));
        (segments, note.map(noted).unwrap_or_default())
    }

    /// Returns the bytes to store for the next build; `None`: the restored bytes are still right.
    /// The new entries are taken out, so a second call does not return them.
    pub fn snapshot(&self) -> Option<Snapshot<'_>> {
        let mut added = std::mem::take(&mut *lock(&self.added));
        if let Some(segments) = &self.segments {
            let is_new = |entry: &Added<'_>| {
                !self.pack.has(entry.key)
                    || entry.kind == EntryKind::File && segments.was_found(entry.key)
            };
            added.extend(segments.entries(false).filter(is_new));
            added.extend(self.note(segments));
        }
        self.pack.with(self.id, sorted_unique(added))
    }

    /// Returns segments with entries of this build, for other machines. Call it before `snapshot`.
    pub fn new_segments(&self, selection: EntrySelection) -> Vec<Segment> {
        let is_shared = |entry: &Added<'_>| {
            self.segments.as_ref().is_some_and(|segments| segments.has(entry.key))
        };
        // The key of a compiled file is its name, so the shared cache may have another one.
        let is_lacking = |entry: &Added<'_>| entry.kind == EntryKind::File || !is_shared(entry);
        let mut added = lock(&self.added);
        // Tasks added files while they ran, in any order; `keep` added the rest in the order in
        // which builds ask for it.
        added.sort_by_key(|entry| {
            (entry.kind, (entry.kind == EntryKind::File).then_some(entry.key))
        });
        let mut entries: Vec<Added<'_>> = added.iter().map(Added::borrowed).collect();
        if selection != EntrySelection::Made {
            let used = self.pack.entries(true);
            entries.extend(used.filter(|entry| entry.kind != EntryKind::Note));
        }
        if selection == EntrySelection::Used {
            entries.extend(self.segments.iter().flat_map(|segments| segments.entries(true)));
        } else {
            entries.retain(is_lacking);
        }
        let mut known = FxHashSet::default();
        entries.retain(|entry| known.insert(entry.key));
        divided(self.id, entries)
    }

    /// Returns the note about the segments that this cache has, if the note has changed.
    fn note(&self, segments: &Segments) -> Option<Added<'static>> {
        let key = ContentHash::of_value(&SEGMENTS);
        let mut known = self.pack.get(key).map(noted).unwrap_or_default();
        let before = known.len();
        known.extend(segments.here());
        let is_longer = known.len() > before;
        is_longer.then(|| Added::new(key, EntryKind::Note, note_of(&known)))
    }

    /// Returns how many entries were found since the last call.
    pub(crate) fn take_found(&self) -> usize {
        self.found.swap(0, Ordering::Relaxed)
    }

    /// Looks up the record of a part.
    pub(crate) fn record(&self, key: ContentHash) -> Option<ModuleRecord> {
        self.get(key, EntryKind::Record)
    }

    /// Adds the records and renderings of a successful build that have no diagnostics, in the order
    /// in which builds ask for them. This runs at the end of the build, because until then ASTs
    /// need the memory.
    /// `keys` has the key of each module's part, `made` the renderings with their keys.
    pub(crate) fn keep(
        &self,
        keys: &[Option<ContentHash>],
        graph: &ModuleGraph,
        made: &[(ContentHash, Arc<Rendered>)],
    ) {
        let is_wanted = match &self.keeping {
            Keeping::All => true,
            Keeping::OnDemand(demand) => demand(),
            Keeping::Nothing => false,
        };
        self.is_incomplete.store(!is_wanted, Ordering::Relaxed);
        if !is_wanted {
            return;
        }
        let record = |id: ModuleId| {
            let record = &graph.module(id).record;
            let key = keys[id.index()]?;
            // An entry without code has another record than its part (scan/empty.rs).
            let is_empty = record.statements.is_empty() && record.requests.is_empty();
            let is_of_part = !is_empty || !graph.entries.contains(&id);
            let is_new = is_of_part && !self.was_found(key) && record.diagnostics.is_empty();
            is_new.then(|| entry(key, EntryKind::Record, &**record))?
        };
        let records: Vec<_> = graph.breadth_first().into_par_iter().filter_map(record).collect();
        let renderings = made.par_iter().filter_map(|(key, made)| rendering(*key, made));
        let renderings: Vec<_> = renderings.collect();
        let mut added = lock(&self.added);
        added.extend(records);
        added.extend(renderings);
    }

    /// Looks up a rendered part.
    pub(crate) fn rendering(&self, key: ContentHash, provenance: &Provenance) -> Option<Rendered> {
        let StoredRendering { module, registered } = self.get(key, EntryKind::Rendering)?;
        Some(Rendered {
            provenance: provenance.clone(),
            module,
            registered,
            hash: OnceLock::new(),
            section: None,
            diagnostics: Vec::new(),
        })
    }

    fn get<T: DeserializeOwned>(&self, key: ContentHash, kind: EntryKind) -> Option<T> {
        self.find(key, kind, |bytes| postcard::from_bytes(bytes).ok())
    }

    /// Looks up an entry here and in the shared cache. `read` makes the result from its bytes, or
    /// returns `None` if these bytes cannot be used.
    fn find<T>(
        &self,
        key: ContentHash,
        kind: EntryKind,
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Option<T> {
        let here = self.pack.get(key).and_then(&read);
        let found = here.or_else(|| self.segments.as_ref()?.find(key, kind, &read))?;
        self.found.fetch_add(1, Ordering::Relaxed);
        Some(found)
    }

    fn was_found(&self, key: ContentHash) -> bool {
        let is_shared = |segments: &Arc<Segments>| segments.was_found(key);
        self.pack.was_found(key) || self.segments.as_ref().is_some_and(is_shared)
    }

    fn put(&self, key: ContentHash, kind: EntryKind, value: &impl Serialize) {
        if !matches!(self.keeping, Keeping::Nothing)
            && let Some(added) = entry(key, kind, value)
        {
            lock(&self.added).push(added);
        }
    }
}

/// Returns a rendered part as an entry, if it has no diagnostics.
fn rendering(key: ContentHash, rendered: &Rendered) -> Option<Added<'static>> {
    #[derive(Serialize)]
    struct Borrowed<'r> {
        module: &'r RenderedModule,
        registered: &'r Option<RegisteredText>,
    }
    let Rendered { module, registered, diagnostics, .. } = rendered;
    let has_no_diagnostics = diagnostics.is_empty();
    has_no_diagnostics
        .then(|| entry(key, EntryKind::Rendering, &Borrowed { module, registered }))?
}

fn entry(key: ContentHash, kind: EntryKind, value: &impl Serialize) -> Option<Added<'static>> {
    let bytes = postcard::to_extend(value, Vec::new()).ok()?;
    Some(Added::new(key, kind, bytes))
}

/// Sorts entries by key. Of entries with the same key only the first stays: two tasks may have
/// added the same one.
fn sorted_unique(mut entries: Vec<Added<'_>>) -> Vec<Added<'_>> {
    entries.sort_by_key(|entry| entry.key);
    entries.dedup_by_key(|entry| entry.key);
    entries
}

/// Returns all settings that entries may follow from, without the path of the project's folder.
fn identity(config: &Config) -> String {
    let mut config = config.clone();
    let project = serde_json::Value::from(config.project.as_str()).to_string();
    (config.lint, config.cache) = (None, CacheConfig::default());
    // Reports about outputs do not change them, and no module depends on where outputs are written.
    (config.output.metafile, config.budgets, config.severities) =
        (false, Vec::new(), config.severities.of_modules());
    (config.output.dir, config.output.file, config.output.source_map_dir) =
        (Utf8PathBuf::new(), None, None);
    let text = serde_json::to_string(&config).expect("a configuration is plain data");
    let inside = format!("{}/", project.trim_end_matches('"'));
    // JSON text never contains a raw NUL.
    text.replace(&inside, "\"\0/").replace(&project, "\"\0\"")
}

/// Returns the key of a part's record: a hash of what it follows from.
pub(crate) fn part_key(part: &PartKey, config: &Config) -> ContentHash {
    let PartKey { source, language, format, is_entry, .. } = part;
    let path = inside(&source.path, config);
    ContentHash::of_value(&("part", path, &source.name, &source.text, language, format, is_entry))
}

/// Returns the key of a rendering; `part` is the key of the part's record. `None`: it cannot be
/// stored.
pub(crate) fn rendering_key(
    part: ContentHash,
    plan: &RenderPlan,
    provenance: &Provenance,
) -> Option<ContentHash> {
    let provenance = match provenance {
        Provenance::Nobody => None,
        Provenance::File => Some(None),
        Provenance::Made(map) => Some(Some(map_key(map)?)),
    };
    Some(ContentHash::of_value(&("rendering", part, plan, provenance)))
}

/// Returns a hash of all that rendering reads from a map; `None` for a map that has no hash.
fn map_key(map: &TextMap) -> Option<ContentHash> {
    match map {
        TextMap::Copied { source, ranges, .. } => Some(of_both("copied", &source.text, ranges)),
        TextMap::Mapped(map) => Some(of_both("mapped", map, ())),
        TextMap::Pieces(_) => None,
    }
}

fn of_both(what: &str, one: impl Hash, other: impl Hash) -> ContentHash {
    ContentHash::of_value(&(what, one, other))
}

/// Returns a path relative to the project.
fn inside(path: &Utf8Path, config: &Config) -> String {
    relative(&config.project, path)
}
