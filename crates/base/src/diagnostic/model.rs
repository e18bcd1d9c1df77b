//! A diagnostic and the log that collects them.

use std::{hash::BuildHasher, sync::Arc};

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::source::{Source, Span};

/// The severity of a diagnostic. Errors stop the build after the phase that found them; warnings
/// can be silenced by code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// The build goes on.
    Warning,
}

/// A place in a text, and the words to show at it.
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
    /// A label for a place in `source`, without words.
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

/// An additional message: another place involved, or advice without a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// The sentence.
    pub message: String,
    /// The place that the note is about, if any.
    pub label: Option<Label>,
}

/// A suggested remedy.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Suggestion {
    /// The sentence: `did you mean "./counter"?`.
    pub message: String,
    /// Text to replace the primary label's span with, if that alone is the remedy.
    pub replacement: Option<String>,
    /// The remedy edits the text shown; otherwise it is a setting, a command or a change of another
    /// file.
    pub is_edit: bool,
}

/// One error or warning. Built with the methods below, and only in each crate's `messages.rs`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// Stable kebab-case code; `bundle explain CODE` prints its long description.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong, in the user's words; no trailing full stop.
    pub message: String,
    /// The place in the user's text that the message is about. `None` only if there is no text (a
    /// flag, a missing entry).
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

/// The diagnostics of a phase, in the order in which they were reported. Equal diagnostics are kept
/// once.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    /// The index of the first diagnostic with each gist. Old stylesheets cause thousands of
    /// diagnostics, many of them equal, so `push` must find duplicates quickly.
    reported: FxHashMap<u64, usize>,
}

/// Returns a hash of the code, the message and the place of a diagnostic.
fn gist(diagnostic: &Diagnostic) -> u64 {
    let place = diagnostic.primary.as_ref().map(|label| (&label.source.name, label.span));
    FxBuildHasher.hash_one((diagnostic.code, &diagnostic.message, place))
}

impl Diagnostics {
    /// An empty log.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic, unless an equal one was added before.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let first = *self.reported.entry(gist(&diagnostic)).or_insert(self.items.len());
        let is_new = match self.items.get(first) {
            Some(known) => *known != diagnostic && !self.items[first + 1..].contains(&diagnostic),
            None => true,
        };
        if is_new {
            self.items.push(diagnostic);
        }
    }

    /// Adds many diagnostics: those of a memo entry, or those of another task.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        for diagnostic in diagnostics {
            self.push(diagnostic);
        }
    }

    /// True if an error was reported.
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|d| d.severity == Severity::Error)
    }

    /// Ends a phase: returns `Err` with everything reported so far if there was an error.
    pub fn stop_on_error(&mut self) -> Result<(), Diagnostics> {
        if self.has_errors() { Err(std::mem::take(self)) } else { Ok(()) }
    }

    /// Returns everything reported, in order, and empties the log.
    pub fn take(&mut self) -> Vec<Diagnostic> {
        self.reported.clear();
        std::mem::take(&mut self.items)
    }

    /// Everything reported, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.items.iter()
    }

    /// True if nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
