//! Sass as CSS. The compiler stands behind one trait, so that it can be replaced; what it may read,
//! where it looks for it, and what becomes of its errors is decided here. It is another's recursive
//! program: what nests too deeply never gets to it.

use std::{cell::RefCell, ops::Range, sync::Arc};

use bundle_base::{
    Diagnostic, Label, Source, Span,
    config::{Config, absolute},
    decode::{self, SourceCharset},
    loader::{LoadContext, StyleText},
    place::Place,
    woven::Woven,
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::{
    depth,
    mapped::{Css, Offsets},
    messages,
};

mod culprit; // which selector it was
mod find; // which file `@use "x"` means
mod problem; // what was wrong, as a diagnostic
mod recursion; // what calls itself
mod sasso; // the compiler
mod volatile; // what would be another thing in each build

use culprit::Failed;
use find::Find;
use recursion::{Guarded, Known};

/// A Sass compiler.
trait Compiler {
    /// Compiles a sheet. Everything else it needs it asks of the importer.
    fn compile(&self, entry: &Entry<'_>, importer: &dyn Importer) -> Compiled;
}

/// Where compiling starts.
struct Entry<'e> {
    text: &'e str,
    path: &'e Utf8Path,
    syntax: Syntax,
    /// The folder that paths in messages are relative to.
    project: &'e Utf8Path,
    /// Names of deprecations that nobody is told of.
    silenced: &'e [String],
}

/// A way of writing Sass.
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

/// What a compiler reads.
trait Importer {
    /// The file that is meant; `None`: there is none. `Err`: why that is unclear.
    fn find(
        &self,
        url: &str,
        from: Option<&Utf8Path>,
        is_import: bool,
    ) -> Result<Option<Utf8PathBuf>, String>;
    /// The text of a file that was found.
    fn read(&self, path: &Utf8Path) -> Result<String, String>;
}

/// What a compiler makes.
struct Compiled {
    outcome: Result<Css, Problem>,
    remarks: Vec<Remark>,
}

/// What is wrong.
struct Problem {
    message: String,
    /// `None`: nobody knows.
    place: Option<Written>,
}

/// A place in a file, as the compiler calls it.
struct Written {
    /// Its path, absolute or from the project; empty: nobody knows.
    file: String,
    /// Columns are characters.
    place: Place,
    /// In characters.
    length: u32,
}

/// What a compiler says beside.
struct Remark {
    kind: RemarkKind,
    message: String,
    at: RemarkedAt,
}

/// Where that is.
enum RemarkedAt {
    Place(Written),
    /// All that is known.
    Line {
        file: String,
        line: u32,
    },
}

enum RemarkKind {
    /// The name of what is deprecated.
    Deprecated(String),
    /// `@warn`, `@debug`.
    Told,
}

/// The stylesheet as CSS.
pub fn compile(sheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<Woven> {
    if let Some(diagnostic) = refused(sheet.text, |range| placed(sheet, range)) {
        cx.log.push(diagnostic);
        return None;
    }
    let config = cx.config;
    let before = before(sheet, config);
    let syntax = Syntax::of(Some(sheet.lang));
    let mut known = Known::default();
    let guarded =
        Guarded::new(&format!("{before}{}", sheet.text), syntax == Syntax::Indented, &mut known);
    let entry = Entry {
        text: &guarded.text,
        path: &sheet.source.path,
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
        sheet,
        project: &config.project,
        before: before.len(),
        entry: &guarded,
        sources: reading.sources.into_inner(),
    };
    cx.log.extend(problem::remarks(compiled.remarks, &files));
    match compiled.outcome {
        Ok(css) => Some(files.woven(&css)),
        Err(found) => {
            let missing = reading.missing.into_inner();
            let told = || {
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
            let told = reading.refused.into_inner().unwrap_or_else(told);
            cx.log.push(told);
            None
        }
    }
}

/// What the configuration puts in front, on lines of its own.
fn before(sheet: &StyleText<'_>, config: &Config) -> String {
    let data = &config.sass.additional_data;
    if data.is_empty() || sheet.lang == "sass" { data.clone() } else { format!("{data}\n") }
}

/// Why a text does not get to the compiler.
fn refused(text: &str, label: impl Fn(Range<usize>) -> Label) -> Option<Diagnostic> {
    if let Some(at) = depth::too_deep(text) {
        return Some(messages::nested_too_deeply(label(at..at + 1)));
    }
    volatile::find(text).map(|range| messages::volatile(label(range.clone()), &text[range]))
}

fn placed(sheet: &StyleText<'_>, range: Range<usize>) -> Label {
    Label::new(sheet.source, Span::new((sheet.origin)(range.start), (sheet.origin)(range.end)))
}

/// What a compiler reads, through the file system that remembers it.
struct Reading<'r> {
    find: Find<'r>,
    /// What was found under an address from a folder, by `@import` or not.
    found: RefCell<FxHashMap<(String, Utf8PathBuf, bool), Utf8PathBuf>>,
    /// By path.
    sources: RefCell<FxHashMap<Utf8PathBuf, Partial>>,
    /// What was asked for last that is not there, and by whom.
    missing: RefCell<Option<Missing>>,
    /// Why a file was not read.
    refused: RefCell<Option<Diagnostic>>,
    known: RefCell<Known>,
    charset: SourceCharset,
}

/// A file that was read, and what the compiler got of it.
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
        let asked = (url.to_owned(), from.parent().unwrap_or(from).to_owned(), is_import);
        if let Some(known) = self.found.borrow().get(&asked) {
            return Ok(Some(known.clone()));
        }
        let found = self.find.find(url, from, is_import)?;
        if let Some(found) = &found {
            self.found.borrow_mut().insert(asked, found.clone());
        }
        if found.is_none() {
            *self.missing.borrow_mut() =
                Some(Missing { url: find::as_written(url), from: from.to_owned() });
        }
        Ok(found)
    }

    fn read(&self, path: &Utf8Path) -> Result<String, String> {
        // `@import` reads a file again wherever it stands.
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

/// The files of a sheet, as the compiler calls them.
struct Files<'f> {
    sheet: &'f StyleText<'f>,
    project: &'f Utf8Path,
    /// How much stands before the entry's text.
    before: usize,
    /// What the compiler got as the entry.
    entry: &'f Guarded,
    sources: FxHashMap<Utf8PathBuf, Partial>,
}

/// One of them.
enum FileOf<'f> {
    Entry,
    Partial(&'f Partial),
}

impl Files<'_> {
    /// A file by its path, which may be relative to the project.
    fn file(&self, name: &str) -> Option<FileOf<'_>> {
        let path = absolute(self.project, name);
        match self.sources.get(&path) {
            Some(partial) => Some(FileOf::Partial(partial)),
            None => (path == self.sheet.source.path).then_some(FileOf::Entry),
        }
    }

    /// What the compiler got.
    fn text<'f>(&'f self, file: &FileOf<'f>) -> &'f str {
        match file {
            FileOf::Entry => &self.entry.text,
            FileOf::Partial(partial) => &partial.guarded.text,
        }
    }

    /// A place in what the compiler got, as a place in a source; `None`: it stands in no file.
    fn origin<'f>(&'f self, file: &FileOf<'f>, at: usize) -> Option<(&'f Arc<Source>, u32)> {
        match file {
            FileOf::Entry => {
                let at = self.entry.original(at).checked_sub(self.before)?;
                Some((self.sheet.source, (self.sheet.origin)(at.min(self.sheet.text.len()))))
            }
            FileOf::Partial(partial) => {
                let at =
                    u32::try_from(partial.guarded.original(at)).expect("texts are under 4 GiB");
                Some((&partial.source, at))
            }
        }
    }

    /// The sheet with its origins.
    fn woven(&self, css: &Css) -> Woven {
        let file = |name: &String| {
            let file = self.file(name)?;
            let text = self.text(&file);
            let offsets = Offsets::new(text);
            Some((file, text, offsets))
        };
        let sources: Vec<Option<(FileOf<'_>, &str, Offsets)>> =
            css.sources.iter().map(file).collect();
        css.woven(|source, place, woven| {
            let Some(Some((file, written, offsets))) = sources.get(source) else { return };
            // Columns of what was written are characters, those of what was printed are UTF-16.
            if let Some((source, from)) = self.origin(file, offsets.characters(written, place)) {
                woven.mark(source, from);
            }
        })
    }
}
