//! Calls of webpack without a configuration: its defaults, and the options of the command line.

use bundle_js::static_evaluation::{Field, Object, Value};

use super::{
    super::{
        facts::ProjectFacts,
        scripts::{self, Command},
    },
    call::{Call, Words},
};

/// Options that a value follows.
const WITH_VALUE: [&str; 18] = [
    "-o",
    "--output",
    "--output-path",
    "--output-filename",
    "--output-chunk-filename",
    "--output-public-path",
    "--output-library",
    "--output-library-target",
    "--entry",
    "--mode",
    "--devtool",
    "-t",
    "--target",
    "--env",
    "--context",
    "--display",
    "--module-bind",
    "--resolve-extensions",
];
/// What an entry may leave out.
const ENDINGS: [&str; 8] = ["", ".js", ".jsx", ".mjs", ".ts", ".tsx", "/index.js", "/index.ts"];

/// Whether the build for production calls webpack without a configuration, and its entries exist.
pub(in super::super) fn is_enough(facts: &ProjectFacts) -> bool {
    let has_default = facts.webpack().is_none_or(|major| major >= 4) && exists(facts, "src");
    let has_entry = |words: &Words| {
        let entries = entries(facts, words);
        if entries.is_empty() { has_default } else { has_all(facts, &entries) }
    };
    let calls = calls(facts);
    !calls.is_empty() && calls.iter().all(has_entry)
}

fn has_all(facts: &ProjectFacts, entries: &[(String, String)]) -> bool {
    entries.iter().all(|(_, path)| exists(facts, path))
}

/// Whether webpack finds a module for a path.
fn exists(facts: &ProjectFacts, path: &str) -> bool {
    let path = path.trim_end_matches('/');
    ENDINGS.iter().any(|ending| facts.is_file(&format!("{path}{ending}")))
}

/// Returns the configuration that the calls mean, or a list of these.
pub(in super::super) fn configuration(facts: &ProjectFacts) -> Value {
    let mut all: Vec<Value> = calls(facts).iter().map(|words| of_call(facts, words)).collect();
    if all.len() == 1 { all.swap_remove(0) } else { Value::list(all) }
}

/// Returns the words of the calls in the likeliest script that has some.
fn calls(facts: &ProjectFacts) -> Vec<Words> {
    let builds = scripts::builds(facts);
    let of_build = |commands: &Vec<Command>| {
        let calls = commands.iter().filter_map(Call::of);
        let calls = calls.filter(|call| ["webpack", "webpack-cli"].contains(&call.program));
        calls.map(|call| words(facts, call.words)).collect::<Vec<_>>()
    };
    let calls = builds.iter().map(of_build).find(|calls| !calls.is_empty()).unwrap_or_default();
    let is_configured = calls.iter().any(|words| words.has(&["--config", "-c"]));
    if is_configured { Vec::new() } else { calls }
}

fn words(facts: &ProjectFacts, written: &[String]) -> Words {
    let mut with_value = WITH_VALUE.to_vec();
    if is_new(facts) {
        // Before, it was a switch.
        with_value.push("-d");
    }
    // `webpack build` is `webpack`.
    let written = match written {
        [command, rest @ ..] if ["build", "bundle", "b"].contains(&command.as_str()) => rest,
        all => all,
    };
    Words::of(written, &with_value)
}

/// Whether the command line is webpack-cli's of version 4 or later.
fn is_new(facts: &ProjectFacts) -> bool {
    let of_webpack = || facts.webpack().is_none_or(|major| major >= 5);
    facts.major("webpack-cli").map_or_else(of_webpack, |major| major >= 4)
}

/// Returns the last path: up to webpack 3, it is that of the output.
fn output_path<'w>(facts: &ProjectFacts, words: &'w Words) -> Option<&'w str> {
    let is_old = facts.webpack().is_some_and(|major| major < 4);
    let is_given = words.has(&["--output-filename"]) || words.paths.len() < 2;
    words.paths.last().filter(|_| is_old && !is_given).map(String::as_str)
}

