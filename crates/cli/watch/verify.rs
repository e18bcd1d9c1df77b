//! `--verify`: after each rebuild the outputs are compared with those of a clean build, which
//! decides the configuration again and reuses no results. A change that the watcher missed shows as
//! a difference too, because the clean build reads the disk. Both the Session's outputs and the
//! files on the disk are compared, except `bundle-dev/`. A change that arrives while the clean
//! build runs makes the comparison void; the rebuild that it leads to is compared instead.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::BuildHasher as _,
    mem,
    sync::Arc,
    time::Duration,
};

use bundle_base::{
    Config, Diagnostic, Diagnostics, Label, Source, Span,
    config::absolute,
    fs::{Change, OsFs},
};
use bundle_engine::{ChangeSet, OutputFile, OutputKind, Outputs};
use camino::Utf8PathBuf;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde_json::{Map, Value, json};

use super::disk::Stamp;
use crate::{
    args::Invocation,
    messages,
    project::{self, Project, shown},
    reproducible::same_bytes,
};

/// What is kept of the rebuilds before.
#[derive(Default)]
pub struct Verify {
    /// The outputs as the last comparison found them on the disk.
    found: BTreeMap<Utf8PathBuf, OutputOnDisk>,
    /// The changes since the outputs were last correct.
    changes: BTreeMap<Utf8PathBuf, Change>,
}

/// A file on the disk.
struct OutputOnDisk {
    /// A hash of the file's bytes.
    hash: u64,
    stamp: Stamp,
}

/// How a rebuild differs from a clean build.
enum Difference {
    /// The configuration on the disk differs from the watcher's.
    Configuration,
    /// A clean build fails.
    Fails(Diagnostics),
    /// Only a clean build makes the file.
    Missing(String),
    /// Only the rebuild makes the file.
    Unwanted(String),
    /// The file is no longer made, and still exists.
    Left(String),
    /// The metafiles differ.
    Metafile,
    /// The texts differ. `is_on_disk`: the clean build's text differs from the file on the disk,
    /// not from what the rebuild made.
    Text { rebuilt: Arc<Source>, clean: String, at: usize, is_on_disk: bool },
}

/// The result of a comparison.
pub struct Compared {
    /// The number of files of the clean build.
    pub files: usize,
    differences: Vec<Difference>,
    /// Files that were written although they had these bytes already.
    rewritten: Vec<String>,
}

impl Verify {
    /// Records the changes that a rebuild covers.
    pub fn note(&mut self, changes: &ChangeSet) {
        self.changes.extend(changes.iter().map(|(path, change)| (path.to_owned(), change)));
    }

    /// Called before outputs are written. Forgets the files that other processes have written
    /// since: they may be written again.
    pub fn before_writing(&mut self) {
        self.found.retain(|path, found| Stamp::of(path).as_ref() == Some(&found.stamp));
    }

    /// Builds again, and compares with these outputs of a rebuild and with the disk.
    pub fn compare(
        &mut self,
        invocation: &Invocation,
        project: &Project,
        outputs: &Outputs,
    ) -> Compared {
        let clean = match clean_build(invocation, project) {
            Ok(clean) => clean,
            Err(difference) => {
                return Compared { files: 0, differences: vec![difference], rewritten: Vec::new() };
            }
        };
        let mut differences = differing_outputs(project, outputs, &clean);
        let before = mem::take(&mut self.found);
        let mut rewritten = Vec::new();
        let dir = &project.config.output.dir;
        for file in &clean.files {
            let path = absolute(dir, &file.path);
            let name = shown(&path, &project.cwd);
            let (Ok(bytes), Some(stamp)) = (project.fs.read(&path), Stamp::of(&path)) else {
                differences.push(Difference::Missing(name));
                continue;
            };
            let hash = FxBuildHasher.hash_one(&bytes);
            if before.get(&path).is_some_and(|found| found.hash == hash && found.stamp != stamp) {
                rewritten.push(name.clone());
            }
            let is_same = bytes == *file.bytes || is_same_manifest(file, &bytes, project.is_chosen);
            if !is_same
                && outputs
                    .files
                    .iter()
                    .any(|made| made.path == file.path && made.bytes == file.bytes)
            {
                differences.push(text(name, path.clone(), &bytes, &file.bytes, true));
            }
            self.found.insert(path, OutputOnDisk { hash, stamp });
        }
        differences.extend(left_behind(project, &before, &self.found));
        Compared { files: clean.files.len(), differences, rewritten }
    }

