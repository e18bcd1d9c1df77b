//! The cache of a build: the results that this machine keeps, and those that others share. On disk
//! it is one file for each configuration, in `node_modules/.cache/bundle`, beside the caches of
//! other tools. No result depends on it: without it, or if it cannot be read or written, a build
//! only takes longer. A file is written under a temporary name and renamed, so that parallel builds
//! see complete files; the last one wins.

use std::{
    fs::{self, File},
    io::{self, Write},
    num::NonZero,
    thread,
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
    messages, platform,
    project::{Project, shown},
    shared_cache::Shared,
};

/// The most bytes of all cache files together. The shop of the benches has 12 MB.
const LIMIT: u64 = 256 << 20;
/// A temporary file of this age was left by a killed build.
const ABANDONED: Duration = Duration::from_hours(1);
pub const KEPT: &str = "pack";
/// The folder of the files in `node_modules`.
pub const FOLDER: &str = ".cache/bundle";
const UNFINISHED: &str = "tmp";

/// The path of a configuration's cache file.
pub struct CacheFile {
    path: Utf8PathBuf,
}

/// The cache of a project, with the results of earlier builds.
pub struct Opened {
    pub cache: Cache,
    /// Where this machine keeps it; `None`: there is no `node_modules` for it.
    pub place: Option<CacheFile>,
    /// The part of the shared cache that is being fetched.
    pub shared: Option<Shared>,
}

/// Opens the cache of a project. `threads`: those of the build. `None` if there is neither a
/// `node_modules` to keep it in nor a shared cache.
pub fn open(project: &Project, threads: usize, log: &mut Diagnostics) -> Option<Opened> {
    let packages = packages(project);
    if packages.is_none() && project.sharing.is_none() {
        return None;
    }
    let mut cache = empty(project, packages.as_deref());
    let place = packages.map(|packages| restore(&mut cache, &packages, project, log));
    let shared = project.sharing.as_ref().map(|sharing| sharing.join(&mut cache, threads));
    if place.is_none() {
        match shared.as_ref().filter(|shared| shared.is_written()) {
            Some(shared) => cache.keep_on(shared.demand()),
            None => cache.only_read(),
        }
    }
    Some(Opened { cache, place, shared })
}

/// Returns the folder `node_modules` that keeps the cache of a project.
pub fn packages(project: &Project) -> Option<Utf8PathBuf> {
    let folders = project.config.project.ancestors().map(|folder| folder.join("node_modules"));
    folders.into_iter().find(|folder| project.fs.kind(folder) == Some(FileKind::Directory))
}

/// Creates the cache of a project without entries.
pub fn empty(project: &Project, packages: Option<&Utf8Path>) -> Cache {
    let config = &project.config;
    // Projects that share a `node_modules` folder have separate caches, even if their
    // configurations are equal.
    let above = packages.and_then(Utf8Path::parent).unwrap_or(&config.project);
    let inside = relative(above, &config.project);
    Cache::new(config, &[env!("CARGO_PKG_VERSION"), env!("BUNDLE_SOURCES"), &inside].join("\n"))
}

fn restore(
    cache: &mut Cache,
    packages: &Utf8Path,
    project: &Project,
    log: &mut Diagnostics,
) -> CacheFile {
    let (fs, path) = (&project.fs, path_of(cache, packages));
    let is_whole = match fs.read(&path) {
        Ok(bytes) => cache.restore(bytes) != Err(Unusable::Damaged),
        Err(FsError::NotFound | FsError::NotADirectory) => true,
        Err(FsError::NotAFile(_) | FsError::Denied | FsError::Loop | FsError::Other(_)) => false,
    };
    let place = CacheFile { path };
    if !is_whole {
        place.blame(project, log);
    }
    place
}

/// Returns the path of the file that keeps a cache.
pub fn path_of(cache: &Cache, packages: &Utf8Path) -> Utf8PathBuf {
    packages.join(FOLDER).join(cache.name()).with_extension(KEPT)
}

/// Adds the project's cache to a session, and returns where the cache is. In watch mode a damaged
/// cache is not reported, and nothing is written to a shared one.
pub fn warm(
    session: Session,
    project: &Project,
    jobs: Option<usize>,
) -> (Session, Option<CacheFile>) {
    match open(project, threads(jobs), &mut Diagnostics::new()) {
        Some(Opened { cache, place, .. }) => (session.with_cache(cache), place),
        None => (session, None),
    }
}

/// Returns the number of threads of a build.
pub fn threads(jobs: Option<usize>) -> usize {
    jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, NonZero::get))
}

impl CacheFile {
    /// Writes the results of a build for the next one.
    pub fn keep(&self, cache: &Cache, project: &Project, log: &mut Diagnostics) {
        if cache.is_damaged() {
            self.blame(project, log);
        }
        let Some(folder) = self.path.parent() else { return };
        // If writing fails, the next build finds the old cache or none, and is only slower.
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
        let placed = written.and_then(|()| platform::rename(&waiting, &self.path));
        placed.inspect_err(|_| drop(fs::remove_file(&waiting)))
    }

    /// Marks the file as the last one used.
    fn touch(&self) -> io::Result<()> {
        File::options().append(true).open(&self.path)?.set_modified(SystemTime::now())
    }

    /// Removes the least recently used files until all of them together are below the limit, and
    /// the temporary files of killed builds.
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
