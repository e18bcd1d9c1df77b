//! `using` and `await using`: the statements of their block become a `try`.
//!
//! ```js
//! { using a = f(); g(a); }
//! { const _resources = _using();
//!   try { const a = _resources.u(f()); g(a); }
//!   catch (_error) { _resources.e(_error); } finally { _resources.d(); } }
//! ```
//!
//! All statements of the block are in the `try`, with their functions. Only at the top level of a
//! module, exports have to stay outside (`module`).

use swc_common::util::take::Take;
use swc_ecma_ast::{
    Decl, FnDecl, FnExpr, ForHead, ForOfStmt, Module, Program, Stmt, SwitchStmt, VarDecl,
    VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::build::{self};

mod module; // `using` at the top level of a module
mod resources; // what disposes of the resources of a block

use resources::{Resources, block};

/// Lowers a program.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut UsingLowering);
}

struct UsingLowering;

impl UsingLowering {
    /// Lowers the statements of a block.
    fn statements(statements: &mut Vec<Stmt>) {
        let is_using = |it: &Stmt| it.as_decl().is_some_and(Decl::is_using);
        let Some(first) = statements.iter().position(is_using) else { return };
        let mut resources = Resources::new();
        resources.take_from(statements);
        // A function that is called earlier may see what is declared later.
        let has_functions = statements.iter().any(is_function);
        let from = if has_functions { directives(statements) } else { first };
        let mut inside = statements.split_off(from);
        if has_functions {
            inside = functions_first(inside);
        }
        statements.push(resources.declaration());
        statements.push(resources.guard(inside));
    }

    /// Rewrites `for (using a of b) …` to `for (const _item of b) { using a = _item; … }`.
    fn for_of(statement: &mut ForOfStmt) {
        let ForHead::UsingDecl(using) = &mut statement.left else { return };
        let mut using = using.take();
        let item = private_ident!("_item");
        for declarator in &mut using.decls {
            declarator.init = Some(Box::new(item.clone().into()));
        }
        let body = std::mem::take(&mut *statement.body);
        *statement.body = block(vec![using.into(), body]).into();
        let decls = vec![build::declared(item)];
        let head = VarDecl { kind: VarDeclKind::Const, decls, ..VarDecl::default() };
        statement.left = ForHead::VarDecl(Box::new(head));
    }

    /// Lowers `using` in the cases of a `switch`, whose block they share.
    fn switch(statement: &mut SwitchStmt) -> Option<Stmt> {
        let mut resources = Resources::new();
        let mut was_found = false;
        for case in &mut statement.cases {
            was_found |= resources.take_from(&mut case.cons);
        }
        was_found.then(|| {
            let inside = vec![std::mem::take(statement).into()];
            block(vec![resources.declaration(), resources.guard(inside)]).into()
        })
    }
}

fn is_function(statement: &Stmt) -> bool {
    statement.as_decl().is_some_and(Decl::is_fn_decl)
}

/// Turns the functions of a block into variables at its start: strict code of old engines has no
/// functions in blocks. If two have one name, the last counts.
fn functions_first(statements: Vec<Stmt>) -> Vec<Stmt> {
    let (functions, others): (Vec<_>, Vec<_>) = statements.into_iter().partition(is_function);
    let mut decls: Vec<VarDeclarator> = Vec::with_capacity(functions.len());
    for statement in functions {
        let Stmt::Decl(Decl::Fn(FnDecl { ident, function, .. })) = statement else { continue };
        decls.retain(|it| it.name.as_ident().is_none_or(|it| it.to_id() != ident.to_id()));
        let own = private_ident!(ident.span, ident.sym.clone());
        let value = FnExpr { ident: Some(own), function };
        decls.push(build::declarator(ident, value.into()));
    }
    let variables = VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() };
    [Stmt::from(variables)].into_iter().chain(others).collect()
}

/// Returns how many directives begin a list of statements.
fn directives(statements: &[Stmt]) -> usize {
    statements.iter().take_while(|statement| build::is_directive(statement)).count()
}

impl VisitMut for UsingLowering {
    noop_visit_mut_type!();

    fn visit_mut_module(&mut self, module: &mut Module) {
        module.visit_mut_children_with(self);
        module::lower(module);
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements.visit_mut_children_with(self);
        Self::statements(statements);
    }

    fn visit_mut_for_of_stmt(&mut self, statement: &mut ForOfStmt) {
        Self::for_of(statement);
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_switch_stmt(&mut self, statement: &mut SwitchStmt) {
        statement.discriminant.visit_mut_with(self);
        for case in &mut statement.cases {
            case.test.visit_mut_with(self);
            for statement in &mut case.cons {
                statement.visit_mut_with(self);
            }
        }
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        if let Stmt::Switch(switch) = statement
            && let Some(lowered) = Self::switch(switch)
        {
            *statement = lowered;
        }
    }
}
