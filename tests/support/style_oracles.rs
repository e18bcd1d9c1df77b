//! Compiled selectors and names, compared with tools that do the same: scripts that run the binary
//! and print the differences.

use std::process::Command;
use std::time::Duration;

use super::{builds, work};

/// A name and a script.
const ORACLES: [(&str, &str); 2] = [
    ("css-modules::postcss-modules", "css_modules.mjs"),
    ("styles::scoped-as-vue-does", "scoped.mjs"),
];

/// A test of this file.
type Test = Box<dyn FnOnce() -> Result<(), String> + Send>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    let test =
        |(name, script)| -> (&'static str, Test) { (name, Box::new(move || compare(script))) };
    ORACLES.into_iter().map(test).collect()
}

fn compare(script: &str) -> Result<(), String> {
    let mut command = Command::new("node");
    command.arg(work::support(script)).arg(work::binary());
    let ended = builds::run(command, Duration::from_mins(2))?;
    if ended.code == Some(0) { Ok(()) } else { Err(format!("{}{}", ended.stdout, ended.stderr)) }
}
