//! Finds the files that the sources of an output import, directly or not. Only their texts are
//! searched.

use std::collections::HashSet;

use bundle_base::config::{absolute, relative};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexSet;
use serde_json::Value as Json;

use super::{
    facts::{ProjectFacts, required},
    stylesheets::is_stylesheet,
};

/// Most files that are looked at.
const MOST: usize = 5_000;
/// What a specifier may leave out.
const ENDINGS: [&str; 16] = [
    "",
    ".js",
    ".jsx",
    ".ts",
    ".tsx",
    ".mjs",
    ".vue",
    "/index.js",
    "/index.jsx",
    "/index.ts",
    "/index.tsx",
    ".json",
    ".scss",
    ".sass",
    ".less",
    ".css",
];

/// The files that were looked at, and what they import.
#[derive(Default)]
pub struct SearchedFiles {
    seen: HashSet<Utf8PathBuf>,
    /// Stylesheets, in the order in which they apply.
    styles: IndexSet<Utf8PathBuf>,
    /// The paths of imported stylesheets, with their specifiers; some do not exist.
    named_styles: IndexSet<(String, Utf8PathBuf)>,
    /// Specifiers that lead to no file of the project.
    packages: IndexSet<String>,
    /// Whether a text has a call of `.locale(`.
    sets_locales: bool,
    /// Whether a text reads a `_` that it does not import or declare.
    reads_underscore: bool,
    /// Whether what `import()` loads is left out.
    is_initial: bool,
}

/// Returns the stylesheets that modules import, relative to the project.
pub fn styles(facts: &ProjectFacts, modules: &[String]) -> Vec<String> {
    let found = followed(facts, modules, &Json::Null);
    found.styles.iter().map(|path| relative(&facts.project, path)).collect()
}

/// Returns the specifiers of stylesheets that modules import, with the paths that they mean.
pub fn named_styles(
    facts: &ProjectFacts,
    modules: &[String],
    alias: &Json,
) -> IndexSet<(String, Utf8PathBuf)> {
    followed(facts, modules, alias).named_styles
}

/// Returns the packages, and files of packages, that modules import, as they write it.
pub fn packages(facts: &ProjectFacts, modules: &[String], alias: &Json) -> Vec<String> {
    followed(facts, modules, alias).packages.into_iter().collect()
}

/// Returns the packages, and files of packages, that modules need before any `import()`.
pub fn initial_packages(facts: &ProjectFacts, modules: &[String], alias: &Json) -> Vec<String> {
    let mut found = SearchedFiles { is_initial: true, ..SearchedFiles::default() };
    for module in modules {
        follow(facts, &absolute(&facts.project, module), alias, &mut found);
    }
    found.packages.into_iter().collect()
}

/// Whether modules import stylesheets, or components, which may have some.
pub fn have_styles(facts: &ProjectFacts, modules: &[String], alias: &Json) -> bool {
    let found = followed(facts, modules, alias);
    !found.styles.is_empty()
        || found.packages.iter().any(|name| is_stylesheet(name))
        || found.seen.iter().any(|file| file.extension() == Some("vue"))
}

impl SearchedFiles {
    /// Whether modules import moment and choose a locale.
    pub fn choose_locales_of_moment(&self) -> bool {
        self.sets_locales && self.packages.contains("moment")
    }

    /// Whether modules import lodash, and some read the global `_`.
    pub fn read_global_of_lodash(&self) -> bool {
        self.reads_underscore && self.packages.contains("lodash")
    }

    /// Returns the files that were looked at.
    pub fn files(&self) -> impl Iterator<Item = &Utf8Path> {
        self.seen.iter().map(Utf8PathBuf::as_path)
    }
}

/// Whether a text has `_.map(…)`, and nothing that could give it a `_` of its own.
fn reads_underscore(text: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || "_$.".contains(c);
    let is_used = text.match_indices("_.").any(|(at, _)| {
        let is_start = !text[..at].ends_with(is_part);
        is_start && text[at + 2..].starts_with(|c: char| c.is_ascii_lowercase())
    });
    let own = ["import _ ", "as _ ", "_ = ", "_=", "{ _ }", "{_}", "(_)", "(_,", ", _)", "_ =>"];
    is_used && !own.iter().any(|own| text.contains(own))
}

/// Follows the imports of modules. `alias`: the aliases of the plan.
pub fn followed(facts: &ProjectFacts, modules: &[String], alias: &Json) -> SearchedFiles {
    let mut found = SearchedFiles::default();
    for module in modules {
        follow(facts, &absolute(&facts.project, module), alias, &mut found);
    }
    found
}

fn follow(facts: &ProjectFacts, file: &Utf8Path, alias: &Json, found: &mut SearchedFiles) {
    if found.seen.len() >= MOST || !found.seen.insert(file.to_owned()) {
        return;
    }
    if is_stylesheet(file.as_str()) {
        found.styles.insert(file.to_owned());
        return;
    }
    let text = facts.fs.read(file).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    found.sets_locales |= text.contains(".locale(");
    found.reads_underscore |= reads_underscore(&text);
    let folder = file.parent().unwrap_or(Utf8Path::new(""));
    // `required` lists each way to import after the other; styles apply as they are written.
    let place = |name: &str| name.as_ptr() as usize;
    let loaded = text.split("import(").skip(1).filter_map(|rest| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        rest[1..].split(quote).next()
    });
    let loaded = loaded.filter(|_| !found.is_initial);
    let mut names: Vec<&str> = required(&text).chain(loaded).collect();
    names.sort_by_key(|name| place(name));
    for name in names {
        let path = if name.starts_with('.') {
            Some(absolute(folder, name))
        } else {
            aliased(name, alias).map(|path| absolute(&facts.project, &path))
        };
        let Some(path) = path else {
            found.packages.insert(name.to_owned());
            continue;
        };
        if is_stylesheet(name) {
            found.named_styles.insert((name.to_owned(), path.clone()));
        }
        let mut candidates = ENDINGS.iter().map(|end| Utf8PathBuf::from(format!("{path}{end}")));
        if let Some(path) = candidates.find(|path| facts.is_file(path.as_str())) {
            follow(facts, &path, alias, found);
        }
    }
}

/// Returns the path that a specifier becomes by an alias of the plan.
fn aliased(name: &str, alias: &Json) -> Option<String> {
    let (first, rest) = name.split_once('/').unwrap_or((name, ""));
    let to = alias.get(first)?.as_str().filter(|to| to.starts_with('.'))?;
    Some(format!("{to}/{rest}").trim_end_matches('/').to_owned())
}
