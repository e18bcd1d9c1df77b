//! Functions declared in blocks. The compressor takes them as strict code does, so sloppy code that has some is not given
//! to it; and it makes some by inlining, which ECMAScript 5 has not: these become variables.

use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    BlockStmt, Decl, Expr, FnDecl, FnExpr, IfStmt, LabeledStmt, Module, Stmt, SwitchCase, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type};

/// Whether a function is declared in a block.
pub(super) fn have_functions(statements: &[Stmt]) -> bool {
    let mut search = Search { is_found: false };
    statements.visit_with(&mut search);
    search.is_found
}

/// Makes variables of them: nothing in a block runs before its start, and every name is a scope's own.
pub(super) fn to_variables(module: &mut Module) {
    module.visit_mut_with(&mut Variables);
}

fn is_function(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Decl(Decl::Fn(_)))
}

struct Search {
    is_found: bool,
}

impl Visit for Search {
    noop_visit_type!();

    fn visit_block_stmt(&mut self, block: &BlockStmt) {
        self.is_found |= block.stmts.iter().any(is_function);
        block.visit_children_with(self);
    }

    fn visit_switch_case(&mut self, case: &SwitchCase) {
        self.is_found |= case.cons.iter().any(is_function);
        case.visit_children_with(self);
    }

    fn visit_if_stmt(&mut self, statement: &IfStmt) {
        self.is_found |= is_function(&statement.cons) || statement.alt.as_deref().is_some_and(is_function);
        statement.visit_children_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        self.is_found |= is_function(&statement.body);
        statement.visit_children_with(self);
    }
}

struct Variables;

impl Variables {
    fn hoist(statements: &mut Vec<Stmt>) {
        if !statements.iter().any(is_function) {
            return;
        }
        let (functions, rest): (Vec<_>, Vec<_>) = statements.drain(..).partition(is_function);
        let decls = functions.into_iter().filter_map(|function| Some(variable(function.decl()?.fn_decl()?))).collect();
        let variables = VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() };
        statements.push(variables.into());
        statements.extend(rest);
    }
}

fn variable(FnDecl { ident, function, .. }: FnDecl) -> VarDeclarator {
    let value = Expr::Fn(FnExpr { ident: None, function });
    VarDeclarator { span: DUMMY_SP, name: ident.into(), init: Some(Box::new(value)), definite: false }
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
