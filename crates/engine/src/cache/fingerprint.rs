//! Input fingerprints: what a loader asked while it compiled a file, with hashes of the answers.
//! The compiled file is valid as long as all answers are the same: contents of files, absent files,
//! where a specifier leads. So the questions are asked again, in their order, before the entry is
//! used.

use std::{
    cell::{Cell, RefCell},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use bundle_base::{
    Diagnostic, FileSystem, Label, Source, Span,
    asset::ContentHash,
    config::{absolute, relative},
    fs::{DirEntry, FileKind, FsError, Unfollowed},
    loader::{Found, Resolve, ToolError, Tools},
};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexSet;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde::{Deserialize, Serialize};

/// A question; paths are as they are from the project.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Asked {
    Contents(String),
    Kind(String),
    Listing(String),
    Canonical(String),
    Link(String),
    Unfollowed(String),
    /// A specifier.
    Import(String),
    /// An address, and in which file.
    Asset(String, String),
    /// The specifier of a sheet, and in which file.
    Style(String, String),
    Name(String),
}

/// Questions with hashes of their answers, in their order.
#[derive(Default)]
pub struct Notes {
    project: Utf8PathBuf,
    /// A lock only because file systems are shared between threads; notes belong to one task, so
    /// nobody waits.
    answers: Mutex<IndexSet<(Asked, ContentHash), FxBuildHasher>>,
}

impl Notes {
    pub fn new(project: &Utf8Path) -> Self {
        Self { project: project.to_owned(), answers: Mutex::default() }
    }

    /// The project's folder, and all answers.
    pub fn into_answers(self) -> (Utf8PathBuf, Vec<(Asked, ContentHash)>) {
        (
            self.project,
            self.answers.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter().collect(),
        )
    }

    fn add(&self, asked: Asked, answer: ContentHash) {
        // A loader looks at one file again and again. Where the answer is another one by now, both
        // are there, and never the same again.
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).insert((asked, answer));
    }

    fn inside(&self, path: &Utf8Path) -> String {
        relative(&self.project, path)
    }
}

/// A file system that notes what it is asked.
pub struct NotedFs<'n> {
    pub fs: &'n dyn FileSystem,
    pub notes: &'n Notes,
}

impl FileSystem for NotedFs<'_> {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        let answer = self.fs.read(path);
        self.notes.add(Asked::Contents(self.notes.inside(path)), contents(&answer));
        answer
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        let answer = self.fs.kind(path);
        self.notes.add(Asked::Kind(self.notes.inside(path)), ContentHash::of_value(&answer));
        answer
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        let answer = self.fs.list(path);
        self.notes.add(Asked::Listing(self.notes.inside(path)), ContentHash::of_value(&answer));
        answer
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        let answer = self.fs.canonical(path);
        self.notes.add(
            Asked::Canonical(self.notes.inside(path)),
            canonical(&answer, &self.notes.project),
        );
        answer
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let answer = self.fs.read_link(path);
        self.notes.add(Asked::Link(self.notes.inside(path)), ContentHash::of_value(&answer));
        answer
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        let answer = self.fs.unfollowed(path);
        self.notes.add(Asked::Unfollowed(self.notes.inside(path)), ContentHash::of_value(&answer));
        answer
    }
}

/// A resolver that notes what it is asked.
pub struct NotedResolve<'n> {
    pub resolve: &'n dyn Resolve,
    pub notes: &'n Notes,
    /// It had to say something: what it says depends on more than what is noted.
    pub has_failed: Cell<bool>,
}

impl<'n> NotedResolve<'n> {
    pub fn new(resolve: &'n dyn Resolve, notes: &'n Notes) -> Self {
        Self { resolve, notes, has_failed: Cell::new(false) }
    }
}

