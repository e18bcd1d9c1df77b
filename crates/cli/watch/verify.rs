//! `--verify`: after each rebuild the outputs are compared with those of a clean build, which
//! decides the configuration anew and remembers nothing. A change that was missed shows as a
//! difference too: the clean build reads the disk. What is compared is what the Session made and
//! what lies on the disk; `bundle-dev/` is outside of it. A change that comes while the clean build
//! runs makes the comparison void, and the rebuild that it leads to is compared instead.

use std::{
    collections::{BTreeMap, BTreeSet},
    hash::BuildHasher as _,
    mem,
    sync::Arc,
    time::{Duration, Instant},
};

use bundle_base::{
    Config, Diagnostic, Diagnostics, Label, Source, Span,
    config::absolute,
    fs::{Change, OsFs},
};
use bundle_engine::{ChangeSet, OutputFile, OutputKind, Outputs, Session};
use camino::Utf8PathBuf;
use rustc_hash::{FxBuildHasher, FxHashMap};
use serde_json::{Map, Value, json};

use super::{Watch, disk::Stamp, session};
use crate::{
    args::Invocation,
    messages,
    project::{self, Project, shown},
    reproducible::same_bytes,
};

/// A change that may explain a difference is noticed within this time, also where the disk has to
/// be asked for it.
const NOTICED: Duration = Duration::from_secs(2);

/// What has to be known of the rebuilds before.
#[derive(Default)]
pub struct Verify {
    /// Outputs as the last comparison found them on the disk.
    found: BTreeMap<Utf8PathBuf, Found>,
    /// What has happened since outputs were as they should be.
    changes: BTreeMap<Utf8PathBuf, Change>,
}

/// A file on the disk.
struct Found {
    /// Of its bytes.
    hash: u64,
    stamp: Stamp,
}

/// How a rebuild differs from a clean build.
enum Difference {
    /// The configuration on the disk is another one than that of the watcher.
    Configuration,
    /// A clean build fails.
    Fails(Diagnostics),
    /// Only a clean build makes the file.
    Missing(String),
    /// Only the rebuild makes the file.
    Unwanted(String),
    /// Nothing makes the file any more, and it lies there.
    Left(String),
    /// The metafiles differ.
    Metafile,
    /// The texts differ: as the rebuild made it, or as it lies on the disk.
    Text { rebuilt: Arc<Source>, clean: String, at: usize, is_on_disk: bool },
}

/// What a comparison came to.
struct Compared {
    files: usize,
    differences: Vec<Difference>,
    /// Files that were written although they had these bytes.
    rewritten: Vec<String>,
}

impl Watch<'_> {
    /// Compares what was written with a clean build, and says what came of it.
    #[expect(clippy::disallowed_methods, reason = "people want to know how long it took")]
    pub(super) fn verify(&mut self) {
        let begin = Instant::now();
        let Some(verify) = self.verify.as_mut() else { return };
        let Some(outputs) = self.disk.outputs() else { return };
        let compared = verify.compare(self.invocation, &self.project, outputs);
        if !compared.differences.is_empty() {
            if !self.watcher.is_overtaken() {
                self.held = self.watcher.next_change_within(NOTICED);
                // Whoever rang is heard afterwards.
                self.watcher.bell().ring();
            }
            if self.held.is_some() || self.watcher.is_overtaken() {
                self.reporter.unverified();
                return;
            }
        }
        let changes = verify.shown_changes(&self.project);
        if compared.differences.is_empty() {
            verify.changes.clear();
        }
        let told = told(&compared, &changes, begin.elapsed());
        self.reporter.say_all(&compared.diagnostics(&changes));
        let is_same = compared.differences.is_empty();
        self.reporter.verified(&told, is_same.then_some(compared.files), begin.elapsed());
    }
}

impl Verify {
    /// Hears of changes that a rebuild is about.
    pub fn note(&mut self, changes: &ChangeSet) {
        self.changes.extend(changes.iter().map(|(path, change)| (path.to_owned(), change)));
    }

