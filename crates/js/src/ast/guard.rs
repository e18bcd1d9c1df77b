//! Runs code that uses swc: under a program's `Globals`, with swc's reports collected, and with a
//! panic turned into a diagnostic.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, PoisonError},
};

use bundle_base::{Diagnostic, Label, Source, Span};
use swc_common::{
    GLOBALS, Globals, Mark, SyntaxContext,
    errors::{DiagnosticBuilder, Emitter, HANDLER, Handler},
};

use super::positions::span;
use crate::{messages, scopes};

/// Runs `f` under a program's `Globals`; drops what swc reports meanwhile.
pub(crate) fn within<R>(globals: &Globals, f: impl FnOnce() -> R) -> R {
    GLOBALS.set(globals, || collect_reports(f).0)
}

/// Allocates the first syntax contexts of a program, which are those that `crate::scopes` reserves.
/// Must run before any pass makes a name.
pub(crate) fn reserve_contexts() {
    let contexts = [(); 4].map(|()| SyntaxContext::empty().apply_mark(Mark::new()));
    let reserved = (scopes::free(), scopes::helpers(), scopes::runtime());
    assert!((contexts[0], contexts[2], contexts[3]) == reserved, "they are the first of a program");
}

/// Runs `f` and returns, with its result, what swc's passes report meanwhile.
pub(crate) fn collect_reports<R>(f: impl FnOnce() -> R) -> (R, Vec<(Span, String)>) {
    let emitter = Collector::default();
    let handler = Handler::with_emitter(true, false, Box::new(emitter.clone()));
    let result = HANDLER.set(&handler, f);
    let reports = std::mem::take(&mut *emitter.0.lock().unwrap_or_else(PoisonError::into_inner));
    (result, reports)
}

/// Runs `f`; a panic in our code or in swc becomes a diagnostic that names the part.
#[expect(clippy::result_large_err, reason = "made once in a program's life, if ever")]
pub(crate) fn guarded<R>(source: &Arc<Source>, f: impl FnOnce() -> R) -> Result<R, Diagnostic> {
    catch_unwind(AssertUnwindSafe(f)).map_err(|payload| {
        let text = payload
            .downcast_ref::<&str>()
            .map(|s| (*s).to_owned())
            .or_else(|| payload.downcast_ref::<String>().cloned())
            .unwrap_or_default();
        messages::internal_error(Label::new(source, Span::new(0, 0)), &text)
    })
}

/// The emitter of `collect_reports`. It needs a lock because swc owns the emitter, and we read its
/// reports afterwards.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<(Span, String)>>>);

impl Emitter for Collector {
    fn emit(&mut self, report: &mut DiagnosticBuilder<'_>) {
        let at = report.span.primary_span().map_or_else(Span::default, span);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((at, report.message()));
    }
}
