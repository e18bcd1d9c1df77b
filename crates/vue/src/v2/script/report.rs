//! Reports diagnostics of a script, up to a limit.

use bundle_base::{Diagnostic, Diagnostics};

/// Reports a diagnostic, unless the log already has `ENOUGH`.
pub(super) fn report(log: &mut Diagnostics, diagnostic: Diagnostic) {
    const ENOUGH: usize = 100;
    if log.iter().count() < ENOUGH {
        log.push(diagnostic);
    }
}
