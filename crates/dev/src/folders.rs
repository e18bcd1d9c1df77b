//! Which folders to watch, and which paths their events concern. Each folder is watched without its
//! subfolders: whole trees would bring in logs, caches and thousands of packages that no build
//! reads. The system reports real paths, while a Session asks under the names that links give them;
//! this file maps the one to the other.

use std::collections::{BTreeSet, HashMap};

use bundle_base::{FileSystem as _, fs::OsFs};
use camino::{Utf8Path, Utf8PathBuf};

use crate::table::{Table, WatchedPaths};

/// The most links in a row that Linux follows.
const LONGEST_CHAIN: usize = 40;

/// The map from real paths to asked paths.
#[derive(Debug)]
pub struct Folders {
    /// The project's real folder.
    project: Utf8PathBuf,
    /// The folder of each asked path, or the nearest existing one above a missing folder.
    homes: HashMap<Utf8PathBuf, Home>,
    watched: BTreeSet<Utf8PathBuf>,
    /// Real path → asked paths that an event about it concerns.
    concerned: HashMap<Utf8PathBuf, Vec<Utf8PathBuf>>,
    /// The keys of `concerned` that the last `place` or `place_also` added.
    news: Vec<Utf8PathBuf>,
    /// Real folder → the names under which it was listed.
    listed: HashMap<Utf8PathBuf, Vec<Utf8PathBuf>>,
}

/// An existing folder: the path that was asked for, and the real path.
#[derive(Clone, Debug)]
struct Home {
    asked: Utf8PathBuf,
    real: Utf8PathBuf,
}

impl Folders {
    /// Makes a map without any path.
    pub fn new(project: &Utf8Path) -> Self {
        let project = OsFs.canonical(project).unwrap_or_else(|_| project.to_owned());
        Self {
            project,
            homes: HashMap::new(),
            watched: BTreeSet::new(),
            concerned: HashMap::new(),
            news: Vec::new(),
            listed: HashMap::new(),
        }
    }

    /// Returns the folders to watch, as real paths.
    pub fn watched(&self) -> &BTreeSet<Utf8PathBuf> {
        &self.watched
    }

    /// Returns the asked paths that an event about a real path concerns.
    pub fn concerned(&self, path: &Utf8Path) -> &[Utf8PathBuf] {
        self.concerned.get(path).map_or(&[], Vec::as_slice)
    }

    /// Returns all real paths that concern an asked path.
    pub fn all_concerned(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.concerned.keys()
    }

    /// Returns the real paths that the last call of `place` or `place_also` added.
    pub fn news(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.news.iter()
    }

    /// Returns the listings that change when this path appears or disappears.
    pub fn listed_with(&self, path: &Utf8Path) -> &[Utf8PathBuf] {
        path.parent().map_or(&[], |folder| self.listed_as(folder))
    }

    /// Returns the asked paths under which a real folder was listed.
    pub fn listed_as(&self, folder: &Utf8Path) -> &[Utf8PathBuf] {
        self.listed.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Rebuilds the map from these questions alone.
    pub fn place(&mut self, asked: &WatchedPaths, table: &Table) {
        self.watched.clear();
        self.concerned.clear();
        self.listed.clear();
        self.place_also(asked, table);
    }

    /// Adds these questions to the map.
    pub fn place_also(&mut self, asked: &WatchedPaths, table: &Table) {
        self.news.clear();
        for path in &asked.paths {
            self.add(path, path);
            if table.is_link(path) {
                self.add_targets(path);
            }
        }
        for folder in &asked.listings {
            if let Some(home) = self.home(folder).filter(|home| home.asked == *folder) {
                self.watched.insert(home.real.clone());
                self.listed.entry(home.real).or_default().push(folder.clone());
            }
        }
        self.await_project();
        // A folder that is removed and made again shows only in the folder above.
        let above: Vec<Utf8PathBuf> =
            self.watched.iter().flat_map(|folder| self.inside_above(folder)).collect();
        self.watched.extend(above);
    }

    /// Drops the cached folders below a path that appeared, disappeared or was moved.
    pub fn forget(&mut self, path: &Utf8Path) {
        self.homes.retain(|asked, home| !asked.starts_with(path) && !home.real.starts_with(path));
    }

    /// While the project's own folder is missing, watches the nearest existing folder above for it.
    fn await_project(&mut self) {
        let Some(above) = self.project.ancestors().skip(1).find(|above| above.is_dir()) else {
            return;
        };
        if self.project.is_dir() {
            return;
        }
        let below = self.project.strip_prefix(above).ok().and_then(|rest| rest.components().next());
        let waited_for = below.map(|name| above.join(name));
        if let Some(path) = waited_for
            && self.concerned.insert(path.clone(), vec![self.project.clone()]).is_none()
        {
            self.news.push(path);
        }
        self.watched.insert(above.to_owned());
    }

    fn add(&mut self, path: &Utf8Path, asked: &Utf8Path) {
        let Some(home) = path.parent().and_then(|folder| self.home(folder)) else { return };
        // Folders above the project hold unrelated files. A missing file there is not worth all of
        // their events.
        let is_above = self.project != home.real && self.project.starts_with(&home.real);
        if is_above && !path.is_file() {
            return;
        }
        let below = path.strip_prefix(&home.asked).ok().and_then(|rest| rest.components().next());
        let Some(name) = below else { return };
        let concerned = self.concerned.entry(home.real.join(name)).or_insert_with_key(|path| {
            self.news.push(path.clone());
            Vec::new()
        });
        concerned.push(asked.to_owned());
        self.watched.insert(home.real);
    }

    /// Adds the targets of a link: a change is reported at the real path. A missing target is
    /// watched for as well.
    fn add_targets(&mut self, link: &Utf8Path) {
        let mut at = link.to_owned();
        for _ in 0..LONGEST_CHAIN {
            let Some(target) =
                at.parent().zip(at.read_link_utf8().ok()).map(|(folder, text)| folder.join(text))
            else {
                break;
            };
            self.add(&target, link);
            at = target;
        }
        if let Ok(real) = OsFs.canonical(link) {
            self.add(&real, link);
        }
    }

    fn home(&mut self, folder: &Utf8Path) -> Option<Home> {
        if let Some(known) = self.homes.get(folder) {
            return Some(known.clone());
        }
        let asked = folder.ancestors().find(|folder| folder.is_dir())?;
        let home = Home { asked: asked.to_owned(), real: OsFs.canonical(asked).ok()? };
        // The stand-in for a missing folder is not cached: the folder may exist the next time.
        if asked == folder {
            self.homes.insert(folder.to_owned(), home.clone());
        }
        Some(home)
    }

    /// Returns the folders above this one that lie in the project.
    fn inside_above(&self, folder: &Utf8Path) -> Vec<Utf8PathBuf> {
        let above = folder.ancestors().skip(1).take_while(|above| above.starts_with(&self.project));
        above.map(Utf8Path::to_owned).collect()
    }
}
