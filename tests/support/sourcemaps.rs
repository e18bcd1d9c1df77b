//! Source maps: fixtures/sourcemap/<case>/ holds programs with marks (tests/support/sourcemap.mjs
//! lists them), each built as every form for every target with its map, and read with a library. A
//! sample of all other fixtures is built with maps and without: the maps must be well formed, and
//! the scripts the same.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::json;

use super::case::{self, Case};
use super::examples::Server;
use super::{builds, engines, tree, work};

/// Where `marks` is a case's directory.
pub fn marks(directory: &Path) -> Result<(), String> {
    let case = case::read(directory)?;
    let fresh = work::fresh_directory("source maps")?;
    let project = fresh.join("project");
    case.lay_out(&project)?;
    let mut scripts = Vec::new();
    for (index, (format, more)) in FORMS.iter().enumerate() {
        for target in ["es5", "esnext"] {
            let out = format!("dist-{index}-{target}");
            build(
                &case,
                &project,
                (format, target, &out),
                &[&["--sourcemap", "file"], *more].concat(),
            )?;
            for name in script_names(&project.join(&out))? {
                let is_minified = more.contains(&"--minify");
                let path = project.join(&out).join(name);
                scripts.push(json!({ "path": path, "format": format, "isMinified": is_minified }));
            }
        }
    }
    let request = json!({ "project": project, "scripts": scripts }).to_string();
    read(&["marks", &request])?;
    work::remove(&fresh);
    Ok(())
}

/// What is built of each program with marks: formats with further arguments.
const FORMS: [(&str, &[&str]); 7] = [
    ("iife", &[]),
    ("cjs", &[]),
    ("esm", &[]),
    ("iife", &["--minify"]),
    ("esm", &["--minify"]),
    ("iife", &["--modules", "registry"]),
    ("iife", &["--modules", "registry", "--minify"]),
];

/// Errors of components in PhantomJS, from a minified script: in a handler, a computed property and
/// a function of a setup.
pub fn errors_of_components() -> Result<(), String> {
    let copy = work::fresh_directory("component errors")?;
    tree::copy(&work::root().join("fixtures/vue/_errors"), &copy)?;
    let vue = work::root().join("tests/node_modules/vue/dist/vue.runtime.min.js");
    fs::copy(vue, copy.join("vue.js")).map_err(|error| format!("vue: {error}"))?;
    let build = "main.js --out-dir dist-es5 --external vue=Vue --minify --sourcemap file";
    builds::bundle_or_fail(&copy, &build.split(' ').map(str::to_owned).collect::<Vec<_>>())?;
    let server = Server::start(&copy, &[])?;
    let sites = ["first", "handler", "setup", "computed"];
    let clicks = sites.map(|site| format!("#{site}"));
    let page = engines::phantom(&server.url("index.html"), &clicks.each_ref().map(String::as_str))?;
    if !page.errors.is_empty() {
        return Err(page.errors.join("\n"));
    }
    let places: Vec<(u32, u32)> = page.body.split("<p>").skip(1).filter_map(place).collect();
    if places.len() != sites.len() {
        return Err(format!("there is not a place for each of {sites:?}:\n{}", page.body));
    }
    let reported: serde_json::Map<_, _> =
        sites.iter().zip(places).map(|(site, at)| ((*site).to_owned(), json!(at))).collect();
    let paths = [copy.clone(), copy.join("dist-es5/main.js")]
        .map(|path| path.to_string_lossy().into_owned());
    read(&["lines", &paths[0], &paths[1], &json!(reported).to_string()])?;
    drop(server);
    work::remove(&copy);
    Ok(())
}

/// The line and column in `click@http://…/main.js:1:323</p>`.
fn place(reported: &str) -> Option<(u32, u32)> {
    let line = reported.split("</p>").next()?;
    let (rest, column) = line.rsplit_once(':')?;
    let (_, line) = rest.rsplit_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?))
}

