//! The memo tables of a `Session`: files, parts, resolutions, rendered modules, and the nodes of
//! the module graph, which depend on these. Entries are immutable and independent. An entry holds
//! its own diagnostics, which are reported again when it is used. A successful build drops the
//! entries that it did not use, so memory grows with the project and not with the number of builds.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use bundle_base::fs::{Change, Question};
use bundle_graph::plan::RenderPlan;
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::{render::RenderedChunks, scan::UsedEntries};

mod file_entry; // a loaded file
mod node_id; // the numbers of modules
mod nodes; // the nodes of the module graph, which depend on the other tables
mod part_entry; // a script part
mod rendered; // a rendered part
mod resolution; // an answer of the resolver

pub(crate) use file_entry::{FileEntry, FileKey};
pub(crate) use node_id::NodeId;
pub(crate) use nodes::Nodes;
pub(crate) use part_entry::{PartEntry, PartKey, Provenance, Tree};
pub(crate) use rendered::{Placed, RegisteredText, Rendered, Section};
pub(crate) use resolution::{Answer, ResolveKey};

/// The result of rendering a part by a plan.
pub(crate) struct Rendering {
    plan: Arc<RenderPlan>,
    rendered: Arc<Rendered>,
}

/// The memo tables of a session.
#[derive(Default)]
pub(crate) struct Memo {
    pub files: FxHashMap<FileKey, Arc<FileEntry>>,
    pub parts: FxHashMap<PartKey, Arc<PartEntry>>,
    pub resolutions: FxHashMap<ResolveKey, Arc<Answer>>,
    /// Some of `resolutions` are failures.
    has_failures: bool,
    /// A part has few plans at a time: one for each program that it is in, and most of these are
    /// equal.
    pub rendered: FxHashMap<PartKey, Vec<Rendering>>,
    pub nodes: Nodes,
    /// The tables may hold entries of a failed build that no build used.
    pub may_have_unused: bool,
    /// Folders that the last scan listed, with the names in them, for `require.context` and
    /// `import.meta.glob`. Each scan lists them again, so no entry depends on them, but a watcher
    /// has to know them.
    pub listed: BTreeMap<Utf8PathBuf, BTreeSet<String>>,
    /// The changes of `files` since dependencies were last reported to a watcher.
    pub file_changes: FileChanges,
    /// Files that were dropped because something that they depend on changed, until they are loaded
    /// again.
    pub invalidated: FxHashMap<FileKey, Invalidated>,
    /// Files that were dropped because the resolver may answer their loaders otherwise now.
    pub unconfirmed: FxHashMap<FileKey, Arc<FileEntry>>,
    /// By path, the files whose entries depend on its contents; some may have been dropped since.
    /// `None`: no change has needed this index yet.
    readers: Option<FxHashMap<Utf8PathBuf, Vec<FileKey>>>,
}

/// A file that was dropped, and what caused that.
pub(crate) struct Invalidated {
    pub entry: Arc<FileEntry>,
    /// Another file that it depends on has changed.
    pub by_others: bool,
}

/// Adds a file to the readers of every path whose contents it depends on.
fn note_reader(
    readers: &mut FxHashMap<Utf8PathBuf, Vec<FileKey>>,
    key: &FileKey,
    file: &FileEntry,
) {
    for (path, _) in file.reads.iter().filter(|(_, question)| *question == Question::Contents) {
        let keys = readers.entry(path.to_owned()).or_default();
        if !keys.contains(key) {
            keys.push(key.clone());
        }
    }
}

/// The changes of the table of files since dependencies were last reported to a watcher.
#[derive(Default)]
pub(crate) struct FileChanges {
    /// A watcher asks for dependencies. Until it does, no change is recorded.
    pub is_followed: bool,
    /// Files that were loaded since.
    pub loaded: Vec<FileKey>,
    /// Files that were dropped since because of a change. Most of them are loaded again.
    pub invalidated: Vec<FileKey>,
    /// The last build dropped files that it did not use.
    pub has_dropped: bool,
}

impl Invalidated {
    fn note(&mut self, key: &FileKey, changed: &Utf8Path) {
        self.by_others |= key.path != changed;
    }
}

impl FileChanges {
    /// Records that a file was loaded.
    pub fn was_loaded(&mut self, key: &FileKey) {
        if self.is_followed {
            self.loaded.push(key.clone());
        }
    }

    /// Records that a file was dropped.
    pub fn was_invalidated(&mut self, key: FileKey) {
        if self.is_followed {
            self.invalidated.push(key);
        }
    }
}

impl Memo {
    /// Adds a loaded file.
    pub fn add_file(&mut self, key: FileKey, file: Arc<FileEntry>) {
        if let Some(readers) = &mut self.readers {
            note_reader(readers, &key, &file);
        }
        self.file_changes.was_loaded(&key);
        self.invalidated.remove(&key);
        self.unconfirmed.remove(&key);
        self.files.insert(key, file);
    }

    /// Drops the files whose loaders asked the resolver, until it gives the same answers again.
    pub fn forget_resolved(&mut self) {
        for (key, file) in self.files.extract_if(|_, file| file.has_resolved) {
            self.file_changes.was_invalidated(key.clone());
            if file.diagnostics.is_empty() && file.answers.is_some() {
                self.unconfirmed.insert(key, file);
            }
        }
        self.invalidated.clear();
    }

    /// Adds answers of the resolver.
    pub fn add_answers(&mut self, answers: Vec<(ResolveKey, Arc<Answer>)>) {
        self.has_failures |= answers.iter().any(|(_, answer)| answer.is_err());
        self.resolutions.extend(answers);
    }

