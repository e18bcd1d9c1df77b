//! What was at every path when we last looked. Events only say where to look again; what has
//! changed is the difference between this table and the disk, so a save by rename is a change and a
//! file that came and went is nothing.
//!
//! Reads the disk itself and not through `FileSystem`: that door knows contents, and here only
//! lengths and times matter.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, SystemTime},
};

use bundle_engine::{ChangeSet, Seen};
use camino::{Utf8Path, Utf8PathBuf};

/// File times may be this coarse: within it, a second write can leave the same time and length.
const COARSE: Duration = Duration::from_secs(2);

/// What is at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
struct State {
    found: Found,
    /// The text of the symbolic link that the path is.
    link: Option<Utf8PathBuf>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Found {
    Absent,
    File {
        length: u64,
        modified: Option<SystemTime>,
        identity: Identity,
    },
    /// A directory or something special: only that it is there counts, what is in it has paths of
    /// its own.
    Other,
}

/// Which file it is and when anything of it changed last. Whoever unpacks or copies files sets
/// lengths and modification times as they please: two versions of a package often agree in both. A
/// permission that is given shows here only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Identity {
    inode: u64,
    /// Since 1970, as `stat` gives it.
    changed: (i64, i64),
}

/// Paths with what was there.
#[derive(Debug, Default)]
pub struct Table {
    paths: BTreeMap<Utf8PathBuf, State>,
    listings: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
}

/// Changes while they are collected: sorted, each once.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    created: BTreeSet<Utf8PathBuf>,
    changed: BTreeSet<Utf8PathBuf>,
    removed: BTreeSet<Utf8PathBuf>,
}

impl Changes {
    /// True if nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.created.is_empty() && self.changed.is_empty() && self.removed.is_empty()
    }

    /// The paths that appeared or disappeared.
    pub fn structure(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.created.iter().chain(&self.removed)
    }

    /// The paths with other contents.
    pub fn contents(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.changed.iter()
    }

    /// In the form that a Session takes.
    pub fn into_set(self) -> ChangeSet {
        let list = |paths: BTreeSet<Utf8PathBuf>| paths.into_iter().collect();
        ChangeSet {
            created: list(self.created),
            changed: list(self.changed),
            removed: list(self.removed),
        }
    }

    /// Takes over others.
    pub fn extend(&mut self, other: &Self) {
        self.created.extend(other.created.iter().cloned());
        self.changed.extend(other.changed.iter().cloned());
        self.removed.extend(other.removed.iter().cloned());
    }

    /// Leaves out paths, as if nothing had happened to them.
    pub fn forget(&mut self, paths: &BTreeSet<Utf8PathBuf>) {
        for changes in [&mut self.created, &mut self.changed, &mut self.removed] {
            changes.retain(|path| !paths.contains(path));
        }
    }

    /// True if a path appeared or disappeared.
    pub fn has_structure(&self) -> bool {
        !self.created.is_empty() || !self.removed.is_empty()
    }

    /// Another thing is there now: every answer about the path may differ.
    fn replaced(&mut self, path: &Utf8Path) {
        self.created.insert(path.to_owned());
        self.changed.insert(path.to_owned());
    }
}

impl Table {
    /// True if the path is a symbolic link.
    pub fn is_link(&self, path: &Utf8Path) -> bool {
        self.paths.get(path).is_some_and(|state| state.link.is_some())
    }

    /// Forgets what is not asked about any more. True if there is something new, which is only
    /// noted: `look_first` has to follow once it is watched.
    pub fn keep(&mut self, asked: &Asked) -> bool {
        self.paths.retain(|path, _| asked.paths.contains(path));
        self.listings.retain(|path, _| asked.listings.contains(path));
        asked.paths.len() > self.paths.len() || asked.listings.len() > self.listings.len()
    }

    /// Looks at the new paths. What is younger than `since` may have changed between being read and
    /// being watched, so it counts as changed.
    pub fn look_first(&mut self, asked: &Asked, since: SystemTime, changes: &mut Changes) {
        for path in &asked.paths {
            if self.paths.contains_key(path) {
                continue;
            }
            let state = State::at(path);
            if state.is_since(since) {
                changes.replaced(path);
            }
            self.paths.insert(path.clone(), state);
        }
        for folder in &asked.listings {
            if self.listings.contains_key(folder) {
                continue;
            }
            let names = names(folder);
            let modified = folder.metadata().and_then(|found| found.modified());
            if modified.is_ok_and(|time| time >= since) {
                changes.created.extend(names.iter().map(|name| folder.join(name)));
            }
            self.listings.insert(folder.clone(), names);
        }
    }

