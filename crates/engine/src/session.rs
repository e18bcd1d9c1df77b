//! A Session builds a program again and again. Everything it learns it keeps in memo tables; a build is the same five
//! phases whether the tables are empty or full. A failed build leaves the tables valid: there is nothing to roll back.

use std::sync::Arc;

use bundle_base::{
    Config, Diagnostic, Diagnostics, FileSystem,
    diagnostic::Severity,
    fs::Change,
    loader::{NoTools, Tools},
};
use bundle_graph::{
    chunk::chunk,
    link::{Standing, link},
};
use bundle_resolve::Resolver;
use camino::Utf8PathBuf;
use rustc_hash::FxHashSet;

use crate::{
    Cache, ChangeSet, Follower, Outputs, Phase, emit,
    installed::without_edits,
    memo::{FileEntry, Memo},
    render,
    repeated::grouped,
    scan::{self, MadeOf, Node, Places},
};

mod dependencies; // what a watcher has to watch
#[cfg(test)]
mod tests;

use dependencies::Told;

/// A configuration with the file system it is about, and what is remembered.
pub struct Session {
    pub(crate) config: Arc<Config>,
    pub(crate) fs: Arc<dyn FileSystem>,
    pub(crate) resolver: Resolver,
    pub(crate) tools: Arc<dyn Tools>,
    pub(crate) memo: Memo,
    pub(crate) cache: Option<Cache>,
    /// No build follows: what only the next one would need goes as soon as this one is done with it.
    is_last: bool,
    /// What a watcher was told last.
    told: Told,
}

/// The result of a build that had no errors.
#[derive(Debug)]
pub struct Build {
    /// What is to be written.
    pub outputs: Outputs,
    /// What the user should hear although it worked.
    pub warnings: Vec<Diagnostic>,
    /// How much work it was.
    pub counts: Counts,
    /// The files that were read as modules, where no build follows and the configuration has them linted.
    pub read: Vec<Utf8PathBuf>,
}

/// How much work a build was: exact, the same on every machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Modules in the program.
    pub modules: usize,
    /// Files read from the file system.
    pub loaded: usize,
    /// Parts parsed.
    pub analysed: usize,
    /// Specifiers resolved.
    pub resolved: usize,
    /// Modules linked: those whose linked form of the build before does not stand.
    pub linked: usize,
    /// Parts rendered.
    pub rendered: usize,
    /// Files, records and rendered parts taken from the cache, in none of the counts above.
    pub restored: usize,
}

impl Session {
    /// Nothing is read before the first build.
    pub fn new(config: Arc<Config>, fs: Arc<dyn FileSystem>) -> Self {
        let resolver = Resolver::new(&config, Arc::clone(&fs));
        Self {
            config,
            fs,
            resolver,
            tools: Arc::new(NoTools),
            memo: Memo::default(),
            cache: None,
            is_last: false,
            told: Told::default(),
        }
    }

    /// The same, where programs of the user's can be run.
    #[must_use]
    pub fn with_tools(self, tools: Arc<dyn Tools>) -> Self {
        Self { tools, ..self }
    }

    /// The same with what earlier builds left. It is for this configuration.
    #[must_use]
    pub fn with_cache(self, cache: Cache) -> Self {
        Self { cache: Some(cache), ..self }
    }

    /// What earlier builds left, and this one added.
    pub fn cache(&self) -> Option<&Cache> {
        self.cache.as_ref()
    }

    /// Builds everything that the configuration names. `Err` holds every error of the phase that failed, and the warnings
    /// before it.
    pub fn build(&mut self) -> Result<Build, Diagnostics> {
        self.build_told(&mut |_: Phase| ())
    }

