//! Removes outputs that nothing makes any more.

use std::fs;

use camino::Utf8Path;

/// Removes an output that nothing makes any more, and the folders below `dir` that become empty.
/// True if it was removed; what is a symbolic link or no file at all stays.
pub fn remove(path: &Utf8Path, dir: &Utf8Path) -> bool {
    let is_removed =
        path.symlink_metadata().is_ok_and(|found| found.is_file()) && fs::remove_file(path).is_ok();
    if is_removed {
        let folders =
            path.ancestors().skip(1).take_while(|folder| folder.starts_with(dir) && *folder != dir);
        // The first one that is not empty ends it.
        let _ = folders.map(fs::remove_dir).find(Result::is_err);
    }
    is_removed
}
