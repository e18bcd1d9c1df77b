//! Diagnostics about files of installed packages. The next installation would undo an edit of such
//! a file, so no edit is suggested there. The remedy for a package that cannot be used is another
//! installation.

use std::borrow::Cow;

use bundle_base::{Diagnostic, diagnostic::Severity, installed::package_of};

use crate::messages;

/// Error codes that mean that files of a package are missing or damaged, even if the diagnostic has
/// notes.
const DAMAGED: &[&str] =
    &["missing-file", "missing-export", "wrong-case", "dead-link", "syntax-error"];

/// Removes a suggested edit of a package's file, and advises to reinstall the package if the edit
/// was removed or the package is damaged. What exceeds the target may be allowed instead. Returns
/// other diagnostics unchanged.
pub(crate) fn without_edits(mut diagnostic: Diagnostic) -> Diagnostic {
    let Some(source) = diagnostic.primary.as_ref().map(|label| &label.source) else {
        return diagnostic;
    };
    let Some(package) = package_of(source.path.as_str()).map(Cow::into_owned) else {
        return diagnostic;
    };
    let edit = diagnostic.fix.take_if(|fix| fix.is_edit);
    if diagnostic.code == "exceeds-target" {
        return messages::exceeds_target_in_package(diagnostic);
    }
    let is_error = diagnostic.severity == Severity::Error;
    let is_damaged =
        is_error && (DAMAGED.contains(&diagnostic.code) || diagnostic.notes.is_empty());
    if edit.is_some() || is_damaged {
        messages::reinstall(diagnostic, &package)
    } else {
        diagnostic
    }
}
