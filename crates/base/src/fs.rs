//! The only door to the disk, and it opens inwards: a `FileSystem` reads, it never writes. Shared
//! as `Arc<dyn FileSystem>`; every answer may differ between two calls, because users edit while we
//! read.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

mod memory; // MemoryFs: files that live in a map
mod os; // OsFs: the disk
#[cfg(test)]
mod tests;
mod tracked; // Tracked: remembers what was asked

pub use memory::MemoryFs;
pub use os::OsFs;
pub use tracked::{Change, Question, Reads, Tracked};

/// What a path leads to after following symbolic links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A FIFO, socket or device: exists, but reading it may block for ever, so we never do.
    Other,
}

/// What a path is by itself, its last link not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unfollowed {
    /// A symbolic link, wherever it leads.
    Link,
    /// No link.
    Kind(FileKind),
}

/// Why a read did not work.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FsError {
    /// Nothing is there.
    NotFound,
    /// It is a directory, a FIFO or a device.
    NotAFile(FileKind),
    /// It is not a directory.
    NotADirectory,
    /// The operating system does not let us.
    Denied,
    /// A cycle of symbolic links.
    Loop,
    /// Anything else, in the operating system's words.
    Other(String),
}

impl fmt::Display for FsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound => f.write_str("there is no such file"),
            Self::NotAFile(FileKind::Directory) => f.write_str("it is a directory"),
            Self::NotAFile(_) => f.write_str("it is a FIFO, a socket or a device"),
            Self::NotADirectory => f.write_str("it is not a directory"),
            Self::Denied => f.write_str("permission denied"),
            Self::Loop => f.write_str("its symbolic links form a cycle"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

/// One name in a directory.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DirEntry {
    /// The name, without the directory.
    pub name: String,
    /// What it leads to; `None` for a symbolic link that leads nowhere.
    pub kind: Option<FileKind>,
}

/// Reading access to files. Paths are absolute. Hosts: `OsFs` (the disk), `MemoryFs` (browsers,
/// tests), the `HostFs` of bundle_wasm (the disk of Node), and `Tracked` around any, which records
/// what was asked.
pub trait FileSystem: Send + Sync {
    /// The whole contents. Never blocks on what is not a regular file.
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError>;
    /// What the path leads to, links followed; `None` if nothing is there.
    fn kind(&self, path: &Utf8Path) -> Option<FileKind>;
    /// The names in a directory, sorted.
    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError>;
    /// The path with every symbolic link followed.
    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError>;
    /// The immediate target of a symbolic link, as written; `None` if the path is not one.
    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf>;
    /// What the path is, the last link not followed; `None` if nothing is there. Hosts that can
    /// tell with one question should: resolving asks it for every candidate.
    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        if self.read_link(path).is_some() {
            return Some(Unfollowed::Link);
        }
        self.kind(path).map(Unfollowed::Kind)
    }
}
