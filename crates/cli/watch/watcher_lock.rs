//! Allows one watcher per output folder: two would overwrite each other's outputs and send pages
//! two different states. The lock is a file in the folder for temporary files, named after a hash
//! of the output folder. The system releases the lock when a process is killed, so the file's
//! existence proves nothing. Where the file cannot be made or locked, watchers are not kept apart.

use std::{
    fs::{File, TryLockError},
    io::{Read as _, Seek as _, Write as _},
};

use bundle_base::{FileSystem, asset::ContentHash, fs::OsFs};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{platform::lock_file, write::holder};

/// Claims of output folders, held while this value lives.
pub struct WatcherLock {
    /// The last one is of the present output folder. The others are of folders in which this
    /// process still has files.
    claims: Vec<Claim>,
}

struct Claim {
    _file: Option<File>,
    /// The folder's real path.
    dir: Utf8PathBuf,
}

impl WatcherLock {
    /// Claims an output folder. `Err` if another process watches it, with the process's id if that
    /// is known.
    pub fn claim(dir: &Utf8Path, fs: &dyn FileSystem) -> Result<Self, Option<u32>> {
        Ok(Self { claims: vec![Claim::of(real(dir), fs)?] })
    }

    /// Claims another output folder. The claims of the folders before it stay until
    /// `forget_former`.
    pub fn claim_also(&mut self, dir: &Utf8Path, fs: &dyn FileSystem) -> Result<(), Option<u32>> {
        let dir = real(dir);
        let known = self.claims.iter().position(|claim| claim.dir == dir);
        let claim = match known {
            Some(at) => self.claims.remove(at),
            None => Claim::of(dir, fs)?,
        };
        self.claims.push(claim);
        Ok(())
    }

    /// Releases all folders but the present one, so that other watchers can claim them.
    pub fn forget_former(&mut self) {
        self.claims.drain(..self.claims.len().saturating_sub(1));
    }
}

impl Claim {
    fn of(dir: Utf8PathBuf, fs: &dyn FileSystem) -> Result<Self, Option<u32>> {
        let hash = ContentHash::of(dir.as_str().as_bytes());
        let Some(mut file) = lock_file(&format!("bundle-watch-{hash}.lock")) else {
            return Ok(Self { _file: None, dir });
        };
        match file.try_lock() {
            Ok(()) => {
                sign(&mut file);
                Ok(Self { _file: Some(file), dir })
            }
            Err(TryLockError::WouldBlock) => Err(process(&mut file, fs)),
            Err(TryLockError::Error(_)) => Ok(Self { _file: None, dir }),
        }
    }
}

/// Returns the folder's real path, whether it exists yet or not.
fn real(dir: &Utf8Path) -> Utf8PathBuf {
    let there = dir.ancestors().find_map(|above| Some((above, OsFs.canonical(above).ok()?)));
    let Some((above, real)) = there else { return dir.to_owned() };
    // Collecting the components adds no slash for an empty rest.
    dir.strip_prefix(above)
        .map_or_else(|_| dir.to_owned(), |rest| real.join(rest).components().collect())
}

/// Writes the process's id into the lock file, for systems that do not list lock holders. A file
/// that holds anything but a number is not ours and stays as it is.
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
