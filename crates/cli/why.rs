//! `bundle why`: why a module, a package, a helper or a chunk is in an output, by the metafile of a
//! fresh build or of a stored one.

use bundle_base::Diagnostics;
use bundle_report::{
    parsed_metafile::Metafile,
    why::{Question, answer},
};

use crate::{
    args::Invocation,
    metafile,
    report::{self, Reporter},
};

/// Prints why `what` is in outputs, for all entries or for one.
pub fn run(
    reporter: Reporter,
    invocation: &Invocation,
    what: &str,
    entry: Option<&str>,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let (value, cwd) = metafile::source::read_or_build(reporter, invocation, &mut log)?;
    let metafile = Metafile::of(&value).expect("a metafile that was read, or made, has this form");
    match answer(&metafile, Question { what, entry, is_json: invocation.json }, &cwd) {
        Ok(text) => report::answer(&text),
        Err(diagnostic) => {
            let mut log = Diagnostics::new();
            log.push(*diagnostic);
            Err(log)
        }
    }
}
