//! The ledger of globals in the metafile: outputs run in mujs, an engine of ECMAScript 5 and
//! nothing else, with stubs of exactly the names in the ledger, and fail if one of these is
//! missing.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use serde_json::Value;

use super::case::{self, Case};
use super::{builds, work};

/// So many programs of fixtures need something.
const LEAST: usize = 30;

/// Programs that do without something, or need it in a way that stubs are too simple for.
const OTHERS: &[(&str, &str)] = &[
    ("assets/drawings-as-symbols", "the stub of a document has no elements"),
    ("commonjs/global-this-in-function-constructor", "another module makes the global"),
    ("commonjs/sloppy-implicit-global", "another module makes the global"),
    ("dynamic-import/file-with-sloppy-code-stays-commonjs", "what needs it does not run"),
    ("dynamic-import/not-called-does-not-run", "what needs it does not run"),
    ("esm/namespace-tostringtag", "asks for symbols by a function of its own"),
    ("external/falsy-global-is-no-error", "a page global may be there and false"),
    ("external/missing-global-that-is-never-asked-for", "what reads it does not run"),
    ("syntax/es2015-for-of-closes-the-iterator", "asks for symbols by a function of its own"),
    ("syntax/es2018-regexp-named-groups-elsewhere", "no stub of `matchAll` copies an expression"),
    (
        "syntax/es2018-async-generators-answer-in-order",
        "without the symbol, `undefined` is the key",
    ),
    (
        "syntax/es2015-generator-methods-and-this",
        "generators without symbols have no iterator method",
    ),
    ("syntax/es2015-spread-iterables", "the stub of a set is not iterable"),
    ("syntax/loose-spread-of-iterables", "the stub of a set is not iterable"),
    ("treeshake/assignment-to-global-kept", "another module makes the global"),
    ("minify/instanceof-asks-the-class", "mujs has no symbols to ask a class by"),
    ("minify/typeof-of-a-value-needs-the-name", "it asks for a name that nobody has"),
    ("minify/unused-objects-copy-and-convert", "mujs has no Proxy, and a stub of it would be one"),
    ("syntax/es2017-async-functions-and-generators-stay-in-blocks", "what needs it does not run"),
    ("syntax/sequence-detaches-what-it-calls", "the method is one of its own class"),
    ("resolve/node-shims", "what needs it does not run"),
    ("resolve/rules-classic-scripts", "another module makes the global"),
    ("resolve/script-functions-in-blocks", "another module makes the global"),
    ("resolve/script-names-of-loaders", "another module makes the global"),
    ("resolve/webpack-loaders-in-contexts", "the stub of a document has no elements"),
    ("registry/names-of-the-page-stay", "the names are those of its own registry"),
    ("bad-input/wasm-imports-a-missing-module-not", "no stub runs WebAssembly"),
    ("bad-input/wasm-with-a-check-not", "no stub runs WebAssembly"),
];

/// An area whose programs need what no stub is enough for.
const WASM: &str = "wasm/";

