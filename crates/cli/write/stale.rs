//! Removes outputs that nothing makes any more. Who names them may be mistaken, so nothing goes that is a link, that lies elsewhere
//! than it seems, that was written a moment ago or by somebody else, or that the build has read.

use std::{collections::BTreeSet, fs};

use bundle_base::fs::FileSystem;
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashSet;

use super::places::Inputs;

/// What decides whether a file may go.
pub struct Stale<'a> {
    pub disk: &'a dyn FileSystem,
    /// The output folder.
    pub dir: &'a Utf8Path,
    /// What was written.
    pub places: FxHashSet<Utf8PathBuf>,
    pub inputs: &'a Inputs<'a>,
    /// What somebody else has written.
    pub foreign: &'a BTreeSet<Utf8PathBuf>,
}

impl Stale<'_> {
    /// Removes these files, relative to the output folder, and answers which of them are gone.
    pub fn remove<'f>(&self, files: impl IntoIterator<Item = &'f String>) -> Vec<Utf8PathBuf> {
        let paths = files.into_iter().map(|file| self.dir.join(file));
        paths.filter(|path| self.may_go(path) && remove(path, self.dir)).collect()
    }

    fn may_go(&self, path: &Utf8Path) -> bool {
        // Where names differ by case alone a new file may be the old one: the real path is that of both.
        let (Ok(dir), Ok(real)) = (self.disk.canonical(self.dir), self.disk.canonical(path)) else { return false };
        let is_needed = self.places.contains(&real) || self.inputs.has(&real);
        real.starts_with(&dir) && !is_needed && !self.foreign.contains(path)
    }
}

/// Removes an output that nothing makes any more, and the folders below `dir` that become empty. True if it was removed; what
/// is a symbolic link or no file at all stays.
pub fn remove(path: &Utf8Path, dir: &Utf8Path) -> bool {
    let is_removed = path.symlink_metadata().is_ok_and(|found| found.is_file()) && fs::remove_file(path).is_ok();
    if is_removed {
        let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(dir) && *folder != dir);
        // The first one that is not empty ends it.
        let _ = folders.map(fs::remove_dir).find(Result::is_err);
    }
    is_removed
}
