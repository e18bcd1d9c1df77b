//! Finds the `await`s at the top level of a program. A module whose only `await` is its last
//! statement needs no async function: it returns the promise instead.

use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    ArrowExpr, AwaitExpr, ClassProp, Constructor, Decl, Expr, ForOfStmt, Function, ModuleDecl,
    ModuleItem, PrivateProp, ReturnStmt, StaticBlock, Stmt, UsingDecl,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Returns the first top-level `await`. Must run before lowering, which may turn `for await` into a
/// plain loop.
pub(crate) fn first(items: &[ModuleItem]) -> Option<Span> {
    let mut awaits = Awaits(None);
    for item in items {
        item.visit_with(&mut awaits);
    }
    awaits.0
}

/// Whether the only top-level `await` is a statement of its own, after which nothing runs. Must run
/// before lowering, as `first`.
pub(crate) fn is_last(items: &[ModuleItem]) -> bool {
    let mut running = items.iter().rev().skip_while(|item| does_nothing(item));
    let Some(ModuleItem::Stmt(last)) = running.next() else { return false };
    awaited(last).is_some() && running.all(|item| first(std::slice::from_ref(item)).is_none())
}

/// Whether an item does nothing when the module runs.
fn does_nothing(item: &ModuleItem) -> bool {
    match item {
        ModuleItem::Stmt(Stmt::Empty(_) | Stmt::Decl(Decl::Fn(_))) => true,
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => export.decl.is_fn_decl(),
        ModuleItem::ModuleDecl(declaration) => {
            declaration.is_import() || declaration.is_export_named() || declaration.is_export_all()
        }
        ModuleItem::Stmt(_) => false,
    }
}

/// Turns a last statement that is an `await` into a `return`, for a function that may not be
/// `async`.
pub(crate) fn return_awaited(statement: &mut Stmt) {
    if let Some(promise) = awaited(statement) {
        let span = statement.span();
        *statement = Stmt::Return(ReturnStmt { span, arg: Some(Box::new(promise.clone())) });
    }
}

/// Returns the promise of a statement that only awaits one.
fn awaited(statement: &Stmt) -> Option<&Expr> {
    let promise = &*statement.as_expr()?.expr.as_await_expr()?.arg;
    let mut awaits = Awaits(None);
    promise.visit_with(&mut awaits);
    awaits.0.is_none().then_some(promise)
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
