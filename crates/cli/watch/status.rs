//! `bundle-dev/status.json` in the output folder: what pages ask again and again to learn of edits.
//! Data, never a script, so that no page of another origin can read it. Beside it stand updates:
//! what leads pages from one build to the next without loading them anew. Where an update is all
//! that a page needs, the status tells of it before the files themselves are written, and says so
//! (`ahead`); otherwise behind them, so that who reloads because of it gets these.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs::{self, File},
    io::{self, Write},
    mem, process,
};

use bundle_base::{
    Diagnostic,
    diagnostic::{Severity, render_json},
};
use bundle_engine::{UPDATES as FOLDER, Update};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::socket::Socket;
use crate::stop;

const FILE: &str = "status.json";
/// Of the form of the file, for clients of other versions.
const VERSION: u32 = 2;
/// How many updates are kept: a page that is older is loaded anew.
const KEPT: usize = 20;

/// What is told.
#[derive(Default)]
pub struct Status {
    builds: u32,
    /// How often views changed.
    views: u32,
    /// Of each script and stylesheet of the last good build.
    hashes: BTreeMap<String, String>,
    /// Errors of the last build.
    problems: Vec<Value>,
    /// What lint has found.
    findings: Vec<Value>,
    /// The last ones, the newest last: their names, and the scripts that they lead from one hash to
    /// another.
    updates: VecDeque<(String, Value)>,
    /// What is told is not in the files yet.
    is_ahead: bool,
    /// What another watcher left is gone.
    is_alone: bool,
}

impl Status {
    /// Files whose change reloads pages have changed.
    pub fn views_changed(&mut self) {
        self.views += 1;
    }

    /// An update is there. True if it is all that pages need: then they are to be told of it at
    /// once.
    pub fn announce(&mut self, update: &Update, dir: &Utf8Path) -> bool {
        let is_there = self.add(update, dir).is_ok();
        if !is_there || !update.is_whole {
            return false;
        }
        self.builds += 1;
        self.is_ahead = true;
        for (script, (_, hash)) in &update.scripts {
            self.hashes.insert(script.clone(), hash.clone());
        }
        self.problems.clear();
        true
    }

    /// Writes an update. What falls out of the list goes from the disk.
    fn add(&mut self, update: &Update, dir: &Utf8Path) -> io::Result<()> {
        let folder = made_folder(dir)?;
        let script = script_name(&update.id);
        let mut end = String::new();
        if let Some(map) = &update.map {
            replace(&folder, &map_name(&update.id), map)?;
            end = format!("//# sourceMappingURL={}\n", map_name(&update.id));
        }
        replace(&folder, &script, &[&update.text[..], &end].concat())?;
        self.updates.retain(|(id, _)| *id != update.id);
        self.updates.push_back((update.id.clone(), json!(update.scripts)));
        while self.updates.len() > KEPT {
            if let Some((id, _)) = self.updates.pop_front() {
                for file in [script_name(&id), map_name(&id)] {
                    let _ = fs::remove_file(folder.join(file));
                }
            }
        }
        Ok(())
    }

    /// A build was written.
    pub fn built(&mut self, hashes: BTreeMap<String, String>) {
        self.builds += 1;
        self.is_ahead = false;
        self.hashes = hashes;
        self.problems.clear();
    }

