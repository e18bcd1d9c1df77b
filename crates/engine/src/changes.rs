//! What happened to the files since the last build, as a net result: a save by rename is `changed`,
//! a file that came and went is nothing.

use std::collections::BTreeSet;

use bundle_base::fs::{Change, Reads};
use camino::{Utf8Path, Utf8PathBuf};

/// Files that appeared, changed and disappeared. Paths are absolute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangeSet {
    /// New paths.
    pub created: Vec<Utf8PathBuf>,
    /// Same path, other contents.
    pub changed: Vec<Utf8PathBuf>,
    /// Paths that are gone.
    pub removed: Vec<Utf8PathBuf>,
}

/// What a build saw of the disk, where that is more than the contents of files: a watcher compares
/// it with what it saw itself, because what comes and goes while a build runs leaves no difference
/// behind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Paths, and whether they were there.
    pub existence: Vec<(Utf8PathBuf, bool)>,
    /// Directories, and the names in them.
    pub listings: Vec<(Utf8PathBuf, BTreeSet<String>)>,
}

/// What the results so far depend on: what a watcher has to watch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dependencies {
    /// Every question that was asked of the disk, absent paths included.
    pub reads: Reads,
    /// What was seen of those that may come and go.
    pub seen: Seen,
    /// True: this is everything. False: it is what came in addition since the last time.
    pub is_complete: bool,
}

impl ChangeSet {
    /// Every change with its path.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, Change)> {
        let all = [
            (&self.created, Change::Created),
            (&self.changed, Change::Changed),
            (&self.removed, Change::Removed),
        ];
        all.into_iter().flat_map(|(paths, change)| paths.iter().map(move |p| (p.as_path(), change)))
    }
}
