//! Outputs to disk, all or nothing. Every file is first written completely beside its place; only when all of them are
//! there are they renamed into it, so that a full disk or a missing permission leaves the old files as they were. A file
//! that has its contents already is not touched, its modification time included.

use std::{
    fs::{self, File},
    io::{self, Read},
};

use bundle_base::{Diagnostic, Diagnostics, config::absolute, fs::FsError};
use bundle_engine::{OutputKind, Outputs};
use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    messages, metafile,
    project::{FILE, Project, shown},
    report::Written,
};

mod reason; // what a system's error means, and what to do about it
mod undo; // new files beside the old ones, and the way back

use undo::Undo;

/// A file to be replaced.
struct Place<'a> {
    /// Where it goes; a symbolic link is followed, because users link outputs into their server's folders.
    path: Utf8PathBuf,
    /// The same as the user sees it, links not followed.
    shown: String,
    bytes: &'a [u8],
}

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
    let places = places(project, wanted, &mut log);
    check_inputs(project, outputs, &places, &mut log);
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

/// Where everything goes, as far as something can go there.
fn places<'a>(project: &Project, wanted: Vec<(Utf8PathBuf, &'a [u8])>, log: &mut Diagnostics) -> Vec<Place<'a>> {
    let mut places: Vec<Place<'a>> = Vec::new();
    // By where a place really is: positions of places, because there may be thousands.
    let mut taken: FxHashMap<Utf8PathBuf, usize> = FxHashMap::default();
    for (path, bytes) in wanted {
        let shown = shown(&path, &project.cwd);
        let path = match followed(project, &path, &shown) {
            Ok(path) => path,
            Err(diagnostic) => {
                log.push(*diagnostic);
                continue;
            }
        };
        if path.is_dir() {
            log.push(messages::output_is_directory(Utf8Path::new(&shown)));
        } else if path.exists() && !path.is_file() {
            log.push(messages::output_is_special(Utf8Path::new(&shown)));
        }
        match taken.get(&path).map(|&at| &places[at]) {
            Some(other) if other.shown == shown => log.push(messages::two_outputs_at(Utf8Path::new(&shown))),
            Some(other) => log.push(messages::outputs_linked(&other.shown, &shown)),
            None => drop(taken.insert(path.clone(), places.len())),
        }
        places.push(Place { path, shown, bytes });
    }
    places
}

/// The path with its links followed, the last one even where it leads to no file yet.
fn followed(project: &Project, path: &Utf8Path, shown_path: &str) -> Result<Utf8PathBuf, Box<Diagnostic>> {
    let fs = &project.fs;
    let mut path = path.to_owned();
    // A chain of links to a file that is not there; the system follows as many.
    for _ in 0..40 {
        match fs.canonical(&path) {
            Ok(real) => return Ok(real),
            Err(FsError::Loop) => return Err(Box::new(messages::output_through_loop(Utf8Path::new(shown_path)))),
            Err(_) => {}
        }
        let folder = path.parent().unwrap_or(Utf8Path::new("/"));
        let real = fs.canonical(folder).ok();
        match (fs.read_link(&path), real) {
            (Some(target), Some(real)) => path = real.join(target),
            (None, Some(real)) => return Ok(real.join(path.file_name().unwrap_or_default())),
            (_, None) => {
                let dead = path.ancestors().skip(1).find_map(|above| Some((above, fs.read_link(above)?)));
                let dead = dead.filter(|(above, _)| fs.canonical(above) == Err(FsError::NotFound));
                return match dead {
                    Some((link, target)) => {
                        let link = shown(link, &project.cwd);
                        Err(Box::new(messages::output_through_dead_link(shown_path, &link, target.as_str())))
                    }
                    None => Ok(path),
                };
            }
        }
    }
    Err(Box::new(messages::output_through_loop(Utf8Path::new(shown_path))))
}

/// Refuses to overwrite what the build has read. Compared by where the paths lead, because an output folder may be a link.
fn check_inputs(project: &Project, outputs: &Outputs, places: &[Place<'_>], log: &mut Diagnostics) {
    let modules = outputs.inputs.iter().map(|key| key.split_once('?').map_or(&**key, |(file, _)| file));
    let read: FxHashSet<&str> = modules.chain([FILE, "package.json", "tsconfig.json"]).collect();
    let canonical = |path: &Utf8Path| project.fs.canonical(path).unwrap_or_else(|_| path.to_owned());
    let mut folders = vec![canonical(&project.config.project), canonical(&project.cwd)];
    folders.dedup();
    // Modules are called by where links lead, unless the configuration keeps links.
    let kept: Vec<Utf8PathBuf> = if project.config.resolve.follow_symlinks {
        Vec::new()
    } else {
        folders.iter().flat_map(|folder| read.iter().map(|key| canonical(&folder.join(key)))).collect()
    };
    let is_read = |path: &Utf8Path| {
        let below = folders.iter().filter_map(|folder| path.strip_prefix(folder).ok());
        below.into_iter().any(|key| read.contains(key.as_str())) || kept.iter().any(|input| input == path)
    };
    for place in places.iter().filter(|place| is_read(&place.path)) {
        log.push(messages::output_over_input(Utf8Path::new(&place.shown), project.config.output.file.is_some()));
    }
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
