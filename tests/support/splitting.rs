//! Random programs in chunks, compared with their sources in Node by `random_graphs.mjs` and
//! `random_packages.mjs`.

use std::process::Command;
use std::time::Duration;

use super::{builds, work};

/// The tests of this file run side by side: each has its own seeds.
pub const PARTS: u32 = 5;

/// Programs of one part: a sample, or with `--full` a hundred.
fn count() -> u32 {
    if work::is_full() { 100 } else { 5 }
}

/// Runs the programs of one part.
pub fn random_programs(part: u32) -> Result<(), String> {
    compare("random_graphs.mjs", part, count())?;
    // These are small.
    compare("random_packages.mjs", part, count() * 4)
}

fn compare(script: &str, part: u32, count: u32) -> Result<(), String> {
    let folder = work::fresh_directory(script)?;
    let mut command = Command::new("node");
    command.args(["--no-warnings", "--experimental-require-module"]).arg(work::support(script));
    command.arg(work::binary()).arg(&folder).arg((part * 1000).to_string()).arg(count.to_string());
    let ended = builds::run(command, Duration::from_mins(15))?;
    if ended.code != Some(0) {
        return Err(format!("{}{}", ended.stdout, ended.stderr));
    }
    work::remove(&folder);
    Ok(())
}
