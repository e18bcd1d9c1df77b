//! Calls that write scripts: browserify's and Rollup's, and those of compressors, which concatenate
//! classic scripts.

use serde_json::Value as Json;

use super::{
    super::{facts::ProjectFacts, plan::Plan, reading::is_name, scripts::Command},
    call::Words,
    outputs::{add, files, sources},
};

/// Adds `browserify ENTRY -o OUT`, and `browserify ENTRY > OUT`, perhaps through a compressor.
/// `next`: the commands that follow in the script.
pub(super) fn browserify(
    facts: &ProjectFacts,
    plan: &mut Plan,
    words: &[String],
    next: &[&Command],
) {
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
    let of_next =
        || next.iter().find_map(|command| Words::of(&command.words, &["-o"]).path(facts, &out));
    let Some(to) = words.path(facts, &out).or_else(of_next) else { return };
    let mut paths: Vec<String> = words.path(facts, &["-e", "--entry"]).into_iter().collect();
    paths.extend(words.local(facts));
    // `browserify .` begins with what package.json names.
    if paths.iter().any(String::is_empty) {
        let main = facts.package.get("main").and_then(Json::as_str).unwrap_or("index.js");
        paths = vec![main.trim_start_matches("./").to_owned()];
    }
    for source in files(facts, &paths, "js") {
        add(facts, plan, &to, &source);
    }
    if let Some(name) = words.value(&["-s", "--standalone"]).filter(|name| is_name(name)) {
        plan.output(&to).global_name = Some(name);
    }
    if words.has(&["-r", "--require", "-x", "--external"]) {
        let remedy = "name the packages in an area with \"shared\": docs/areas.md";
        plan.note("package.json", "packages that scripts of browserify share", remedy);
    }
}

/// Adds `rollup ENTRY -o OUT -f iife -n NAME`. With `-c`, its configuration is read.
pub(super) fn rollup(facts: &ProjectFacts, plan: &mut Plan, words: &[String], script: &str) {
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
    let format = words.value(&["-f", "--format"]).unwrap_or_else(|| "es".to_owned());
    let is_module = ["es", "esm", "module"].contains(&format.as_str());
    let is_classic = ["iife", "umd"].contains(&format.as_str());
    let mut paths: Vec<String> = words.path(facts, &["-i", "--input"]).into_iter().collect();
    paths.extend(words.local(facts));
    let found = files(facts, &paths, "js");
    let to = words.path(facts, &["-o", "--file"]).filter(|_| is_module || is_classic);
    let known = plan.keys.get("format").is_some_and(|format| format == "esm");
    let is_other = !plan.outputs.is_empty() && known != is_module;
    let Some(to) = to.filter(|_| !is_other) else {
        let what = format!("the script {script}, which calls rollup with the format {format}");
        return plan.note("package.json", what, "a build has one format: give it a configuration");
    };
    for source in found {
        add(facts, plan, &to, &source);
    }
    if plan.outputs.is_empty() {
        return;
    }
    if is_module {
        plan.set("format", "esm");
    }
    if let Some(name) = words.value(&["-n", "--name"]).filter(|name| is_name(name)) {
        plan.output(&to).global_name = Some(name);
    }
    let globals: Vec<String> = words
        .values(&["-g", "--globals"])
        .flat_map(|all| all.split(','))
        .map(str::to_owned)
        .collect();
    for (package, global) in globals.iter().filter_map(|pair| pair.split_once(':')) {
        plan.put("externals", package, global);
    }
    for package in words.values(&["-e", "--external"]).flat_map(|all| all.split(',')) {
        // A global of the package's name, where none is given.
        let global: Json = if is_module { true.into() } else { package.into() };
        plan.put("externals", package, global);
    }
}

/// Adds `uglifyjs A B -o OUT`. Returns whether the call names the files that it reads and writes,
/// or if it only compresses the output of another command.
pub(super) fn joined(facts: &ProjectFacts, plan: &mut Plan, words: &[String]) -> bool {
    let words = Words::of(words, &["-o", "--output"]);
    let Some(to) = words.path(facts, &["-o", "--output", ">"]) else { return false };
    if words.paths.is_empty() {
        return true;
    }
    let paths = words.local(facts);
    // `--source-map "url=a.js.map,filename=a.js"` is an option.
    let is_script =
        |path: &String| (path.ends_with(".js") || path.contains('*')) && !path.contains('=');
    let paths: Vec<String> = paths.into_iter().filter(is_script).collect();
    // Another program wrote the file.
    if paths.iter().all(|path| *path == to) {
        return true;
    }
    for source in sources(facts, &paths, ".js", &to) {
        let classic = &mut plan.output(&to).classic;
        if !classic.contains(&source) {
            classic.push(source);
        }
    }
    !paths.is_empty()
}
