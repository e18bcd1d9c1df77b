//! Classic scripts: views include one for each entry.

use super::plan::Plan;

impl Plan {
    /// Gives each of several entries all that it needs, because views include one classic script
    /// for each.
    pub fn include_one_script_each(&mut self) {
        if self.outputs.len() > 1 && !self.keys.contains_key("format") {
            self.set("splitting", "async");
            self.comment("splitting", "views include one script for each entry");
        }
    }

    /// Lets `--watch` write classic scripts where builds write ES modules.
    pub fn develop_classic_scripts(&mut self) {
        for (key, value) in [("format", "iife"), ("splitting", "async")] {
            self.modes.development.insert(key.to_owned(), value.into());
        }
        self.comment("modes", "open pages show the edits of classic scripts only");
    }
}
