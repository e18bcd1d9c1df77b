//! A file system that records every question to it. Each task has its own. A result of the task
//! depends on the recorded answers, about files that exist and files that do not, so no loader or
//! parser declares its dependencies by hand.

use std::{
    collections::BTreeSet,
    ops::Bound,
    path::MAIN_SEPARATOR,
    sync::{Arc, Mutex},
};

use crate::{lock, unlocked};

use camino::{Utf8Path, Utf8PathBuf};

use super::interface::{DirEntry, FileKind, FileSystem, FsError, Unfollowed};

/// A kind of question about a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Question {
    /// Its contents.
    Contents,
    /// What it is, or whether it exists.
    Kind,
    /// The names in it.
    Listing,
    /// The target of the symbolic link, or the real path.
    Link,
}

/// What happened to a path between two builds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// It did not exist before.
    Created,
    /// Its contents differ.
    Changed,
    /// It does not exist any more, nor does anything below it.
    Removed,
}

/// All questions of a task, about absent paths too. Ordered, so that it can be stored and compared.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Reads {
    /// Paths are stored as strings, because comparing paths component by component takes many times
    /// as long.
    asked: BTreeSet<(Box<str>, Question)>,
}

impl Reads {
    /// Adds a question that was not asked through `Tracked`.
    pub fn add(&mut self, path: &Utf8Path, question: Question) {
        self.asked.insert((key(path), question));
    }

    /// Adds all questions of another record.
    pub fn extend(&mut self, other: Self) {
        self.asked.extend(other.asked);
    }

    /// Forgets what was asked about a folder and what is in it.
    pub fn forget(&mut self, folder: &Utf8Path) {
        self.asked.retain(|(path, _)| !Utf8Path::new(&**path).starts_with(folder));
    }

    /// Returns every path with each question about it, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Utf8Path, Question)> {
        self.asked.iter().map(|(path, question)| (Utf8Path::new(&**path), *question))
    }

    /// Whether no question was recorded.
    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// Whether the change of a path may change an answer.
    pub fn is_touched(&self, path: &Utf8Path, change: Change) -> bool {
        if change == Change::Changed {
            return self.was_asked(path, Question::Contents);
        }
        let lists_its_parent =
            path.parent().is_some_and(|parent| self.was_asked(parent, Question::Listing));
        // A directory appears and disappears with everything below it, often with no event but its
        // own.
        let path = key(path);
        let below = format!("{}{MAIN_SEPARATOR}", path.trim_end_matches(MAIN_SEPARATOR));
        let first_from = |begin: &str| {
            let from = (Bound::Included((begin.into(), Question::Contents)), Bound::Unbounded);
            self.asked.range(from).next().map(|(asked, _)| &**asked)
        };
        lists_its_parent
            || first_from(&path) == Some(&*path)
            || first_from(&below).is_some_and(|asked| asked.starts_with(&below))
    }

    fn was_asked(&self, path: &Utf8Path, question: Question) -> bool {
        self.asked.contains(&(key(path), question))
    }
}

/// Returns the normalized form of a path, without `.` and empty components, so that a question is
/// found however the path was written.
fn key(path: &Utf8Path) -> Box<str> {
    let text = path.as_str();
    let may_differ = MAIN_SEPARATOR != '/'
        || text.contains("//")
        || text.contains("/.")
        || text.len() > 1 && text.ends_with('/');
    if may_differ {
        path.components().collect::<Utf8PathBuf>().into_string().into()
    } else {
        text.into()
    }
}

/// A file system and a record of the questions to it.
pub struct Tracked {
    inner: Arc<dyn FileSystem>,
    /// Locked only because the trait is shared between threads. A `Tracked` belongs to one task, so
    /// no thread ever waits.
    reads: Mutex<Reads>,
}

impl Tracked {
    /// Makes a file system with an empty record.
    pub fn new(inner: Arc<dyn FileSystem>) -> Self {
        Self { inner, reads: Mutex::default() }
    }

    /// Returns the record.
    pub fn into_reads(self) -> Reads {
        unlocked(self.reads)
    }

    fn note(&self, path: &Utf8Path, question: Question) {
        lock(&self.reads).add(path, question);
    }
}

impl FileSystem for Tracked {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        self.note(path, Question::Contents);
        self.inner.read(path)
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        self.note(path, Question::Kind);
        self.inner.kind(path)
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        self.note(path, Question::Listing);
        self.inner.list(path)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        self.note(path, Question::Link);
        self.inner.canonical(path)
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        self.note(path, Question::Link);
        self.inner.read_link(path)
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        self.note(path, Question::Link);
        self.inner.unfollowed(path)
    }
}
