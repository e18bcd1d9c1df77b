//! Input fingerprints: the questions that a loader asked while it compiled a file, with hashes of
//! the answers. The compiled file is valid as long as all answers are the same: contents of files,
//! absent files, where a specifier leads. So the questions are asked again, in their order, before
//! the entry is used.

use std::{
    cell::{Cell, RefCell},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use bundle_base::{
    Diagnostic, FileSystem, FxIndexSet, Label, Source, Span,
    asset::ContentHash,
    config::{absolute, relative},
    fs::{DirEntry, FileKind, FsError, Unfollowed},
    loader::{AddressTarget, Resolve},
    lock,
    tools::{NodeRequest, ToolError, Tools, Unanswered},
    unlocked,
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A question to the file system or to the resolver. Paths are relative to the project.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Question {
    Contents(String),
    Kind(String),
    Listing(String),
    Canonical(String),
    Link(String),
    Unfollowed(String),
    /// A specifier, imported by the file itself.
    Import(String),
    /// An address, and the file that contains it.
    Asset(String, String),
    /// A specifier in a stylesheet, and the stylesheet's file.
    Style(String, String),
    Name(String),
}

impl Question {
    /// Whether it is a question to the resolver.
    pub fn is_of_resolver(&self) -> bool {
        match self {
            Self::Import(_) | Self::Asset(..) | Self::Style(..) | Self::Name(_) => true,
            Self::Contents(_)
            | Self::Kind(_)
            | Self::Listing(_)
            | Self::Canonical(_)
            | Self::Link(_)
            | Self::Unfollowed(_) => false,
        }
    }
}

/// The recorded questions with hashes of their answers, in order.
#[derive(Default)]
pub struct RecordedAnswers {
    project: Utf8PathBuf,
    /// A lock only because file systems are shared between threads. One task records its own
    /// answers, so no thread ever waits.
    answers: Mutex<FxIndexSet<(Question, ContentHash)>>,
}

impl RecordedAnswers {
    pub fn new(project: &Utf8Path) -> Self {
        Self { project: project.to_owned(), answers: Mutex::default() }
    }

    /// Returns the project's folder, and all questions with their answers.
    pub fn into_answers(self) -> (Utf8PathBuf, Vec<(Question, ContentHash)>) {
        (self.project, unlocked(self.answers).into_iter().collect())
    }

    /// Returns the questions to the resolver with their answers.
    pub fn of_resolver(&self) -> Vec<(Question, ContentHash)> {
        let answers = lock(&self.answers);
        answers.iter().filter(|(asked, _)| asked.is_of_resolver()).cloned().collect()
    }

    fn add(&self, asked: Question, answer: ContentHash) {
        // A loader may ask about one file many times; the set holds each pair once. If the answer
        // changes in between, both pairs are stored, and the entry is never valid again.
        lock(&self.answers).insert((asked, answer));
    }

    fn inside(&self, path: &Utf8Path) -> String {
        relative(&self.project, path)
    }
}

/// A file system that records every question.
pub struct RecordingFs<'n> {
    pub fs: &'n dyn FileSystem,
    pub recorded: &'n RecordedAnswers,
}

impl FileSystem for RecordingFs<'_> {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        let answer = self.fs.read(path);
        self.recorded.add(Question::Contents(self.recorded.inside(path)), contents(&answer));
        answer
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        let answer = self.fs.kind(path);
        self.recorded
            .add(Question::Kind(self.recorded.inside(path)), ContentHash::of_value(&answer));
        answer
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        let answer = self.fs.list(path);
        self.recorded
            .add(Question::Listing(self.recorded.inside(path)), ContentHash::of_value(&answer));
        answer
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        let answer = self.fs.canonical(path);
        self.recorded.add(
            Question::Canonical(self.recorded.inside(path)),
            canonical(&answer, &self.recorded.project),
        );
        answer
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        let answer = self.fs.read_link(path);
        self.recorded
            .add(Question::Link(self.recorded.inside(path)), ContentHash::of_value(&answer));
        answer
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        let answer = self.fs.unfollowed(path);
        self.recorded
            .add(Question::Unfollowed(self.recorded.inside(path)), ContentHash::of_value(&answer));
        answer
    }
}

/// A resolver that records every question.
pub struct RecordingResolve<'n> {
    pub resolve: &'n dyn Resolve,
    pub recorded: &'n RecordedAnswers,
    /// A question failed. Its diagnostic depends on more than the recorded answers, so the file is
    /// not stored.
    pub has_failed: Cell<bool>,
}

impl<'n> RecordingResolve<'n> {
    pub fn new(resolve: &'n dyn Resolve, recorded: &'n RecordedAnswers) -> Self {
        Self { resolve, recorded, has_failed: Cell::new(false) }
    }
}

