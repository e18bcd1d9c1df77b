//! Valid and invalid texts, and the comparison with swc's parser and `features::scan`.

mod agreement; // the same verdicts and constructs as the parser's
mod printers; // what broken printers write
mod snippets; // short texts

use super::{Reading, Verdict, read};

/// How the tests read: with everything looked for.
fn verdict(text: &str, is_module: bool) -> Verdict {
    read(text, Reading { is_module, is_strict: false, wants_keys: true })
}
