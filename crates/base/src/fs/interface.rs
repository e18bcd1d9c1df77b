//! The interface of a file system: the questions that can be asked about paths, and the answers.

use std::fmt;

use camino::{Utf8Path, Utf8PathBuf};

/// What a path leads to after following symbolic links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FileKind {
    /// A regular file.
    File,
    /// A directory.
    Directory,
    /// A FIFO, socket or device: exists, but reading it may block forever, so it is never read.
    Other,
}

/// What a path itself is: its last component is not followed if it is a symbolic link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unfollowed {
    /// A symbolic link, whatever its target.
    Link,
    /// Not a symbolic link.
    Kind(FileKind),
}

/// Why a question to the file system failed.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum FsError {
    /// The path does not exist.
    NotFound,
    /// It is a directory, a FIFO or a device.
    NotAFile(FileKind),
    /// It is not a directory.
    NotADirectory,
    /// The operating system denies access.
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
    /// The name, without its directory.
    pub name: String,
    /// What the name leads to, links followed; `None` for a symbolic link whose target does not
    /// exist.
    pub kind: Option<FileKind>,
}

/// Reading access to files. Paths are absolute. Implementations: `OsFs` (the disk), `MemoryFs`
/// (browsers, tests), the `HostFs` of bundle_wasm (the disk of Node), and `Tracked`, which wraps
/// any of these and records every question.
pub trait FileSystem: Send + Sync {
    /// Returns the whole contents. Never blocks on something that is not a regular file.
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError>;
    /// Returns what the path leads to, links followed; `None` if it does not exist.
    fn kind(&self, path: &Utf8Path) -> Option<FileKind>;
    /// Returns the names in a directory, sorted.
    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError>;
    /// Returns the path with every symbolic link followed.
    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError>;
    /// Returns the immediate target of a symbolic link, as written; `None` if the path is not a
    /// link.
    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf>;
    /// Returns what the path is, without following its last component; `None` if it does not exist.
    /// An implementation should answer with one system call if it can, because resolving asks this
    /// for every candidate.
    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        if self.read_link(path).is_some() {
            return Some(Unfollowed::Link);
        }
        self.kind(path).map(Unfollowed::Kind)
    }
    /// Returns the names in a directory with what each is, in any order and without following
    /// links. `None`: that takes more than one question for each name.
    fn names(&self, path: &Utf8Path) -> Option<Result<Vec<(String, Unfollowed)>, FsError>> {
        let _ = path;
        None
    }
}
