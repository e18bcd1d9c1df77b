//! Which folders to watch, and what their events mean. Each folder is watched by itself: whole
//! trees would bring in logs, caches and thousands of packages that no build has ever looked into.
//! The system names paths as they really are, a Session asks under the names that links give them;
//! this is the dictionary.

use std::collections::{BTreeMap, BTreeSet};

use camino::{Utf8Path, Utf8PathBuf};

use crate::table::{Asked, Table};

/// As many links in a row as Linux follows.
const LONGEST_CHAIN: usize = 40;

/// The dictionary from real paths to asked ones.
#[derive(Debug)]
pub struct Folders {
    /// The project's real folder.
    project: Utf8PathBuf,
    /// Folders of asked paths; where they are missing, the nearest one above that exists.
    homes: BTreeMap<Utf8PathBuf, Home>,
    watched: BTreeSet<Utf8PathBuf>,
    /// Real path → asked paths that an event about it concerns.
    concerned: BTreeMap<Utf8PathBuf, Vec<Utf8PathBuf>>,
    /// Those of them that came with the last `place` or `place_also`.
    news: Vec<Utf8PathBuf>,
    /// Real folder → the names under which it was listed.
    listed: BTreeMap<Utf8PathBuf, Vec<Utf8PathBuf>>,
}

/// A folder that exists: as it was asked for, and as it really is.
#[derive(Clone, Debug)]
struct Home {
    asked: Utf8PathBuf,
    real: Utf8PathBuf,
}

impl Folders {
    /// Nothing is watched yet.
    pub fn new(project: &Utf8Path) -> Self {
        let project = project.canonicalize_utf8().unwrap_or_else(|_| project.to_owned());
        Self {
            project,
            homes: BTreeMap::new(),
            watched: BTreeSet::new(),
            concerned: BTreeMap::new(),
            news: Vec::new(),
            listed: BTreeMap::new(),
        }
    }

    /// The folders to watch, real paths.
    pub fn watched(&self) -> &BTreeSet<Utf8PathBuf> {
        &self.watched
    }

    /// The asked paths that an event about a real path concerns.
    pub fn concerned(&self, path: &Utf8Path) -> &[Utf8PathBuf] {
        self.concerned.get(path).map_or(&[], Vec::as_slice)
    }

    /// All real paths that matter.
    pub fn all_concerned(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.concerned.keys()
    }

    /// Those that did not before the last call of `place_also`.
    pub fn news(&self) -> impl Iterator<Item = &Utf8PathBuf> {
        self.news.iter()
    }

    /// The listings that a name's coming or going concerns.
    pub fn listed_with(&self, path: &Utf8Path) -> &[Utf8PathBuf] {
        path.parent().map_or(&[], |folder| self.listed_as(folder))
    }

    /// The names under which a real folder was listed.
    pub fn listed_as(&self, folder: &Utf8Path) -> &[Utf8PathBuf] {
        self.listed.get(folder).map_or(&[], Vec::as_slice)
    }

    /// Makes the dictionary anew.
    pub fn place(&mut self, asked: &Asked, table: &Table) {
        self.watched.clear();
        self.concerned.clear();
        self.listed.clear();
        self.place_also(asked, table);
    }

    /// Adds these to the dictionary.
    pub fn place_also(&mut self, asked: &Asked, table: &Table) {
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
        // A folder that goes and comes back is seen from the one above it.
        let above: Vec<Utf8PathBuf> =
            self.watched.iter().flat_map(|folder| self.inside_above(folder)).collect();
        self.watched.extend(above);
    }

    /// Drops what is known of a folder that came, went or moved.
    pub fn forget(&mut self, path: &Utf8Path) {
        self.homes.retain(|asked, home| !asked.starts_with(path) && !home.real.starts_with(path));
    }

    /// While the project's folder itself is missing, it is waited for from the nearest one above.
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
        // Above the project everybody's files lie: only those that are there are worth being told
        // about all of them.
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

    /// What a link leads to is changed where it really is. One that leads nowhere is waited for
    /// there.
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
        if let Ok(real) = link.canonicalize_utf8() {
            self.add(&real, link);
        }
    }

    fn home(&mut self, folder: &Utf8Path) -> Option<Home> {
        if let Some(known) = self.homes.get(folder) {
            return Some(known.clone());
        }
        let asked = folder.ancestors().find(|folder| folder.is_dir())?;
        let home = Home { asked: asked.to_owned(), real: asked.canonicalize_utf8().ok()? };
        // One that stands for a missing folder is looked up again each time: the folder may be
        // there by then.
        if asked == folder {
            self.homes.insert(folder.to_owned(), home.clone());
        }
        Some(home)
    }

    /// The folders above one, as far as they lie in the project.
    fn inside_above(&self, folder: &Utf8Path) -> Vec<Utf8PathBuf> {
        let above = folder.ancestors().skip(1).take_while(|above| above.starts_with(&self.project));
        above.map(Utf8Path::to_owned).collect()
    }
}
