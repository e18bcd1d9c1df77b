//! The release itself: its version, the commit and the commit's time. The time in artefacts is
//! `SOURCE_DATE_EPOCH`, or the commit's; no clock is read.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Where archives are said to be found unless somebody says where. No such host exists.
const NOWHERE: &str = "https://bundle.invalid/releases/download";

/// One release.
pub struct Release {
    /// The repository.
    pub root: PathBuf,
    /// The folder of the artefacts.
    pub out: PathBuf,
    /// The version, as in Cargo.toml.
    pub version: String,
    /// Seconds since 1970.
    pub time: u64,
    /// The folder of the archives on the web.
    pub url: String,
}

impl Release {
    /// Finds out what is released from a repository.
    pub fn new(root: &Path, out: &Path, url: Option<&str>) -> Result<Self, String> {
        let manifest = text(&root.join("Cargo.toml"))?;
        let version = manifest
            .lines()
            .skip_while(|line| *line != "[workspace.package]")
            .find_map(|line| line.strip_prefix("version = \"")?.strip_suffix('"'))
            .ok_or("Cargo.toml has no version under [workspace.package]")?
            .to_owned();
        let time = match std::env::var("SOURCE_DATE_EPOCH") {
            Ok(time) => time,
            Err(_) => output(root, "git", &["log", "-1", "--format=%ct"])?,
        };
        let time = time.trim().parse().map_err(|_| format!("{time} is no number of seconds"))?;
        let url = url.map_or_else(|| format!("{NOWHERE}/v{version}"), str::to_owned);
        fs::create_dir_all(out).map_err(|error| format!("{}: {error}", out.display()))?;
        Ok(Self { root: root.to_owned(), out: out.to_owned(), version, time, url })
    }

    /// Writes an artefact.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), String> {
        write(&self.out.join(name), bytes)
    }

    /// Reads a text of the repository.
    pub fn text(&self, path: &str) -> Result<String, String> {
        text(&self.root.join(path))
    }
}

/// Runs a program and returns its standard output.
pub fn output(folder: &Path, program: &str, words: &[&str]) -> Result<String, String> {
    let shown = || format!("{program} {}", words.join(" "));
    let output = Command::new(program).args(words).current_dir(folder).output();
    let output = output.map_err(|error| format!("{}: {error}", shown()))?;
    if !output.status.success() {
        return Err(format!("{}: {}", shown(), String::from_utf8_lossy(&output.stderr)));
    }
    String::from_utf8(output.stdout).map_err(|error| format!("{}: {error}", shown()))
}

/// Reads a file.
pub fn read(path: &Path) -> Result<Vec<u8>, String> {
    fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads a text. Old licences are not always UTF-8.
pub fn text(path: &Path) -> Result<String, String> {
    let text = String::from_utf8_lossy(&read(path)?).into_owned();
    Ok(text.replace("\r\n", "\n"))
}

/// Writes a file.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), String> {
    fs::write(path, bytes).map_err(|error| format!("{}: {error}", path.display()))
}

/// Returns the names in a folder, sorted.
pub fn names(folder: &Path) -> Result<Vec<String>, String> {
    let listed = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
    let mut names: Vec<String> = listed.flatten().map(name).collect();
    names.sort();
    Ok(names)
}
