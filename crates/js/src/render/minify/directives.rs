//! Directives, and strings that compressing could turn into one: a string statement becomes a
//! directive when the statements before it are removed.

use swc_ecma_ast::{Expr, FunctionBody, Lit, Program, Script, Stmt};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Drops string statements that are not directives.
pub(super) fn drop_false(program: &mut Program) {
    program.visit_mut_with(&mut False);
}

/// Drops a `"use strict"` of functions inside strict code. The code around the part has it once.
pub(super) fn drop_repeated(body: &mut FunctionBody) {
    if directives(&body.stmts).iter().any(Stmt::is_use_strict) {
        body.visit_mut_with(&mut Repeated);
    }
}

/// Returns the directives at the start of a list of statements.
fn directives(statements: &[Stmt]) -> &[Stmt] {
    let end =
        statements.iter().position(|s| !s.can_precede_directive()).unwrap_or(statements.len());
    &statements[..end]
}

fn is_string(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(s) if matches!(s.expr.unwrap_parens(), Expr::Lit(Lit::Str(_))))
}

struct False;

impl False {
    fn clean(statements: &mut Vec<Stmt>, keep: usize) {
        let mut index = 0;
        statements.retain(|statement| {
            index += 1;
            index <= keep || !is_string(statement)
        });
    }
}

impl VisitMut for False {
    noop_visit_mut_type!();

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        body.visit_mut_children_with(self);
        let keep = directives(&body.stmts).len();
        Self::clean(&mut body.stmts, keep);
    }

    fn visit_mut_script(&mut self, script: &mut Script) {
        script.visit_mut_children_with(self);
    }
}

struct Repeated;

impl VisitMut for Repeated {
    noop_visit_mut_type!();

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        body.visit_mut_children_with(self);
        let count = directives(&body.stmts).len();
        let mut index = 0;
        body.stmts.retain(|statement| {
            index += 1;
            index > count || !statement.is_use_strict()
        });
    }
}
