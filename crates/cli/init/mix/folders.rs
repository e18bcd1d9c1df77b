//! The folders of Mix's outputs, which its script sets once for all its calls.

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

    /// Returns an output's path; paths of Mix may leave out the public folder.
    pub(super) fn below_public(&self, path: &str) -> String {
        let public = &self.public;
        if public == "." || path.is_empty() {
            let path = path.trim_start_matches("./");
            return if path.is_empty() { public.clone() } else { path.to_owned() };
        }
        let is_inside = path == public || path.starts_with(&format!("{public}/"));
        let is_outside = path.starts_with("../");
        if is_inside || is_outside { path.to_owned() } else { format!("{public}/{path}") }
    }
}
