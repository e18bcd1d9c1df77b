//! A `Session` builds one project again and again, and keeps results in memo tables. A build runs
//! the same five phases whether the tables are empty or full. A failed build leaves the tables
//! valid, so there is nothing to roll back.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Diagnostics, FileSystem,
    config::ModulesForm,
    fs::Change,
    tools::{NoTools, Tools},
};
use bundle_graph::{
    chunk::chunk,
    link::{LinkedGraph, link},
};
use bundle_resolve::Resolver;
use camino::Utf8PathBuf;

use crate::{
    Cache, ChangeSet, Counts, Dependencies, Follower, Outputs, Phase,
    emit::{self, EmitInput, PreviousEmit},
    grouped_diagnostics::grouped,
    installed::without_edits,
    memo::Memo,
    plugins::Plugins,
    previous_build::PreviousBuild,
    render::{self, RenderInput, RenderedChunks},
    scan::{self, Edited, PartOrigins, Scan, ScanInput, UsedEntries},
};

mod dependencies; // the dependencies that a watcher has to watch
#[cfg(test)]
mod tests;

use dependencies::Reported;

/// A configuration, its file system, and everything that is kept between builds.
pub struct Session {
    pub(crate) config: Arc<Config>,
    pub(crate) fs: Arc<dyn FileSystem>,
    pub(crate) resolver: Resolver,
    pub(crate) tools: Arc<dyn Tools>,
    plugins: Plugins,
    pub(crate) memo: Memo,
    /// The previous successful build, if the next one may reuse it.
    previous: Option<PreviousBuild>,
    /// The files that the previous build emitted for each chunk.
    previous_emit: PreviousEmit,
    pub(crate) cache: Option<Cache>,
    /// No build follows: values that only the next build would need are dropped early.
    is_last: bool,
    /// The dependencies that were last reported to a watcher.
    reported: Reported,
}

/// The result of a build without errors.
#[derive(Debug)]
pub struct Build {
    /// The files to write.
    pub outputs: Outputs,
    /// The warnings to report.
    pub warnings: Vec<Diagnostic>,
    /// The amount of work that the build did.
    pub counts: Counts,
    /// The files that were read as modules. Only filled by `build_last` if the configuration has
    /// `lint`; otherwise empty.
    pub read: Vec<Utf8PathBuf>,
}

/// What came of the phases.
struct Outcome {
    /// `Err`: every error of the phase that failed, and the warnings before it.
    result: Result<Build, Diagnostics>,
    /// The parts that the scan found, even if a later phase failed.
    part_origins: Arc<PartOrigins>,
}

/// What came of a build of only the bodies that changed.
enum EditedBuild {
    Ended(Box<Outcome>),
    /// The caller builds in the usual way, because more has changed, or because a changed module
    /// has diagnostics or had some before, which must be reported in order among those of other
    /// modules. The counts are the work done so far.
    NotApplicable(Counts),
}

impl Session {
    /// Creates a session. Nothing is read before the first build.
    pub fn new(config: Arc<Config>, fs: Arc<dyn FileSystem>) -> Self {
        let resolver = Resolver::new(&config, Arc::clone(&fs));
        let plugins = Plugins::of(&config);
        resolver.folders().open();
        Self {
            config,
            fs,
            resolver,
            tools: Arc::new(NoTools),
            plugins,
            memo: Memo::default(),
            previous: None,
            previous_emit: PreviousEmit::default(),
            cache: None,
            is_last: false,
            reported: Reported::default(),
        }
    }

    /// Returns the session with tools that can run the user's programs.
    #[must_use]
    pub fn with_tools(self, tools: Arc<dyn Tools>) -> Self {
        Self { tools, ..self }
    }

    /// Returns the session with a disk cache, which must be for this configuration.
    #[must_use]
    pub fn with_cache(self, cache: Cache) -> Self {
        Self { cache: Some(cache), ..self }
    }

    /// Returns the disk cache with the entries that this session added.
    pub fn cache(&self) -> Option<&Cache> {
        self.cache.as_ref()
    }

    /// Takes the disk cache out of the session. Later builds do without it: the memo tables have
    /// what they need.
    pub fn take_cache(&mut self) -> Option<Cache> {
        self.cache.take()
    }

    /// Builds everything that the configuration names. `Err` holds every error of the phase that
    /// failed, and the warnings before it.
    pub fn build(&mut self) -> Result<Build, Diagnostics> {
        self.build_with_follower(&mut |_: Phase| ())
    }

    /// Builds like `build`, and reports the progress to `follower`.
    pub fn build_with_follower(
        &mut self,
        follower: &mut dyn Follower,
    ) -> Result<Build, Diagnostics> {
        let log = &mut Diagnostics::with(&self.config.severities);
        let Outcome { result, part_origins } = self.phases(follower, log);
        let shown = |log: &mut Diagnostics| {
            let in_files = part_origins.in_files(log.take().into_iter());
            grouped(in_files.into_iter().map(without_edits).collect())
        };
        match result {
            Ok(build) => Ok(Build { warnings: shown(log), ..build }),
            Err(mut failed) => {
                let mut all = Diagnostics::new();
                all.extend(shown(&mut failed));
                Err(all)
            }
        }
    }

