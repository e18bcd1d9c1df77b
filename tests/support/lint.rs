//! Lint during builds, with ESLint 6, 8, 9 and 10 on the Laravel-shaped example: findings, findings
//! after an edit, and the results without ESLint, with a wrong configuration, and with rules that
//! hang or end the process.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::watching::Watching;
use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("eslint-6", || findings_follow_edits(6)),
        ("eslint-8", || findings_follow_edits(8)),
        ("eslint-9", || findings_follow_edits(9)),
        ("eslint-10", || findings_follow_edits(10)),
        ("fails-a-build", fails_a_build),
        ("over-the-page", over_the_page),
        ("not-installed", not_installed),
        ("wrong-configuration", wrong_configuration),
        ("hangs-and-dies", hangs_and_dies),
    ]
}

/// Nothing takes this long unless it does not come at all.
const LIMIT: Duration = Duration::from_mins(1);

/// The file that is edited.
const FILE: &str = "resources/assets/js/utils/dom.js";

/// The older kind of configuration.
const OLD: &str = r#"{ "root": true, "parserOptions": { "ecmaVersion": 2020, "sourceType": "module" },
  "rules": { "no-var": "error", "no-magic-numbers": "warn" } }"#;
const FLAT: &str =
    r#"module.exports = [{ rules: { "no-var": "error", "no-magic-numbers": "warn" } }];"#;
/// Rules that never end, and that end the process.
const MEAN: &str = r#"
const mean = (word, act) => ({ create: (context) => ({ Program() { if (context.sourceCode.text.includes(word)) act(); } }) });
const rules = { hang: mean("HANG", () => { for (;;); }), die: mean("DIE", () => { console.error("no more"); process.exit(3); }) };
module.exports = [{ plugins: { mean: { rules } }, rules: { "mean/hang": "error", "mean/die": "error", "no-var": "error" } }];"#;

/// The example with an ESLint and its configuration.
fn example(version: Option<u32>, config: &str) -> Result<PathBuf, String> {
    let folder = work::fresh_directory("lint")?.join("market");
    tree::copy(&work::root().join("fixtures/examples/laravel-market"), &folder)?;
    let Some(version) = version else { return Ok(folder) };
    let name = if version < 9 { ".eslintrc.json" } else { "eslint.config.js" };
    write(&folder, name, config)?;
    fs::create_dir_all(folder.join("node_modules")).map_err(|error| error.to_string())?;
    let name = if version == 10 { "eslint".to_owned() } else { format!("eslint-{version}") };
    let installed = work::root().join("tests/node_modules").join(name);
    tree::link(&installed, &folder.join("node_modules/eslint"))?;
    Ok(folder)
}

fn watch(folder: &Path) -> Result<Watching, String> {
    let mut command = Command::new(work::binary());
    command.arg("--lint");
    Ok(Watching::start_as(command, folder)?.0)
}

fn findings_follow_edits(version: u32) -> Result<(), String> {
    let config = if version == 6 { OLD.to_owned() } else { OLD.replace("2020", "2022") };
    let folder = example(Some(version), if version < 9 { &config } else { FLAT })?;
    // ESLint 6 knows no fields of classes, and one file has them.
    let wrong = usize::from(version == 6);
    let good = read(&folder, FILE)?;
    let mut process = watch(&folder)?;
    let (first, findings) = process.linted()?;
    let files = first["files"].as_array().map_or(0, Vec::len);
    // Components have no parser here, and packages are nobody's to mend.
    check(
        files >= 10 && first["errors"] == wrong && first["warnings"] == findings.len() - wrong,
        "all files",
        &first,
    )?;
    let known = first["warnings"].clone();
    let warnings: Vec<Value> =
        findings.into_iter().filter(|found| found["severity"] == "warning").collect();
    check(
        warnings.iter().all(|found| found["label"] == "no-magic-numbers"),
        "warnings",
        &warnings.into(),
    )?;

    process.fence(
        FILE,
        &format!("{good}var old = \"\u{1f600}\"; var older = old;\nwindow.older = older;\n"),
    )?;
    let (second, findings) = process.linted()?;
    check(
        second["files"] == serde_json::json!([FILE]) && second["errors"] == 2 + wrong,
        "one file",
        &second,
    )?;
    let line = good.lines().count() + 1;
    let places: Vec<_> = findings.iter().map(|found| (&found["line"], &found["column"])).collect();
    let is_placed =
        places.len() == 2 && places[0].0 == line && places[0].1 == 1 && places[1].1 == 16;
    check(is_placed && findings[0]["code"] == "lint", "places", &findings.clone().into())?;

    // A mistake of the language: the build fails, the findings of before are replaced.
    process.fence(FILE, "export const = 1;\n")?;
    let (broken, findings) = process.linted()?;
    check(
        broken["errors"] == 1 + wrong && findings[0]["severity"] == "error",
        "a mistake",
        &broken,
    )?;
    process.fence(FILE, &good)?;
    let (mended, findings) = process.linted()?;
    check(
        mended["errors"] == wrong && mended["warnings"] == known && findings.is_empty(),
        "mended",
        &mended,
    )?;

    // Other rules: everything is linted again.
    let (name, config) =
        if version < 9 { (".eslintrc.json", config.as_str()) } else { ("eslint.config.js", FLAT) };
    process.fence(name, &config.replace("\"warn\"", "\"off\""))?;
    let (other, _) = process.linted()?;
    check(
        other["files"].as_array().map_or(0, Vec::len) == files && other["warnings"] == 0,
        "other rules",
        &other,
    )?;
    done(&folder, process)
}

