//! Reports handlers that are functions, but that Vue regards as statements.

use std::sync::Arc;

use bundle_base::{Diagnostics, Label, Source, loader::Language};
use swc_ecma_ast::Expr;

use crate::{
    messages::advice as messages,
    v2::{
        generate::events::Kind,
        report::report,
        tree::{Element, Handler},
    },
};

/// Reports handlers that create a function and never call it.
pub(super) fn check(element: &Element, source: &Arc<Source>, log: &mut Diagnostics) {
    let handlers = element
        .data
        .events
        .iter()
        .chain(&element.data.native_events)
        .flat_map(|(_, handlers)| handlers);
    for handler in handlers.filter(|handler| is_uncalled(handler)) {
        report(log, messages::uncalled_handler(Label::new(source, handler.value.whole_span())));
    }
}

/// Whether a handler is a function that Vue does not recognize. Vue then treats it as a statement,
/// which creates the function and drops it.
fn is_uncalled(handler: &Handler) -> bool {
    let text = handler.value.text();
    let may_be_function = text.starts_with("async") || text.starts_with('(') && text.contains("=>");
    if !may_be_function || Kind::of(text) != Kind::Statements {
        return false;
    }
    let Some(mut value) = bundle_js::parse_expression(text, Language::TypeScript) else {
        return false;
    };
    while let Expr::Paren(inner) = *value {
        value = inner.expr;
    }
    matches!(*value, Expr::Arrow(_) | Expr::Fn(_))
}
