//! The messages of lint. Findings have ESLint's own words.

use bundle_base::{Diagnostic, Label};

pub fn lint_finding(is_error: bool, message: &str, label: Label) -> Diagnostic {
    let message = message.trim_end_matches('.');
    let diagnostic = if is_error {
        Diagnostic::error("lint", message)
    } else {
        Diagnostic::warning("lint", message)
    };
    diagnostic.at(label)
}

/// Follows the findings that a page shows.
pub fn more_findings(count: usize) -> Diagnostic {
    Diagnostic::warning("lint", format!("… and {count} more, which the terminal shows"))
}

pub fn linted(files: usize, errors: usize, warnings: usize, milliseconds: u128) -> String {
    let many = |count: usize, word: &str| {
        if count == 1 { format!("1 {word}") } else { format!("{count} {word}s") }
    };
    let files = many(files, "file");
    match (errors, warnings) {
        (0, 0) => format!("lint: {files} in {milliseconds} ms, no findings"),
        (0, _) => format!("lint: {files} in {milliseconds} ms; {}", many(warnings, "warning")),
        (_, 0) => format!("lint: {files} in {milliseconds} ms; {}", many(errors, "error")),
        (_, _) => {
            format!(
                "lint: {files} in {milliseconds} ms; {}, {}",
                many(errors, "error"),
                many(warnings, "warning")
            )
        }
    }
}

pub fn lint_missing() -> Diagnostic {
    Diagnostic::error("lint-missing", "ESLint is not installed in this project")
        .remedy("npm install --save-dev eslint")
}

pub fn node_missing() -> Diagnostic {
    Diagnostic::error("lint-missing", "ESLint needs Node, but there is no program `node`")
        .note("it is looked for in node_modules/.bin and in PATH")
}

pub fn lint_too_old(version: &str) -> Diagnostic {
    Diagnostic::error(
        "lint-missing",
        format!("ESLint {version} is installed, but lint needs 6 or later"),
    )
    .remedy("npm install --save-dev eslint")
}

/// An error with ESLint's own words; their first line is the message.
pub fn lint_failed(words: &str) -> Diagnostic {
    let mut lines = words.lines().filter(|line| !line.trim().is_empty());
    let first = lines.next().unwrap_or("it gives no reason").trim_end_matches('.');
    let more: Vec<&str> = lines.take(8).collect();
    let diagnostic = Diagnostic::error("lint-failed", format!("ESLint cannot lint: {first}"));
    if more.is_empty() { diagnostic } else { diagnostic.note(more.join("\n")) }
}

pub fn lint_hangs(file: &str, seconds: u64) -> Diagnostic {
    Diagnostic::error(
        "lint-failed",
        format!("ESLint did not answer within {seconds} seconds for {file}"),
    )
    .note(
        "it was stopped, and is started again with the next change; `lint.timeout` gives it \
               more time",
    )
}

pub fn lint_died(file: &str, words: &str) -> Diagnostic {
    let diagnostic =
        Diagnostic::error("lint-failed", format!("ESLint ended while it linted {file}"))
            .note("it is started again with the next change");
    if words.is_empty() { diagnostic } else { diagnostic.note(words) }
}
