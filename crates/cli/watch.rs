//! `--watch`: build, then build again what each change affects. What was asked of the disk is what is watched, by the
//! configuration as by the Session: a new file that an area's pattern matches makes another configuration, and that a new
//! Session. Errors are shown and the last good outputs stay; the next change tries again, and what could not be written is
//! tried again without one. It ends when it is interrupted.

use std::{
    sync::Arc,
    time::{Duration, Instant, SystemTime},
};

use bundle_base::{
    Diagnostic, Diagnostics,
    fs::{OsFs, Reads, Tracked},
};
use bundle_dev::Watcher;
use bundle_engine::{Build, ChangeSet, Counts, Session, with_threads};
use camino::Utf8Path;

use crate::{
    args::Invocation,
    messages,
    programs::Programs,
    progress::Progress,
    project::{self, Project, shown},
    report::Reporter,
    summary::Measures,
};

mod disk; // what was written, and whether it is still there

use disk::{Disk, Done};

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
    /// Warnings that were said of the last build: the same again would be noise.
    said: Vec<Diagnostic>,
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
    let (project, config_reads) = open(invocation, &cwd, &mut log);
    let Some(project) = project else { return Err(log) };
    with_threads(invocation.jobs, move || {
        let session = session(&project);
        let watcher = Watcher::new(&project.config.project);
        let mut watch = Watch {
            reporter,
            invocation,
            project,
            config_reads,
            is_decided: true,
            session,
            watcher,
            disk: Disk::default(),
            config_warnings: log.take(),
            said: Vec::new(),
        };
        watch.build_first(since);
        loop {
            let changes = watch.next_change();
            watch.build_again(&changes);
        }
    })
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
        self.watch(since);
        progress.begin("write");
        match built.and_then(|built| self.write(built)) {
            Ok((done, counts)) => {
                let costs = progress.finish();
                self.reporter.summary(&self.project.config, &done.written, &Measures::default());
                self.reporter.costs(&costs, counts);
            }
            Err(failed) => {
                drop(progress);
                self.fail(failed);
            }
        }
        if let Some(why) = self.watcher.polls_because() {
            self.reporter.say(&messages::watch_polls(why));
        }
        self.reporter.watching();
    }

    #[expect(clippy::disallowed_methods, reason = "people want to know how long a rebuild took")]
    fn build_again(&mut self, changes: &ChangeSet) {
        let (since, begin) = (SystemTime::now(), Instant::now());
        self.reporter.noticed(changes, &self.project.cwd);
        self.session.apply(changes);
        if !self.is_decided || changes.iter().any(|(path, change)| self.config_reads.is_touched(path, change)) {
            self.decide();
        }
        let mut progress = Progress::start(false);
        let built = self.is_decided.then(|| self.session.build_told(&mut |phase| progress.phase(phase)));
        progress.begin("watch");
        self.watch(since);
        progress.begin("write");
        match built.map(|built| built.and_then(|built| self.write(built))) {
            Some(Ok((done, counts))) => {
                self.say(&done, begin.elapsed());
                self.reporter.costs(&progress.finish(), counts);
            }
            Some(Err(failed)) => self.fail(failed),
            // What is wrong with the configuration was said.
            None => {}
        }
    }

    /// Decides the configuration anew. Only if it is another one, what the Session remembers is of no use.
    fn decide(&mut self) {
        let mut log = Diagnostics::new();
        let (project, reads) = open(self.invocation, &self.project.cwd, &mut log);
        self.config_reads = reads;
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
        }
    }

    fn watch(&mut self, since: SystemTime) {
        if !self.is_decided {
            // Nothing was built, so the files of the last build are still the ones that matter.
            self.watcher.watch_also(&self.config_reads, since);
            return;
        }
        let mut reads = self.session.reads();
        reads.extend(self.config_reads.clone());
        self.watcher.watch(&reads, &self.session.seen(), since);
    }

    /// Says the new warnings and writes what differs from what is on the disk.
    fn write(&mut self, mut built: Build) -> Result<(Done, Counts), Diagnostics> {
        let config = Arc::clone(&self.project.config);
        let mut warnings: Vec<Diagnostic> = self.config_warnings.clone();
        warnings.retain(|warning| !config.is_silenced(warning.code));
        warnings.append(&mut built.warnings);
        let new: Vec<Diagnostic> = warnings.iter().filter(|warning| !self.said.contains(warning)).cloned().collect();
        self.reporter.say_all(&new);
        self.said = warnings;
        self.watcher.ignore(self.disk.places(&self.project, &built.outputs));
        let done = self.disk.write(&self.project, built.outputs, &mut waits(self.reporter, &self.project))?;
        Ok((done, built.counts))
    }

    /// Waits for a change; while outputs wait for a place, they are tried again now and then.
    fn next_change(&mut self) -> ChangeSet {
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
            Some(Ok(done)) => self.say(&done, begin.elapsed()),
            Some(Err(failed)) => self.fail(failed),
            // It was said.
            None => {}
        }
    }

    fn say(&self, done: &Done, took: Duration) {
        if !done.restored.is_empty() {
            self.reporter.restores(&done.restored);
        }
        self.reporter.rebuilt(&done.written, &done.removed, took);
    }

    fn fail(&mut self, mut failed: Diagnostics) {
        self.reporter.say_all(&failed.take());
        self.reporter.failed(self.disk.has_outputs());
        // They are part of what comes after the mistake is corrected.
        self.said.clear();
    }
}

/// Says that another build has to be waited for.
fn waits(reporter: Reporter, project: &Project) -> impl FnMut(Option<u32>) + use<> {
    let dir = shown(&project.config.output.dir, &project.cwd);
    move |process| reporter.waits(&dir, process)
}
