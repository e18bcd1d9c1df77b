//! `--watch`: build, then build again what each change affects. What was asked of the disk is what is watched, by the
//! configuration as by the Session: a new file that an area's pattern matches makes another configuration, and that a new
//! Session. Errors are shown and the last good outputs stay; the next change tries again, and what could not be written is
//! tried again without one. It ends when it is interrupted, and before it has begun if there is nothing to wait for: no
//! configuration, or arguments that make no sense.

use std::{
    mem,
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use bundle_base::{
    Diagnostic, Diagnostics,
    fs::{OsFs, Reads, Tracked},
};
use bundle_dev::Watcher;
use bundle_engine::{Build, ChangeSet, Counts, Session, with_threads};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    args::Invocation,
    lint::Lint,
    messages,
    programs::Programs,
    progress::Progress,
    project::{self, Project, shown},
    report::{Aside, Reporter},
    summary::Measures,
};

mod disk; // what was written, and whether it is still there
mod lint; // lint beside builds
mod said; // which warnings people have seen
pub mod status; // what pages learn
mod verify; // whether rebuilds are as clean builds
mod views; // files whose change reloads pages

use disk::Disk;
pub use disk::Done;
use said::Said;
use status::Status;
use verify::Verify;
use views::Views;

/// A build is written after this long, however often newer changes overtake it.
const LONGEST_UNWRITTEN: Duration = Duration::from_secs(2);
/// How long to wait before what could not be written is tried again, at first and at most: a full disk may stay full.
const RETRY: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(30));

/// What is kept from build to build.
struct Watch<'a> {
    reporter: Reporter,
    invocation: &'a Invocation,
    project: Project,
    /// What deciding the configuration asked of the disk.
    config_reads: Reads,
    /// False while the configuration has mistakes: the Session is that of the last good one.
    is_decided: bool,
    session: Session,
    watcher: Watcher,
    disk: Disk,
    /// What was wrong with the configuration, though it could be used.
    config_warnings: Vec<Diagnostic>,
    said: Said,
    /// The last build failed: whoever corrects the mistake wants to hear of it.
    has_failed: bool,
    /// Since when newer changes have kept builds from being written.
    overtaken_since: Option<Instant>,
    status: Status,
    views: Views,
    /// The configuration or the views asked the disk for something since it was watched.
    has_new_reads: bool,
    /// With `lint` or `--lint`.
    lint: Option<Lint>,
    /// With `--verify`.
    verify: Option<Verify>,
    /// Changes that came while something else was waited for.
    held: Option<ChangeSet>,
}

/// A configuration that can be used.
struct Opened {
    project: Project,
    config_reads: Reads,
    config_warnings: Vec<Diagnostic>,
    watcher: Watcher,
    /// The changes that corrected it, where it could not be used at first.
    corrected_by: Option<ChangeSet>,
}

/// A session that knows nothing yet.
fn session(project: &Project) -> Session {
    let tools = Arc::new(Programs::new(&project.config.project));
    Session::new(Arc::clone(&project.config), Arc::clone(&project.fs)).with_tools(tools)
}

/// Watches until the process is ended. `Err`: there was nothing to begin with.
pub fn run(reporter: Reporter, invocation: &Invocation, mut log: Diagnostics) -> Result<(), Diagnostics> {
    let since = SystemTime::now();
    let Some(cwd) = project::working_directory(&mut log) else { return Err(log) };
    let opened = open_first(reporter, invocation, (cwd, since), log)?;
    with_threads(invocation.jobs, move || {
        let mut watch = Watch {
            reporter,
            invocation,
            session: session(&opened.project),
            views: Views::of(&opened.project.config),
            status: Status::default(),
            has_new_reads: true,
            lint: Lint::of(&opened.project, reporter),
            verify: invocation.is_verified.then(Verify::default),
            held: None,
            project: opened.project,
            config_reads: opened.config_reads,
            is_decided: true,
            watcher: opened.watcher,
            disk: Disk::default(),
            config_warnings: opened.config_warnings,
            said: Said::default(),
            has_failed: opened.corrected_by.is_some(),
            overtaken_since: None,
        };
        match opened.corrected_by {
            None => watch.build_first(since),
            Some(changes) => watch.build_again(&changes),
        }
        loop {
            let changes = watch.next_change();
            watch.build_again(&changes);
        }
    })
}

