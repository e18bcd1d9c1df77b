//! The lowered program of one part, opaque outside this crate. Its identifiers have a meaning only
//! under its own swc `Globals`: code that looks at marks or contexts must run inside `within`.
//! Threads share it behind `Arc`, so it holds plain data only (swc's own comment table is not
//! `Send`).

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use bundle_base::{Diagnostic, Label, Source, Span, place::Lines};
use swc_common::{
    BytePos, GLOBALS, Globals, Mark,
    comments::{Comment, SingleThreadedComments, SingleThreadedCommentsMapInner},
    errors::{DiagnosticBuilder, Emitter, HANDLER, Handler},
};
use swc_ecma_ast::Module;

use crate::messages;

/// The position of a text's first byte. swc keeps 0 for "no position".
pub(crate) const BASE: BytePos = BytePos(1);

/// The lowered program of one part.
pub struct Ast {
    /// The table that gives the syntax contexts of its identifiers a meaning.
    pub(crate) globals: Globals,
    /// The program after lowering; a script's statements are module items too.
    pub(crate) module: Module,
    /// Legal and annotation comments by position.
    pub(crate) comments: PlainComments,
    /// The marks with which its identifiers were resolved.
    pub(crate) marks: Marks,
    /// The text that it was parsed from.
    pub(crate) source: Arc<Source>,
    /// Maps its identifiers to the symbols of the record.
    pub(crate) names: crate::analyse::Names,
    /// The line table of the text, made on first use.
    pub(crate) lines: OnceLock<Lines>,
}

impl Ast {
    /// The text that it was parsed from, for source maps and diagnostics.
    pub fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// The line table of the text, for source maps.
    pub(crate) fn lines(&self) -> &Lines {
        self.lines.get_or_init(|| Lines::new(&self.source.text))
    }
}

/// The marks of one program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Marks {
    /// The mark on free names.
    pub unresolved: Mark,
    /// The mark on names declared at the top level.
    pub top_level: Mark,
    /// The mark on names of the runtime's lowering helpers (`_class_call_check`).
    pub helpers: Mark,
}

/// Comments as plain sorted data; swc's own table shares its contents by `Rc`.
#[derive(Debug, Default)]
pub(crate) struct PlainComments {
    leading: Vec<(BytePos, Vec<Comment>)>,
    trailing: Vec<(BytePos, Vec<Comment>)>,
}

impl PlainComments {
    /// Keeps the comments that matter after lowering: licences, and annotations for tree shaking
    /// and minifying.
    pub fn keep(comments: &SingleThreadedComments) -> Self {
        let (leading, trailing) = comments.borrow_all();
        Self { leading: kept(&leading), trailing: kept(&trailing) }
    }

    /// Builds the table that swc's passes and printer take.
    pub fn restore(&self) -> SingleThreadedComments {
        let table = SingleThreadedComments::default();
        {
            let (mut leading, mut trailing) = table.borrow_all_mut();
            leading.extend(self.leading.iter().cloned());
            trailing.extend(self.trailing.iter().cloned());
        }
        table
    }

    /// Returns the comments before the node at a position.
    pub fn leading(&self, at: BytePos) -> &[Comment] {
        match self.leading.binary_search_by_key(&at, |(position, _)| *position) {
            Ok(index) => &self.leading[index].1,
            Err(_) => &[],
        }
    }

    /// Returns the comments whose position is in a span, its end included.
    pub fn within(&self, span: swc_common::Span) -> impl Iterator<Item = &Comment> {
        let inside = move |list: &'_ [(BytePos, Vec<Comment>)]| {
            let start = list.partition_point(|(at, _)| *at < span.lo);
            let end = list.partition_point(|(at, _)| *at <= span.hi).max(start);
            start..end
        };
        let leading = &self.leading[inside(&self.leading)];
        let trailing = &self.trailing[inside(&self.trailing)];
        leading.iter().chain(trailing).flat_map(|(_, comments)| comments)
    }
}

fn kept(table: &SingleThreadedCommentsMapInner) -> Vec<(BytePos, Vec<Comment>)> {
    let mut all: Vec<_> = table
        .iter()
        .filter_map(|(at, comments)| {
            let kept: Vec<_> =
                comments.iter().filter(|c| is_legal(c) || is_annotation(c)).cloned().collect();
            (!kept.is_empty()).then_some((*at, kept))
        })
        .collect();
    all.sort_by_key(|(at, _)| *at);
    all
}

/// Whether a comment must be kept in the output: `/*! … */`, `@license`, `@preserve`.
pub(crate) fn is_legal(comment: &Comment) -> bool {
    let text = comment.text.as_str();
    // The source map that a compiler names for its output does not describe ours.
    if text.starts_with("# sourceMappingURL=") || text.starts_with("@ sourceMappingURL=") {
        return false;
    }
    text.starts_with('!') || text.contains("@license") || text.contains("@preserve")
}

/// Whether a comment is an annotation of a call or function (`__PURE__`, `__NO_SIDE_EFFECTS__`).
fn is_annotation(comment: &Comment) -> bool {
    let text = comment.text.as_str();
    text.contains("__PURE__") || text.contains("__NO_SIDE_EFFECTS__")
}

/// Runs `f` under a program's `Globals`; drops what swc reports meanwhile.
pub(crate) fn within<R>(globals: &Globals, f: impl FnOnce() -> R) -> R {
    GLOBALS.set(globals, || collect_reports(f).0)
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

/// Converts a span of swc to bytes of the text. For nodes that lowering made: the empty span at the
/// start.
pub(crate) fn span(of: swc_common::Span) -> Span {
    if of.lo < BASE || of.lo.is_reserved_for_comments() {
        return Span::default();
    }
    let start = of.lo.0 - BASE.0;
    Span::new(start, of.hi.0.saturating_sub(BASE.0).max(start))
}

/// The emitter of `collect_reports`. The lock is there because swc wants to own the emitter whose
/// reports we read afterwards.
#[derive(Clone, Default)]
struct Collector(Arc<Mutex<Vec<(Span, String)>>>);

impl Emitter for Collector {
    fn emit(&mut self, report: &mut DiagnosticBuilder<'_>) {
        let at = report.span.primary_span().map_or_else(Span::default, span);
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push((at, report.message()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_crosses_threads() {
        fn crosses<T: Send + Sync>() {}
        crosses::<Ast>();
    }
}
