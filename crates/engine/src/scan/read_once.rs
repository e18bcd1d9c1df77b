//! The file system of one scan. Hundreds of stylesheets may import the same few partials; each
//! partial is looked up and read once, and all of its importers see the same text.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicUsize, Ordering},
};

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError, Unfollowed},
    loader::is_css_or_sass,
    lock,
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

/// A file system that caches stylesheets. Any other file is read by one task only.
pub(super) struct ReadOnce {
    inner: Arc<dyn FileSystem>,
    /// The tables have locks because tasks share them; a lock is held for a look-up only.
    texts: Table<Arc<Vec<u8>>>,
    kinds: Table<Option<FileKind>>,
    /// How often a table had the answer.
    avoided: AtomicUsize,
}

type Table<T> = Mutex<FxHashMap<Utf8PathBuf, T>>;

impl ReadOnce {
    /// Creates the file system with empty tables.
    pub fn new(inner: Arc<dyn FileSystem>) -> Self {
        Self {
            inner,
            texts: Mutex::default(),
            kinds: Mutex::default(),
            avoided: AtomicUsize::default(),
        }
    }

    /// Returns how often a table had the answer, so that the disk was not asked.
    pub fn avoided(&self) -> usize {
        self.avoided.load(Ordering::Relaxed)
    }

    fn known<T: Clone>(&self, table: &Table<T>, path: &Utf8Path) -> Option<T> {
        let known = lock(table).get(path).cloned();
        self.avoided.fetch_add(usize::from(known.is_some()), Ordering::Relaxed);
        known
    }
}

impl FileSystem for ReadOnce {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        if !is_stylesheet(path) {
            return self.inner.read(path);
        }
        if let Some(known) = self.known(&self.texts, path) {
            return Ok(known.to_vec());
        }
        let bytes = Arc::new(self.inner.read(path)?);
        remember(&self.texts, path, &bytes);
        Ok(bytes.to_vec())
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        if !is_stylesheet(path) {
            return self.inner.kind(path);
        }
        self.known(&self.kinds, path).unwrap_or_else(|| {
            let kind = self.inner.kind(path);
            remember(&self.kinds, path, &kind);
            kind
        })
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        self.inner.list(path)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        self.inner.canonical(path)
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        self.inner.read_link(path)
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        self.inner.unfollowed(path)
    }
}

fn is_stylesheet(path: &Utf8Path) -> bool {
    path.extension().is_some_and(is_css_or_sass)
}

fn remember<T: Clone>(table: &Table<T>, path: &Utf8Path, value: &T) {
    lock(table).insert(path.to_owned(), value.clone());
}
