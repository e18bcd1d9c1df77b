//! File systems that ignore case find `./helloworld` where the disk has `HelloWorld`; the servers
//! and build machines of the same team may not. On such a system every path found is compared with
//! the names that the disk lists. On other systems one question to the disk shows that no check is
//! needed.

use std::sync::{Arc, OnceLock, RwLock};

use bundle_base::{read_lock, write_lock};

use camino::{Utf8Path, Utf8PathBuf};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::disk::Disk;

type Names = Arc<FxHashSet<String>>;

/// Finds the spelling of paths on the disk, if the file system ignores case.
pub struct Spelling {
    disk: Disk,
    /// Whether the file system ignores case: determined once, at the first file whose name has
    /// letters.
    is_blind: OnceLock<bool>,
    /// The names in each directory. Locked because all tasks of a scan share it, so that a
    /// directory is listed once. These listings are not recorded: if a file that was found is
    /// spelled differently later, the watcher reports the file itself as removed and created.
    listed: RwLock<FxHashMap<Utf8PathBuf, Names>>,
}

impl Spelling {
    pub fn new(disk: Disk) -> Self {
        Self { disk, is_blind: OnceLock::new(), listed: RwLock::default() }
    }

    /// Clears the cached listings.
    pub fn clear(&self) {
        write_lock(&self.listed).clear();
    }

    /// Returns the disk's spelling of a file below `root`, if it differs.
    pub fn corrected(&self, file: &Utf8Path, root: &Utf8Path) -> Option<Utf8PathBuf> {
        if !self.is_case_blind(file) {
            return None;
        }
        let mut path = root.to_owned();
        for component in file.strip_prefix(root).ok()?.components() {
            let name = component.as_str();
            let names = self.names(&path);
            let lower = name.to_lowercase();
            let spelled = if names.contains(name) { Some(name) } else { None };
            let spelled = spelled
                .or_else(|| names.iter().map(String::as_str).find(|n| n.to_lowercase() == lower));
            path.push(spelled.unwrap_or(name));
        }
        (path != file).then_some(path)
    }

    fn is_case_blind(&self, file: &Utf8Path) -> bool {
        if let Some(known) = self.is_blind.get() {
            return *known;
        }
        let (Some(directory), Some(name)) = (file.parent(), file.file_name()) else { return false };
        let flipped: String = name.chars().map(flip).collect();
        if flipped == name {
            return false;
        }
        let finds_flipped = self.disk.kind_unrecorded(&directory.join(&flipped)).is_some();
        *self.is_blind.get_or_init(|| finds_flipped && !self.names(directory).contains(&flipped))
    }

    fn names(&self, directory: &Utf8Path) -> Names {
        if let Some(known) = read_lock(&self.listed).get(directory) {
            return Arc::clone(known);
        }
        let names: Names = Arc::new(
            self.disk.list_unrecorded(directory).into_iter().map(|entry| entry.name).collect(),
        );
        let mut listed = write_lock(&self.listed);
        Arc::clone(listed.entry(directory.to_owned()).or_insert(names))
    }
}

fn flip(c: char) -> char {
    if c.is_ascii_lowercase() { c.to_ascii_uppercase() } else { c.to_ascii_lowercase() }
}

/// Returns the specifier with the disk's spelling, if it differs. Segments are matched with the
/// path found from the end, where the last segment may lack the extension or name a directory with
/// an index file.
pub fn respelled(specifier: &str, right: &Utf8Path) -> Option<String> {
    let mut segments: Vec<&str> = specifier.split('/').collect();
    let names: Vec<&str> = right.components().map(|c| c.as_str()).collect();
    let is_like = |segment: &str, name: &str| {
        name.get(..segment.len()).is_some_and(|start| {
            !segment.is_empty() && start.to_lowercase() == segment.to_lowercase()
        })
    };
    let skipped = [0, 1].into_iter().find(|skipped| {
        let last = names.len().checked_sub(1 + skipped).map(|index| names[index]);
        last.is_some_and(|name| segments.last().is_some_and(|segment| is_like(segment, name)))
    })?;
    for (segment, name) in segments.iter_mut().rev().zip(names.iter().rev().skip(skipped)) {
        if !is_like(segment, name) {
            break;
        }
        *segment = &name[..segment.len()];
    }
    let respelled = segments.join("/");
    (respelled != specifier).then_some(respelled)
}

#[cfg(test)]
mod tests {
    use super::respelled;

    #[test]
    fn specifiers_are_respelled() {
        for (specifier, right, expected) in [
            ("./helloworld", "/p/HelloWorld.vue", Some("./HelloWorld")),
            ("./views/list.js", "/p/src/Views/List.js", Some("./Views/List.js")),
            ("@/Views", "/p/src/views/index.js", Some("@/views")),
            ("./a", "/p/a.js", None),
            ("x", "/p/other/main.js", None),
        ] {
            assert_eq!(respelled(specifier, right.into()).as_deref(), expected, "{specifier}");
        }
    }
}
