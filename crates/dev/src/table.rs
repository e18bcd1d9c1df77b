//! What was at every path when we last looked. Events only say where to look again; what has changed is the difference
//! between this table and the disk, so a save by rename is a change and a file that came and went is nothing.
//!
//! Reads the disk itself and not through `FileSystem`: that door knows contents, and here only lengths and times matter.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::{Duration, SystemTime},
};

use bundle_engine::ChangeSet;
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
    },
    /// A directory or something special: only that it is there counts, what is in it has paths of its own.
    Other,
}

/// Paths with what was there.
#[derive(Debug, Default)]
pub struct Table {
    paths: BTreeMap<Utf8PathBuf, State>,
    listings: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
}

/// Changes while they are collected: sorted, each once.
#[derive(Debug, Default)]
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

    /// In the form that a Session takes.
    pub fn into_set(self) -> ChangeSet {
        let list = |paths: BTreeSet<Utf8PathBuf>| paths.into_iter().collect();
        ChangeSet { created: list(self.created), changed: list(self.changed), removed: list(self.removed) }
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

    /// Forgets what is not asked about any more. True if there is something new, which is only noted: `look_first` has to
    /// follow once it is watched.
    pub fn keep(&mut self, asked: &Asked) -> bool {
        self.paths.retain(|path, _| asked.paths.contains(path));
        self.listings.retain(|path, _| asked.listings.contains(path));
        asked.paths.len() > self.paths.len() || asked.listings.len() > self.listings.len()
    }

    /// Looks at the new paths. What is younger than `since` may have changed between being read and being watched, so it
    /// counts as changed.
    pub fn look_first(&mut self, asked: &Asked, since: SystemTime, changes: &mut Changes) {
        for path in &asked.paths {
            if self.paths.contains_key(path) {
                continue;
            }
            let state = State::at(path);
            if matches!(state.found, Found::File { modified: Some(time), .. } if time >= since) {
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

    /// Compares one path with the disk. `is_written`: an event says that its contents were written.
    pub fn look(&mut self, path: &Utf8Path, is_written: bool, changes: &mut Changes) {
        let Some(before) = self.paths.get_mut(path) else { return };
        let now = State::at(path);
        let was = std::mem::replace(before, now.clone());
        match (&was.found, &now.found) {
            (Found::Absent, Found::Absent) => {}
            (Found::Absent, Found::File { .. } | Found::Other) => drop(changes.created.insert(path.to_owned())),
            (Found::File { .. } | Found::Other, Found::Absent) => drop(changes.removed.insert(path.to_owned())),
            (Found::File { .. }, Found::File { .. }) if was.link == now.link => {
                if was != now || (is_written && now.is_young()) {
                    changes.changed.insert(path.to_owned());
                }
            }
            (Found::Other, Found::Other) if was == now => {}
            (Found::File { .. } | Found::Other, Found::File { .. } | Found::Other) => changes.replaced(path),
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

impl State {
    fn at(path: &Utf8Path) -> Self {
        let itself = path.symlink_metadata().ok();
        let link = itself.as_ref().filter(|found| found.is_symlink()).and_then(|_| path.read_link_utf8().ok());
        let found = if link.is_some() { path.metadata().ok() } else { itself };
        let found = match found {
            None => Found::Absent,
            Some(found) if found.is_file() => Found::File { length: found.len(), modified: found.modified().ok() },
            Some(_) => Found::Other,
        };
        Self { found, link }
    }

    /// True if another write may have left the same length and time.
    fn is_young(&self) -> bool {
        let Found::File { modified: Some(modified), .. } = self.found else { return true };
        modified.elapsed().map_or(true, |age| age < COARSE)
    }
}

/// The names in a directory but those that editors leave there while a file is open.
fn names(folder: &Utf8Path) -> BTreeSet<String> {
    let entries = folder.read_dir_utf8().into_iter().flatten().filter_map(Result::ok);
    entries.map(|entry| entry.file_name().to_owned()).filter(|name| !is_of_an_editor(name)).collect()
}

fn is_of_an_editor(name: &str) -> bool {
    let is_swap = name.starts_with('.') && [".swp", ".swo", ".swx"].iter().any(|end| name.ends_with(end));
    is_swap || name.ends_with('~') || name.starts_with(".#") || (name.starts_with('#') && name.ends_with('#'))
}