/// Every program of the fixtures that needs something.
pub fn run() -> Result<(), String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let fresh = work::fresh_directory("ledger")?;
    let (mut failures, mut count) = (Vec::new(), 0);
    for directory in case::directories(&root) {
        let name = directory
            .strip_prefix(&root)
            .map_err(|error| error.to_string())?
            .to_string_lossy()
            .into_owned();
        let case = case::read(&directory)?;
        let is_other = name.starts_with(WASM) || OTHERS.iter().any(|(other, _)| *other == name);
        if !is_fit(&case) || is_other {
            continue;
        }
        match check(&case, &fresh.join(&name)) {
            Ok(needs_something) => count += usize::from(needs_something),
            Err(text) => failures.push(format!("{name}: {text}")),
        }
    }
    if count < LEAST {
        failures.push(format!("only {count} programs need something"));
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

/// A classic script for ECMAScript 5 from one entry, proved by run.js.
fn is_fit(case: &Case) -> bool {
    let settings = &case.settings;
    let has = |list: &Option<Vec<String>>, wanted: &str| {
        list.as_ref().is_none_or(|list| list.iter().any(|each| each == wanted))
    };
    !case.is_about_diagnostics()
        && case.has("main.js")
        && case.has("run.js")
        && !case.has("setup.mjs")
        && !case.starts_workers()
        && case.entries() == ["main.js"]
        && settings.shares.is_empty()
        && settings.throws.is_none()
        && settings.fails.is_none()
        // No stub can be a BigInt.
        && !settings.needs.iter().any(|name| name == "BigInt")
        && settings.splits != Some(true)
        && !settings.args.iter().any(|argument| argument == "--global-name")
        && has(&settings.formats, "iife")
        && has(&settings.targets, "es5")
        && has(&settings.engines, "node")
}

fn check(case: &Case, directory: &Path) -> Result<bool, String> {
    let input = directory.join("input");
    case.lay_out(&input)?;
    let out = directory.join("out.js");
    let metafile = directory.join("meta.json");
    let (script, meta) =
        (out.to_string_lossy().into_owned(), metafile.to_string_lossy().into_owned());
    let mut arguments: Vec<String> = [
        "main.js",
        "--target",
        "es5",
        "--global-name",
        "bundle",
        "--out-file",
        &script,
        "--metafile",
        &meta,
    ]
    .map(str::to_owned)
    .into();
    arguments.extend(case.settings.args.iter().cloned());
    builds::bundle_or_fail(&input, &arguments)?;
    let metafile: Value =
        serde_json::from_str(&fs::read_to_string(&metafile).map_err(|error| error.to_string())?)
            .map_err(|error| error.to_string())?;
    let outputs = metafile["outputs"].as_object().ok_or("the metafile has no outputs")?;
    let output = outputs
        .iter()
        .find(|(path, _)| path.ends_with("out.js"))
        .ok_or("the metafile lacks the output")?
        .1;
    let needed = needed(output);
    if needed.is_empty() {
        return Ok(false);
    }
    runs(case, directory, (&needed, None))?;
    let spare =
        needed.iter().find(|name| runs(case, directory, (&needed, Some(name.as_str()))).is_ok());
    spare.map_or(Ok(true), |spare| Err(format!("it runs without {spare}")))
}

/// The names that are not optional; methods have a dot. Names that every program of a fixture has
/// do not count.
fn needed(output: &Value) -> Vec<String> {
    let mut needed = Vec::new();
    for (list, dot) in [("globals", ""), ("methods", ".")] {
        for (name, places) in output[list].as_object().into_iter().flatten() {
            let is_needed =
                places.as_array().into_iter().flatten().any(|place| place["optional"] != true);
            if is_needed && name != "log" {
                needed.push(format!("{dot}{name}"));
            }
        }
    }
    needed
}

/// Runs the output with stubs for some names, but one.
fn runs(
    case: &Case,
    directory: &Path,
    (names, without): (&[String], Option<&str>),
) -> Result<(), String> {
    let quoted = |path: &Path| Value::from(path.to_string_lossy().as_ref()).to_string();
    let load = |path: &Path| format!("load({});", quoted(path));
    let mut lines = vec![load(&work::support("prelude.js")), load(&work::support("stubs.js"))];
    lines.push(format!("var externals = {{}}, bundle; install({});", Value::from(names)));
    lines.extend(case.file("before.js").as_deref().map(load));
    lines.push(format!("remove({}, {});", Value::from(names), Value::from(without)));
    lines.push(load(&directory.join("out.js")));
    // The timers of run.js itself are not part of the program.
    let run = quoted(&case.directory.join("run.js"));
    lines.push(format!("new Function(\"setTimeout\", read({run}))(timer); drain();"));
    lines.push("if (done.errors.length) throw new Error(done.errors.join(\"\\n\"));".to_owned());
    lines.push("if (done.pending) throw new Error(\"not finished\"); print(\"over\");".to_owned());
    let main = directory.join("mujs.js");
    fs::write(&main, lines.join("\n")).map_err(|error| error.to_string())?;
    let mut command = Command::new("mujs");
    command.arg(&main);
    let ended = builds::run(command, Duration::from_secs(20))?;
    let is_over = ended.code == Some(0) && ended.stdout.trim_end().ends_with("over");
    if is_over { Ok(()) } else { Err(format!("with {names:?}: {}{}", ended.stderr, ended.stdout)) }
}
