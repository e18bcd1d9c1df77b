//! Comma operators. Unused literals are dropped, and nested sequences are joined. Expressions that
//! mention a name stay, because rendering has counted the mention. The first element is kept where
//! `(0, object.method)` needs it.

use swc_ecma_ast::{Expr, SeqExpr, UnaryOp};

use super::{
    Printer,
    expressions::bare,
    precedence::{Level, Need},
};

impl Printer<'_> {
    pub(super) fn sequence(&mut self, node: &SeqExpr, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        let mut is_first = true;
        for element in kept(node) {
            if !std::mem::take(&mut is_first) {
                self.out.mark(",");
                self.out.gap();
            }
            self.expr(element, need.operand(Level::Assign));
        }
    }
}

/// Returns the elements that are printed: at least two.
fn kept(node: &SeqExpr) -> Vec<&Expr> {
    let mut flat = Vec::with_capacity(node.exprs.len());
    flatten(node, true, &mut flat);
    let Some(last) = flat.pop() else { return flat };
    let first = flat.first().copied();
    flat.retain(|element| !matches!(bare(element).0, Expr::Lit(_)));
    if flat.is_empty() {
        flat.extend(first);
    }
    flat.push(last);
    flat
}

/// Joins nested sequences. `is_used`: the value of the last element is used.
fn flatten<'e>(node: &'e SeqExpr, is_used: bool, into: &mut Vec<&'e Expr>) {
    let count = node.exprs.len();
    for (index, element) in node.exprs.iter().enumerate() {
        let is_used = is_used && index + 1 == count;
        match opened(element, is_used) {
            Expr::Seq(inner) => flatten(inner, is_used, into),
            other => into.push(other),
        }
    }
}

/// Looks through parentheses around a sequence, and through `void` if the value is not used.
fn opened(element: &Expr, is_used: bool) -> &Expr {
    match bare(element).0 {
        Expr::Unary(unary) if unary.op == UnaryOp::Void && !is_used => opened(&unary.arg, false),
        sequence @ Expr::Seq(_) => sequence,
        _ => element,
    }
}
