//! Decides which files are copied.

use super::deciding::Deciding;
use crate::config::{
    CopyRule, messages,
    paths::{absolute, glob_folder, glob_mistake, is_glob},
};

impl Deciding<'_> {
    pub(super) fn copy(&mut self) -> Vec<CopyRule> {
        let raw = self.raw;
        let mut rules = Vec::new();
        for pair in &raw.copy {
            let (written, to) =
                (pair.key.value.replace('\\', "/"), pair.value.value.replace('\\', "/"));
            let base = self.base(&pair.key.origin).to_owned();
            let (from, pattern) = if is_glob(&written) {
                let depth = written.split('/').take_while(|part| !is_glob(part)).count();
                (
                    glob_folder(&base, &written),
                    written.split('/').skip(depth).collect::<Vec<_>>().join("/"),
                )
            } else {
                (absolute(&base, &written), String::new())
            };
            if let Some(why) = glob_mistake(&pattern) {
                self.log.push(messages::bad_glob(&pair.key.origin, &written, &why));
            }
            if to.starts_with('/') || to.contains(':') || to.split('/').any(|part| part == "..") {
                self.log.push(messages::copy_leads_out(&pair.value.origin, &to));
            }
            let to = to.strip_prefix("./").unwrap_or(&to).to_owned();
            let to = if to == "." { String::new() } else { to };
            rules.push(CopyRule { from, pattern, to, written });
        }
        rules
    }
}
