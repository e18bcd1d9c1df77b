//! Mistakes and remarks as data. A `Diagnostic` carries its own texts (through `Arc<Source>`), so
//! it can be kept in a memo entry and replayed long after the file was closed. Text and JSON are
//! two renderers of the same value.

use std::{hash::BuildHasher, sync::Arc};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::source::{Source, Span};

mod excerpt; // one line around a place, safe to print
mod render; // Diagnostic -> drawn text, JSON

pub use render::{render_json, render_text};

/// How bad it is. Errors stop the build after the phase that found them; warnings can be silenced
/// by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The build goes on.
    Warning,
}

/// A place in a text, and what to say at it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Label {
    /// The text it points into.
    pub source: Arc<Source>,
    /// The bytes it underlines.
    pub span: Span,
    /// A few words beside the underline; may be empty.
    pub text: String,
}

impl Label {
    /// A place in `source`, with nothing said at it yet.
    pub fn new(source: &Arc<Source>, span: Span) -> Self {
        Self { source: Arc::clone(source), span, text: String::new() }
    }

    /// The same place with words beside it.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = text.into();
        self
    }
}

/// A further remark: another place involved, or advice without a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// The sentence.
    pub message: String,
    /// The place it is about, if any.
    pub label: Option<Label>,
}

/// What to type instead.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Suggestion {
    /// The sentence: `did you mean "./counter"?`.
    pub message: String,
    /// Literal text for the primary label's span, where that is a full remedy.
    pub replacement: Option<String>,
    /// It is an edit of the text that is shown, and no setting, command or other file.
    pub is_edit: bool,
}

/// One thing the tool has to say. Built with the methods below, in each crate's `messages.rs` only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Stable kebab-case code; `bundle explain CODE` has its long text.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in the user's words; no trailing full stop.
    pub message: String,
    /// The user's text it is about. `None` only where there is no text (a flag, a missing entry).
    pub primary: Option<Label>,
    /// Other places and advice, in reading order.
    pub notes: Vec<Note>,
    /// The remedy as text to type.
    pub fix: Option<Suggestion>,
}

impl Diagnostic {
    /// An error under a code.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning under a code.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self { code, severity, message, primary: None, notes: Vec::new(), fix: None }
    }

    /// Points at the user's text.
    #[must_use]
    pub fn at(mut self, label: Label) -> Self {
        self.primary = Some(label);
        self
    }

    /// Adds advice without a place.
    #[must_use]
    pub fn note(mut self, message: impl Into<String>) -> Self {
        self.notes.push(Note { message: message.into(), label: None });
        self
    }

    /// Adds another place involved.
    #[must_use]
    pub fn note_at(mut self, message: impl Into<String>, label: Label) -> Self {
        self.notes.push(Note { message: message.into(), label: Some(label) });
        self
    }

    /// Adds a remedy that edits the text shown; `replacement` is literal text for the primary span.
    #[must_use]
    pub fn fix(mut self, message: impl Into<String>, replacement: Option<String>) -> Self {
        self.fix = Some(Suggestion { message: message.into(), replacement, is_edit: true });
        self
    }

    /// Adds a remedy that leaves the text shown as it is: a setting, a command, what to install.
    #[must_use]
    pub fn remedy(mut self, message: impl Into<String>) -> Self {
        self.fix = Some(Suggestion { message: message.into(), replacement: None, is_edit: false });
        self
    }

    /// Adds a remedy if there is a near name: `maybe_fix(near, |n| format!("did you mean
    /// \"{n}\"?"))`.
    #[must_use]
    pub fn maybe_fix(self, near: Option<&str>, message: impl Fn(&str) -> String) -> Self {
        match near {
            Some(name) => self.fix(message(name), Some(name.to_owned())),
            None => self,
        }
    }
}

/// The log of a phase. Order of reporting is kept; equal diagnostics are reported once.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    /// The first of them by its gist: sheets of old days say thousands of things, and the same ones
    /// again and again.
    said: FxHashMap<u64, usize>,
}

/// A hash of where a diagnostic stands and what it says.
fn gist(diagnostic: &Diagnostic) -> u64 {
    let place = diagnostic.primary.as_ref().map(|label| (&label.source.name, label.span));
    FxBuildHasher.hash_one((diagnostic.code, &diagnostic.message, place))
}

impl Diagnostics {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one, unless it was said already.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let first = *self.said.entry(gist(&diagnostic)).or_insert(self.items.len());
        let is_new = match self.items.get(first) {
            Some(known) => *known != diagnostic && !self.items[first + 1..].contains(&diagnostic),
            None => true,
        };
        if is_new {
            self.items.push(diagnostic);
        }
    }

    /// Adds many: a replay from a memo entry, or another task's log.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
    }

    /// True if an error was reported.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// The end of a phase: `Err` with everything said so far if there was an error.
    pub fn stop_on_error(&mut self) -> Result<(), Diagnostics> {
        if self.has_errors() { Err(std::mem::take(self)) } else { Ok(()) }
    }

    /// Everything said, in order; the log is empty afterwards.
    pub fn take(&mut self) -> Vec<Diagnostic> {
        self.said.clear();
        std::mem::take(&mut self.items)
    }

    /// Everything said, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// True if nothing was said.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}

/// The candidate nearest to `name` by edit distance, if near enough to be a typing mistake.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let limit = match name.chars().count() {
        0..=2 => 1,
        3..=5 => 2,
        _ => 3,
    };
    let distance = |c: &str| typing_mistakes(name, c);
    let (best, how_far) =
        candidates.into_iter().map(|c| (c, distance(c))).min_by_key(|(_, d)| *d)?;
    (how_far <= limit && how_far < name.chars().count()).then_some(best)
}

/// How many typing mistakes lead from one word to the other: letters that are wrong, missing, too
/// many or exchanged.
pub fn typing_mistakes(written: &str, meant: &str) -> usize {
    strsim::damerau_levenshtein(written, meant)
}