    /// The same; `follower` is told how far it is.
    pub fn build_told(&mut self, follower: &mut dyn Follower) -> Result<Build, Diagnostics> {
        let (log, mut places) = (&mut Diagnostics::new(), Places::default());
        let outcome = self.phases(follower, &mut places, log);
        let config = &self.config;
        let is_shown = |d: &Diagnostic| d.severity != Severity::Warning || !config.is_silenced(d.code);
        let shown = |log: &mut Diagnostics| {
            let in_files = places.in_files(log.take().into_iter().filter(is_shown));
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

    /// The same when no build follows: it takes less memory, and little is remembered afterwards.
    pub fn build_last(&mut self, follower: &mut dyn Follower) -> Result<Build, Diagnostics> {
        self.is_last = true;
        self.build_told(follower)
    }

    fn phases(
        &mut self,
        follower: &mut dyn Follower,
        places: &mut Places,
        log: &mut Diagnostics,
    ) -> Result<Build, Diagnostics> {
        follower.begins(Phase::Scan);
        let mut scan = scan::run(self, log);
        *places = std::mem::take(&mut scan.places);
        log.stop_on_error()?;
        let mut read = Vec::new();
        if self.is_last {
            read = if self.config.lint.is_some() { self.files().collect() } else { Vec::new() };
            self.memo = Memo::default();
            scan.made_of = MadeOf::default();
        }
        let trees = std::mem::take(&mut scan.trees);
        let config = Arc::clone(&self.config);
        follower.begins(Phase::Link);
        let (standing, before) = self.memo.standing.take().unzip();
        let linked = link(&scan.graph, standing, &config, log);
        log.stop_on_error()?;
        follower.begins(Phase::Chunk);
        let chunks = chunk(&linked, &config, log);
        log.stop_on_error()?;
        follower.begins(Phase::Render);
        let rendered = render::run(self, (&scan, trees), (&chunks, before), log);
        log.stop_on_error()?;
        follower.begins(Phase::Emit);
        let kept = &mut self.memo.kept;
        let outputs = emit::run((&config, kept, follower), (&scan, places), (&chunks, &rendered), log);
        log.stop_on_error()?;
        if let Some(cache) = &self.cache {
            cache.keep(&scan, &rendered);
        }
        let restored = self.cache.as_ref().map_or(0, Cache::take_found);
        let counts = Counts { linked: linked.fresh, rendered: rendered.fresh, restored, ..scan.counts };
        self.memo.keep_what_is_used(&scan.made_of, &rendered);
        drop(chunks);
        if linked.may_stand && !self.is_last {
            let programs = linked.programs;
            self.memo.standing = Some((Standing::new(scan.graph, programs), rendered));
        }
        if self.is_last {
            self.memo.kept = emit::Kept::default();
        }
        Ok(Build { outputs, warnings: Vec::new(), counts, read })
    }

    /// The files that the last build read as modules, those of packages too.
    pub fn files(&self) -> impl Iterator<Item = Utf8PathBuf> {
        self.memo.files.keys().map(|key| key.path.clone())
    }

    /// Drops what the changes touch. The next `build` makes it again, and nothing else.
    pub fn apply(&mut self, changes: &ChangeSet) {
        let mut resolutions_fall = false;
        // What they say depends on names that lie nearby, and nobody watches these.
        self.memo.resolutions.retain(|_, answer| answer.is_ok());
        let mut fallen = FxHashSet::default();
        for (path, change) in changes.iter() {
            let touched = |file: &FileEntry| file.reads.is_touched(path, change);
            for (key, file) in self.memo.files.extract_if(|_, file| touched(file)) {
                fallen.insert(Arc::as_ptr(&file));
                self.memo.file_news.has_fallen(key);
            }
            resolutions_fall |= match change {
                Change::Created | Change::Removed => self.resolver.depends_on_existence(path),
                Change::Changed => self.resolver.depends_on_contents(path),
            };
        }
        let has_fallen = |node: &Node| node.file.as_ref().is_some_and(|file| fallen.contains(&Arc::as_ptr(file)));
        self.memo.nodes.forget(|node| node.misses || has_fallen(node));
        if resolutions_fall {
            for (key, _) in self.memo.files.extract_if(|_, file| file.has_resolved) {
                self.memo.file_news.has_fallen(key);
            }
            self.resolver.clear();
            self.memo.resolutions.clear();
            self.memo.nodes.forget(|_| true);
        }
    }
}
