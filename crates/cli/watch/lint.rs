//! Lint beside a watcher: it hears when builds begin and end.

use super::Watch;
use crate::lint::{self, Lint};

impl Watch<'_> {
    /// Tells lint that a build has ended; `is_built`: its sources are known.
    pub(super) fn lint_after_build(&mut self, is_built: bool) {
        let Some(lint) = self.lint.as_mut() else { return };
        let sources = is_built.then(|| lint::sources(self.session.files()));
        self.has_new_reads |= lint.built(sources);
    }

    /// Tells pages what lint has found since the last time.
    pub(super) fn tell_findings(&mut self) {
        if let Some(findings) = self.lint.as_ref().and_then(Lint::take_told) {
            self.status.found(findings);
            self.tell_pages();
        }
    }
}
