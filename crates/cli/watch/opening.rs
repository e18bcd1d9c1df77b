//! The configuration of a watched project: decided at the start, decided again when it changes, and
//! waited for while it has mistakes.

use std::{sync::Arc, time::SystemTime};

use bundle_base::{
    Diagnostic, Diagnostics,
    fs::{OsFs, Reads, Tracked},
};
use bundle_dev::Watcher;
use bundle_engine::ChangeSet;
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    args::Invocation,
    project::{self, Project, shown},
    report::Reporter,
};

/// Where and when watching began.
pub struct Start {
    /// The working directory.
    pub cwd: Utf8PathBuf,
    /// The time before anything was read.
    pub since: SystemTime,
}

/// A valid configuration.
pub struct Opened {
    pub project: Project,
    pub config_reads: Reads,
    pub config_warnings: Vec<Diagnostic>,
    pub watcher: Watcher,
    /// The changes that corrected the configuration, if it was not valid at first.
    pub corrected_by: Option<ChangeSet>,
}

/// Returns the configuration once it is valid. While its file has mistakes, waits for edits. `Err`
/// if there is no file or the arguments are wrong, as no edit corrects that.
pub fn open_first(
    reporter: Reporter,
    invocation: &Invocation,
    start: Start,
    mut log: Diagnostics,
) -> Result<Opened, Diagnostics> {
    let Start { cwd, since } = start;
    let has_wrong_arguments = log.has_errors();
    let (project, config_reads) = open(invocation, &cwd, &mut log);
    if let Some(project) = project {
        let watcher = watcher(reporter, &project.config.project, &cwd);
        return Ok(Opened {
            project,
            config_reads,
            config_warnings: log.take(),
            watcher,
            corrected_by: None,
        });
    }
    let file = project::config_file(invocation, &cwd).filter(|_| !has_wrong_arguments);
    let Some(folder) = file.as_deref().and_then(Utf8Path::parent) else { return Err(log) };
    let mut watcher = watcher(reporter, folder, &cwd);
    let fail = |log: &mut Diagnostics| {
        reporter.report_all(&log.take());
        reporter.failed(false, 0);
    };
    fail(&mut log);
    watcher.watch_also(&config_reads, since);
    reporter.watching();
    loop {
        let Some(changes) = watcher.next_change() else { continue };
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

/// Makes a watcher that reports which installation it waits for.
fn watcher(reporter: Reporter, project: &Utf8Path, cwd: &Utf8Path) -> Watcher {
    let cwd = cwd.to_owned();
    Watcher::new(project)
        .on_installation(Box::new(move |tree| reporter.installing(&shown(tree, &cwd))))
}

/// Decides the configuration and returns what the decision depends on. `cwd` is the working
/// directory from the start: a user may remove the project's folder and make it again, and the
/// process's own working directory is then gone.
pub fn open(
    invocation: &Invocation,
    cwd: &Utf8Path,
    log: &mut Diagnostics,
) -> (Option<Project>, Reads) {
    let asked = Tracked::new(Arc::new(OsFs));
    let project = project::open_through(invocation, cwd, &asked, log);
    (project, asked.into_reads())
}
