//! The paths of Bud: `@src`, `@dist`, and the paths and aliases that configurations add.

use std::rc::Rc;

use bundle_js::static_evaluation::{Symbol, Value};
use indexmap::IndexMap;

use super::super::{
    plan::tidy,
    reading::{Reading, call_of},
};

/// The paths of Bud, and those of Sage.
const OF_BUD: [(&str, &str); 2] = [("@src", "src"), ("@dist", "dist")];
const OF_SAGE: [(&str, &str); 7] = [
    ("@src", "resources"),
    ("@dist", "public"),
    ("@fonts", "@src/fonts"),
    ("@images", "@src/images"),
    ("@scripts", "@src/scripts"),
    ("@styles", "@src/styles"),
    ("@views", "@src/views"),
];
/// The extensions of stylesheets that an entry may leave out.
const STYLES: [&str; 5] = [".css", ".scss", ".sass", ".less", ".pcss"];

/// Paths by their names.
pub(super) struct Paths(IndexMap<String, String>);

impl Paths {
    /// Returns the usual paths with those that calls set. The last of each counts.
    pub(super) fn of(calls: &[Rc<Symbol>], is_sage: bool) -> Self {
        let usual: &[(&str, &str)] = if is_sage { &OF_SAGE } else { &OF_BUD };
        let usual = usual.iter().map(|(name, path)| ((*name).to_owned(), (*path).to_owned()));
        let mut paths: IndexMap<String, String> = usual.collect();
        for (name, arguments) in calls.iter().map(|call| call_of(call)) {
            let first = arguments.first().cloned().unwrap_or_default();
            let pairs: Vec<(String, Value)> = match (name, first.as_text()) {
                ("alias" | "setPath", Some(name)) => {
                    vec![(name, arguments.get(1).cloned().unwrap_or_default())]
                }
                ("alias" | "setPath", None) => {
                    first.fields().into_iter().map(|(name, field)| (name, field.value)).collect()
                }
                _ => continue,
            };
            for (name, path) in pairs {
                if let Some(path) = path.as_text().filter(|_| name.starts_with('@')) {
                    paths.insert(name, path);
                }
            }
        }
        Self(paths)
    }

    /// Returns the names and what they mean, without `@dist`, which no import names.
    pub(super) fn handles(&self) -> Vec<(String, String)> {
        let names = self.0.keys().filter(|name| *name != "@dist");
        names.map(|name| (name.clone(), self.resolved(name))).collect()
    }

    /// Whether a path begins with a name.
    pub(super) fn has_handle(&self, path: &str) -> bool {
        self.0.contains_key(path.split('/').next().unwrap_or_default())
    }

    /// Replaces the name with which a path begins.
    pub(super) fn resolved(&self, path: &str) -> String {
        let mut path = path.to_owned();
        // The path of a name may begin with another name, but never with the name itself.
        for _ in 0..=self.0.len() {
            let (name, rest) = path.split_once('/').unwrap_or((&path, ""));
            let Some(to) = self.0.get(name) else { break };
            path = format!("{}/{rest}", to.trim_end_matches('/'));
            path.truncate(path.trim_end_matches('/').len());
        }
        if path.starts_with('/') { path } else { tidy(&path) }
    }

    /// Returns a path of sources, relative to the project: below `@src`, or else as it is written.
    pub(super) fn of_source(&self, reading: &Reading<'_>, path: &str) -> String {
        if self.has_handle(path) {
            return reading.path(&self.resolved(path));
        }
        let below = self.below(reading, path);
        let own = reading.path(path);
        let is_there =
            |path: &str| reading.is_file(path) || reading.is_folder(path) || path.contains('*');
        if !is_there(&below) && is_there(&own) { own } else { below }
    }

    fn below(&self, reading: &Reading<'_>, path: &str) -> String {
        let inner = path.trim_start_matches('/');
        let whole = if self.has_handle(path) { path.to_owned() } else { format!("@src/{inner}") };
        reading.path(&self.resolved(&whole))
    }

    /// Returns the files that a source of an entry names, relative to the project.
    pub(super) fn sources(&self, reading: &Reading<'_>, written: &str) -> Vec<String> {
        let path = self.of_source(reading, written);
        if path.contains('*') {
            return reading.expanded(&path);
        }
        let found = |path: &str| {
            let module = reading.module(path);
            let style = STYLES.iter().map(|end| format!("{path}{end}"));
            std::iter::once(module).chain(style).find(|path| reading.is_file(path))
        };
        let below = self.below(reading, written);
        let candidates = [below, path.clone(), reading.path(written)];
        vec![candidates.iter().find_map(|path| found(path)).unwrap_or(path)]
    }
}