    /// Forgets the changes: the outputs are correct.
    pub fn forget_changes(&mut self) {
        self.changes.clear();
    }

    /// Returns the changes since the outputs were last correct, by shown path.
    pub fn shown_changes(&self, project: &Project) -> Vec<(String, Change)> {
        self.changes.iter().map(|(path, change)| (shown(path, &project.cwd), *change)).collect()
    }
}

fn clean_build(invocation: &Invocation, project: &Project) -> Result<Outputs, Difference> {
    let mut log = Diagnostics::new();
    let config: Option<Arc<Config>> =
        project::open_through(invocation, &project.cwd, &OsFs, &mut log)
            .map(|opened| opened.config);
    if config.is_none_or(|config| config != project.config) {
        return Err(Difference::Configuration);
    }
    let built = project.session().build_last(&mut |_| ());
    built.map(|built| built.outputs).map_err(Difference::Fails)
}

/// Returns how two lists of outputs differ.
fn differing_outputs(project: &Project, outputs: &Outputs, clean: &Outputs) -> Vec<Difference> {
    let by_path = |outputs: &'_ Outputs| -> BTreeSet<String> {
        outputs.files.iter().map(|f| f.path.clone()).collect()
    };
    let (ours, theirs) = (by_path(outputs), by_path(clean));
    let place = |path: &str| absolute(&project.config.output.dir, path);
    let name = |path: &String| shown(&place(path), &project.cwd);
    let missing = theirs.difference(&ours).map(|path| Difference::Missing(name(path)));
    let unwanted = ours.difference(&theirs).map(|path| Difference::Unwanted(name(path)));
    let mut differences: Vec<Difference> = missing.chain(unwanted).collect();
    let known: FxHashMap<&str, &OutputFile> =
        clean.files.iter().map(|file| (file.path.as_str(), file)).collect();
    for file in &outputs.files {
        if let Some(other) = known.get(file.path.as_str()).filter(|other| other.bytes != file.bytes)
        {
            differences.push(text(
                name(&file.path),
                place(&file.path),
                &file.bytes,
                &other.bytes,
                false,
            ));
        }
    }
    if differences.is_empty() && outputs.metafile != clean.metafile {
        differences.push(Difference::Metafile);
    }
    differences
}

fn text(
    name: String,
    path: Utf8PathBuf,
    rebuilt: &[u8],
    clean: &[u8],
    is_on_disk: bool,
) -> Difference {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (rebuilt, clean) = (text(rebuilt), text(clean));
    let at = same_bytes(rebuilt.as_bytes(), clean.as_bytes());
    Difference::Text { rebuilt: Source::new(path, name, rebuilt), clean, at, is_on_disk }
}

/// Whether a manifest on the disk may differ as it does: it may list kept files and other entries
/// of earlier builds.
fn is_same_manifest(file: &OutputFile, found: &[u8], is_chosen: bool) -> bool {
    let without_kept = |bytes: &[u8]| {
        serde_json::from_slice::<Map<String, Value>>(bytes).ok().map(|mut manifest| {
            manifest.shift_remove("kept");
            manifest
        })
    };
    file.kind == OutputKind::Manifest
        && (is_chosen
            || without_kept(found).is_some_and(|found| Some(found) == without_kept(&file.bytes)))
}

/// Returns the files that earlier builds wrote and that are still as they left them. With hashes in
/// their names files may stay for open pages, so none are returned.
fn left_behind(
    project: &Project,
    before: &BTreeMap<Utf8PathBuf, OutputOnDisk>,
    now: &BTreeMap<Utf8PathBuf, OutputOnDisk>,
) -> Vec<Difference> {
    let output = &project.config.output;
    if output.hash {
        return Vec::new();
    }
    let gone =
        before.iter().filter(|(path, _)| path.starts_with(&output.dir) && !now.contains_key(*path));
    let there = gone.filter(|(path, found)| Stamp::of(path).as_ref() == Some(&found.stamp));
    there.map(|(path, _)| Difference::Left(shown(path, &project.cwd))).collect()
}

