//! A Session over files in memory, for npm and browsers. Files go in as text or bytes, outputs and diagnostics come out as JSON;
//! nothing here knows a disk, a clock or an environment.

use wasm_bindgen::prelude::wasm_bindgen;

mod answer; // contents and diagnostics as JSON
mod project; // the configuration and the files, and the Session that belongs to them
#[cfg(test)]
mod tests;

/// A project in memory: write files, build, change files, build again.
#[wasm_bindgen]
pub struct Session {
    project: project::Project,
}

#[wasm_bindgen]
impl Session {
    /// `config` is the text of a bundle.config.json that lies in `/`. What is wrong with it is said by `build`.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &str) -> Self {
        Self { project: project::Project::new(config) }
    }

    /// Makes or replaces a file. Paths are relative to `/`.
    pub fn write(&mut self, path: &str, text: &str) {
        self.project.write(path, text.as_bytes());
    }

    /// The same for bytes: what is no text in UTF-8 is read, or refused, as it would be from a disk.
    #[wasm_bindgen(js_name = writeBytes)]
    pub fn write_bytes(&mut self, path: &str, bytes: &[u8]) {
        self.project.write(path, bytes);
    }

    /// Takes away a file, or a folder with everything in it.
    pub fn remove(&mut self, path: &str) {
        self.project.remove(path);
    }

    /// Builds everything that the configuration names, as JSON: `{"outputs": [{"path", "text"}], "diagnostics": […]}`, with
    /// `base64` instead of `text` for what is no text.
    /// There are no outputs if a diagnostic is an error.
    pub fn build(&mut self) -> String {
        self.project.build().to_string()
    }
}