    /// Compares with what a build saw, which ran after the last look. What it saw come or go is a
    /// change although it is as before.
    pub fn compare(&self, seen: &Seen, changes: &mut Changes) {
        for (path, was_there) in &seen.existence {
            // Whether a link is there is two questions.
            let Some(State { found, link: None }) = self.paths.get(path) else { continue };
            match (was_there, *found != Found::Absent) {
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

    /// Compares one path with the disk. `is_written`: an event says that its contents were written.
    pub fn look(&mut self, path: &Utf8Path, is_written: bool, changes: &mut Changes) {
        let Some(before) = self.paths.get_mut(path) else { return };
        let now = State::at(path);
        let was = std::mem::replace(before, now.clone());
        match (&was.found, &now.found) {
            (Found::Absent, Found::Absent) => {}
            (Found::Absent, Found::File { .. } | Found::Other) => {
                changes.created.insert(path.to_owned());
            }
            (Found::File { .. } | Found::Other, Found::Absent) => {
                changes.removed.insert(path.to_owned());
            }
            (Found::File { .. }, Found::File { .. }) if was.link == now.link => {
                if was != now || (is_written && now.is_young()) {
                    changes.changed.insert(path.to_owned());
                }
            }
            (Found::Other, Found::Other) if was == now => {}
            (Found::File { .. } | Found::Other, Found::File { .. } | Found::Other) => {
                changes.replaced(path);
            }
        }
    }

    /// Compares the names in a directory with the disk.
    pub fn look_into(&mut self, folder: &Utf8Path, changes: &mut Changes) {
        let Some(before) = self.listings.get_mut(folder) else { return };
        let now = names(folder);
        let was = std::mem::replace(before, now.clone());
        changes.created.extend(now.difference(&was).map(|name| folder.join(name)));
        changes.removed.extend(was.difference(&now).map(|name| folder.join(name)));
    }

    /// Compares everything with the disk.
    pub fn look_everywhere(&mut self, changes: &mut Changes) {
        let paths: Vec<Utf8PathBuf> = self.paths.keys().cloned().collect();
        let listings: Vec<Utf8PathBuf> = self.listings.keys().cloned().collect();
        for path in &paths {
            self.look(path, false, changes);
        }
        for folder in &listings {
            self.look_into(folder, changes);
        }
    }
}

/// What a Session asked, in the two forms that matter here.
#[derive(Debug, Default)]
pub struct Asked {
    /// Paths asked about in any way.
    pub paths: BTreeSet<Utf8PathBuf>,
    /// Directories whose names were asked for.
    pub listings: BTreeSet<Utf8PathBuf>,
}

impl Asked {
    /// True if nothing was asked.
    pub fn is_empty(&self) -> bool {
        self.paths.is_empty() && self.listings.is_empty()
    }

    /// What is not in the other.
    #[must_use]
    pub fn without(mut self, other: &Self) -> Self {
        self.paths.retain(|path| !other.paths.contains(path));
        self.listings.retain(|folder| !other.listings.contains(folder));
        self
    }

    /// Adds what the other asks.
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
            None => Found::Absent,
            Some(found) if found.is_file() => {
                let (length, modified) = (found.len(), found.modified().ok());
                Found::File { length, modified, identity: Identity::of(&found) }
            }
            Some(_) => Found::Other,
        };
        Self { found, link }
    }

    /// True if it may have come to its place at this time or later.
    fn is_since(&self, since: SystemTime) -> bool {
        let Found::File { modified, identity, .. } = &self.found else { return false };
        modified.is_some_and(|time| time >= since) || identity.is_since(since)
    }

    /// True if another write may have left the same length and time.
    fn is_young(&self) -> bool {
        let Found::File { modified: Some(modified), .. } = self.found else { return true };
        modified.elapsed().map_or(true, |age| age < COARSE)
    }
}

impl Identity {
    /// As the system tells it.
    #[cfg(unix)]
    pub fn of(found: &impl std::os::unix::fs::MetadataExt) -> Self {
        Self { inode: found.ino(), changed: (found.ctime(), found.ctime_nsec()) }
    }

    /// Nothing is known of it elsewhere.
    #[cfg(not(unix))]
    pub fn of<T>(_: &T) -> Self {
        Self::default()
    }

    /// When anything of the file changed last.
    pub fn changed(self) -> (i64, i64) {
        self.changed
    }

    /// True if anything of the file changed at this time or later; renaming it counts.
    pub fn is_since(self, since: SystemTime) -> bool {
        let since = since.duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let seconds = i64::try_from(since.as_secs()).unwrap_or(i64::MAX);
        self.changed >= (seconds, i64::from(since.subsec_nanos()))
    }
}

/// The names in a directory but those that editors leave there while a file is open.
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