impl Compared {
    /// Whether nothing differs.
    pub fn is_same(&self) -> bool {
        self.differences.is_empty()
    }

    /// Returns the first difference with all that is known of it, and the files that were written
    /// needlessly.
    pub fn diagnostics(&self, changes: &[(String, Change)]) -> Vec<Diagnostic> {
        let mut diagnostics = Vec::new();
        if let Some(first) = self.differences.first() {
            let more: Vec<&str> =
                self.differences[1..].iter().filter_map(Difference::file).collect();
            diagnostics.push(messages::after_changes(first.diagnostic(), changes, &more));
        }
        if !self.rewritten.is_empty() {
            diagnostics.push(messages::rewritten(&self.rewritten));
        }
        diagnostics
    }

    /// Returns the comparison as JSON.
    pub fn to_json(&self, changes: &[(String, Change)], took: Duration) -> Value {
        let of_kind = |kind: Change| -> Vec<&str> {
            changes
                .iter()
                .filter(|(_, change)| *change == kind)
                .map(|(path, _)| path.as_str())
                .collect()
        };
        json!({
            "files": self.files,
            "differences": self.differences.iter().map(Difference::to_json).collect::<Vec<_>>(),
            "rewritten": self.rewritten,
            "changes": {
                "created": of_kind(Change::Created),
                "changed": of_kind(Change::Changed),
                "removed": of_kind(Change::Removed),
            },
            "milliseconds": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
        })
    }
}

impl Difference {
    fn file(&self) -> Option<&str> {
        match self {
            Self::Missing(file) | Self::Unwanted(file) | Self::Left(file) => Some(file),
            Self::Text { rebuilt, .. } => Some(&rebuilt.name),
            Self::Configuration | Self::Fails(_) | Self::Metafile => None,
        }
    }

    fn diagnostic(&self) -> Diagnostic {
        match self {
            Self::Configuration => messages::missed_configuration(),
            Self::Fails(failed) => messages::only_clean_fails(failed.iter()),
            Self::Missing(file) => messages::only_clean_makes(file),
            Self::Unwanted(file) => messages::clean_makes_not(file),
            Self::Left(file) => messages::clean_leaves_not(file),
            Self::Metafile => messages::metafile_of_rebuild_differs(),
            Self::Text { rebuilt, clean, at, is_on_disk } => {
                let offset = u32::try_from(*at).unwrap_or(u32::MAX);
                let label = Label::new(rebuilt, Span::new(offset, offset));
                let lines = (line_at(&rebuilt.text, *at), line_at(clean, *at));
                messages::rebuild_differs(label, &lines.0, &lines.1, *is_on_disk)
            }
        }
    }

    /// Returns the difference as JSON.
    fn to_json(&self) -> Value {
        let what = match self {
            Self::Configuration => "configuration",
            Self::Fails(_) => "fails",
            Self::Missing(_) => "missing",
            Self::Unwanted(_) => "unwanted",
            Self::Left(_) => "left",
            Self::Metafile => "metafile",
            Self::Text { is_on_disk: false, .. } => "text",
            Self::Text { is_on_disk: true, .. } => "disk",
        };
        let mut entry = json!({ "what": what, "file": self.file() });
        if let Self::Text { rebuilt, clean, at, .. } = self {
            entry["line"] = rebuilt.line_column(u32::try_from(*at).unwrap_or(u32::MAX)).line.into();
            entry["rebuilt"] = line_at(&rebuilt.text, *at).into();
            entry["clean"] = line_at(clean, *at).into();
        }
        entry
    }
}

/// Returns the line that contains a byte; a long line is cut on both sides of it.
fn line_at(text: &str, at: usize) -> String {
    const AROUND: usize = 60;
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |length| at + length);
    let from = start.max(text.floor_char_boundary(at.saturating_sub(AROUND)));
    let to = end.min(text.floor_char_boundary(at + AROUND));
    text[from..to].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_cut_around_the_place() {
        assert_eq!(line_at("one\ntwo\nthree", 5), "two");
        assert_eq!(line_at("one\n", 4), "");
        let long = "x".repeat(500);
        assert_eq!(line_at(&long, 250).len(), 120);
    }
}
