//! The disk of the host that runs us, through functions of its own. They are called from wherever
//! files are read, but a value of JavaScript belongs to its thread and may not be shared, as file
//! systems are; so it lies beside the thread, and the file system that everybody shares only knows
//! where.

use std::cell::RefCell;

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError, Unfollowed},
};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::Value;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    /// The host's disk. All paths have `/`; what fails throws an error with a `code`, as Node's
    /// does.
    pub type Disk;
    #[wasm_bindgen(method, catch)]
    fn read(this: &Disk, path: &str) -> Result<Vec<u8>, Failure>;
    /// `file`, `directory` or `other`, links followed.
    #[wasm_bindgen(method)]
    fn kind(this: &Disk, path: &str) -> Option<String>;
    /// The same or `link`, links not followed.
    #[wasm_bindgen(method)]
    fn unfollowed(this: &Disk, path: &str) -> Option<String>;
    /// The names with their kinds, as a JSON object.
    #[wasm_bindgen(method, catch)]
    fn list(this: &Disk, path: &str) -> Result<String, Failure>;
    #[wasm_bindgen(method, catch)]
    fn canonical(this: &Disk, path: &str) -> Result<String, Failure>;
    #[wasm_bindgen(method, js_name = readLink)]
    fn read_link(this: &Disk, path: &str) -> Option<String>;
    /// We made a mistake and are about to end: what to say of it.
    #[wasm_bindgen(method)]
    fn failed(this: &Disk, answer: &str);

    type Failure;
    #[wasm_bindgen(method, getter)]
    fn code(this: &Failure) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Failure) -> Option<String>;
}

thread_local! {
    /// WebAssembly has one thread, and a build one disk.
    static DISK: RefCell<Option<Disk>> = const { RefCell::new(None) };
}

/// From now on this is the disk.
pub fn use_disk(disk: Disk) {
    DISK.set(Some(disk));
}

/// Tells the host what it shall say if it hears no more from us.
pub fn fail(answer: &str) {
    ask(|disk| disk.failed(answer));
}

fn ask<T>(question: impl FnOnce(&Disk) -> T) -> T {
    DISK.with_borrow(|disk| question(disk.as_ref().expect("a build begins with its disk")))
}

/// The disk of the host.
#[derive(Clone, Copy, Debug)]
pub struct HostFs;

impl FileSystem for HostFs {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        // Asked before opening: opening a FIFO blocks until somebody writes to it.
        match self.kind(path) {
            Some(kind @ (FileKind::Directory | FileKind::Other)) => Err(FsError::NotAFile(kind)),
            Some(FileKind::File) | None => {
                ask(|disk| disk.read(path.as_str())).map_err(|failure| error(&failure))
            }
        }
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        ask(|disk| disk.kind(path.as_str())).map(|kind| kind_of(&kind))
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        let listed = ask(|disk| disk.list(path.as_str())).map_err(|failure| {
            match failure.code().as_deref() {
                Some("ENOTDIR") => FsError::NotADirectory,
                _ => error(&failure),
            }
        })?;
        let Ok(Value::Object(names)) = serde_json::from_str(&listed) else { return Ok(Vec::new()) };
        let mut entries: Vec<DirEntry> = names
            .into_iter()
            .map(|(name, kind)| DirEntry { name, kind: kind.as_str().map(kind_of) })
            .collect();
        entries.sort();
        Ok(entries)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        ask(|disk| disk.canonical(path.as_str()))
            .map(Utf8PathBuf::from)
            .map_err(|failure| error(&failure))
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        ask(|disk| disk.read_link(path.as_str())).map(Utf8PathBuf::from)
    }

    fn unfollowed(&self, path: &Utf8Path) -> Option<Unfollowed> {
        ask(|disk| disk.unfollowed(path.as_str())).map(|kind| match kind.as_str() {
            "link" => Unfollowed::Link,
            kind => Unfollowed::Kind(kind_of(kind)),
        })
    }
}

fn kind_of(name: &str) -> FileKind {
    match name {
        "file" => FileKind::File,
        "directory" => FileKind::Directory,
        _ => FileKind::Other,
    }
}

/// As the disk of the binary answers, `bundle_base::fs::os`.
fn error(failure: &Failure) -> FsError {
    match failure.code().unwrap_or_default().as_str() {
        // A file used as a directory, or a NUL in the path: nothing can be there.
        "ENOENT" | "ENOTDIR" | "ERR_INVALID_ARG_VALUE" => FsError::NotFound,
        "EISDIR" => FsError::NotAFile(FileKind::Directory),
        "EACCES" | "EPERM" => FsError::Denied,
        "ELOOP" => FsError::Loop,
        "ENAMETOOLONG" => FsError::Other("its path is too long".to_owned()),
        _ => FsError::Other(failure.message().unwrap_or_default()),
    }
}
