//! The reason why a specifier could not be resolved, as data: it is remembered like an answer, and
//! told again at every place that asks. All names in it are display names.

use std::sync::Arc;

use bundle_base::{Diagnostic, Label, Source, Span, config::Format};

use crate::{answer::AskKind, messages};

/// Why a specifier could not be resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Failure {
    /// As written, shortened if it is absurdly long.
    pub specifier: String,
    /// The syntax that asked.
    pub kind: AskKind,
    /// What is wrong. Boxed: answers are returned by value, and most are no failures.
    pub reason: Box<Reason>,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The empty string, or nothing but a query.
    Empty,
    /// Longer or deeper than any path.
    TooLong {
        /// In bytes.
        length: usize,
    },
    /// Contains the character U+0000.
    Nul,
    /// Neither a path nor anything that a package can be called.
    NotAName,
    /// `loader!./file`.
    LoaderSyntax,
    /// An address on the network, in an output that cannot import one.
    Address {
        /// The form of the output.
        format: Format,
    },
    /// A `data:` URL that cannot be decoded.
    DataUrl {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// No file there.
    MissingFile(MissingFile),
    /// There, but written in another case.
    WrongCase {
        /// What the disk calls it.
        on_disk: String,
        /// The specifier in the right case.
        fixed: Option<String>,
    },
    /// A directory without anything to import.
    NoIndex {
        /// The directory.
        directory: String,
        /// Specifiers of the files in it.
        files: Vec<String>,
    },
    /// A FIFO, a socket or a device.
    NotAFile {
        /// Its name.
        path: String,
    },
    /// The operating system does not let us.
    Denied {
        /// Its name.
        path: String,
    },
    /// Symbolic links that form a cycle.
    LinkLoop {
        /// The link.
        path: String,
    },
    /// A symbolic link that leads nowhere.
    DeadLink {
        /// The link.
        path: String,
        /// Its target as written in it.
        target: String,
    },
    /// No such package is installed.
    MissingPackage(MissingPackage),
    /// The package is there, its entry is not.
    NoEntry {
        /// The package.
        package: String,
        /// What its package.json says: field and file, in the order tried.
        fields: Vec<(String, String)>,
        /// It only has type declarations.
        has_types: bool,
    },
    /// The package is there, `exports` does not let this path out.
    NotExported(NotExported),
    /// `exports` or `imports` name a file that is not there, or what they say makes no sense.
    BrokenPackage {
        /// Its package.json.
        package_json: String,
        /// What is wrong.
        problem: String,
    },
    /// `#name` without an entry in `imports`.
    MissingImport {
        /// The package.json that ought to have it, if there is one.
        package_json: Option<String>,
        /// Its nearest entry.
        near: Option<String>,
    },
    /// An alias leads nowhere.
    MissingAlias {
        /// Its key.
        key: String,
        /// What it stands for.
        target: String,
        /// What is wrong there.
        reason: Box<Reason>,
    },
    /// What a package.json puts in place of the specifier leads nowhere.
    MissingReplacement(MissingReplacement),
    /// No directory there, where one is needed.
    MissingDirectory {
        /// What was looked for.
        wanted: String,
        /// A specifier that would work, as near as one can be.
        near: Option<String>,
        /// There is a file instead.
        is_file: bool,
    },
    /// Aliases or `browser` fields that lead in a cycle.
    Cycle,
    /// A package.json or tsconfig.json that cannot be understood.
    BrokenJson(BrokenJson),
    /// A tsconfig.json that is configured or extended, but not there.
    MissingTsconfig(MissingTsconfig),
    /// tsconfig files that extend each other in a cycle.
    TsconfigCycle {
        /// Where the cycle starts.
        path: String,
    },
    /// A module of Node in a build for browsers.
    Builtin {
        /// Its name without `node:`.
        name: String,
        /// The package that stands in for it.
        stand_in: Option<&'static str>,
        /// The importer is an installed package, not the user's own file.
        is_from_package: bool,
    },
    /// Installed by Yarn Plug'n'Play.
    YarnPnp {
        /// The package.
        package: String,
        /// The manifest found.
        manifest: String,
    },
    /// Anything else, in the resolver's words.
    Other {
        /// The words.
        words: String,
    },
}

/// No file there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MissingFile {
    /// What was looked for.
    pub wanted: String,
    /// The first directory on the way that does not exist either.
    pub missing_directory: Option<String>,
    /// A specifier that would work, as near as one can be.
    pub near: Option<String>,
    /// The installed package it was looked for in, with its version.
    pub package: Option<String>,
    /// Scripts of the package in the directory where it was looked for, if none has a near name.
    pub beside: Vec<String>,
    /// Extensions that were tried; none where one is written.
    pub extensions: Vec<String>,
}

/// No such package is installed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MissingPackage {
    /// Its name.
    pub package: String,
    /// An installed package with nearly that name, or a file of the project: the whole specifier to
    /// write.
    pub near: Option<String>,
    /// How to install: `npm install`, `yarn add`, by the lock file that is there.
    pub install: String,
    /// The package.json of the importer lists it.
    pub declared: Option<Declared>,
    /// `@/x` or `~/x`: an alias of other build tools that is not configured here.
    pub looks_like_alias: bool,
}

/// Where a package is listed that is not there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Declared {
    /// The package.json.
    pub package_json: String,
    /// Among the peers: whoever installs the package must install them too.
    pub is_peer: bool,
}

/// A path that `exports` does not let out.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NotExported {
    /// The package.
    pub package: String,
    /// The path asked for: `.` or `./sub`.
    pub subpath: String,
    /// Specifiers that it does export, nearest first.
    pub exported: Vec<String>,
    /// It exports the path, but under none of our conditions.
    pub conditions: Option<Conditions>,
    /// The file exists in the package.
    pub is_there: bool,
}

/// What a package.json puts in place of a specifier, where that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MissingReplacement {
    /// The package.json.
    pub package_json: String,
    /// `browser` or `imports`.
    pub field: &'static str,
    /// What stands there.
    pub target: String,
    /// What is wrong with it.
    pub reason: Box<Reason>,
}

/// What a package exports a path under.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conditions {
    /// The conditions it asks for.
    pub wanted: Vec<String>,
    /// Those that hold.
    pub given: Vec<String>,
}

/// A tsconfig.json that is not there.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MissingTsconfig {
    /// The one that was asked for, as written where it was found.
    pub wanted: String,
    /// Where it is asked for; `None`: by the configuration.
    pub from: Option<(Arc<Source>, Span)>,
}

/// A JSON file that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BrokenJson {
    /// Its text.
    pub source: Arc<Source>,
    /// Where.
    pub span: Span,
    /// What.
    pub problem: String,
}

impl Failure {
    /// What to tell the user. `at` is the specifier's literal; `None` where there is no text, as
    /// for an entry.
    pub fn diagnostic(&self, at: impl Into<Option<Label>>) -> Diagnostic {
        messages::failure(self, at.into())
    }
}