impl Resolve for NotedResolve<'_> {
    fn resolve(&self, specifier: &str, label: Label) -> Result<Utf8PathBuf, Box<Diagnostic>> {
        let answer = self.resolve.resolve(specifier, label);
        self.has_failed.set(self.has_failed.get() || answer.is_err());
        let hash = imported(answer.as_ref().ok().map(Utf8PathBuf::as_path), &self.notes.project);
        self.notes.add(Asked::Import(specifier.to_owned()), hash);
        answer
    }

    fn asset(
        &self,
        address: &str,
        importer: &Utf8Path,
        label: Label,
    ) -> Result<Option<Found>, Box<Diagnostic>> {
        let answer = self.resolve.asset(address, importer, label);
        self.has_failed.set(self.has_failed.get() || answer.is_err());
        let hash = found(answer.as_ref().ok().and_then(Option::as_ref), &self.notes.project);
        self.notes.add(Asked::Asset(address.to_owned(), self.notes.inside(importer)), hash);
        answer
    }

    fn style(&self, specifier: &str, importer: &Utf8Path) -> Option<Utf8PathBuf> {
        let answer = self.resolve.style(specifier, importer);
        let hash = imported(answer.as_deref(), &self.notes.project);
        self.notes.add(Asked::Style(specifier.to_owned(), self.notes.inside(importer)), hash);
        answer
    }

    fn name(&self, path: &Utf8Path) -> String {
        let answer = self.resolve.name(path);
        self.notes.add(Asked::Name(self.notes.inside(path)), ContentHash::of_value(&answer));
        answer
    }
}

/// Programs of the user's, and whether one was run: what it read then, nobody knows.
pub struct NotedTools<'n> {
    pub tools: &'n dyn Tools,
    pub has_run: AtomicBool,
}

impl Tools for NotedTools<'_> {
    fn run(&self, command: &[String], folder: &Utf8Path, input: &str) -> Result<String, ToolError> {
        self.has_run.store(true, Ordering::Relaxed);
        self.tools.run(command, folder, input)
    }
}

/// Where questions are asked again.
pub struct Today<'t> {
    pub project: &'t Utf8Path,
    pub fs: &'t dyn FileSystem,
    pub resolve: &'t dyn Resolve,
    /// What was read, by hash.
    pub read: RefCell<FxHashMap<ContentHash, Vec<u8>>>,
}

impl Today<'_> {
    /// Whether the answer is still the same.
    pub fn is_same(&self, asked: &Asked, answer: ContentHash) -> bool {
        self.answer(asked) == answer
    }

    fn answer(&self, asked: &Asked) -> ContentHash {
        let path = |inside: &str| absolute(self.project, inside);
        let nowhere = || Label::new(&Source::new("", "", ""), Span::default());
        match asked {
            Asked::Contents(inside) => {
                let read = self.fs.read(&path(inside));
                let hash = contents(&read);
                self.read.borrow_mut().extend(read.ok().map(|bytes| (hash, bytes)));
                hash
            }
            Asked::Kind(inside) => ContentHash::of_value(&self.fs.kind(&path(inside))),
            Asked::Listing(inside) => ContentHash::of_value(&self.fs.list(&path(inside))),
            Asked::Canonical(inside) => canonical(&self.fs.canonical(&path(inside)), self.project),
            Asked::Link(inside) => ContentHash::of_value(&self.fs.read_link(&path(inside))),
            Asked::Unfollowed(inside) => ContentHash::of_value(&self.fs.unfollowed(&path(inside))),
            Asked::Import(specifier) => {
                imported(self.resolve.resolve(specifier, nowhere()).ok().as_deref(), self.project)
            }
            Asked::Asset(address, importer) => {
                let answer = self.resolve.asset(address, &path(importer), nowhere());
                found(answer.ok().flatten().as_ref(), self.project)
            }
            Asked::Style(specifier, importer) => {
                imported(self.resolve.style(specifier, &path(importer)).as_deref(), self.project)
            }
            Asked::Name(inside) => ContentHash::of_value(&self.resolve.name(&path(inside))),
        }
    }
}

fn contents(answer: &Result<Vec<u8>, FsError>) -> ContentHash {
    match answer {
        Ok(bytes) => ContentHash::of(bytes),
        Err(why) => ContentHash::of_value(&("no contents", why)),
    }
}

fn canonical(answer: &Result<Utf8PathBuf, FsError>, project: &Utf8Path) -> ContentHash {
    ContentHash::of_value(&answer.as_ref().map(|path| relative(project, path)))
}

fn imported(answer: Option<&Utf8Path>, project: &Utf8Path) -> ContentHash {
    ContentHash::of_value(&answer.map(|path| relative(project, path)))
}

fn found(answer: Option<&Found>, project: &Utf8Path) -> ContentHash {
    let answer = answer.map(|Found { path, name, query }| (relative(project, path), name, query));
    ContentHash::of_value(&answer)
}
