//! Reports of a build: in the terminal, on the desktop, and in the files that pages read.

use std::{
    mem,
    time::{Duration, Instant},
};

use bundle_base::{Diagnostics, diagnostic::Severity};
use bundle_dev::{Polling, Watcher};
use bundle_engine::{Follower, Phase, Update};
use camino::Utf8Path;

use super::{
    being_written::BeingWritten,
    state::{Pages, Watch},
};
use crate::{
    messages,
    platform::desktop,
    progress::Progress,
    project::{Project, shown},
    report::{Aside, Reporter},
    written::Rebuilt,
};

/// The watcher notices a change that may explain a difference within this time, also where it
/// polls.
const NOTICED: Duration = Duration::from_secs(2);

/// Follows a rebuild, for the costs of its phases and for pages.
pub(super) struct BuildFollower<'a> {
    pub progress: &'a mut Progress,
    pub pages: &'a mut Pages,
    pub dir: &'a Utf8Path,
    pub watcher: &'a mut Watcher,
    pub being_written: &'a BeingWritten,
}

impl Follower for BuildFollower<'_> {
    fn begins(&mut self, phase: Phase) {
        self.progress.phase(phase);
    }

    fn announce(&mut self, update: &Update) {
        // Pages wait for the next build.
        if self.being_written.is_any_empty() || self.watcher.is_outdated() {
            self.pages.status.keep(update, self.dir);
        } else if self.pages.status.announce(update, self.dir) {
            self.pages.status.publish(self.dir, &self.pages.socket);
        }
    }
}

impl Watch<'_> {
    /// Reports where files are polled, unless that was reported before.
    pub(super) fn report_polling(&mut self) {
        let polls = self.watcher.polls_because();
        let is_silenced = |polling: &Polling| {
            polling.is_refused && self.project.config.is_silenced("watch-polls")
        };
        for polling in
            polls.difference(&self.reported.polls).filter(|polling| !is_silenced(polling))
        {
            self.reporter.polls(polling);
        }
        self.reported.polls.clone_from(polls);
    }

    /// Clears the screen for the reports of this build.
    pub(super) fn clear(&self) {
        if let Some(changes) = &self.edits.built {
            self.reporter.clear(Some(changes), &self.project.cwd);
        }
    }

    pub(super) fn report_rebuild(&mut self, done: &Rebuilt, took: Duration, known_warnings: usize) {
        if !done.restored.is_empty() {
            self.reporter.restores(&done.restored);
        }
        let is_corrected = mem::take(&mut self.reported.has_failed);
        if is_corrected && self.project.config.watch.notify {
            let (title, text) = messages::corrected_on_desktop();
            desktop::show(title, text);
        }
        self.reporter.rebuilt(done, took, &Aside { is_corrected, known_warnings });
    }

    /// Compares the written outputs with a clean build, and reports the result.
    #[expect(clippy::disallowed_methods, reason = "people want to know how long it took")]
    pub(super) fn verify(&mut self) {
        let begin = Instant::now();
        let Some(verify) = self.extras.verify.as_mut() else { return };
        let Some(outputs) = self.disk.outputs() else { return };
        let compared = verify.compare(self.invocation, &self.project, outputs);
        if !compared.is_same() {
            if !self.watcher.is_outdated() {
                self.edits.pending = self.watcher.next_change_within(NOTICED);
                // The wait may have consumed a ring of the bell, so it is rung again.
                self.watcher.bell().ring();
            }
            if self.edits.pending.is_some() || self.watcher.is_outdated() {
                self.reporter.unverified();
                return;
            }
        }
        let changes = verify.shown_changes(&self.project);
        if compared.is_same() {
            verify.forget_changes();
        }
        let comparison = compared.to_json(&changes, begin.elapsed());
        self.reporter.report_all(&compared.diagnostics(&changes));
        let same = compared.is_same().then_some(compared.files);
        self.reporter.verified(&comparison, same, begin.elapsed());
    }

    /// Sends pages the hashes of the outputs that were just written.
    pub(super) fn notify_pages_of_outputs(&mut self) {
        if let Some(outputs) = self.disk.outputs() {
            self.pages.status.record_build(outputs);
        }
        self.notify_pages();
    }

    /// Writes the status for pages, if outputs have the code that reads it.
    pub(super) fn notify_pages(&mut self) {
        let output = &self.project.config.output;
        self.pages.socket.follow(&self.project.config);
        if output.updates {
            self.pages.status.publish(&output.dir, &self.pages.socket);
        } else {
            self.pages.status.forget_outputs(&output.dir);
        }
    }

    pub(super) fn fail(&mut self, mut failed: Diagnostics) {
        self.pages.status.record_failure(failed.iter());
        self.notify_pages();
        if self.project.config.watch.notify && !self.reported.has_failed {
            let errors =
                || failed.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            let first = errors().next().map(|error| error.message.clone()).unwrap_or_default();
            let (title, text) =
                messages::failed_on_desktop(&first, errors().count().saturating_sub(1));
            desktop::show(title, &text);
        }
        let to_report =
            self.reported.warnings.after_failure(failed.take(), self.reporter.is_for_programs());
        self.clear();
        self.reporter.report_all(&to_report.shown);
        self.reporter.failed(self.disk.has_outputs(), to_report.known);
        self.reported.has_failed = true;
    }
}

/// Returns a callback that reports that another build must finish first.
pub(super) fn waits(reporter: Reporter, project: &Project) -> impl FnMut(Option<u32>) + use<> {
    let dir = shown(&project.config.output.dir, &project.cwd);
    move |process| reporter.waits(&dir, process)
}