    /// Builds when no build follows. This takes less memory, and little is kept afterwards.
    pub fn build_last(&mut self, follower: &mut dyn Follower) -> Result<Build, Diagnostics> {
        self.is_last = true;
        self.build_with_follower(follower)
    }

    /// Runs the phases.
    fn phases(&mut self, follower: &mut dyn Follower, log: &mut Diagnostics) -> Outcome {
        follower.begins(Phase::Scan);
        let counts_so_far = match self.build_edited(follower, log) {
            EditedBuild::Ended(outcome) => return *outcome,
            EditedBuild::NotApplicable(counts_so_far) => counts_so_far,
        };
        let scan = self.scan(counts_so_far, log);
        let part_origins = Arc::clone(&scan.part_origins);
        Outcome { result: self.phases_after_scan(scan, follower, log), part_origins }
    }

    fn phases_after_scan(
        &mut self,
        mut scan: Scan,
        follower: &mut dyn Follower,
        log: &mut Diagnostics,
    ) -> Result<Build, Diagnostics> {
        log.stop_on_error()?;
        let trees = scan.take_trees();
        let read = self.files_to_lint();
        if self.is_last {
            self.free_memory(&mut scan);
        }

        follower.begins(Phase::Link);
        let config = Arc::clone(&self.config);
        let (previous_link, previous_renderings) =
            self.previous.take().map_or((None, None), PreviousBuild::into_linked);
        let linked = link(&scan.graph, previous_link, &config, log);
        log.stop_on_error()?;

        follower.begins(Phase::Chunk);
        let chunks = chunk(&linked, &config);

        follower.begins(Phase::Render);
        let cache = self.cache.as_ref();
        let input = RenderInput { config: &config, cache, scan: &scan, graph: &chunks };
        let rendered = render::run(input, trees, previous_renderings, &mut self.memo);
        log.extend(rendered.diagnostics(&chunks));
        log.stop_on_error()?;

        follower.begins(Phase::Emit);
        let diagnostics = log.iter().cloned().collect();
        let input = EmitInput::of(input, &rendered, None);
        let outputs = emit::run(input, &mut self.previous_emit, follower, log);
        log.stop_on_error()?;

        let restored = self.fill_cache(&scan, &rendered);
        let counts =
            Counts { linked: linked.fresh, rendered: rendered.fresh, restored, ..scan.counts };
        let is_patchable = self.memo.drop_unused(&scan.made_of, &rendered);
        let (layout, may_be_reused) = (chunks.into_layout(), linked.may_be_reused);
        let programs = linked.programs;
        self.keep(PreviousBuild {
            scan,
            programs,
            may_be_reused,
            layout,
            rendered,
            diagnostics,
            is_patchable,
        });
        Ok(Build { outputs, warnings: Vec::new(), counts, read })
    }

    /// Scans everything. `counts_so_far`: the work that was done for this build before.
    fn scan(&mut self, counts_so_far: Counts, log: &mut Diagnostics) -> Scan {
        self.memo.may_have_unused = true;
        let (input, memo, _) = self.scan_input();
        let mut scan = scan::run(input, memo, log);
        scan.counts.add(counts_so_far);
        scan.counts.avoided += self.resolver.folders().close();
        scan
    }

    /// Returns the files that the scan read, if `Build::read` has them.
    fn files_to_lint(&self) -> Vec<Utf8PathBuf> {
        let is_asked = self.is_last && self.config.lint.is_some();
        if is_asked { self.files().collect() } else { Vec::new() }
    }

    /// Drops everything that only the next build would need.
    fn free_memory(&mut self, scan: &mut Scan) {
        (self.memo, self.previous, self.previous_emit) =
            (Memo::default(), None, PreviousEmit::default());
        scan.made_of = UsedEntries::default();
    }

    /// Adds the results of a successful build to the disk cache. Returns the number of results that
    /// the build took from it.
    fn fill_cache(&self, scan: &Scan, rendered: &RenderedChunks) -> usize {
        let Some(cache) = &self.cache else { return 0 };
        cache.keep(&scan.cached, &scan.graph, &rendered.made);
        cache.take_found()
    }

    /// Keeps a successful build if the next one may reuse it.
    fn keep(&mut self, build: PreviousBuild) {
        if self.is_last {
            self.previous_emit = PreviousEmit::default();
        } else if self.config.output.modules == ModulesForm::Registry {
            self.previous = Some(build);
        }
    }