/// The configuration, once it can be used. A file with mistakes is waited for; `Err`: there is none, or the arguments are
/// wrong, and no edit corrects that.
fn open_first(
    reporter: Reporter,
    invocation: &Invocation,
    (cwd, since): (Utf8PathBuf, SystemTime),
    mut log: Diagnostics,
) -> Result<Opened, Diagnostics> {
    let has_wrong_arguments = log.has_errors();
    let (project, config_reads) = open(invocation, &cwd, &mut log);
    if let Some(project) = project {
        let watcher = watcher(reporter, &project.config.project, &cwd);
        return Ok(Opened { project, config_reads, config_warnings: log.take(), watcher, corrected_by: None });
    }
    let file = project::config_file(invocation, &cwd).filter(|_| !has_wrong_arguments);
    let Some(folder) = file.as_deref().and_then(Utf8Path::parent) else { return Err(log) };
    let mut watcher = watcher(reporter, folder, &cwd);
    let fail = |log: &mut Diagnostics| {
        reporter.say_all(&log.take());
        reporter.failed(false, 0);
    };
    fail(&mut log);
    watcher.watch_also(&config_reads, since);
    reporter.watching();
    loop {
        let changes = watcher.next_change();
        let since = SystemTime::now();
        let (project, config_reads) = open(invocation, &cwd, &mut log);
        if let Some(project) = project {
            let (config_warnings, corrected_by) = (log.take(), Some(changes));
            return Ok(Opened { project, config_reads, config_warnings, watcher, corrected_by });
        }
        reporter.noticed(&changes, &cwd);
        fail(&mut log);
        watcher.watch_also(&config_reads, since);
    }
}

/// One that says why it waits.
fn watcher(reporter: Reporter, project: &Utf8Path, cwd: &Utf8Path) -> Watcher {
    let cwd = cwd.to_owned();
    Watcher::new(project).telling(Box::new(move |tree| reporter.installing(&shown(tree, &cwd))))
}

/// Decides the configuration and tells what that depends on. The working directory is that of the beginning: whoever
/// removes the project's folder and puts it back makes another one, in which no process stands.
fn open(invocation: &Invocation, cwd: &Utf8Path, log: &mut Diagnostics) -> (Option<Project>, Reads) {
    let asked = Tracked::new(Arc::new(OsFs));
    let project = project::open_through(invocation, cwd, &asked, log);
    (project, asked.into_reads())
}

