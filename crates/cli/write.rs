//! Outputs to disk as one set, all or nothing. Every file is first written completely beside its place; only when all of them
//! are there are they renamed into it, manifests last, so that a full disk or a missing permission leaves the old files as they
//! were, and a killed build a manifest whose files are there. A file that has its contents already is not touched, its
//! modification time included. All of it happens under a lock: what is there is compared, replaced and removed by one build.

use std::{
    borrow::Cow,
    collections::BTreeSet,
    fs::File,
    io::{self, Read},
};

use bundle_base::{Diagnostics, config::absolute};
use bundle_engine::{OutputKind, Outputs};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{messages, metafile, project::Project, report::Written};

mod leftovers; // what killed builds left
mod lock; // one build at a time in a folder
mod places; // where everything goes, and what stands there
mod reason; // what a system's error means, and what to do about it
mod record; // what earlier builds wrote, and what becomes of it
mod stale; // what nothing makes any more goes
mod temporary; // what our files are called before they are in place
mod undo; // new files beside the old ones, and the way back

use leftovers::Leftovers;
use lock::Lock;
use places::{Inputs, Place, Turn, Wanted};
use record::{Record, Succession};
use stale::Stale;
pub use stale::remove;
use undo::Undo;

/// What is to be written.
pub struct Set<'a> {
    pub project: &'a Project,
    pub outputs: &'a Outputs,
    /// Outputs of before that somebody else has written since.
    pub foreign: &'a BTreeSet<Utf8PathBuf>,
}

/// What was done.
pub struct Done {
    /// Every output.
    pub written: Vec<Written>,
    /// Files of earlier builds that are gone.
    pub removed: Vec<Utf8PathBuf>,
    /// Files of the build before that stay for pages that are open.
    pub kept: BTreeSet<Utf8PathBuf>,
}

/// A file whose new contents are on the disk.
struct Planned<'a> {
    place: Place<'a>,
    /// Where they wait; `None` if the file is as it should be.
    waiting: Option<Utf8PathBuf>,
}

/// Writes everything, or nothing and says why. `waits` hears of a process that has to be waited for.
pub fn all(set: &Set<'_>, waits: &mut dyn FnMut(Option<u32>)) -> Result<Done, Diagnostics> {
    let project = set.project;
    let dir = &project.config.output.dir;
    let mut log = Diagnostics::new();
    let mut places = places::all(project, wanted(set, &mut log), &mut log);
    let inputs = Inputs::of(project, set.outputs);
    inputs.check(project, &places, &mut log);
    log.stop_on_error()?;
    let mut undo = Undo::default();
    // Everything from here on is about what no other build changes meanwhile.
    let lock = Lock::take(dir, project.fs.as_ref(), &mut undo, waits);
    undo.lock = lock.as_ref().map(|lock| lock.name.clone()).unwrap_or_default();
    let (next, leftovers) = succeed(project, &mut places, lock.as_ref());
    let places_of_now = places.iter().map(|place| place.path.clone()).collect();
    let planned = prepare(places, &mut undo).inspect_err(|_| undo.carry_out())?;
    undo.note_removals(dir, &next.leaving);
    replace(&planned, &mut undo)?;
    let stale = Stale { disk: project.fs.as_ref(), dir, places: places_of_now, inputs: &inputs, foreign: set.foreign };
    let removed = stale.remove(&next.leaving);
    undo.forget();
    leftovers.forget();
    let written = |file: Planned<'_>| Written {
        bytes: file.place.bytes.len(),
        is_changed: file.waiting.is_some(),
        path: file.place.shown,
    };
    let kept = next.kept.iter().map(|file| dir.join(file)).collect();
    Ok(Done { written: planned.into_iter().map(written).collect(), removed, kept })
}

/// Every file with where it is wanted.
fn wanted<'a>(set: &Set<'a>, log: &mut Diagnostics) -> Vec<Wanted<'a>> {
    let (project, output) = (set.project, &set.project.config.output);
    let mut wanted = Vec::new();
    for file in &set.outputs.files {
        let path = absolute(&output.dir, &file.path);
        let may_lie_there = |dir: &Utf8PathBuf| file.kind == OutputKind::SourceMap && path.starts_with(dir);
        if !path.starts_with(&output.dir) && !output.source_map_dir.as_ref().is_some_and(may_lie_there) {
            log.push(messages::output_outside(&file.path));
        }
        wanted.push((path, Cow::Borrowed(file.bytes.as_slice()), Turn::of(file)));
    }
    let metafile = project.metafile.as_ref().zip(set.outputs.metafile.as_ref());
    let text = |value| Cow::Owned(metafile::text(project, value).into_bytes());
    wanted.extend(metafile.map(|(path, value)| (path.clone(), text(value), Turn::File)));
    wanted
}

