//! New files beside the old ones, and the way back: whatever is made here is gone again if not
//! everything can be written.

use std::{
    collections::BTreeSet,
    fs::{self, File, Metadata},
    io::{self, Write},
};

use camino::{Utf8Path, Utf8PathBuf};

use super::temporary::Temporary;
use crate::stop::{self, Unfinished};

/// What has to be undone if not everything can be written.
#[derive(Default)]
pub struct Undo {
    /// Whose files these are, by their names: the lock that is held; empty without one.
    pub lock: String,
    files: Vec<Utf8PathBuf>,
    folders: Vec<Utf8PathBuf>,
    replaced: Vec<(Utf8PathBuf, Before)>,
}

/// What stood where a new file is now.
enum Before {
    Nothing,
    /// The old file, under this name.
    Kept(Utf8PathBuf),
    /// An old file that could not be kept.
    Lost,
}

impl Undo {
    /// Writes a file's new contents beside it and answers where they wait.
    pub fn write_beside(&mut self, path: &Utf8Path, bytes: &[u8]) -> io::Result<Utf8PathBuf> {
        let folder = path.parent().unwrap_or(Utf8Path::new("/"));
        self.create_folders(folder)?;
        let waiting = self.free_name(path);
        let mut file = self.create(&waiting)?;
        file.write_all(bytes)?;
        if let Ok(old) = path.metadata() {
            keep_owner(&waiting, &old);
            fs::set_permissions(&waiting, old.permissions())?;
        }
        Ok(waiting)
    }

    /// Makes a file that goes again, also if the process is asked to end.
    fn create(&mut self, file: &Utf8Path) -> io::Result<File> {
        let mut unfinished = stop::unfinished();
        let made = File::options().write(true).create_new(true).open(file)?;
        unfinished.files.push(file.to_owned());
        self.files.push(file.to_owned());
        Ok(made)
    }

    /// Makes a folder and those above it, as far as they are missing.
    pub fn create_folders(&mut self, folder: &Utf8Path) -> io::Result<()> {
        let missing: Vec<&Utf8Path> =
            folder.ancestors().take_while(|f| !f.as_str().is_empty() && !f.exists()).collect();
        for folder in missing.into_iter().rev() {
            let mut unfinished = stop::unfinished();
            match fs::create_dir(folder) {
                Ok(()) => {
                    unfinished.folders.push(folder.to_owned());
                    self.folders.push(folder.to_owned());
                }
                // Another build made it meanwhile.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Notes which files of `dir` somebody has to remove if we are killed before we do, or before a
    /// manifest names them.
    pub fn note_removals(&mut self, dir: &Utf8Path, files: &BTreeSet<String>) {
        if files.is_empty() {
            return;
        }
        let list = Temporary::Removals.beside(&dir.join("list"), &self.lock, self.files.len());
        let lines = files.iter().flat_map(|file| [file.as_str(), "\n"]).collect::<String>();
        // Without it files may stay that nobody needs; that is no reason to fail.
        let _ = self.create(&list).and_then(|mut file| file.write_all(lines.as_bytes()));
    }

    fn free_name(&self, path: &Utf8Path) -> Utf8PathBuf {
        Temporary::Contents.beside(path, &self.lock, self.files.len())
    }

    /// Renames what waits into its place. The old file is kept if more is to come that may fail.
    pub fn replace(
        &mut self,
        path: &Utf8Path,
        waiting: &Utf8Path,
        is_kept: bool,
    ) -> io::Result<()> {
        let before = if is_kept { self.keep(path) } else { Before::Lost };
        fs::rename(waiting, path)?;
        self.replaced.push((path.to_owned(), before));
        Ok(())
    }

    fn keep(&mut self, path: &Utf8Path) -> Before {
        if path.symlink_metadata().is_err() {
            return Before::Nothing;
        }
        let old = self.free_name(path);
        self.files.push(old.clone());
        // Not every file system has two names for one file, and not every file may get a second
        // one.
        let is_kept = fs::hard_link(path, &old).is_ok() || fs::copy(path, &old).is_ok();
        if is_kept { Before::Kept(old) } else { Before::Lost }
    }

    /// Puts the old files back and removes what was made; a folder that somebody else uses by now
    /// is not empty and stays.
    pub fn carry_out(&mut self) {
        self.replaced.retain(|(path, before)| match before {
            Before::Nothing => fs::remove_file(path).is_err(),
            Before::Kept(old) => fs::rename(old, path).is_err(),
            Before::Lost => true,
        });
        self.forget();
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    /// The new files that `carry_out` had to leave where they are.
    pub fn not_restored(&self) -> Vec<Utf8PathBuf> {
        self.replaced.iter().map(|(path, _)| path.clone()).collect()
    }

    /// Gives up the way back: removes what waits and what was kept.
    pub fn forget(&mut self) {
        for file in self.files.drain(..) {
            let _ = fs::remove_file(file);
        }
        // What is there now stays, or was removed.
        *stop::unfinished() = Unfinished::default();
    }
}

/// Who replaces a file of somebody else, as root may, does not make it their own: its server must
/// go on reading it.
#[cfg(unix)]
fn keep_owner(waiting: &Utf8Path, old: &Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let is_same =
        waiting.metadata().is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid()));
    // Others may at most pass it to a group of theirs. Where they may not, it is theirs, as with
    // every new file.
    if !is_same && chown(waiting, Some(old.uid()), Some(old.gid())).is_err() {
        let _ = chown(waiting, None, Some(old.gid()));
    }
}

#[cfg(not(unix))]
fn keep_owner(_: &Utf8Path, _: &Metadata) {}
