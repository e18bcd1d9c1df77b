//! Compiles Sass to CSS. The compiler is behind the trait `Compiler`, so that it can be replaced.
//! This file decides which files it may read, where it looks for them, and how its errors are
//! reported. The compiler is recursive, so a text that nests too deeply never reaches it.

use std::{cell::RefCell, ops::Range, sync::Arc};

use bundle_base::{
    Diagnostic, Label, Source, Span,
    config::{Config, absolute},
    decode::{self, SourceCharset},
    loader::{LoadContext, StyleText},
    mapped_text::MappedText,
    place::Place,
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::{
    depth,
    mapped::{Css, Offsets},
    messages,
};

mod culprit; // finds the selector that the compiler cannot read
mod find; // which file `@use "x"` means
mod problem; // errors and warnings of the compiler as diagnostics
mod recursion; // stops endless recursion of mixins and functions
mod sasso; // the compiler
mod volatile; // finds calls whose result differs from build to build

use culprit::Failed;
use find::Find;
use recursion::{Guarded, Known};

/// A Sass compiler.
trait Compiler {
    /// Compiles a stylesheet. It reads all other files through the importer.
    fn compile(&self, entry: &Entry<'_>, importer: &dyn Importer) -> Compiled;
}

/// The stylesheet with which compiling starts.
struct Entry<'e> {
    text: &'e str,
    path: &'e Utf8Path,
    syntax: Syntax,
    /// The folder that paths in messages are relative to.
    project: &'e Utf8Path,
    /// The names of deprecations that are not reported.
    silenced: &'e [String],
}

/// A syntax of Sass, or CSS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Scss,
    Indented,
    Css,
}

impl Syntax {
    fn of(extension: Option<&str>) -> Self {
        match extension {
            Some("sass") => Self::Indented,
            Some("css") => Self::Css,
            Some(_) | None => Self::Scss,
        }
    }
}

/// Finds and reads files for a compiler.
trait Importer {
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
struct Compiled {
    outcome: Result<Css, Problem>,
    remarks: Vec<Remark>,
}

/// An error of the compiler.
struct Problem {
    message: String,
    /// `None` if the compiler does not report it.
    place: Option<FileSpan>,
}

/// A place in a file, as the compiler reports it.
struct FileSpan {
    /// The path of the file, absolute or relative to the project; empty if the compiler does not
    /// report it.
    file: String,
    /// Where it begins. Columns count characters.
    place: Place,
    /// How long it is, in characters.
    length: u32,
}

/// A warning or another message beside the result.
struct Remark {
    kind: RemarkKind,
    message: String,
    at: RemarkedAt,
}

/// Where a remark is.
enum RemarkedAt {
    Span(FileSpan),
    /// Only the line is known.
    Line {
        file: String,
        line: u32,
    },
}

enum RemarkKind {
    /// A deprecation, with its name.
    Deprecated(String),
    /// From `@warn` or `@debug`.
    Logged,
}

/// Compiles a stylesheet to CSS. `None`: the log has the error.
pub fn compile(stylesheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<MappedText> {
    if let Some(diagnostic) = refused(stylesheet.text, |range| placed(stylesheet, range)) {
        cx.log.push(diagnostic);
        return None;
    }
    let config = cx.config;
    let before = before(stylesheet, config);
    let syntax = Syntax::of(Some(stylesheet.lang));
    let mut known = Known::default();
    let guarded = Guarded::new(
        &format!("{before}{}", stylesheet.text),
        syntax == Syntax::Indented,
        &mut known,
    );
    let entry = Entry {
        text: &guarded.text,
        path: &stylesheet.source.path,
        syntax,
        project: &config.project,
        silenced: &config.sass.silence_deprecations,
    };
    let reading = Reading {
        find: Find { fs: cx.fs, resolve: cx.resolve, load_paths: &config.sass.load_paths },
        found: RefCell::default(),
        sources: RefCell::default(),
        missing: RefCell::default(),
        refused: RefCell::default(),
        known: RefCell::new(known),
        charset: config.script.source_charset,
    };
    let compiled = sasso::Sasso.compile(&entry, &reading);
    let files = Files {
        stylesheet,
        project: &config.project,
        before: before.len(),
        entry: &guarded,
        sources: reading.sources.into_inner(),
    };
    cx.log.extend(problem::remarks(compiled.remarks, &files));
    match compiled.outcome {
        Ok(css) => Some(files.mapped(&css)),
        Err(found) => {
            let missing = reading.missing.into_inner();
            let diagnose = || {
                let failed = Failed {
                    problem: &found,
                    entry: &entry,
                    files: &files,
                    find: &reading.find,
                    compiler: &sasso::Sasso,
                };
                let place = failed.selector();
                problem::diagnostic(&found, (missing.as_ref(), place), &files, cx)
            };
            let diagnostic = reading.refused.into_inner().unwrap_or_else(diagnose);
            cx.log.push(diagnostic);
            None
        }
    }
}

/// Returns what the configuration puts before every stylesheet, on lines of its own.
fn before(stylesheet: &StyleText<'_>, config: &Config) -> String {
    let data = &config.sass.additional_data;
    if data.is_empty() || stylesheet.lang == "sass" { data.clone() } else { format!("{data}\n") }
}

/// Returns an error if the compiler must not get a text.
fn refused(text: &str, label: impl Fn(Range<usize>) -> Label) -> Option<Diagnostic> {
    if let Some(at) = depth::too_deep(text) {
        return Some(messages::nested_too_deeply(label(at..at + 1)));
    }
    volatile::find(text).map(|range| messages::volatile(label(range.clone()), &text[range]))
}

fn placed(stylesheet: &StyleText<'_>, range: Range<usize>) -> Label {
    Label::new(
        stylesheet.source,
        Span::new((stylesheet.origin)(range.start), (stylesheet.origin)(range.end)),
    )
}

/// Reads files for the compiler, through the file system that records what is read.
struct Reading<'r> {
    find: Find<'r>,
    /// The file for an address, the folder of the importer, and whether `@import` requests it.
    found: RefCell<FxHashMap<(String, Utf8PathBuf, bool), Utf8PathBuf>>,
    /// The files that were read, by path.
    sources: RefCell<FxHashMap<Utf8PathBuf, Partial>>,
    /// The last address without a file, and its importer.
    missing: RefCell<Option<Missing>>,
    /// Why the compiler did not get a file.
    refused: RefCell<Option<Diagnostic>>,
    known: RefCell<Known>,
    charset: SourceCharset,
}

/// A file that was read, and the text that the compiler got.
struct Partial {
    source: Arc<Source>,
    guarded: Guarded,
}

struct Missing {
    url: String,
    from: Utf8PathBuf,
}

impl Importer for Reading<'_> {
    fn find(
        &self,
        url: &str,
        from: Option<&Utf8Path>,
        is_import: bool,
    ) -> Result<Option<Utf8PathBuf>, String> {
        let from = from.unwrap_or(Utf8Path::new("/"));
        let request = (url.to_owned(), from.parent().unwrap_or(from).to_owned(), is_import);
        if let Some(known) = self.found.borrow().get(&request) {
            return Ok(Some(known.clone()));
        }
        let found = self.find.find(url, from, is_import)?;
        if let Some(found) = &found {
            self.found.borrow_mut().insert(request, found.clone());
        }
        if found.is_none() {
            *self.missing.borrow_mut() =
                Some(Missing { url: find::as_written(url), from: from.to_owned() });
        }
        Ok(found)
    }

