//! Finds obstacles to compressing a program: a direct `eval` or `with`, which see its names, and
//! nesting that only generated code has, where walks of walks would take minutes.

use swc_ecma_ast::{Callee, Expr, Module, Stmt, WithStmt};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// The deepest nesting of statements and expressions that is compressed.
const LIMIT: u32 = 600;

/// The obstacles found in a program.
#[derive(Default)]
pub(super) struct Shape {
    /// It calls `eval` directly or has a `with`.
    pub has_eval: bool,
    now: u32,
    deepest: u32,
}

impl Shape {
    pub fn of(module: &Module) -> Self {
        let mut shape = Self::default();
        module.visit_with(&mut shape);
        shape
    }

    pub fn is_compressed(&self) -> bool {
        !self.has_eval && self.deepest <= LIMIT
    }

    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        self.now += 1;
        self.deepest = self.deepest.max(self.now);
        visit(self);
        self.now -= 1;
    }
}

impl Visit for Shape {
    noop_visit_type!();

    fn visit_stmt(&mut self, statement: &Stmt) {
        self.within(|walk| statement.visit_children_with(walk));
    }

    fn visit_expr(&mut self, expression: &Expr) {
        self.within(|walk| expression.visit_children_with(walk));
    }

    fn visit_callee(&mut self, callee: &Callee) {
        if let Callee::Expr(callee) = callee {
            let callee = callee.unwrap_parens();
            self.has_eval |= matches!(callee, Expr::Ident(name) if name.sym == "eval");
        }
        callee.visit_children_with(self);
    }

    fn visit_with_stmt(&mut self, statement: &WithStmt) {
        self.has_eval = true;
        statement.visit_children_with(self);
    }
}
