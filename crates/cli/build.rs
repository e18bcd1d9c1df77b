//! One build: configuration, engine, disk, summary.

use std::{collections::BTreeSet, sync::Arc, time::Instant};

use bundle_base::{Diagnostics, config::relative};
use bundle_engine::{Build, Phase, Session, with_threads_that_stay};

use bundle_report::parsed_metafile::Metafile;
use serde_json::Value;

use crate::{
    args::Invocation,
    budgets, cache, lint, metafile,
    progress::Progress,
    project::{self, Project, shown},
    report::Reporter,
    reproducible,
    shared_cache::{Clock, Outcome},
    summary::{self, Wanted},
    watch::status,
    write,
};

/// Builds what the invocation names and writes it. `log` holds what was wrong with the arguments.
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let project = project::open(invocation, &mut log);
    let Some(mut project) = project else { return Err(log) };
    let before = invocation
        .compare
        .as_ref()
        .map(|file| metafile::stored::read("--compare", file, &project.cwd))
        .transpose()?;
    with_metafile(&mut project, invocation);
    let mut progress = Progress::start(reporter.shows_progress());
    let (built, shared) = build(&project, invocation, &mut progress, &mut log)?;
    let built =
        Finish { reporter, invocation, project: &project, before }.finish(built, progress, log)?;
    if let Some(shared) = shared {
        reporter.shared_cache(&shared);
    }
    if invocation.is_linted { lint(reporter, &project, built) } else { Ok(()) }
}

/// Asks for the metafile if the build needs it to check budgets or to report sizes.
pub fn with_metafile(project: &mut Project, invocation: &Invocation) {
    let is_needed = !project.config.budgets.is_empty() || invocation.sizes;
    Arc::make_mut(&mut project.config).output.metafile |= is_needed;
}

/// What follows the phases of the engine.
pub struct Finish<'a> {
    pub reporter: Reporter,
    pub invocation: &'a Invocation,
    pub project: &'a Project,
    /// The metafile of an earlier build, with `--compare`.
    pub before: Option<Value>,
}

impl Finish<'_> {
    /// Checks the outputs, writes them and reports them. `log` holds the warnings of the build.
    pub fn finish(
        self,
        mut built: Build,
        mut progress: Progress,
        mut log: Diagnostics,
    ) -> Result<Build, Diagnostics> {
        let Self { reporter, invocation, project, before } = self;
        let wanted =
            Wanted::of(invocation.sizes, project.config.mode, reporter.prints_to_terminal());
        metafile::complete(project, &mut built.outputs, invocation.jobs);
        if !project.config.budgets.is_empty() {
            check_budgets(project, &built, before.as_ref())
                .map_err(|failed| with(log.clone(), failed))?;
        }
        let checked = if invocation.is_checked {
            progress.begin("check");
            let checked = reproducible::check(project, &built.outputs, invocation.jobs);
            Some(checked.map_err(|failed| with(log.clone(), failed))?)
        } else {
            None
        };
        if wanted != Wanted::Files {
            progress.begin("measure");
        }
        let measures = summary::measure(project, &built, wanted, invocation.jobs);
        progress.begin("write");
        let set = write::Set {
            project,
            outputs: &built.outputs,
            foreign: &BTreeSet::new(),
            former: &[],
            intact: &[],
        };
        let mut waits = |process| {
            progress.hide();
            reporter.waits(&shown(&project.config.output.dir, &project.cwd), process);
        };
        let done = write::all(&set, &mut waits).map_err(|failed| with(log.clone(), failed))?;
        if !project.config.output.updates {
            status::remove(&project.config.output.dir);
        }
        let costs = progress.finish();
        reporter.report_all(&log.take());
        reporter.summary(&project.config, &done.written, &measures);
        if let Some(threads) = checked {
            reporter.reproducible(built.outputs.files.len(), threads);
        }
        reporter.costs(&costs, built.counts);
        Ok(built)
    }
}

/// Lints the sources of a build and reports the findings. `Err` without diagnostics if there are
/// errors, since they are already reported.
#[expect(clippy::disallowed_methods, reason = "people want to know how long it took")]
fn lint(reporter: Reporter, project: &Project, built: Build) -> Result<(), Diagnostics> {
    let begin = Instant::now();
    let sources = lint::sources(built.read);
    let names: Vec<String> =
        sources.iter().map(|file| relative(&project.config.project, file)).collect();
    let diagnostics = lint::run(project, sources);
    reporter.report_all(&diagnostics);
    let (errors, warnings) = lint::counts(diagnostics.iter());
    reporter.linted(&names, errors, warnings, begin.elapsed());
    if errors > 0 { Err(Diagnostics::new()) } else { Ok(()) }
}

/// Checks the size budgets of pages. `before`: a stored metafile.
fn check_budgets(
    project: &Project,
    built: &Build,
    before: Option<&Value>,
) -> Result<(), Diagnostics> {
    let metafile = built.outputs.metafile.as_ref().expect("it was asked for");
    let read = |value: &Value| {
        Metafile::of(value).expect("a metafile that was read, or made, has this form")
    };
    let before = before.map(read);
    budgets::check(
        &project.config,
        &read(&metafile::relative_to_cwd(project, metafile)),
        before.as_ref(),
    )
}

/// Runs the engine, and adds its warnings to those of the configuration. Returns the build, and
/// what became of the shared cache, if there is one.
pub fn build(
    project: &Project,
    invocation: &Invocation,
    progress: &mut Progress,
    log: &mut Diagnostics,
) -> Result<(Build, Option<Outcome>), Diagnostics> {
    let config = Arc::clone(&project.config);
    let fs = Arc::clone(&project.fs);
    let tools = Arc::clone(&project.programs);
    // A check for reproducibility needs a build without the cache.
    let is_kept = !invocation.no_cache && !invocation.is_checked;
    let mut outcome = None;
    let built = with_threads_that_stay(invocation.jobs, || {
        let mut session = Session::new(config, fs).with_tools(tools);
        let (mut place, mut shared, mut clock) = (None, None, Clock::default());
        let threads = cache::threads(invocation.jobs);
        if let Some(opened) = is_kept.then(|| cache::open(project, threads, log)).flatten() {
            session = session.with_cache(opened.cache);
            (place, shared) = (opened.place, opened.shared);
        }
        let built = session.build_last(&mut |phase: Phase| {
            progress.phase(phase);
            clock.phase(phase);
        });
        if let (Ok(built), Some(cache)) = (&built, session.cache()) {
            progress.begin("keep");
            if let Some(shared) = shared {
                outcome = Some(shared.finish(cache, built.counts, &clock, threads, log));
            }
            if let Some(place) = &place {
                place.keep(cache, project, log);
            }
        }
        // The process ends soon: freeing the session would only take time.
        std::mem::forget(session);
        built
    });
    let mut early = Diagnostics::with(&project.config.severities);
    early.extend(log.take());
    let (built, warnings) = checked(built, early)?;
    *log = warnings;
    Ok((built, outcome))
}

/// Adds the diagnostics of a build to those before it. `Err` if one of them is an error.
pub fn checked(
    built: Result<Build, Diagnostics>,
    mut log: Diagnostics,
) -> Result<(Build, Diagnostics), Diagnostics> {
    match built {
        Ok(mut built) => {
            log.extend(std::mem::take(&mut built.warnings));
            log.stop_on_error()?;
            Ok((built, log))
        }
        Err(failed) => Err(with(log, failed)),
    }
}

fn with(mut first: Diagnostics, mut then: Diagnostics) -> Diagnostics {
    first.extend(then.take());
    first
}
