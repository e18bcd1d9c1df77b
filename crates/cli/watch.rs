//! `--watch`: builds once, then rebuilds what each change affects. It watches exactly the paths
//! that the configuration and the Session have read or looked for: a new file that an area's
//! pattern matches changes the configuration, and a changed configuration makes a new Session.
//! After an error the last good outputs are kept, and the next change builds again; outputs that
//! could not be written are written again without waiting for a change. Watching ends when the
//! process is interrupted. It does not start if there is no configuration or the arguments are
//! wrong.

use std::{
    mem,
    panic::{self, AssertUnwindSafe},
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use bundle_base::{Diagnostics, fs::Reads};
use bundle_engine::{Build, ChangeSet, Counts, Phase, with_threads};

use crate::{
    args::Invocation,
    bugs, cache,
    lint::Lint,
    messages,
    platform::desktop,
    progress::Progress,
    project::{self, Project, shown},
    report::Reporter,
    report_page, stop,
    summary::Measures,
    terminal::Key,
    written::Rebuilt,
};

mod being_written; // files that a program is writing
mod disk; // the written outputs, and whether they are still on the disk
mod keys; // keys that the user presses
mod known_warnings; // which warnings were already shown
mod lint; // lint beside builds
pub mod opening; // the configuration, once it is valid
mod reporting; // reports of a build to the terminal, the desktop and pages
mod restoring; // outputs that other programs remove
mod socket; // the event stream for pages on this machine
mod state; // the state that is kept from build to build
pub mod status; // the status file that pages read
mod verify; // whether rebuilds equal clean builds
mod views; // files whose change reloads pages
mod watcher_lock; // one watcher for each output folder

use being_written::BeingWritten;
use disk::{Disk, Retry};
use keys::Keys;
use opening::{Start, open, open_first};
use reporting::{BuildFollower, waits};
use state::{Decided, Edits, Extras, Pages, Reported, Watch};
use verify::Verify;
use views::Views;
use watcher_lock::WatcherLock;

/// A build is written at the latest after this time, even if newer changes keep making builds out
/// of date.
const LONGEST_UNWRITTEN: Duration = Duration::from_secs(2);
/// How long to wait before outputs that could not be written are tried again, at first and at most:
/// a full disk may stay full.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// Watches until the process ends. `Err` if watching could not start.
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let since = SystemTime::now();
    let Some(cwd) = project::working_directory(&mut log) else { return Err(log) };
    stop::on_signals();
    let (keys, reporter) = (Keys::default(), reporter.on_screen());
    let mode = if reporter.is_on_screen() { keys.listen() } else { None };
    let reporter = if mode.is_some() { reporter.with_keys() } else { reporter };
    let opened = open_first(reporter, invocation, Start { cwd, since }, log)?;
    let lock = claim(&opened.project)?;
    keys.ring(opened.watcher.bell());
    with_threads(invocation.jobs, move || {
        let (is_warm, cold) =
            (!invocation.no_cache && opened.corrected_by.is_none(), opened.project.session());
        let (session, cache) = if is_warm {
            cache::warm(cold, &opened.project, invocation.jobs)
        } else {
            (cold, None)
        };
        let mut watch = Watch {
            reporter,
            invocation,
            session,
            pages: Pages { views: Views::of(&opened.project.config), ..Pages::default() },
            extras: Extras {
                keys,
                lint: Lint::of(&opened.project, reporter, opened.watcher.bell()),
                cache,
                verify: invocation.is_verified.then(Verify::default),
            },
            project: opened.project,
            decided: Decided {
                reads: opened.config_reads,
                reads_of_builds: Reads::default(),
                has_new_reads: true,
                is_valid: true,
                warnings: opened.config_warnings,
            },
            watcher: opened.watcher,
            disk: Disk::default(),
            reported: Reported { has_failed: opened.corrected_by.is_some(), ..Reported::default() },
            edits: Edits::default(),
            lock,
        };
        watch.watcher.set_poll(watch.project.config.watch.poll);
        match opened.corrected_by {
            None => watch.build_first(since),
            Some(changes) => watch.build_again(&changes),
        }
        loop {
            match watch.next_change() {
                Some(changes) if watch.touch_only_folders_of_views(&changes) => {}
                Some(changes) => watch.build_again(&changes),
                None => {
                    watch.handle_keys();
                    watch.restore_outputs();
                }
            }
        }
    })
}

