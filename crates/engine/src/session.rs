//! A `Session` builds a program again and again, and keeps results in memo tables. A build runs the
//! same five phases whether the tables are empty or full. A failed build leaves the tables valid,
//! so there is nothing to roll back.

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
    emit::{self, EmitInput, Kept},
    grouped_diagnostics::grouped,
    installed::without_edits,
    last_build::LastBuild,
    memo::Memo,
    plugins::Plugins,
    render::{self, RenderInput},
    scan::{self, Edited, MadeOf, Places, ScanInput},
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
    /// The last successful build, if the next one may reuse it.
    last: Option<LastBuild>,
    /// The files that the last build emitted for each chunk.
    kept: Kept,
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
            last: None,
            kept: Kept::default(),
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
        let mut places = Arc::default();
        let outcome = self.phases(follower, &mut places, log);
        let shown = |log: &mut Diagnostics| {
            let in_files = places.in_files(log.take().into_iter());
            grouped(in_files.into_iter().map(without_edits).collect())
        };
        match outcome {
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

    fn phases(
        &mut self,
        follower: &mut dyn Follower,
        places: &mut Arc<Places>,
        log: &mut Diagnostics,
    ) -> Result<Build, Diagnostics> {
        follower.begins(Phase::Scan);
        let (input, memo, last) = self.scan_input();
        let counts_so_far = match scan::edited(input, memo, last) {
            Ok(edited) => {
                *places = Arc::clone(&edited.last.scan.places);
                let counts = edited.last.scan.counts;
                match self.build_edited(edited, follower, log) {
                    Some(built) => return built,
                    None => counts,
                }
            }
            Err(counts) => counts,
        };
        self.memo.may_have_unused = true;
        let (input, memo, _) = self.scan_input();
        let mut scan = scan::run(input, memo, log);
        scan.counts.add(counts_so_far);
        scan.counts.avoided += self.resolver.folders().close();
        *places = Arc::clone(&scan.places);
        log.stop_on_error()?;
        let trees = scan.take_trees();
        let mut read = Vec::new();
        if self.is_last {
            read = if self.config.lint.is_some() { self.files().collect() } else { Vec::new() };
            (self.memo, self.last, self.kept) = (Memo::default(), None, Kept::default());
            scan.made_of = MadeOf::default();
        }
        let config = Arc::clone(&self.config);
        follower.begins(Phase::Link);
        let (previous_link, previous_renderings) =
            self.last.take().map_or((None, None), LastBuild::into_linked);
        let linked = link(&scan.graph, previous_link, &config, log);
        log.stop_on_error()?;
        follower.begins(Phase::Chunk);
        let chunks = chunk(&linked, &config);
        log.stop_on_error()?;
        follower.begins(Phase::Render);
        let cache = self.cache.as_ref();
        let input = RenderInput { config: &config, cache, scan: &scan, graph: &chunks };
        let rendered = render::run(input, trees, previous_renderings, &mut self.memo);
        log.extend(rendered.diagnostics(&chunks));
        log.stop_on_error()?;
        follower.begins(Phase::Emit);
        let diagnostics = log.iter().cloned().collect();
        let kept = &mut self.kept;
        let input = EmitInput {
            config: &config,
            scan: &scan,
            graph: &chunks,
            rendered: &rendered,
            changed: None,
        };
        let outputs = emit::run(input, kept, follower, log);
        log.stop_on_error()?;
        if let Some(cache) = &self.cache {
            cache.keep(&scan.cached, &scan.graph, &rendered.made);
        }
        let restored = self.cache.as_ref().map_or(0, Cache::take_found);
        let counts =
            Counts { linked: linked.fresh, rendered: rendered.fresh, restored, ..scan.counts };
        let is_patchable = self.memo.drop_unused(&scan.made_of, &rendered);
        let (layout, may_be_reused) = (chunks.into_layout(), linked.may_be_reused);
        let programs = linked.programs;
        if config.output.modules == ModulesForm::Registry && !self.is_last {
            self.last = Some(LastBuild {
                scan,
                programs,
                may_be_reused,
                layout,
                rendered,
                diagnostics,
                is_patchable,
            });
        }
        if self.is_last {
            self.kept = Kept::default();
        }
        Ok(Build { outputs, warnings: Vec::new(), counts, read })
    }

    /// Returns what a scan reads with, and what it changes: the memo tables and the last build.
    fn scan_input(&mut self) -> (ScanInput<'_>, &mut Memo, &mut Option<LastBuild>) {
        let Self { config, fs, resolver, tools, plugins, cache, memo, last, is_last, .. } = self;
        let (tools, cache, is_last) = (&**tools, cache.as_ref(), *is_last);
        (ScanInput { config, fs, resolver, tools, plugins, cache, is_last }, memo, last)
    }

    /// Runs the phases after the scan if only the bodies of modules changed. Everything that does
    /// not follow from bodies is reused. Returns `None` if a changed module has diagnostics or had
    /// some before: these must be reported in order among those of other modules, so the caller
    /// builds in the usual way.
    fn build_edited(
        &mut self,
        Edited { last, changed, trees, replaced }: Edited,
        follower: &mut dyn Follower,
        log: &mut Diagnostics,
    ) -> Option<Result<Build, Diagnostics>> {
        let config = Arc::clone(&self.config);
        let LastBuild { scan, programs, layout, mut rendered, diagnostics, .. } = last;
        follower.begins(Phase::Link);
        let linked = LinkedGraph::with_bodies(&scan.graph, programs, changed);
        follower.begins(Phase::Chunk);
        let chunks = layout.over(&linked);
        follower.begins(Phase::Render);
        let cache = self.cache.as_ref();
        let input = RenderInput { config: &config, cache, scan: &scan, graph: &chunks };
        let is_quiet = render::again(input, &trees, &mut rendered, &mut self.memo);
        drop(trees);
        let outputs = is_quiet.then(|| {
            log.extend(diagnostics.iter().cloned());
            follower.begins(Phase::Emit);
            let kept = &mut self.kept;
            let input = EmitInput {
                config: &config,
                scan: &scan,
                graph: &chunks,
                rendered: &rendered,
                changed: linked.changed.as_deref(),
            };
            emit::run(input, kept, follower, log)
        });
        let (layout, may_be_reused) = (chunks.into_layout(), last.may_be_reused);
        let programs = linked.programs;
        let counts = Counts { rendered: rendered.fresh, ..scan.counts };
        self.memo.forget_unused(&replaced);
        // A failed build may have left entries in the tables that no build uses.
        let is_tidy = !self.memo.may_have_unused || self.memo.drop_unused(&scan.made_of, &rendered);
        let is_patchable = is_tidy && outputs.is_some();
        self.last = Some(LastBuild {
            scan,
            programs,
            may_be_reused,
            layout,
            rendered,
            diagnostics,
            is_patchable,
        });
        let build = Build { outputs: outputs?, warnings: Vec::new(), counts, read: Vec::new() };
        Some(log.stop_on_error().map(|()| build))
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
        let is_any = !stylesheets.is_empty();
        if is_any {
            self.apply(changes);
        }
        self.memo.put_back(stylesheets);
        is_any
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
        if let Some(last) = self.last.as_mut().filter(|_| are_resolutions_stale) {
            last.is_patchable = false;
        }
        if are_resolutions_stale {
            for (key, _) in self.memo.files.extract_if(|_, file| file.has_resolved) {
                self.memo.file_changes.was_invalidated(key);
            }
            self.memo.invalidated.clear();
            self.resolver.clear();
            self.memo.resolutions.clear();
            self.memo.nodes.forget_all();
        }
    }
}
