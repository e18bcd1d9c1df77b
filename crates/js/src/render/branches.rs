//! Leaves out branches that never run, as linking decided. Their tests stay.

use bundle_base::Span;
use rustc_hash::FxHashSet;
use swc_common::Spanned;
use swc_ecma_ast::{BinExpr, BinaryOp, BlockStmt, CondExpr, Expr, IfStmt, Stmt};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::copy::Line;
use crate::{
    ast::span,
    lower::{declarations, undefined},
};

/// Removes the branches in these places of the source. Variables that they declare for their whole
/// function stay declared.
pub(super) fn remove(body: &mut [Line], dead: &[((Span, Span), bool)]) {
    if dead.is_empty() {
        return;
    }
    let mut remove = Remove { dead: dead.iter().copied().collect() };
    for line in body {
        line.statement.visit_mut_with(&mut remove);
    }
}

/// Returns declarations of the variables of a branch. Its functions are gone: only sloppy code
/// could see them outside.
fn variables_of(branch: &Stmt) -> Option<Stmt> {
    declarations(branch, &mut Vec::new())
}

struct Remove {
    dead: FxHashSet<((Span, Span), bool)>,
}

impl Remove {
    fn is_dead(&self, test: &Expr, runs_if: bool, branch: &impl Spanned) -> bool {
        self.dead.contains(&((span(test.span()), span(branch.span())), runs_if))
    }

    fn expr(&self, test: &Expr, runs_if: bool, branch: &mut Box<Expr>) {
        if self.is_dead(test, runs_if, branch) {
            **branch = undefined();
        }
    }
}

impl VisitMut for Remove {
    noop_visit_mut_type!();

    fn visit_mut_if_stmt(&mut self, statement: &mut IfStmt) {
        if self.is_dead(&statement.test, true, &*statement.cons) {
            let nothing = || Stmt::Block(BlockStmt::default());
            *statement.cons = variables_of(&statement.cons).unwrap_or_else(nothing);
        }
        if let Some(alt) = statement.alt.take_if(|alt| self.is_dead(&statement.test, false, &**alt))
        {
            statement.alt = variables_of(&alt).map(Box::new);
        }
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_cond_expr(&mut self, choice: &mut CondExpr) {
        self.expr(&choice.test, true, &mut choice.cons);
        self.expr(&choice.test, false, &mut choice.alt);
        choice.visit_mut_children_with(self);
    }

    fn visit_mut_bin_expr(&mut self, binary: &mut BinExpr) {
        match binary.op {
            BinaryOp::LogicalAnd => self.expr(&binary.left, true, &mut binary.right),
            BinaryOp::LogicalOr => self.expr(&binary.left, false, &mut binary.right),
            _ => {}
        }
        binary.visit_mut_children_with(self);
    }
}
