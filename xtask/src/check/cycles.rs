//! The rule that data lies below passes: the files of a crate import each other without a cycle.
//! An edge is a `use` declaration or a path inside code; a re-export counts as the file it names.

use std::collections::{BTreeMap, BTreeSet};

use super::Violation;
use crate::tree::TextFile;

mod paths; // the paths that a file names

use paths::ModulePath;

/// Where the root modules of crates are.
const CRATES: [&str; 14] = [
    "crates/base/src",
    "crates/cli",
    "crates/css/src",
    "crates/dev/src",
    "crates/engine/src",
    "crates/graph/src",
    "crates/init/src",
    "crates/js/src",
    "crates/remote/src",
    "crates/report/src",
    "crates/resolve/src",
    "crates/vue/src",
    "crates/wasm/src",
    "xtask/src",
];

/// Files that may import each other, each with the reason.
const EXCEPTIONS: [(&str, &str); 0] = [];

/// The files of one crate, by module.
struct Crate<'t> {
    files: BTreeMap<ModulePath, &'t TextFile>,
    /// What each module names, as paths from the root.
    named: BTreeMap<ModulePath, Vec<ModulePath>>,
    /// What each module imports, by the last name, so that a re-export can be followed.
    imported: BTreeMap<ModulePath, BTreeMap<String, ModulePath>>,
}

/// Checks the files of every crate.
pub fn check(files: &[TextFile]) -> Vec<Violation> {
    CRATES.iter().flat_map(|root| Crate::read(root, files).violations()).collect()
}

impl<'t> Crate<'t> {
    fn read(root: &str, files: &'t [TextFile]) -> Self {
        let of_crate = files.iter().filter(|file| file.is_rust() && file.is_in(root));
        let modules: BTreeMap<ModulePath, &TextFile> = of_crate
            .filter(|file| !file.is_test())
            .map(|file| (module_path(&file.path[root.len() + 1..]), file))
            .collect();
        let mut read = Self { files: modules, named: BTreeMap::new(), imported: BTreeMap::new() };
        for (module, file) in &read.files {
            let is_file = |path: &[String]| read.files.contains_key(path);
            let found = paths::find(&file.text, module, &is_file);
            read.named.insert(module.clone(), found.all);
            read.imported.insert(module.clone(), found.imported);
        }
        read
    }

    /// The modules that a module takes something from.
    fn edges(&self, module: &ModulePath) -> BTreeSet<&ModulePath> {
        if is_excepted(&self.files[module].path) {
            return BTreeSet::new();
        }
        let targets = self.named[module].iter().filter_map(|path| self.defining_file(path));
        targets.filter(|target| *target != module).collect()
    }

    /// The file that defines what a path names: the deepest one on the path, or the one it
    /// re-exports the name from.
    fn defining_file(&self, path: &[String]) -> Option<&ModulePath> {
        let mut path = path.to_vec();
        let mut seen = BTreeSet::new();
        loop {
            let depth = (0..=path.len()).rev().find(|&n| self.files.contains_key(&path[..n]))?;
            let (file, _) = self.files.get_key_value(&path[..depth])?;
            let from = path.get(depth).and_then(|name| self.imported[file].get(name));
            match from {
                Some(from) if seen.insert(path.clone()) => {
                    let rest = path.split_off(depth + 1);
                    path = [from.clone(), rest].concat();
                }
                _ => return Some(file),
            }
        }
    }

    fn violations(&self) -> Vec<Violation> {
        let edges: BTreeMap<&ModulePath, BTreeSet<&ModulePath>> =
            self.files.keys().map(|module| (module, self.edges(module))).collect();
        let mut found = Vec::new();
        for module in self.files.keys() {
            let Some(back) = shortest_way_back(module, &edges) else { continue };
            let names: Vec<&str> =
                back.iter().map(|step| self.files[*step].path.as_str()).collect();
            // One report for a cycle: at its first file.
            if back.iter().min() != Some(&module) {
                continue;
            }
            let text = format!("imports itself through {}: move data below", names[1..].join(", "));
            found.push(Violation::new(self.files[module], 0, text));
        }
        found
    }
}

fn is_excepted(path: &str) -> bool {
    EXCEPTIONS.iter().any(|(file, _)| *file == path)
}

/// The shortest cycle through a module: the module first, then each step of the way back to it.
fn shortest_way_back<'m>(
    start: &'m ModulePath,
    edges: &BTreeMap<&'m ModulePath, BTreeSet<&'m ModulePath>>,
) -> Option<Vec<&'m ModulePath>> {
    let mut came_from: BTreeMap<&ModulePath, &ModulePath> = BTreeMap::new();
    let mut frontier = vec![start];
    while !frontier.is_empty() {
        let mut next = Vec::new();
        for module in frontier {
            for &target in &edges[module] {
                if target == start {
                    let mut way = vec![module];
                    while let Some(&before) = came_from.get(way[way.len() - 1]) {
                        way.push(before);
                    }
                    way.reverse();
                    return Some(way);
                }
                if !came_from.contains_key(target) {
                    came_from.insert(target, module);
                    next.push(target);
                }
            }
        }
        frontier = next;
    }
    None
}

/// `link/model.rs` → `["link", "model"]`; the root's file → `[]`.
fn module_path(file: &str) -> ModulePath {
    let name = file.strip_suffix(".rs").unwrap_or(file);
    if matches!(name, "lib" | "main") {
        return Vec::new();
    }
    name.split('/').filter(|part| *part != "mod").map(str::to_owned).collect()
}