impl Watch<'_> {
    fn build_first(&mut self, since: SystemTime) {
        let mut progress = Progress::start(self.reporter.has_audience());
        let built = self.session.build_told(&mut |phase| progress.phase(phase));
        let is_built = built.is_ok();
        self.watch(since);
        // From here on something may be said.
        progress.hide();
        progress.begin("write");
        match built.and_then(|built| self.write(built)) {
            Ok((done, counts, _)) => {
                let costs = progress.finish();
                self.reporter.summary(&self.project.config, &done.written, &Measures::default());
                self.reporter.costs(&costs, counts);
            }
            Err(failed) => self.fail(failed),
        }
        if let Some(why) = self.watcher.polls_because() {
            self.reporter.say(&messages::watch_polls(why));
        }
        self.reporter.watching();
        self.lint_after_build(is_built);
    }

    #[expect(clippy::disallowed_methods, reason = "people want to know how long a rebuild took")]
    fn build_again(&mut self, changes: &ChangeSet) {
        let (since, begin) = (SystemTime::now(), Instant::now());
        self.reporter.noticed(changes, &self.project.cwd);
        self.session.apply(changes);
        if let Some(verify) = &mut self.verify {
            verify.note(changes);
        }
        if let Some(lint) = &self.lint {
            lint.building(changes);
        }
        if self.views.is_touched(changes) {
            self.has_new_reads = true;
            if self.views.update(changes, &self.project.config) {
                self.status.views_changed();
            }
        }
        if !self.is_decided || changes.iter().any(|(path, change)| self.config_reads.is_touched(path, change)) {
            self.decide();
        }
        let mut progress = Progress::start(false);
        let built = self.is_decided.then(|| self.session.build_told(&mut |phase| progress.phase(phase)));
        if self.is_overtaken() {
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
                self.say(&done, begin.elapsed(), known);
                self.reporter.costs(&progress.finish(), counts);
                self.verify();
            }
            Some(Err(failed)) => self.fail(failed),
            // What is wrong with the configuration was said.
            None => {}
        }
        self.lint_after_build(is_built);
    }

    /// True if a newer change makes what was built out of date. Where changes never end, something
    /// is written nevertheless.
    #[expect(clippy::disallowed_methods, reason = "how long nothing was written is a matter of time")]
    fn is_overtaken(&mut self) -> bool {
        let is_overtaken = self.overtaken_since.is_none_or(|since| since.elapsed() < LONGEST_UNWRITTEN);
        if !is_overtaken || !self.watcher.is_overtaken() {
            self.overtaken_since = None;
            return false;
        }
        self.overtaken_since.get_or_insert_with(Instant::now);
        true
    }

    /// Decides the configuration anew. Only if it is another one, what the Session remembers is of no use.
    fn decide(&mut self) {
        let mut log = Diagnostics::new();
        let (project, reads) = open(self.invocation, &self.project.cwd, &mut log);
        self.config_reads = reads;
        self.has_new_reads = true;
        self.is_decided = project.is_some();
        let Some(project) = project else {
            self.fail(log);
            return;
        };
        self.config_warnings = log.take();
        if project.config != self.project.config {
            self.session = session(&project);
            self.disk.forget_outputs();
            self.project = project;
            self.views = Views::of(&self.project.config);
            self.lint = Lint::of(&self.project, self.reporter);
        }
    }

    fn watch(&mut self, since: SystemTime) {
        if !self.is_decided {
            // Nothing was built, so the files of the last build are still the ones that matter.
            self.watcher.watch_also(&self.config_reads, since);
            self.watcher.watch_also(self.views.reads(), since);
            return;
        }
        let mut dependencies = self.session.take_dependencies();
        if mem::take(&mut self.has_new_reads) || dependencies.is_complete {
            dependencies.reads.extend(self.config_reads.clone());
            dependencies.reads.extend(self.views.reads().clone());
            if let Some(lint) = &self.lint {
                dependencies.reads.extend(lint.reads().clone());
            }
        }
        self.watcher.watch(&dependencies, since);
    }

    /// Says the new warnings and writes what differs from what is on the disk. With how many warnings were said before.
    fn write(&mut self, mut built: Build) -> Result<(Done, Counts, usize), Diagnostics> {
        let config = Arc::clone(&self.project.config);
        let mut warnings: Vec<Diagnostic> = self.config_warnings.clone();
        warnings.retain(|warning| !config.is_silenced(warning.code));
        warnings.append(&mut built.warnings);
        let news = self.said.after_success(warnings, self.reporter.is_for_programs());
        self.reporter.say_all(&news.shown);
        self.watcher.ignore(self.disk.places(&self.project, &built.outputs));
        let hashes = mem::take(&mut built.outputs.hashes);
        if let Some(verify) = &mut self.verify {
            verify.before_writing();
        }
        let done = self.disk.write(&self.project, built.outputs, &mut waits(self.reporter, &self.project))?;
        self.status.built(hashes);
        self.tell_pages();
        Ok((done, built.counts, news.known))
    }

    /// Waits for a change; while outputs wait for a place, they are tried again now and then.
    fn next_change(&mut self) -> ChangeSet {
        if let Some(held) = self.held.take() {
            return held;
        }
        let (mut wait, most) = RETRY;
        while self.disk.is_waiting() {
            if let Some(changes) = self.watcher.next_change_within(wait) {
                return changes;
            }
            self.write_again();
            wait = most.min(wait * 2);
        }
        self.watcher.next_change()
    }

    #[expect(clippy::disallowed_methods, reason = "people want to know how long it took")]
    fn write_again(&mut self) {
        let begin = Instant::now();
        match self.disk.write_again(&self.project, &mut waits(self.reporter, &self.project)) {
            Some(Ok(done)) => {
                self.say(&done, begin.elapsed(), 0);
                self.verify();
            }
            Some(Err(failed)) => self.fail(failed),
            // It was said.
            None => {}
        }
    }

    fn say(&mut self, done: &Done, took: Duration, known_warnings: usize) {
        if !done.restored.is_empty() {
            self.reporter.restores(&done.restored);
        }
        let is_corrected = mem::take(&mut self.has_failed);
        self.reporter.rebuilt(done, took, &Aside { is_corrected, known_warnings });
    }

    /// Pages that know how to ask hear of what happened.
    fn tell_pages(&self) {
        let output = &self.project.config.output;
        if output.updates {
            self.status.write(&output.dir);
        } else {
            status::remove(&output.dir);
        }
    }

    fn fail(&mut self, mut failed: Diagnostics) {
        self.status.failed(failed.iter());
        self.tell_pages();
        let news = self.said.after_failure(failed.take(), self.reporter.is_for_programs());
        self.reporter.say_all(&news.shown);
        self.reporter.failed(self.disk.has_outputs(), news.known);
        self.has_failed = true;
    }
}

/// Says that another build has to be waited for.
fn waits(reporter: Reporter, project: &Project) -> impl FnMut(Option<u32>) + use<> {
    let dir = shown(&project.config.output.dir, &project.cwd);
    move |process| reporter.waits(&dir, process)
}
