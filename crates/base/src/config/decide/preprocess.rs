//! Decides the commands that compile stylesheets.

use indexmap::IndexMap;

use super::deciding::Deciding;
use crate::config::style::LANGUAGES;

impl Deciding<'_> {
    pub(super) fn preprocess(&self) -> IndexMap<String, Vec<String>> {
        let ending = |name: &str| {
            LANGUAGES.iter().find(|names| names.contains(&name)).map(|names| names[0].to_owned())
        };
        let pairs = self.raw.preprocess.iter();
        pairs
            .filter_map(|pair| Some((ending(&pair.key.value)?, pair.value.value.clone())))
            .collect()
    }
}
