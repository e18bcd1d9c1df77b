//! Decides how Sass is compiled.

use super::deciding::Deciding;
use crate::{
    config::{SassConfig, messages, paths::absolute},
    fs::FileKind,
};

impl Deciding<'_> {
    pub(super) fn sass(&mut self) -> SassConfig {
        let raw = &self.raw.sass;
        let mut load_paths = Vec::new();
        for written in raw.load_paths.iter().flatten() {
            let path = absolute(self.base(&written.origin), &written.value);
            if self.host.fs.kind(&path) == Some(FileKind::Directory) {
                load_paths.push(path);
            } else {
                self.log.push(messages::missing_load_path(&written.origin, &written.value));
            }
        }
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