    fn read(&self, path: &Utf8Path) -> Result<String, String> {
        // The compiler reads a file again for each `@import` of it.
        if let Some(known) = self.sources.borrow().get(path) {
            return Ok(known.guarded.text.clone());
        }
        let name = self.find.resolve.name(path);
        let bytes =
            self.find.fs.read(path).map_err(|error| format!("{name} cannot be read: {error}"))?;
        let source = decode::source(path, &name, &bytes, self.charset).map_err(|diagnostic| {
            *self.refused.borrow_mut() = Some(*diagnostic);
            format!("{name} is not UTF-8")
        })?;
        if let Some(refused) = refused(&source.text, |range| messages::label(&source, range)) {
            *self.refused.borrow_mut() = Some(refused);
            return Err("it cannot be compiled".to_owned());
        }
        let guarded = Guarded::new(
            &source.text,
            path.extension() == Some("sass"),
            &mut self.known.borrow_mut(),
        );
        let text = guarded.text.clone();
        self.sources.borrow_mut().insert(path.to_owned(), Partial { source, guarded });
        Ok(text)
    }
}

/// The files of a compilation, to translate places in what the compiler got into places in sources.
struct Files<'f> {
    stylesheet: &'f StyleText<'f>,
    project: &'f Utf8Path,
    /// How many bytes the configuration put before the text of the entry.
    before: usize,
    /// The entry as the compiler got it.
    entry: &'f Guarded,
    sources: FxHashMap<Utf8PathBuf, Partial>,
}

/// One of the files of a compilation.
enum FileOf<'f> {
    Entry,
    Partial(&'f Partial),
}

impl Files<'_> {
    /// Returns a file by its path, which may be relative to the project.
    fn file(&self, name: &str) -> Option<FileOf<'_>> {
        let path = absolute(self.project, name);
        match self.sources.get(&path) {
            Some(partial) => Some(FileOf::Partial(partial)),
            None => (path == self.stylesheet.source.path).then_some(FileOf::Entry),
        }
    }

    /// Returns the text of a file as the compiler got it.
    fn text<'f>(&'f self, file: &FileOf<'f>) -> &'f str {
        match file {
            FileOf::Entry => &self.entry.text,
            FileOf::Partial(partial) => &partial.guarded.text,
        }
    }

    /// Translates a byte of what the compiler got into a place in a source. `None`: it is before
    /// the text of the entry, so it is in no file.
    fn origin<'f>(&'f self, file: &FileOf<'f>, at: usize) -> Option<(&'f Arc<Source>, u32)> {
        match file {
            FileOf::Entry => {
                let at = self.entry.original(at).checked_sub(self.before)?;
                Some((
                    self.stylesheet.source,
                    (self.stylesheet.origin)(at.min(self.stylesheet.text.len())),
                ))
            }
            FileOf::Partial(partial) => {
                let at =
                    u32::try_from(partial.guarded.original(at)).expect("texts are under 4 GiB");
                Some((&partial.source, at))
            }
        }
    }

    /// Returns the CSS with its origins.
    fn mapped(&self, css: &Css) -> MappedText {
        let file = |name: &String| {
            let file = self.file(name)?;
            let text = self.text(&file);
            let offsets = Offsets::new(text);
            Some((file, text, offsets))
        };
        let sources: Vec<Option<(FileOf<'_>, &str, Offsets)>> =
            css.sources.iter().map(file).collect();
        css.mapped(|source, place, mapped| {
            let Some(Some((file, written, offsets))) = sources.get(source) else { return };
            // Columns in sources count characters, those in the CSS count UTF-16 code units.
            if let Some((source, from)) = self.origin(file, offsets.characters(written, place)) {
                mapped.mark(source, from);
            }
        })
    }
}
