//! Why a module, a package, a helper or a chunk is in an output. The answer has the chain of
//! imports that leads there from an entry, each with its line; what is kept of the module, and for
//! which importers; and why it is in this file and in no other. All of it comes from the metafile.

use bundle_base::Diagnostic;
use camino::Utf8Path;

use crate::{messages, parsed_metafile::Metafile};

mod chain; // the shortest chains of imports from entries
mod find; // what the argument names
mod json; // the answer as JSON
mod presence; // what outputs contain of modules
mod text; // the answer as text

use find::Meant;
pub use json::roots;
use presence::presences;
pub use text::here;

/// What is asked.
#[derive(Clone, Copy, Debug)]
pub struct Question<'q> {
    /// A module, a package, a helper or an output.
    pub what: &'q str,
    /// The entry that the answer is for; `None`: all entries.
    pub entry: Option<&'q str>,
    /// The answer is JSON.
    pub is_json: bool,
}

/// Returns why `what` is in outputs. Paths are relative to `cwd`, as those of the metafile are.
pub fn answer(
    metafile: &Metafile,
    Question { what, entry, is_json }: Question<'_>,
    cwd: &Utf8Path,
) -> Result<String, Box<Diagnostic>> {
    let entry = entry.map(|entry| find::entry(metafile, entry)).transpose()?;
    Ok(match find::meaning(metafile, what, cwd) {
        Meant::Modules(modules) => {
            let found = presences(metafile, &modules, entry);
            match (found.is_empty(), is_json) {
                (true, _) => return Err(Box::new(find::absent(metafile, what, &modules, entry))),
                (_, true) => json::modules(what, &found),
                (_, false) => text::modules(what, &found, metafile),
            }
        }
        Meant::Output(path) if is_json => json::output(metafile, path),
        Meant::Output(path) => text::output(metafile, path),
        Meant::External(asked) if is_json => json::external(what, &asked),
        Meant::External(asked) => text::external(what, &asked),
        Meant::Nothing(near) => {
            return Err(Box::new(messages::nothing_called(what, near.as_deref())));
        }
    })
}
