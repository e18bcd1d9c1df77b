//! `bundle build --on-request`: builds at each line of standard input and keeps results for the
//! next. `context()` of the npm package runs it. Nothing is watched: each request compares the disk
//! with what earlier builds have read. The answer is what `bundle build` prints, followed by
//! `{"answered":true}` on both streams. With `--config -`, a zero byte ends the configuration.

use std::{io, time::SystemTime};

use bundle_base::{Diagnostic, Diagnostics, fs::Reads};
use bundle_dev::Observed;
use bundle_engine::{Phase, Session, with_threads};
use camino::Utf8PathBuf;

use crate::{
    args::Invocation,
    build::{self, Finish},
    cache,
    progress::Progress,
    project::{self, Project},
    report::Reporter,
    watch::opening,
};

/// Answers requests until the input ends.
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let Some(cwd) = project::working_directory(&mut log) else { return Err(log) };
    with_threads(invocation.jobs, move || {
        let mut builder = Builder { reporter, invocation, cwd, mistakes: log, kept: None };
        for _ in io::stdin().lines().map_while(Result::ok) {
            if let Err(mut failed) = builder.build() {
                reporter.report_all(&failed.take());
            }
            reporter.answered();
        }
    });
    Ok(())
}

/// What the requests of one process share.
struct Builder<'a> {
    reporter: Reporter,
    invocation: &'a Invocation,
    cwd: Utf8PathBuf,
    /// What is wrong with the arguments.
    mistakes: Diagnostics,
    /// `None` before the first request, and after a configuration with mistakes.
    kept: Option<Kept>,
}

/// What is kept between builds.
struct Kept {
    project: Project,
    /// What deciding the configuration has read, and its warnings.
    config_reads: Reads,
    config_warnings: Vec<Diagnostic>,
    session: Session,
    /// Where the first build keeps its results for other processes.
    cache: Option<cache::CacheFile>,
    observed: Observed,
}

impl Builder<'_> {
    /// Builds and writes what has changed.
    fn build(&mut self) -> Result<(), Diagnostics> {
        let since = SystemTime::now();
        let kept = match self.kept.take() {
            None => self.open()?,
            Some(kept) => self.up_to_date(kept)?,
        };
        let kept = self.kept.insert(kept);
        let mut progress = Progress::start(false);
        let built = kept.session.build_with_follower(&mut |phase: Phase| progress.phase(phase));
        let mut dependencies = kept.session.take_dependencies();
        dependencies.reads.extend(kept.config_reads.clone());
        kept.observed.observe(&dependencies, since);
        let mut log = Diagnostics::with(&kept.project.config.severities);
        log.extend(kept.config_warnings.iter().cloned());
        let (built, log) = build::checked(built, log)?;
        if let (Some(place), Some(cache)) = (kept.cache.take(), kept.session.take_cache()) {
            place.keep(&cache, &kept.project, &mut Diagnostics::new());
        }
        let (reporter, invocation, project) = (self.reporter, self.invocation, &kept.project);
        Finish { reporter, invocation, project, before: None }.finish(built, progress, log)?;
        Ok(())
    }

    /// Decides the configuration.
    fn open(&self) -> Result<Kept, Diagnostics> {
        let mut log = self.mistakes.clone();
        let (project, config_reads) = opening::open(self.invocation, &self.cwd, &mut log);
        let Some(mut project) = project else { return Err(log) };
        build::with_metafile(&mut project, self.invocation);
        let (session, cache) = match project.session() {
            cold if self.invocation.no_cache => (cold, None),
            cold => cache::warm(cold, &project, self.invocation.jobs),
        };
        let config_warnings = log.take();
        let observed = Observed::default();
        Ok(Kept { project, config_reads, config_warnings, session, cache, observed })
    }

    /// Drops what has changed since the last build. If the configuration differs, that is all.
    fn up_to_date(&self, mut kept: Kept) -> Result<Kept, Diagnostics> {
        let changes = kept.observed.changes();
        kept.session.apply(&changes);
        if !changes.iter().any(|(path, change)| kept.config_reads.is_touched(path, change)) {
            return Ok(kept);
        }
        let opened = self.open()?;
        if opened.project.config != kept.project.config {
            return Ok(opened);
        }
        let Kept { config_reads, config_warnings, .. } = opened;
        Ok(Kept { config_reads, config_warnings, ..kept })
    }
}
