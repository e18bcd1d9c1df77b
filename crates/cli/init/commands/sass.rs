//! Calls of Sass: `sass IN:OUT`, `sass IN OUT` and `node-sass IN -o OUT`.

use bundle_base::config::matching;
use camino::Utf8Path;
use serde_json::json;

use super::{
    super::{
        facts::Facts,
        plan::{Plan, tidy},
    },
    outputs::add_style,
};

/// Options that a value follows.
const WITH_VALUE: [&str; 10] = [
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
/// What a call of Sass says.
#[derive(Default)]
struct Call {
    paths: Vec<String>,
    load_paths: Vec<String>,
    /// The folder of `-o`.
    out: Option<String>,
}

/// Adds what a call writes.
pub(super) fn read(facts: &Facts, plan: &mut Plan, words: &[String]) {
    let call = call(words.iter().map(String::as_str));
    compiled(facts, plan, &call);
}

/// Reads the words behind the program.
fn call<'w>(mut words: impl Iterator<Item = &'w str>) -> Call {
    let mut call = Call::default();
    while let Some(word) = words.next() {
        if !word.starts_with('-') {
            call.paths.push(word.to_owned());
            continue;
        }
        let (option, value) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value)),
            None if WITH_VALUE.contains(&word) => (word, words.next()),
            None => (word, None),
        };
        let value = value.map(|value| tidy(value.trim_matches(['"', '\''])));
        match option {
            "-I" | "--load-path" | "--include-path" => call.load_paths.extend(value),
            "-o" | "--output" => call.out = value,
            _ => {}
        }
    }
    call
}

/// Adds the outputs of a call.
fn compiled(facts: &Facts, plan: &mut Plan, call: &Call) {
    let pairs: Vec<(&str, &str)> = match (call.paths.as_slice(), &call.out) {
        (paths, Some(out)) => paths.iter().map(|path| (path.as_str(), out.as_str())).collect(),
        ([from, to], None) if !from.contains(':') => vec![(from, to)],
        (paths, None) => paths.iter().filter_map(|path| path.split_once(':')).collect(),
    };
    for (from, to) in pairs {
        let (from, to) = (tidy(from), tidy(to));
        let to = to.trim_end_matches('/');
        if facts.is_file(&from) {
            let stem = Utf8Path::new(&from).file_stem().unwrap_or_default();
            let is_file = to.ends_with(".css");
            let output = if is_file { to.to_owned() } else { format!("{to}/{stem}.css") };
            add_style(plan, &output, &from);
        } else {
            let folder = facts.project.join(&from);
            for path in matching(&*facts.fs, &folder, "**/*.{scss,sass}") {
                let Ok(inner) = path.strip_prefix(&folder) else { continue };
                let is_partial = inner.file_name().is_some_and(|name| name.starts_with('_'));
                let is_of_package = inner.as_str().contains("node_modules/");
                if !is_partial && !is_of_package {
                    let output = format!("{to}/{}", inner.with_extension("css"));
                    add_style(plan, &output, &tidy(&format!("{from}/{inner}")));
                }
            }
        }
    }
    if !call.load_paths.is_empty() {
        plan.put("sass", "loadPaths", json!(call.load_paths));
    }
}
