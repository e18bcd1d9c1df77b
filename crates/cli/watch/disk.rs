//! What watching has written. After a successful rebuild the output folder is as a clean build leaves it: what others removed
//! or changed meanwhile is written again, and what an earlier build of this process wrote and nothing makes any more is
//! removed, unless somebody else has written it since. What is as it should be is not touched.

use std::{collections::BTreeMap, mem, time::SystemTime};

use bundle_base::{Diagnostic, Diagnostics, config::absolute};
use bundle_engine::Outputs;
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    project::{Project, shown},
    report::Written,
    write,
};

/// The outputs, and what became of them.
#[derive(Default)]
pub struct Disk {
    /// Those of the last build, once they were written.
    outputs: Option<Outputs>,
    /// Every file of ours, as we left it.
    left: BTreeMap<Utf8PathBuf, Stamp>,
    /// What could not be written, and what was said about it.
    waiting: Option<(Outputs, Vec<Diagnostic>)>,
}

/// What differs once somebody writes a file.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
}

/// What a build changed in the output folder.
#[derive(Default)]
pub struct Done {
    /// Every output, or none where all of them were known to be there.
    pub written: Vec<Written>,
    /// Files that nothing makes any more.
    pub removed: Vec<String>,
}

impl Disk {
    /// True if something was written.
    pub fn has_outputs(&self) -> bool {
        !self.left.is_empty()
    }

    /// True if outputs could not be written and have to be tried again.
    pub fn is_waiting(&self) -> bool {
        self.waiting.is_some()
    }

    /// Forgets what the last outputs were: another configuration gives them other places. What was left is remembered.
    pub fn forget_outputs(&mut self) {
        self.outputs = None;
        self.waiting = None;
    }

    /// Everything that is ours: what was left, and what these outputs are about to write.
    pub fn places(&self, project: &Project, outputs: &Outputs, metafile: Option<&str>) -> Vec<Utf8PathBuf> {
        let new = places(project, outputs, metafile);
        new.chain(self.left.keys().cloned()).chain([project.config.output.dir.clone()]).collect()
    }

    /// Writes what differs from what is there. If that fails, `write_again` can try once more.
    pub fn write(&mut self, project: &Project, outputs: Outputs, metafile: Option<&str>) -> Result<Done, Diagnostics> {
        self.waiting = None;
        let is_same = self.outputs.as_ref().is_some_and(|before| is_same(before, &outputs, metafile.is_some()));
        if is_same && self.left.iter().all(|(path, left)| Stamp::of(path).as_ref() == Some(left)) {
            return Ok(Done::default());
        }
        self.outputs = None;
        match write::all(project, &outputs, metafile) {
            Ok(written) => {
                let stamped = |path: Utf8PathBuf| Stamp::of(&path).map(|stamp| (path, stamp));
                let now = places(project, &outputs, metafile).filter_map(stamped).collect();
                let removed = self.remove_stale(project, now);
                self.outputs = Some(outputs);
                Ok(Done { written, removed })
            }
            Err(failed) => {
                self.waiting = Some((outputs, failed.iter().cloned().collect()));
                Err(failed)
            }
        }
    }

    /// Tries once more what failed. `None`: it fails as before.
    pub fn write_again(&mut self, project: &Project, metafile: Option<&str>) -> Option<Result<Done, Diagnostics>> {
        let (outputs, said) = self.waiting.take()?;
        let result = self.write(project, outputs, metafile);
        let is_known = result.as_ref().is_err_and(|failed| failed.iter().eq(said.iter()));
        (!is_known).then_some(result)
    }

    /// Removes what is not among the files of now, if it is still as we left it.
    fn remove_stale(&mut self, project: &Project, now: BTreeMap<Utf8PathBuf, Stamp>) -> Vec<String> {
        let dir = &project.config.output.dir;
        let mut before = mem::replace(&mut self.left, now);
        // A file outside of the folder of now belongs to another configuration, whose pages may still use it.
        before.retain(|path, left| {
            path.starts_with(dir) && !self.left.contains_key(path) && Stamp::of(path).as_ref() == Some(&*left)
        });
        let removed: Vec<Utf8PathBuf> = before.into_keys().filter(|path| write::remove(path, dir)).collect();
        removed.iter().map(|path| shown(path, &project.cwd)).collect()
    }
}

impl Stamp {
    fn of(path: &Utf8Path) -> Option<Self> {
        let found = path.metadata().ok()?;
        Some(Self { length: found.len(), modified: found.modified().ok() })
    }
}

/// Where outputs go.
fn places(project: &Project, outputs: &Outputs, metafile: Option<&str>) -> impl Iterator<Item = Utf8PathBuf> {
    let files = outputs.files.iter().map(|file| absolute(&project.config.output.dir, &file.path));
    files.chain(metafile.map(|file| absolute(&project.cwd, file)))
}

fn is_same(before: &Outputs, now: &Outputs, has_metafile: bool) -> bool {
    before.files == now.files && (!has_metafile || before.metafile == now.metafile)
}
