//! The folders of Mix's outputs, which its script sets once for all its calls.

use camino::Utf8Path;

use super::super::plan::{tidy, within};

/// The folders of a script.
pub(super) struct Mix {
    /// The folder of the outputs: `public`.
    pub(super) public: String,
    /// The output of the last script, and the place of its call among Mix's components.
    pub(super) last_script: Option<(usize, String)>,
    /// `runtimeChunkPath` of the options.
    pub(super) runtime_folder: Option<String>,
}

impl Mix {
    /// Adds a script. Mix adds those of a component together, whatever is between their calls.
    pub(super) fn add_script(&mut self, name: &str, output: &str) {
        let components = ["js", "preact", "react", "coffee"];
        let at = components.iter().position(|one| *one == name).unwrap_or(components.len());
        if self.last_script.as_ref().is_none_or(|(known, _)| *known <= at) {
            self.last_script = Some((at, output.to_owned()));
        }
    }

    /// Returns the path of a compiled output. `..` leaves the public folder, not the project.
    pub(super) fn of_compiled(&self, path: &str) -> String {
        let below = self.below_public(path);
        if below.starts_with("../") && !self.is_inside(&below) {
            return tidy(&within(&self.public, &below));
        }
        below
    }

    /// Whether a path is in the public folder.
    pub(super) fn is_inside(&self, path: &str) -> bool {
        self.public == "." || Utf8Path::new(path).starts_with(&self.public)
    }

    /// Returns an output's path; paths of Mix may leave out the public folder.
    pub(super) fn below_public(&self, path: &str) -> String {
        let public = &self.public;
        if public == "." || path.is_empty() {
            let path = path.trim_start_matches("./");
            return if path.is_empty() { public.clone() } else { path.to_owned() };
        }
        let is_known = self.is_inside(path) || path.starts_with("../");
        if is_known { path.to_owned() } else { format!("{public}/{path}") }
    }
}
