//! Finds the code that `drop` leaves out: calls of methods of the page's `console`, and `debugger`.

use bundle_base::config::Dropped;
use swc_common::SyntaxContext;
use swc_ecma_ast::{Expr, MemberExpr, OptChainBase, Stmt};

/// Returns whether an expression is a call that is left out: `console.log(x)`, `console?.log(x)`,
/// `console.log.apply(console, x)`. `console.log.bind(console)` stays, because scripts call its
/// result.
pub fn is_dropped(expr: &Expr, drop: &[Dropped], unresolved: SyntaxContext) -> bool {
    if !drop.contains(&Dropped::Console) {
        return false;
    }
    let callee = match expr {
        Expr::Call(call) => call.callee.as_expr(),
        Expr::OptChain(chain) => match &*chain.base {
            OptChainBase::Call(call) => Some(&call.callee),
            OptChainBase::Member(_) => None,
        },
        _ => None,
    };
    let Some(method) = callee.and_then(|callee| member(callee)) else { return false };
    let is_console = |expr: &Expr| {
        let name = expr.unwrap_parens().as_ident();
        name.is_some_and(|name| name.sym == "console" && name.ctxt == unresolved)
    };
    let calls_another =
        method.prop.as_ident().is_some_and(|name| ["call", "apply"].contains(&&*name.sym));
    is_console(&method.obj)
        || calls_another && member(&method.obj).is_some_and(|inner| is_console(&inner.obj))
}

/// Returns whether a statement is left out.
pub fn is_dropped_statement(statement: &Stmt, drop: &[Dropped], unresolved: SyntaxContext) -> bool {
    match statement {
        Stmt::Debugger(_) => drop.contains(&Dropped::Debugger),
        Stmt::Expr(statement) => is_dropped(&statement.expr, drop, unresolved),
        _ => false,
    }
}

/// Returns the member that an expression reads: `a.b`, `a?.b`.
fn member(expr: &Expr) -> Option<&MemberExpr> {
    match expr {
        Expr::Member(member) => Some(member),
        Expr::Paren(inner) => member(&inner.expr),
        Expr::OptChain(chain) => chain.base.as_member(),
        _ => None,
    }
}
