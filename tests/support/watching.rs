//! `bundle --watch` as a process on a real folder. Tests wait for its messages, and never for a
//! time. Both its streams go into one pipe, so that lines keep the order in which they were
//! written.
//!
//! A *fence* proves that a build has settled: after its edits a test renames a file into a watched
//! folder. The system reports changes in their order, so the first rebuild that includes the fence
//! includes everything before it.

use std::collections::{BTreeMap, VecDeque};
use std::fs::{self, Metadata};
use std::io::{BufRead, BufReader, PipeReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use serde_json::Value;

use super::{builds, tree, work};

/// Nothing takes this long unless it does not come at all.
const LIMIT: Duration = Duration::from_mins(2);

/// Arguments of a clean build that are the defaults of `--watch`.
const AS_WATCHED: [&str; 3] = ["--mode", "development", "--updates"];

/// A process that watches. It ends with this value.
pub struct Watching {
    process: Child,
    lines: Receiver<Value>,
    folder: PathBuf,
    /// The last messages, for whoever reads a failure.
    last: VecDeque<String>,
}

/// The messages up to the end of a build.
#[derive(Debug, Default)]
pub struct Settled {
    /// False if the last build failed.
    pub is_built: bool,
    /// The messages of the last build, in order, each as its JSON.
    pub diagnostics: Vec<String>,
    /// The outputs that were written, build by build; one that failed wrote none.
    pub written: Vec<Vec<String>>,
    /// The outputs that nothing makes any more, and that were removed.
    pub removed: Vec<String>,
    /// The outputs that are said to be changed by others.
    pub restored: Vec<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Watching {
    /// Begins to watch in `folder` and waits until changes are waited for.
    pub fn start(folder: &Path) -> Result<(Self, Settled), String> {
        Self::start_as(Command::new(work::binary()), folder)
    }

    /// The same by another command than the binary itself.
    pub fn start_as(mut command: Command, folder: &Path) -> Result<(Self, Settled), String> {
        let reported = |error: std::io::Error| format!("bundle --watch: {error}");
        let (reader, writer) = std::io::pipe().map_err(reported)?;
        command.args(["--watch", "--log-format", "json"]).args(builds::plain(folder, &[]));
        command.current_dir(folder).stdin(Stdio::null());
        command.stdout(writer.try_clone().map_err(reported)?).stderr(writer);
        let process = command.spawn().map_err(reported)?;
        // The command holds the pipe's other end: the reader would wait for it after the process
        // has ended.
        drop(command);
        let mut watching = Self {
            process,
            lines: lines(reader),
            folder: folder.to_owned(),
            last: VecDeque::new(),
        };
        let mut first = Settled { is_built: true, ..Settled::default() };
        let mut written = Vec::new();
        loop {
            let line = watching.line("it watches")?;
            if line["watching"] == true {
                first.written.push(written);
                return Ok((watching, first));
            }
            first.is_built &= line["failed"] != true;
            first.hear(&line);
            written.extend(line["output"].as_str().map(str::to_owned));
        }
    }

    /// Waits for the end of the first build that is about `path`, which is relative to the folder.
    pub fn settled_after(&mut self, path: &str) -> Result<Settled, String> {
        self.settled(Some(path))
    }

    /// Waits for the end of the next build, whatever it is about.
    pub fn next_build(&mut self) -> Result<Settled, String> {
        self.settled(None)
    }

    fn settled(&mut self, about: Option<&str>) -> Result<Settled, String> {
        let mut settled = Settled::default();
        let mut is_covered = about.is_none();
        let waited_for = about.map_or("a build".to_owned(), |path| format!("a build about {path}"));
        loop {
            let line = self.line(&waited_for)?;
            if let Some(changes) = line["changes"].as_object() {
                settled.diagnostics.clear();
                is_covered |= changes.values().any(|paths| {
                    paths
                        .as_array()
                        .is_some_and(|p| p.iter().any(|p| about.is_some_and(|path| p == path)))
                });
            }
            settled.hear(&line);
            settled.restored.extend(
                line["changedByOthers"].as_array().into_iter().flat_map(|files| texts(files)),
            );
            if let Some(files) = line["rebuilt"].as_array() {
                settled.is_built = true;
                settled.written.push(texts(files).collect());
                settled
                    .removed
                    .extend(line["removed"].as_array().into_iter().flat_map(|files| texts(files)));
            } else if line["failed"] == true {
                settled.is_built = false;
                settled.written.push(Vec::new());
            } else {
                continue;
            }
            if is_covered {
                return Ok(settled);
            }
        }
    }

    /// With `--verify`: what comparing the last rebuild with a clean build came to.
    pub fn verified(&mut self) -> Result<Value, String> {
        loop {
            let line = self.line("the rebuild is compared")?;
            match line.get("verified") {
                Some(Value::Null) => drop(self.next_build()?),
                Some(verdict) => return Ok(verdict.clone()),
                None => {}
            }
        }
    }

    /// With lint: what is said of the files that were linted next, and the findings before it.
    pub fn linted(&mut self) -> Result<(Value, Vec<Value>), String> {
        let mut findings = Vec::new();
        loop {
            let line = self.line("files are linted")?;
            if line["severity"].is_string() {
                findings.push(line);
            } else if line["lint"].is_object() {
                return Ok((line["lint"].clone(), findings));
            }
        }
    }

    /// Waits for a diagnostic of a code.
    pub fn said(&mut self, code: &str) -> Result<Value, String> {
        loop {
            let line = self.line(code)?;
            if line["code"] == code {
                return Ok(line);
            }
        }
    }

    /// Renames a file with this text into the folder, after whatever was done before, and waits for
    /// its build.
    pub fn fence(&mut self, path: &str, text: &str) -> Result<Settled, String> {
        // It waits outside of every folder that is watched.
        let waiting = self.folder.with_extension("fence");
        fs::write(&waiting, text).map_err(|error| format!("{}: {error}", waiting.display()))?;
        fs::rename(&waiting, self.folder.join(path)).map_err(|error| format!("{path}: {error}"))?;
        self.settled_after(path)
    }

    /// True if one of the last lines has this code.
    pub fn has_said(&self, code: &str) -> bool {
        self.last.iter().any(|line| line.contains(&format!("\"code\":\"{code}\"")))
    }

    /// True while it runs.
    pub fn is_running(&mut self) -> bool {
        self.process.try_wait().is_ok_and(|ended| ended.is_none())
    }

    fn line(&mut self, waited_for: &str) -> Result<Value, String> {
        let Ok(line) = self.lines.recv_timeout(LIMIT) else {
            let state = if self.is_running() { "nothing more is said" } else { "it has ended" };
            let last = self.last.make_contiguous().join("\n");
            return Err(format!(
                "bundle --watch in {}: {state} before {waited_for}:\n{last}",
                self.folder.display()
            ));
        };
        self.last.push_back(line.to_string());
        while self.last.len() > 20 {
            self.last.pop_front();
        }
        Ok(line)
    }
}

impl Settled {
    fn hear(&mut self, line: &Value) {
        if line["severity"].is_string() {
            self.diagnostics.push(line.to_string());
        }
    }
}

fn texts(values: &[Value]) -> impl Iterator<Item = String> {
    values.iter().filter_map(|value| Some(value.as_str()?.to_owned()))
}

fn lines(reader: PipeReader) -> Receiver<Value> {
    let (sender, receiver) = channel();
    thread::spawn(move || {
        for line in BufReader::new(reader).lines().map_while(Result::ok) {
            // A line that is not JSON is the text of a panic, and has to be shown.
            let value = serde_json::from_str(&line)
                .unwrap_or_else(|_| serde_json::json!({ "severity": line }));
            if sender.send(value).is_err() {
                return;
            }
        }
    });
    receiver
}

/// An output: its bytes, and what changes whenever it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// The contents.
    pub bytes: Vec<u8>,
    /// Modification time in nanoseconds, and the inode, which a rename replaces.
    pub stamp: (i128, u64),
}

/// Every file of an output folder.
pub fn outputs(folder: &Path) -> Result<BTreeMap<String, Output>, String> {
    let mut found = tree::contents(folder)?;
    // The files that pages request during `--watch` are not outputs.
    found.retain(|name, _| !name.starts_with("bundle-dev/"));
    let output = |(name, bytes): (String, Vec<u8>)| {
        let path = folder.join(&name);
        let metadata =
            fs::symlink_metadata(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok((name, Output { bytes, stamp: stamp(&metadata) }))
    };
    found.into_iter().map(output).collect()
}

#[cfg(unix)]
fn stamp(metadata: &Metadata) -> (i128, u64) {
    use std::os::unix::fs::MetadataExt;
    (
        i128::from(metadata.mtime()) * 1_000_000_000 + i128::from(metadata.mtime_nsec()),
        metadata.ino(),
    )
}

#[cfg(not(unix))]
fn stamp(metadata: &Metadata) -> (i128, u64) {
    let modified =
        metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    (modified.map_or(0, |time| i128::try_from(time.as_nanos()).unwrap_or(0)), 0)
}

/// Outputs by name, or the messages of a failed build.
pub type Clean = Result<BTreeMap<String, Vec<u8>>, Vec<String>>;

/// The result of `bundle build` for the same files in another place: its outputs, or its messages.
pub fn clean_build(folder: &Path, arguments: &[&str], out: &str) -> Result<Clean, String> {
    let copy = folder.with_extension("clean");
    let _ = fs::remove_dir_all(&copy);
    tree::copy(folder, &copy)?;
    let _ = fs::remove_dir_all(copy.join(out));
    let all = ["build"].iter().chain(arguments).chain(&AS_WATCHED).chain(&["--log-format", "json"]);
    let ended = builds::bundle(&copy, &all.map(|word| (*word).to_owned()).collect::<Vec<_>>())?;
    if ended.code == Some(0) {
        return Ok(Ok(tree::contents(&copy.join(out))?));
    }
    let said = ended
        .stderr
        .lines()
        .map(|line| serde_json::from_str(line).map_or(line.to_owned(), |v: Value| v.to_string()));
    Ok(Err(said.collect()))
}

/// Checks the folder after a settled build: it has the outputs of a clean build if that succeeds,
/// and the earlier outputs if it fails; and nothing is written that has its bytes already.
pub fn check(
    settled: &Settled,
    (before, after): (&BTreeMap<String, Output>, &BTreeMap<String, Output>),
    clean: &Clean,
    out: &str,
) -> Result<(), String> {
    match clean {
        Ok(expected) => {
            if !settled.is_built {
                return Err(format!(
                    "the rebuild fails, a clean build does not:\n{}",
                    settled.diagnostics.join("\n")
                ));
            }
            let bytes =
                after.iter().map(|(name, output)| (name.clone(), output.bytes.clone())).collect();
            if let Some(difference) = tree::difference(expected, &bytes) {
                return Err(format!("the outputs differ from a clean build's: {difference}"));
            }
        }
        Err(_) if settled.is_built => {
            return Err("a clean build fails, the rebuild does not".to_owned());
        }
        Err(said) if *said != settled.diagnostics => {
            let (clean, rebuilt) = (said.join("\n"), settled.diagnostics.join("\n"));
            return Err(format!("a clean build says\n{clean}\nthe rebuild says\n{rebuilt}"));
        }
        Err(_) => {}
    }
    let inside = |name: &'_ String| Some(name.strip_prefix(out)?.strip_prefix('/')?.to_owned());
    let written: Vec<String> = settled.written.iter().flatten().filter_map(inside).collect();
    let removed: Vec<String> = settled.removed.iter().filter_map(inside).collect();
    for (name, output) in after {
        let old = before.get(name);
        let is_same = old == Some(output);
        if written.contains(name) == is_same {
            return Err(format!(
                "{name}: is the same file as before: {is_same}, written: {written:?}"
            ));
        }
        // Of several builds the second may have written back what the first changed.
        if settled.written.len() == 1
            && !is_same
            && old.is_some_and(|old| old.bytes == output.bytes)
        {
            return Err(format!("{name} is written again, and nothing in it differs"));
        }
    }
    match before.keys().find(|name| !after.contains_key(*name) && !removed.contains(name)) {
        Some(lost) => Err(format!("{lost} is gone, and nobody says that it is removed")),
        None => Ok(()),
    }
}
