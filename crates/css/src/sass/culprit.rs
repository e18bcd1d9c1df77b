//! Finds the selector that the compiler cannot read. For some selectors the compiler reports the
//! beginning of the file, because it parses the result of an interpolation without its place. A
//! selector without interpolation fails when it is compiled alone. To find one with interpolation,
//! the stylesheet is compiled again with some of these selectors replaced, in a binary search.

use std::ops::Range;

use bundle_base::{
    Label,
    place::Place,
    stylesheet::{after_token, block_end},
};
use camino::{Utf8Path, Utf8PathBuf};

use super::{
    compiler::{Compiler, Entry, FileSpan, Importer, Problem, Syntax},
    files::{FileOf, Files},
    find::Find,
    problem::DEEP,
};

/// The selector that replaces another one.
const HARMLESS: &str = "bundle-none";

/// A compilation that failed.
pub(super) struct Failed<'f> {
    pub problem: &'f Problem,
    pub entry: &'f Entry<'f>,
    pub files: &'f Files<'f>,
    pub find: &'f Find<'f>,
    pub compiler: &'f dyn Compiler,
}

/// A selector: its file, and its range in what the compiler got of this file.
struct Candidate<'f> {
    file: FileOf<'f>,
    /// The path of the file; `None` for the entry.
    path: Option<&'f Utf8PathBuf>,
    range: Range<usize>,
}

impl Failed<'_> {
    /// Returns where the unreadable selector is. `None`: no selector is found, or the compiler
    /// reports a place other than the beginning of a file.
    pub(super) fn selector(&self) -> Option<Label> {
        let is_at_the_beginning = |span: &FileSpan| span.place == Place::default();
        if !self.problem.place.as_ref().is_none_or(is_at_the_beginning) {
            return None;
        }
        let candidates = self.candidates();
        let by_itself = candidates.iter().find(|candidate| self.fails_alone(self.text(candidate)));
        let found = by_itself.or_else(|| self.made_by_interpolation(&candidates))?;
        let range = culprit(self.files.text(&found.file), found.range.clone());
        self.files.range_in(&found.file, range)
    }

    /// Returns all selectors of all files.
    fn candidates(&self) -> Vec<Candidate<'_>> {
        let mut partials: Vec<&Utf8PathBuf> = self.files.sources.keys().collect();
        partials.sort();
        let paths = std::iter::once(None).chain(partials.into_iter().map(Some));
        paths.flat_map(|path| self.of_file(path)).collect()
    }

    fn of_file<'s>(&'s self, path: Option<&'s Utf8PathBuf>) -> Vec<Candidate<'s>> {
        let file = || path.map_or(FileOf::Entry, |path| FileOf::Partial(&self.files.sources[path]));
        let syntax = path.map_or(self.entry.syntax, |path| Syntax::of(path.extension()));
        let ranges = selectors(self.files.text(&file()), syntax);
        ranges.into_iter().map(|range| Candidate { file: file(), path, range }).collect()
    }

    fn text(&self, candidate: &Candidate<'_>) -> &str {
        let text = match candidate.path {
            None => &self.files.entry.text,
            Some(path) => &self.files.sources[path].guarded.text,
        };
        &text[candidate.range.clone()]
    }

    /// Whether a rule with these selectors and nothing else has the same problem. `false` for
    /// selectors with interpolation, which cannot be compiled alone.
    fn fails_alone(&self, selectors: &str) -> bool {
        if selectors.contains("#{") || are_steps(selectors) {
            return false;
        }
        let text = format!("a {{ {selectors} {{ top: 0 }} }}");
        let place = Utf8Path::new("");
        let entry =
            Entry { text: &text, path: place, syntax: Syntax::Scss, project: place, silenced: &[] };
        self.fails(&entry, &Nothing)
    }

    fn fails(&self, entry: &Entry<'_>, importer: &dyn Importer) -> bool {
        let outcome = self.compiler.compile(entry, importer).outcome;
        outcome.is_err_and(|found| found.message == self.problem.message)
    }

    /// Returns the first of the selectors with interpolation without which the problem is gone.
    fn made_by_interpolation<'c>(
        &self,
        candidates: &'c [Candidate<'c>],
    ) -> Option<&'c Candidate<'c>> {
        let interpolated: Vec<&Candidate<'_>> =
            candidates.iter().filter(|candidate| self.text(candidate).contains("#{")).collect();
        let fails_with = |kept: usize| self.fails_without(&interpolated[kept..]);
        if fails_with(0) || !fails_with(interpolated.len()) {
            return None;
        }
        // Invariant: if only the first `gone` selectors are kept, the problem is gone; if the first
        // `there` are kept, it is there.
        let (mut gone, mut there) = (0, interpolated.len());
        while there - gone > 1 {
            let middle = gone.midpoint(there);
            if fails_with(middle) { there = middle } else { gone = middle }
        }
        Some(interpolated[there - 1])
    }

    /// Whether the stylesheet still has the problem with these selectors replaced.
    fn fails_without(&self, replaced: &[&Candidate<'_>]) -> bool {
        let text_of = |path: Option<&Utf8Path>, text: &str| {
            let mut left = text.to_owned();
            for candidate in replaced
                .iter()
                .rev()
                .filter(|candidate| candidate.path.map(Utf8PathBuf::as_path) == path)
            {
                left.replace_range(candidate.range.clone(), HARMLESS);
            }
            left
        };
        let text = text_of(None, self.entry.text);
        let entry = Entry {
            text: &text,
            path: self.entry.path,
            syntax: self.entry.syntax,
            project: self.entry.project,
            silenced: self.entry.silenced,
        };
        self.fails(&entry, &Replaced { failed: self, text_of: &text_of })
    }
}

