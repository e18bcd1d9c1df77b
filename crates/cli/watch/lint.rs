//! Lint beside a watcher: notifies lint when builds end, and passes its findings to pages.

use super::state::Watch;
use crate::lint::{self, Lint};

impl Watch<'_> {
    /// Notifies lint that a build has ended. `is_built`: the build succeeded, so its sources are
    /// known.
    pub(super) fn lint_after_build(&mut self, is_built: bool) {
        let Some(lint) = self.extras.lint.as_mut() else { return };
        let sources = is_built.then(|| lint::sources(self.session.files()));
        self.decided.has_new_reads |= lint.built(sources);
    }

    /// Sends new findings of lint to pages.
    pub(super) fn notify_pages_of_findings(&mut self) {
        if let Some(findings) = self.extras.lint.as_ref().and_then(Lint::take_findings) {
            self.pages.status.record_findings(findings);
            self.notify_pages();
        }
    }
}
