//! Diagnostics about files of packages. Nobody edits what is installed: the next installation would
//! undo it. So no edit is suggested there, and the remedy for a package that cannot be used is
//! another installation.

use bundle_base::{Diagnostic, config::package_of, diagnostic::Severity};

use crate::messages;

/// Errors that mean that files are missing or damaged, whatever else is said of them.
const DAMAGED: &[&str] =
    &["missing-file", "missing-export", "wrong-case", "dead-link", "syntax-error"];

/// The same diagnostic without an edit of a package's file.
pub(crate) fn without_edits(mut diagnostic: Diagnostic) -> Diagnostic {
    let Some(source) = diagnostic.primary.as_ref().map(|label| &label.source) else {
        return diagnostic;
    };
    let Some(package) =
        package_of(&source.path).filter(|_| source.is_of_a_package()).map(str::to_owned)
    else {
        return diagnostic;
    };
    let edit = diagnostic.fix.take_if(|fix| fix.is_edit);
    let is_error = diagnostic.severity == Severity::Error;
    let is_damaged =
        is_error && (DAMAGED.contains(&diagnostic.code) || diagnostic.notes.is_empty());
    if edit.is_some() || is_damaged {
        messages::reinstall(diagnostic, &package)
    } else {
        diagnostic
    }
}
