//! Accidents in watched folders: outputs and whole projects vanish and come back, thousands of
//! files change at once, writing fails for a while. Each ends with the outputs of a clean build of
//! the files at that time.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

use serde_json::{Value, json};

use super::watching::{self, Output, Settled, Watching};
use super::{builds, tree, work};

/// A test of this file.
type Test = fn() -> Result<(), String>;

/// The tests of this file.
pub fn all() -> Vec<(&'static str, Test)> {
    vec![
        ("output-folder-removed", output_folder_removed),
        ("outputs-changed-by-others", outputs_changed_by_others),
        ("another-build-in-between", another_build_in_between),
        ("outputs-that-nothing-makes-any-more", || stale_outputs("")),
        ("outputs-that-nothing-makes-any-more-by-manifest", || {
            stale_outputs(", \"manifest\": true")
        }),
        ("two-thousand-files-at-once", two_thousand_files),
        ("files-that-flicker", files_that_flicker),
        ("project-folder-removed", project_folder_removed),
        ("project-folder-moved-away-and-back", project_folder_moved),
        ("configuration-wrong-and-right", configuration_wrong_and_right),
        ("failed-write-is-tried-again", failed_write),
        ("another-output-folder", another_output_folder),
        ("protected-folder-is-tried-again", protected_folder),
        ("file-of-the-same-length-and-time", same_length_and_time),
    ]
}

/// Files that serve as fences: a test may wait for this many builds.
const FENCES: usize = 12;

const SMALL: &[(&str, &str)] = &[
    ("a.js", "import { s } from './shared.js';\nlog('a', s);\n"),
    ("b.js", "log('b');\n"),
    ("shared.js", "export const s = 'first';\n"),
];

const CONFIG: &str =
    r#"{ "areas": { "a": "a.js", "b": "b.js", "fence": "fence/main.js" }, "outDir": "out" }"#;

/// A project that is watched.
struct Watched {
    fresh: PathBuf,
    folder: PathBuf,
    process: Watching,
    fences: usize,
    before: BTreeMap<String, Output>,
}

impl Watched {
    fn start(files: &[(&str, &str)], config: &str) -> Result<Self, String> {
        let folder = prepare(files, config)?;
        let command = Command::new(work::binary());
        Self::start_as(command, folder)
    }

