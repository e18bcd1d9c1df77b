//! Calls of Sass: `sass IN:OUT`, `sass IN OUT` and `node-sass IN -o OUT`.

use bundle_base::config::matching;
use camino::Utf8Path;
use serde_json::json;

use super::{
    super::{
        facts::ProjectFacts,
        plan::{Plan, tidy},
        reading::path_below,
    },
    call::Words,
    outputs::add_style,
};

/// Options that a value follows.
const WITH_VALUE: [&str; 16] = [
    "--importer",
    "--functions",
    "--source-map-root",
    "--indent-type",
    "--indent-width",
    "--linefeed",
    "-I",
    "--load-path",
    "--include-path",
    "-o",
    "--output",
    "-s",
    "--style",
    "--output-style",
    "--source-map",
    "--precision",
];

/// Adds what a call writes.
pub(super) fn read(facts: &ProjectFacts, plan: &mut Plan, words: &[String]) {
    // Only node-sass has a value for `--source-map`, which may be a file.
    let is_value = |pair: &[String]| pair[0] == "--source-map" && !pair[1].ends_with("ss");
    let takes_map = words.windows(2).any(is_value);
    let with_value = WITH_VALUE.iter().filter(|option| **option != "--source-map" || takes_map);
    let words = Words::of(words, &with_value.copied().collect::<Vec<_>>());
    let out = words.value(&["-o", "--output", ">"]);
    let pairs: Vec<(&str, &str)> = match (words.paths.as_slice(), &out) {
        (paths, Some(out)) => paths.iter().map(|path| (path.as_str(), out.as_str())).collect(),
        ([from, to], None) if !from.contains(':') => vec![(from, to)],
        (paths, None) => paths.iter().filter_map(|path| path.split_once(':')).collect(),
    };
    for (from, to) in pairs {
        let [from, to] = [from, to].map(|path| path_below(facts, "", path));
        let to = to.trim_end_matches('/');
        if facts.is_file(&from) {
            let stem = Utf8Path::new(&from).file_stem().unwrap_or_default();
            let is_file = to.ends_with(".css");
            let output = if is_file { to.to_owned() } else { within(to, &format!("{stem}.css")) };
            add_style(facts, plan, &output, &from);
        } else {
            let folder = facts.project.join(&from);
            for path in matching(&*facts.fs, &folder, "**/*.{scss,sass}") {
                let Ok(inner) = path.strip_prefix(&folder) else { continue };
                let is_partial = inner.file_name().is_some_and(|name| name.starts_with('_'));
                let is_of_package = inner.as_str().contains("node_modules/");
                if !is_partial && !is_of_package {
                    let output = within(to, inner.with_extension("css").as_str());
                    add_style(facts, plan, &output, &within(&from, inner.as_str()));
                }
            }
        }
    }
    let load_paths: Vec<String> = words
        .values(&["-I", "--load-path", "--include-path"])
        .map(|path| path_below(facts, "", path))
        .collect();
    if !load_paths.is_empty() {
        plan.put("sass", "loadPaths", json!(load_paths));
    }
}

fn within(folder: &str, path: &str) -> String {
    tidy(&format!("{}/{path}", folder.trim_end_matches('/')))
}
