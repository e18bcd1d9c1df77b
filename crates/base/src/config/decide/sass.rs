//! Decides how Sass is compiled.

use super::deciding::Deciding;
use crate::config::SassConfig;

impl Deciding<'_> {
    pub(super) fn sass(&mut self) -> SassConfig {
        let raw = &self.raw.sass;
        let mut load_paths = self.existing_folders(raw.load_paths.as_deref().unwrap_or_default());
        // sass-loader searches the folder in which the command runs too.
        load_paths.push(self.host.project.to_owned());
        let silenced = raw.silence_deprecations.iter().flatten();
        SassConfig {
            load_paths,
            additional_data: raw
                .additional_data
                .as_ref()
                .map_or_else(String::new, |data| data.value.clone()),
            silence_deprecations: silenced.map(|name| name.value.clone()).collect(),
        }
    }
}
