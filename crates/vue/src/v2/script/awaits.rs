//! Finds `await` in the setup function itself: in its statements, but not in functions within them.

use bundle_base::Span;
use bundle_js::block_span;
use swc_ecma_ast::{ArrowExpr, AwaitExpr, Class, ForOfStmt, Function, Stmt};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Returns the spans of each `await` and `for await` of a statement.
pub(super) fn of(statement: &Stmt) -> Vec<Span> {
    let mut awaits = Awaits(Vec::new());
    statement.visit_with(&mut awaits);
    awaits.0
}

struct Awaits(Vec<Span>);

impl Visit for Awaits {
    noop_visit_type!();

    fn visit_await_expr(&mut self, expression: &AwaitExpr) {
        self.0.push(block_span(expression.span));
        expression.visit_children_with(self);
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        if statement.is_await {
            self.0.push(block_span(statement.span));
        }
        statement.visit_children_with(self);
    }

    fn visit_function(&mut self, _: &Function) {}
    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
    // Members of a class cannot contain an `await` of the setup function.
    fn visit_class(&mut self, _: &Class) {}
}
