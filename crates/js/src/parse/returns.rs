//! `return` at the top level: Node lets CommonJS files have it, so the parser is told to accept it; ES modules may not.

use swc_common::Span;
use swc_ecma_ast::{Class, Expr, Function, ReturnStmt};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::Parsed;

/// The first `return` of an ES module that is in no function.
pub(super) fn at_top_level(parsed: &Parsed) -> Option<Span> {
    let mut returns = Returns { first: None };
    if parsed.is_module {
        parsed.module.visit_with(&mut returns);
    }
    returns.first
}

struct Returns {
    first: Option<Span>,
}

impl Visit for Returns {
    noop_visit_type!();

    fn visit_return_stmt(&mut self, statement: &ReturnStmt) {
        self.first.get_or_insert(statement.span);
    }

    // Statements are only in statements, and in functions, where `return` is at home.
    fn visit_expr(&mut self, _: &Expr) {}
    fn visit_function(&mut self, _: &Function) {}
    fn visit_class(&mut self, _: &Class) {}
}