impl Resolve for RecordingResolve<'_> {
    fn resolve(&self, specifier: &str, label: Label) -> Result<Utf8PathBuf, Box<Diagnostic>> {
        let answer = self.resolve.resolve(specifier, label);
        self.has_failed.set(self.has_failed.get() || answer.is_err());
        let hash = imported(answer.as_ref().ok().map(Utf8PathBuf::as_path), &self.recorded.project);
        self.recorded.add(Question::Import(specifier.to_owned()), hash);
        answer
    }

    fn asset(
        &self,
        address: &str,
        importer: &Utf8Path,
        label: Label,
    ) -> Result<Option<AddressTarget>, Box<Diagnostic>> {
        let answer = self.resolve.asset(address, importer, label);
        self.has_failed.set(self.has_failed.get() || answer.is_err());
        let hash = found(answer.as_ref().ok().and_then(Option::as_ref), &self.recorded.project);
        self.recorded
            .add(Question::Asset(address.to_owned(), self.recorded.inside(importer)), hash);
        answer
    }

    fn style(&self, specifier: &str, importer: &Utf8Path) -> Option<Utf8PathBuf> {
        let answer = self.resolve.style(specifier, importer);
        let hash = imported(answer.as_deref(), &self.recorded.project);
        self.recorded
            .add(Question::Style(specifier.to_owned(), self.recorded.inside(importer)), hash);
        answer
    }

    fn name(&self, path: &Utf8Path) -> String {
        let answer = self.resolve.name(path);
        self.recorded
            .add(Question::Name(self.recorded.inside(path)), ContentHash::of_value(&answer));
        answer
    }
}

/// Runs the user's programs, and records whether one was run: what a program reads is unknown, so
/// the file is not stored.
pub struct RecordingTools<'n> {
    pub tools: &'n dyn Tools,
    pub has_run: AtomicBool,
}

impl Tools for RecordingTools<'_> {
    fn run(&self, command: &[String], folder: &Utf8Path, input: &str) -> Result<String, ToolError> {
        self.has_run.store(true, Ordering::Relaxed);
        self.tools.run(command, folder, input)
    }

    fn ask(
        &self,
        request: &NodeRequest,
        back: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        if !request.is_pure {
            self.has_run.store(true, Ordering::Relaxed);
        }
        self.tools.ask(request, &mut |asked| {
            // Where a specifier leads depends on files that are not recorded.
            self.has_run.store(true, Ordering::Relaxed);
            back(asked)
        })
    }
}

/// Asks recorded questions again.
pub struct CurrentAnswers<'t> {
    pub project: &'t Utf8Path,
    pub fs: &'t dyn FileSystem,
    pub resolve: &'t dyn Resolve,
    /// The contents that were read, by their hash.
    pub read: RefCell<FxHashMap<ContentHash, Vec<u8>>>,
}

impl CurrentAnswers<'_> {
    /// Whether the answer is still the same.
    pub fn is_same(&self, asked: &Question, answer: ContentHash) -> bool {
        self.answer(asked) == answer
    }

    fn answer(&self, asked: &Question) -> ContentHash {
        let path = |inside: &str| absolute(self.project, inside);
        let nowhere = || Label::new(&Source::new("", "", ""), Span::default());
        match asked {
            Question::Contents(inside) => {
                let read = self.fs.read(&path(inside));
                let hash = contents(&read);
                self.read.borrow_mut().extend(read.ok().map(|bytes| (hash, bytes)));
                hash
            }
            Question::Kind(inside) => ContentHash::of_value(&self.fs.kind(&path(inside))),
            Question::Listing(inside) => ContentHash::of_value(&self.fs.list(&path(inside))),
            Question::Canonical(inside) => {
                canonical(&self.fs.canonical(&path(inside)), self.project)
            }
            Question::Link(inside) => ContentHash::of_value(&self.fs.read_link(&path(inside))),
            Question::Unfollowed(inside) => {
                ContentHash::of_value(&self.fs.unfollowed(&path(inside)))
            }
            Question::Import(specifier) => {
                imported(self.resolve.resolve(specifier, nowhere()).ok().as_deref(), self.project)
            }
            Question::Asset(address, importer) => {
                let answer = self.resolve.asset(address, &path(importer), nowhere());
                found(answer.ok().flatten().as_ref(), self.project)
            }
            Question::Style(specifier, importer) => {
                imported(self.resolve.style(specifier, &path(importer)).as_deref(), self.project)
            }
            Question::Name(inside) => ContentHash::of_value(&self.resolve.name(&path(inside))),
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

fn found(answer: Option<&AddressTarget>, project: &Utf8Path) -> ContentHash {
    let answer =
        answer.map(|AddressTarget { path, name, query }| (relative(project, path), name, query));
    ContentHash::of_value(&answer)
}
