//! Every sentence this crate can say, one function each, by code.

use bundle_base::{Diagnostic, Label};

/// Our own bug, or swc's: a panic while working on a part.
pub(crate) fn internal_error(part: Label, panic: &str) -> Diagnostic {
    let name = part.source.name.clone();
    Diagnostic::error("internal-error", format!("this tool broke while working on {name}"))
        .at(part)
        .note(format!("the program panicked with: {panic}"))
        .note("this is a bug in the bundler, not in your file: report it with the file if you can")
}

/// The parser's own words, for mistakes that have no better ones.
pub(crate) fn syntax_error(at: Label, words: &str) -> Diagnostic {
    Diagnostic::error("syntax-error", words).at(at)
}
