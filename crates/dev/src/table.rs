//! The last known state of every path. Events only say which path to check again; a change is a
//! difference between this table and the disk, so a save by rename is one change, and a file that
//! appeared and disappeared again is none.
//!
//! Reads the disk directly and not through `FileSystem`, which knows contents: here only lengths
//! and times matter.

use std::{
    collections::{BTreeSet, HashMap, HashSet},
    time::{Duration, SystemTime},
};

use bundle_base::fs::{Question, Reads};
use bundle_engine::{ChangeSet, Seen};
use camino::{Utf8Path, Utf8PathBuf};

use crate::platform::{Identity, may_be_since};

/// The coarsest granularity of file times: within it, a second write can leave the same time and
/// length.
const FILE_TIME_GRANULARITY: Duration = Duration::from_secs(2);
/// The granularity of the clock that file times come from.
const TICK: Duration = Duration::from_millis(10);

/// The state of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    found: FileState,
    /// The target of the symbolic link, as written, if the path is a link.
    link: Option<Utf8PathBuf>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum FileState {
    Absent,
    File {
        length: u64,
        modified: Option<SystemTime>,
        identity: Identity,
    },
    /// A directory or a special file: only its existence counts, as its entries have paths of their
    /// own.
    Other,
}

/// The last known state of paths and directories.
#[derive(Debug, Default)]
pub struct Table {
    paths: HashMap<Utf8PathBuf, State>,
    listings: HashMap<Utf8PathBuf, BTreeSet<String>>,
}

/// Changes while they are collected: sorted, each path once.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    created: BTreeSet<Utf8PathBuf>,
    changed: BTreeSet<Utf8PathBuf>,
    removed: BTreeSet<Utf8PathBuf>,
}

impl Changes {
    /// Whether there are no changes.
    pub fn is_empty(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// Returns the paths that appeared or disappeared.
    pub fn structure(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.created.iter().chain(&self.removed)
    }

    /// Returns the paths with other contents.
    pub fn contents(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.changed.iter()
    }

    /// Converts the changes to the form that a Session takes.
    pub fn into_set(self) -> ChangeSet {
        let list = |paths: BTreeSet<Utf8PathBuf>| paths.into_iter().collect();
        ChangeSet {
            created: list(self.created),
            changed: list(self.changed),
            removed: list(self.removed),
        }
    }

    /// Adds other changes.
    pub fn extend(&mut self, other: &Self) {
        self.created.extend(other.created.iter().cloned());
        self.changed.extend(other.changed.iter().cloned());
        self.removed.extend(other.removed.iter().cloned());
    }

    /// Drops the changes of these paths.
    pub fn forget(&mut self, paths: &BTreeSet<Utf8PathBuf>) {
        for changes in [&mut self.created, &mut self.changed, &mut self.removed] {
            changes.retain(|path| !paths.contains(path));
        }
    }

    /// Whether a path appeared or disappeared.
    pub fn has_structure(&self) -> bool {
        !self.created.is_empty() || !self.removed.is_empty()
    }

    /// Records that something else is at a path now, so that every answer about it may differ.
    fn replaced(&mut self, path: &Utf8Path) {
        self.created.insert(path.to_owned());
        self.changed.insert(path.to_owned());
    }
}

impl Table {
    /// Whether the path is a symbolic link.
    pub fn is_link(&self, path: &Utf8Path) -> bool {
        self.paths.get(path).is_some_and(|state| state.link.is_some())
    }

    /// Drops the paths that are no longer watched. Returns whether there are new ones;
    /// `check_new` must read their state once they are watched.
    pub fn keep(&mut self, watched: &WatchedPaths) -> bool {
        self.paths.retain(|path, _| watched.paths.contains(path));
        self.listings.retain(|path, _| watched.listings.contains(path));
        watched.paths.len() > self.paths.len() || watched.listings.len() > self.listings.len()
    }

    /// Reads the state of the new paths. A file younger than `since` may have changed between being
    /// read and being watched, so it counts as changed.
    pub fn check_new(&mut self, watched: &WatchedPaths, since: SystemTime, changes: &mut Changes) {
        for path in &watched.paths {
            if self.paths.contains_key(path) {
                continue;
            }
            let state = State::at(path);
            if state.is_since(since) {
                changes.replaced(path);
            }
            self.paths.insert(path.clone(), state);
        }
        for folder in &watched.listings {
            if self.listings.contains_key(folder) {
                continue;
            }
            let names = names(folder);
            let modified = folder.metadata().and_then(|found| found.modified());
            if modified.is_ok_and(|time| time >= since) {
                let paths = names.iter().map(|name| folder.join(name));
                changes.created.extend(paths.filter(|path| may_be_since(path, since)));
            }
            self.listings.insert(folder.clone(), names);
        }
    }

    /// Compares the table with what a build saw that ran after the last check. A path that the
    /// build saw appear or disappear has changed, even if its state in the table is the same.
    pub fn compare(&self, seen: &Seen, changes: &mut Changes) {
        for (path, was_there) in &seen.existence {
            // A link and its target may each be missing, so a link's existence is not compared.
            let Some(State { found, link: None }) = self.paths.get(path) else { continue };
            match (was_there, *found != FileState::Absent) {
                (true, false) => drop(changes.removed.insert(path.clone())),
                (false, true) => changes.replaced(path),
                (true, true) | (false, false) => {}
            }
        }
        for (folder, names) in &seen.listings {
            let Some(now) = self.listings.get(folder) else { continue };
            let was: BTreeSet<String> =
                names.iter().filter(|name| !is_of_an_editor(name)).cloned().collect();
            changes.created.extend(now.difference(&was).map(|name| folder.join(name)));
            changes.removed.extend(was.difference(now).map(|name| folder.join(name)));
        }
    }

