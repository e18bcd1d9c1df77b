//! Our file system as oxc_resolver sees it, and a record of every path that this crate or
//! oxc_resolver asked for. oxc_resolver reports what it read only when its own cache had no answer.
//! This record is complete because it is below that cache.

use std::{
    hash::BuildHasher,
    io,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError, MemoryFs, Unfollowed},
    lock,
};
use camino::{Utf8Path, Utf8PathBuf};
use oxc_resolver::{FileMetadata, ResolveError};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::folders::{self, Folders};

/// Many tasks resolve at once; with sixteen locks they seldom wait for each other.
const SHARDS: usize = 16;

/// The file system with its record. Clones share both.
#[derive(Clone)]
pub struct Disk {
    fs: Arc<dyn FileSystem>,
    record: Arc<Record>,
    folders: Arc<Folders>,
}

/// The questions to the file system since the last `clear`.
#[derive(Default)]
struct Record {
    /// Locks, because one resolver serves all tasks of a scan. Each lock protects the paths that
    /// hash to its shard.
    shards: [Mutex<Shard>; SHARDS],
    /// True once `take_new_questions` was called: from then on shards keep `new_questions`.
    is_followed: AtomicBool,
    /// Whether the record was cleared since `take_new_questions` was last called.
    is_cleared: AtomicBool,
}

#[derive(Default)]
struct Shard {
    /// The paths asked for, with whether each existed; `None` if the question did not reveal it.
    asked: FxHashMap<Utf8PathBuf, Option<bool>>,
    /// The files whose contents were read, and symbolic links.
    read: FxHashSet<Utf8PathBuf>,
    /// The directories that were listed, with the names in each.
    listed: FxHashMap<Utf8PathBuf, Vec<String>>,
    /// The questions since `take_new_questions` was last called.
    new_questions: NewQuestions,
}

/// The questions to the file system since the last call of `take_new_questions`.
#[derive(Debug, Default)]
pub struct NewQuestions {
    /// The paths asked for, with whether each existed, where the question revealed it. A path may
    /// be listed again with another answer.
    pub asked: Vec<(Utf8PathBuf, Option<bool>)>,
    /// The files whose contents were read, and symbolic links.
    pub read: Vec<Utf8PathBuf>,
}

impl Disk {
    pub fn over(fs: Arc<dyn FileSystem>) -> Self {
        Self { fs, record: Arc::default(), folders: Arc::default() }
    }

    /// Returns the listings of folders, which answer questions while they are open.
    pub fn folders(&self) -> &Folders {
        &self.folders
    }

    fn listed(&self, path: &Utf8Path) -> folders::Answer {
        self.folders.answer(path, &*self.fs)
    }

    /// Clears the record.
    pub fn clear(&self) {
        for shard in &self.record.shards {
            *lock(shard) = Shard::default();
        }
        self.record.is_cleared.store(true, Ordering::Relaxed);
    }

    /// Returns the questions since the last call. `None`: the whole record counts as new, because
    /// this is the first call, or the record was cleared meanwhile.
    pub fn take_new_questions(&self) -> Option<NewQuestions> {
        let was_followed = self.record.is_followed.swap(true, Ordering::Relaxed);
        let was_cleared = self.record.is_cleared.swap(false, Ordering::Relaxed);
        let mut all = NewQuestions::default();
        for shard in &self.record.shards {
            let new_questions = std::mem::take(&mut lock(shard).new_questions);
            all.asked.extend(new_questions.asked);
            all.read.extend(new_questions.read);
        }
        (was_followed && !was_cleared).then_some(all)
    }

    /// Returns all paths asked for, present or not, sorted.
    pub fn asked(&self) -> Vec<Utf8PathBuf> {
        self.collect(|shard| shard.asked.keys().cloned().collect())
    }

    /// Returns the paths with whether each existed, where a question revealed it, in no particular
    /// order.
    pub fn existence(&self) -> Vec<(Utf8PathBuf, bool)> {
        let known = |shard: &Shard| -> Vec<(Utf8PathBuf, bool)> {
            shard
                .asked
                .iter()
                .filter_map(|(path, was_there)| Some((path.clone(), (*was_there)?)))
                .collect()
        };
        self.record.shards.iter().flat_map(|shard| known(&lock(shard))).collect()
    }

    /// Returns the files whose contents were read, and symbolic links, sorted.
    pub fn files_read(&self) -> Vec<Utf8PathBuf> {
        self.collect(|shard| shard.read.iter().cloned().collect())
    }

    /// Whether the path, or the listing of its directory, was part of a result, or if a
    /// directory above it has appeared or disappeared: a watcher may report only the file.
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

    /// Whether the contents of the file were part of a result.
    pub fn was_read(&self, path: &Utf8Path) -> bool {
        self.shard(path).read.contains(path)
    }

    /// Lists a directory without recording it. This is for checks of paths that are known to exist.
    pub fn list_unrecorded(&self, path: &Utf8Path) -> Vec<DirEntry> {
        self.fs.list(path).unwrap_or_default()
    }

    /// Returns what a path leads to, without recording it.
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

    /// Records a question. `is_there` is `None` if the answer does not reveal it.
    fn note(&self, path: &Utf8Path, is_there: Option<bool>) {
        let mut shard = self.shard(path);
        let known = shard.asked.get(path).copied();
        let now = is_there.or(known.flatten());
        if known == Some(now) {
            return;
        }
        shard.asked.insert(path.to_owned(), now);
        if self.record.is_followed.load(Ordering::Relaxed) {
            shard.new_questions.asked.push((path.to_owned(), now));
        }
    }

    fn note_read(&self, path: &Utf8Path) {
        let mut shard = self.shard(path);
        if shard.read.insert(path.to_owned()) && self.record.is_followed.load(Ordering::Relaxed) {
            shard.new_questions.read.push(path.to_owned());
        }
    }
}

impl FileSystem for Disk {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        let found = self.folders.read(path, &*self.fs);
        self.note(path, Some(!matches!(found, Err(FsError::NotFound))));
        self.note_read(path);
        found
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        let found = match self.listed(path) {
            folders::Answer::Is(Unfollowed::Kind(kind)) => Some(kind),
            folders::Answer::Absent => None,
            folders::Answer::Is(Unfollowed::Link) | folders::Answer::Unknown => self.fs.kind(path),
        };
        self.note(path, Some(found.is_some()));
        found
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        let found = self.fs.list(path);
        // Other errors do not show that nothing exists: listing also fails for a file, and for a
        // directory without permission.
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
        let found = match self.listed(path) {
            folders::Answer::Is(found) => Some(found),
            folders::Answer::Absent => None,
            folders::Answer::Unknown => self.fs.unfollowed(path),
        };
        if found == Some(Unfollowed::Link) {
            // The target counts as the link's contents. Whether the target exists is a separate
            // question.
            self.note(path, None);
            self.note_read(path);
        } else {
            self.note(path, Some(found.is_some()));
        }
        found
    }
}

impl oxc_resolver::FileSystem for Disk {
    /// oxc_resolver calls this only where it is given no file system.
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
            // oxc_resolver follows links itself, recursively, so it only sees links that the system
            // can follow too.
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

/// Deeper than any real manifest, and shallow enough for every stack: oxc_resolver's fast JSON
/// parser recurses.
const DEPTH_LIMIT: usize = 200;

/// Cuts JSON off where it is nested too deeply, so that it has a syntax error there. Brackets in
/// strings count too: no string of a manifest opens 200 more brackets than it closes.
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
