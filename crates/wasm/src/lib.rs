//! A `Session` for npm and browsers: over files in memory, or over the disk of the host. Arguments
//! and results are text and JSON. This crate has no clock and no environment, and never writes to a
//! disk.

use std::panic;

use bundle_base::node::PROGRAM;
use wasm_bindgen::prelude::wasm_bindgen;

mod answer; // writes contents and diagnostics as JSON
mod disk; // one build of a project on the host's disk
mod files; // the files of a project in memory
mod host; // the file system over the host's disk
mod listener; // the host's object that hears of a build while it runs
mod memory; // growing the memory in large steps
mod messages; // the diagnostics that only the WebAssembly build reports
mod project; // a project in memory: its configuration, its files and its Session
#[cfg(test)]
mod tests;

pub use host::Disk;
pub use listener::Listener;

/// Frees all memory of a Sass compilation when it ends: a session compiles stylesheets again and
/// again, and the compiler leaks (docs/libraries.md, sasso).
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: bundle_engine::SassAllocator = bundle_engine::SassAllocator;

/// Builds a project on a disk once. `request` and the result are JSON, described in `disk`. A panic
/// ends the WebAssembly instance for good; `Disk::failed` is called first.
#[wasm_bindgen(js_name = buildOnDisk)]
pub fn build_on_disk(disk: Disk, request: &str) -> String {
    host::use_disk(disk);
    panic::set_hook(Box::new(|info| {
        host::fail(&answer::drawn(&messages::panicked(info), false).to_string());
    }));
    disk::build(&disk::Request::parse(request)).to_string()
}

/// Returns the diagnostic of a file that the host could not write.
#[wasm_bindgen(js_name = notWritten)]
pub fn not_written(path: &str, why: &str, color: bool) -> String {
    answer::drawn(&messages::not_written(path, why), color).to_string()
}

/// Returns the program of the process that `Disk::ask` asks.
#[wasm_bindgen(js_name = nodeProgram)]
pub fn node_program() -> String {
    PROGRAM.to_owned()
}

/// Returns the version of the bundler.
#[wasm_bindgen]
pub fn version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}

/// A project in memory: write files, build, change files, build again.
#[wasm_bindgen]
#[derive(Default)]
pub struct Session {
    project: project::Project,
}

#[wasm_bindgen]
impl Session {
    /// Creates a session without files.
    #[wasm_bindgen(constructor)]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the object that hears of builds, of all sessions of this instance. A panic ends the
    /// instance for good; `Listener::failed` is called first.
    pub fn listen(&self, listener: Listener) {
        listener::listen(listener);
    }

    /// Sets the text of the configuration, in place of a file. `build` reports its mistakes.
    pub fn configure(&mut self, config: Option<String>) {
        self.project.configure(config);
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

    /// Builds what the configuration names. `request` is JSON: `{"mode", "metafile"}`. Returns
    /// JSON: `{"outputs": [{"path", "changed"}], "diagnostics": [{"drawn", …}], "metafile"}`.
    /// Without an own configuration, the nearest file counts, as for the command line. There are no
    /// outputs if a diagnostic is an error.
    pub fn build(&mut self, request: &str) -> String {
        let request = serde_json::from_str(request).expect("the host knows the form of a request");
        self.project.build(&request).to_string()
    }

    /// Returns the contents of an output of the last build, by its place in the list.
    pub fn output(&self, index: usize) -> Vec<u8> {
        self.project.output(index).to_vec()
    }

    /// Answers `bundle why` about the last build. Returns JSON: `{"text"}`, or `{"diagnostic"}`.
    pub fn why(&self, what: &str) -> String {
        self.project.why(what).to_string()
    }

    /// Returns the page of `bundle report` about the last build, as JSON like `why`.
    pub fn report(&self) -> String {
        self.project.report().to_string()
    }
}
