//! `for (object.key in …)`: swc's lowering of patterns treats the member as a pattern, and assigns
//! through a variable that it never declares. So the loop gets a variable of its own, and assigns
//! the member at the start of its body.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BlockStmt, Expr, ExprStmt, ForHead, ForInStmt, Pat,
    Program, SimpleAssignTarget, Stmt, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Rewrites loops whose target is a member. For targets without patterns.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut ForInTargets);
}

struct ForInTargets;

impl VisitMut for ForInTargets {
    noop_visit_mut_type!();

    fn visit_mut_for_in_stmt(&mut self, statement: &mut ForInStmt) {
        statement.visit_mut_children_with(self);
        let ForHead::Pat(pattern) = &mut statement.left else { return };
        let Pat::Expr(target) = &mut **pattern else { return };
        if !matches!(**target, Expr::Member(_) | Expr::SuperProp(_) | Expr::Paren(_)) {
            return;
        }
        let Ok(target) = SimpleAssignTarget::try_from(target.take()) else { return };
        let key = private_ident!("key");
        let declarator =
            VarDeclarator { span: DUMMY_SP, name: key.clone().into(), init: None, definite: false };
        statement.left =
            VarDecl { kind: VarDeclKind::Var, decls: vec![declarator], ..VarDecl::default() }
                .into();
        let assign = AssignExpr {
            span: DUMMY_SP,
            op: AssignOp::Assign,
            left: AssignTarget::Simple(target),
            right: Box::new(Expr::Ident(key)),
        };
        let first = ExprStmt { span: DUMMY_SP, expr: Box::new(assign.into()) };
        let rest = statement.body.take();
        let block = BlockStmt { stmts: vec![first.into(), *rest], ..BlockStmt::default() };
        *statement.body = Stmt::Block(block);
    }
}
