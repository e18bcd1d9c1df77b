//! Calls that write scripts: Parcel's, browserify's and Rollup's, and those of compressors, which
//! put classic scripts one behind the other.

use bundle_base::config::matching;
use bundle_js::evaluate::Value;
use camino::Utf8Path;
use serde_json::Value as Json;

use super::{
    super::{
        facts::Facts,
        plan::{Plan, tidy},
        reading::is_name,
        scripts::Command,
        source_maps,
    },
    call::Words,
    outputs::add,
};

/// Adds `parcel build ENTRY… --dist-dir FOLDER`. Entries may be `source` of package.json.
pub(super) fn parcel(facts: &Facts, plan: &mut Plan, words: &[String]) {
    let with_value = [
        "--dist-dir",
        "-d",
        "--out-dir",
        "--out-file",
        "-o",
        "--public-url",
        "--target",
        "-t",
        "--cache-dir",
        "--log-level",
        "--global",
        "--config",
        "--reporter",
        "--feature-flag",
    ];
    let words = Words::of(words, &with_value);
    let Some((build, paths)) = words.paths.split_first().filter(|(word, _)| *word == "build")
    else {
        return;
    };
    debug_assert_eq!(build, "build");
    let (sources, target) = of_package(facts);
    let paths = if paths.is_empty() { sources } else { paths.to_vec() };
    let entries = files(facts, &paths);
    let folder = words.value(&["--dist-dir", "-d", "--out-dir"]).or(target);
    let folder = folder.map_or_else(|| "dist".to_owned(), |folder| tidy(&folder));
    let shared = shared_folder(&entries);
    let name = words.value(&["--out-file", "-o"]).filter(|_| entries.len() == 1);
    for entry in &entries {
        if entry.ends_with(".html") || entry.ends_with(".pug") {
            let remedy = "write it into \"html\": docs/init.md#pages";
            plan.note("package.json", format!("the page {entry}"), remedy);
            continue;
        }
        let inner = entry.strip_prefix(&shared).unwrap_or(entry).trim_start_matches('/');
        let extension = if entry.ends_with("ss") { "css" } else { "js" };
        let inner = Utf8Path::new(name.as_deref().unwrap_or(inner)).with_extension(extension);
        add(plan, &format!("{folder}/{inner}"), entry);
    }
    if plan.outputs.is_empty() {
        return;
    }
    if let Some(url) = words.value(&["--public-url"]) {
        let is_relative = url.starts_with('.');
        plan.set(
            "publicPath",
            if is_relative { String::new() } else { format!("{}/", url.trim_end_matches('/')) },
        );
    }
    if words.has(&["--no-optimize", "--no-minify"]) {
        plan.set("minify", false);
    }
    source_maps::of_switch(plan, &Value::Boolean(!words.has(&["--no-source-maps"])));
    if facts.major("react").is_some_and(|major| major > 16) && facts.range("parcel").is_some() {
        plan.set("jsx", "automatic");
    }
    plan.set("splitting", "async");
}

/// Returns `source` of package.json, and the folder of its only target.
fn of_package(facts: &Facts) -> (Vec<String>, Option<String>) {
    let sources = match facts.package.get("source") {
        Some(Json::String(path)) => vec![tidy(path)],
        Some(Json::Array(paths)) => paths.iter().filter_map(Json::as_str).map(tidy).collect(),
        _ => Vec::new(),
    };
    let targets = facts.package.get("targets").and_then(Json::as_object);
    let mut folders = targets.into_iter().flatten().filter_map(|(_, target)| target.get("distDir"));
    (sources, folders.next().and_then(Json::as_str).map(str::to_owned))
}