/// The files that were read, with some selectors replaced.
struct Replaced<'r> {
    failed: &'r Failed<'r>,
    text_of: &'r dyn Fn(Option<&Utf8Path>, &str) -> String,
}

impl Importer for Replaced<'_> {
    fn find(
        &self,
        url: &str,
        from: Option<&Utf8Path>,
        is_import: bool,
    ) -> Result<Option<Utf8PathBuf>, String> {
        self.failed.find.find(url, from.unwrap_or(Utf8Path::new("/")), is_import)
    }

    fn read(&self, path: &Utf8Path) -> Result<String, String> {
        let known = self.failed.files.sources.get(path);
        known
            .map(|known| (self.text_of)(Some(path), &known.guarded.text))
            .ok_or_else(|| format!("there is no {path}"))
    }
}

/// An importer without files.
struct Nothing;

impl Importer for Nothing {
    fn find(&self, _: &str, _: Option<&Utf8Path>, _: bool) -> Result<Option<Utf8PathBuf>, String> {
        Ok(None)
    }

    fn read(&self, path: &Utf8Path) -> Result<String, String> {
        Err(format!("there is no {path}"))
    }
}

/// Returns where the selectors of rules are.
fn selectors(text: &str, syntax: Syntax) -> Vec<Range<usize>> {
    match syntax {
        Syntax::Indented => indented_selectors(text),
        Syntax::Scss | Syntax::Css => scss_selectors(text),
    }
}

/// Returns what is before each block, interpolation included; neither at-rules nor nested
/// properties.
fn scss_selectors(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut at, mut start) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        let is_blank = text[start..at].trim().is_empty();
        let end = if rest.starts_with("#{") {
            block_end(text, at + 1)
        } else if is_blank && rest.starts_with("//") {
            at + rest.find('\n').unwrap_or(rest.len())
        } else {
            after_token(text, at)
        };
        if is_blank && (rest.starts_with("//") || rest.starts_with("/*")) {
            start = end;
        } else if rest.starts_with(['{', '}', ';']) {
            let words = text[start..at].trim();
            if rest.starts_with('{')
                && !words.is_empty()
                && !words.starts_with('@')
                && !words.ends_with(':')
            {
                let begin = words.as_ptr().addr() - text.as_ptr().addr();
                found.push(begin..begin + words.len());
            }
            start = end;
        }
        at = end;
    }
    found
}

/// Returns the lines that are followed by deeper ones, and those that end with a comma; neither
/// at-rules nor variables, mixins, comments and nested properties.
fn indented_selectors(text: &str) -> Vec<Range<usize>> {
    let start = |line: &str| line.as_ptr().addr() - text.as_ptr().addr();
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let depth = |line: &str| line.len() - line.trim_start().len();
    let is_other = |words: &str| {
        words.starts_with(['@', '$', '=', '+'])
            || ["//", "/*"].iter().any(|begin| words.starts_with(begin))
            || words.ends_with(':')
    };
    let is_selector = |line: &str, next: Option<&&str>| {
        let words = line.trim();
        let is_deeper = next.is_some_and(|next| depth(next) > depth(line));
        (is_deeper || words.ends_with(',')) && !is_other(words)
    };
    let found =
        lines.iter().enumerate().filter(|(index, line)| is_selector(line, lines.get(index + 1)));
    found
        .map(|(_, line)| {
            let words = line.trim().trim_end_matches(',');
            let at = start(line) + depth(line);
            at..at + words.len()
        })
        .collect()
}

/// Whether selectors are steps of `@keyframes`: `0%, 50%`.
fn are_steps(selectors: &str) -> bool {
    let is_step = |one: &str| {
        one.trim().strip_suffix('%').is_some_and(|number| number.parse::<f64>().is_ok())
    };
    selectors.split(',').all(is_step)
}

/// Narrows a range to `/deep/` if it contains that.
fn culprit(text: &str, range: Range<usize>) -> Range<usize> {
    let deep = text[range.clone()].find(DEEP).map(|at| range.start + at);
    deep.map_or(range, |at| at..at + DEEP.len())
}
