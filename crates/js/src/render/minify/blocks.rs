//! Turns functions declared in blocks into variables. The compressor makes such functions by
//! inlining, and ECMAScript 5 does not have them.

use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    BlockStmt, Decl, Expr, FnDecl, FnExpr, Module, Stmt, SwitchCase, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Turns them into variables. That is safe because nothing in a block runs before its start, and
/// every name belongs to one scope.
pub(super) fn to_variables(module: &mut Module) {
    module.visit_mut_with(&mut Variables);
}

fn is_function(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Decl(Decl::Fn(_)))
}

struct Variables;

impl Variables {
    fn hoist(statements: &mut Vec<Stmt>) {
        if !statements.iter().any(is_function) {
            return;
        }
        let (functions, rest): (Vec<_>, Vec<_>) = statements.drain(..).partition(is_function);
        let decls = functions
            .into_iter()
            .filter_map(|function| Some(variable(function.decl()?.fn_decl()?)))
            .collect();
        let variables = VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() };
        statements.push(variables.into());
        statements.extend(rest);
    }
}

fn variable(FnDecl { ident, function, .. }: FnDecl) -> VarDeclarator {
    let value = Expr::Fn(FnExpr { ident: None, function });
    VarDeclarator {
        span: DUMMY_SP,
        name: ident.into(),
        init: Some(Box::new(value)),
        definite: false,
    }
}

impl VisitMut for Variables {
    noop_visit_mut_type!();

    fn visit_mut_block_stmt(&mut self, block: &mut BlockStmt) {
        block.visit_mut_children_with(self);
        Self::hoist(&mut block.stmts);
    }

    fn visit_mut_switch_case(&mut self, case: &mut SwitchCase) {
        case.visit_mut_children_with(self);
        Self::hoist(&mut case.cons);
    }
}
