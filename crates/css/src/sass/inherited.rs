//! Modules of Sass that an importer uses: an imported file without `@use` sees them, as in `@use
//! "sass:color"; @import "theme";`. The compiler knows them only in the importer, so the file gets
//! the rules too.

use std::collections::BTreeSet;

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::FxHashMap;

/// The rules that files see, by path.
#[derive(Default)]
pub(super) struct Inherited(FxHashMap<Utf8PathBuf, BTreeSet<String>>);

impl Inherited {
    /// Notes that an importer imports a file. `text`: the importer's, if it is known.
    pub fn add(&mut self, importer: &Utf8Path, text: &str, file: &Utf8Path) {
        let mut rules = rules(text);
        if !has_modules(text) {
            rules.extend(self.0.get(importer).into_iter().flatten().cloned());
        }
        if !rules.is_empty() {
            self.0.entry(file.to_owned()).or_default().extend(rules);
        }
    }

    /// Returns what goes before the text of a file that uses the namespaces of such rules.
    pub fn before(&self, path: &Utf8Path, text: &str) -> String {
        let rules = self.0.get(path).filter(|_| !has_modules(text)).into_iter().flatten();
        let end = if path.extension() == Some("sass") { "\n" } else { ";" };
        let used = rules.filter(|rule| {
            namespace(rule).is_some_and(|name| name == "*" || text.contains(&format!("{name}.")))
        });
        used.flat_map(|rule| [rule.as_str(), end]).collect()
    }
}

fn has_modules(text: &str) -> bool {
    ["@use ", "@forward "].iter().any(|rule| text.contains(rule))
}

/// Returns the rules `@use "sass:NAME"` and `@use "sass:NAME" as OTHER` of a text.
fn rules(text: &str) -> BTreeSet<String> {
    let rule = |(at, _): (usize, &str)| {
        let rule = &text[at..];
        let rule = rule[..rule.find([';', '\n']).unwrap_or(rule.len())].trim_end();
        let address = rule.strip_prefix("@use ")?.trim_start().trim_start_matches(['"', '\'']);
        address.starts_with("sass:").then(|| rule.to_owned())
    };
    text.match_indices("@use ").filter_map(rule).collect()
}

/// Returns the namespaces of Sass's modules in a text.
pub(super) fn namespaces(text: &str) -> Vec<String> {
    rules(text).iter().filter_map(|rule| namespace(rule).map(str::to_owned)).collect()
}

/// Returns the namespace of a rule; `*` for members without one.
fn namespace(rule: &str) -> Option<&str> {
    match rule.split_once(" as ") {
        Some((_, name)) => Some(name.trim()),
        None => rule.split_once("sass:")?.1.split(['"', '\'']).next(),
    }
}

#[cfg(test)]
mod tests {
    use super::Inherited;

    #[test]
    fn files_see_what_their_importers_use() {
        let mut inherited = Inherited::default();
        let main = "@use \"sass:color\"; @use 'sass:math' as m;\n@use \"own\";\n@import \"a\"";
        inherited.add("/main.scss".into(), main, "/a.scss".into());
        inherited.add("/a.scss".into(), "@import \"b\"", "/b.scss".into());
        inherited.add("/c.scss".into(), "@use \"own\"; @import \"d\"", "/d.scss".into());
        let before = |path: &str, text| inherited.before(path.into(), text);
        assert_eq!(before("/a.scss", "x: color.mix()"), "@use \"sass:color\";");
        assert_eq!(before("/b.scss", "x: m.div()"), "@use 'sass:math' as m;");
        assert_eq!(before("/b.scss", "x: own.y()"), "");
        assert_eq!(before("/b.scss", "@use \"own\"; x: m.div()"), "");
        assert_eq!(before("/d.scss", "x: color.mix()"), "");
    }
}
