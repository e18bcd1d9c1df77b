//! `bundle why`: why a module, a package, a helper or a chunk is in an output. The answer has the
//! chain of imports that leads there from an entry, each with its line; what is kept of the module,
//! and for which importers; and why it is in this file and in no other. All of it comes from the
//! metafile of a fresh build or of a stored one.

use bundle_base::Diagnostics;

use crate::{
    args::Invocation,
    facts::{Ask, Facts, Output, Root, file_of},
    messages, metafile,
    report::{self, Reporter},
};

mod chain; // the shortest chains of imports from entries
mod find; // what the argument names
mod json; // the answer as JSON
mod text; // the answer as text

use chain::Chain;
use find::Meant;
pub use json::roots;
pub use text::here;

/// The requested modules in one output.
struct Presence<'f> {
    path: &'f str,
    output: &'f Output,
    /// The requested modules with their bytes, the largest first.
    modules: Vec<(&'f str, u64)>,
    /// A chain of imports from each entry that loads the output.
    chains: Vec<Chain<'f>>,
    /// The exports that other modules use, each with the first place that uses it.
    names: Vec<(&'f str, &'f Ask)>,
    /// True if a module has side effects.
    has_effects: bool,
    /// The roots that need the modules; `loaded_for` has those that only load the file with others.
    needed_for: Vec<&'f Root>,
    loaded_for: Vec<&'f Root>,
}

/// Prints why `what` is in outputs, for all entries or for one.
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    (what, entry): (&str, Option<&str>),
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let (value, cwd) = metafile::asked_for(reporter, invocation, &mut log)?;
    let facts = Facts::of(&value).expect("a metafile that was read, or made, has this form");
    let entry = match entry.map(|entry| find::entry(&facts, entry)).transpose() {
        Ok(entry) => entry,
        Err(diagnostic) => return Err(alone(*diagnostic)),
    };
    let text = match find::meaning(&facts, what, &cwd) {
        Meant::Modules(modules) => {
            let found = presences(&facts, &modules, entry);
            match (found.is_empty(), invocation.json) {
                (true, _) => return Err(alone(find::absent(&facts, what, &modules, entry))),
                (_, true) => json::modules(what, &found),
                (_, false) => text::modules(what, &found, &facts),
            }
        }
        Meant::Output(path) if invocation.json => json::output(&facts, path),
        Meant::Output(path) => text::output(&facts, path),
        Meant::External(asked) if invocation.json => json::external(what, &asked),
        Meant::External(asked) => text::external(what, &asked),
        Meant::Nothing(near) => return Err(alone(messages::nothing_called(what, near.as_deref()))),
    };
    report::answer(&text)
}

fn alone(diagnostic: bundle_base::Diagnostic) -> Diagnostics {
    let mut log = Diagnostics::new();
    log.push(diagnostic);
    log
}

/// Returns, per output, what it contains of these modules, in the order of outputs.
fn presences<'f>(
    facts: &'f Facts,
    modules: &[&'f str],
    entry: Option<&'f str>,
) -> Vec<Presence<'f>> {
    let page: Option<Vec<&str>> = entry.map(|entry| facts.loaded(entry));
    let outputs = facts
        .outputs
        .iter()
        .filter(|(path, _)| page.as_ref().is_none_or(|page| page.contains(&path.as_str())));
    outputs.filter_map(|(path, output)| presence(facts, (path, output), modules, entry)).collect()
}

fn presence<'f>(
    facts: &'f Facts,
    (path, output): (&'f str, &'f Output),
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
        facts.split_roots((path, output), found.iter().map(|(_, inside)| *inside));
    let mut names: Vec<(&str, &Ask)> = Vec::new();
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
    let goals = chain::goals(facts, &needed_for, entry);
    Some(Presence {
        path,
        output,
        chains: goals
            .into_iter()
            .filter_map(|goal| chain::from(facts, path, (&names_of, goal)))
            .collect(),
        modules: bytes,
        names,
        has_effects: found.iter().any(|(_, inside)| inside.has_effects),
        needed_for,
        loaded_for,
    })
}
