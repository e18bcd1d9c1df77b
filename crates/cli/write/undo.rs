//! Writes new files beside the old ones, and removes or restores everything if not all of them can
//! be written.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    io::{self, Write},
    mem,
};

use camino::{Utf8Path, Utf8PathBuf};

use super::temporary::Temporary;
use crate::{
    platform,
    stop::{self, Unfinished},
};

/// What must be undone if not everything can be written.
#[derive(Default)]
pub struct Undo {
    /// The identifier of the locked folder, for names of temporary files; empty without a lock.
    pub lock: String,
    files: Vec<Utf8PathBuf>,
    folders: Vec<Utf8PathBuf>,
    replaced: Vec<(Utf8PathBuf, Before)>,
}

/// What was at the path of a new file.
enum Before {
    Nothing,
    /// The old file, kept under this name.
    Kept(Utf8PathBuf),
    /// An old file that could not be kept.
    Lost,
}

impl Undo {
    /// Writes a file's new contents under a temporary name beside it, and returns that name.
    pub fn write_beside(&mut self, path: &Utf8Path, bytes: &[u8]) -> io::Result<Utf8PathBuf> {
        let folder = path.parent().unwrap_or(Utf8Path::new("/"));
        self.create_folders(folder)?;
        let waiting = self.free_name(path);
        let mut file = self.create(&waiting)?;
        file.write_all(bytes)?;
        if let Ok(old) = path.metadata() {
            platform::keep_owner(&waiting, &old);
            fs::set_permissions(&waiting, old.permissions())?;
        }
        Ok(waiting)
    }

    /// Makes a file that is removed again, also if the process is asked to end.
    fn create(&mut self, file: &Utf8Path) -> io::Result<File> {
        let mut unfinished = stop::unfinished();
        let made = File::options().write(true).create_new(true).open(file)?;
        unfinished.files.push(file.to_owned());
        self.files.push(file.to_owned());
        Ok(made)
    }

    /// Makes a folder and the missing ones above it.
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

    /// Lists files of `dir` that the next build must remove if this one is killed before it does,
    /// or before a manifest names them.
    pub fn note_removals(&mut self, dir: &Utf8Path, files: &BTreeSet<String>) {
        if files.is_empty() {
            return;
        }
        let list = Temporary::Removals.beside(&dir.join("list"), &self.lock, self.files.len());
        let lines = files.iter().flat_map(|file| [file.as_str(), "\n"]).collect::<String>();
        // Without the list unneeded files may stay, which is not an error.
        let _ = self.create(&list).and_then(|mut file| file.write_all(lines.as_bytes()));
    }

    fn free_name(&self, path: &Utf8Path) -> Utf8PathBuf {
        Temporary::Contents.beside(path, &self.lock, self.files.len())
    }

    /// Renames a temporary file into place. `is_kept`: keeps the old file, because a later rename
    /// may fail.
    pub fn replace(
        &mut self,
        path: &Utf8Path,
        waiting: &Utf8Path,
        is_kept: bool,
    ) -> io::Result<()> {
        let before = if is_kept { self.keep(path) } else { Before::Lost };
        platform::rename(waiting, path)?;
        self.replaced.push((path.to_owned(), before));
        Ok(())
    }

    fn keep(&mut self, path: &Utf8Path) -> Before {
        if path.symlink_metadata().is_err() {
            return Before::Nothing;
        }
        let old = self.free_name(path);
        self.files.push(old.clone());
        // Not every file system has hard links, and not every file may get one.
        let is_kept = fs::hard_link(path, &old).is_ok() || fs::copy(path, &old).is_ok();
        if is_kept { Before::Kept(old) } else { Before::Lost }
    }

    /// Restores the old files and removes the new ones. A folder that another process uses by now
    /// is not empty and stays.
    pub fn carry_out(&mut self) {
        self.replaced.retain(|(path, before)| match before {
            Before::Nothing => fs::remove_file(path).is_err(),
            Before::Kept(old) => platform::rename(old, path).is_err(),
            Before::Lost => true,
        });
        self.forget();
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }

    /// Returns the new files that `carry_out` could not undo.
    pub fn not_restored(&self) -> Vec<Utf8PathBuf> {
        self.replaced.iter().map(|(path, _)| path.clone()).collect()
    }

    /// Returns the folders that were made, once everything is in place.
    pub fn take_folders(&mut self) -> Vec<Utf8PathBuf> {
        mem::take(&mut self.folders)
    }

    /// Commits the new files: removes the temporary files and the old files that were kept.
    pub fn forget(&mut self) {
        for file in self.files.drain(..) {
            let _ = fs::remove_file(file);
        }
        // All files are in place or removed, so nothing is unfinished.
        *stop::unfinished() = Unfinished::default();
    }
}
