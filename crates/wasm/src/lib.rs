//! A `Session` for npm and browsers: over files in memory, or over the disk of the host. Arguments
//! and results are text and JSON. This crate has no clock and no environment, and never writes to a
//! disk.

use std::panic;

use wasm_bindgen::prelude::wasm_bindgen;

mod answer; // writes contents and diagnostics as JSON
mod disk; // one build of a project on the host's disk
mod host; // the file system over the host's disk
mod messages; // the diagnostics that only the WebAssembly build reports
mod project; // a project in memory: its configuration, its files and its Session
#[cfg(test)]
mod tests;

pub use host::Disk;

/// Builds a project on a disk once. `request` and the result are JSON, described in `disk`. A panic
/// ends the WebAssembly instance for good; `Disk::failed` is called first.
#[wasm_bindgen(js_name = buildOnDisk)]
pub fn build_on_disk(disk: Disk, request: &str) -> String {
    host::use_disk(disk);
    panic::set_hook(Box::new(|info| {
        let place =
            info.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        let why = format!("{} ({place})", info.payload_as_str().unwrap_or("no message"));
        host::fail(&answer::drawn(&messages::internal_error(&why), false).to_string());
    }));
    disk::build(&disk::Request::parse(request)).to_string()
}

/// Returns the diagnostic of a file that the host could not write.
#[wasm_bindgen(js_name = notWritten)]
pub fn not_written(path: &str, why: &str, color: bool) -> String {
    answer::drawn(&messages::not_written(path, why), color).to_string()
}

/// A project in memory: write files, build, change files, build again.
#[wasm_bindgen]
pub struct Session {
    project: project::Project,
}

#[wasm_bindgen]
impl Session {
    /// `config` is the text of a bundle.config.json in `/`. `build` reports its mistakes.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Self {
        Self { project: project::Project::new(config) }
    }

    /// Creates or replaces a file. Paths are relative to `/`.
    pub fn write(&mut self, path: &str, text: &str) {
        self.project.write(path, text.as_bytes());
    }

    /// Creates or replaces a file with bytes. Bytes that are not UTF-8 are decoded or refused as
    /// they are from a disk.
    #[wasm_bindgen(js_name = writeBytes)]
    pub fn write_bytes(&mut self, path: &str, bytes: &[u8]) {
        self.project.write(path, bytes);
    }

    /// Removes a file, or a folder with everything in it.
    pub fn remove(&mut self, path: &str) {
        self.project.remove(path);
    }

    /// Builds everything that the configuration names, and returns JSON: `{"outputs": [{"path",
    /// "text"}], "diagnostics": […]}`, with `base64` instead of `text` for bytes that are not
    /// UTF-8. There are no outputs if a diagnostic is an error.
    pub fn build(&mut self) -> String {
        self.project.build().to_string()
    }
}