    /// A build failed: files and hashes stay as they are.
    pub fn failed<'d>(&mut self, said: impl IntoIterator<Item = &'d Diagnostic>) {
        self.builds += 1;
        self.is_ahead = false;
        let errors = said.into_iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        self.problems = errors.map(problem).collect();
    }

    /// Lint has found something else. Pages take it for another build: they show what they have not
    /// shown.
    pub fn found(&mut self, findings: Vec<Value>) {
        self.builds += 1;
        self.findings = findings;
    }

    /// The name of the last build. Another watcher has other names.
    fn build(&self) -> String {
        format!("{}-{}", process::id(), self.builds)
    }

    /// Takes our files away from an output folder that is not told of any more, and forgets what
    /// was in it: scripts of another folder have other hashes, and no update leads to them.
    pub fn forget_outputs(&mut self, dir: &Utf8Path) {
        remove(dir);
        self.hashes.clear();
        self.updates.clear();
        self.problems.clear();
        (self.is_ahead, self.is_alone) = (false, false);
    }

    /// Writes it into an output folder, and has the socket tell pages of this machine. A page that
    /// cannot read it stays as it is, which is no reason to fail.
    pub fn tell(&mut self, dir: &Utf8Path, socket: &Socket) {
        if !mem::replace(&mut self.is_alone, true) {
            // Pages that ask for the status meanwhile must find one.
            let updates = self.updates.iter();
            let listed: BTreeSet<String> =
                updates.flat_map(|(id, _)| [script_name(id), map_name(id)]).collect();
            remove_files(dir, |file| file != FILE && !listed.contains(file));
        }
        let _ = self.write(dir, socket.told());
        socket.send(&self.build());
    }

    fn write(&self, dir: &Utf8Path, socket: Option<Value>) -> io::Result<()> {
        let is_style = |path: &str| Utf8Path::new(path).extension() == Some("css");
        let (styles, scripts): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.hashes.iter().partition(|(path, _)| is_style(path));
        let mut status = json!({
            "version": VERSION,
            "build": self.build(),
            "scripts": scripts,
            "styles": styles,
            "ahead": self.is_ahead,
            "updates": self.updates.iter().map(|(id, scripts)| json!({
                "id": id, "scripts": scripts,
            })).collect::<Vec<_>>(),
            "views": self.views,
            "problems": self.problems.iter().chain(&self.findings).collect::<Vec<_>>(),
        });
        if let Some(socket) = socket {
            status["socket"] = socket;
        }
        replace(&made_folder(dir)?, FILE, &format!("{status}\n"))
    }
}

/// The folder. The output folder itself is made by writing into it, and not for this.
fn made_folder(dir: &Utf8Path) -> io::Result<Utf8PathBuf> {
    let folder = dir.join(FOLDER);
    match fs::create_dir(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        Ok(()) | Err(_) => Ok(folder),
    }
}

/// Puts a file in the place of another one at once.
fn replace(folder: &Utf8Path, file: &str, text: &str) -> io::Result<()> {
    // Nobody ends the process in between.
    let _placing = stop::placing();
    let waiting = folder.join(format!("{file}.new"));
    File::create(&waiting)?.write_all(text.as_bytes())?;
    fs::rename(waiting, folder.join(file))
}

fn script_name(id: &str) -> String {
    format!("{id}.js")
}

fn map_name(id: &str) -> String {
    format!("{id}.js.map")
}

/// Whether a file in the folder is one of ours: the status, an update or its map, or one that was
/// to be one of these.
fn is_ours(file: &str) -> bool {
    let file = file.strip_suffix(".new").unwrap_or(file);
    let script = file.strip_suffix(".map").unwrap_or(file);
    let is_hash = |id: &str| id.len() == 16 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    file == FILE || script.strip_suffix(".js").is_some_and(is_hash)
}

fn remove_files(dir: &Utf8Path, is_meant: impl Fn(&str) -> bool) {
    for file in dir.join(FOLDER).read_dir_utf8().into_iter().flatten().flatten() {
        if is_ours(file.file_name()) && is_meant(file.file_name()) {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Takes away what watching left in an output folder.
pub fn remove(dir: &Utf8Path) {
    remove_files(dir, |_| true);
    let folder = dir.join(FOLDER);
    // Only if nobody else has put something into it.
    let _ = fs::remove_dir(folder);
}

/// A finding of lint as clients show it: with its rule.
pub fn finding(diagnostic: &Diagnostic) -> Value {
    let mut told = problem(diagnostic);
    told["rule"] = told["label"].take();
    told
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
