//! The interface of a Sass compiler: its input and its result. Any compiler that implements
//! `Compiler` can replace `sasso`.

use bundle_base::place::Place;
use camino::{Utf8Path, Utf8PathBuf};

use crate::mapped::Css;

/// A Sass compiler.
pub(super) trait Compiler {
    /// Compiles a stylesheet. It reads all other files through the importer.
    fn compile(&self, entry: &Entry<'_>, importer: &dyn Importer) -> Compiled;
}

/// The stylesheet with which compiling starts.
pub(super) struct Entry<'e> {
    pub text: &'e str,
    pub path: &'e Utf8Path,
    pub syntax: Syntax,
    /// The folder that paths in messages are relative to.
    pub project: &'e Utf8Path,
    /// The names of deprecations that are not reported.
    pub silenced: &'e [String],
}

/// A syntax of Sass, or CSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Scss,
    Indented,
    Css,
}

impl Syntax {
    pub(super) fn of(extension: Option<&str>) -> Self {
        match extension {
            Some("sass") => Self::Indented,
            Some("css") => Self::Css,
            Some(_) | None => Self::Scss,
        }
    }
}

/// Finds and reads files for a compiler.
pub(super) trait Importer {
    /// Returns the file that an address means in the file `from`. `None`: there is none. `Err`: why
    /// that is unclear.
    fn find(
        &self,
        url: &str,
        from: Option<&Utf8Path>,
        is_import: bool,
    ) -> Result<Option<Utf8PathBuf>, String>;
    /// Returns the text of a file that `find` returned. `Err`: why it cannot be compiled.
    fn read(&self, path: &Utf8Path) -> Result<String, String>;
}

/// What a compiler returns.
pub(super) struct Compiled {
    pub outcome: Result<Css, Problem>,
    pub remarks: Vec<Remark>,
}

/// An error of the compiler.
pub(super) struct Problem {
    pub message: String,
    /// `None` if the compiler does not report it.
    pub place: Option<FileSpan>,
}

/// A place in a file, as the compiler reports it.
pub(super) struct FileSpan {
    /// The path of the file, absolute or relative to the project; empty if the compiler does not
    /// report it.
    pub file: String,
    /// Where it begins. Columns count characters.
    pub place: Place,
    /// How long it is, in characters.
    pub length: u32,
}

/// A warning or another message beside the result.
pub(super) struct Remark {
    pub kind: RemarkKind,
    pub message: String,
    pub at: RemarkedAt,
}

/// Where a remark is.
pub(super) enum RemarkedAt {
    Span(FileSpan),
    /// Only the line is known.
    Line {
        file: String,
        line: u32,
    },
}

pub(super) enum RemarkKind {
    /// A deprecation, with its name.
    Deprecated(String),
    /// From `@warn` or `@debug`.
    Logged,
}
