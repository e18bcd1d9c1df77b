//! Decides which files are copied, and which pages are written from templates.

use super::deciding::Deciding;
use crate::{
    config::{
        CopyRule, ManifestKind, OutputConfig, Page, messages,
        paths::{absolute, glob_folder, glob_mistake, is_glob},
        raw::Written,
    },
    fs::FileKind,
};

impl Deciding<'_> {
    /// `output`: where the build writes, and which manifests.
    pub(super) fn copy(&mut self, output: &OutputConfig) -> Vec<CopyRule> {
        let raw = self.raw;
        let is_for_wordpress = output.has_manifest(ManifestKind::Wordpress);
        let mut rules = Vec::new();
        for rule in &raw.copy {
            let (written, to) =
                (rule.from.value.replace('\\', "/"), rule.to.value.replace('\\', "/"));
            let base = self.base(&rule.from.origin).to_owned();
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
                self.log.push(messages::bad_glob(&rule.from.origin, &written, &why));
            }
            if leads_out(&to) {
                self.log.push(messages::copy_leads_out(&rule.to.origin, &to));
            }
            let to = to.strip_prefix("./").unwrap_or(&to).to_owned();
            let to = if to == "." { String::new() } else { to };
            let has_programs = is_for_wordpress && is_php(&written);
            let ignored = rule.ignore.iter().filter_map(|one| self.ignored(one)).collect();
            let place = rule.from.origin.label().cloned();
            rules.push(CopyRule {
                from,
                pattern,
                ignored,
                to,
                written,
                place,
                has_programs,
                page: None,
            });
        }
        rules.extend(self.pages());
        rules
    }

    /// Returns a glob of files that a rule leaves out. One without `/` is about names in any
    /// folder.
    fn ignored(&mut self, ignore: &Written<String>) -> Option<String> {
        let written = ignore.value.replace('\\', "/");
        if let Some(why) = glob_mistake(&written) {
            self.log.push(messages::bad_glob(&ignore.origin, &written, &why));
            return None;
        }
        let written = written.trim_end_matches('/');
        let is_name = !written.contains('/');
        let written = written.strip_prefix("./").unwrap_or(written);
        Some(if is_name { format!("**/{written}") } else { written.to_owned() })
    }

    fn pages(&mut self) -> Vec<CopyRule> {
        let raw = self.raw;
        let mut rules = Vec::new();
        for page in &raw.assets.pages {
            let to = page.path.value.replace('\\', "/");
            if leads_out(&to) {
                self.log.push(messages::copy_leads_out(&page.path.origin, &to));
            }
            let written = page.template.value.replace('\\', "/");
            let from = absolute(self.base(&page.template.origin), &written);
            if self.host.fs.kind(&from) != Some(FileKind::File) {
                self.log.push(messages::missing_template(&page.template.origin, &written));
                continue;
            }
            let title = page.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
            let entries = page.entries.as_ref();
            let entries = entries.map(|all| all.iter().map(|one| one.value.clone()).collect());
            let place = page.template.origin.label().cloned();
            let page = Some(Page { title, entries });
            rules.push(CopyRule {
                from,
                pattern: String::new(),
                ignored: Vec::new(),
                to,
                written,
                place,
                has_programs: false,
                page,
            });
        }
        rules
    }
}

/// Whether a path or a pattern is for PHP files.
fn is_php(written: &str) -> bool {
    written.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("php"))
}

/// Whether a path in the output folder would lead out of it.
fn leads_out(to: &str) -> bool {
    to.starts_with('/') || to.contains(':') || to.split('/').any(|part| part == "..")
}
