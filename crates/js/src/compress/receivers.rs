//! Keeps values from turning into references: `(0, object.method)()` passes no receiver, so its
//! callee must stay a value, whatever it is compressed to.

use swc_common::util::take::Take;
use swc_ecma_ast::{Expr, SeqExpr};
use swc_ecma_visit::VisitMutWith;

use super::model::Compress;

impl Compress<'_> {
    /// Whether a callee or operand refers to a place rather than to a value.
    pub(super) fn is_reference(expr: &Expr) -> bool {
        match expr {
            Expr::Member(_) | Expr::SuperProp(_) | Expr::OptChain(_) => true,
            Expr::Ident(name) => name.sym == "eval",
            Expr::Paren(paren) => Self::is_reference(&paren.expr),
            _ => false,
        }
    }

    /// Visits an operand that may be a place. A value stays a value.
    pub(super) fn place_or_value(&mut self, expr: &mut Box<Expr>) {
        let was_place = Self::is_reference(expr);
        expr.visit_mut_with(self);
        if !was_place && Self::is_reference(expr) {
            detach(expr);
        }
    }
}

/// Turns a place into a value.
pub(super) fn detach(expr: &mut Box<Expr>) {
    let zero = Box::new(Expr::Lit(0.0.into()));
    let value = expr.take();
    **expr = Expr::Seq(SeqExpr { exprs: vec![zero, value], ..SeqExpr::dummy() });
}
