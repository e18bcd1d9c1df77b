//! In a loop, a function may come before the variable that it captures:
//! `for (…) { list.push(() => x); let x = 1; }`. swc looks for variables of one iteration from the
//! top down, and would share one variable between all iterations. So such a variable is declared at
//! the start of its block, and assigned at its old place.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, Decl, EmptyStmt, Expr, FunctionBody, Id, Ident, Program,
    SeqExpr, Stmt, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{ExprFactory, find_pat_ids};
use swc_ecma_visit::{VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type};

use super::kept::Kept;

/// Moves the declarations of such variables. For targets without `let`.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut LateVariables { is_in_loop: false });
}

struct LateVariables {
    is_in_loop: bool,
}

impl VisitMut for LateVariables {
    noop_visit_mut_type!();

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        let outer = std::mem::take(&mut self.is_in_loop);
        body.visit_mut_children_with(self);
        self.is_in_loop = outer;
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        let outer = self.is_in_loop;
        self.is_in_loop |= matches!(
            statement,
            Stmt::For(_) | Stmt::ForIn(_) | Stmt::ForOf(_) | Stmt::While(_) | Stmt::DoWhile(_)
        );
        statement.visit_mut_children_with(self);
        self.is_in_loop = outer;
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements.visit_mut_children_with(self);
        if self.is_in_loop {
            move_late(statements);
        }
    }
}

fn move_late(statements: &mut Vec<Stmt>) {
    let mut kept = Kept::default();
    let mut moved = Vec::new();
    for statement in statements.iter_mut() {
        if let Stmt::Decl(Decl::Var(declaration)) = statement
            && declaration.kind != VarDeclKind::Var
        {
            let names: Vec<Ident> = find_pat_ids(&declaration.decls);
            let mut is_late = false;
            for variable in &declaration.decls {
                let own: Vec<Id> = find_pat_ids(&variable.name);
                is_late |= own.iter().any(|name| kept.names.contains(name));
                variable.visit_with(&mut kept);
            }
            if is_late {
                moved.extend(names.into_iter().map(|name| Ident { span: DUMMY_SP, ..name }));
                *statement = assignments(declaration);
            }
        } else {
            statement.visit_with(&mut kept);
        }
    }
    if !moved.is_empty() {
        let declarator = |name: Ident| VarDeclarator {
            span: DUMMY_SP,
            name: name.into(),
            init: None,
            definite: false,
        };
        let decls = moved.into_iter().map(declarator).collect();
        statements
            .insert(0, VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() }.into());
    }
}

fn assignments(declaration: &mut VarDecl) -> Stmt {
    let mut exprs = Vec::new();
    for VarDeclarator { span, name, init, .. } in declaration.decls.take() {
        if let (Some(right), Ok(left)) = (init, AssignTarget::try_from(name)) {
            exprs.push(Box::new(Expr::Assign(AssignExpr {
                span,
                op: AssignOp::Assign,
                left,
                right,
            })));
        }
    }
    match exprs.len() {
        0 => EmptyStmt { span: DUMMY_SP }.into(),
        1 => exprs.remove(0).into_stmt(),
        _ => Expr::Seq(SeqExpr { span: declaration.span, exprs }).into_stmt(),
    }
}