/// Of `bundle --lint`: errors fail it, warnings do not, and the outputs are written.
fn fails_a_build() -> Result<(), String> {
    let folder = example(Some(9), FLAT)?;
    let arguments = ["--lint".to_owned()];
    let ended = builds::bundle(&folder, &arguments)?;
    let text = |ended: &builds::Ended| Value::from(format!("{}{}", ended.stdout, ended.stderr));
    check(ended.code == Some(0) && ended.stdout.contains("lint: "), "warnings", &text(&ended))?;
    write(&folder, FILE, &format!("{}var old = 1;\nwindow.old = old;\n", read(&folder, FILE)?))?;
    let ended = builds::bundle(&folder, &arguments)?;
    let is_reported = ended.stderr.contains("error[lint]") && ended.stderr.contains("no-var");
    check(ended.code == Some(1) && is_reported, "errors", &text(&ended))?;
    let manifest = read(&folder, "public/scripts/entrypoints.json")?;
    check(manifest.contains("utils"), "written", &manifest.into())?;
    let silent = builds::bundle(&folder, &[])?;
    check(silent.code == Some(0), "without the flag", &text(&silent))?;
    remove(&folder);
    Ok(())
}

/// Pages are reported what is found, beside the errors of builds, until it is mended.
fn over_the_page() -> Result<(), String> {
    let folder = example(Some(9), FLAT)?;
    let config = read(&folder, "bundle.config.json")?;
    write(
        &folder,
        "bundle.config.json",
        &config.replacen('{', "{ \"lint\": { \"overlay\": true },", 1),
    )?;
    let good = read(&folder, FILE)?;
    let is = |problem: &Value, severity: &str, rule: &str| {
        problem["severity"] == severity && problem["rule"] == rule
    };
    let (mut process, _) = Watching::start(&folder)?;
    let warnings = pages_show(&folder, |reported| !reported.is_empty())?;
    let are_warnings = warnings
        .iter()
        .all(|reported| is(reported, "warning", "no-magic-numbers") && reported["code"] == "lint");
    check(
        are_warnings && warnings[0]["excerpt"].is_string(),
        "warnings",
        &warnings.clone().into(),
    )?;

    process.fence(FILE, &format!("{good}var old = 1;\nwindow.old = old;\n"))?;
    let errors = pages_show(&folder, |reported| {
        reported.iter().any(|reported| reported["severity"] == "error")
    })?;
    let line = good.lines().count() + 1;
    let is_first =
        is(&errors[0], "error", "no-var") && errors[0]["file"] == FILE && errors[0]["line"] == line;
    check(
        is_first && is(&errors[1], "warning", "no-magic-numbers"),
        "errors first",
        &errors.into(),
    )?;
    // The build fails, and lint finds the same mistake: both are reported.
    process.fence(FILE, "export const = 1;\n")?;
    let both = pages_show(&folder, |reported| {
        reported.iter().filter(|reported| reported["severity"] == "error").count() == 2
    })?;
    let codes: Vec<&Value> = both.iter().map(|reported| &reported["code"]).take(3).collect();
    check(
        codes[0] != "lint" && codes[1] == "lint" && codes[2] == "lint",
        "both",
        &both.clone().into(),
    )?;
    process.fence(FILE, &good)?;
    let mended = pages_show(&folder, |reported| {
        reported.iter().all(|reported| reported["severity"] == "warning")
    })?;
    check(mended == warnings, "mended", &mended.into())?;

    // More than anybody reads.
    let many: Vec<String> = (100..140).map(|number| format!("window.many({number});\n")).collect();
    process.fence(FILE, &format!("{good}{}", many.concat()))?;
    let first = pages_show(&folder, |reported| reported.len() == 21)?;
    let last = first[20]["message"].as_str().unwrap_or_default();
    check(
        last.contains("and ") && last.ends_with(" more, which the terminal shows"),
        "many",
        &first.clone().into(),
    )?;
    process.fence(FILE, &good)?;
    pages_show(&folder, |reported| *reported == warnings)?;

    // Nobody asks any more.
    write(&folder, "bundle.config.json", &config.replacen('{', "{ \"lint\": true,", 1))?;
    process.settled_after("bundle.config.json")?;
    process.linted()?;
    process.fence(FILE, &format!("{good}var old = 1;\nwindow.old = old;\n"))?;
    process.linted()?;
    process.fence(FILE, &good)?;
    let nothing = pages_show(&folder, |_| true)?;
    check(nothing.is_empty(), "nobody asks", &nothing.into())?;
    done(&folder, process)
}