/// Claims the output folder. `Err` if another watcher has it.
fn claim(project: &Project) -> Result<WatcherLock, Diagnostics> {
    WatcherLock::claim(&project.config.output.dir, project.fs.as_ref())
        .map_err(|process| already_watched(project, process))
}

fn already_watched(project: &Project, process: Option<u32>) -> Diagnostics {
    let mut log = Diagnostics::new();
    let dir = shown(&project.config.output.dir, &project.cwd);
    log.push(messages::already_watched(&dir, process));
    log
}

impl Watch<'_> {
    fn build_first(&mut self, since: SystemTime) {
        let mut progress = Progress::start(self.reporter.shows_progress());
        let built = self.session.build_with_follower(&mut |phase: Phase| progress.phase(phase));
        let is_built = built.is_ok();
        // The progress line goes before anything is printed.
        progress.hide();
        self.reporter.clear(None, &self.project.cwd);
        progress.begin("write");
        let written = built.and_then(|built| self.write(built));
        progress.begin("watch");
        self.watch(since);
        match written {
            Ok((done, counts, _)) => {
                let costs = progress.finish();
                self.reporter.summary(&self.project.config, &done.written, &Measures::default());
                self.reporter.costs(&costs, counts);
            }
            Err(failed) => self.fail(failed),
        }
        self.report_polling();
        self.reporter.watching();
        self.lint_after_build(is_built);
        if let (Some(place), Some(cache)) =
            (self.extras.cache.take(), self.session.take_cache().filter(|_| is_built))
        {
            place.keep(&cache, &self.project, &mut Diagnostics::new());
        }
        self.edits.built = Some(ChangeSet::default());
    }

    #[expect(clippy::disallowed_methods, reason = "people want to know how long a rebuild took")]
    fn build_again(&mut self, changes: &ChangeSet) {
        let (since, begin) = (SystemTime::now(), Instant::now());
        self.reporter.noticed(changes, &self.project.cwd);
        self.edits.built = Some(changes.clone());
        let being_written = BeingWritten::await_contents(changes);
        self.update_before_postcss(changes, &being_written);
        self.session.apply(changes);
        if let Some(verify) = &mut self.extras.verify {
            verify.note(changes);
        }
        if let Some(lint) = &self.extras.lint {
            lint.building(changes);
        }
        if self.pages.views.is_touched(changes) {
            self.decided.has_new_reads = true;
            if self.pages.views.update(changes, &self.project.config) {
                self.pages.status.count_reload();
            }
        }
        if !self.decided.is_valid
            || changes.iter().any(|(path, change)| self.decided.reads.is_touched(path, change))
        {
            self.decide();
        }
        let mut progress = Progress::start(false);
        let built = self.decided.is_valid.then(|| {
            let output = &self.project.config.output;
            let mut follower = BuildFollower {
                progress: &mut progress,
                pages: &mut self.pages,
                dir: &output.dir,
                watcher: &mut self.watcher,
                being_written: &being_written,
            };
            // After a bug the session cannot be used, and the watcher goes on with a new one.
            panic::catch_unwind(AssertUnwindSafe(|| {
                self.session.build_with_follower(&mut follower)
            }))
        });
        let Ok(built) = built.transpose() else { return self.recover(since) };
        if self.is_outdated(&being_written) {
            self.watch(since);
            return;
        }
        let is_built = built.as_ref().is_some_and(Result::is_ok);
        progress.begin("write");
        let written = built.map(|built| built.and_then(|built| self.write(built)));
        progress.begin("watch");
        self.watch(since);
        match written {
            Some(Ok((done, counts, known))) => {
                self.report_rebuild(&done, begin.elapsed(), known);
                self.reporter.costs(&progress.finish(), counts);
                self.verify();
            }
            Some(Err(failed)) => self.fail(failed),
            // The configuration's errors were already reported.
            None => {}
        }
        self.lint_after_build(is_built);
        self.report_polling();
        if self.reporter.is_on_screen() {
            self.reporter.watching();
        }
    }

    /// Reports a bug that ended a build. The next change starts with a new Session; until then the
    /// files of the last build are watched.
    fn recover(&mut self, since: SystemTime) {
        self.session = self.project.session();
        self.decided.is_valid = false;
        self.watch(since);
        let mut log = Diagnostics::new();
        log.push(messages::internal_error(&bugs::take()));
        self.fail(log);
        if self.reporter.is_on_screen() {
            self.reporter.watching();
        }
    }

    /// Whether changes touch only folders in which views are looked for, and no view. Then nothing
    /// is built, unless the last build was given up for these changes.
    fn touch_only_folders_of_views(&mut self, changes: &ChangeSet) -> bool {
        let is_other = |(path, change)| !self.decided.reads_of_builds.is_touched(path, change);
        if self.pages.views.reads().is_empty()
            || !self.decided.is_valid
            || self.reported.has_failed
            || self.edits.outdated_since.is_some()
            || !changes.iter().all(is_other)
        {
            return false;
        }
        let since = SystemTime::now();
        let is_untouched = self.pages.views.update_if_untouched(changes, &self.project.config);
        if is_untouched {
            self.watcher.watch_also(self.pages.views.reads(), since);
        }
        is_untouched
    }

    /// Sends pages the update of a changed script at once if PostCSS has to read the script too.
    /// The build that follows writes the outputs, also the stylesheets.
    fn update_before_postcss(&mut self, changes: &ChangeSet, being_written: &BeingWritten) {
        let output = &self.project.config.output;
        let mut all = changes.iter();
        let is_decided = self.decided.is_valid
            && !all.any(|(path, change)| self.decided.reads.is_touched(path, change));
        if output.updates && is_decided && self.session.apply_before_postcss(changes) {
            let mut progress = Progress::start(false);
            let mut follower = BuildFollower {
                progress: &mut progress,
                pages: &mut self.pages,
                dir: &output.dir,
                watcher: &mut self.watcher,
                being_written,
            };
            // The next build reports mistakes.
            let _ = self.session.build_with_follower(&mut follower);
        }
    }

    /// Carries out the keys that were pressed.
    fn handle_keys(&mut self) {
        for key in self.extras.keys.take() {
            match key {
                Key::Rebuild => {
                    // Everything is forgotten, including what is known of the disk.
                    self.session = self.project.session();
                    self.pages.views = Views::of(&self.project.config);
                    self.disk.forget_outputs();
                    self.decided.is_valid = false;
                    self.build_again(&ChangeSet::default());
                }
                Key::Report => self.open_report(),
                Key::Quit => stop::quit(),
            }
        }
    }

    /// Opens a report page that shows what is in each output.
    fn open_report(&self) {
        match report_page::text(self.reporter.mute(), self.invocation) {
            Ok(text) => {
                let kept = desktop::keep(&text);
                if let Ok(page) = &kept {
                    desktop::open(page);
                }
                self.reporter.report_opened(&kept);
            }
            Err(mut log) => self.reporter.report_all(&log.take()),
        }
    }

    /// Whether a newer change makes this build out of date. If changes never end, a build is
    /// written nevertheless after `LONGEST_UNWRITTEN`.
    #[expect(clippy::disallowed_methods, reason = "measures how long nothing was written")]
    fn is_outdated(&mut self, being_written: &BeingWritten) -> bool {
        let is_outdated =
            self.edits.outdated_since.is_none_or(|since| since.elapsed() < LONGEST_UNWRITTEN);
        if !is_outdated || !(being_written.is_any_empty() || self.watcher.is_outdated()) {
            self.edits.outdated_since = None;
            return false;
        }
        self.edits.outdated_since.get_or_insert_with(Instant::now);
        true
    }

    /// Decides the configuration again. The Session is replaced only if the configuration differs.
    fn decide(&mut self) {
        let mut log = Diagnostics::new();
        let (project, reads) = open(self.invocation, &self.project.cwd, &mut log);
        self.decided.reads = reads;
        self.decided.has_new_reads = true;
        self.decided.is_valid = project.is_some();
        let Some(project) = project else {
            self.fail(log);
            return;
        };
        let dir = &project.config.output.dir;
        let is_elsewhere = *dir != self.project.config.output.dir;
        // The old folder stays ours until a build into the new one has removed our files there.
        if is_elsewhere && let Err(process) = self.lock.claim_also(dir, project.fs.as_ref()) {
            self.decided.is_valid = false;
            self.fail(already_watched(&project, process));
            return;
        }
        self.decided.warnings = log.take();
        if project.config != self.project.config {
            self.session = project.session();
            self.disk.forget_outputs();
            if is_elsewhere {
                self.pages.status.forget_outputs(&self.project.config.output.dir);
            }
            self.project = project;
            self.pages.views = Views::of(&self.project.config);
            self.watcher.set_poll(self.project.config.watch.poll);
            self.extras.lint = Lint::of(&self.project, self.reporter, self.watcher.bell());
            self.pages.status.record_findings(Vec::new());
        }
    }

    fn watch(&mut self, since: SystemTime) {
        if !self.decided.is_valid {
            // Nothing was built, so the files of the last build still count.
            self.watcher.watch_also(&self.decided.reads, since);
            self.watcher.watch_also(self.pages.views.reads(), since);
            return;
        }
        let mut dependencies = self.session.take_dependencies();
        let is_renewed = mem::take(&mut self.decided.has_new_reads) || dependencies.is_complete;
        if is_renewed {
            dependencies.reads.extend(self.decided.reads.clone());
            if let Some(lint) = &self.extras.lint {
                dependencies.reads.extend(lint.reads().clone());
            }
        }
        if !self.pages.views.reads().is_empty() {
            if dependencies.is_complete {
                self.decided.reads_of_builds = Reads::default();
            }
            self.decided.reads_of_builds.extend(dependencies.reads.clone());
        }
        if is_renewed {
            dependencies.reads.extend(self.pages.views.reads().clone());
        }
        self.watcher.watch(&dependencies, since);
    }

    /// Reports the new warnings and writes the outputs that differ from the disk. The last value is
    /// the number of warnings that were reported before.
    fn write(&mut self, mut built: Build) -> Result<(Rebuilt, Counts, usize), Diagnostics> {
        let config = Arc::clone(&self.project.config);
        let mut log = Diagnostics::with(&config.severities);
        log.extend(self.decided.warnings.iter().cloned());
        log.extend(std::mem::take(&mut built.warnings));
        log.stop_on_error()?;
        let warnings = log.take();
        let to_report =
            self.reported.warnings.after_success(warnings, self.reporter.is_for_programs());
        self.clear();
        self.reporter.report_all(&to_report.shown);
        let places = self.disk.places(&self.project, &built.outputs);
        self.pages.views.leave_out(&places, &config);
        self.watcher.ignore(places);
        if let Some(verify) = &mut self.extras.verify {
            verify.before_writing();
        }
        let done = self.disk.write(
            &self.project,
            built.outputs,
            &mut waits(self.reporter, &self.project),
        )?;
        self.finish_writing();
        Ok((done, built.counts, to_report.known))
    }

    /// Waits for a change. While outputs could not be written, they are tried again now and then.
    /// `None` if the bell was rung.
    fn next_change(&mut self) -> Option<ChangeSet> {
        if let Some(pending) = self.edits.pending.take() {
            return Some(pending);
        }
        self.notify_pages_of_findings();
        let (mut wait, most) = RETRY;
        while self.disk.is_waiting() {
            if let Some(changes) = self.watcher.next_change_within(wait) {
                return Some(changes);
            }
            if self.extras.keys.is_pressed() {
                return None;
            }
            self.notify_pages_of_findings();
            self.write_again();
            wait = most.min(wait * 2);
        }
        self.watcher.next_change()
    }

    #[expect(clippy::disallowed_methods, reason = "people want to know how long it took")]
    fn write_again(&mut self) {
        let begin = Instant::now();
        match self.disk.write_again(&self.project, &mut waits(self.reporter, &self.project)) {
            Retry::Written(done) => {
                self.finish_writing();
                self.report_rebuild(&done, begin.elapsed(), 0);
                self.verify();
            }
            Retry::Failed(failed) => self.fail(failed),
            Retry::Unchanged => {}
        }
    }
}
