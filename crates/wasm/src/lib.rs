//! A Session for npm and browsers: over files in memory, or over the disk of whoever runs it.
//! Everything goes in and comes out as text and JSON; nothing here knows a clock, an environment,
//! or how a disk is written.

use std::panic;

use wasm_bindgen::prelude::wasm_bindgen;

mod answer; // contents and diagnostics as JSON
mod disk; // one build of a project on the host's disk
mod host; // the disk of the host
mod messages; // what only a host without the binary says
mod project; // the configuration and the files in memory, and the Session that belongs to them
#[cfg(test)]
mod tests;

pub use host::Disk;

/// Builds a project on a disk, once: what is to be built and what comes of it is JSON, see `disk`.
/// A mistake of ours ends it for ever, after the disk has heard of it.
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

/// The diagnostic of a file that the host could not write.
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
    /// `config` is the text of a bundle.config.json that lies in `/`. What is wrong with it is said
    /// by `build`.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Self {
        Self { project: project::Project::new(config) }
    }

    /// Makes or replaces a file. Paths are relative to `/`.
    pub fn write(&mut self, path: &str, text: &str) {
        self.project.write(path, text.as_bytes());
    }

    /// The same for bytes: what is no text in UTF-8 is read, or refused, as it would be from a
    /// disk.
    #[wasm_bindgen(js_name = writeBytes)]
    pub fn write_bytes(&mut self, path: &str, bytes: &[u8]) {
        self.project.write(path, bytes);
    }

    /// Takes away a file, or a folder with everything in it.
    pub fn remove(&mut self, path: &str) {
        self.project.remove(path);
    }

    /// Builds everything that the configuration names, as JSON: `{"outputs": [{"path", "text"}],
    /// "diagnostics": […]}`, with `base64` instead of `text` for what is no text. There are no
    /// outputs if a diagnostic is an error.
    pub fn build(&mut self) -> String {
        self.project.build().to_string()
    }
}
