//! One error or warning as data: its code, message and place, and the notes and the remedy.

use std::sync::Arc;

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
