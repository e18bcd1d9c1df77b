//! `--watch`: build, then build again what each change affects. What was asked of the disk is what is watched, by the
//! configuration as by the Session: a new file that an area's pattern matches makes another configuration, and that a new
//! Session. Errors are shown and the last good outputs stay; the next change tries again. It ends when it is interrupted.

use std::{
    sync::Arc,
    time::{Instant, SystemTime},
};

use bundle_base::{
    Diagnostic, Diagnostics,
    config::absolute,
    fs::{OsFs, Reads, Tracked},
};
use bundle_dev::Watcher;
use bundle_engine::{Build, ChangeSet, Counts, Outputs, Session, with_threads};

use crate::{
    args::Invocation,
    messages,
    progress::Progress,
    project::{self, Project},
    report::{Reporter, Written},
    write,
};

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
    /// What is on the disk.
    outputs: Option<Outputs>,
    /// What was wrong with the configuration, though it could be used.
    config_warnings: Vec<Diagnostic>,
    /// Warnings that were said of the last build: the same again would be noise.
    said: Vec<Diagnostic>,
}

/// Watches until the process is ended. `Err`: there was nothing to begin with.
pub fn run(reporter: Reporter, invocation: &Invocation, mut log: Diagnostics) -> Result<(), Diagnostics> {
    let (project, config_reads) = open(invocation, &mut log);
    let Some(project) = project else { return Err(log) };
    with_threads(invocation.jobs, move || {
        let session = Session::new(Arc::clone(&project.config), Arc::clone(&project.fs));
        let watcher = Watcher::new(&project.config.project);
        let mut watch = Watch {
            reporter,
            invocation,
            project,
            config_reads,
            is_decided: true,
            session,
            watcher,
            outputs: None,
            config_warnings: log.take(),
            said: Vec::new(),
        };
        watch.build_first();
        loop {
            let changes = watch.watcher.next_change();
            watch.build_again(&changes);
        }
    })
}

/// Decides the configuration and tells what that depends on.
fn open(invocation: &Invocation, log: &mut Diagnostics) -> (Option<Project>, Reads) {
    let asked = Tracked::new(Arc::new(OsFs));
    let project = project::open_through(invocation, &asked, log);
    (project, asked.into_reads())
}

impl Watch<'_> {
    fn build_first(&mut self) {
        let since = SystemTime::now();
        let mut progress = Progress::start(self.reporter.has_audience());
        let built = self.session.build_told(&mut |phase| progress.phase(phase));
        self.watch(since);
        progress.begin("write");
        match built.and_then(|built| self.write(built)) {
            Ok((written, counts)) => {
                let costs = progress.finish();
                self.reporter.summary(&written);
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
            Some(Ok((written, counts))) => {
                self.reporter.rebuilt(&written, begin.elapsed());
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
        let (project, reads) = open(self.invocation, &mut log);
        self.config_reads = reads;
        self.is_decided = project.is_some();
        let Some(project) = project else {
            self.fail(log);
            return;
        };
        self.config_warnings = log.take();
        if project.config != self.project.config {
            self.session = Session::new(Arc::clone(&project.config), Arc::clone(&project.fs));
            self.outputs = None;
            self.project = project;
        }
    }

    fn watch(&mut self, since: SystemTime) {
        let mut reads = self.session.reads();
        reads.extend(self.config_reads.clone());
        self.watcher.watch(&reads, since);
    }

    /// Says the new warnings and writes what differs from what was written before.
    fn write(&mut self, mut built: Build) -> Result<(Vec<Written>, Counts), Diagnostics> {
        let config = Arc::clone(&self.project.config);
        let mut warnings: Vec<Diagnostic> = self.config_warnings.clone();
        warnings.retain(|warning| !config.is_silenced(warning.code));
        warnings.append(&mut built.warnings);
        let new: Vec<Diagnostic> = warnings.iter().filter(|warning| !self.said.contains(warning)).cloned().collect();
        self.reporter.say_all(&new);
        self.said = warnings;
        let metafile = self.invocation.metafile.as_deref();
        if self.outputs.as_ref().is_some_and(|before| is_same(before, &built.outputs)) {
            return Ok((Vec::new(), built.counts));
        }
        let files = built.outputs.files.iter().map(|file| absolute(&config.output.dir, &file.path));
        let metafile_path = metafile.map(|file| absolute(&self.project.cwd, file));
        self.watcher.ignore(files.chain(metafile_path).chain([config.output.dir.clone()]));
        let written = write::all(&self.project, &built.outputs, metafile)?;
        self.outputs = Some(built.outputs);
        Ok((written, built.counts))
    }

    fn fail(&mut self, mut failed: Diagnostics) {
        self.reporter.say_all(&failed.take());
        self.reporter.failed(self.outputs.is_some());
        // They are part of what comes after the mistake is corrected.
        self.said.clear();
    }
}

fn is_same(before: &Outputs, now: &Outputs) -> bool {
    before.files == now.files && before.metafile == now.metafile
}
