//! Prints the statements of a part: which comments, which style, and where the text is cut.

use std::ops::Range;

use bundle_base::{
    Config,
    config::{Charset, Target},
};
use bundle_graph::plan::RenderPlan;
use swc_common::{Spanned, comments::Comment};
use swc_ecma_ast::{ModuleItem, Stmt};

use super::{
    mapping::Mapper,
    part::Part,
    rendered::{Fragment, Piece},
};
use crate::{
    ast::is_legal,
    print::{NestedComments, Printer, Style},
};

/// Prints statements. `comments` are printed before the statement of the same index. `outdent`: how
/// many levels less to indent than the plan specifies.
pub(super) fn readable(
    statements: &[Stmt],
    comments: &[Vec<Comment>],
    outdent: u32,
    part: Part<'_>,
) -> Piece {
    // Those of the top level are printed with their statements.
    let nested = NestedComments::new(&part.ast.comments.restore(), is_legal)
        .without_leading(statements.iter().map(Spanned::span_lo));
    let indent = part.plan.indent.saturating_sub(outdent);
    let mut printer = Printer::new(&Style { indent, ..style(part.config) }, nested, mapper(part));
    for (index, statement) in statements.iter().enumerate() {
        for comment in comments.get(index).into_iter().flatten() {
            printer.comment_line(comment);
        }
        printer.statement(statement, false);
    }
    printer.finish()
}

/// Returns the mapper that records where the tokens of a part were written, if a map is wanted.
pub(super) fn mapper(part: Part<'_>) -> Option<Mapper<'_>> {
    Mapper::new(part.ast, calls(part.plan), part.mapping)
}

/// Returns the slots of calls that replace requests.
pub(super) fn calls(plan: &RenderPlan) -> Range<u32> {
    let slot = |number: usize| u32::try_from(number).expect("a module has under 2^32 slots");
    slot(plan.bindings.len())..slot(plan.bindings.len() + plan.calls.len())
}

/// Prints without white space and ends each statement. Comments precede it, each on its own line.
/// The text is cut at marked slots, and around the statements that `is_movable` finds, which are
/// functions.
pub(super) fn compact(
    statements: &[Stmt],
    is_movable: impl Fn(&Stmt) -> bool,
    comments: &[Comment],
    mapper: Option<Mapper<'_>>,
    config: &Config,
) -> (Piece, Vec<Fragment>) {
    let mut printer = compact_printer(comments, mapper, config);
    for statement in statements {
        printer.statement(statement, is_movable(statement));
    }
    printer.cut_up()
}

/// Prints the items of a module without white space, after comments.
pub(super) fn compact_module(items: &[ModuleItem], comments: &[Comment], config: &Config) -> Piece {
    let mut printer = compact_printer(comments, None, config);
    for item in items {
        printer.item(item);
    }
    printer.cut_up().0
}

fn compact_printer<'a>(
    comments: &[Comment],
    mapper: Option<Mapper<'a>>,
    config: &Config,
) -> Printer<'a> {
    let style = Style { is_compact: true, ..style(config) };
    let mut printer = Printer::new(&style, NestedComments::default(), mapper);
    for comment in comments {
        printer.comment_line(comment);
    }
    printer
}

fn style(config: &Config) -> Style {
    Style {
        indent: 0,
        ascii: config.script.charset == Charset::Ascii,
        is_es5: matches!(config.script.target, Target::Ecma(..=5) | Target::Browsers(_)),
        is_compact: false,
    }
}
