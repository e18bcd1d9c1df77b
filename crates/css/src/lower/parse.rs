//! Parses a stylesheet, with the options that all steps share, and collects what the parser
//! reports.

use std::sync::{Arc, RwLock};

use lightningcss::{
    error::{Error, ParserError},
    stylesheet::{ParserFlags, ParserOptions, StyleSheet},
};

/// Parses a stylesheet. `None`: the parser reports an error or a warning.
pub(super) fn without_complaints(css: &str) -> Option<StyleSheet<'_>> {
    let warnings = Warnings::default();
    let parsed = StyleSheet::parse(css, options(Some(Arc::clone(&warnings)))).ok()?;
    let is_empty = warnings.read().is_ok_and(|warnings| warnings.is_empty());
    is_empty.then_some(parsed)
}

pub(super) type Warnings<'t> = Arc<RwLock<Vec<Error<ParserError<'t>>>>>;

/// The parser recovers from mistakes, as browsers do.
pub(super) fn options(warnings: Option<Warnings<'_>>) -> ParserOptions<'_> {
    ParserOptions {
        error_recovery: true,
        warnings,
        flags: ParserFlags::empty(),
        ..ParserOptions::default()
    }
}
