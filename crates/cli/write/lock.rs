//! Keeps builds apart that write into one folder. What is locked is the folder itself: no file of
//! ours lies in it for that, the lock is the same under every name of the folder and for every user
//! and container that shares it, and the system takes it back from a build that is killed. Windows
//! locks no folders, and Linux those of a network only among the builds of one machine; there, as
//! without permission to read the folder, builds are not kept apart.

use std::{
    fs::{File, Metadata, TryLockError},
    io, thread,
    time::Duration,
};

use bundle_base::FileSystem;
use camino::Utf8Path;

use super::undo::Undo;

/// How often to try before somebody is told, and how long to wait in between: a second in all.
const PATIENCE: (u32, Duration) = (50, Duration::from_millis(20));

/// Held while this value lives.
pub struct Lock {
    _folder: File,
    /// Which folder it is, for names of temporary files.
    pub name: String,
}

impl Lock {
    /// Waits for the folder, which is made if it is not there. `waits` hears of it when that takes
    /// long, with the process that has the folder, as far as it is known. `None`: it cannot be
    /// locked.
    pub fn take(
        dir: &Utf8Path,
        fs: &dyn FileSystem,
        undo: &mut Undo,
        waits: &mut dyn FnMut(Option<u32>),
    ) -> Option<Self> {
        loop {
            undo.create_folders(dir).ok()?;
            let folder = File::open(dir).ok()?;
            let (device, inode) = identity(&folder.metadata().ok()?);
            wait(&folder, &mut || waits(holder(&folder, fs))).ok()?;
            // A build that failed removes a folder that it made: this one may be nobody's any more.
            if dir.metadata().is_ok_and(|now| identity(&now) == (device, inode)) {
                return Some(Self { _folder: folder, name: format!("{device:x}-{inode:x}") });
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

/// The process that holds the lock of an open file or folder, where the system lists them: `1:
/// FLOCK ADVISORY WRITE 4711 fe:00:131076 0 EOF`.
pub fn holder(locked: &File, fs: &dyn FileSystem) -> Option<u32> {
    let (_, inode) = identity(&locked.metadata().ok()?);
    let inode = format!(":{inode}");
    let locks = fs.read(Utf8Path::new("/proc/locks")).ok()?;
    let locks = String::from_utf8_lossy(&locks);
    locks.lines().find_map(|line| {
        let words: Vec<&str> = line.split_ascii_whitespace().collect();
        let [_, "FLOCK", _, "WRITE", process, place, ..] = words[..] else { return None };
        process.parse().ok().filter(|_| place.ends_with(&inode))
    })
}

/// The device and the inode.
#[cfg(unix)]
fn identity(found: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (found.dev(), found.ino())
}

/// No folder is ever opened here.
#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, u64) {
    (0, 0)
}
