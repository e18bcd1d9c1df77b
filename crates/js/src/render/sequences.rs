//! Removes unused values from sequences before swc's fixer adds parentheses. The fixer drops unused
//! values from the front of a sequence, but only after it added parentheses:
//! `(0, function () {} + 1), 1` would then begin with `function`, which is a declaration. Also, a
//! string in parentheses is not a directive, and must not become one when the fixer drops the
//! parentheses.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{Expr, ExprStmt, Lit, Module, Number, SeqExpr, UnaryExpr, UnaryOp};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Flattens sequences and drops values in them that have no effect. The first is kept where
/// `(0, object.method)` needs it.
pub(super) fn settle(module: &mut Module) {
    module.visit_mut_with(&mut Settle);
}

struct Settle;

impl VisitMut for Settle {
    noop_visit_mut_type!();

    fn visit_mut_seq_expr(&mut self, sequence: &mut SeqExpr) {
        sequence.visit_mut_children_with(self);
        let mut flat = Vec::with_capacity(sequence.exprs.len());
        flatten(std::mem::take(&mut sequence.exprs), true, &mut flat);
        let last = flat.pop();
        let mut kept: Vec<_> = flat.extract_if(.., |element| !is_value(element)).collect();
        if kept.is_empty() {
            kept.extend(flat.into_iter().next());
        }
        sequence.exprs = kept;
        sequence.exprs.extend(last);
    }

    fn visit_mut_expr_stmt(&mut self, statement: &mut ExprStmt) {
        statement.visit_mut_children_with(self);
        let is_string = |expr: &Expr| matches!(expr.unwrap_parens(), Expr::Lit(Lit::Str(_)));
        if statement.expr.is_paren() && is_string(&statement.expr) {
            let zero = Expr::Lit(Lit::Num(Number::from(0.0)));
            let exprs = vec![Box::new(zero), statement.expr.take()];
            *statement.expr = Expr::Seq(SeqExpr { span: DUMMY_SP, exprs });
        }
    }
}

/// Flattens nested sequences into a list. `is_used`: the value of the last element is used.
#[expect(clippy::vec_box, reason = "what sequences hold")]
fn flatten(elements: Vec<Box<Expr>>, is_used: bool, into: &mut Vec<Box<Expr>>) {
    let count = elements.len();
    for (index, element) in elements.into_iter().enumerate() {
        let is_used = is_used && index + 1 == count;
        match opened(*element, is_used) {
            Expr::Seq(inner) => flatten(inner.exprs, is_used, into),
            other => into.push(Box::new(other)),
        }
    }
}

/// Removes the parentheses around a sequence, and turns `void x` into `x` if its value is not used.
fn opened(mut element: Expr, is_used: bool) -> Expr {
    loop {
        let is_open = match element.unwrap_parens() {
            Expr::Seq(_) => element.is_seq(),
            Expr::Unary(UnaryExpr { op: UnaryOp::Void, .. }) => is_used,
            _ => true,
        };
        if is_open {
            return element;
        }
        element = match element {
            Expr::Paren(paren) => *paren.expr,
            Expr::Unary(unary) => *unary.arg,
            other => return other,
        };
    }
}

/// Whether evaluating an expression has no effect.
fn is_value(element: &Expr) -> bool {
    matches!(element.unwrap_parens(), Expr::Fn(_) | Expr::Arrow(_) | Expr::Lit(_))
}
