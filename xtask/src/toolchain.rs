//! The installed Rust: its target, and where it keeps the sources of crates.

use std::fs;
use std::path::PathBuf;

use crate::shell;

/// Returns the target that runs on this machine.
pub fn host() -> Result<String, String> {
    let about = shell::program("rustc", &["-vV"]).output()?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).ok_or_else(|| "rustc -vV names no host".to_owned())
}

/// Returns the folder of cargo.
pub fn cargo_home() -> Result<PathBuf, String> {
    if let Ok(home) = std::env::var("CARGO_HOME") {
        return Ok(PathBuf::from(home));
    }
    let home = std::env::home_dir().ok_or("there is no home folder, and no CARGO_HOME")?;
    Ok(home.join(".cargo"))
}

/// Returns the folders with the sources of crates.
pub fn registries() -> Result<Vec<PathBuf>, String> {
    let folder = cargo_home()?.join("registry/src");
    let listed = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut folders: Vec<PathBuf> = listed.flatten().map(|entry| entry.path()).collect();
    folders.sort();
    Ok(folders)
}