/// Adds `browserify ENTRY -o OUT`, and `browserify ENTRY > OUT`, perhaps through a compressor.
/// `next`: the commands that follow in the script.
pub(super) fn browserify(facts: &Facts, plan: &mut Plan, words: &[String], next: &[&Command]) {
    let with_value = [
        "-o",
        "--outfile",
        "-t",
        "--transform",
        "-g",
        "-p",
        "--plugin",
        "-r",
        "--require",
        "-x",
        "--external",
        "-u",
        "-i",
        "-s",
        "--standalone",
        "--extension",
        "-e",
        "--entry",
    ];
    let words = Words::of(words, &with_value);
    let out = ["-o", "--outfile", "--output", ">"];
    let of_next = || next.iter().find_map(|command| Words::of(&command.words, &["-o"]).value(&out));
    let Some(to) = words.value(&out).or_else(of_next) else { return };
    let entry = words.value(&["-e", "--entry"]).map(|path| tidy(&path));
    let paths: Vec<String> = entry.into_iter().chain(words.paths.clone()).collect();
    for source in files(facts, &paths) {
        add(plan, &to, &source);
    }
    if let Some(name) = words.value(&["-s", "--standalone"]).filter(|name| is_name(name)) {
        plan.output(&to).global_name = Some(name);
    }
}

/// Adds `rollup ENTRY -o OUT -f iife -n NAME`. With `-c`, its configuration is read.
pub(super) fn rollup(facts: &Facts, plan: &mut Plan, words: &[String]) {
    let with_value = [
        "-o",
        "--file",
        "-i",
        "--input",
        "-f",
        "--format",
        "-n",
        "--name",
        "-p",
        "--plugin",
        "-g",
        "--globals",
        "-e",
        "--external",
        "-d",
        "--dir",
    ];
    let words = Words::of(words, &with_value);
    if words.has(&["-c", "--config"]) {
        return;
    }
    let Some(to) = words.value(&["-o", "--file"]) else { return };
    let format = words.value(&["-f", "--format"]).unwrap_or_default();
    if ["cjs", "commonjs", "system", "amd"].contains(&format.as_str()) {
        return;
    }
    let input = words.value(&["-i", "--input"]).map(|path| tidy(&path));
    let paths: Vec<String> = input.into_iter().chain(words.paths.clone()).collect();
    for source in files(facts, &paths) {
        add(plan, &to, &source);
    }
    if let Some(name) = words.value(&["-n", "--name"]).filter(|name| is_name(name)) {
        plan.output(&to).global_name = Some(name);
    }
    if format.starts_with("es") && !plan.outputs.is_empty() {
        plan.set("format", "esm");
    }
}

/// Adds `uglifyjs A B -o OUT`. Returns whether the call says what it reads and writes, or only
/// compresses what another command gives it.
pub(super) fn joined(facts: &Facts, plan: &mut Plan, words: &[String]) -> bool {
    let words = Words::of(words, &["-o", "--output"]);
    let to = words.value(&["-o", "--output", ">"]);
    let paths: Vec<&String> = words.paths.iter().filter(|path| path.ends_with(".js")).collect();
    let Some(to) = to else { return false };
    let known: Vec<String> = plan.outputs.keys().map(|path| format!("{path}.js")).collect();
    for path in &paths {
        // What another command wrote before is compressed anyway.
        let sources = if known.contains(path) {
            vec![(*path).clone()]
        } else {
            files(facts, std::slice::from_ref(path))
        };
        for source in sources {
            let classic = &mut plan.output(&to).classic;
            if !classic.contains(&source) {
                classic.push(source);
            }
        }
    }
    paths.is_empty() || plan.outputs.contains_key(tidy(&to).trim_end_matches(".js"))
}

/// Returns the files that paths and globs name.
fn files(facts: &Facts, paths: &[String]) -> Vec<String> {
    let of_path = |path: &String| -> Vec<String> {
        if facts.is_file(path) {
            return vec![path.clone()];
        }
        if !path.contains(['*', '{']) {
            let with_extension = format!("{path}.js");
            return facts.is_file(&with_extension).then_some(with_extension).into_iter().collect();
        }
        let found = matching(&*facts.fs, &facts.project, path);
        found.iter().map(|path| facts.below(path).to_string()).collect()
    };
    paths.iter().flat_map(of_path).collect()
}

/// Returns the deepest folder that has all files.
fn shared_folder(files: &[String]) -> String {
    let Some(first) = files.first() else { return String::new() };
    let mut folders = Utf8Path::new(first).ancestors().skip(1);
    let has_all =
        |folder: &&Utf8Path| files.iter().all(|file| Utf8Path::new(file).starts_with(folder));
    folders.find(has_all).map(Utf8Path::to_string).unwrap_or_default()
}
