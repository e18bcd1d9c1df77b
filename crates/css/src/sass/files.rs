//! The files of a compilation. Maps places in the texts that the compiler got to places in the
//! texts that the user wrote.

use std::{ops::Range, sync::Arc};

use bundle_base::{
    Label, Source, Span, config::absolute, loader::StyleText, mapped_text::MappedText, place::Place,
};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use super::{compiler::FileSpan, find::Missing, recursion::Guarded};
use crate::mapped::{Css, Offsets};

/// A file that was read, and the text that the compiler got.
pub(super) struct Partial {
    pub source: Arc<Source>,
    pub guarded: Guarded,
}

/// The files of a compilation, to translate places in what the compiler got into places in sources.
pub(super) struct Files<'f> {
    pub stylesheet: &'f StyleText<'f>,
    pub project: &'f Utf8Path,
    /// How many bytes the configuration put before the text of the entry.
    pub before: usize,
    /// The entry as the compiler got it.
    pub entry: &'f Guarded,
    pub sources: FxHashMap<Utf8PathBuf, Partial>,
    /// The last address without a file.
    pub missing: Option<Missing>,
}

/// One of the files of a compilation.
pub(super) enum FileOf<'f> {
    Entry,
    Partial(&'f Partial),
}

impl Files<'_> {
    /// Returns a file by its path, which may be relative to the project.
    pub(super) fn file(&self, name: &str) -> Option<FileOf<'_>> {
        let path = absolute(self.project, name);
        match self.sources.get(&path) {
            Some(partial) => Some(FileOf::Partial(partial)),
            None => (path == self.stylesheet.source.path).then_some(FileOf::Entry),
        }
    }

    /// Returns the text of a file as the compiler got it.
    pub(super) fn text<'f>(&'f self, file: &FileOf<'f>) -> &'f str {
        match file {
            FileOf::Entry => &self.entry.text,
            FileOf::Partial(partial) => &partial.guarded.text,
        }
    }

    /// Translates a byte of what the compiler got into a place in a source. `None`: it is before
    /// the text of the entry, so it is in no file.
    pub(super) fn origin<'f>(
        &'f self,
        file: &FileOf<'f>,
        at: usize,
    ) -> Option<(&'f Arc<Source>, u32)> {
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
    pub(super) fn mapped(&self, css: &Css) -> MappedText {
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

    /// Returns the label for a place that the compiler reports.
    pub(super) fn label(&self, span: &FileSpan) -> Option<Label> {
        let end = Place { column: span.place.column + span.length, ..span.place };
        if span.file.is_empty() {
            return self.extension(span.place);
        }
        self.range(&span.file, |text, offsets| {
            offsets.characters(text, span.place)..offsets.characters(text, end)
        })
    }

    /// Returns the `@extend` at a place in one of the files, because the compiler does not report
    /// in which.
    fn extension(&self, place: Place) -> Option<Label> {
        let mut partials: Vec<&str> = self.sources.keys().map(|path| path.as_str()).collect();
        partials.sort_unstable();
        let files = std::iter::once(self.stylesheet.source.path.as_str()).chain(partials);
        files
            .filter_map(|file| {
                self.range(file, |text, offsets| {
                    let start = offsets.characters(text, place);
                    start..start + text[start..].find([';', '}', '\n']).unwrap_or(0)
                })
            })
            .find(|label| label.source.text[label.span.start as usize..].starts_with("@extend"))
    }

    /// Returns a label for a line, without the white space at either end.
    pub(super) fn line(&self, file: &str, line: u32) -> Option<Label> {
        self.range(file, |text, offsets| {
            let start = offsets.utf16(text, Place { line, column: 0 });
            let shown = text[start..].lines().next().unwrap_or_default();
            let start = start + shown.len() - shown.trim_start().len();
            start..start + shown.trim().len()
        })
    }

    fn range(&self, file: &str, range: impl Fn(&str, &Offsets) -> Range<usize>) -> Option<Label> {
        let file = self.file(file)?;
        let text = self.text(&file);
        self.range_in(&file, range(text, &Offsets::new(text)))
    }

    /// Returns a label for a range of what the compiler got of a file.
    pub(super) fn range_in(&self, file: &FileOf<'_>, range: Range<usize>) -> Option<Label> {
        let ((source, start), (_, end)) =
            (self.origin(file, range.start)?, self.origin(file, range.end)?);
        Some(Label::new(source, Span::new(start, end.max(start))))
    }
}