    /// Hears that outputs are about to be written: what others have written since may be written
    /// again.
    pub fn before_writing(&mut self) {
        self.found.retain(|path, found| Stamp::of(path).as_ref() == Some(&found.stamp));
    }

    fn compare(
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
        let mut differences = made(project, outputs, &clean);
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
                differences.push(text(name, path.clone(), (&bytes, &file.bytes), true));
            }
            self.found.insert(path, Found { hash, stamp });
        }
        differences.extend(left(project, &before, &self.found));
        Compared { files: clean.files.len(), differences, rewritten }
    }

    fn shown_changes(&self, project: &Project) -> Vec<(String, Change)> {
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
    let mut session: Session = session(project);
    let built = session.build_last(&mut |_| ());
    built.map(|built| built.outputs).map_err(Difference::Fails)
}

/// How two lists of outputs differ.
fn made(project: &Project, outputs: &Outputs, clean: &Outputs) -> Vec<Difference> {
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
                (&file.bytes, &other.bytes),
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
    (rebuilt, clean): (&[u8], &[u8]),
    is_on_disk: bool,
) -> Difference {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (rebuilt, clean) = (text(rebuilt), text(clean));
    let at = same_bytes(rebuilt.as_bytes(), clean.as_bytes());
    Difference::Text { rebuilt: Source::new(path, name, rebuilt), clean, at, is_on_disk }
}

/// What a manifest says on the disk may depend on builds before, too: of files that are kept, and
/// of other entries.
fn is_same_manifest(file: &OutputFile, found: &[u8], is_chosen: bool) -> bool {
    let without_kept = |bytes: &[u8]| {
        serde_json::from_slice::<Map<String, Value>>(bytes).ok().map(|mut told| {
            told.shift_remove("kept");
            told
        })
    };
    file.kind == OutputKind::Manifest
        && (is_chosen
            || without_kept(found).is_some_and(|found| Some(found) == without_kept(&file.bytes)))
}

/// Files that earlier builds wrote, and that lie there as they left them. Those with hashes in
/// their names may stay for pages that are open.
fn left(
    project: &Project,
    before: &BTreeMap<Utf8PathBuf, Found>,
    now: &BTreeMap<Utf8PathBuf, Found>,
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
    /// The first difference with all that is known of it, and files that were written in vain.
    fn diagnostics(&self, changes: &[(String, Change)]) -> Vec<Diagnostic> {
        let mut said = Vec::new();
        if let Some(first) = self.differences.first() {
            let more: Vec<&str> =
                self.differences[1..].iter().filter_map(Difference::file).collect();
            said.push(messages::after_changes(first.diagnostic(), changes, &more));
        }
        if !self.rewritten.is_empty() {
            said.push(messages::rewritten(&self.rewritten));
        }
        said
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
                messages::rebuild_differs(label, (&lines.0, &lines.1), *is_on_disk)
            }
        }
    }

    /// For programs.
    fn told(&self) -> Value {
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
        let mut told = json!({ "what": what, "file": self.file() });
        if let Self::Text { rebuilt, clean, at, .. } = self {
            told["line"] = rebuilt.line_column(u32::try_from(*at).unwrap_or(u32::MAX)).line.into();
            told["rebuilt"] = line_at(&rebuilt.text, *at).into();
            told["clean"] = line_at(clean, *at).into();
        }
        told
    }
}

fn told(compared: &Compared, changes: &[(String, Change)], took: Duration) -> Value {
    let of_kind = |kind: Change| -> Vec<&str> {
        changes
            .iter()
            .filter(|(_, change)| *change == kind)
            .map(|(path, _)| path.as_str())
            .collect()
    };
    json!({
        "files": compared.files,
        "differences": compared.differences.iter().map(Difference::told).collect::<Vec<_>>(),
        "rewritten": compared.rewritten,
        "changes": {
            "created": of_kind(Change::Created),
            "changed": of_kind(Change::Changed),
            "removed": of_kind(Change::Removed),
        },
        "milliseconds": u64::try_from(took.as_millis()).unwrap_or(u64::MAX),
    })
}

/// The line in which a byte is, cut around it where it is long.
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
