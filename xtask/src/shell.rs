//! Runs other programs. `Run::run` prints the command line first, and every failure names it.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program about to run in the repository's root.
pub struct Run {
    command: Command,
    shown: String,
}

/// Returns the root of the repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the repository")
}

/// Returns the folder where cargo writes. Downloaded programs go there too.
pub fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), |path| root().join(path))
}

/// Prepares a program with arguments.
pub fn program(name: &str, arguments: &[&str]) -> Run {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    Run { command, shown: format!("{name} {}", arguments.join(" ")) }
}

/// Prepares the cargo that runs this program.
pub fn cargo(arguments: &[&str]) -> Run {
    let name = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut run = program(&name, arguments);
    run.shown = format!("cargo {}", arguments.join(" "));
    run
}

impl Run {
    /// Adds arguments.
    pub fn args(mut self, arguments: &[&str]) -> Self {
        self.command.args(arguments);
        self.shown = format!("{} {}", self.shown, arguments.join(" "));
        self
    }

    /// Sets a variable of the environment.
    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    /// Runs in another folder.
    pub fn within(mut self, folder: &Path) -> Self {
        self.command.current_dir(folder);
        self
    }

    /// Runs the program to its end. `Err`: it does not start, or its exit code is not 0.
    pub fn run(mut self) -> Result<(), String> {
        eprintln!("+ {}", self.shown.trim_end());
        let status = self.command.status().map_err(|error| format!("{}: {error}", self.shown))?;
        if status.success() { Ok(()) } else { Err(format!("{}: {status}", self.shown.trim_end())) }
    }

    /// Runs the program quietly, and returns its standard output.
    pub fn output(mut self) -> Result<String, String> {
        let output = self.command.output().map_err(|error| format!("{}: {error}", self.shown))?;
        if output.status.success() {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        Err(format!("{}: {}", self.shown, String::from_utf8_lossy(&output.stderr)))
    }
}

/// Whether there is a program of this name on the search path.
pub fn is_installed(name: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(name).is_file())
}
