//! `cargo xtask check`: formatting, clippy, and the rules of this repository, which are searches
//! over the tree. It reports all violations, each with its file, its line and the rule.

use crate::shell;
use crate::tree::{self, TextFile};

mod crates; // what each crate may depend on and name
mod cycles; // data below passes
mod diagnostics; // every code is explained, every message is made in messages.rs
#[cfg(test)]
mod tests;
mod texts; // sizes, headers, words

/// One broken rule.
pub struct Violation {
    /// The file, relative to the root.
    pub path: String,
    /// The line, counted from 1; 0 means the file as a whole.
    pub line: usize,
    /// What is wrong, and the rule.
    pub text: String,
}

impl Violation {
    fn new(file: &TextFile, line: usize, text: impl Into<String>) -> Self {
        Self { path: file.path.clone(), line, text: text.into() }
    }
}

/// Runs all checks. `Err`: what they found.
pub fn run() -> Result<(), String> {
    let files = tree::text_files()?;
    let mut violations = crates::check(&files);
    violations.extend(cycles::check(&files));
    violations.extend(texts::check(&files));
    violations.extend(diagnostics::check(&files));
    let formatted = shell::cargo(&["fmt", "--all", "--", "--check", "-l"]).run();
    let linted = shell::cargo(&[
        "clippy",
        "--quiet",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ])
    .run();
    let mut told: Vec<String> = violations.iter().map(Violation::to_string).collect();
    told.extend([formatted, linted].into_iter().filter_map(Result::err));
    if told.is_empty() { Ok(()) } else { Err(told.join("\n")) }
}

impl std::fmt::Display for Violation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.text)
    }
}

/// Returns the lines of a file with their numbers, without comments.
fn code_lines(file: &TextFile) -> impl Iterator<Item = (usize, &str)> {
    let mark = if file.is_rust() { "//" } else { "#" };
    let numbered = file.text.lines().enumerate().map(|(at, line)| (at + 1, line));
    numbered.map(move |(number, line)| (number, line.find(mark).map_or(line, |at| &line[..at])))
}
