//! `bundle-dev/status.json` in the output folder, which pages poll to learn of edits. It is data,
//! never a script, so that no page of another origin can read it. Updates are kept beside it:
//! scripts that lead pages from one build to the next without a reload. If a page needs nothing but
//! an update, the status announces it before the files themselves are written, and is marked
//! `ahead`; otherwise the status is written after the files, so that a page that reloads gets the
//! new ones.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs::{self, File},
    io::{self, Write},
    mem, process,
    sync::Arc,
};

use bundle_base::{Diagnostic, diagnostic::Severity};
use bundle_engine::{OutputKind, Outputs, UPDATES as FOLDER, Update};
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value, json};

use super::socket::Socket;
use crate::{page_diagnostics::problem, platform, stop};

const FILE: &str = "status.json";
/// The version of the file's form, for clients of other versions.
const VERSION: u32 = 2;
/// How many updates are kept: a page that is older than all of them is reloaded.
const KEPT: usize = 20;

/// The contents of the status file.
#[derive(Default)]
pub struct Status {
    builds: u32,
    /// How often views or assets changed, for which pages are reloaded.
    reloads: u32,
    /// The hash of each script and stylesheet of the last good build.
    hashes: BTreeMap<String, String>,
    /// What pages load for each script: its stylesheets, and scripts of workers.
    attached: BTreeMap<String, Vec<String>>,
    /// Images and other files that are copied, by their paths. One that changed under its name is
    /// not shown until the page is loaded again.
    assets: BTreeMap<String, Arc<Vec<u8>>>,
    /// Errors of the last build.
    problems: Vec<Value>,
    /// The findings of lint.
    findings: Vec<Value>,
    /// The last updates, the newest last: their names, and for each script the hashes that they
    /// lead from and to.
    updates: VecDeque<(String, Value)>,
    /// The status is ahead of the output files, which are not written yet.
    is_ahead: bool,
    /// The files that another watcher left have been removed.
    has_removed_leftovers: bool,
}

impl Status {
    /// Counts a change for which pages are reloaded.
    pub fn count_reload(&mut self) {
        self.reloads += 1;
    }

    /// Takes up an update. Returns whether it is all that pages need, so that they should be
    /// notified at once.
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

    /// Keeps an update that pages apply only together with the next one.
    pub fn keep(&mut self, update: &Update, dir: &Utf8Path) {
        let _ = self.add(update, dir);
    }

    /// Writes an update. Updates that fall out of the list are removed from the disk.
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

    /// Records a build that was written.
    pub fn record_build(&mut self, outputs: &Outputs) {
        self.builds += 1;
        self.is_ahead = false;
        self.hashes.clone_from(&outputs.hashes);
        self.attached.clone_from(&outputs.attached);
        self.problems.clear();
        let files = outputs.files.iter().filter(|file| file.kind == OutputKind::Asset);
        let assets = files.map(|file| (file.path.clone(), Arc::clone(&file.bytes))).collect();
        let before = mem::replace(&mut self.assets, assets);
        let is_other = |(path, bytes): (&String, &Arc<Vec<u8>>)| {
            // The session returns the same bytes for a file that did not change.
            before.get(path).is_some_and(|before| !Arc::ptr_eq(before, bytes) && before != bytes)
        };
        if self.assets.iter().any(is_other) {
            self.count_reload();
        }
    }

    /// Records a build that failed: files and hashes stay as they are.
    pub fn record_failure<'d>(&mut self, diagnostics: impl IntoIterator<Item = &'d Diagnostic>) {
        self.builds += 1;
        self.is_ahead = false;
        let errors = diagnostics.into_iter().filter(|d| d.severity == Severity::Error);
        self.problems = errors.map(problem).collect();
    }

    /// Records new findings of lint. They count as another build, so that pages show them.
    pub fn record_findings(&mut self, findings: Vec<Value>) {
        self.builds += 1;
        self.findings = findings;
    }

    /// Returns the name of the last build, which no other watcher uses.
    fn build_name(&self) -> String {
        format!("{}-{}", process::id(), self.builds)
    }

    /// Removes our files from an output folder that pages no longer read, and forgets its hashes
    /// and updates: scripts of another folder have other hashes, and no update leads to them.
    pub fn forget_outputs(&mut self, dir: &Utf8Path) {
        remove(dir);
        self.hashes.clear();
        self.attached.clear();
        self.assets.clear();
        self.updates.clear();
        self.problems.clear();
        (self.is_ahead, self.has_removed_leftovers) = (false, false);
    }

    /// Writes the status into an output folder and notifies pages through the socket. A page that
    /// cannot read it stays as it is, so a failure is not an error.
    pub fn publish(&mut self, dir: &Utf8Path, socket: &Socket) {
        if !mem::replace(&mut self.has_removed_leftovers, true) {
            // The old status stays until it is replaced, because pages may read it meanwhile.
            let updates = self.updates.iter();
            let listed: BTreeSet<String> =
                updates.flat_map(|(id, _)| [script_name(id), map_name(id)]).collect();
            remove_files(dir, |file| file != FILE && !listed.contains(file));
        }
        let _ = self.write(dir, socket.address());
        socket.send(&self.build_name());
    }

    fn write(&self, dir: &Utf8Path, socket: Option<Value>) -> io::Result<()> {
        let is_style = |path: &str| Utf8Path::new(path).extension() == Some("css");
        let (styles, scripts): (BTreeMap<_, _>, BTreeMap<_, _>) =
            self.hashes.iter().partition(|(path, _)| is_style(path));
        let mut status = json!({
            "version": VERSION,
            "build": self.build_name(),
            "scripts": scripts,
            "styles": styles,
            "attached": self.attached,
            "ahead": self.is_ahead,
            "updates": self.updates.iter().map(|(id, scripts)| json!({
                "id": id, "scripts": scripts,
            })).collect::<Vec<_>>(),
            "views": self.reloads,
            "problems": self.problems.iter().chain(&self.findings).collect::<Vec<_>>(),
        });
        if let Some(socket) = socket {
            status["socket"] = socket;
        }
        replace(&made_folder(dir)?, FILE, &format!("{status}\n"))
    }
}

/// Returns the folder, and makes it if necessary. The output folder itself is not made here:
/// writing outputs makes it.
fn made_folder(dir: &Utf8Path) -> io::Result<Utf8PathBuf> {
    let folder = dir.join(FOLDER);
    match fs::create_dir(&folder) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        Ok(()) | Err(_) => Ok(folder),
    }
}

/// Replaces a file at once, by renaming a complete one.
fn replace(folder: &Utf8Path, file: &str, text: &str) -> io::Result<()> {
    // The process does not end in between.
    let _placing = stop::placing();
    let waiting = folder.join(format!("{file}.new"));
    File::create(&waiting)?.write_all(text.as_bytes())?;
    platform::rename(&waiting, &folder.join(file))
}

fn script_name(id: &str) -> String {
    format!("{id}.js")
}

fn map_name(id: &str) -> String {
    format!("{id}.js.map")
}

/// Whether a file in the folder is ours: the status, an update or its map, or one of these
/// under its temporary name.
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

/// Removes the files that watch mode left in an output folder.
pub fn remove(dir: &Utf8Path) {
    remove_files(dir, |_| true);
    let folder = dir.join(FOLDER);
    // This fails if the folder holds other files, which is intended.
    let _ = fs::remove_dir(folder);
}
