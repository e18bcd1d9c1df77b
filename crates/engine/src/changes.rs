//! The changes on the disk between two builds, and the paths that a watcher has to watch. Changes
//! are net results: a save by rename is `changed`, and a file that came and went is not in the set.

use std::collections::BTreeSet;

use bundle_base::fs::{Change, Reads};
use camino::{Utf8Path, Utf8PathBuf};

/// The files that appeared, changed and disappeared. Paths are absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    /// New paths.
    pub created: Vec<Utf8PathBuf>,
    /// Paths whose contents differ.
    pub changed: Vec<Utf8PathBuf>,
    /// Paths that are gone.
    pub removed: Vec<Utf8PathBuf>,
}

/// What a build saw of the disk, apart from the contents of files. A watcher compares it with what
/// it saw itself: a file that comes and goes while a build runs leaves no other trace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Paths, and whether each of them existed.
    pub existence: Vec<(Utf8PathBuf, bool)>,
    /// Directories, and the names in them.
    pub listings: Vec<(Utf8PathBuf, BTreeSet<String>)>,
}

/// What the results so far depend on, for a watcher to watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// Every question that was asked of the file system, absent paths included.
    pub reads: Reads,
    /// The answers to those questions whose paths may appear and disappear.
    pub seen: Seen,
    /// True: these are all dependencies. False: these are only the new ones since the last call.
    pub is_complete: bool,
}

impl ChangeSet {
    /// Iterates over all changes with their paths.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, Change)> {
        let all = [
            (&self.created, Change::Created),
            (&self.changed, Change::Changed),
            (&self.removed, Change::Removed),
        ];
        all.into_iter().flat_map(|(paths, change)| paths.iter().map(move |p| (p.as_path(), change)))
    }
}
