//! The outputs that watch mode has written. After a successful rebuild the output folder is as a
//! clean build leaves it: outputs that other processes removed or changed are written again, and an
//! output of an earlier build of this process that is no longer made is removed, unless another
//! process has written it since. This also holds after a change of the output folder. A file that
//! is as it should be is not touched.

use std::{
    collections::{BTreeMap, BTreeSet},
    io, mem,
    time::SystemTime,
};

use bundle_base::{Diagnostic, Diagnostics, config::absolute};
use bundle_engine::{ENTRYPOINTS_FILE, OutputFile, Outputs};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

use crate::{
    platform,
    project::{Project, shown},
    write::{self, Done},
    written::Rebuilt,
};

/// The written outputs and their state on the disk.
#[derive(Default)]
pub struct Disk {
    /// The outputs of the last build, once they were written.
    outputs: Option<Outputs>,
    /// Every output, as we left it.
    left: BTreeMap<Utf8PathBuf, Stamp>,
    /// Those of them that we wrote. The others had their contents already: they may be files of
    /// the project that are the same.
    wrote: BTreeSet<Utf8PathBuf>,
    /// The output folder that these files were written for. `None` if its manifest is also about
    /// files of other builds.
    home: Option<Utf8PathBuf>,
    /// Every folder that we made for outputs.
    made: BTreeSet<Utf8PathBuf>,
    /// Outputs that could not be written, and the diagnostics about that.
    waiting: Option<(Outputs, Vec<Diagnostic>)>,
}

/// Attributes that differ once another process writes the file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    /// Changes when a rename replaces the file.
    inode: u64,
}

/// What became of another attempt to write outputs.
pub enum Retry {
    /// The outputs are on the disk.
    Written(Rebuilt),
    /// They cannot be written, for another reason than before.
    Failed(Diagnostics),
    /// Nothing was to be written, or the failure is the same as before.
    Unchanged,
}

/// Called with the process that must finish first, if it is known.
pub type Waits<'a> = &'a mut dyn FnMut(Option<u32>);

impl Disk {
    /// Whether outputs were written.
    pub fn has_outputs(&self) -> bool {
        !self.left.is_empty()
    }

    /// Returns the outputs of the last build that was written.
    pub fn outputs(&self) -> Option<&Outputs> {
        self.outputs.as_ref()
    }

    /// Whether outputs could not be written and must be tried again.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Forgets the last outputs: another configuration puts them elsewhere. The files that were
    /// left are still known.
    pub fn forget_outputs(&mut self) {
        self.outputs = None;
        self.waiting = None;
    }

    /// Returns all paths that are ours: the files that were left, those that these outputs are
    /// about to write, and the output folder.
    pub fn places(&self, project: &Project, outputs: &Outputs) -> Vec<Utf8PathBuf> {
        let new = places(project, outputs).map(|(path, _)| path);
        new.chain(self.left.keys().cloned()).chain([project.config.output.dir.clone()]).collect()
    }

    /// Writes the outputs that differ from the disk. If that fails, `write_again` can try once
    /// more.
    pub fn write(
        &mut self,
        project: &Project,
        outputs: Outputs,
        waits: Waits<'_>,
    ) -> Result<Rebuilt, Diagnostics> {
        self.waiting = None;
        let touched = self.touched();
        let has_metafile = project.metafile.is_some();
        let is_same =
            self.outputs.as_ref().is_some_and(|before| is_same(before, &outputs, has_metafile));
        if is_same && touched.is_empty() {
            return Ok(Rebuilt::default());
        }
        let intact = self.intact(project, &outputs, &touched);
        let foreign = self.foreign(project, touched);
        self.outputs = None;
        let new: BTreeSet<Utf8PathBuf> = places(project, &outputs).map(|(path, _)| path).collect();
        let former: Vec<Utf8PathBuf> =
            self.left.keys().filter(|path| !new.contains(*path)).cloned().collect();
        let set = write::Set {
            project,
            outputs: &outputs,
            foreign: &foreign,
            former: &former,
            intact: &intact,
        };
        match write::all(&set, waits) {
            Ok(mut done) => {
                let stamped = |path: Utf8PathBuf| Stamp::of(&path).map(|stamp| (path, stamp));
                let now = new.into_iter().filter_map(stamped).collect();
                let mut removed = mem::take(&mut done.removed);
                removed.extend(self.remove_stale(project, now, &mut done));
                self.outputs = Some(outputs);
                let shown = |path: &Utf8PathBuf| shown(path, &project.cwd);
                let removed = removed.iter().map(shown).collect();
                let restored = foreign.iter().filter(|path| self.left.contains_key(*path));
                Ok(Rebuilt {
                    written: done.written,
                    removed,
                    restored: restored.map(shown).collect(),
                })
            }
            Err(failed) => {
                self.waiting = Some((outputs, failed.iter().cloned().collect()));
                Err(failed)
            }
        }
    }

