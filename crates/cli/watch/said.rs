//! Which warnings people have seen. A project of old sheets has hundreds, and they are the same
//! after each edit: shown again, they would push what matters off the screen. Programs get whatever
//! differs from the last build.

use std::collections::BTreeSet;

use bundle_base::{Diagnostic, diagnostic::Severity};

/// What was said so far.
#[derive(Default)]
pub struct Said {
    /// Of the last builds, as people recognise it.
    gists: BTreeSet<String>,
    /// All warnings of the last build that succeeded.
    last: Vec<Diagnostic>,
}

/// What is to be said of a build.
pub struct News {
    /// In the order in which they are to be read: errors last, where the eye is.
    pub shown: Vec<Diagnostic>,
    /// How many warnings are as they were.
    pub known: usize,
}

impl Said {
    /// What is new in a build that succeeded with these warnings. `is_exact`: programs want to know
    /// whatever differs.
    pub fn after_success(&mut self, warnings: Vec<Diagnostic>, is_exact: bool) -> News {
        let is_known = |warning: &Diagnostic| {
            if is_exact { self.last.contains(warning) } else { self.gists.contains(&gist(warning)) }
        };
        let shown: Vec<Diagnostic> =
            warnings.iter().filter(|warning| !is_known(warning)).cloned().collect();
        let known = warnings.len() - shown.len();
        self.gists = warnings.iter().map(gist).collect();
        self.last = warnings;
        News { shown, known }
    }

    /// What is new in a build that failed. Programs are told everything.
    pub fn after_failure(&mut self, all: Vec<Diagnostic>, is_exact: bool) -> News {
        // The warnings of the next build are part of what comes after the mistake is corrected.
        self.last.clear();
        if is_exact {
            return News { shown: all, known: 0 };
        }
        let count = all.len();
        let (errors, warnings): (Vec<_>, Vec<_>) =
            all.into_iter().partition(|d| d.severity == Severity::Error);
        let new = warnings.into_iter().filter(|warning| self.gists.insert(gist(warning)));
        let shown: Vec<Diagnostic> = new.chain(errors).collect();
        let known = count - shown.len();
        News { shown, known }
    }
}

/// A warning without what moves when its file is edited elsewhere: the numbers of lines, and how
/// many places there are.
fn gist(warning: &Diagnostic) -> String {
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
