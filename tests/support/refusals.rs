//! Cases about diagnostics: the exact text on standard error, the exit code, and that nothing is
//! written after an error.

use std::fs;
use std::path::Path;

use super::case::{Case, Expectation};
use super::{builds, matrix, tree, work};

/// Builds the case once and compares what was said.
pub fn run(case: &Case) -> Result<(), String> {
    let fresh = work::fresh_directory("case")?;
    let input = fresh.join("input");
    case.lay_out(&input)?;
    let before = tree::contents(&input)?;
    let arguments = arguments(case);
    let ended = builds::bundle(&input, &arguments)?;
    let after = tree::contents(&input)?;
    check_said(case, &ended.stderr)?;
    let reported = || format!("bundle {}\n{}", arguments.join(" "), ended.stderr);
    match (expectation(case), ended.code) {
        (_, None) => return Err(format!("crashed: {}", reported())),
        (Expectation::Error, Some(1)) => {
            if let Some(text) = tree::difference(&before, &after) {
                return Err(format!("a failed build changed something: {text}"));
            }
        }
        (Expectation::Warning, Some(0)) => {
            if before == after {
                return Err("nothing was written".to_owned());
            }
        }
        (Expectation::Error | Expectation::Warning, Some(code)) => {
            return Err(format!("exit code {code}: {}", reported()));
        }
    }
    work::remove(&fresh);
    if expectation(case) == Expectation::Warning && case.has("run.js") {
        matrix::run(case)
    } else {
        Ok(())
    }
}

/// Where case.json does not say it, the first line does.
fn expectation(case: &Case) -> Expectation {
    if let Some(expectation) = case.settings.expect {
        return expectation;
    }
    let text =
        fs::read_to_string(case.directory.join("expected/diagnostics.txt")).unwrap_or_default();
    let has_error = text.lines().any(|line| line.starts_with("error"));
    if has_error { Expectation::Error } else { Expectation::Warning }
}

/// Paths stay relative, so that the text is the same on every machine.
fn arguments(case: &Case) -> Vec<String> {
    if let Some(command) = &case.settings.command {
        return command.clone();
    }
    let mut arguments = case.entries();
    let names_output = case.settings.args.iter().any(|each| each.starts_with("--out-"));
    if !names_output {
        let output =
            if arguments.len() == 1 { ["--out-file", "out/main.js"] } else { ["--out-dir", "out"] };
        arguments.extend(output.map(str::to_owned));
    }
    let first = |flag: &str, chosen: &Option<Vec<String>>| match chosen.as_deref() {
        Some([value, ..]) => vec![flag.to_owned(), value.clone()],
        Some([]) | None => Vec::new(),
    };
    arguments.extend(first("--format", &case.settings.formats));
    arguments.extend(first("--target", &case.settings.targets));
    arguments.extend(case.settings.args.iter().cloned());
    arguments
}

fn check_said(case: &Case, said: &str) -> Result<(), String> {
    let path = case.directory.join("expected/diagnostics.txt");
    if said.is_empty() {
        return Err("nothing is said, and the case is about what is said".to_owned());
    }
    if work::is_blessing() {
        return write(&path, said);
    }
    let expected = fs::read_to_string(&path)
        .map_err(|_| format!("expected/diagnostics.txt is missing; it says:\n{said}"))?;
    if expected == said {
        return Ok(());
    }
    Err(format!(
        "says other than expected/diagnostics.txt (`cargo xtask bless` rewrites it):\n{said}"
    ))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let folder = path.parent().expect("it lies in expected/");
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, text))
        .map_err(|error| error.to_string())
}
