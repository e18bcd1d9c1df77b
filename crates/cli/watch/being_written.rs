//! Files that a program is writing: most editors truncate a file, and write it a moment later. A
//! build in between would read an empty file, and pages would get an empty module.

use std::{fs, thread, time::Duration};

use bundle_engine::ChangeSet;
use camino::{Utf8Path, Utf8PathBuf};

/// How long an empty file is waited for, in steps. A file may be empty for good; on a busy machine
/// a program may take this long to write what it has truncated.
const STEPS: u32 = 50;
const STEP: Duration = Duration::from_millis(2);

/// The changed files that had contents when a build began.
#[derive(Default)]
pub(super) struct BeingWritten(Vec<Utf8PathBuf>);

impl BeingWritten {
    /// Waits for changed files that are empty, and returns those that are not.
    pub fn await_contents(changes: &ChangeSet) -> Self {
        let mut files: Vec<Utf8PathBuf> =
            changes.created.iter().chain(&changes.changed).cloned().collect();
        for _ in 0..STEPS {
            if !files.iter().any(|file| is_empty(file)) {
                break;
            }
            thread::sleep(STEP);
        }
        files.retain(|file| !is_empty(file));
        Self(files)
    }

    /// Whether one of the files has been truncated since.
    pub fn is_any_empty(&self) -> bool {
        self.0.iter().any(|file| is_empty(file))
    }
}

#[expect(clippy::disallowed_methods, reason = "only the length counts, at this moment")]
fn is_empty(file: &Utf8Path) -> bool {
    fs::metadata(file).is_ok_and(|found| found.is_file() && found.len() == 0)
}