    /// Tries again to write outputs that could not be written.
    pub fn write_again(&mut self, project: &Project, waits: Waits<'_>) -> Retry {
        let Some((outputs, reported)) = self.waiting.take() else { return Retry::Unchanged };
        match self.write(project, outputs, waits) {
            Ok(rebuilt) => Retry::Written(rebuilt),
            Err(failed) if failed.iter().eq(reported.iter()) => Retry::Unchanged,
            Err(failed) => Retry::Failed(failed),
        }
    }

    /// Returns the files that we left.
    pub fn left(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.left.keys()
    }

    /// Whether another process has removed or emptied outputs, and has written no others: then it
    /// has not built here, and has no use for what is missing.
    pub fn has_lost_outputs(&self, project: &Project) -> bool {
        let is_gone = |path: &Utf8PathBuf| match path.symlink_metadata() {
            Ok(found) => found.is_file() && found.len() == 0,
            Err(error) => error.kind() == io::ErrorKind::NotFound,
        };
        let foreign = self.foreign(project, self.touched());
        self.outputs.is_some() && !foreign.is_empty() && foreign.iter().all(is_gone)
    }

    /// Lets `write_again` write the last outputs once more.
    pub fn restore(&mut self) {
        self.waiting = self.outputs.clone().map(|outputs| (outputs, Vec::new()));
    }

    /// Returns the files that another process has written or removed since we wrote them.
    fn touched(&self) -> BTreeSet<Utf8PathBuf> {
        let touched =
            self.left.iter().filter(|(path, left)| Stamp::of(path).as_ref() != Some(*left));
        touched.map(|(path, _)| path.clone()).collect()
    }

    /// Returns, per output, whether it is unchanged since it was last written, on the disk too.
    fn intact(
        &self,
        project: &Project,
        outputs: &Outputs,
        touched: &BTreeSet<Utf8PathBuf>,
    ) -> Vec<bool> {
        let before = self.outputs.iter().flat_map(|before| &before.files);
        let known: FxHashMap<&str, &OutputFile> =
            before.map(|file| (file.path.as_str(), file)).collect();
        let dir = &project.config.output.dir;
        let is_there = |path: &Utf8PathBuf| self.left.contains_key(path) && !touched.contains(path);
        let is_same = |file: &OutputFile| {
            known.get(file.path.as_str()).is_some_and(|before| **before == *file)
        };
        outputs
            .files
            .iter()
            .map(|file| is_same(file) && is_there(&absolute(dir, &file.path)))
            .collect()
    }

    /// Returns the touched files whose contents are known to differ from what was written.
    fn foreign(&self, project: &Project, touched: BTreeSet<Utf8PathBuf>) -> BTreeSet<Utf8PathBuf> {
        let Some(outputs) = self.outputs.as_ref().filter(|_| !touched.is_empty()) else {
            return touched;
        };
        let written: FxHashMap<Utf8PathBuf, &[u8]> =
            places(project, outputs).filter_map(|(path, bytes)| Some((path, bytes?))).collect();
        let is_as_written = |path: &Utf8PathBuf| {
            written
                .get(path)
                .is_some_and(|bytes| project.fs.read(path).is_ok_and(|found| found == *bytes))
        };
        touched.into_iter().filter(|path| !is_as_written(path)).collect()
    }

