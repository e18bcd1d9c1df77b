//! What outputs contain of the requested modules, and why.

use super::chain::{self, Chain};
use crate::parsed_metafile::{EntryPoint, ImportSite, Metafile, Output, file_of};

/// The requested modules in one output.
pub struct Presence<'f> {
    pub path: &'f str,
    pub output: &'f Output,
    /// The requested modules with their bytes, the largest first.
    pub modules: Vec<(&'f str, u64)>,
    /// A chain of imports from each entry that loads the output.
    pub chains: Vec<Chain<'f>>,
    /// The exports that other modules use, each with the first place that uses it.
    pub names: Vec<(&'f str, &'f ImportSite)>,
    /// Whether a module has side effects.
    pub has_effects: bool,
    /// The roots that need the modules; `loaded_for` has those that only load the file with others.
    pub needed_for: Vec<&'f EntryPoint>,
    pub loaded_for: Vec<&'f EntryPoint>,
}

/// Returns, per output, what it contains of these modules, in the order of outputs.
pub fn presences<'f>(
    metafile: &'f Metafile,
    modules: &[&'f str],
    entry: Option<&'f str>,
) -> Vec<Presence<'f>> {
    let page: Option<Vec<&str>> = entry.map(|entry| metafile.loaded(entry));
    let outputs = metafile
        .outputs
        .iter()
        .filter(|(path, _)| page.as_ref().is_none_or(|page| page.contains(&path.as_str())));
    outputs.filter_map(|(path, output)| presence(metafile, path, output, modules, entry)).collect()
}

fn presence<'f>(
    metafile: &'f Metafile,
    path: &'f str,
    output: &'f Output,
    modules: &[&'f str],
    entry: Option<&'f str>,
) -> Option<Presence<'f>> {
    let inside = |module: &&'f str| Some((*module, output.inputs.get(*module)?));
    let found: Vec<_> = modules.iter().filter_map(inside).collect();
    // The modules were read, and nothing of them is kept here.
    if found.iter().all(|(_, inside)| inside.bytes_in_output == 0) {
        return None;
    }
    let (needed_for, loaded_for) =
        metafile.split_roots(path, output, found.iter().map(|(_, inside)| *inside));
    let mut names: Vec<(&str, &ImportSite)> = Vec::new();
    for need in found.iter().flat_map(|(_, inside)| &inside.needed_by) {
        let is_own = modules.iter().any(|module| file_of(module) == file_of(&need.ask.path));
        let new = need
            .names
            .iter()
            .filter(|name| !names.iter().any(|(known, _)| known == name))
            .collect::<Vec<_>>();
        names.extend(new.into_iter().filter(|_| !is_own).map(|name| (name.as_str(), &need.ask)));
    }
    let mut bytes: Vec<_> =
        found.iter().map(|(module, inside)| (*module, inside.bytes_in_output)).collect();
    bytes.sort_by_key(|(_, bytes)| std::cmp::Reverse(*bytes));
    let names_of: Vec<&str> = found.iter().map(|(module, _)| *module).collect();
    let starts = chain::chain_starts(metafile, &needed_for, entry);
    Some(Presence {
        path,
        output,
        chains: starts
            .into_iter()
            .filter_map(|start| chain::from(metafile, path, &names_of, start))
            .collect(),
        modules: bytes,
        names,
        has_effects: found.iter().any(|(_, inside)| inside.has_effects),
        needed_for,
        loaded_for,
    })
}
