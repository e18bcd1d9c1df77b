//! npm's test262-parser-tests: about 3,400 small programs in three folders. `pass` must be
//! accepted, `fail` and `early` refused with a diagnostic. What we fail is listed in
//! tests/conformance/parser-tests.json with reasons; an entry that no longer fails is an error too.
//! In process: each program is one line, and a process each would take minutes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bundle_base::config::{self, Config, Environment, Host};
use bundle_base::diagnostic::Severity;
use bundle_base::fs::MemoryFs;
use bundle_base::loader::Language;
use bundle_base::tools::NoTools;
use bundle_base::{Diagnostics, Source};
use bundle_js::{FormatHint, PartInput};
use camino::Utf8Path;

use super::work;

/// A reason and the programs that fail for it, under each folder.
type Known = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// The tests of this file: a folder of programs each.
pub const FOLDERS: [&str; 3] = ["pass", "fail", "early"];

/// Reads every program of a folder, and compares with the list of what fails.
pub fn run(folder: &str) -> Result<(), String> {
    let programs = work::root().join("tests/node_modules/test262-parser-tests").join(folder);
    let known = known(folder)?;
    let config = esnext()?;
    let mut reported = Vec::new();
    let mut names: Vec<String> = fs::read_dir(&programs)
        .map_err(|error| format!("{}: {error}: run `cargo xtask test`", programs.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    for name in &names {
        let errors = errors_of(&programs.join(name), name, &config)?;
        let is_right = errors.is_empty() == (folder == "pass");
        match (is_right, known.get(name)) {
            (true, None) | (false, Some(_)) => {}
            (true, Some(_)) => reported.push(format!("{name} is right, but listed as failing")),
            (false, None) => {
                reported
                    .push(format!("{name}: {}", errors.first().map_or("accepted", String::as_str)));
            }
        }
    }
    let gone = known.keys().filter(|name| !names.contains(name));
    reported.extend(gone.map(|name| format!("{name} is listed, but there is no such program")));
    if reported.is_empty() {
        Ok(())
    } else {
        Err(format!("{} of {}:\n{}", reported.len(), names.len(), reported.join("\n")))
    }
}

/// The list of what fails, by program.
fn known(folder: &str) -> Result<BTreeMap<String, String>, String> {
    let path = work::root().join("tests/conformance/parser-tests.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let mut known: Known =
        serde_json::from_str(&text).map_err(|error| format!("parser-tests.json: {error}"))?;
    let reasons = known.remove(folder).unwrap_or_default().into_iter();
    Ok(reasons
        .flat_map(|(reason, names)| names.into_iter().map(move |name| (name, reason.clone())))
        .collect())
}

/// What is wrong with a program, by the words of the diagnostics.
fn errors_of(path: &Path, name: &str, config: &Config) -> Result<Vec<String>, String> {
    let text = fs::read_to_string(path).map_err(|error| format!("{name}: {error}"))?;
    let source = Source::new(format!("/programs/{name}"), name, text);
    let format = if name.ends_with(".module.js") { FormatHint::Esm } else { FormatHint::Auto };
    let input =
        PartInput { source: &source, language: Language::JavaScript, format, is_entry: false };
    let analysis = bundle_js::analyse(&input, config);
    let errors = analysis
        .record
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.severity == Severity::Error);
    Ok(errors.map(|diagnostic| diagnostic.message.clone()).collect())
}

/// A configuration that lowers nothing.
fn esnext() -> Result<Config, String> {
    let written = Source::new(
        "/bundle.config.json",
        "bundle.config.json",
        r#"{ "target": "esnext", "areas": { "x": "x.js" } }"#,
    );
    let mut log = Diagnostics::new();
    let raw = config::parse(&written, &mut log);
    let fs = MemoryFs::new().with("/x.js", "");
    let browserslist = |_: &str| Err("not asked".to_owned());
    let root = Utf8Path::new("/");
    let host = Host {
        cwd: root,
        project: root,
        fs: &fs,
        tools: &NoTools,
        browserslist: &browserslist,
        environment: &Environment::default(),
    };
    config::decide(&raw, &host, &mut log).ok_or_else(|| format!("{log:?}"))
}
