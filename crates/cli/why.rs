//! `bundle why`: why a module, a package, a helper or a chunk is in an output. The chain of imports
//! that leads there from an entry, each with its line; what of the module stays, and for whom; and
//! why it is in this file and in no other. It is all told by the metafile, of a fresh build or of a
//! stored one.

use bundle_base::Diagnostics;

use crate::{
    args::Invocation,
    facts::{Ask, Facts, Output, Root, file_of},
    messages, metafile,
    report::{self, Reporter},
};

mod chain; // the shortest ways from entries
mod find; // what was asked about
mod json; // for programs
mod text; // for people

use chain::Chain;
use find::Meant;
pub use json::roots;
pub use text::here;

/// What is known, in one output, of what was asked about.
struct Presence<'f> {
    path: &'f str,
    output: &'f Output,
    /// The modules that were asked about, with their bytes, most first.
    modules: Vec<(&'f str, u64)>,
    /// A way from each entry that brings it here.
    chains: Vec<Chain<'f>>,
    /// Names that stay for others, each with the first who takes it.
    names: Vec<(&'f str, &'f Ask)>,
    /// It does something when it runs.
    has_effects: bool,
    /// What needs it, and what else loads the file that it is in.
    needed_for: Vec<&'f Root>,
    loaded_for: Vec<&'f Root>,
}

/// Answers why `what` is there, for all entries or for one.
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

/// Per output what is in it of these modules, in the order of outputs.
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
    // It was followed, and nothing of it stays.
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
