//! What killed builds left in the folders of a build: files that were on their way, which go at
//! once, and lists of outputs that were about to be removed or had no manifest yet, which are the
//! business of the build that finds them.

use std::{collections::BTreeSet, fs};

use bundle_base::FileSystem;
use camino::Utf8PathBuf;

use super::temporary::Temporary;

/// What was begun and not finished.
#[derive(Default)]
pub struct Leftovers {
    /// Outputs that were about to go, or to be named, relative to the output folder.
    pub leaving: BTreeSet<String>,
    /// The files that say so.
    lists: Vec<Utf8PathBuf>,
}

impl Leftovers {
    /// Looks into folders. `lock` is held: whoever made a file under it lives no more.
    pub fn sweep(folders: &BTreeSet<Utf8PathBuf>, lock: &str, disk: &dyn FileSystem) -> Self {
        let mut found = Self::default();
        for folder in folders {
            for entry in disk.list(folder).unwrap_or_default() {
                let path = folder.join(&entry.name);
                match Temporary::of(&entry.name, lock) {
                    Some(Temporary::Contents) => drop(fs::remove_file(path)),
                    Some(Temporary::Removals) => {
                        let text = disk.read(&path).unwrap_or_default();
                        found
                            .leaving
                            .extend(String::from_utf8_lossy(&text).lines().map(str::to_owned));
                        found.lists.push(path);
                    }
                    None => {}
                }
            }
        }
        found
    }

    /// Everything was carried out.
    pub fn forget(self) {
        for list in self.lists {
            let _ = fs::remove_file(list);
        }
    }
}
