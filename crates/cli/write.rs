//! Writes outputs to disk as one set, all or nothing. Every file is first written completely under
//! a temporary name beside its place. Only when all of them exist are they renamed into place,
//! manifests last, so that a full disk or a missing permission leaves the old files as they were,
//! and a manifest never names files that a killed build did not write. A file that already has its
//! contents is not touched, nor is its modification time. All of it happens under a lock, so that
//! only one build compares, replaces and removes files.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::File,
    io::{self, Read},
};

use bundle_base::{Diagnostics, FileSystem};
use bundle_engine::{
    Outputs,
    write_plan::{self, PlannedFile, Target, WritePlan, WriteStep},
};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{messages, metafile, platform, project::Project, stop, written::WrittenFile};

mod leftovers; // files that killed builds left
mod lock; // one build at a time per output folder
mod reason; // errors of the system in words, and their remedies
mod stale; // removal of outputs that are no longer made
mod temporary; // names of temporary files
mod undo; // new files beside the old ones, and how to undo them

use leftovers::Leftovers;
use lock::Lock;
pub use lock::holder;
pub use stale::remove;
use undo::Undo;

/// The outputs to write.
pub struct Set<'a> {
    pub project: &'a Project,
    pub outputs: &'a Outputs,
    /// Earlier outputs that another process has written since.
    pub foreign: &'a BTreeSet<Utf8PathBuf>,
    /// Outputs of earlier builds that this one does not make, in whatever folder.
    pub former: &'a [Utf8PathBuf],
    /// Per output: true if its file is known to have its contents. Outputs beyond the end of the
    /// list count as unknown.
    pub intact: &'a [bool],
}

/// The result of writing.
pub struct Done {
    /// Every output.
    pub written: Vec<WrittenFile>,
    /// The outputs whose contents are new.
    pub changed: Vec<Utf8PathBuf>,
    /// Files of earlier builds that were removed.
    pub removed: Vec<Utf8PathBuf>,
    /// Files of the previous build that are kept for open pages.
    pub kept: BTreeSet<Utf8PathBuf>,
    /// Those of the former outputs that this build has read, or has written under another name.
    pub needed: BTreeSet<Utf8PathBuf>,
    /// Folders that were made.
    pub folders: Vec<Utf8PathBuf>,
    /// The manifest is also about entries that were not built.
    pub is_part: bool,
}

/// A file whose new contents are written, under a temporary name or in place.
struct Planned<'p, 'a> {
    target: &'p Target<'a>,
    /// The temporary file; `None` if the file has its contents already.
    waiting: Option<Utf8PathBuf>,
}

/// Writes all outputs, or none and returns why. `waits` is called with the process that must finish
/// first.
pub fn all(set: &Set<'_>, waits: &mut dyn FnMut(Option<u32>)) -> Result<Done, Diagnostics> {
    let project = set.project;
    let dir = &project.config.output.dir;
    let mut plan = write_plan::plan(project.write_context(), set.outputs, metafile(set))?;
    let mut undo = Undo::default();
    // Another build may change what is read from here on, so the lock comes first.
    let lock = Lock::take(dir, project.fs.as_ref(), &mut undo, waits);
    undo.lock = lock.as_ref().map(|lock| lock.name.clone()).unwrap_or_default();
    let leftovers = sweep(&plan, project, lock.as_ref());
    let next = plan.next_generation(project.is_chosen, &leftovers.leaving);
    let planned =
        prepare(&plan.targets, set.intact, &mut undo).inspect_err(|_| undo.carry_out())?;
    // From here on the process does not end until all of it is done.
    let _placing = stop::placing();
    // New files are listed too: if this build is killed, the next one removes those that it does
    // not make itself.
    undo.note_removals(
        dir,
        &next
            .leaving
            .iter()
            .cloned()
            .chain(appearing(&planned, dir, project.fs.as_ref()))
            .collect(),
    );
    replace(&planned, &mut undo)?;
    let stale = next.leaving.iter().map(|file| dir.join(file)).filter(|path| plan.may_go(path));
    let is_below = |folder: &Utf8Path| folder.starts_with(dir) && folder != dir;
    let removed =
        stale.filter(|path| !set.foreign.contains(path) && remove(path, is_below)).collect();
    let needed = set.former.iter().filter(|path| plan.is_needed(path)).cloned().collect();
    undo.forget();
    leftovers.forget();
    let written = |file: &Planned<'_, '_>| WrittenFile {
        bytes: file.target.bytes.len(),
        is_changed: file.waiting.is_some(),
        path: file.target.shown.clone(),
    };
    let changed = planned.iter().filter(|file| file.waiting.is_some());
    Ok(Done {
        written: planned.iter().map(written).collect(),
        changed: changed.map(|file| file.target.path.clone()).collect(),
        removed,
        kept: next.kept.iter().map(|file| dir.join(file)).collect(),
        needed,
        folders: undo.take_folders(),
        is_part: next.is_part,
    })
}

