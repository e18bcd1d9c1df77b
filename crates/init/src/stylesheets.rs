//! Which sources are stylesheets, and the paths of stylesheets that are not beside their scripts:
//! `css/app.css` for `js/app.js`.

use std::collections::HashSet;

use bundle_base::config;
use camino::Utf8Path;
use indexmap::IndexMap;

use super::plan::{Plan, Sources};

/// What to do about a stylesheet that has its former name no longer.
pub const MEND_TAGS: &str = "a stylesheet has the path of its script: mend its tag in the views";

/// Whether a source is a stylesheet, by the extension of its path.
pub fn is_stylesheet(path: &str) -> bool {
    Utf8Path::new(path).extension().is_some_and(config::is_stylesheet)
}

/// Whether there are sources, and all are stylesheets.
pub fn are_stylesheets(paths: impl Iterator<Item = String>) -> bool {
    let mut paths = paths.peekable();
    paths.peek().is_some() && paths.all(|path| is_stylesheet(&path))
}

impl Plan {
    /// Returns the paths of stylesheets below the folder of all outputs, by the paths of their
    /// scripts. Those that an area cannot name are noted.
    pub(super) fn finish_stylesheets(&mut self, out_dir: &str) -> IndexMap<String, String> {
        let is_injected = self.keys.get("styles").is_some_and(|styles| styles == "inject");
        // Only the pages that the build writes can name files whose names have hashes.
        let is_hashed = self.modes.production.contains_key("hash");
        if is_hashed && self.keys.contains_key("html") {
            return IndexMap::new();
        }
        // Scripts that add their styles to pages have no stylesheet.
        let has_one = |sources: &Sources| {
            !is_injected || sources.modules.is_empty() && sources.classic.is_empty()
        };
        let outputs = || self.outputs.iter().filter(|(_, sources)| has_one(sources));
        let mut taken: HashSet<String> = outputs().map(|(path, _)| path.clone()).collect();
        let mut named = IndexMap::new();
        let mut noted = Vec::new();
        for (script, sources) in outputs() {
            let Some(path) = &sources.stylesheet else { continue };
            let stem = path.strip_suffix(".css").unwrap_or(path);
            match Utf8Path::new(path).strip_prefix(out_dir) {
                Ok(below) if taken.insert(stem.to_owned()) => {
                    named.insert(script.clone(), below.to_string());
                }
                Ok(_) | Err(_) => noted.push(format!("{path}, the stylesheet of {script}.js")),
            }
        }
        if !self.keys.contains_key("html") {
            for what in noted {
                self.note("", what, MEND_TAGS);
            }
        }
        named
    }
}
