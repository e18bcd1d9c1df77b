//! Random components of Vue, compared with the output of Vue's own compiler by
//! `tests/conformance/vue.mjs`.

use std::process::Command;
use std::time::Duration;

use super::{builds, work};

/// The tests of this file run side by side: each has its own seeds.
pub const PARTS: u32 = 4;

/// Components of one part: a sample, or with `--full` a quarter of 20,000.
fn count() -> u32 {
    if work::is_full() { 5000 } else { 125 }
}

/// Compares the components of one part.
pub fn run(part: u32) -> Result<(), String> {
    let first = 1 + part * 5000;
    let mut command = Command::new("node");
    command.arg(work::root().join("tests/conformance/vue.mjs")).arg(work::binary());
    command.args(["--seed", &first.to_string(), "--count", &count().to_string()]);
    let ended = builds::run(command, Duration::from_mins(15))?;
    if ended.code == Some(0) { Ok(()) } else { Err(format!("{}{}", ended.stdout, ended.stderr)) }
}