/// Returns the metafile and where it goes, if `--metafile` is given.
fn metafile<'a>(set: &Set<'_>) -> Option<PlannedFile<'a>> {
    let (path, value) = set.project.metafile.as_ref().zip(set.outputs.metafile.as_ref())?;
    let bytes = Cow::Owned(metafile::text(set.project, value).into_bytes());
    Some(PlannedFile { path: path.clone(), bytes, step: WriteStep::File })
}

/// Finds what killed builds left in all output folders. Without a lock that is not known, and the
/// result is empty.
fn sweep(plan: &WritePlan<'_>, project: &Project, lock: Option<&Lock>) -> Leftovers {
    lock.map(|lock| Leftovers::sweep(&plan.folders(), &lock.name, project.fs.as_ref()))
        .unwrap_or_default()
}

/// Writes the new contents of every file under a temporary name beside it.
fn prepare<'p, 'a>(
    targets: &'p [Target<'a>],
    intact: &[bool],
    undo: &mut Undo,
) -> Result<Vec<Planned<'p, 'a>>, Diagnostics> {
    let mut log = Diagnostics::new();
    let mut planned = Vec::new();
    for (number, target) in targets.iter().enumerate() {
        // A manifest also depends on what earlier builds wrote.
        let is_intact = target.step == WriteStep::File && intact.get(number) == Some(&true);
        if is_intact || has_contents(&target.path, &target.bytes) {
            planned.push(Planned { target, waiting: None });
            continue;
        }
        let shown = Utf8Path::new(&target.shown);
        if is_protected(&target.path) {
            log.push(messages::output_is_protected(shown));
            continue;
        }
        match possible(&target.path).and_then(|()| undo.write_beside(&target.path, &target.bytes)) {
            Ok(waiting) => planned.push(Planned { target, waiting: Some(waiting) }),
            Err(error) => {
                log.push(messages::not_written(
                    shown,
                    &reason::words(&error),
                    reason::remedy(&error),
                ));
                // A full disk is full for the next file too; other reasons may differ by folder.
                if error.kind() == io::ErrorKind::StorageFull {
                    break;
                }
            }
        }
    }
    log.stop_on_error()?;
    Ok(planned)
}

/// Returns the files of the set that did not exist before, relative to the output folder.
fn appearing(planned: &[Planned<'_, '_>], dir: &Utf8Path, fs: &dyn FileSystem) -> Vec<String> {
    let real = fs.canonical(dir).unwrap_or_else(|_| dir.to_owned());
    let is_new = |target: &Target<'_>| {
        target.step == WriteStep::File && target.path.symlink_metadata().is_err()
    };
    let new = planned
        .iter()
        .filter(|file| file.waiting.is_some())
        .map(|file| file.target)
        .filter(|target| is_new(target));
    new.filter_map(|target| Some(target.path.strip_prefix(&real).ok()?.to_string())).collect()
}

/// Whether the file exists and has exactly these bytes.
fn has_contents(path: &Utf8Path, bytes: &[u8]) -> bool {
    let is_same_size = path
        .symlink_metadata()
        .is_ok_and(|m| m.is_file() && usize::try_from(m.len()) == Ok(bytes.len()));
    if !is_same_size {
        return false;
    }
    let mut found = Vec::with_capacity(bytes.len());
    File::open(path).and_then(|mut file| file.read_to_end(&mut found)).is_ok_and(|_| found == bytes)
}

/// Whether the file exists and is protected against writing. A rename would replace it all the
/// same, which is not what the protection is for.
fn is_protected(path: &Utf8Path) -> bool {
    path.is_file()
        && File::options()
            .write(true)
            .open(path)
            .is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
}

/// Returns an error if no file can have this name. The temporary name differs, so writing the
/// temporary file would not show it.
fn possible(path: &Utf8Path) -> io::Result<()> {
    if !platform::may_be_named(path.file_name().unwrap_or_default()) {
        return Err(io::ErrorKind::InvalidFilename.into());
    }
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => Err(error),
        Err(_) | Ok(_) => Ok(()),
    }
}

/// Renames all files into place, in the order of their steps. A rename within one folder does not
/// fail for lack of space. If one fails nevertheless, the files that were replaced before are
/// restored, and the diagnostic names those that could not be.
fn replace(planned: &[Planned<'_, '_>], undo: &mut Undo) -> Result<(), Diagnostics> {
    let mut waiting: Vec<_> =
        planned.iter().filter_map(|file| Some((file.waiting.as_ref()?, file.target))).collect();
    waiting.sort_by_key(|(_, target)| target.step);
    let mut waiting = waiting.into_iter().peekable();
    while let Some((new, target)) = waiting.next() {
        if let Err(error) = undo.replace(&target.path, new, waiting.peek().is_some()) {
            undo.carry_out();
            let shown = |path: &Utf8PathBuf| {
                planned
                    .iter()
                    .find(|file| file.target.path == *path)
                    .map(|file| file.target.shown.clone())
            };
            let stayed: Vec<String> = undo.not_restored().iter().filter_map(shown).collect();
            let mut log = Diagnostics::new();
            let failed = messages::not_written(
                Utf8Path::new(&target.shown),
                &reason::words(&error),
                reason::remedy(&error),
            );
            log.push(messages::half_replaced(failed, &stayed));
            return Err(log);
        }
    }
    Ok(())
}