/// Waits until pages are reported this.
fn pages_show(folder: &Path, is_it: impl Fn(&Vec<Value>) -> bool) -> Result<Vec<Value>, String> {
    let begun = Instant::now();
    loop {
        let text = read(folder, "public/scripts/bundle-dev/status.json")?;
        let status: Value =
            serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))?;
        let problems = status["problems"].as_array().cloned().unwrap_or_default();
        if is_it(&problems) {
            return Ok(problems);
        }
        if begun.elapsed() > LIMIT {
            return Err(format!("pages are told {status:#}"));
        }
        thread::sleep(Duration::from_millis(20));
    }
}

fn not_installed() -> Result<(), String> {
    let folder = example(None, "")?;
    let ended = builds::bundle(&folder, &["--lint".to_owned()])?;
    let is_reported = ended.stderr.contains("lint-missing")
        && ended.stderr.contains("npm install --save-dev eslint");
    check(ended.code == Some(1) && is_reported, "a build", &ended.stderr.into())?;
    let mut process = watch(&folder)?;
    process.said("lint-missing")?;
    let settled = process.fence(FILE, "export const dom = 1;\n")?;
    check(
        settled.written.iter().flatten().count() > 0 || !settled.is_built,
        "a rebuild",
        &Value::Null,
    )?;
    done(&folder, process)
}

fn wrong_configuration() -> Result<(), String> {
    let folder =
        example(Some(9), "module.exports = [{ rules: { \"no-such-rule\": \"error\" } }];")?;
    let ended = builds::bundle(&folder, &["--lint".to_owned()])?;
    let is_reported = ended.stderr.contains("lint-failed") && ended.stderr.contains("no-such-rule");
    check(ended.code == Some(1) && is_reported, "a build", &ended.stderr.into())?;
    let mut process = watch(&folder)?;
    process.said("lint-failed")?;
    process.fence("eslint.config.js", FLAT)?;
    let (first, _) = process.linted()?;
    let (linted, _) = if first["warnings"] == 0 { process.linted()? } else { (first, Vec::new()) };
    check(linted["warnings"].as_u64() > Some(0), "mended", &linted)?;
    done(&folder, process)
}

/// A process that hangs or dies is said once, and the next change lints again.
fn hangs_and_dies() -> Result<(), String> {
    let folder = example(Some(9), MEAN)?;
    let config = read(&folder, "bundle.config.json")?;
    write(
        &folder,
        "bundle.config.json",
        &config.replacen('{', "{ \"lint\": { \"timeout\": 8 },", 1),
    )?;
    let good = read(&folder, FILE)?;
    // The configuration wants it: no flag does.
    let (mut process, _) = Watching::start(&folder)?;
    process.linted()?;
    for (word, expected) in [("HANG", "8 seconds"), ("DIE", "ended while it linted")] {
        process.fence(FILE, &format!("{good}// {word}\n"))?;
        let failed = process.said("lint-failed")?;
        let message = failed["message"].as_str().unwrap_or_default();
        check(message.contains(expected) && message.contains(FILE), word, &failed)?;
        process.fence(FILE, &format!("{good}var old = 1;\n"))?;
        let (linted, _) = process.linted()?;
        check(linted["errors"] == 1, "the next change", &linted)?;
    }
    done(&folder, process)
}

fn done(folder: &Path, mut process: Watching) -> Result<(), String> {
    if !process.is_running() {
        return Err("it has ended".to_owned());
    }
    drop(process);
    remove(folder);
    Ok(())
}

fn remove(folder: &Path) {
    if let Some(fresh) = folder.parent() {
        work::remove(fresh);
    }
}

fn check(is_right: bool, what: &str, seen: &Value) -> Result<(), String> {
    if is_right { Ok(()) } else { Err(format!("{what}: {seen:#}")) }
}

fn read(folder: &Path, name: &str) -> Result<String, String> {
    fs::read_to_string(folder.join(name)).map_err(|error| format!("{name}: {error}"))
}

fn write(folder: &Path, name: &str, text: &str) -> Result<(), String> {
    fs::write(folder.join(name), text).map_err(|error| format!("{name}: {error}"))
}