    fn start_as(command: Command, folder: PathBuf) -> Result<Self, String> {
        let (process, _) = Watching::start_as(command, &folder)?;
        let fresh = folder.parent().expect("it lies in a new directory").to_owned();
        let mut watched = Self { fresh, folder, process, fences: 0, before: BTreeMap::new() };
        // Files that are made while the process starts count as changed once it watches: this build
        // is about them.
        watched.fence()?;
        watched.before = watching::outputs(&watched.folder.join("out"))?;
        Ok(watched)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    fn write(&self, name: &str, text: &str) -> Result<(), String> {
        write(&self.folder, name, text)
    }

    fn read(&self, name: &str) -> Result<String, String> {
        fs::read_to_string(self.path(name)).map_err(|error| format!("{name}: {error}"))
    }

    /// The status that pages read in an output folder.
    fn status(&self, out: &str) -> Result<Value, String> {
        let text = self.read(&format!("{out}/bundle-dev/status.json"))?;
        serde_json::from_str(&text).map_err(|error| format!("{error}: {text}"))
    }

    /// The updates that pages are reported of; each is in the folder, and no other.
    fn updates(&self, out: &str) -> Result<BTreeSet<String>, String> {
        let status = self.status(out)?;
        let updates = status["updates"].as_array().into_iter().flatten();
        let ids: BTreeSet<String> =
            updates.filter_map(|update| Some(update["id"].as_str()?.to_owned())).collect();
        let folder = fs::read_dir(self.path(&format!("{out}/bundle-dev"))).map_err(reported)?;
        let names = folder.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let there: BTreeSet<String> =
            names.filter_map(|name| Some(name.strip_suffix(".js")?.to_owned())).collect();
        expect(ids == there, &format!("pages are told of {ids:?}, and {out} has {there:?}"))?;
        Ok(ids)
    }

    /// Waits until everything that was done before has been built.
    fn fence(&mut self) -> Result<Settled, String> {
        self.fences += 1;
        assert!(self.fences <= FENCES, "a test needs more fences");
        self.process.fence(
            &format!("fence/f{}.js", self.fences),
            &format!("log('fence {}');\n", self.fences),
        )
    }

    /// Waits for that build, and compares with a clean one.
    fn settle(&mut self) -> Result<Settled, String> {
        let settled = self.fence()?;
        self.compare(&settled)?;
        Ok(settled)
    }

    fn compare(&mut self, settled: &Settled) -> Result<(), String> {
        let after = watching::outputs(&self.path("out"))?;
        let clean = watching::clean_build(&self.folder, &[], "out")?;
        watching::check(settled, (&self.before, &after), &clean, "out")?;
        self.before = after;
        Ok(())
    }

    fn remove_outputs(&mut self) -> Result<(), String> {
        self.before.clear();
        fs::remove_dir_all(self.path("out")).map_err(reported)
    }

    /// Takes the outputs of now as those that the next build finds.
    fn look(&mut self) -> Result<(), String> {
        self.before = watching::outputs(&self.path("out"))?;
        Ok(())
    }

    /// Waits until a build succeeds: before, nobody knows what a fence would be.
    fn build_succeeds(&mut self) -> Result<(), String> {
        while !self.process.next_build()?.is_built {}
        self.look()
    }

    fn end(mut self) -> Result<(), String> {
        expect(self.process.is_running(), "it has ended")?;
        drop(self.process);
        work::remove(&self.fresh);
        Ok(())
    }
}

/// A project on the disk, with its fences.
fn prepare(files: &[(&str, &str)], config: &str) -> Result<PathBuf, String> {
    let folder = work::fresh_directory("watched")?.join("project");
    fill(&folder, files, config)?;
    Ok(folder)
}

fn fill(folder: &Path, files: &[(&str, &str)], config: &str) -> Result<(), String> {
    write(folder, "bundle.config.json", config)?;
    let imports: Vec<String> =
        (1..=FENCES).map(|number| format!("import './f{number}.js';\n")).collect();
    write(folder, "fence/main.js", &imports.concat())?;
    for number in 1..=FENCES {
        write(folder, &format!("fence/f{number}.js"), "log('before');\n")?;
    }
    files.iter().try_for_each(|(name, text)| write(folder, name, text))
}

/// Writes a file of a project, with the folders that it lies in.
pub fn write(folder: &Path, name: &str, text: &str) -> Result<(), String> {
    let path = folder.join(name);
    let above = path.parent().expect("it lies in the folder");
    fs::create_dir_all(above)
        .and_then(|()| fs::write(&path, text))
        .map_err(|error| format!("{name}: {error}"))
}

#[expect(clippy::needless_pass_by_value, reason = "it is what errors are mapped by")]
fn reported(error: std::io::Error) -> String {
    error.to_string()
}

fn expect(is_so: bool, otherwise: &str) -> Result<(), String> {
    if is_so { Ok(()) } else { Err(otherwise.to_owned()) }
}

fn output_folder_removed() -> Result<(), String> {
    let mut watched = Watched::start(SMALL, CONFIG)?;
    watched.remove_outputs()?;
    watched.write("shared.js", "export const s = 'second';\n")?;
    let settled = watched.settle()?;
    expect(
        settled.written.iter().flatten().any(|file| file == "out/b.js"),
        "b.js is written, though nothing in it differs",
    )?;
    // A rebuild that makes the very same outputs as the one before.
    watched.remove_outputs()?;
    watched.write("shared.js", "export const s = 'second';\n")?;
    let settled = watched.process.settled_after("shared.js")?;
    watched.compare(&settled)?;
    watched.settle()?;
    watched.end()
}

fn outputs_changed_by_others() -> Result<(), String> {
    let mut watched = Watched::start(SMALL, CONFIG)?;
    watched.write("out/b.js", "somebody else's\n")?;
    fs::remove_file(watched.path("out/a.js")).map_err(reported)?;
    watched.write("out/notes.txt", "not ours\n")?;
    let settled = watched.process.fence("fence/f9.js", "log('nine');\n")?;
    expect(settled.restored == ["out/a.js", "out/b.js"], "it is said whose they were")?;
    expect(!watched.read("out/b.js")?.contains("somebody"), "b.js is ours again")?;
    expect(watched.read("out/a.js")?.contains("first"), "a.js is there again")?;
    expect(watched.read("out/notes.txt")? == "not ours\n", "what is not ours is left alone")?;
    fs::remove_file(watched.path("out/notes.txt")).map_err(reported)?;
    watched.look()?;
    watched.settle()?;
    watched.end()
}

/// As a `git checkout` does it, and a build for production: the next change finds the folder as
/// others left it.
fn another_build_in_between() -> Result<(), String> {
    let config = CONFIG.replace("\"out\"", "\"out\", \"manifest\": true, \"sourcemap\": true");
    let mut watched = Watched::start(SMALL, &config)?;
    // Written again with the same bytes, as a checkout of outputs that did not change: nobody is
    // reported of it.
    let same = watched.read("out/b.js")?;
    fs::remove_file(watched.path("out/b.js")).map_err(reported)?;
    watched.write("out/b.js", &same)?;
    watched.look()?;
    let settled = watched.settle()?;
    expect(settled.restored.is_empty(), "nothing was changed by others")?;
    let arguments = [
        "build",
        "--mode",
        "production",
        "--minify",
        "--no-config",
        "a.js",
        "b.js",
        "fence=fence/main.js",
        "--out-dir",
        "out",
    ];
    let ended = builds::bundle(&watched.folder, &arguments.map(str::to_owned))?;
    expect(ended.code == Some(0), &ended.stderr)?;
    fs::remove_file(watched.path("out/entrypoints.json")).map_err(reported)?;
    watched.write("shared.js", "export const s = 'second';\n")?;
    watched.look()?;
    let settled = watched.settle()?;
    let changed = ["out/a.js", "out/b.js", "out/entrypoints.json", "out/fence.js"];
    expect(settled.restored == changed, &format!("{:?}", settled.restored))?;
    // A generation with hashes does not outlive development.
    let hashed = config
        .replace("\"manifest\"", "\"hash\": true, \"mode\": \"production\", \"manifest\"")
        .replace("\"sourcemap\": true", "\"sourcemap\": false");
    watched.write("other.json", &hashed)?;
    let ended =
        builds::bundle(&watched.folder, &["build", "--config", "other.json"].map(str::to_owned))?;
    expect(ended.code == Some(0), &ended.stderr)?;
    watched.write("shared.js", "export const s = 'third';\n")?;
    watched.look()?;
    watched.settle()?;
    watched.end()
}

fn stale_outputs(manifest: &str) -> Result<(), String> {
    let config = CONFIG.replace("\"b\": \"b.js\"", "\"b\": { \"entry\": \"pages/*.js\" }");
    let config = config.replace("\"out\"", &format!("\"out\"{manifest}"));
    let files = [
        SMALL,
        &[
            ("pages/one.js", "log(1);\n"),
            ("pages/two.js", "log(2);\n"),
            ("pages/three.js", "log(3);\n"),
        ],
    ];
    let mut watched = Watched::start(&files.concat(), &config)?;
    fs::remove_file(watched.path("pages/two.js")).map_err(reported)?;
    let settled = watched.settle()?;
    expect(settled.removed == ["out/b/two.js"], "the output of what was removed is removed")?;
    // A file that somebody else wrote belongs to them.
    watched.write("out/b/three.js", "mine\n")?;
    fs::remove_file(watched.path("pages/three.js")).map_err(reported)?;
    let settled = watched.fence()?;
    expect(
        settled.removed.is_empty() && watched.read("out/b/three.js")? == "mine\n",
        "a file of somebody else's stays",
    )?;
    fs::remove_file(watched.path("out/b/three.js")).map_err(reported)?;
    watched.look()?;
    watched.settle()?;
    // Nothing makes the files of the old folder any more.
    watched.write("bundle.config.json", &config.replace("\"out\"", "\"elsewhere\""))?;
    watched.fence()?;
    expect(!watched.path("out").exists(), "the old folder goes")?;
    watched.end()
}

fn two_thousand_files() -> Result<(), String> {
    let names: Vec<String> = (0..2000).map(|number| format!("many/m{number}.js")).collect();
    let imports: Vec<String> = names.iter().map(|name| format!("import './{name}';\n")).collect();
    let mut watched = Watched::start(SMALL, CONFIG)?;
    let write_all = |watched: &Watched, round: usize| {
        let write = |(number, name): (usize, &String)| {
            watched.write(name, &format!("log('round {round}', {number});\n"))
        };
        names.iter().enumerate().try_for_each(write)
    };
    write_all(&watched, 1)?;
    watched.write("b.js", &imports.concat())?;
    watched.settle()?;
    write_all(&watched, 2)?;
    let settled = watched.settle()?;
    // One, where nothing else slows the writing down.
    expect(
        settled.written.len() < 20,
        &format!("{} rebuilds of one change", settled.written.len()),
    )?;
    expect(
        watched.read("out/b.js")?.matches("'round 2'").count() == 2000,
        "every file is as it was written last",
    )?;
    watched.end()
}

/// Files that are gone when they are read, or between the event and the look.
fn files_that_flicker() -> Result<(), String> {
    let mut watched = Watched::start(SMALL, CONFIG)?;
    let shared = watched.path("shared.js");
    let flickering = thread::spawn(move || -> std::io::Result<()> {
        for number in 0..400 {
            fs::write(&shared, format!("export const s = 'flicker {number}';\n"))?;
            fs::remove_file(&shared)?;
        }
        fs::write(&shared, "export const s = 'steady';\n")
    });
    // Builds go on meanwhile.
    for _ in 0..5 {
        watched.fence()?;
    }
    flickering.join().map_err(|_| "a driver's thread panicked".to_owned())?.map_err(reported)?;
    watched.fence()?;
    watched.look()?;
    watched.settle()?;
    expect(watched.read("out/a.js")?.contains("'steady'"), "the last text is built")?;
    watched.end()
}

fn project_folder_removed() -> Result<(), String> {
    let mut watched = Watched::start(SMALL, CONFIG)?;
    tree::remove(&watched.folder)?;
    while watched.process.next_build()?.is_built {}
    let again = [SMALL, &[("shared.js", "export const s = 'put back';\n")]].concat();
    fill(&watched.folder, &again, CONFIG)?;
    watched.build_succeeds()?;
    watched.settle()?;
    expect(watched.read("out/a.js")?.contains("'put back'"), "the new files are built")?;
    watched.end()
}

fn project_folder_moved() -> Result<(), String> {
    let mut watched = Watched::start(SMALL, CONFIG)?;
    let aside = watched.folder.with_extension("aside");
    fs::rename(&watched.folder, &aside).map_err(reported)?;
    while watched.process.next_build()?.is_built {}
    write(&aside, "shared.js", "export const s = 'aside';\n")?;
    fs::rename(&aside, &watched.folder).map_err(reported)?;
    watched.build_succeeds()?;
    watched.settle()?;
    expect(watched.read("out/a.js")?.contains("'aside'"), "what was changed aside is built")?;
    watched.end()
}

fn configuration_wrong_and_right() -> Result<(), String> {
    let mut watched = Watched::start(SMALL, CONFIG)?;
    for (number, wrong) in
        ["{ \"areas\": ", "{ \"areas\": { \"a\": \"missing.js\" } }", "", "{ \"target\": \"es3\" }"]
            .iter()
            .enumerate()
    {
        watched.write("bundle.config.json", wrong)?;
        watched
            .write("shared.js", &format!("export const s = 'while it was wrong {number}';\n"))?;
        let settled = watched.settle()?;
        expect(!settled.is_built, &format!("{wrong:?} is wrong"))?;
    }
    watched.write("bundle.config.json", CONFIG)?;
    watched.settle()?;
    expect(
        watched.read("out/a.js")?.contains("'while it was wrong 3'"),
        "edits made meanwhile are built",
    )?;
    fs::remove_file(watched.path("bundle.config.json")).map_err(reported)?;
    watched.settle()?;
    watched
        .write("bundle.config.json", &CONFIG.replace("\"out\"", "\"out\", \"format\": \"esm\""))?;
    watched.settle()?;
    watched.end()
}

/// With no change after the cause is gone.
fn failed_write() -> Result<(), String> {
    let mut watched = Watched::start(SMALL, CONFIG)?;
    fs::remove_file(watched.path("out/a.js")).map_err(reported)?;
    watched.write("out/a.js/in-the-way.txt", "")?;
    let settled = watched.fence()?;
    expect(
        !settled.is_built && settled.diagnostics[0].contains("output-is-directory"),
        "a directory is in the way",
    )?;
    let page = watched.status("out")?;
    expect(
        page["problems"][0]["code"] == "output-is-directory",
        &format!("pages are told {page}"),
    )?;
    fs::remove_dir_all(watched.path("out/a.js")).map_err(reported)?;
    let again = watched.process.next_build()?;
    expect(
        again.is_built && again.written[0].contains(&"out/a.js".to_owned()),
        "it is written as soon as it can be",
    )?;
    // Pages hear of it, too.
    let page = watched.status("out")?;
    expect(
        page["problems"] == json!([]) && page["scripts"]["a.js"].is_string(),
        &format!("pages are told {page}"),
    )?;
    watched.look()?;
    watched.settle()?;
    // The folder itself, and the change that is waiting is followed by another one. It goes at
    // once: scripts that vanish one by one come back meanwhile.
    fs::rename(watched.path("out"), watched.path("moved")).map_err(reported)?;
    watched.write("out", "a file")?;
    watched.write("shared.js", "export const s = 'second';\n")?;
    expect(!watched.fence()?.is_built, "a file is in the way")?;
    watched.write("shared.js", "export const s = 'third';\n")?;
    expect(!watched.fence()?.is_built, "a file is still in the way")?;
    fs::remove_file(watched.path("out")).map_err(reported)?;
    expect(watched.process.next_build()?.is_built, "it is written as soon as it can be")?;
    expect(watched.read("out/a.js")?.contains("'third'"), "the last outputs are written")?;
    let page = watched.status("out")?;
    expect(
        page["problems"] == json!([]) && page["ahead"] == false,
        &format!("pages are told {page}"),
    )?;
    let a = watched.read("out/a.js")?;
    let hash = page["scripts"]["a.js"].as_str().unwrap_or("no hash");
    expect(a.contains(hash), &format!("the script says another hash than {page}"))?;
    watched.look()?;
    watched.settle()?;
    watched.end()
}

/// The status is in the new output folder, and the old folder no longer has any of its files.
fn another_output_folder() -> Result<(), String> {
    let elsewhere = CONFIG.replace("\"out\"", "\"elsewhere\"");
    let mut watched = Watched::start(SMALL, CONFIG)?;
    watched.write("shared.js", "export const s = 'second';\n")?;
    watched.settle()?;
    let before = watched.updates("out")?;
    expect(!before.is_empty(), "edits are told of as updates")?;
    watched.write("out/bundle-dev/notes.txt", "not ours\n")?;
    // A mistake in between: nothing is known of scripts in the new folder.
    watched.write("a.js", "import { s } from ;\n")?;
    watched.write("bundle.config.json", &elsewhere)?;
    expect(!watched.fence()?.is_built, "there is a mistake")?;
    fs::remove_file(watched.path("out/bundle-dev/notes.txt")).map_err(reported)?;
    expect(
        fs::remove_dir(watched.path("out/bundle-dev")).is_ok(),
        "what is not ours stays, and nothing else",
    )?;
    watched.write("a.js", SMALL[0].1)?;
    expect(watched.fence()?.is_built, "it is mended")?;
    expect(
        watched.updates("elsewhere")?.iter().all(|id| !before.contains(id)),
        "no update of the other folder",
    )?;
    watched.write("shared.js", "export const s = 'third';\n")?;
    watched.fence()?;
    expect(!watched.updates("elsewhere")?.is_empty(), "edits are told of as updates here, too")?;
    // Nobody is reported for a while: what was reported then is gone.
    let untold = elsewhere.replacen('{', "{ \"watch\": { \"updates\": false },", 1);
    watched.write("bundle.config.json", &untold)?;
    watched.fence()?;
    expect(!watched.path("elsewhere/bundle-dev").exists(), "pages learn of nothing")?;
    watched.write("bundle.config.json", &elsewhere)?;
    watched.fence()?;
    watched.updates("elsewhere")?;
    watched.end()
}

/// The same where permissions are in the way. They do not stop root, so that it runs as nobody
/// then.
#[cfg(unix)]
fn protected_folder() -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    let mode = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).map_err(reported)
    };
    // The folder of the tests may be in root's own, which nobody else can read.
    let fresh = std::env::temp_dir().join(format!("bundle-protected-{}", std::process::id()));
    // What an interrupted run with the same number left.
    let _ = fs::remove_dir_all(&fresh);
    let folder = fresh.join("watched/project");
    fill(&folder, SMALL, CONFIG)?;
    fs::create_dir(folder.join("out")).map_err(reported)?;
    mode(&folder.join("out"), 0o777)?;
    let Some(command) = stoppable(&folder) else {
        let text = "not possible on this machine: to run as somebody whom permissions stop";
        if std::env::var_os("BUNDLE_TEST_ALL").is_some() {
            return Err(text.to_owned());
        }
        // Written past the capture of the test harness, which shows it of failed tests only.
        let _ = writeln!(std::io::stderr(), "{text}");
        return Ok(());
    };
    let mut watched = Watched::start_as(command, folder)?;
    mode(&watched.path("out"), 0o555)?;
    watched.write("shared.js", "export const s = 'second';\n")?;
    let settled = watched.fence()?;
    expect(
        !settled.is_built && settled.diagnostics[0].contains("not-written"),
        "the folder is protected",
    )?;
    expect(
        watching::outputs(&watched.path("out"))? == watched.before,
        "every output is as it was",
    )?;
    mode(&watched.path("out"), 0o777)?;
    expect(watched.process.next_build()?.is_built, "it is written as soon as it may be")?;
    expect(watched.read("out/a.js")?.contains("'second'"), "the last outputs are written")?;
    watched.look()?;
    watched.settle()?;
    watched.end()
}

