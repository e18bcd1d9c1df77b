//! The disk cache: compiled files, module records and rendered modules as bytes, each under a hash
//! of everything it follows from. So no entry can be stale, and nothing has to be invalidated. The
//! host reads and writes the bytes. Nothing in them names a folder of the machine.
//!
//! A result with diagnostics is not kept: it is made again and reports them again.
//! docs/design/cache.md has the details.

use std::{
    hash::Hash,
    sync::{
        Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use bundle_base::{Config, asset::ContentHash, config::relative, text_map::TextMap};
use bundle_graph::{plan::RenderPlan, record::ModuleRecord};
use bundle_js::RenderedModule;
use camino::{Utf8Path, Utf8PathBuf};
use rayon::prelude::*;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    emit::registered::RegisteredText,
    memo::{PartKey, Provenance, Rendered},
    render::RenderedChunks,
    scan::Scan,
};
use pack::{Added, Pack};

pub(crate) mod files; // a compiled file as plain data, and back
mod fingerprint; // what a loader asked, and whether the answers are the same today
mod pack; // entries as one text of bytes, and what is wrong with such a text

pub use pack::{Snapshot, Unusable};

/// What earlier builds left, and what this one adds.
pub struct Cache {
    id: ContentHash,
    pack: Pack,
    /// A lock because every task may have made something. Nobody reads it before the end of the
    /// build.
    added: Mutex<Vec<Added>>,
    found: AtomicUsize,
}

/// A rendered part, without what is known of it anyway.
#[derive(Serialize, Deserialize)]
struct StoredRendering {
    module: RenderedModule,
    registered: Option<RegisteredText>,
}

impl Cache {
    /// A cache with nothing in it. `build`: tells the program apart from those whose answers may
    /// differ.
    pub fn new(config: &Config, build: &str) -> Self {
        let id = ContentHash::of_value(&(build, identity(config)));
        Self { id, pack: Pack::default(), added: Mutex::default(), found: AtomicUsize::new(0) }
    }

    /// What a file should be called that holds it: another configuration has another one.
    pub fn name(&self) -> String {
        self.id.to_string()
    }

    /// Takes what a build like this one left. Of what cannot be used it takes nothing.
    pub fn restore(&mut self, bytes: Vec<u8>) -> Result<(), Unusable> {
        self.pack = Pack::read(bytes, self.id)?;
        Ok(())
    }

    /// True if an entry that was asked for is not what was written.
    pub fn is_damaged(&self) -> bool {
        self.pack.is_damaged()
    }

    /// What is to be kept for the next build; `None`: what was restored. What is new is handed out
    /// once.
    pub fn snapshot(&self) -> Option<Snapshot<'_>> {
        let mut added =
            std::mem::take(&mut *self.added.lock().unwrap_or_else(PoisonError::into_inner));
        // Two tasks may have made the same.
        added.sort_unstable_by_key(|added| added.key);
        added.dedup_by_key(|added| added.key);
        self.pack.with(self.id, added)
    }

    /// How many entries were found since this was last asked.
    pub(crate) fn take_found(&self) -> usize {
        self.found.swap(0, Ordering::Relaxed)
    }

    /// The record of a part.
    pub(crate) fn record(&self, key: ContentHash) -> Option<ModuleRecord> {
        self.get(key)
    }

    /// Keeps what a build made and has nothing to say: not before it is over, because trees need
    /// the room.
    pub(crate) fn keep(&self, scan: &Scan, rendered: &RenderedChunks) {
        let records = scan.cached.par_iter().zip(&scan.graph.modules);
        records.for_each(|(key, module)| {
            if let Some(key) =
                key.filter(|key| !self.pack.was_found(*key) && module.record.diagnostics.is_empty())
            {
                self.put(key, &*module.record);
            }
        });
        rendered.made.par_iter().for_each(|(key, rendered)| self.keep_rendering(*key, rendered));
    }

    /// A rendered part.
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

/// All of a configuration that entries may follow from, without the folder of the project.
fn identity(config: &Config) -> String {
    let mut config = config.clone();
    let project = serde_json::Value::from(config.project.as_str()).to_string();
    config.lint = None;
    // What is said of outputs changes none of them, and where they go is no matter of modules.
    (config.output.metafile, config.budgets, config.silenced) = (false, Vec::new(), Vec::new());
    (config.output.dir, config.output.file, config.output.source_map_dir) =
        (Utf8PathBuf::new(), None, None);
    let text = serde_json::to_string(&config).expect("a configuration is plain data");
    let inside = format!("{}/", project.trim_end_matches('"'));
    // No other text of JSON has such a character.
    text.replace(&inside, "\"\0/").replace(&project, "\"\0\"")
}

/// What a part's record follows from.
pub(crate) fn part_key(part: &PartKey, config: &Config) -> ContentHash {
    let PartKey { source, language, format, is_entry, .. } = part;
    let path = inside(&source.path, config);
    ContentHash::of_value(&("part", path, &source.name, &source.text, language, format, is_entry))
}

/// What a rendering follows from; `part` is the key of the part's record.
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

/// All that rendering learns from a map. `None`: there is no telling.
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

/// A path as it is from the project.
fn inside(path: &Utf8Path, config: &Config) -> String {
    relative(&config.project, path)
}
