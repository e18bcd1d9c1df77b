//! The input of the parser besides the template: the configuration, and the log that mistakes are
//! reported in.

use std::sync::Arc;

use bundle_base::{
    Diagnostics, Span,
    config::VueConfig,
    diagnostic::{Diagnostic, Label},
    source::Source,
};

/// The input of the parser besides the template.
pub(crate) struct Context<'a> {
    pub(super) config: &'a VueConfig,
    /// The file of the template.
    pub(super) source: &'a Arc<Source>,
    log: &'a mut Diagnostics,
    reported: usize,
}

impl<'a> Context<'a> {
    pub(crate) fn new(
        config: &'a VueConfig,
        source: &'a Arc<Source>,
        log: &'a mut Diagnostics,
    ) -> Self {
        Self { config, source, log, reported: 0 }
    }

    /// Reports a diagnostic at a place, unless `MOST` were reported already.
    pub(super) fn report(&mut self, span: Span, describe: impl FnOnce(Label) -> Diagnostic) {
        const MOST: usize = 500;
        if self.reported < MOST {
            self.reported += 1;
            self.log.push(describe(Label::new(self.source, span)));
        }
    }
}
