//! Reports diagnostics of a template, up to a limit.

use bundle_base::{Diagnostic, Diagnostics, diagnostic::Severity};

/// Reports a diagnostic, unless the log is full. The limit for warnings is lower, so that there is
/// room for errors.
pub(super) fn report(log: &mut Diagnostics, diagnostic: Diagnostic) {
    let most = if diagnostic.severity == Severity::Error { 1000 } else { 500 };
    if log.iter().count() < most {
        log.push(diagnostic);
    }
}