    /// Compares one path with the disk. `is_written`: an event reports that its contents were
    /// written.
    pub fn check(&mut self, path: &Utf8Path, is_written: bool, changes: &mut Changes) {
        let Some(before) = self.paths.get_mut(path) else { return };
        let now = State::at(path);
        let was = std::mem::replace(before, now.clone());
        match (&was.found, &now.found) {
            (FileState::Absent, FileState::Absent) => {}
            (FileState::Absent, FileState::File { .. } | FileState::Other) => {
                changes.created.insert(path.to_owned());
            }
            (FileState::File { .. } | FileState::Other, FileState::Absent) => {
                changes.removed.insert(path.to_owned());
            }
            (FileState::File { .. }, FileState::File { .. }) if was.link == now.link => {
                if was != now || (is_written && now.is_young()) {
                    changes.changed.insert(path.to_owned());
                }
            }
            (FileState::Other, FileState::Other) if was == now => {}
            (
                FileState::File { .. } | FileState::Other,
                FileState::File { .. } | FileState::Other,
            ) => {
                changes.replaced(path);
            }
        }
    }

    /// Compares the entries of a directory with the disk.
    pub fn check_listing(&mut self, folder: &Utf8Path, changes: &mut Changes) {
        let Some(before) = self.listings.get_mut(folder) else { return };
        let now = names(folder);
        let was = std::mem::replace(before, now.clone());
        changes.created.extend(now.difference(&was).map(|name| folder.join(name)));
        changes.removed.extend(was.difference(&now).map(|name| folder.join(name)));
    }

    /// Compares everything with the disk.
    pub fn check_all(&mut self, changes: &mut Changes) {
        let paths: Vec<Utf8PathBuf> = self.paths.keys().cloned().collect();
        let listings: Vec<Utf8PathBuf> = self.listings.keys().cloned().collect();
        for path in &paths {
            self.check(path, false, changes);
        }
        for folder in &listings {
            self.check_listing(folder, changes);
        }
    }
}

/// The paths to watch: those that a Session has asked the file system about.
#[derive(Debug, Default)]
pub struct WatchedPaths {
    /// Paths asked about in any way.
    pub paths: HashSet<Utf8PathBuf>,
    /// Directories whose entries were listed.
    pub listings: HashSet<Utf8PathBuf>,
}

impl WatchedPaths {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.listings.is_empty()
    }

    /// Returns the paths of a Session's reads.
    pub fn of(reads: &Reads) -> Self {
        Self::default().missing(reads)
    }

    /// Returns the paths of `reads` that are not watched yet. Mostly there are none, and a rebuild
    /// may have thousands of reads.
    pub fn missing(&self, reads: &Reads) -> Self {
        let mut missing = Self::default();
        for (path, question) in reads.iter() {
            if question == Question::Listing && !self.listings.contains(path) {
                missing.listings.insert(path.to_owned());
            }
            if !self.paths.contains(path) {
                missing.paths.insert(path.to_owned());
            }
        }
        missing
    }

    /// Adds the paths of `other`.
    pub fn extend(&mut self, other: &Self) {
        self.paths.extend(other.paths.iter().cloned());
        self.listings.extend(other.listings.iter().cloned());
    }
}

impl State {
    fn at(path: &Utf8Path) -> Self {
        let itself = path.symlink_metadata().ok();
        let link = itself
            .as_ref()
            .filter(|found| found.is_symlink())
            .and_then(|_| path.read_link_utf8().ok());
        let found = if link.is_some() { path.metadata().ok() } else { itself };
        let found = match found {
            None => FileState::Absent,
            Some(found) if found.is_file() => {
                let (length, modified) = (found.len(), found.modified().ok());
                FileState::File { length, modified, identity: Identity::of(&found) }
            }
            Some(_) => FileState::Other,
        };
        Self { found, link }
    }

    /// Whether the file may have appeared at this path at this time or later.
    fn is_since(&self, since: SystemTime) -> bool {
        let FileState::File { modified, identity, .. } = &self.found else { return false };
        modified.is_some_and(|time| time >= since) || identity.is_since(since)
    }

    /// Whether another write could have left the same length and time.
    fn is_young(&self) -> bool {
        let FileState::File { modified: Some(modified), .. } = self.found else { return true };
        modified.elapsed().map_or(true, |age| age < FILE_TIME_GRANULARITY)
    }
}

/// Moves a time back by the granularity of file times.
pub fn before(since: SystemTime) -> SystemTime {
    since.checked_sub(TICK).unwrap_or(since)
}

/// Returns the entries of a directory, without the files that editors keep there while a file is
/// open.
fn names(folder: &Utf8Path) -> BTreeSet<String> {
    let entries = folder.read_dir_utf8().into_iter().flatten().filter_map(Result::ok);
    entries
        .map(|entry| entry.file_name().to_owned())
        .filter(|name| !is_of_an_editor(name))
        .collect()
}

fn is_of_an_editor(name: &str) -> bool {
    let is_swap =
        name.starts_with('.') && [".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end));
    is_swap
        || name.ends_with('~')
        || name.starts_with(".#")
        || (name.starts_with('#') && name.ends_with('#'))
}
