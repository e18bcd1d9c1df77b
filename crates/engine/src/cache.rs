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
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use bundle_base::{Config, asset::ContentHash, config::relative, text_map::TextMap};
use bundle_graph::{module::Module, plan::RenderPlan, record::ModuleRecord};
use bundle_js::RenderedModule;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::memo::{PartKey, Provenance, RegisteredText, Rendered};
use pack::{Added, Pack};

pub(crate) mod files; // a compiled file as plain data, and back
mod fingerprint; // the questions that a loader asked, and whether their answers are still the same
mod pack; // the binary form of a cache, and its errors

pub use pack::{Snapshot, Unusable};

/// The entries that earlier builds stored, and those that this build adds.
pub struct Cache {
    id: ContentHash,
    pack: Pack,
    /// The new entries. A lock because any task may add some; they are read only at the end of the
    /// build.
    added: Mutex<Vec<Added>>,
    found: AtomicUsize,
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
        Self { id, pack: Pack::default(), added: Mutex::default(), found: AtomicUsize::new(0) }
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

    /// Returns true if an entry that was looked up differs from what was written.
    pub fn is_damaged(&self) -> bool {
        self.pack.is_damaged()
    }

    /// Returns the bytes to store for the next build; `None`: the restored bytes are still right.
    /// The new entries are taken out, so a second call does not return them.
    pub fn snapshot(&self) -> Option<Snapshot<'_>> {
        let mut added =
            std::mem::take(&mut *self.added.lock().unwrap_or_else(PoisonError::into_inner));
        // Two tasks may have added the same entry.
        added.sort_unstable_by_key(|added| added.key);
        added.dedup_by_key(|added| added.key);
        self.pack.with(self.id, added)
    }

    /// Returns how many entries were found since the last call.
    pub(crate) fn take_found(&self) -> usize {
        self.found.swap(0, Ordering::Relaxed)
    }

    /// Looks up the record of a part.
    pub(crate) fn record(&self, key: ContentHash) -> Option<ModuleRecord> {
        self.get(key)
    }

    /// Adds the records and renderings of a successful build that have no diagnostics. This runs at
    /// the end of the build, because until then ASTs need the memory.
    /// `keys` has the key of each module's part, `made` the renderings with their keys.
    pub(crate) fn keep(
        &self,
        keys: &[Option<ContentHash>],
        modules: &[Module],
        made: &[(ContentHash, Arc<Rendered>)],
    ) {
        let records = keys.par_iter().zip(modules);
        records.for_each(|(key, module)| {
            if let Some(key) =
                key.filter(|key| !self.pack.was_found(*key) && module.record.diagnostics.is_empty())
            {
                self.put(key, &*module.record);
            }
        });
        made.par_iter().for_each(|(key, rendered)| self.keep_rendering(*key, rendered));
    }

    /// Looks up a rendered part.
    pub(crate) fn rendering(&self, key: ContentHash, provenance: &Provenance) -> Option<Rendered> {
        let StoredRendering { module, registered } = self.get(key)?;
        Some(Rendered {
            provenance: provenance.clone(),
            module,
            registered,
            hash: OnceLock::new(),
            section: None,
            diagnostics: Vec::new(),
        })
    }

    fn keep_rendering(&self, key: ContentHash, rendered: &Rendered) {
        #[derive(Serialize)]
        struct Borrowed<'r> {
            module: &'r RenderedModule,
            registered: &'r Option<RegisteredText>,
        }
        if rendered.diagnostics.is_empty() {
            self.put(key, &Borrowed { module: &rendered.module, registered: &rendered.registered });
        }
    }

    fn get<T: DeserializeOwned>(&self, key: ContentHash) -> Option<T> {
        let value = postcard::from_bytes(self.pack.get(key)?).ok()?;
        self.note_found();
        Some(value)
    }

    fn note_found(&self) {
        self.found.fetch_add(1, Ordering::Relaxed);
    }

    fn put(&self, key: ContentHash, value: &impl Serialize) {
        let Ok(bytes) = postcard::to_extend(value, Vec::new()) else { return };
        let added = Added::new(key, bytes);
        self.added.lock().unwrap_or_else(PoisonError::into_inner).push(added);
    }
}

/// Returns all settings that entries may follow from, without the path of the project's folder.
fn identity(config: &Config) -> String {
    let mut config = config.clone();
    let project = serde_json::Value::from(config.project.as_str()).to_string();
    config.lint = None;
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
