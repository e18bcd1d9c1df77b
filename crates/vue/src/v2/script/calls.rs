//! Recognizes calls of plain names, in parentheses or not.

use swc_ecma_ast::{CallExpr, Callee, Expr};

/// Returns an expression without the parentheses that enclose it.
pub(super) fn plain(expression: &Expr) -> &Expr {
    let mut inner = expression;
    while let Expr::Paren(paren) = inner {
        inner = &paren.expr;
    }
    inner
}

/// Returns the name and the call, if an expression calls a plain name.
pub(super) fn call(expression: &Expr) -> Option<(&str, &CallExpr)> {
    let Expr::Call(call) = plain(expression) else { return None };
    let Callee::Expr(callee) = &call.callee else { return None };
    let Expr::Ident(name) = plain(callee) else { return None };
    Some((&name.sym, call))
}

pub(super) fn is_call_of(expression: Option<&Expr>, name: &str) -> bool {
    expression.and_then(call).is_some_and(|(called, _)| called == name)
}
