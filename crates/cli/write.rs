//! Outputs to disk, all or nothing. Every file is first written completely beside its place; only when all of them are
//! there are they renamed into it, so that a full disk or a missing permission leaves the old files as they were. A file
//! that has its contents already is not touched, its modification time included.

use std::{
    fs::{self, File},
    io::{self, Read, Write},
};

use bundle_base::{Diagnostic, Diagnostics, config::absolute};
use bundle_engine::Outputs;
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    messages, metafile,
    project::{Project, shown},
    report::Written,
};

/// A file to be replaced.
struct Planned<'a> {
    /// Where it goes; a symbolic link is followed, because users link outputs into their server's folders.
    path: Utf8PathBuf,
    /// The same as the user sees it.
    shown: String,
    bytes: &'a [u8],
    /// Where its new contents wait; `None` if the file is as it should be.
    waiting: Option<Utf8PathBuf>,
}

/// What has to be undone if not everything can be written.
#[derive(Default)]
struct Undo {
    files: Vec<Utf8PathBuf>,
    folders: Vec<Utf8PathBuf>,
}

/// Writes everything, or nothing and says why.
pub fn all(project: &Project, outputs: &Outputs, metafile: Option<&str>) -> Result<Vec<Written>, Diagnostics> {
    let metafile = metafile.map(|file| (absolute(&project.cwd, file), metafile::text(project, &outputs.metafile)));
    let dir = &project.config.output.dir;
    let mut places: Vec<(Utf8PathBuf, &[u8])> = Vec::new();
    let mut log = Diagnostics::new();
    for file in &outputs.files {
        let path = absolute(dir, &file.path);
        if !path.starts_with(dir) {
            log.push(messages::output_outside(&file.path));
        }
        places.push((path, &file.bytes));
    }
    places.extend(metafile.as_ref().map(|(path, text)| (path.clone(), text.as_bytes())));
    check_inputs(project, outputs, &places, &mut log);
    log.stop_on_error()?;
    let mut undo = Undo::default();
    let planned = prepare(project, places, &mut undo).inspect_err(|_| undo.carry_out())?;
    replace(&planned, &mut undo)?;
    let written =
        |file: Planned<'_>| Written { bytes: file.bytes.len(), is_changed: file.waiting.is_some(), path: file.shown };
    Ok(planned.into_iter().map(written).collect())
}

/// Refuses to overwrite a source, or one output by another: the metafile has a name of its own choice. Compared by where the paths lead, because an output folder may be a link.
fn check_inputs(project: &Project, outputs: &Outputs, places: &[(Utf8PathBuf, &[u8])], log: &mut Diagnostics) {
    let keys = outputs.metafile["inputs"].as_object().into_iter().flatten().map(|(key, _)| key.as_str());
    let inputs: Vec<Utf8PathBuf> = keys
        .flat_map(|key| [absolute(&project.config.project, key), absolute(&project.cwd, key)])
        .filter_map(|path| project.fs.canonical(&path).ok())
        .collect();
    for (at, (path, _)) in places.iter().enumerate() {
        if places[..at].iter().any(|(other, _)| other == path) {
            log.push(messages::two_outputs_at(Utf8Path::new(&shown(path, &project.cwd))));
        }
        if project.fs.canonical(path).is_ok_and(|real| inputs.contains(&real)) {
            log.push(messages::output_over_input(Utf8Path::new(&shown(path, &project.cwd))));
        }
    }
}

