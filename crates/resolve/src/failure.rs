//! The reason why a specifier could not be resolved, as data: it is cached like a result, and
//! reported again for every importer. All names in it are display names.

use std::sync::Arc;

use bundle_base::{Source, Span, config::Format};
use camino::Utf8PathBuf;

use crate::answer::RequestSyntax;

/// Why a specifier could not be resolved.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Failure {
    /// The specifier as written, shortened if it is very long.
    pub specifier: String,
    /// The syntax of the request.
    pub kind: RequestSyntax,
    /// The cause. It is boxed because results are returned by value and most are not failures.
    pub reason: Box<Reason>,
}

/// The cause of a failure.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The specifier is empty, or only a query.
    Empty,
    /// The specifier is longer or deeper than any path.
    TooLong {
        /// The length in bytes.
        length: usize,
    },
    /// The specifier contains the character U+0000.
    Nul,
    /// The specifier is neither a path nor a valid package name.
    NotAName,
    /// The specifier uses webpack's loader syntax: `loader!./file`.
    LoaderSyntax,
    /// An address on the network, in an output that cannot import one.
    Address {
        /// The format of the output.
        format: Format,
    },
    /// A `data:` URL that cannot be decoded.
    DataUrl {
        /// What is wrong with the URL.
        problem: &'static str,
    },
    /// There is no file at the path.
    MissingFile(MissingFile),
    /// The file exists, but its path is spelled in another case.
    WrongCase {
        /// The path as the disk spells it.
        on_disk: String,
        /// The specifier in the right case, if it can be corrected.
        fixed: Option<String>,
    },
    /// A directory without an index file.
    NoIndex {
        /// The directory.
        directory: String,
        /// Specifiers of files in the directory.
        files: Vec<String>,
    },
    /// The path leads to a FIFO, a socket or a device.
    NotAFile {
        /// The path that was found.
        path: String,
    },
    /// The operating system denies access.
    Denied {
        /// The path that was found.
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
        /// The link's target, as written in the link.
        target: String,
    },
    /// No package of this name is installed.
    MissingPackage(MissingPackage),
    /// The package is installed, but its entry does not exist.
    NoEntry {
        /// The package.
        package: String,
        /// The fields of package.json that name an entry, with their values, in the order tried.
        fields: Vec<(String, String)>,
        /// Whether the package has only type declarations.
        has_types: bool,
    },
    /// The package is installed, but its `exports` do not contain this path.
    NotExported(NotExported),
    /// `exports` or `imports` name a file that does not exist, or are invalid.
    BrokenPackage {
        /// The package's package.json.
        package_json: String,
        /// What is wrong with the package.json.
        problem: String,
    },
    /// `#name` without an entry in `imports`.
    MissingImport {
        /// The package.json that should have the entry, if there is one.
        package_json: Option<String>,
        /// The entry of `imports` with the most similar name.
        near: Option<String>,
    },
    /// An alias leads nowhere.
    MissingAlias {
        /// The key of the alias.
        key: String,
        /// What the alias replaces the specifier by.
        target: String,
        /// Why the target cannot be resolved.
        reason: Box<Reason>,
    },
    /// A package.json replaces the specifier by one that leads nowhere.
    MissingReplacement(MissingReplacement),
    /// There is no directory at the path, and the request needs one.
    MissingDirectory {
        /// The path that was looked for.
        wanted: String,
        /// The most similar specifier that would resolve, if there is one.
        near: Option<String>,
        /// Whether there is a file at the path.
        is_file: bool,
    },
    /// Aliases or `browser` fields that lead in a cycle.
    Cycle,
    /// A package.json or tsconfig.json that cannot be parsed.
    BrokenJson(BrokenJson),
    /// A tsconfig.json is configured or extended, but does not exist.
    MissingTsconfig(MissingTsconfig),
    /// tsconfig files that extend each other in a cycle.
    TsconfigCycle {
        /// The file where the cycle starts.
        path: String,
    },
    /// The specifier is a built-in of Node in a build for browsers.
    Builtin {
        /// The name of the built-in, without `node:`.
        name: String,
        /// The package that replaces the built-in in browsers, if there is one.
        stand_in: Option<&'static str>,
        /// Whether the importer is in an installed package, not a file of the user.
        is_from_package: bool,
    },
    /// The project's packages are installed by Yarn Plug'n'Play.
    YarnPnp {
        /// The package.
        package: String,
        /// The Plug'n'Play manifest that was found.
        manifest: String,
    },
    /// Any other failure, in the words of oxc_resolver.
    Other {
        /// The message of oxc_resolver.
        words: String,
    },
}

/// Details of a path without a file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MissingFile {
    /// The path that was looked for.
    pub wanted: String,
    /// The first directory of the path that does not exist, if one is missing.
    pub missing_directory: Option<String>,
    /// The most similar specifier that would resolve, if there is one.
    pub near: Option<String>,
    /// The installed package in which the file was looked for, with its version.
    pub package: Option<String>,
    /// Scripts of the package in the directory of the missing file, if no similar name was found.
    pub beside: Vec<String>,
    /// The extensions that were tried; empty if the specifier has one.
    pub extensions: Vec<String>,
}

/// Details of a package that is not installed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MissingPackage {
    /// The package's name.
    pub package: String,
    /// The specifier to write instead: of an installed package with a similar name, or of a file of
    /// the project.
    pub near: Option<String>,
    /// The install command, `npm install` or `yarn add`, chosen by the lock file that exists.
    pub install: String,
    /// The package.json of the importer, if it lists the package.
    pub declared: Option<Declared>,
    /// Whether a page can have the package as a global, which the output then reads.
    pub is_for_pages: bool,
    /// True for `@/x`, `~/x` or `@Parts/x`: an alias that other build tools have, and that is not
    /// configured here.
    pub looks_like_alias: bool,
}

/// Where a package that is not installed is listed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Declared {
    /// The package.json.
    pub package_json: String,
    /// Whether the package is a peer dependency, which the user of the importing package must
    /// install.
    pub is_peer: bool,
    /// The path that package.json gives for the package, if nothing is there.
    pub missing_link: Option<String>,
}

/// Details of a path that `exports` do not contain.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct NotExported {
    /// The package.
    pub package: String,
    /// The folder of the package.
    pub folder: Utf8PathBuf,
    /// The requested path: `.` or `./sub`.
    pub subpath: String,
    /// Specifiers that the package exports, the most similar one first.
    pub exported: Vec<String>,
    /// Set if the package exports the path, but under no condition that holds.
    pub conditions: Option<Conditions>,
    /// Whether the file exists in the package.
    pub is_there: bool,
}

/// A replacement in a package.json that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MissingReplacement {
    /// The package.json.
    pub package_json: String,
    /// The field that has the entry: `browser` or `imports`.
    pub field: &'static str,
    /// The value of the entry.
    pub target: String,
    /// Why the value cannot be resolved.
    pub reason: Box<Reason>,
}

/// The conditions under which a package exports a path.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Conditions {
    /// The conditions that the package mentions.
    pub wanted: Vec<String>,
    /// The conditions that hold for the request.
    pub given: Vec<String>,
}

/// A tsconfig.json that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MissingTsconfig {
    /// The missing file: as written in the file that extends it, or its display name.
    pub wanted: String,
    /// The place that extends it; `None`: the configuration names it.
    pub from: Option<(Arc<Source>, Span)>,
}

/// A JSON file that cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BrokenJson {
    /// The text of the file.
    pub source: Arc<Source>,
    /// The place of the mistake.
    pub span: Span,
    /// What is wrong at that place.
    pub problem: String,
}