/// Returns the entries with their names: `./src/a.js`, `app=./src/a.js`.
fn entries(facts: &ProjectFacts, words: &Words) -> Vec<(String, String)> {
    let of_output = usize::from(output_path(facts, words).is_some());
    let paths = &words.paths[..words.paths.len() - of_output];
    let all = words.values(&["--entry"]).chain(paths);
    let entry = |word: &String| match word.split_once('=') {
        Some((name, path)) => (name.to_owned(), path.to_owned()),
        None => ("main".to_owned(), word.clone()),
    };
    all.map(entry).collect()
}

fn field(value: Value) -> Field {
    Field { value, ..Field::default() }
}

fn of_call(facts: &ProjectFacts, words: &Words) -> Value {
    let mut config = Object::new();
    let mut by_name = Object::new();
    for (name, path) in entries(facts, words) {
        // As webpack finds it, even if it is not written as a path.
        let path = if path.starts_with(['.', '/']) { path } else { format!("./{path}") };
        let known = by_name.entry(name).or_insert_with(|| field(Value::list(Vec::new())));
        let paths = known.value.elements().into_iter().chain([Value::text(&path)]).collect();
        known.value = Value::list(paths);
    }
    if !by_name.is_empty() {
        config.insert("entry".to_owned(), field(Value::object(by_name)));
    }
    let mut output = Object::new();
    let mut set = |key: &str, value: &str| {
        output.insert(key.to_owned(), field(Value::text(value)));
    };
    let file = words.value(&["-o", "--output"]);
    let is_file = |path: &String| !is_new(facts) && path.ends_with(".js");
    let of_file = file.clone().filter(is_file);
    match of_file.as_deref().or_else(|| output_path(facts, words)) {
        Some(path) => {
            let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
            set("path", folder);
            set("filename", name);
        }
        None => set("path", &file.unwrap_or_else(|| "dist".to_owned())),
    }
    let options = [
        ("--output-path", "path"),
        ("--output-filename", "filename"),
        ("--output-chunk-filename", "chunkFilename"),
        ("--output-public-path", "publicPath"),
        ("--output-library", "library"),
        ("--output-library-target", "libraryTarget"),
    ];
    for (option, key) in options {
        if let Some(value) = words.value(&[option]) {
            set(key, &value);
        }
    }
    config.insert("output".to_owned(), field(Value::object(output)));
    let of_devtool = if is_new(facts) { &["--devtool", "-d"][..] } else { &["--devtool"] };
    for (names, key) in [(of_devtool, "devtool"), (&["-t", "--target"], "target")] {
        if let Some(value) = words.value(names) {
            config.insert(key.to_owned(), field(Value::text(&value)));
        }
    }
    Value::object(config)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bundle_base::fs::MemoryFs;
    use camino::Utf8Path;

    use super::*;

    /// Returns the entry, folder and file name that a script gives.
    fn read(versions: &str, script: &str) -> Vec<String> {
        let package =
            format!(r#"{{ "scripts": {{ "build": "{script}" }}, "devDependencies": {versions} }}"#);
        let files = MemoryFs::new().with("/p/package.json", package).with("/p/src/a.js", "");
        let facts = ProjectFacts::of(Utf8Path::new("/p"), Arc::new(files));
        if !is_enough(&facts) {
            return Vec::new();
        }
        let config = configuration(&facts);
        let entry = config.get("entry").get("main").elements().into_iter().next();
        let output = config.get("output");
        let shown = [entry.unwrap_or_default(), output.get("path"), output.get("filename")];
        shown.iter().filter_map(Value::as_text).collect()
    }

    #[test]
    fn command_lines() {
        const OLD: &str = r#"{ "webpack": "^4.0.0", "webpack-cli": "^3.0.0" }"#;
        const NEW: &str = r#"{ "webpack": "^5.0.0" }"#;
        assert_eq!(read(OLD, "webpack src/a.js -o out/x.js"), ["./src/a.js", "out", "x.js"]);
        assert_eq!(read(NEW, "webpack --entry ./src/a -o out"), ["./src/a", "out"]);
        let oldest = r#"{ "webpack": "^2.0.0" }"#;
        assert_eq!(read(oldest, "webpack -p src/a.js js/x.js"), ["./src/a.js", "js", "x.js"]);
        for script in ["webpack", "webpack ./b.js", "webpack -c x.js src/a.js", "gulp webpack"] {
            assert!(read(NEW, script).is_empty(), "{script}");
        }
    }
}
