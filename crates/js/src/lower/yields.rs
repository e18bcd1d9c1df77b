//! Whether code contains `yield` or `await` of the enclosing function.

use swc_ecma_ast::{ArrowExpr, AwaitExpr, Expr, Function, ReturnStmt, Stmt, YieldExpr};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Whether a node contains a `yield` or `await` of the enclosing function. `returns_wait`: a
/// `return` with a value counts too.
pub(super) fn contains_yield<N: VisitWith<Yields>>(node: &N, returns_wait: bool) -> bool {
    let mut yields = Yields { returns_wait, found: false };
    node.visit_with(&mut yields);
    yields.found
}

/// Whether an expression, a pattern or a key contains a `yield` or `await`.
pub(super) fn suspends<N: VisitWith<Yields>>(node: &N) -> bool {
    contains_yield(node, false)
}

pub(super) struct Yields {
    returns_wait: bool,
    found: bool,
}

impl Visit for Yields {
    noop_visit_type!();

    fn visit_yield_expr(&mut self, _: &YieldExpr) {
        self.found = true;
    }

    fn visit_await_expr(&mut self, _: &AwaitExpr) {
        self.found = true;
    }

    fn visit_return_stmt(&mut self, statement: &ReturnStmt) {
        self.found |= self.returns_wait && statement.arg.is_some();
        statement.visit_children_with(self);
    }

    fn visit_stmt(&mut self, statement: &Stmt) {
        if !self.found {
            statement.visit_children_with(self);
        }
    }

    fn visit_expr(&mut self, expr: &Expr) {
        if !self.found {
            expr.visit_children_with(self);
        }
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
}
