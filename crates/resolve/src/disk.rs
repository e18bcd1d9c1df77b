//! Our file system as oxc_resolver sees it, and a record of every path that it or we asked about.
//! oxc_resolver tells what it read only when its own cache did not know; the record is complete
//! because it sits below that cache.

use std::{
    hash::BuildHasher,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError, MemoryFs, Unfollowed},
};
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{FileMetadata, ResolveError};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

/// Many tasks resolve at once; sixteen locks keep them from waiting for one.
const SHARDS: usize = 16;

/// The file system with its record. Clones share both.
#[derive(Clone)]
pub struct Disk {
    fs: Arc<dyn FileSystem>,
    record: Arc<Record>,
}

/// What was asked since the last `clear`.
#[derive(Default)]
struct Record {
    /// Locks, because the one resolver serves all tasks of a scan; each protects the paths that
    /// hash to it.
    shards: [Mutex<Shard>; SHARDS],
    /// Somebody asks for news, so shards keep them.
    is_followed: AtomicBool,
    /// The record was dropped since the last news.
    is_cleared: AtomicBool,
}

#[derive(Default)]
struct Shard {
    /// Whether the path was there, as far as the question told.
    asked: FxHashMap<Utf8PathBuf, Option<bool>>,
    read: FxHashSet<Utf8PathBuf>,
    /// The names that were in the directory.
    listed: FxHashMap<Utf8PathBuf, Vec<String>>,
    /// What was added since the last news.
    news: News,
}

/// What was asked since somebody wanted to know last.
#[derive(Debug, Default)]
pub struct News {
    /// Paths asked about, with whether they were there where the question told; a path may come
    /// again with another answer.
    pub asked: Vec<(Utf8PathBuf, Option<bool>)>,
    /// Files whose contents were read, and links.
    pub read: Vec<Utf8PathBuf>,
}

impl Disk {
    pub fn over(fs: Arc<dyn FileSystem>) -> Self {
        Self { fs, record: Arc::default() }
    }

    /// Forgets the record.
    pub fn clear(&self) {
        for shard in &self.record.shards {
            *lock(shard) = Shard::default();
        }
        self.record.is_cleared.store(true, Ordering::Relaxed);
    }

    /// What was asked since the last call. `None`: everything counts, because this is the first
    /// call or the record was dropped meanwhile.
    pub fn take_news(&self) -> Option<News> {
        let was_followed = self.record.is_followed.swap(true, Ordering::Relaxed);
        let was_cleared = self.record.is_cleared.swap(false, Ordering::Relaxed);
        let mut all = News::default();
        for shard in &self.record.shards {
            let news = std::mem::take(&mut lock(shard).news);
            all.asked.extend(news.asked);
            all.read.extend(news.read);
        }
        (was_followed && !was_cleared).then_some(all)
    }

    /// Paths asked about, present or not; sorted.
    pub fn asked(&self) -> Vec<Utf8PathBuf> {
        self.collect(|shard| shard.asked.keys().cloned().collect())
    }

    /// Paths with whether they were there, where the questions told; in no order.
    pub fn existence(&self) -> Vec<(Utf8PathBuf, bool)> {
        let told = |shard: &Shard| -> Vec<(Utf8PathBuf, bool)> {
            shard
                .asked
                .iter()
                .filter_map(|(path, was_there)| Some((path.clone(), (*was_there)?)))
                .collect()
        };
        self.record.shards.iter().flat_map(|shard| told(&lock(shard))).collect()
    }

    /// Files whose contents were read; sorted.
    pub fn files_read(&self) -> Vec<Utf8PathBuf> {
        self.collect(|shard| shard.read.iter().cloned().collect())
    }

    /// True if the path, or the listing of its directory, was part of an answer, or if a directory
    /// above it has come or gone with it: a watcher may report only the file.
    pub fn was_asked(&self, path: &Utf8Path) -> bool {
        let is_listed = |directory: &Utf8Path| self.shard(directory).listed.contains_key(directory);
        if self.shard(path).asked.contains_key(path) || path.parent().is_some_and(is_listed) {
            return true;
        }
        path.ancestors().skip(1).any(|above| self.is_other_than_recorded(above))
    }

    fn is_other_than_recorded(&self, directory: &Utf8Path) -> bool {
        let is_there = self.fs.kind(directory).is_some();
        let was_there = self.shard(directory).asked.get(directory).copied().flatten();
        let was_listed =
            directory.parent().zip(directory.file_name()).and_then(|(parent, name)| {
                let shard = self.shard(parent);
                Some(shard.listed.get(parent)?.iter().any(|listed| listed == name))
            });
        was_there.is_some_and(|was| was != is_there)
            || was_listed.is_some_and(|was| was != is_there)
    }

    /// True if the contents of the file were part of an answer.
    pub fn was_read(&self, path: &Utf8Path) -> bool {
        self.shard(path).read.contains(path)
    }

    /// The names in a directory, without a note in the record: for checks of what is certainly
    /// there.
    pub fn list_unrecorded(&self, path: &Utf8Path) -> Vec<DirEntry> {
        self.fs.list(path).unwrap_or_default()
    }

    /// What a path leads to, without a note in the record.
    pub fn kind_unrecorded(&self, path: &Utf8Path) -> Option<FileKind> {
        self.fs.kind(path)
    }

    fn collect(&self, which: fn(&Shard) -> Vec<Utf8PathBuf>) -> Vec<Utf8PathBuf> {
        let mut paths: Vec<_> =
            self.record.shards.iter().flat_map(|shard| which(&lock(shard))).collect();
        paths.sort();
        paths
    }