/// Writes the new contents of every file beside it.
fn prepare<'a>(
    project: &Project,
    places: Vec<(Utf8PathBuf, &'a [u8])>,
    undo: &mut Undo,
) -> Result<Vec<Planned<'a>>, Diagnostics> {
    let mut log = Diagnostics::new();
    let mut planned = Vec::new();
    for (path, bytes) in places {
        let shown = shown(&path, &project.cwd);
        let path = project.fs.canonical(&path).unwrap_or(path);
        if path.is_dir() {
            log.push(messages::output_is_directory(Utf8Path::new(&shown)));
            continue;
        }
        if path.exists() && !path.is_file() {
            log.push(messages::output_is_special(Utf8Path::new(&shown)));
            continue;
        }
        if has_contents(&path, bytes) {
            planned.push(Planned { path, shown, bytes, waiting: None });
            continue;
        }
        match possible(&path).and_then(|()| write_beside(&path, bytes, undo)) {
            Ok(waiting) => planned.push(Planned { path, shown, bytes, waiting: Some(waiting) }),
            Err(error) => {
                let diagnostic = not_written(Utf8Path::new(&shown), &error);
                log.push(diagnostic);
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

/// An error if no file can have this name. The name to wait under is another one, so writing there would not show it.
fn possible(path: &Utf8Path) -> io::Result<()> {
    match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::InvalidFilename => Err(error),
        Err(_) | Ok(_) => Ok(()),
    }
}

fn write_beside(path: &Utf8Path, bytes: &[u8], undo: &mut Undo) -> io::Result<Utf8PathBuf> {
    let folder = path.parent().unwrap_or(Utf8Path::new("/"));
    create_folders(folder, undo)?;
    let name = path.file_name().unwrap_or("output");
    // The process id keeps two builds into one folder apart; it never reaches an output.
    let waiting = folder.join(format!(".{}.{}.tmp", short(name), std::process::id()));
    undo.files.push(waiting.clone());
    // What a crashed build of the same process id left is ours.
    let _ = fs::remove_file(&waiting);
    let mut file = File::options().write(true).create_new(true).open(&waiting)?;
    file.write_all(bytes)?;
    if let Ok(old) = path.metadata() {
        fs::set_permissions(&waiting, old.permissions())?;
    }
    Ok(waiting)
}

/// A part of a name that leaves room for what is added: names have at most 255 bytes.
fn short(name: &str) -> &str {
    let end = name.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|end| *end <= 200).last();
    &name[..end.unwrap_or(0)]
}

fn create_folders(folder: &Utf8Path, undo: &mut Undo) -> io::Result<()> {
    let missing: Vec<&Utf8Path> = folder.ancestors().take_while(|f| !f.as_str().is_empty() && !f.exists()).collect();
    for folder in missing.into_iter().rev() {
        match fs::create_dir(folder) {
            Ok(()) => undo.folders.push(folder.to_owned()),
            // Another build made it meanwhile.
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Puts everything in place. A rename in one folder does not fail for want of space; if it fails nevertheless, what was
/// replaced before stays, complete, and the diagnostic names it.
fn replace(planned: &[Planned<'_>], undo: &mut Undo) -> Result<(), Diagnostics> {
    let mut replaced = Vec::new();
    for file in planned {
        let Some(waiting) = &file.waiting else { continue };
        if let Err(error) = fs::rename(waiting, &file.path) {
            undo.carry_out();
            let mut log = Diagnostics::new();
            log.push(messages::half_replaced(Utf8Path::new(&file.shown), &reason(&error), &replaced));
            return Err(log);
        }
        replaced.push(file.shown.clone());
    }
    Ok(())
}

impl Undo {
    /// Removes what was made; a folder that somebody else uses by now is not empty and stays.
    fn carry_out(&mut self) {
        for file in self.files.drain(..) {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.drain(..).rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

fn not_written(path: &Utf8Path, error: &io::Error) -> Diagnostic {
    let remedy = REMEDIES.iter().find(|(kind, _)| *kind == error.kind()).map(|(_, remedy)| *remedy);
    messages::not_written(path, &reason(error), remedy)
}

/// What to do, by what went wrong.
const REMEDIES: &[(io::ErrorKind, &str)] = &[
    (io::ErrorKind::PermissionDenied, "give yourself write permission to the folder, or name another with --out-dir"),
    (io::ErrorKind::ReadOnlyFilesystem, "name a folder on another file system with --out-dir"),
    (io::ErrorKind::StorageFull, "make room on the disk; the old files are as they were"),
    (io::ErrorKind::QuotaExceeded, "make room on the disk; the old files are as they were"),
    (io::ErrorKind::NotADirectory, "a file stands where a folder should be; remove it or name another folder"),
    (io::ErrorKind::AlreadyExists, "a file stands where a folder should be; remove it or name another folder"),
    (io::ErrorKind::NotFound, "name another folder with --out-dir"),
    (io::ErrorKind::InvalidFilename, "give the entry a shorter or plainer name: NAME=PATH"),
];

/// Reasons in words that are the same on every system.
const REASONS: &[(io::ErrorKind, &str)] = &[
    (io::ErrorKind::PermissionDenied, "permission denied"),
    (io::ErrorKind::ReadOnlyFilesystem, "the file system is read-only"),
    (io::ErrorKind::StorageFull, "the disk is full"),
    (io::ErrorKind::QuotaExceeded, "the disk quota is used up"),
    (io::ErrorKind::FileTooLarge, "the file is larger than is allowed"),
    (io::ErrorKind::NotADirectory, "a part of its path is a file"),
    (io::ErrorKind::AlreadyExists, "a part of its path is a file"),
    (io::ErrorKind::NotFound, "no file can be made there"),
    (io::ErrorKind::InvalidFilename, "the name is not possible here"),
];

fn reason(error: &io::Error) -> String {
    let known = REASONS.iter().find(|(kind, _)| *kind == error.kind());
    known.map_or_else(|| error.to_string(), |(_, reason)| (*reason).to_owned())
}
