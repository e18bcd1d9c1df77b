//! The test command, and blessing: both run the drivers in tests/ with everything they need in place.

use crate::{install, shell};

/// `cargo xtask test`: everything; with a filter, the named fixtures, packages and examples only.
pub fn run(arguments: &[&str]) -> Result<(), String> {
    install::everything()?;
    let (flags, filters): (Vec<&str>, Vec<&str>) = arguments.iter().partition(|each| each.starts_with("--"));
    if let Some(unknown) = flags.iter().find(|&&flag| flag != "--full") {
        return Err(format!("cargo xtask test knows no {unknown}"));
    }
    if filters.len() > 1 {
        return Err("cargo xtask test takes one filter: a part of the names of fixtures".to_owned());
    }
    let with_counts = |run: shell::Run| if flags.is_empty() { run } else { run.env("BUNDLE_TEST_FULL", "1") };
    if !filters.is_empty() {
        return with_counts(shell::cargo(&["test", "--test", "fixtures", "--"])).args(&filters).run();
    }
    shell::program("node", &["crates/js/runtime/tests/run.mjs"]).run()?;
    // All of it, even if one binary fails: a failure is read together with the others.
    with_counts(shell::cargo(&["test", "--workspace", "--no-fail-fast"])).run()
}

/// `cargo xtask bless`: the fixtures' drivers write `expected/` instead of comparing. The diff is reviewed like code.
pub fn bless(filters: &[&str]) -> Result<(), String> {
    install::everything()?;
    let run = shell::cargo(&["test", "--test", "fixtures", "--"]).env("BUNDLE_BLESS", "1");
    run.args(filters).run()?;
    shell::program("git", &["status", "--short", "fixtures"]).run()
}