    /// Returns what a scan reads with, and what it changes: the memo tables and the previous build.
    fn scan_input(&mut self) -> (ScanInput<'_>, &mut Memo, &mut Option<PreviousBuild>) {
        let Self { config, fs, resolver, tools, plugins, cache, memo, previous, is_last, .. } =
            self;
        let (tools, cache, is_last) = (&**tools, cache.as_ref(), *is_last);
        (ScanInput { config, fs, resolver, tools, plugins, cache, is_last }, memo, previous)
    }

    /// Builds if only the bodies of modules changed. Everything that does not follow from bodies is
    /// reused.
    fn build_edited(&mut self, follower: &mut dyn Follower, log: &mut Diagnostics) -> EditedBuild {
        let (input, memo, previous) = self.scan_input();
        let Edited { mut previous, changed, trees, replaced } =
            match scan::edited(input, memo, previous) {
                Ok(edited) => edited,
                Err(counts_so_far) => return EditedBuild::NotApplicable(counts_so_far),
            };
        let part_origins = Arc::clone(&previous.scan.part_origins);
        let counts_so_far = previous.scan.counts;

        follower.begins(Phase::Link);
        let config = Arc::clone(&self.config);
        let linked = LinkedGraph::with_bodies(&previous.scan.graph, previous.programs, changed);

        follower.begins(Phase::Chunk);
        let chunks = previous.layout.over(&linked);

        follower.begins(Phase::Render);
        let cache = self.cache.as_ref();
        let input = RenderInput { config: &config, cache, scan: &previous.scan, graph: &chunks };
        let has_no_diagnostics =
            render::again(input, &trees, &mut previous.rendered, &mut self.memo);
        drop(trees);

        let outputs = has_no_diagnostics.then(|| {
            log.extend(previous.diagnostics.iter().cloned());
            follower.begins(Phase::Emit);
            let input = EmitInput::of(input, &previous.rendered, linked.changed.as_deref());
            emit::run(input, &mut self.previous_emit, follower, log)
        });

        let counts = Counts { rendered: previous.rendered.fresh, ..counts_so_far };
        self.memo.forget_unused(&replaced);
        // A failed build may have left entries in the tables that no build uses.
        let is_tidy = !self.memo.may_have_unused
            || self.memo.drop_unused(&previous.scan.made_of, &previous.rendered);
        let is_patchable = is_tidy && outputs.is_some();
        let layout = chunks.into_layout();
        let programs = linked.programs;
        self.previous = Some(PreviousBuild { programs, layout, is_patchable, ..previous });
        let Some(outputs) = outputs else { return EditedBuild::NotApplicable(counts_so_far) };
        let build = Build { outputs, warnings: Vec::new(), counts, read: Vec::new() };
        let result = log.stop_on_error().map(|()| build);
        EditedBuild::Ended(Box::new(Outcome { result, part_origins }))
    }

    /// Returns the files that the last build read as modules, including those of packages.
    pub fn files(&self) -> impl Iterator<Item = Utf8PathBuf> {
        self.memo.files.keys().map(|key| key.path.clone())
    }

    /// Returns the dependencies of the builds so far that no earlier call returned, or all of them
    /// (`is_complete`).
    pub fn take_dependencies(&mut self) -> Dependencies {
        self.reported.take_dependencies(&mut self.memo, &self.resolver)
    }

    /// Drops what `apply` drops, except for stylesheets that depend on a changed script only
    /// because PostCSS reads it, as Tailwind does. Returns false and drops nothing if there are
    /// none. The next build has the old stylesheets and does not wait for PostCSS; the host then
    /// calls `apply` and builds again.
    pub fn apply_before_postcss(&mut self, changes: &ChangeSet) -> bool {
        let ChangeSet { created, changed, removed } = changes;
        if self.config.plugins.postcss.is_none() || !created.is_empty() || !removed.is_empty() {
            return false;
        }
        let stylesheets = self.memo.take_dependent_stylesheets(changed);
        let is_delayed = !stylesheets.is_empty();
        if is_delayed {
            self.apply(changes);
        }
        self.memo.put_back(stylesheets);
        is_delayed
    }

    /// Drops the results that the changes invalidate. The next `build` makes only these again.
    pub fn apply(&mut self, changes: &ChangeSet) {
        let mut are_resolutions_stale = false;
        // The messages of failed resolutions suggest names of files that no watcher watches.
        self.memo.forget_failures();
        self.memo.forget_transient_failures();
        for (path, change) in changes.iter() {
            self.memo.forget_touched(path, change);
            are_resolutions_stale |= match change {
                Change::Created | Change::Removed => self.resolver.depends_on_existence(path),
                Change::Changed => self.resolver.depends_on_contents(path),
            };
        }
        self.memo.nodes.forget_missing();
        if let Some(previous) = self.previous.as_mut().filter(|_| are_resolutions_stale) {
            previous.is_patchable = false;
        }
        if are_resolutions_stale {
            self.memo.forget_resolved();
            self.resolver.clear();
            self.memo.resolutions.clear();
            self.memo.nodes.forget_all();
        }
    }
}
