//! The file system over the disk of the host, and its Node, by functions in JavaScript. File
//! systems are shared between threads, but a JavaScript value belongs to its thread and cannot be
//! shared. So the value is in a thread-local, and `HostFs` is an empty handle.

use std::cell::RefCell;

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError, Unfollowed},
    tools::{NodeRequest, ToolError, Tools, Unanswered},
};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::memory;

#[wasm_bindgen]
extern "C" {
    /// The host's disk. All paths use `/`. A function that fails throws an error with a `code`,
    /// like Node's.
    pub type Disk;
    #[wasm_bindgen(method, catch)]
    fn read(this: &Disk, path: &str) -> Result<Vec<u8>, Failure>;
    /// Returns `file`, `directory` or `other`, with links followed.
    #[wasm_bindgen(method)]
    fn kind(this: &Disk, path: &str) -> Option<String>;
    /// Returns `link` or the same values as `kind`, with links not followed.
    #[wasm_bindgen(method)]
    fn unfollowed(this: &Disk, path: &str) -> Option<String>;
    /// Returns the names in a folder with their kinds, as a JSON object.
    #[wasm_bindgen(method, catch)]
    fn list(this: &Disk, path: &str) -> Result<String, Failure>;
    #[wasm_bindgen(method, catch)]
    fn canonical(this: &Disk, path: &str) -> Result<String, Failure>;
    #[wasm_bindgen(method, js_name = readLink)]
    fn read_link(this: &Disk, path: &str) -> Option<String>;
    /// Sends a request to the project's Node process and waits for the answer. `request` is
    /// `{"value", "isSetup", "limit"}`, the answer has one of `value`, `failure`, `ended` and
    /// `broken`.
    #[wasm_bindgen(method)]
    fn ask(this: &Disk, request: &str, back: &mut dyn FnMut(String) -> String) -> String;
    /// Called before a panic ends the program: the diagnostic to report.
    #[wasm_bindgen(method)]
    fn failed(this: &Disk, answer: &str);

    type Failure;
    #[wasm_bindgen(method, getter)]
    fn code(this: &Failure) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn message(this: &Failure) -> Option<String>;
}

thread_local! {
    /// The disk of the build: WebAssembly has one thread, and a build one disk.
    static DISK: RefCell<Option<Disk>> = const { RefCell::new(None) };
}

/// Sets the disk for all later calls.
pub fn use_disk(disk: Disk) {
    DISK.set(Some(disk));
}

/// Gives the host the diagnostic to report if no result follows.
pub fn fail(answer: &str) {
    ask(|disk| disk.failed(answer));
}

fn ask<T>(question: impl FnOnce(&Disk) -> T) -> T {
    DISK.with_borrow(|disk| question(disk.as_ref().expect("a build begins with its disk")))
}

/// The file system over the host's disk.
#[derive(Clone, Copy, Debug)]
pub struct HostFs;

impl FileSystem for HostFs {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        memory::keep_ahead();
        // The kind is checked before opening: opening a FIFO blocks until a process writes to it.
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

/// The host's Node. Other programs cannot be run.
#[derive(Clone, Copy, Debug)]
pub struct HostTools;

impl Tools for HostTools {
    fn run(&self, _: &[String], _: &Utf8Path, _: &str) -> Result<String, ToolError> {
        Err(ToolError::Unable)
    }

    fn ask(
        &self,
        request: &NodeRequest,
        back: &mut dyn FnMut(&Value) -> Value,
    ) -> Result<Value, Unanswered> {
        let text = json!({
            "value": request.value,
            "isSetup": request.is_setup,
            "limit": request.limit.as_secs(),
        });
        let mut back =
            |asked: String| back(&serde_json::from_str(&asked).unwrap_or_default()).to_string();
        let answer = ask(|disk| disk.ask(&text.to_string(), &mut back));
        let mut answer: Value = serde_json::from_str(&answer).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        if let Some(failure) = answer.get_mut("failure") {
            let failure = serde_json::from_value(failure.take()).unwrap_or_default();
            return Err(Unanswered::Failed(Box::new(failure)));
        }
        match (answer.get("ended"), answer.get("broken")) {
            (Some(ended), _) => Err(Unanswered::Tool(ToolError::Failed(text(ended)))),
            (None, Some(why)) => Err(Unanswered::Tool(ToolError::Broken(text(why)))),
            (None, None) => Ok(answer["value"].take()),
        }
    }
}

fn kind_of(name: &str) -> FileKind {
    match name {
        "file" => FileKind::File,
        "directory" => FileKind::Directory,
        _ => FileKind::Other,
    }
}

/// Maps errors as `bundle_base::fs::os` does for the native program.
fn error(failure: &Failure) -> FsError {
    match failure.code().unwrap_or_default().as_str() {
        // A file used as a directory, or a NUL in the path: no file can exist there.
        "ENOENT" | "ENOTDIR" | "ERR_INVALID_ARG_VALUE" => FsError::NotFound,
        "EISDIR" => FsError::NotAFile(FileKind::Directory),
        "EACCES" | "EPERM" => FsError::Denied,
        "ELOOP" => FsError::Loop,
        "ENAMETOOLONG" => FsError::Other("its path is too long".to_owned()),
        _ => FsError::Other(failure.message().unwrap_or_default()),
    }
}
