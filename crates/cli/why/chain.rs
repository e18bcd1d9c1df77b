//! The shortest way from an entry to a module. Only needs count: an import of which nothing stays
//! leads nowhere.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use crate::facts::{Facts, Need, Root};

/// A way from an entry: what each module on it asks for.
pub struct Chain<'f> {
    /// The module that the entry begins with.
    pub entry: &'f str,
    /// From the entry on; nothing, if what was asked about is the entry itself.
    pub needs: Vec<&'f Need>,
    /// Where it ends.
    pub end: &'f str,
}

/// The modules that chains should begin with: the entries that bring a file; if only `import()`
/// does, any entry.
pub fn goals<'f>(facts: &'f Facts, roots: &[&'f Root], entry: Option<&'f str>) -> Vec<&'f str> {
    let begins = |path: &'f str| facts.outputs[path].entry_point.as_deref();
    if let Some(module) = entry.and_then(begins) {
        return vec![module];
    }
    let direct: Vec<&str> =
        roots.iter().filter(|root| root.kind != "dynamic-import").map(|root| &*root.path).collect();
    if !direct.is_empty() {
        return direct;
    }
    facts.entries().filter_map(|(path, _)| begins(path)).collect()
}

/// The shortest way from the module `goal` to any of `modules`, as the output `path` has them.
pub fn from<'f>(
    facts: &'f Facts,
    path: &'f str,
    (modules, goal): (&[&'f str], &'f str),
) -> Option<Chain<'f>> {
    // From the end: per module the need by which the next one was found, and where that leads.
    let mut next: FxHashMap<&str, Option<(&Need, &str)>> =
        modules.iter().map(|module| (*module, None)).collect();
    let mut waiting: VecDeque<&str> = modules.iter().copied().collect();
    while let Some(module) = waiting.pop_front() {
        if module == goal {
            return Some(walk(goal, &next));
        }
        for need in facts.needed_by(path, module) {
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
