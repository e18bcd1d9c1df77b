//! One watcher for each output folder: two would undo each other's work and tell pages two stories.
//! What is locked is a file in the folder for temporary files that is named after the output
//! folder. The system takes the lock back from a process that is killed, and the file itself says
//! nothing. Where it cannot be made or locked, watchers are not kept apart.

use std::{
    fs::{File, TryLockError},
    io::{Read as _, Seek as _, Write as _},
};

use bundle_base::{FileSystem, asset::ContentHash};
use camino::{Utf8Path, Utf8PathBuf};

use crate::write::holder;

/// Held while this value lives.
pub struct Alone {
    _file: Option<File>,
    dir: Utf8PathBuf,
}

impl Alone {
    /// Claims an output folder. `Err`: another process watches for it, with its id as far as it is
    /// known.
    pub fn claim(dir: &Utf8Path, fs: &dyn FileSystem) -> Result<Self, Option<u32>> {
        let claimed = |file| Self { _file: file, dir: dir.to_owned() };
        let Some(mut file) = lock_file(dir) else { return Ok(claimed(None)) };
        match file.try_lock() {
            Ok(()) => {
                sign(&mut file);
                Ok(claimed(Some(file)))
            }
            Err(TryLockError::WouldBlock) => Err(process(&mut file, fs)),
            Err(TryLockError::Error(_)) => Ok(claimed(None)),
        }
    }

    /// True if it is about this folder.
    pub fn is_for(&self, dir: &Utf8Path) -> bool {
        self.dir == dir
    }
}

fn lock_file(dir: &Utf8Path) -> Option<File> {
    let name = format!("bundle-watch-{}.lock", ContentHash::of(real(dir).as_str().as_bytes()));
    let path = std::env::temp_dir().join(name);
    let opened = File::options().read(true).write(true).open(&path);
    // Another user's can be locked, but not written.
    let opened = opened.or_else(|_| File::open(&path));
    let file = opened
        .or_else(|_| File::options().read(true).write(true).create_new(true).open(&path))
        .ok()?;
    // Everybody may put links into that folder: what they lead to is none of ours.
    path.symlink_metadata().is_ok_and(|found| found.is_file()).then_some(file)
}

/// The folder under its only name, whether it is there yet or not.
fn real(dir: &Utf8Path) -> Utf8PathBuf {
    let there = dir.ancestors().find_map(|above| Some((above, above.canonicalize_utf8().ok()?)));
    let Some((above, real)) = there else { return dir.to_owned() };
    // An empty rest adds no slash this way.
    dir.strip_prefix(above)
        .map_or_else(|_| dir.to_owned(), |rest| real.join(rest).components().collect())
}

/// Writes who holds it, for systems that do not tell. What is in it already is a number, or it is
/// not ours.
fn sign(file: &mut File) {
    let mut text = String::new();
    let is_ours =
        file.read_to_string(&mut text).is_ok() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_ours {
        let _ = file
            .rewind()
            .and_then(|()| file.set_len(0))
            .and_then(|()| write!(file, "{}", std::process::id()));
    }
}

fn process(file: &mut File, fs: &dyn FileSystem) -> Option<u32> {
    holder(file, fs).or_else(|| {
        let mut text = String::new();
        file.read_to_string(&mut text).ok()?;
        text.parse().ok()
    })
}
