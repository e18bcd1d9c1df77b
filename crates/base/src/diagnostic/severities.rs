//! The severities that the configuration chooses for codes. Warnings can be hidden or raised to
//! errors. A few errors can be lowered: those that other bundlers report without stopping.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::model::{Diagnostic, Severity};

/// The codes of errors that may be lowered. webpack and Rollup report those of exports as warnings,
/// and the imported value is `undefined` at run time. Other compilers do not report constructs that
/// they cannot lower. Vite leaves the address of a missing asset to the server. webpack 4 does not
/// know `exports` of packages.
pub const LOWERABLE: [&str; 6] = [
    "ambiguous-export",
    "circular-export",
    EXCEEDS_TARGET,
    "missing-asset",
    "missing-export",
    NOT_EXPORTED,
];

/// The code of a construct that the target lacks. If the error is lowered, regular expressions are
/// compiled to calls.
const EXCEEDS_TARGET: &str = "exceeds-target";

/// The code of a file that the `exports` of its package leave out. If the error is lowered, the
/// file is used.
const NOT_EXPORTED: &str = "not-exported";

const CANNOT_BE_LOWERED: &str =
    "`severity` cannot lower this error: the output would not work without a correction";

/// What the configuration chooses for a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// It is not reported.
    Off,
    /// It is a warning.
    Warn,
    /// It is an error.
    Error,
}

/// The chosen severities, by code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Severities {
    /// `silence`: codes of warnings that are not shown. Errors with these codes are.
    pub silenced: BTreeSet<String>,
    /// `severity`: levels by code.
    pub levels: BTreeMap<String, Level>,
}

impl Severities {
    /// Returns a diagnostic with the chosen severity; `None` if it is not reported.
    pub fn apply(&self, mut diagnostic: Diagnostic) -> Option<Diagnostic> {
        if self.levels.is_empty() && self.silenced.is_empty() {
            return Some(diagnostic);
        }
        let may_change =
            diagnostic.severity == Severity::Warning || LOWERABLE.contains(&diagnostic.code);
        match self.levels.get(diagnostic.code) {
            Some(Level::Off) if may_change => return None,
            Some(Level::Warn) if may_change => diagnostic.severity = Severity::Warning,
            Some(Level::Off | Level::Warn) => return Some(explained(diagnostic)),
            Some(Level::Error) => diagnostic.severity = Severity::Error,
            None => {}
        }
        let is_hidden =
            diagnostic.severity == Severity::Warning && self.silenced.contains(diagnostic.code);
        (!is_hidden).then_some(diagnostic)
    }

    /// Whether constructs that the target lacks are allowed.
    pub fn allows_excess(&self) -> bool {
        self.lowers(EXCEEDS_TARGET)
    }

    /// Whether regular expressions of packages that the target lacks are errors too.
    pub fn refuses_excess_of_packages(&self) -> bool {
        self.levels.get(EXCEEDS_TARGET) == Some(&Level::Error)
    }

    /// Whether files that the `exports` of their packages leave out may be imported.
    pub fn allows_hidden_files(&self) -> bool {
        self.lowers(NOT_EXPORTED)
    }

    fn lowers(&self, code: &str) -> bool {
        matches!(self.levels.get(code), Some(Level::Off | Level::Warn))
    }

    /// Returns what the text of compiled modules depends on.
    #[must_use]
    pub fn of_modules(&self) -> Self {
        let level = match self.levels.get(EXCEEDS_TARGET) {
            Some(Level::Off | Level::Warn) => Some(Level::Warn),
            Some(Level::Error) => Some(Level::Error),
            None => None,
        };
        let decides = level.map(|level| (EXCEEDS_TARGET.to_owned(), level));
        Self { levels: decides.into_iter().collect(), ..Self::default() }
    }

    /// Whether warnings with this code are not reported.
    pub fn hides(&self, code: &str) -> bool {
        match self.levels.get(code) {
            Some(Level::Off) => true,
            Some(Level::Error) => false,
            Some(Level::Warn) | None => self.silenced.contains(code),
        }
    }
}

/// Adds a note to an error that `severity` cannot lower, once.
fn explained(diagnostic: Diagnostic) -> Diagnostic {
    if diagnostic.notes.iter().any(|note| note.message == CANNOT_BE_LOWERED) {
        return diagnostic;
    }
    diagnostic.note(CANNOT_BE_LOWERED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severities(silenced: &[&str], levels: &[(&str, Level)]) -> Severities {
        Severities {
            silenced: silenced.iter().map(ToString::to_string).collect(),
            levels: levels.iter().map(|(code, level)| ((*code).to_owned(), *level)).collect(),
        }
    }

    fn applied(severities: &Severities, diagnostic: Diagnostic) -> Option<Severity> {
        severities.apply(diagnostic).map(|diagnostic| diagnostic.severity)
    }

    #[test]
    fn warnings_are_hidden_or_raised() {
        let chosen = severities(&["direct-eval"], &[("style-order", Level::Error)]);
        assert_eq!(applied(&chosen, Diagnostic::warning("direct-eval", "")), None);
        assert_eq!(applied(&chosen, Diagnostic::warning("style-order", "")), Some(Severity::Error));
        assert_eq!(
            applied(&chosen, Diagnostic::warning("empty-entry", "")),
            Some(Severity::Warning)
        );
    }

    #[test]
    fn only_some_errors_are_lowered() {
        let levels = [("missing-export", Level::Warn), ("missing-file", Level::Off)];
        let chosen = severities(&[], &levels);
        assert_eq!(
            applied(&chosen, Diagnostic::error("missing-export", "")),
            Some(Severity::Warning)
        );
        let kept =
            chosen.apply(Diagnostic::error("missing-file", "")).expect("it is not turned off");
        assert_eq!(kept.severity, Severity::Error);
        assert_eq!(kept.notes.len(), 1);
        assert_eq!(chosen.apply(kept.clone()), Some(kept));
    }

    #[test]
    fn modules_depend_on_few_levels() {
        let levels = [("missing-export", Level::Warn), ("exceeds-target", Level::Off)];
        let decisive = severities(&[], &[("exceeds-target", Level::Warn)]);
        assert_eq!(severities(&["direct-eval"], &levels).of_modules(), decisive);
        let raised = severities(&[], &[("exceeds-target", Level::Error)]);
        assert_eq!(raised.of_modules(), severities(&[], &[("exceeds-target", Level::Error)]));
    }

    #[test]
    fn a_raised_warning_is_not_silenced() {
        let chosen = severities(&["direct-eval"], &[("direct-eval", Level::Error)]);
        assert_eq!(applied(&chosen, Diagnostic::warning("direct-eval", "")), Some(Severity::Error));
        assert!(!chosen.hides("direct-eval"));
    }
}
