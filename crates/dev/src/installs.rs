//! Detects a package manager at work. It writes below `node_modules` in bursts, with pauses while
//! packages arrive from the network: it moves old folders aside, makes empty ones for the new
//! packages, fills these, and removes the old ones. A build in between finds packages without
//! files, so changes are held back until the tree is complete and no longer written to.
//!
//! The system reports only what the last build read, so the tree itself is read here, too.

use std::{
    collections::BTreeSet,
    fs::Metadata,
    hash::{DefaultHasher, Hash, Hasher},
    time::{Duration, SystemTime},
};

use camino::{Utf8Path, Utf8PathBuf};

use crate::{platform::Identity, table::Changes};

/// Edits of a package by hand change at most this many files at once.
const FEW: usize = 10;
/// Folders that a killed npm leaves do not count as work after this time.
const RECENT: Duration = Duration::from_mins(2);
/// How long to wait for a removed tree to come back.
const GONE: Duration = Duration::from_secs(5);

const FOLDER: &str = "node_modules";

/// Trees of packages that are being written.
pub struct Packages {
    roots: BTreeSet<Utf8PathBuf>,
    last: TreeState,
}

/// The state of the trees at one time.
#[derive(Default)]
struct TreeState {
    /// A hash of the names and times of all folders.
    stamp: DefaultHasher,
    /// A package has no files, or a folder was moved aside a moment ago.
    is_incomplete: bool,
    /// A tree is missing, or has no packages.
    is_gone: bool,
}

/// The role of a folder in a tree of packages.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    /// `node_modules` itself, or the folder of a scope in it.
    Home,
    Package,
    Inside,
}

impl Packages {
    /// Returns the trees that are being written, judged by these changes. `None` if the changes are
    /// edits.
    pub fn of(changes: &Changes) -> Option<Self> {
        let packages = |path: &&Utf8PathBuf| root(path).is_some();
        let is_tree = changes.structure().any(|path| root(path).is_some());
        if !is_tree && changes.contents().filter(packages).count() <= FEW {
            return None;
        }
        let mut found = Self { roots: BTreeSet::new(), last: TreeState::default() };
        found.extend(changes);
        found.last = found.state();
        Some(found)
    }

    /// Adds the trees of further changes.
    pub fn extend(&mut self, changes: &Changes) {
        self.roots
            .extend(changes.structure().chain(changes.contents()).filter_map(|path| root(path)));
    }

    /// Returns the first of the trees.
    pub fn first(&self) -> Option<&Utf8Path> {
        self.roots.first().map(Utf8PathBuf::as_path)
    }

    /// Whether the trees are complete and as they were at the last call. `waited`: the time since
    /// the first one.
    pub fn are_still(&mut self, waited: Duration) -> bool {
        let now = self.state();
        let is_same = now.stamp.finish() == self.last.stamp.finish();
        self.last = now;
        is_same && !self.last.is_incomplete && !(self.last.is_gone && waited < GONE)
    }

    fn state(&self) -> TreeState {
        let mut state = TreeState::default();
        let since = SystemTime::now().checked_sub(RECENT).unwrap_or(SystemTime::UNIX_EPOCH);
        for root in &self.roots {
            let has_packages = state.folder(root, Role::Home, since);
            state.is_gone |= !has_packages;
        }
        state
    }
}

impl TreeState {
    /// Reads a folder and all below it. Returns whether it contains something that counts: a
    /// package, or a file of one.
    fn folder(&mut self, folder: &Utf8Path, role: Role, since: SystemTime) -> bool {
        let (Ok(found), Ok(entries)) = (folder.metadata(), folder.read_dir_utf8()) else {
            return false;
        };
        folder.hash(&mut self.stamp);
        found.modified().ok().hash(&mut self.stamp);
        let mut is_filled = false;
        for entry in entries.filter_map(Result::ok) {
            let (name, path) = (entry.file_name(), entry.path());
            is_filled |= if role == Role::Home { !name.starts_with('.') } else { name != FOLDER };
            if !entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                continue;
            }
            match (role, name) {
                // Other tools keep their caches there.
                (Role::Home, ".cache") => {}
                (Role::Home, name) if is_moved_aside(name) => {
                    self.is_incomplete |= is_recent(path, since);
                }
                (_, FOLDER) => drop(self.folder(path, Role::Home, since)),
                (Role::Home, name) if name.starts_with('@') => {
                    self.folder(path, Role::Home, since);
                }
                (Role::Home, _) => drop(self.folder(path, Role::Package, since)),
                (Role::Package | Role::Inside, _) => drop(self.folder(path, Role::Inside, since)),
            }
        }
        self.is_incomplete |= role == Role::Package && !is_filled && is_changed(&found, since);
        is_filled
    }
}

/// Returns the outermost tree of packages that contains a path.
fn root(path: &Utf8Path) -> Option<Utf8PathBuf> {
    let mut above: Vec<&Utf8Path> = path.ancestors().collect();
    above.reverse();
    above.into_iter().find(|folder| folder.file_name() == Some(FOLDER)).map(Utf8Path::to_owned)
}

/// Whether it is the name that npm gives to the folder of a package while it replaces the package:
/// `.name-` and eight letters or digits.
fn is_moved_aside(name: &str) -> bool {
    let hash = name.strip_prefix('.').and_then(|name| name.rsplit_once('-')).map(|(_, hash)| hash);
    hash.is_some_and(|hash| {
        hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

fn is_recent(path: &Utf8Path, since: SystemTime) -> bool {
    path.metadata().is_ok_and(|found| is_changed(&found, since))
}

/// Whether it was made or moved since, or if one of its entries was.
fn is_changed(found: &Metadata, since: SystemTime) -> bool {
    found.modified().is_ok_and(|time| time >= since) || Identity::of(found).is_since(since)
}
