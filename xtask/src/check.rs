//! `cargo xtask check`: formatting, clippy, generated tables, and the rules of this repository,
//! which are searches over the tree. It reports all violations, each with its file, its line and
//! the rule.

use crate::{release, shell, tables, tree};

mod crates; // what each crate may depend on and name
mod cycles; // data below passes
mod diagnostics; // every code is explained, every message is made in messages.rs
mod structs; // the most fields
#[cfg(test)]
mod tests;
mod texts; // sizes, headers, words
mod versions; // one version everywhere
mod violation; // one broken rule, with its place

use violation::Violation;

/// Runs all checks. `Err`: what they found.
pub fn run() -> Result<(), String> {
    let files = tree::text_files()?;
    let mut violations = crates::check(&files);
    violations.extend(cycles::check(&files));
    violations.extend(texts::check(&files));
    violations.extend(diagnostics::check(&files));
    violations.extend(structs::check(&files));
    violations.extend(versions::check(&files));
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
    let current = tables::check();
    let maker = release::check();
    let mut reported: Vec<String> = violations.iter().map(Violation::to_string).collect();
    reported.extend([formatted, linted, current, maker].into_iter().filter_map(Result::err));
    if reported.is_empty() { Ok(()) } else { Err(reported.join("\n")) }
}
