//! What builds keep on disk for each other: one file for each configuration, in
//! `node_modules/.cache/bundle`, where others keep theirs. Nothing depends on it: without it, or
//! where it cannot be read or written, a build takes longer, and that is all. A file is written
//! beside its place and renamed, so that builds side by side see whole ones; the last one wins.

use std::{
    fs::{self, File},
    io::{self, Write},
    time::{Duration, SystemTime},
};

use bundle_base::{
    Diagnostics,
    config::relative,
    fs::{FileKind, FsError},
};
use bundle_engine::{Cache, Session, Snapshot, Unusable};
use camino::{Utf8Path, Utf8PathBuf};

use crate::{
    messages,
    project::{Project, shown},
};

/// All files together, in bytes. The shop of the benches has 12 MB.
const LIMIT: u64 = 256 << 20;
/// What a killed build left, nobody finishes after this.
const ABANDONED: Duration = Duration::from_hours(1);
const KEPT: &str = "pack";
const UNFINISHED: &str = "tmp";

/// Where a configuration's cache is.
pub struct Place {
    path: Utf8PathBuf,
}

/// The cache of a project, with what earlier builds left. `None`: there is no `node_modules` to
/// keep it in.
pub fn open(project: &Project, log: &mut Diagnostics) -> Option<(Cache, Place)> {
    let (config, fs) = (&project.config, project.fs.as_ref());
    let packages = config.project.ancestors().map(|folder| folder.join("node_modules"));
    let packages =
        packages.into_iter().find(|folder| fs.kind(folder) == Some(FileKind::Directory))?;
    // Projects that share packages share no cache, though their configurations are the same.
    let inside = relative(packages.parent().unwrap_or(Utf8Path::new("/")), &config.project);
    let mut cache = Cache::new(
        config,
        &[env!("CARGO_PKG_VERSION"), env!("BUNDLE_SOURCES"), &inside].join("\n"),
    );
    let path = packages.join(".cache/bundle").join(cache.name()).with_extension(KEPT);
    let is_whole = match fs.read(&path) {
        Ok(bytes) => cache.restore(bytes) != Err(Unusable::Damaged),
        Err(FsError::NotFound | FsError::NotADirectory) => true,
        Err(FsError::NotAFile(_) | FsError::Denied | FsError::Loop | FsError::Other(_)) => false,
    };
    let place = Place { path };
    if !is_whole {
        place.blame(project, log);
    }
    Some((cache, place))
}

/// A session with the cache of its project, and where that is. What is wrong with the cache is no
/// matter of watching.
pub fn warm(session: Session, project: &Project) -> (Session, Option<Place>) {
    match open(project, &mut Diagnostics::new()) {
        Some((cache, place)) => (session.with_cache(cache), Some(place)),
        None => (session, None),
    }
}

impl Place {
    /// Keeps what a build made, for the next one.
    pub fn keep(&self, cache: &Cache, project: &Project, log: &mut Diagnostics) {
        if cache.is_damaged() {
            self.blame(project, log);
        }
        let Some(folder) = self.path.parent() else { return };
        // The next build finds nothing or what was there, and is as slow as this one.
        let _ = match cache.snapshot() {
            Some(snapshot) if snapshot.size() as u64 <= LIMIT => self.write(&snapshot, folder),
            Some(_) => Ok(()),
            None => self.touch(),
        };
        let _ = self.make_room(folder);
    }

    fn blame(&self, project: &Project, log: &mut Diagnostics) {
        log.push(messages::damaged_cache(&shown(&self.path, &project.cwd)));
    }

    fn write(&self, snapshot: &Snapshot<'_>, folder: &Utf8Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let name = self.path.file_stem().unwrap_or_default();
        let (waiting, mut file) = (0..)
            .find_map(|number: u32| {
                let waiting =
                    folder.join(format!("{name}-{}-{number}.{UNFINISHED}", std::process::id()));
                match File::options().write(true).create_new(true).open(&waiting) {
                    // Containers share folders, and in each of them the build may be process 1.
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists && number < 100 => {
                        None
                    }
                    opened => Some(opened.map(|file| (waiting, file))),
                }
            })
            .expect("after a hundred there is an answer")?;
        let written = snapshot.pieces().try_for_each(|piece| file.write_all(piece));
        drop(file);
        let placed = written.and_then(|()| fs::rename(&waiting, &self.path));
        placed.inspect_err(|_| drop(fs::remove_file(&waiting)))
    }

    /// It is the one that was used last.
    fn touch(&self) -> io::Result<()> {
        File::options().append(true).open(&self.path)?.set_modified(SystemTime::now())
    }

    /// Removes files that were not used for the longest time, until all of them are small enough,
    /// and what killed builds left.
    fn make_room(&self, folder: &Utf8Path) -> io::Result<()> {
        let mut kept = Vec::new();
        for entry in folder.read_dir_utf8()? {
            let entry = entry?;
            let (path, metadata) = (entry.path(), entry.metadata()?);
            let used = metadata.modified()?;
            match path.extension() {
                Some(UNFINISHED) if used.elapsed().is_ok_and(|age| age > ABANDONED) => {
                    fs::remove_file(path)?;
                }
                Some(KEPT) if path != self.path => {
                    kept.push((used, metadata.len(), path.to_owned()));
                }
                _ => {}
            }
        }
        kept.sort();
        let ours = self.path.metadata().map_or(0, |metadata| metadata.len());
        let mut size = ours + kept.iter().map(|(_, size, _)| size).sum::<u64>();
        for (_, bytes, path) in kept {
            if size <= LIMIT {
                break;
            }
            fs::remove_file(&path)?;
            size -= bytes;
        }
        Ok(())
    }
}
