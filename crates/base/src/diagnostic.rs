//! Errors and warnings as data. A `Diagnostic` holds the sources it points into (through
//! `Arc<Source>`), so a memo entry can keep it and report it again long after the file was read.
//! Text and JSON are two renderings of the same value.

use std::{hash::BuildHasher, sync::Arc};

use rustc_hash::{FxBuildHasher, FxHashMap};

mod excerpt; // the line of a place, safe to print
mod model; // Diagnostic and what it is made of
mod nearest; // the name that was probably meant
mod render; // Diagnostic -> drawn text, JSON
mod severities; // which severity a code has

pub use model::{Diagnostic, Label, Note, Severity, Suggestion};
pub use nearest::{nearest, typing_mistakes};
pub use render::{render_json, render_text};
pub use severities::{LOWERABLE, Level, Severities};

/// The diagnostics of a phase, in the order in which they were reported. Equal diagnostics are kept
/// once.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    /// The index of the first diagnostic with each gist. Old stylesheets cause thousands of
    /// diagnostics, many of them equal, so `push` must find duplicates quickly.
    reported: FxHashMap<u64, usize>,
    /// Applied to each diagnostic as it is added.
    severities: Arc<Severities>,
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

    /// An empty log that gives each diagnostic the severity that the configuration chooses, and
    /// leaves out those that it turns off.
    pub fn with(severities: &Severities) -> Self {
        Self { severities: Arc::new(severities.clone()), ..Self::default() }
    }

    /// Adds a diagnostic, unless an equal one was added before.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        let Some(diagnostic) = self.severities.apply(diagnostic) else { return };
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

    /// Whether an error was reported.
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

    /// Whether nothing was reported.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }
}
