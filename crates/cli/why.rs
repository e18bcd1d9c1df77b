//! `bundle why`: why a module, a package, a helper or a chunk is in an output. The answer has the
//! chain of imports that leads there from an entry, each with its line; what is kept of the module,
//! and for which importers; and why it is in this file and in no other. All of it comes from the
//! metafile of a fresh build or of a stored one.

use bundle_base::Diagnostics;

use crate::{
    args::Invocation,
    facts::Facts,
    messages,
    report::{self, Reporter},
    requested,
};

mod chain; // the shortest chains of imports from entries
mod find; // what the argument names
mod json; // the answer as JSON
mod presence; // what outputs contain of modules
mod text; // the answer as text

use find::Meant;
pub use json::roots;
use presence::presences;
pub use text::here;

/// Prints why `what` is in outputs, for all entries or for one.
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    (what, entry): (&str, Option<&str>),
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let (value, cwd) = requested::metafile(reporter, invocation, &mut log)?;
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
