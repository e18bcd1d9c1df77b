//! The files of a project in memory, as a build reads them.

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError, MemoryFs, Unfollowed},
};
use camino::{Utf8Path, Utf8PathBuf};

use crate::memory;

/// Files in memory. While they are read, the memory of WebAssembly is kept ahead of the build.
#[derive(Debug, Default)]
pub struct Files(MemoryFs);

impl Files {
    /// Creates or replaces a file.
    pub fn write(&self, path: &Utf8Path, contents: &[u8]) {
        memory::keep_ahead();
        self.0.write(path, contents);
    }

    /// Removes a path and everything below it.
    pub fn remove(&self, path: &Utf8Path) {
        self.0.remove(path);
    }
}

impl FileSystem for Files {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        memory::keep_ahead();
        self.0.read(path)
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        self.0.kind(path)
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        self.0.list(path)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        self.0.canonical(path)
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        self.0.read_link(path)
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        self.0.unfollowed(path)
    }
}