/// What becomes of what earlier builds wrote. The manifest says it, so its place gets another text. Nothing is known without one.
fn succeed(project: &Project, places: &mut [Place<'_>], lock: Option<&Lock>) -> (Succession, Leftovers) {
    let record = places.iter().position(|place| place.turn == Turn::Record);
    let before = record.and_then(|at| project.fs.read(&places[at].path).ok());
    let before = before.map(|bytes| Record::parse(&bytes)).unwrap_or_default();
    let dir = &project.config.output.dir;
    let files = places.iter().map(|place| place.path.clone()).chain(before.files().map(|file| dir.join(file)));
    let folders = files.filter_map(|file| file.parent().map(Utf8Path::to_owned)).chain([dir.clone()]).collect();
    let leftovers = lock.map(|lock| Leftovers::sweep(&folders, &lock.name, project.fs.as_ref())).unwrap_or_default();
    let Some(at) = record else { return (Succession::default(), leftovers) };
    let unfinished = record::inside(leftovers.leaving.iter().map(String::as_str));
    let mut next = before.succeed(&places[at].bytes, project.config.mode, (project.is_chosen, unfinished));
    places[at].bytes = Cow::Owned(std::mem::take(&mut next.manifest));
    for place in places.iter_mut().filter(|place| next.is_part && place.turn == Turn::Manifest) {
        let joined = project.fs.read(&place.path).ok().and_then(|before| record::joined(&place.bytes, &before));
        place.bytes = joined.map_or_else(|| std::mem::take(&mut place.bytes), Cow::Owned);
    }
    (next, leftovers)
}

/// Writes the new contents of every file beside it.
fn prepare<'a>(places: Vec<Place<'a>>, undo: &mut Undo) -> Result<Vec<Planned<'a>>, Diagnostics> {
    let mut log = Diagnostics::new();
    let mut planned = Vec::new();
    for place in places {
        if has_contents(&place.path, &place.bytes) {
            planned.push(Planned { place, waiting: None });
            continue;
        }
        let shown = Utf8Path::new(&place.shown);
        if is_protected(&place.path) {
            log.push(messages::output_is_protected(shown));
            continue;
        }
        match possible(&place.path).and_then(|()| undo.write_beside(&place.path, &place.bytes)) {
            Ok(waiting) => planned.push(Planned { place, waiting: Some(waiting) }),
            Err(error) => {
                log.push(messages::not_written(shown, &reason::words(&error), reason::remedy(&error)));
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

/// True if the file is there and is exactly this.
fn has_contents(path: &Utf8Path, bytes: &[u8]) -> bool {
    let is_same_size =
        path.symlink_metadata().is_ok_and(|m| m.is_file() && usize::try_from(m.len()) == Ok(bytes.len()));
    if !is_same_size {
        return false;
    }
    let mut found = Vec::with_capacity(bytes.len());
    File::open(path).and_then(|mut file| file.read_to_end(&mut found)).is_ok_and(|_| found == bytes)
}

/// True if the file is there and may not be written. A rename would replace it all the same, and whoever protected it
/// did not mean that.
fn is_protected(path: &Utf8Path) -> bool {
    path.is_file()
        && File::options().write(true).open(path).is_err_and(|error| error.kind() == io::ErrorKind::PermissionDenied)
}

/// An error if no file can have this name. The name to wait under is another one, so writing there would not show it.
fn possible(path: &Utf8Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => Err(error),
        Err(_) | Ok(_) => Ok(()),
    }
}

/// Puts everything in place, in turns. A rename in one folder does not fail for want of space; if it fails nevertheless, what was
/// replaced before is put back, and the diagnostic names what could not be.
fn replace(planned: &[Planned<'_>], undo: &mut Undo) -> Result<(), Diagnostics> {
    let mut waiting: Vec<_> = planned.iter().filter_map(|file| Some((file.waiting.as_ref()?, &file.place))).collect();
    waiting.sort_by_key(|(_, place)| place.turn);
    let mut waiting = waiting.into_iter().peekable();
    while let Some((new, place)) = waiting.next() {
        if let Err(error) = undo.replace(&place.path, new, waiting.peek().is_some()) {
            undo.carry_out();
            let shown = |path: &Utf8PathBuf| {
                planned.iter().find(|file| file.place.path == *path).map(|file| file.place.shown.clone())
            };
            let stayed: Vec<String> = undo.not_restored().iter().filter_map(shown).collect();
            let mut log = Diagnostics::new();
            let failed =
                messages::not_written(Utf8Path::new(&place.shown), &reason::words(&error), reason::remedy(&error));
            log.push(messages::half_replaced(failed, &stayed));
            return Err(log);
        }
    }
    Ok(())
}
