//! What killed builds left in the folders of a build: temporary files, which are removed at once,
//! and lists of outputs that were about to be removed or had no manifest yet, which the present
//! build handles.

use std::{collections::BTreeSet, fs};

use bundle_base::FileSystem;
use camino::Utf8PathBuf;

use super::temporary::Temporary;

/// The lists of an unfinished build.
#[derive(Default)]
pub struct Leftovers {
    /// Outputs that were about to be removed, or to be named in a manifest, relative to the output
    /// folder.
    pub leaving: BTreeSet<String>,
    /// The files that hold these lists.
    lists: Vec<Utf8PathBuf>,
}

impl Leftovers {
    /// Removes temporary files in these folders and reads their lists. `lock` is held, so the build
    /// that made a file under it has ended.
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

    /// Removes the lists, once they were carried out.
    pub fn forget(self) {
        for list in self.lists {
            let _ = fs::remove_file(list);
        }
    }
}
