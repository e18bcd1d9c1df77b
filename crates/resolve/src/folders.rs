//! Listings of folders, which show what kind of file a path is. A cold build asks about most files
//! of a folder, and about many that do not exist, so one listing is cheaper than a system call for
//! each. Only the first scan of a session uses listings: later, a file may appear at a path that no
//! build has asked about, and no watcher reports that.

use std::{
    hash::BuildHasher,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use bundle_base::{
    FileSystem,
    fs::{FsError, Unfollowed},
    lock,
};
use camino::Utf8Path;
use rustc_hash::{FxBuildHasher, FxHashMap};

/// How many names of a folder are asked about one by one before it is listed. `/home` and
/// `node_modules` may have thousands of names, and a build needs one or two of them.
const PATIENCE: u8 = 3;

const SHARDS: usize = 16;

type Manifests = FxHashMap<String, Result<Arc<Vec<u8>>, FsError>>;

/// The folders that were asked about in the first scan.
#[derive(Default)]
pub struct Folders {
    /// Locks, because one resolver serves all tasks of a scan. Each lock protects the folders that
    /// hash to its shard.
    shards: [Mutex<FxHashMap<String, Folder>>; SHARDS],
    /// The files that were read: package.json, tsconfig.json. Both oxc_resolver and this crate read
    /// them.
    manifests: Mutex<Manifests>,
    is_open: AtomicBool,
    /// How many questions the listings answered.
    answered: AtomicUsize,
}

enum Folder {
    /// How many times a name in it was asked for.
    Asked(u8),
    Listed(Listing),
    /// It cannot be listed.
    Unlisted,
}

struct Listing {
    names: FxHashMap<String, Unfollowed>,
    /// The names in lower case, for file systems that ignore case. `None`: some are not ASCII, and
    /// which of them are the same only the file system knows.
    lower: Option<Vec<String>>,
}

/// The answer of a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The name is in the folder.
    Is(Unfollowed),
    /// It is not.
    Absent,
    /// The file system has to be asked.
    Unknown,
}

impl Folders {
    /// Lists folders from now on.
    pub fn open(&self) {
        self.is_open.store(true, Ordering::Relaxed);
    }

    /// Ends the first scan: forgets all listings and makes no more. Returns how many questions they
    /// answered.
    pub fn close(&self) -> usize {
        if !self.is_open.swap(false, Ordering::Relaxed) {
            return 0;
        }
        for shard in &self.shards {
            *lock(shard) = FxHashMap::default();
        }
        *lock(&self.manifests) = FxHashMap::default();
        self.answered.load(Ordering::Relaxed)
    }

    /// Reads a file, in the first scan only once.
    pub fn read(&self, path: &Utf8Path, fs: &dyn FileSystem) -> Result<Vec<u8>, FsError> {
        if !self.is_open.load(Ordering::Relaxed) {
            return fs.read(path);
        }
        if let Some(known) = lock(&self.manifests).get(path.as_str()) {
            self.answered.fetch_add(1, Ordering::Relaxed);
            return known.clone().map(|bytes| bytes.to_vec());
        }
        let found = match self.answer(path, fs) {
            Answer::Absent => Err(FsError::NotFound),
            Answer::Is(_) | Answer::Unknown => fs.read(path).map(Arc::new),
        };
        lock(&self.manifests).insert(path.to_string(), found.clone());
        found.map(|bytes| bytes.to_vec())
    }

    /// Returns what a path is, if its folder is listed.
    pub fn answer(&self, path: &Utf8Path, fs: &dyn FileSystem) -> Answer {
        if !self.is_open.load(Ordering::Relaxed) {
            return Answer::Unknown;
        }
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Answer::Unknown;
        };
        let index = FxBuildHasher.hash_one(folder.as_str()) % SHARDS as u64;
        let index = usize::try_from(index).expect("less than the number of shards");
        let mut shard = lock(&self.shards[index]);
        let answer = match shard.get_mut(folder.as_str()) {
            Some(Folder::Listed(listing)) => listing.answer(name),
            Some(Folder::Unlisted) => Answer::Unknown,
            Some(Folder::Asked(count)) if *count < PATIENCE => {
                *count += 1;
                Answer::Unknown
            }
            Some(known) => {
                *known = list(folder, fs);
                match known {
                    Folder::Listed(listing) => listing.answer(name),
                    Folder::Asked(_) | Folder::Unlisted => Answer::Unknown,
                }
            }
            None => {
                shard.insert(folder.to_string(), Folder::Asked(1));
                Answer::Unknown
            }
        };
        drop(shard);
        self.answered.fetch_add(usize::from(answer != Answer::Unknown), Ordering::Relaxed);
        answer
    }
}

fn list(folder: &Utf8Path, fs: &dyn FileSystem) -> Folder {
    match fs.names(folder) {
        Some(Ok(names)) => Folder::Listed(Listing::of(names)),
        Some(Err(FsError::NotFound)) => Folder::Listed(Listing::of(Vec::new())),
        Some(Err(_)) | None => Folder::Unlisted,
    }
}

impl Listing {
    fn of(names: Vec<(String, Unfollowed)>) -> Self {
        let is_ascii = names.iter().all(|(name, _)| name.is_ascii());
        let lower = is_ascii.then(|| {
            let mut lower: Vec<String> =
                names.iter().map(|(name, _)| name.to_ascii_lowercase()).collect();
            lower.sort_unstable();
            lower
        });
        Self { names: names.into_iter().collect(), lower }
    }

    fn answer(&self, name: &str) -> Answer {
        if let Some(found) = self.names.get(name) {
            return Answer::Is(*found);
        }
        // A file system may find a name that is spelled otherwise.
        let may_be_another = |lower: &Vec<String>| {
            !name.is_ascii() || lower.binary_search(&name.to_ascii_lowercase()).is_ok()
        };
        match &self.lower {
            Some(lower) if !may_be_another(lower) => Answer::Absent,
            Some(_) | None => Answer::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use bundle_base::fs::{FileKind, MemoryFs};

    use super::*;

    fn listing(names: &[&str]) -> Listing {
        let file = Unfollowed::Kind(FileKind::File);
        Listing::of(names.iter().map(|name| ((*name).to_owned(), file)).collect())
    }

    #[test]
    fn a_listing_answers_only_what_it_shows() {
        let known = listing(&["App.vue", "index.js"]);
        assert_eq!(known.answer("index.js"), Answer::Is(Unfollowed::Kind(FileKind::File)));
        assert_eq!(known.answer("index.ts"), Answer::Absent);
        // These are files on a disk that ignores case, or writes accents otherwise.
        assert_eq!(known.answer("app.vue"), Answer::Unknown);
        assert_eq!(known.answer("caf\u{e9}.js"), Answer::Unknown);
        assert_eq!(listing(&["cafe\u{301}.js"]).answer("index.ts"), Answer::Unknown);
    }

    #[test]
    fn a_file_system_without_listings_is_asked() {
        let (folders, fs) = (Folders::default(), MemoryFs::new().with("/p/a.js", ""));
        folders.open();
        for _ in 0..9 {
            assert_eq!(folders.answer(Utf8Path::new("/p/a.js"), &fs), Answer::Unknown);
        }
        assert_eq!(folders.close(), 0);
    }
}
