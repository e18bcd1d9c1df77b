//! Finds the shortest chain of imports from an entry to a module. Only imports that are needed
//! count: an import that tree shaking removed leads nowhere.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::parsed_metafile::{EntryPoint, Metafile, Need};

/// A chain of imports that begins at an entry.
pub struct Chain<'f> {
    /// The module that the entry begins with.
    pub entry: &'f str,
    /// The needs from the entry on; empty if the requested module is the entry itself.
    pub needs: Vec<&'f Need>,
    /// The module at the end.
    pub end: &'f str,
}

/// Returns the modules that chains begin with: the entries that load a file, or all entries if only
/// `import()` does.
pub fn chain_starts<'f>(
    metafile: &'f Metafile,
    roots: &[&'f EntryPoint],
    entry: Option<&'f str>,
) -> Vec<&'f str> {
    let begins = |path: &'f str| metafile.outputs[path].entry_point.as_deref();
    if let Some(module) = entry.and_then(begins) {
        return vec![module];
    }
    let direct: Vec<&str> =
        roots.iter().filter(|root| root.kind != "dynamic-import").map(|root| &*root.path).collect();
    if !direct.is_empty() {
        return direct;
    }
    metafile.entries().filter_map(|(path, _)| begins(path)).collect()
}

/// Returns the shortest chain from the module `start` to any of `modules`, by the needs that the
/// output `path` records.
pub fn from<'f>(
    metafile: &'f Metafile,
    path: &'f str,
    modules: &[&'f str],
    start: &'f str,
) -> Option<Chain<'f>> {
    // The search begins at the end. It maps each module to the need through which it was found, and
    // to the module that this need leads to.
    let mut next: FxHashMap<&str, Option<(&Need, &str)>> =
        modules.iter().map(|module| (*module, None)).collect();
    let mut waiting: VecDeque<&str> = modules.iter().copied().collect();
    while let Some(module) = waiting.pop_front() {
        if module == start {
            return Some(walk(start, &next));
        }
        for need in metafile.needed_by(path, module) {
            if !next.contains_key(need.ask.path.as_str()) {
                next.insert(&need.ask.path, Some((need, module)));
                waiting.push_back(&need.ask.path);
            }
        }
    }
    None
}

fn walk<'f>(entry: &'f str, next: &FxHashMap<&'f str, Option<(&'f Need, &'f str)>>) -> Chain<'f> {
    let mut chain = Chain { entry, needs: Vec::new(), end: entry };
    while let Some(Some((need, to))) = next.get(chain.end) {
        chain.needs.push(need);
        chain.end = to;
    }
    chain
}
