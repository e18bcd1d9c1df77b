//! `bundle-dev/status.json` in the output folder: what pages ask again and again to learn of edits.
//! Data, never a script, so that no page of another origin can read it. It is written behind the
//! files that it tells of: who reloads because of it gets these.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Write},
    process,
};

use bundle_base::{
    Diagnostic,
    diagnostic::{Severity, render_json},
};
use camino::Utf8Path;
use serde_json::{Value, json};

use crate::stop;

/// The folder of what only development needs.
const FOLDER: &str = "bundle-dev";
const FILE: &str = "status.json";
/// Of the form of the file, for clients of other versions.
const VERSION: u32 = 1;

/// What is told.
#[derive(Default)]
pub struct Status {
    builds: u32,
    /// How often views changed.
    views: u32,
    /// Of each script and stylesheet of the last good build.
    hashes: BTreeMap<String, String>,
    problems: Vec<Value>,
}

impl Status {
    /// Files whose change reloads pages have changed.
    pub fn views_changed(&mut self) {
        self.views += 1;
    }

    /// A build was written.
    pub fn built(&mut self, hashes: BTreeMap<String, String>) {
        self.builds += 1;
        self.hashes = hashes;
        self.problems.clear();
    }

    /// A build failed: files and hashes stay as they are.
    pub fn failed<'d>(&mut self, said: impl IntoIterator<Item = &'d Diagnostic>) {
        self.builds += 1;
        let errors = said.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        self.problems = errors.map(problem).collect();
    }

    /// Writes it into an output folder. A page that cannot read it stays as it is, which is no
    /// reason to fail.
    pub fn write(&self, dir: &Utf8Path) {
        let _ = self.try_write(dir);
    }

    fn try_write(&self, dir: &Utf8Path) -> io::Result<()> {
        let is_style = |path: &str| Utf8Path::new(path).extension() == Some("css");
        let (styles, scripts): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.hashes.iter().partition(|(path, _)| is_style(path));
        let status = json!({
            "version": VERSION,
            "build": format!("{}-{}", process::id(), self.builds),
            "scripts": scripts,
            "styles": styles,
            "views": self.views,
            "problems": self.problems,
        });
        let folder = dir.join(FOLDER);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            // The output folder itself is made by writing into it, and not for this.
            Ok(()) | Err(_) => {}
        }
        // Nobody ends the process in between.
        let _placing = stop::placing();
        let waiting = folder.join(format!("{FILE}.new"));
        writeln!(File::create(&waiting)?, "{status}")?;
        fs::rename(waiting, folder.join(FILE))
    }
}

/// Takes away what watching left in an output folder.
pub fn remove(dir: &Utf8Path) {
    let folder = dir.join(FOLDER);
    for file in [FILE.to_owned(), format!("{FILE}.new")] {
        let _ = fs::remove_file(folder.join(file));
    }
    // Only if nobody else has put something into it.
    let _ = fs::remove_dir(folder);
}

/// A diagnostic as clients show it.
fn problem(diagnostic: &Diagnostic) -> Value {
    let mut told: Value = serde_json::from_str(&render_json(diagnostic)).unwrap_or_default();
    let text = |value: &Value| value["message"].as_str().map(str::to_owned);
    let notes = told["notes"].as_array().into_iter().flatten().filter_map(text);
    let remedy = text(&told["fix"]).map(|remedy| format!("help: {remedy}"));
    told["notes"] = notes.chain(remedy).collect::<Vec<_>>().into();
    told["fix"].take();
    told
}
