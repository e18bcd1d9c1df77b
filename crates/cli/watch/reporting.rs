//! What people and pages learn of a build: in the terminal, on the desktop, and in the files that
//! pages read.

use std::{mem, time::Duration};

use bundle_base::{Diagnostics, diagnostic::Severity};
use bundle_dev::Polling;
use bundle_engine::{Follower, Phase, Update};
use camino::Utf8Path;

use super::{Done, Watch, desktop, socket::Socket, status::Status};
use crate::{
    messages,
    progress::Progress,
    project::{Project, shown},
    report::{Aside, Reporter},
};

/// Who follows a rebuild: people who want to know what it costs, and pages.
pub(super) struct Told<'a> {
    pub progress: &'a mut Progress,
    pub status: &'a mut Status,
    pub socket: &'a Socket,
    pub dir: &'a Utf8Path,
}

impl Follower for Told<'_> {
    fn begins(&mut self, phase: Phase) {
        self.progress.phase(phase);
    }

    fn announce(&mut self, update: &Update) {
        if self.status.announce(update, self.dir) {
            self.status.tell(self.dir, self.socket);
        }
    }
}

impl Watch<'_> {
    /// Says where files are looked at, if that is new.
    pub(super) fn say_polls(&mut self) {
        let polls = self.watcher.polls_because();
        let is_silenced = |polling: &Polling| {
            polling.is_refused && self.project.config.is_silenced("watch-polls")
        };
        for polling in polls.difference(&self.polls).filter(|polling| !is_silenced(polling)) {
            self.reporter.polls(polling);
        }
        self.polls.clone_from(polls);
    }

    /// What follows has the screen to itself.
    pub(super) fn clear(&self) {
        if let Some(changes) = &self.changes {
            self.reporter.clear(Some(changes), &self.project.cwd);
        }
    }

    pub(super) fn say(&mut self, done: &Done, took: Duration, known_warnings: usize) {
        if !done.restored.is_empty() {
            self.reporter.restores(&done.restored);
        }
        let is_corrected = mem::take(&mut self.has_failed);
        if is_corrected && self.project.config.watch.notify {
            let (title, text) = messages::corrected_on_desktop();
            desktop::show(title, text);
        }
        self.reporter.rebuilt(done, took, &Aside { is_corrected, known_warnings });
    }

    /// Pages hear of the outputs that were just written.
    pub(super) fn tell_pages_of_outputs(&mut self) {
        if let Some(outputs) = self.disk.outputs() {
            self.status.built(outputs.hashes.clone());
        }
        self.tell_pages();
    }

    /// Pages that know how to ask hear of what happened.
    pub(super) fn tell_pages(&mut self) {
        let output = &self.project.config.output;
        self.socket.follow(&self.project.config);
        if output.updates {
            self.status.tell(&output.dir, &self.socket);
        } else {
            self.status.forget_outputs(&output.dir);
        }
    }

    pub(super) fn fail(&mut self, mut failed: Diagnostics) {
        self.status.failed(failed.iter());
        self.tell_pages();
        if self.project.config.watch.notify && !self.has_failed {
            let errors =
                || failed.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
            let first = errors().next().map(|error| error.message.clone()).unwrap_or_default();
            let (title, text) =
                messages::failed_on_desktop(&first, errors().count().saturating_sub(1));
            desktop::show(title, &text);
        }
        let news = self.said.after_failure(failed.take(), self.reporter.is_for_programs());
        self.clear();
        self.reporter.say_all(&news.shown);
        self.reporter.failed(self.disk.has_outputs(), news.known);
        self.has_failed = true;
    }
}

/// Says that another build has to be waited for.
pub(super) fn waits(reporter: Reporter, project: &Project) -> impl FnMut(Option<u32>) + use<> {
    let dir = shown(&project.config.output.dir, &project.cwd);
    move |process| reporter.waits(&dir, process)
}