    fn shard(&self, path: &Utf8Path) -> MutexGuard<'_, Shard> {
        let index = FxBuildHasher.hash_one(path.as_str()) % SHARDS as u64;
        lock(&self.record.shards[usize::try_from(index).expect("less than the number of shards")])
    }

    /// `is_there`: `None` where the answer does not tell.
    fn note(&self, path: &Utf8Path, is_there: Option<bool>) {
        let mut shard = self.shard(path);
        let known = shard.asked.get(path).copied();
        let now = is_there.or(known.flatten());
        if known == Some(now) {
            return;
        }
        shard.asked.insert(path.to_owned(), now);
        if self.record.is_followed.load(Ordering::Relaxed) {
            shard.news.asked.push((path.to_owned(), now));
        }
    }

    fn note_read(&self, path: &Utf8Path) {
        let mut shard = self.shard(path);
        if shard.read.insert(path.to_owned()) && self.record.is_followed.load(Ordering::Relaxed) {
            shard.news.read.push(path.to_owned());
        }
    }
}

fn lock(shard: &Mutex<Shard>) -> MutexGuard<'_, Shard> {
    // A record with a hole after a panic elsewhere is no worse than the panic.
    shard.lock().unwrap_or_else(PoisonError::into_inner)
}

impl FileSystem for Disk {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        let found = self.fs.read(path);
        self.note(path, Some(!matches!(found, Err(FsError::NotFound))));
        self.note_read(path);
        found
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        let found = self.fs.kind(path);
        self.note(path, Some(found.is_some()));
        found
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        let found = self.fs.list(path);
        // A directory that may not be listed is there, and so is a file.
        let is_there = match found {
            Ok(_) => Some(true),
            Err(FsError::NotFound) => Some(false),
            Err(_) => None,
        };
        self.note(path, is_there);
        let names = found.iter().flatten().map(|entry| entry.name.clone()).collect();
        self.shard(path).listed.insert(path.to_owned(), names);
        found
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        self.note(path, None);
        self.fs.canonical(path)
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        self.note(path, None);
        self.fs.read_link(path)
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        let found = self.fs.unfollowed(path);
        if found == Some(Unfollowed::Link) {
            // Its target is its contents; whether that is there is another question.
            self.note(path, None);
            self.note_read(path);
        } else {
            self.note(path, Some(found.is_some()));
        }
        found
    }
}

impl oxc_resolver::FileSystem for Disk {
    /// oxc_resolver makes a file system of its own only where it is not given one.
    fn new() -> Self {
        Self::over(Arc::new(MemoryFs::new()))
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let bytes = FileSystem::read(self, utf8(path)?).map_err(|e| io_error(&e))?;
        Ok(guard_depth(bytes))
    }

    fn read_to_string(&self, path: &Path) -> io::Result<String> {
        String::from_utf8(oxc_resolver::FileSystem::read(self, path)?)
            .map_err(|_| io::Error::from(io::ErrorKind::InvalidData))
    }

    fn metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        let kind = self.kind(utf8(path)?).ok_or(io::ErrorKind::NotFound)?;
        Ok(FileMetadata::new(kind == FileKind::File, kind == FileKind::Directory, false))
    }

    fn symlink_metadata(&self, path: &Path) -> io::Result<FileMetadata> {
        let path = utf8(path)?;
        match self.unfollowed(path).ok_or(io::ErrorKind::NotFound)? {
            // oxc_resolver follows links by itself and by recursion: only those that the system
            // follows too.
            Unfollowed::Link if self.kind(path).is_none() => Err(io::ErrorKind::NotFound.into()),
            Unfollowed::Link => Ok(FileMetadata::new(false, false, true)),
            Unfollowed::Kind(kind) => {
                Ok(FileMetadata::new(kind == FileKind::File, kind == FileKind::Directory, false))
            }
        }
    }

    fn read_link(&self, path: &Path) -> Result<PathBuf, ResolveError> {
        let target = FileSystem::read_link(self, utf8(path)?)
            .ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Ok(target.into_std_path_buf())
    }

    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(self.canonical(utf8(path)?).map_err(|e| io_error(&e))?.into_std_path_buf())
    }
}

fn utf8(path: &Path) -> io::Result<&Utf8Path> {
    Utf8Path::from_path(path).ok_or_else(|| io::ErrorKind::InvalidInput.into())
}

fn io_error(error: &FsError) -> io::Error {
    match error {
        FsError::NotFound | FsError::Loop => io::ErrorKind::NotFound.into(),
        FsError::Denied => io::ErrorKind::PermissionDenied.into(),
        FsError::NotAFile(_) => io::ErrorKind::IsADirectory.into(),
        FsError::NotADirectory => io::ErrorKind::NotADirectory.into(),
        FsError::Other(words) => io::Error::other(words.clone()),
    }
}

/// Deeper than any manifest, shallower than any stack: oxc_resolver's fast JSON parser recurses.
const DEPTH_LIMIT: usize = 200;

/// Cuts JSON off where it is nested too deeply, which makes it a syntax error there. Brackets in
/// strings count too: no string of a manifest opens 200 more than it closes.
fn guard_depth(mut bytes: Vec<u8>) -> Vec<u8> {
    let mut depth = 0usize;
    for at in 0..bytes.len() {
        match bytes[at] {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEPTH_LIMIT {
            bytes.truncate(at);
            break;
        }
    }
    bytes
}
