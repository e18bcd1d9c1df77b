//! Which warnings the user has already seen. A project with old stylesheets has hundreds, the same
//! after each edit: shown again, they would push the new ones off the screen. Programs get every
//! warning that differs from the last build.

use std::collections::BTreeSet;

use bundle_base::{Diagnostic, diagnostic::Severity};

/// The warnings that were reported.
#[derive(Default)]
pub struct KnownWarnings {
    /// The warnings of the last builds, each as its `warning_key`.
    keys: BTreeSet<String>,
    /// All warnings of the last build that succeeded.
    last: Vec<Diagnostic>,
}

/// The diagnostics to report of a build.
pub struct ToReport {
    /// The diagnostics in the order in which they are shown: errors last, nearest to the prompt.
    pub shown: Vec<Diagnostic>,
    /// How many warnings were already shown.
    pub known: usize,
}

impl KnownWarnings {
    /// Returns the new warnings of a build that succeeded. `is_exact`: for programs, which get
    /// every warning that differs.
    pub fn after_success(&mut self, warnings: Vec<Diagnostic>, is_exact: bool) -> ToReport {
        let is_known = |warning: &Diagnostic| {
            if is_exact {
                self.last.contains(warning)
            } else {
                self.keys.contains(&warning_key(warning))
            }
        };
        let shown: Vec<Diagnostic> =
            warnings.iter().filter(|warning| !is_known(warning)).cloned().collect();
        let known = warnings.len() - shown.len();
        self.keys = warnings.iter().map(warning_key).collect();
        self.last = warnings;
        ToReport { shown, known }
    }

    /// Returns the new diagnostics of a build that failed. Programs get all of them.
    pub fn after_failure(&mut self, all: Vec<Diagnostic>, is_exact: bool) -> ToReport {
        // Programs then get all warnings of the build that follows the correction.
        self.last.clear();
        if is_exact {
            return ToReport { shown: all, known: 0 };
        }
        let count = all.len();
        let (errors, warnings): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|d| d.severity == Severity::Error);
        let new = warnings.into_iter().filter(|warning| self.keys.insert(warning_key(warning)));
        let shown: Vec<Diagnostic> = new.chain(errors).collect();
        let known = count - shown.len();
        ToReport { shown, known }
    }
}

/// Returns a warning without the parts that change when its file is edited elsewhere: line numbers
/// and counts.
fn warning_key(warning: &Diagnostic) -> String {
    let message: String = warning.message.chars().filter(|c| !c.is_ascii_digit()).collect();
    let place = warning.primary.as_ref().map(|label| {
        let text = &label.source.text;
        let at = (label.span.start as usize).min(text.len());
        let start = text.as_bytes()[..at]
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let line = text[start..].lines().next().unwrap_or_default();
        format!("{}\n{line}", label.source.name)
    });
    format!("{}\n{message}\n{}", warning.code, place.unwrap_or_default())
}