    /// Drops the resolutions that failed.
    pub fn forget_failures(&mut self) {
        if std::mem::take(&mut self.has_failures) {
            self.resolutions.retain(|_, answer| answer.is_ok());
        }
    }

    /// Drops the files that could not be loaded and may succeed now although nothing has changed.
    pub fn forget_transient_failures(&mut self) {
        for (key, file) in self.files.extract_if(|_, file| file.is_transient) {
            self.nodes.forget_file(&key, &file);
            self.file_changes.was_invalidated(key);
        }
    }

    /// Takes out the stylesheets that depend on the contents of another file among `paths` that is
    /// a script or a component.
    pub fn take_dependent_stylesheets(
        &mut self,
        paths: &[Utf8PathBuf],
    ) -> Vec<(FileKey, Arc<FileEntry>)> {
        let mut taken = Vec::new();
        for path in paths {
            if !self.is_script(path) {
                continue;
            }
            for key in self.readers().get(path).cloned().unwrap_or_default() {
                let is_dependent = !paths.contains(&key.path)
                    && self.files.get(&key).is_some_and(|file| file.is_stylesheet());
                taken.extend(if is_dependent { self.files.remove_entry(&key) } else { None });
            }
        }
        taken
    }

    /// Returns the files that depend on the contents of each path.
    fn readers(&mut self) -> &mut FxHashMap<Utf8PathBuf, Vec<FileKey>> {
        let files = &self.files;
        self.readers.get_or_insert_with(|| {
            let mut readers = FxHashMap::default();
            for (key, file) in files {
                note_reader(&mut readers, key, file);
            }
            readers
        })
    }

    fn is_script(&self, path: &Utf8Path) -> bool {
        let key = FileKey { path: path.to_owned(), query: String::new() };
        self.files.get(&key).is_some_and(|file| !file.is_stylesheet())
    }

    /// Puts files back that were taken out.
    pub fn put_back(&mut self, files: Vec<(FileKey, Arc<FileEntry>)>) {
        for (key, file) in files {
            if let Some(readers) = &mut self.readers {
                note_reader(readers, &key, &file);
            }
            self.files.insert(key, file);
        }
    }

    /// Drops the files whose entries a change may invalidate, with their nodes.
    pub fn forget_touched(&mut self, path: &Utf8Path, change: Change) {
        let invalidated: Vec<(FileKey, Arc<FileEntry>)> = if change == Change::Changed {
            let keys = self.readers().remove(path).unwrap_or_default();
            for key in &keys {
                if let Some(invalidated) = self.invalidated.get_mut(key) {
                    invalidated.note(key, path);
                }
            }
            keys.into_iter().filter_map(|key| self.files.remove_entry(&key)).collect()
        } else {
            self.invalidated
                .retain(|_, invalidated| !invalidated.entry.reads.is_touched(path, change));
            self.files.extract_if(|_, file| file.reads.is_touched(path, change)).collect()
        };
        self.unconfirmed.retain(|_, file| !file.reads.is_touched(path, change));
        for (key, file) in invalidated {
            self.nodes.forget_file(&key, &file);
            self.file_changes.was_invalidated(key.clone());
            if change == Change::Changed {
                let mut invalidated = Invalidated { entry: file, by_others: false };
                invalidated.note(&key, path);
                self.invalidated.insert(key, invalidated);
            }
        }
    }

    /// Finds the rendering of a part by a plan.
    pub fn rendering(&self, part: &PartKey, plan: &RenderPlan) -> Option<&Arc<Rendered>> {
        let is_valid = |stored: &&Rendering| {
            *stored.plan == *plan && stored.rendered.provenance == part.provenance
        };
        self.rendered.get(part)?.iter().find(is_valid).map(|stored| &stored.rendered)
    }

    /// Adds the rendering of a part by a plan.
    pub fn add_rendering(&mut self, part: PartKey, plan: Arc<RenderPlan>, rendered: Arc<Rendered>) {
        self.rendered.entry(part).or_default().push(Rendering { plan, rendered });
    }

    /// Drops these parts and their renderings, unless they are in use outside the tables.
    pub fn forget_unused(&mut self, parts: &[PartKey]) {
        for part in parts {
            if self.parts.get(part).is_some_and(|entry| Arc::strong_count(entry) == 1) {
                self.parts.remove(part);
            }
            if let Some(plans) = self.rendered.get_mut(part) {
                plans.retain(|known| Arc::strong_count(&known.rendered) > 1);
                if plans.is_empty() {
                    self.rendered.remove(part);
                }
            }
        }
    }

    /// Drops everything that a successful build did not use. An entry is unused if only the tables
    /// own it while the arguments are alive. Returns true if modules keep their `NodeId`s.
    pub fn drop_unused(&mut self, _: &UsedEntries, _: &RenderedChunks) -> bool {
        self.may_have_unused = false;
        self.invalidated.clear();
        self.unconfirmed.clear();
        let count = self.files.len();
        self.files.retain(|_, entry| Arc::strong_count(entry) > 1);
        self.file_changes.has_dropped |= self.files.len() < count;
        self.parts.retain(|_, entry| Arc::strong_count(entry) > 1);
        self.resolutions.retain(|_, answer| Arc::strong_count(answer) > 1);
        self.rendered.retain(|_, plans| {
            plans.retain(|known| Arc::strong_count(&known.rendered) > 1);
            !plans.is_empty()
        });
        // Numbers of modules that no longer exist are kept, unless there are too many.
        let known = self.nodes.known.iter().flatten().count();
        let are_few = self.nodes.origins.len() <= 1000 + 2 * known;
        if !are_few {
            self.nodes = Nodes::default();
        }
        are_few
    }
}
