//! Compiles Sass to CSS. The compiler is used through the trait `Compiler`, so that it can be
//! replaced. This file decides which files it may read, where it looks for them, and how its errors
//! are reported. The compiler is recursive, so a text that nests too deeply never reaches it.

use std::{cell::RefCell, ops::Range};

use bundle_base::{
    Diagnostic, Label, Span,
    config::Config,
    decode::{self, SourceCharset},
    installed::below_packages,
    loader::{LoadContext, StyleText},
    mapped_text::MappedText,
    stylesheet::Unbalanced,
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::{depth, messages};

mod ambiguous_imports; // `@import`s with one text that mean several files
mod at_root; // comments in the selectors of @at-root
mod color_arguments; // arguments of rgb and rgba
mod compiler; // what a compiler is given, and what it returns
mod culprit; // finds the selector that the compiler cannot read
mod escaped_numbers; // numbers with an escaped slash
mod files; // the files of a compilation, and places in them
mod find; // which file `@use "x"` means
mod import_pattern; // `@import` of all files that a pattern means
mod indented_lines; // lines that the compiler reads on
mod inherited; // modules of Sass that an imported file sees in its importer
mod keyframes; // steps of keyframes in files that a rule loads
mod overlaps; // members that a file sees twice
mod problem; // errors and warnings of the compiler as diagnostics
mod random; // `random()` and `unique-id()`, which give the same in each build
mod recursion; // stops endless recursion of mixins and functions
mod sasso; // the compiler
mod semicolons; // mistakes in declarations that the compiler takes
mod tokens; // tokens of SCSS

use ambiguous_imports::AmbiguousImports;
use compiler::{Compiler, Entry, Importer, Syntax};
use culprit::Failed;
use files::{Files, Partial};
use find::{Find, Missing};
pub use import_pattern::folder as fixed_folder;
use inherited::Inherited;
use overlaps::{Forwarded, Modules};
use recursion::{DEEP_PSEUDO, Definitions, Guarded};
pub use sasso::SassAllocator;
use semicolons::Mistake;

/// The mixin that may load a file in a rule.
const LOAD_CSS: &str = "load-css";

/// Compiles a stylesheet to CSS. `None`: the log has the error.
pub fn compile(stylesheet: &StyleText<'_>, cx: &mut LoadContext<'_>) -> Option<MappedText> {
    let syntax = Syntax::of(Some(stylesheet.lang));
    if let Some(diagnostic) = refused(stylesheet.text, syntax, |range| placed(stylesheet, range)) {
        cx.log.push(diagnostic);
        return None;
    }
    if below_packages(stylesheet.source.path.as_str()).is_none() {
        cx.log.extend(repeated(stylesheet.text, |range| placed(stylesheet, range)));
    }
    let config = cx.config;
    let before = before(stylesheet, config);
    let mut known = Definitions::default();
    let text = format!("{before}{}", stylesheet.text);
    let inserted = insertions(&text, "", syntax);
    let mut guarded = Guarded::new(&text, syntax == Syntax::Indented, &mut known, inserted);
    random::without_namespaces(&mut guarded.text);
    let find = Find { fs: cx.fs, resolve: cx.resolve, load_paths: &config.sass.load_paths };
    let mut forwarded = Forwarded::default();
    keep_apart(&mut forwarded, &mut guarded.text, &stylesheet.source.path, &find);
    let entry = Entry {
        text: &guarded.text,
        path: &stylesheet.source.path,
        syntax,
        project: &config.project,
        silenced: &config.sass.silence_deprecations,
    };
    let reading = Reading::new(&entry, find, known, forwarded, config);
    let compiled = sasso::Sasso.compile(&entry, &reading);
    cx.log.extend(reading.repeated.into_inner());
    let files = Files {
        stylesheet,
        project: &config.project,
        before: before.len(),
        entry: &guarded,
        sources: reading.sources.into_inner(),
        missing: reading.missing.into_inner(),
    };
    cx.log.extend(problem::remarks(compiled.remarks, &files));
    match compiled.outcome {
        Ok(mut css) => {
            css.text = css.text.replace(DEEP_PSEUDO, "/deep/");
            let mut partials = files.sources.values().map(|partial| &partial.guarded.text);
            if entry.text.contains(LOAD_CSS) || partials.any(|text| text.contains(LOAD_CSS)) {
                css.text = keyframes::without_parents(&css.text).unwrap_or(css.text);
            }
            Some(files.mapped(&css))
        }
        Err(found) => {
            let diagnose = || {
                let failed = Failed {
                    problem: &found,
                    entry: &entry,
                    files: &files,
                    find: &reading.find,
                    compiler: &sasso::Sasso,
                };
                let place = failed.selector();
                problem::diagnostic(&found, place, &files, cx)
            };
            let diagnostic = reading.refused.into_inner().unwrap_or_else(diagnose);
            cx.log.push(diagnostic);
            None
        }
    }
}

/// Returns what the compiler needs in a text, and where, in bytes. `before`: what is put before it.
fn insertions(text: &str, before: &str, syntax: Syntax) -> Vec<(usize, String)> {
    let mut fixed = random::prefixes(text, before);
    let mut inserted = Vec::new();
    match syntax {
        Syntax::Scss => {
            fixed.extend(escaped_numbers::insertions(text));
            inserted = color_arguments::insertions(text);
        }
        Syntax::Indented => fixed.extend(indented_lines::insertions(text)),
        Syntax::Css => {}
    }
    inserted.extend(owned(fixed));
    inserted
}

fn owned(inserted: Vec<(usize, &'static str)>) -> impl Iterator<Item = (usize, String)> {
    inserted.into_iter().map(|(at, text)| (at, text.to_owned()))
}

/// Returns the other file beside an importer that an address means.
fn beside(find: &Find<'_>, address: &str, importer: &Utf8Path) -> Option<Utf8PathBuf> {
    let found = find.find(&format!("./{address}"), importer, true);
    found.ok().flatten().filter(|found| found != importer)
}

/// Gives a namespace to modules whose members a file would see twice.
fn keep_apart(forwarded: &mut Forwarded, text: &mut String, path: &Utf8Path, find: &Find<'_>) {
    let modules = Modules {
        find: &|address, from| find.find(address, from, false).ok().flatten(),
        text: &|path| String::from_utf8(find.fs.read(path).ok()?).ok(),
    };
    forwarded.apart(text, path, &modules);
}

/// Returns what the configuration puts before every stylesheet, on lines of its own.
fn before(stylesheet: &StyleText<'_>, config: &Config) -> String {
    let data = &config.sass.additional_data;
    if data.is_empty() || stylesheet.lang == "sass" { data.clone() } else { format!("{data}\n") }
}

/// Returns an error if the compiler must not get a text.
fn refused(
    text: &str,
    syntax: Syntax,
    label: impl Fn(Range<usize>) -> Label,
) -> Option<Diagnostic> {
    if let Some(at) = depth::too_deep(text) {
        return Some(messages::nested_too_deeply(label(at..at + 1)));
    }
    let mistake = if syntax == Syntax::Scss { semicolons::first(text) } else { None };
    mistake.map(|mistake| match mistake {
        Mistake::MissingSemicolon(range) => messages::missing_semicolon(label(range)),
        Mistake::AtSign(at) => messages::at_sign_in_value(label(at..at + 1)),
        Mistake::Colon(at) => messages::colon_in_value(label(at..at + 1)),
        Mistake::MissingName(at) => messages::missing_property(label(at..at + 1)),
        Mistake::OpenComment(at) => Unbalanced::Comment(at).diagnostic(label(at..at + 2)),
    })
}

/// Returns a warning for the first call of `random()` or `unique-id()` in a text.
fn repeated(text: &str, label: impl Fn(Range<usize>) -> Label) -> Option<Diagnostic> {
    let name = random::calls(text).into_iter().next()?.name;
    Some(messages::volatile(label(name.clone()), &text[name]))
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
    entry: &'r Entry<'r>,
    found: RefCell<FxHashMap<Request, Utf8PathBuf>>,
    /// The files that were read, by path.
    sources: RefCell<FxHashMap<Utf8PathBuf, Partial>>,
    /// The last address without a file, and its importer.
    missing: RefCell<Option<Missing>>,
    /// Why the compiler did not get a file.
    refused: RefCell<Option<Diagnostic>>,
    /// Warnings about `random()` and `unique-id()`.
    repeated: RefCell<Vec<Diagnostic>>,
    known: RefCell<Definitions>,
    ambiguous: RefCell<AmbiguousImports>,
    inherited: RefCell<Inherited>,
    forwarded: RefCell<Forwarded>,
    charset: SourceCharset,
}

/// A question for a file.
#[derive(PartialEq, Eq, Hash)]
struct Request {
    url: String,
    /// The folder of the importer.
    folder: Utf8PathBuf,
    /// Whether `@import` requests it.
    is_import: bool,
}

impl<'r> Reading<'r> {
    fn new(
        entry: &'r Entry<'r>,
        find: Find<'r>,
        known: Definitions,
        forwarded: Forwarded,
        config: &Config,
    ) -> Self {
        let mut ambiguous = AmbiguousImports::default();
        let beside = |address: &str| beside(&find, address, entry.path);
        ambiguous.prefixes(entry.text, entry.syntax == Syntax::Indented, beside);
        Self {
            find,
            entry,
            found: RefCell::default(),
            sources: RefCell::default(),
            missing: RefCell::default(),
            refused: RefCell::default(),
            repeated: RefCell::default(),
            known: RefCell::new(known),
            ambiguous: RefCell::new(ambiguous),
            inherited: RefCell::default(),
            forwarded: RefCell::new(forwarded),
            charset: config.script.source_charset,
        }
    }
}

impl Reading<'_> {
    /// Notes which modules an imported file sees.
    fn inherit(&self, from: &Utf8Path, found: &Utf8Path, is_import: bool) {
        if is_import {
            let sources = self.sources.borrow();
            let text = match sources.get(from) {
                Some(partial) => partial.source.text.as_str(),
                None if from == self.entry.path => self.entry.text,
                None => "",
            };
            self.inherited.borrow_mut().add(from, text, found);
        }
    }
}

impl Importer for Reading<'_> {
    fn find(
        &self,
        url: &str,
        from: Option<&Utf8Path>,
        is_import: bool,
    ) -> Result<Option<Utf8PathBuf>, String> {
        let from = from.unwrap_or(Utf8Path::new("/"));
        let folder = from.parent().unwrap_or(from).to_owned();
        let request = Request { url: url.to_owned(), folder, is_import };
        let known = self.found.borrow().get(&request).cloned();
        if let Some(known) = known {
            self.inherit(from, &known, is_import);
            return Ok(Some(known));
        }
        let found = self.find.find(url, from, is_import)?;
        if let Some(found) = &found {
            self.inherit(from, found, is_import);
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
            let before = self.inherited.borrow().before(path, &known.source.text);
            if known.guarded.text.starts_with(&before) {
                return Ok(known.guarded.text.clone());
            }
        }
        let name = self.find.resolve.name(path);
        let bytes = match import_pattern::text(path, self.find.fs) {
            Some(text) => text.into_bytes(),
            None => self
                .find
                .fs
                .read(path)
                .map_err(|error| format!("{name} cannot be read: {error}"))?,
        };
        let source = decode::source(path, &name, &bytes, self.charset).map_err(|diagnostic| {
            *self.refused.borrow_mut() = Some(*diagnostic);
            format!("{name} is not UTF-8")
        })?;
        let syntax = Syntax::of(path.extension());
        if let Some(refused) =
            refused(&source.text, syntax, |range| messages::label(&source, range))
        {
            *self.refused.borrow_mut() = Some(refused);
            return Err("it cannot be compiled".to_owned());
        }
        let is_first = !self.sources.borrow().contains_key(path);
        if is_first && below_packages(path.as_str()).is_none() {
            let warning = repeated(&source.text, |range| messages::label(&source, range));
            self.repeated.borrow_mut().extend(warning);
        }
        let before = self.inherited.borrow().before(path, &source.text);
        let mut inserted = insertions(&source.text, &before, syntax);
        let is_indented = path.extension() == Some("sass");
        let beside = |address: &str| beside(&self.find, address, path);
        let prefixes = self.ambiguous.borrow_mut().prefixes(&source.text, is_indented, beside);
        inserted.extend(owned(prefixes));
        let mut guarded =
            Guarded::new(&source.text, is_indented, &mut self.known.borrow_mut(), inserted);
        guarded.put_before(&before);
        random::without_namespaces(&mut guarded.text);
        keep_apart(&mut self.forwarded.borrow_mut(), &mut guarded.text, path, &self.find);
        let text = guarded.text.clone();
        self.sources.borrow_mut().insert(path.to_owned(), Partial { source, guarded });
        Ok(text)
    }
}
