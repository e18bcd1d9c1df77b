//! Finds the `await`s at the top level of a program. Must run before lowering, which may turn
//! `for await` into a plain loop.

use swc_common::Span;
use swc_ecma_ast::{
    ArrowExpr, AwaitExpr, ClassProp, Constructor, ForOfStmt, Function, ModuleItem, PrivateProp,
    StaticBlock, Stmt, UsingDecl,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Returns the first top-level `await`.
pub(super) fn first(items: &[ModuleItem]) -> Option<Span> {
    let mut awaits = Awaits(None);
    for item in items {
        item.visit_with(&mut awaits);
    }
    awaits.0
}

/// Whether a rendered statement must be inside an async function.
pub(crate) fn contains_await(statement: &Stmt) -> bool {
    let mut awaits = Awaits(None);
    statement.visit_with(&mut awaits);
    awaits.0.is_some()
}

struct Awaits(Option<Span>);

impl Visit for Awaits {
    noop_visit_type!();

    fn visit_await_expr(&mut self, expr: &AwaitExpr) {
        self.0.get_or_insert(expr.span);
    }

    fn visit_for_of_stmt(&mut self, statement: &ForOfStmt) {
        if statement.is_await {
            self.0.get_or_insert(statement.span);
        }
        statement.visit_children_with(self);
    }

    fn visit_using_decl(&mut self, declaration: &UsingDecl) {
        if declaration.is_await {
            self.0.get_or_insert(declaration.span);
        }
        declaration.visit_children_with(self);
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_constructor(&mut self, _: &Constructor) {}

    fn visit_class_prop(&mut self, prop: &ClassProp) {
        prop.key.visit_with(self);
    }

    fn visit_private_prop(&mut self, _: &PrivateProp) {}

    fn visit_static_block(&mut self, _: &StaticBlock) {}
}
