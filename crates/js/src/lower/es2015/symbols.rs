//! `typeof` of symbols: a polyfilled symbol is an object, and `typeof` must still be "symbol".

use swc_ecma_ast::{BinExpr, BinaryOp, Expr, Lit, UnaryExpr, UnaryOp};
use swc_ecma_visit::VisitMutWith;

use super::{super::build, model::Es2015Lowering};
use crate::scopes;

impl Es2015Lowering<'_> {
    /// Skips a comparison of `typeof` with a word that is neither "symbol" nor "object". Returns
    /// whether the expression is one.
    pub fn lower_typeof_test(&mut self, expr: &mut Expr) -> bool {
        let Expr::Bin(BinExpr { op, left, right, .. }) = expr else { return false };
        let is_test =
            matches!(op, BinaryOp::EqEq | BinaryOp::EqEqEq | BinaryOp::NotEq | BinaryOp::NotEqEq);
        if !is_test || !self.lacks.typeof_symbol {
            return false;
        }
        let (test, word) = if left.is_lit() { (right, left) } else { (left, right) };
        let Expr::Lit(Lit::Str(word)) = &**word else { return false };
        let is_plain = !matches!(word.value.as_str(), Some("symbol" | "object"));
        match &mut **test {
            Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, .. }) if is_plain => {
                arg.visit_mut_with(self);
                true
            }
            _ => false,
        }
    }

    /// Lowers `typeof value`, if the program compares a `typeof` with "symbol".
    pub fn lower_typeof(&mut self, expr: &mut Expr) {
        let Expr::Unary(UnaryExpr { arg, .. }) = expr else { return };
        if !self.lacks.typeof_symbol || is_known(arg) {
            return;
        }
        let value = std::mem::take(&mut **arg);
        let free = value.as_ident().filter(|name| name.ctxt == scopes::free()).cloned();
        let lowered = build::helper("type_of", vec![value]);
        *expr = match free {
            // A global may not exist.
            Some(name) => {
                let plain = UnaryExpr {
                    span: build::NOWHERE,
                    op: UnaryOp::TypeOf,
                    arg: Box::new(name.into()),
                };
                let word = || Expr::from("undefined");
                let test = build::binary(BinaryOp::EqEqEq, plain.into(), word());
                build::condition(build::NOWHERE, vec![test], word(), lowered)
            }
            None => lowered,
        };
    }
}

fn is_known(value: &Expr) -> bool {
    matches!(value.unwrap_parens(), Expr::Lit(_) | Expr::Fn(_))
}
