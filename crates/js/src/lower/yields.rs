//! Whether code contains `yield` or `await` of the function around. In an async generator, a
//! `return` with a value counts too, because it waits for the value.

use swc_ecma_ast::{AwaitExpr, Expr, Function, ReturnStmt, Stmt, YieldExpr};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::model::Kind;

/// Whether a node contains one.
pub(super) fn found<N: VisitWith<Yields>>(kind: Kind, node: &N) -> bool {
    let mut yields = Yields { kind, found: false };
    node.visit_with(&mut yields);
    yields.found
}

pub(super) struct Yields {
    kind: Kind,
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
        self.found |= self.kind == Kind::AsyncGenerator && statement.arg.is_some();
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
}
