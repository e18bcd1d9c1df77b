//! Our compatibility table: the rows of tests/features, lowered to ES5 and ES2015, run in every
//! engine with no polyfill. All rows are one test, since all of them are few builds and one process
//! for each engine; tests/features/run.mjs does it, and names the rows that fail.

use std::process::Command;
use std::time::Duration;

use super::{builds, engines, work};

/// Builds and runs all rows.
pub fn run() -> Result<(), String> {
    let mut command = Command::new("node");
    command
        .args(["--experimental-vm-modules", "--no-warnings"])
        .arg(work::root().join("tests/features/run.mjs"))
        .arg(work::binary())
        .arg(engines::phantom_path()?);
    if work::is_blessing() {
        command.arg("--bless");
    }
    let ended = builds::run(command, Duration::from_mins(2))?;
    if ended.code == Some(0) { Ok(()) } else { Err(format!("{}{}", ended.stdout, ended.stderr)) }
}
