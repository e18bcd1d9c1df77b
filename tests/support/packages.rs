//! Real packages from npm: tests/packages/<name>/main.js uses the package's public API. It becomes
//! one classic ES5 script, is checked by acorn, and runs in PhantomJS' page, and in mujs where the
//! package needs no more than ES5.

use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::engines::{self, Page, Program, Role, Script};
use super::{builds, work};

/// package.json's neighbour `use.json`: only what differs.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Use {
    /// Beside PhantomJS and Node: `mujs`, `duk`.
    #[serde(default)]
    engines: Vec<String>,
    /// Further arguments.
    #[serde(default)]
    args: Vec<String>,
    /// What standard error must contain: warnings that the package deserves.
    #[serde(default)]
    warns: Vec<String>,
    /// Does not run in Node: it needs a document.
    #[serde(default)]
    needs_page: bool,
    /// Why an old major, or a polyfill.
    #[serde(default, rename = "why")]
    _why: String,
}

/// Bundles one use of a package and runs it.
pub fn run(directory: &Path) -> Result<(), String> {
    if !work::root().join("tests/node_modules").exists() {
        return Err("tests/node_modules is missing: run `cargo xtask test`".to_owned());
    }
    let settings: Use = match fs::read_to_string(directory.join("use.json")) {
        Ok(text) => serde_json::from_str(&text).map_err(|error| format!("use.json: {error}"))?,
        Err(_) => Use::default(),
    };
    run_as(directory, &settings, &[])?;
    run_as(directory, &settings, &["--minify"]).map_err(|error| format!("minified: {error}"))
}

fn run_as(directory: &Path, settings: &Use, arguments: &[&str]) -> Result<(), String> {
    let fresh = work::fresh_directory("package")?;
    let script = fresh.join("main.js");
    build(directory, settings, &script, arguments)?;
    let program = Program {
        format: "iife".to_owned(),
        ecma: 5.into(),
        scripts: vec![Script { name: "main".to_owned(), path: script.clone(), role: Role::Entry }],
        folder: None,
        before: None,
        run: None,
        timeout: 10_000,
        executes: !settings.needs_page,
        is_for_node: false,
        ascii: true,
    };
    engines::node(&program)?;
    in_page(&fresh)?;
    for engine in &settings.engines {
        match engine.as_str() {
            "mujs" => engines::mujs(&program, &fresh)?,
            "duk" => engines::duktape(&program, &fresh)?,
            other => return Err(format!("use.json: no engine {other}")),
        }
    }
    work::remove(&fresh);
    Ok(())
}

fn build(directory: &Path, settings: &Use, script: &Path, further: &[&str]) -> Result<(), String> {
    let mut arguments =
        vec!["main.js".to_owned(), "--out-file".to_owned(), script.to_string_lossy().into_owned()];
    arguments.extend(["--target", "es5", "--format", "iife"].map(str::to_owned));
    arguments.extend(further.iter().map(|&argument| argument.to_owned()));
    arguments.extend(settings.args.iter().cloned());
    let ended = builds::bundle_or_fail(directory, &arguments)?;
    if settings.warns.is_empty() && !ended.stderr.is_empty() {
        return Err(format!("it builds, but says:\n{}", ended.stderr));
    }
    match settings.warns.iter().find(|part| !ended.stderr.contains(part.as_str())) {
        Some(part) => Err(format!("does not say {part:?}:\n{}", ended.stderr)),
        None => Ok(()),
    }
}

/// Opens a page that includes the script as a view would. Only in a failure's second run is the
/// script caught in `try`: PhantomJS keeps quiet about syntax errors, and about errors that leave a
/// `finally`.
fn in_page(fresh: &Path) -> Result<(), String> {
    let seen = open_page(fresh, "main.js")?;
    if seen.errors.is_empty() && seen.logs.last().map(String::as_str) == Some("ok") {
        return Ok(());
    }
    let script = fs::read_to_string(fresh.join("main.js")).map_err(|error| error.to_string())?;
    let text = serde_json::to_string(&script).map_err(|error| error.to_string())?;
    let caught = format!(
        "try {{ (0, eval)({text}); }} catch (error) {{ done.errors.push(error + \"\\n\" + \
         error.stack); }}\n"
    );
    fs::write(fresh.join("caught.js"), caught).map_err(|error| error.to_string())?;
    let again = open_page(fresh, "caught.js")?;
    let errors = [seen.errors, again.errors].concat().join("\n");
    Err(format!(
        "phantomjs: no log(\"ok\") at the end, or errors: {errors}\nlogged: {}",
        seen.logs.join(" | ")
    ))
}

fn open_page(fresh: &Path, script: &str) -> Result<Page, String> {
    let page = fresh.join(script).with_extension("html");
    let prelude = work::support("prelude.js");
    let html = format!(
        "<!DOCTYPE html><html><head><meta charset=\"euc-kr\"><title>page</title></head><body><div \
         id=\"app\"></div>\n\
         <script src=\"file://{}\"></script>\n<script src=\"{script}\"></script>\n</body></html>\n",
        prelude.display()
    );
    fs::write(&page, html).map_err(|error| error.to_string())?;
    engines::phantom(&format!("file://{}", page.display()), &[])
}
