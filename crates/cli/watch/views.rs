//! Files that `watch.reload` matches, such as PHP views: a change of one reloads pages.

use std::{collections::BTreeSet, sync::Arc};

use bundle_base::{
    Config,
    config::matching,
    fs::{Change, OsFs, Question, Reads, Tracked},
};
use bundle_engine::{ChangeSet, UPDATES};
use camino::{Utf8Path, Utf8PathBuf};

/// The matching files, and what must be watched to notice new ones.
#[derive(Default)]
pub struct Views {
    files: BTreeSet<Utf8PathBuf>,
    reads: Reads,
    /// Files that match, but that the build writes.
    outputs: BTreeSet<Utf8PathBuf>,
}

impl Views {
    /// Finds the files of a configuration.
    pub fn of(config: &Config) -> Self {
        Self::without(BTreeSet::new(), config)
    }

    fn without(outputs: BTreeSet<Utf8PathBuf>, config: &Config) -> Self {
        let for_pages = config.output.dir.join(UPDATES);
        let is_view = |path: &Utf8PathBuf| !path.starts_with(&for_pages) && !outputs.contains(path);
        let asked = Tracked::new(Arc::new(OsFs));
        let files: BTreeSet<Utf8PathBuf> = config
            .watch
            .reload
            .iter()
            .flat_map(|pattern| matching(&asked, &config.project, pattern))
            .filter(is_view)
            .collect();
        let mut reads = asked.into_reads();
        reads.forget(&for_pages);
        for file in &files {
            reads.add(file, Question::Contents);
        }
        Self { files, reads, outputs }
    }

    fn found_again(&self, config: &Config) -> Self {
        Self::without(self.outputs.clone(), config)
    }

    /// Takes no outputs for views. Call this before they are written.
    pub fn leave_out(&mut self, outputs: &[Utf8PathBuf], config: &Config) {
        if config.watch.reload.is_empty() {
            return;
        }
        let outputs: BTreeSet<Utf8PathBuf> = outputs.iter().cloned().collect();
        if outputs != self.outputs {
            *self = Self::without(outputs, config);
        }
    }

    /// Returns what must be watched.
    pub fn reads(&self) -> &Reads {
        &self.reads
    }

    /// Whether one of the files may have changed, appeared or disappeared.
    pub fn is_touched(&self, changes: &ChangeSet) -> bool {
        changes.iter().any(|(path, change)| self.reads.is_touched(path, change))
    }

    /// Finds the files again if none of them has changed, appeared or disappeared. Returns whether
    /// that is so.
    pub fn update_if_untouched(&mut self, changes: &ChangeSet, config: &Config) -> bool {
        let is_view = |(path, _): (&Utf8Path, Change)| self.files.contains(path);
        if changes.iter().any(is_view) {
            return false;
        }
        let now = self.found_again(config);
        let are_same = now.files == self.files;
        if are_same {
            *self = now;
        }
        are_same
    }

    /// Finds the files again. Returns whether one of them has changed, appeared or disappeared.
    pub fn update(&mut self, changes: &ChangeSet, config: &Config) -> bool {
        let has_changed =
            |(path, change): (_, Change)| change == Change::Changed && self.files.contains(path);
        let is_changed = changes.iter().any(has_changed);
        let now = self.found_again(config);
        let is_other = now.files != self.files;
        *self = now;
        is_changed || is_other
    }
}
