//! Outputs to disk, all or nothing. Every file is first written completely beside its place; only when all of them are
//! there are they renamed into it, so that a full disk or a missing permission leaves the old files as they were. A file
//! that has its contents already is not touched, its modification time included.

use std::{
    fs::{self, File},
    io::{self, Read},
};

use bundle_base::{Diagnostics, config::absolute};
use bundle_engine::{OutputKind, Outputs};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{messages, metafile, project::Project, report::Written};

mod places; // where everything goes, and what stands there
mod reason; // what a system's error means, and what to do about it
mod undo; // new files beside the old ones, and the way back

use places::Place;
use undo::Undo;

/// A file whose new contents are on the disk.
struct Planned<'a> {
    place: Place<'a>,
    /// Where they wait; `None` if the file is as it should be.
    waiting: Option<Utf8PathBuf>,
}

/// Writes everything, or nothing and says why.
pub fn all(project: &Project, outputs: &Outputs, metafile: Option<&str>) -> Result<Vec<Written>, Diagnostics> {
    let metafile = metafile.zip(outputs.metafile.as_ref());
    let metafile = metafile.map(|(file, value)| (absolute(&project.cwd, file), metafile::text(project, value)));
    let dir = &project.config.output.dir;
    let mut wanted: Vec<(Utf8PathBuf, &[u8])> = Vec::new();
    let mut log = Diagnostics::new();
    for file in &outputs.files {
        let path = absolute(dir, &file.path);
        let may_lie_there = |dir: &Utf8PathBuf| file.kind == OutputKind::SourceMap && path.starts_with(dir);
        if !path.starts_with(dir) && !project.config.output.source_map_dir.as_ref().is_some_and(may_lie_there) {
            log.push(messages::output_outside(&file.path));
        }
        wanted.push((path, &file.bytes));
    }
    wanted.extend(metafile.as_ref().map(|(path, text)| (path.clone(), text.as_bytes())));
    let places = places::all(project, wanted, &mut log);
    places::check_inputs(project, outputs, &places, &mut log);
    log.stop_on_error()?;
    let mut undo = Undo::default();
    let planned = prepare(places, &mut undo).inspect_err(|_| undo.carry_out())?;
    replace(&planned, &mut undo)?;
    let written = |file: Planned<'_>| Written {
        bytes: file.place.bytes.len(),
        is_changed: file.waiting.is_some(),
        path: file.place.shown,
    };
    Ok(planned.into_iter().map(written).collect())
}

/// Removes an output that nothing makes any more, and the folders below `dir` that become empty. True if it was removed; what
/// is a symbolic link or no file at all stays.
pub fn remove(path: &Utf8Path, dir: &Utf8Path) -> bool {
    let is_removed = path.symlink_metadata().is_ok_and(|found| found.is_file()) && fs::remove_file(path).is_ok();
    if is_removed {
        let folders = path.ancestors().skip(1).take_while(|folder| folder.starts_with(dir) && *folder != dir);
        // The first one that is not empty ends it.
        let _ = folders.map(fs::remove_dir).find(Result::is_err);
    }
    is_removed
}

/// Writes the new contents of every file beside it.
fn prepare<'a>(places: Vec<Place<'a>>, undo: &mut Undo) -> Result<Vec<Planned<'a>>, Diagnostics> {
    let mut log = Diagnostics::new();
    let mut planned = Vec::new();
    for place in places {
        if has_contents(&place.path, place.bytes) {
            planned.push(Planned { place, waiting: None });
            continue;
        }
        let shown = Utf8Path::new(&place.shown);
        if is_protected(&place.path) {
            log.push(messages::output_is_protected(shown));
            continue;
        }
        match possible(&place.path).and_then(|()| undo.write_beside(&place.path, place.bytes)) {
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

/// Puts everything in place. A rename in one folder does not fail for want of space; if it fails nevertheless, what was
/// replaced before is put back, and the diagnostic names what could not be.
fn replace(planned: &[Planned<'_>], undo: &mut Undo) -> Result<(), Diagnostics> {
    let mut waiting = planned.iter().filter_map(|file| Some((file.waiting.as_ref()?, &file.place))).peekable();
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
    undo.forget();
    Ok(())
}
