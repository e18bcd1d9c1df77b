//! Configurations of other tools that `bundle init` carries over: `tests/init/cases/NAME` is a
//! project that another tool builds, and `tests/init/run.mjs` compares our build of it with what is
//! expected.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use super::{builds, tree, work};

/// The names of all configurations.
pub fn names() -> Vec<String> {
    let folders = tree::folders(&work::root().join("tests/init/cases"));
    let name = |path: &Path| path.file_name().map(|name| name.to_string_lossy().into_owned());
    folders.iter().filter_map(|path| name(path)).collect()
}

/// Carries a configuration over, builds, and compares.
pub fn run(name: &str) -> Result<(), String> {
    let folder = work::fresh_directory("init")?;
    let mut command = Command::new("node");
    command
        .args(["--experimental-vm-modules", "--no-warnings"])
        .arg(work::root().join("tests/init/run.mjs"))
        .arg(work::binary())
        .arg(&folder)
        .arg(name);
    if work::is_blessing() {
        command.arg("--bless");
    }
    let ended = builds::run(command, Duration::from_mins(2))?;
    if ended.code != Some(0) {
        return Err(format!("{}{}", ended.stdout, ended.stderr));
    }
    work::remove(&folder);
    Ok(())
}
