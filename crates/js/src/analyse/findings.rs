//! The findings of `free_names`: provided names, `eval`, and requests that cannot be resolved when
//! building. Also the warnings about them.

use bundle_base::{Diagnostic, Label};
use swc_common::Span;
use swc_ecma_ast::Ident;

use crate::messages;

/// What rewriting free names found.
#[derive(Default, PartialEq)]
pub(super) struct Findings {
    /// Configured free names that the program mentions, in order of first mention.
    pub provided: Vec<(String, Span)>,
    /// The first `require(expression)`.
    pub dynamic_require: Option<Span>,
    /// The first `import(expression)`.
    pub dynamic_import: Option<Span>,
    /// Calls of `require.context` and `import.meta.glob` whose arguments are not literals.
    pub open_globs: Vec<(Span, &'static str)>,
    /// The first `new Worker(new URL(expression, import.meta.url))`.
    pub dynamic_worker: Option<Span>,
    /// The first worker that gets no file of its own, because the output is not for browsers.
    pub lost_worker: Option<Span>,
    /// The first direct `eval(…)` or `with`.
    pub direct_eval: Option<Span>,
    /// The first global of a script that an ES module cannot name, if the output is one.
    pub reserved_name: Option<Ident>,
}

/// Returns the warnings about the findings.
pub(super) fn warn(findings: &Findings, label: impl Fn(Span) -> Label) -> Vec<Diagnostic> {
    type Warning = fn(Label) -> Diagnostic;
    let calls: [(Option<Span>, Warning); 4] = [
        (findings.dynamic_require, messages::dynamic_require),
        (findings.dynamic_import, messages::dynamic_import),
        (findings.dynamic_worker, messages::dynamic_worker),
        (findings.lost_worker, messages::worker_not_bundled),
    ];
    let calls = calls.into_iter().filter_map(|(span, message)| Some(message(label(span?))));
    let globs = findings.open_globs.iter();
    let globs = globs.map(|(span, name)| messages::open_glob(label(*span), name));
    let reserved = findings
        .reserved_name
        .as_ref()
        .map(|name| messages::sloppy_name_in_module(label(name.span), &name.sym));
    let eval = findings.direct_eval.map(|span| messages::direct_eval(label(span)));
    reserved.into_iter().chain(calls).chain(globs).chain(eval).collect()
}