#[cfg(not(unix))]
fn protected_folder() -> Result<(), String> {
    Ok(())
}

/// The binary as somebody whom permissions stop, if it can read the folder then.
fn stoppable(folder: &Path) -> Option<Command> {
    let is_root = Command::new("id").arg("-u").output().is_ok_and(|id| id.stdout == b"0\n");
    if !is_root {
        return Some(Command::new(work::binary()));
    }
    let as_nobody = || {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=65534", "--regid=65534", "--clear-groups", "--"])
            .arg(work::binary());
        command
    };
    let mut check = as_nobody();
    check
        .args(["inspect", "config"])
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    check.status().is_ok_and(|status| status.success()).then(as_nobody)
}

/// As package managers unpack them: another version of a file may have the same length and the same
/// time.
fn same_length_and_time() -> Result<(), String> {
    let mut watched = Watched::start(SMALL, CONFIG)?;
    let old = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(500_000_000);
    for text in
        ["export const s = 'one';\n", "export const s = 'two';\n", "export const s = 'six';\n"]
    {
        let waiting = watched.folder.with_extension("unpacked");
        fs::write(&waiting, text).map_err(reported)?;
        let file = fs::File::options().write(true).open(&waiting).map_err(reported)?;
        file.set_modified(old).map_err(reported)?;
        drop(file);
        fs::rename(&waiting, watched.path("shared.js")).map_err(reported)?;
        watched.settle()?;
    }
    expect(watched.read("out/a.js")?.contains("'six'"), "the last version is built")?;
    watched.end()
}
