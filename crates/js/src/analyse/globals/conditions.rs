//! Conditions that check for globals (`typeof x`, `if (window.x)`), and what follows in their
//! branches.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, Expr, IfStmt, SimpleAssignTarget, Stmt,
    UnaryExpr, UnaryOp,
};
use swc_ecma_visit::VisitWith;

use super::{
    MOST_LEVELS, Usage, Walk,
    syntax::{decided, is_equality, is_logical, leaves},
};

impl Walk<'_> {
    /// Visits a condition or a part of one. A missing member makes it false; a missing name throws.
    pub(super) fn question(&mut self, expr: &Expr) {
        match expr {
            Expr::Paren(paren) => self.question(&paren.expr),
            Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) => self.question(arg),
            Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, .. }) => self.type_of(arg),
            Expr::Member(member) => self.member(member, Usage::Question),
            // `(_a = window.x) == null`, which is how `window.x?.()` is lowered.
            Expr::Assign(AssignExpr {
                op: AssignOp::Assign,
                left: AssignTarget::Simple(SimpleAssignTarget::Ident(name)),
                right,
                ..
            }) if !self.is_free(name) => self.question(right),
            Expr::Bin(binary) if is_equality(binary.op) => {
                self.question(&binary.left);
                self.question(&binary.right);
            }
            Expr::Bin(binary) if is_logical(binary.op) => {
                self.logical(binary, |walk| walk.question(&binary.right));
            }
            other => other.visit_with(self),
        }
    }

    pub(super) fn type_of(&mut self, argument: &Expr) {
        match argument.unwrap_parens() {
            Expr::Ident(ident) => {
                if let Some(name) = self.free_name(ident) {
                    self.need(name, ident.span, true);
                }
            }
            Expr::Member(member) => self.member(member, Usage::Question),
            other => other.visit_with(self),
        }
    }
    pub(super) fn block(&mut self, statements: &[Stmt]) {
        let mut known = 0;
        for statement in statements {
            statement.visit_with(self);
            // `if (typeof window === "undefined") return;`
            if let Stmt::If(IfStmt { test, cons, alt: None, .. }) = statement
                && leaves(cons)
            {
                known += self.facts.assume(test, false);
            }
        }
        self.facts.forget(known);
    }

    /// Visits the branches of a condition, except those that are never taken: minifying removes
    /// these.
    pub(super) fn branches(
        &mut self,
        test: &Expr,
        consequent: &impl VisitWith<Self>,
        alternative: &impl VisitWith<Self>,
    ) {
        let decided = decided(test, self.free, MOST_LEVELS);
        self.question(test);
        if decided != Some(false) {
            self.knowing(test, true, |walk| consequent.visit_with(walk));
        }
        if decided != Some(true) {
            self.knowing(test, false, |walk| alternative.visit_with(walk));
        }
    }

    /// Visits the operands of `&&` or `||`, each unless those before it already decide the result.
    /// `visit_last` visits the last one. A chain, `a || b || c`, is one step: what follows from its
    /// operands is gathered once.
    pub(super) fn logical(&mut self, binary: &BinExpr, visit_last: impl FnOnce(&mut Self)) {
        let goes_on = binary.op == BinaryOp::LogicalAnd;
        let mut chain = vec![binary];
        let mut first = &*binary.left;
        while let Expr::Bin(inner) = first.unwrap_parens()
            && inner.op == binary.op
        {
            chain.push(inner);
            first = &inner.left;
        }
        self.question(first);
        let mut known = self.facts.assume(first, goes_on);
        let is_reached = |inner: &BinExpr, walk: &Self| {
            decided(&inner.left, walk.free, MOST_LEVELS) != Some(!goes_on)
        };
        for inner in chain[1..].iter().rev() {
            if is_reached(inner, self) {
                self.question(&inner.right);
            }
            known += self.facts.assume(&inner.right, goes_on);
        }
        if is_reached(binary, self) {
            visit_last(self);
        }
        self.facts.forget(known);
    }

    /// Runs `visit` with the facts that follow if a condition is true, or if it is false.
    pub(super) fn knowing(&mut self, test: &Expr, is_true: bool, visit: impl FnOnce(&mut Self)) {
        let known = self.facts.assume(test, is_true);
        visit(self);
        self.facts.forget(known);
    }
}