    /// Removes the files that are not among the new ones, if they are still as we left them. Files
    /// outside the output folders stay.
    fn remove_stale(
        &mut self,
        project: &Project,
        now: BTreeMap<Utf8PathBuf, Stamp>,
        done: &mut Done,
    ) -> Vec<Utf8PathBuf> {
        let dir = &project.config.output.dir;
        let mut before = mem::replace(&mut self.left, now);
        let home = mem::replace(&mut self.home, (!done.is_part).then(|| dir.clone()));
        self.made.extend(mem::take(&mut done.folders));
        let wrote = mem::take(&mut self.wrote);
        self.wrote = wrote.iter().filter(|path| self.left.contains_key(*path)).cloned().collect();
        self.wrote.extend(mem::take(&mut done.changed));
        // If another build has made the old folder its own, it may use files that it found there.
        let home = home.filter(|home| home != dir && !is_changed(home, &before));
        let real = |folder: &Utf8PathBuf| project.fs.canonical(folder).ok();
        let (real_dir, real_home) = (real(dir), home.as_ref().and_then(real));
        let is_in = |path: &Utf8PathBuf, folder: &Option<Utf8PathBuf>| {
            folder.as_ref().is_some_and(|folder| path.starts_with(folder))
        };
        let kept = done.kept.iter().filter_map(|path| Stamp::of(path));
        // By their stamps: the same file may have two paths.
        let wanted: Vec<Stamp> = self.left.values().copied().chain(kept).collect();
        before.retain(|path, left| {
            !self.left.contains_key(path)
                && !done.needed.contains(path)
                && Stamp::of(path).as_ref() == Some(&*left)
                && !wanted.contains(left)
                && real(path).is_some_and(|real| {
                    is_in(&real, &real_dir) || wrote.contains(path) && is_in(&real, &real_home)
                })
        });
        let may_go = |folder: &Utf8Path| {
            let is_below = |dir: &Utf8PathBuf| folder.starts_with(dir) && folder != dir;
            is_below(dir)
                || home.as_ref().is_some_and(|home| {
                    is_below(home) || (self.made.contains(folder) && !dir.starts_with(folder))
                })
        };
        before.into_keys().filter(|path| write::remove(path, may_go)).collect()
    }
}

/// Whether another process has written the manifest in an output folder since we left it.
fn is_changed(home: &Utf8Path, left: &BTreeMap<Utf8PathBuf, Stamp>) -> bool {
    let manifest = home.join(ENTRYPOINTS_FILE);
    let now = Stamp::of(&manifest);
    now.is_some() && left.get(&manifest).is_some_and(|left| now.as_ref() != Some(left))
}

impl Stamp {
    /// Reads the present attributes of a file.
    pub fn of(path: &Utf8Path) -> Option<Self> {
        let found = path.metadata().ok()?;
        Some(Self {
            length: found.len(),
            modified: found.modified().ok(),
            inode: platform::inode(&found),
        })
    }
}

/// Returns where outputs go, with their contents where these are known without the disk.
fn places<'a>(
    project: &Project,
    outputs: &'a Outputs,
) -> impl Iterator<Item = (Utf8PathBuf, Option<&'a [u8]>)> {
    let dir = project.config.output.dir.clone();
    let files = outputs
        .files
        .iter()
        .map(move |file| (absolute(&dir, &file.path), Some(file.bytes.as_slice())));
    files.chain(project.metafile.clone().map(|path| (path, None)))
}

fn is_same(before: &Outputs, now: &Outputs, has_metafile: bool) -> bool {
    before.files == now.files && (!has_metafile || before.metafile == now.metafile)
}
