//! Files that exist to be locked. The system releases the lock when a process is killed, so the
//! existence of such a file proves nothing.

use std::fs::File;

/// Opens a file of this name among the temporary files, to be locked, and makes it if it does not
/// exist.
pub fn lock_file(name: &str) -> Option<File> {
    let path = std::env::temp_dir().join(name);
    let opened = File::options().read(true).write(true).open(&path);
    // Another user's file can be locked, but not written.
    let opened = opened.or_else(|_| File::open(&path));
    let file = opened
        .or_else(|_| File::options().read(true).write(true).create_new(true).open(&path))
        .ok()?;
    // Every user may put links into that folder: a file that a link leads to is not ours.
    path.symlink_metadata().is_ok_and(|found| found.is_file()).then_some(file)
}
