//! Removes outputs that are no longer made.

use std::fs;

use camino::Utf8Path;

/// Removes an output that is no longer made, and the folders around it that become empty and may
/// go. Returns true if it was removed; symbolic links and anything but files stay.
pub fn remove(path: &Utf8Path, may_go: impl Fn(&Utf8Path) -> bool) -> bool {
    let is_removed =
        path.symlink_metadata().is_ok_and(|found| found.is_file()) && fs::remove_file(path).is_ok();
    if is_removed {
        let folders = path.ancestors().skip(1).take_while(|folder| may_go(folder));
        // The first folder that is not empty ends the loop.
        let _ = folders.map(fs::remove_dir).find(Result::is_err);
    }
    is_removed
}