/// Every n-th of the other fixtures, in every form in turn.
pub fn sample(fixtures: &Path) -> Result<(), String> {
    let step = if work::is_full() { 1 } else { 12 };
    let fresh = work::fresh_directory("source maps of all")?;
    let mut reported = Vec::new();
    let mut scripts = Vec::new();
    for (at, directory) in
        case::directories(fixtures).iter().enumerate().filter(|(at, _)| at % step == 0)
    {
        let case = case::read(directory)?;
        let says_it_itself =
            case.settings.args.iter().any(|argument| argument.contains("sourcemap"));
        if case.is_about_diagnostics() || case.settings.throws.is_some() || says_it_itself {
            continue;
        }
        let name = directory
            .strip_prefix(fixtures)
            .expect("it lies in fixtures")
            .to_string_lossy()
            .into_owned();
        match with_and_without(&case, &fresh.join(&name), at / step) {
            Ok(written) => scripts.extend(written),
            Err(text) => reported.push(format!("{name}: {text}")),
        }
    }
    let mut arguments = vec!["shape"];
    arguments.extend(scripts.iter().map(String::as_str));
    reported.extend(read(&arguments).err());
    if reported.is_empty() {
        work::remove(&fresh);
        return Ok(());
    }
    Err(reported.join("\n"))
}

/// Whether the map beside a script is one.
pub fn well_formed(script: &Path) -> Result<(), String> {
    read(&["shape", &script.to_string_lossy()])
}

/// The scripts of one case, which must be the same with maps and without.
fn with_and_without(case: &Case, project: &Path, turn: usize) -> Result<Vec<String>, String> {
    case.lay_out(project)?;
    let allowed = |all: &[&str], chosen: &Option<Vec<String>>| -> Vec<String> {
        chosen.clone().unwrap_or_else(|| all.iter().map(|&each| each.to_owned()).collect())
    };
    let formats = allowed(&["iife", "cjs", "esm"], &case.settings.formats);
    let targets = allowed(&["es5", "esnext"], &case.settings.targets);
    let mut form = (formats[turn % formats.len()].as_str(), targets[turn % targets.len()].as_str());
    // ECMAScript 5 has neither `import.meta` nor `import()`, and in ES modules they stay.
    if form == ("esm", "es5") && (case.starts_workers() || case.imports_dynamically()) {
        form.1 = "esnext";
    }
    build(case, project, (form.0, form.1, "dist-plain"), &[])?;
    build(case, project, (form.0, form.1, "dist-maps"), &["--sourcemap", "file"])?;
    let mut scripts = Vec::new();
    for name in script_names(&project.join("dist-plain"))? {
        let read = |folder: &str| {
            let path = project.join(folder).join(&name);
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let (plain, mapped) = (read("dist-plain")?, read("dist-maps")?);
        let file =
            Path::new(&name).file_name().expect("it is a file").to_string_lossy().into_owned();
        let comment = format!("//# sourceMappingURL={file}.map\n");
        if mapped.strip_suffix(&comment) != Some(plain.as_str()) {
            return Err(format!("{name} is another one with a map"));
        }
        scripts.push(project.join("dist-maps").join(&name).to_string_lossy().into_owned());
    }
    Ok(scripts)
}

fn script_names(out: &Path) -> Result<Vec<String>, String> {
    Ok(tree::contents(out)?
        .into_keys()
        .filter(|name| Path::new(name).extension().is_some_and(|end| end == "js"))
        .collect())
}

fn build(
    case: &Case,
    project: &Path,
    (format, target, out): (&str, &str, &str),
    more: &[&str],
) -> Result<(), String> {
    let mut arguments = case.entries();
    let form = ["--out-dir", out, "--format", format, "--target", target];
    arguments.extend(form.iter().chain(more).map(|&each| each.to_owned()));
    arguments.extend(case.settings.args.iter().cloned());
    builds::bundle_or_fail(project, &arguments).map(drop)
}

/// Has sourcemap.mjs read something.
fn read(arguments: &[&str]) -> Result<(), String> {
    let mut command = Command::new("node");
    command.arg(work::support("sourcemap.mjs")).args(arguments);
    let ended = builds::run(command, Duration::from_mins(2))?;
    if ended.code == Some(0) { Ok(()) } else { Err(format!("{}{}", ended.stdout, ended.stderr)) }
}
