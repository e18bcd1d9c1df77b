//! Keeps apart builds that write into one folder. The folder itself is locked: no lock file lies in
//! it, the lock is the same under every path of the folder and for every user and container that
//! shares it, and the system releases the lock of a killed build. Windows cannot lock folders:
//! there, a file among the user's temporary files is locked instead. Linux locks folders of a
//! network only among the builds of one machine; there, as without permission to read the folder,
//! builds are not kept apart.

use std::{
    fs::{File, TryLockError},
    io, thread,
    time::Duration,
};

use bundle_base::FileSystem;
use camino::Utf8Path;

use super::undo::Undo;
use crate::platform::{self, Lockable};

/// How often to try the lock before the wait is reported, and how long to pause in between: a
/// second in all.
const PATIENCE: (u32, Duration) = (50, Duration::from_millis(20));

/// The lock of an output folder, held while this value lives.
pub struct Lock {
    _locked: File,
    /// An identifier of the folder, for names of temporary files.
    pub name: String,
}

impl Lock {
    /// Waits for the lock of the folder, and makes the folder if it does not exist. If that takes
    /// long, calls `waits` with the process that holds the lock, if that is known. `None` if the
    /// folder cannot be locked.
    pub fn take(
        dir: &Utf8Path,
        fs: &dyn FileSystem,
        undo: &mut Undo,
        waits: &mut dyn FnMut(Option<u32>),
    ) -> Option<Self> {
        loop {
            undo.create_folders(dir).ok()?;
            let Lockable { file, name } = platform::lockable(dir).ok()?;
            wait(&file, &mut || waits(holder(&file, fs))).ok()?;
            // A failed build removes a folder that it made, so the locked folder may no longer be
            // the one at this path.
            if platform::lock_name(dir).is_ok_and(|now| now == name) {
                return Some(Self { _locked: file, name });
            }
        }
    }
}

fn wait(folder: &File, waits: &mut dyn FnMut()) -> io::Result<()> {
    let (tries, pause) = PATIENCE;
    for _ in 0..tries {
        match folder.try_lock() {
            Ok(()) => return Ok(()),
            Err(TryLockError::WouldBlock) => thread::sleep(pause),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    waits();
    folder.lock()
}

/// Returns the process that holds the lock of an open file or folder, where the system lists locks:
/// `1: FLOCK ADVISORY WRITE 4711 fe:00:131076 0 EOF`.
pub fn holder(locked: &File, fs: &dyn FileSystem) -> Option<u32> {
    let inode = format!(":{}", platform::inode(&locked.metadata().ok()?));
    let locks = fs.read(Utf8Path::new("/proc/locks")).ok()?;
    let locks = String::from_utf8_lossy(&locks);
    locks.lines().find_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let [_, "FLOCK", _, "WRITE", process, place, ..] = words[..] else { return None };
        process.parse().ok().filter(|_| place.ends_with(&inode))
    })
}
