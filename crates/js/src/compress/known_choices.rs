//! Choices between a known value and another one, where they are compared or have a default.
//! Lowering turns `a?.b` into `null == a ? void 0 : a.b`. Followed by `=== "c"`, that is `null != a
//! && a.b === "c"`; followed by `|| c`, it is `null != a && a.b || c`.

use swc_common::util::take::Take;
use swc_ecma_ast::{BinExpr, BinaryOp, CondExpr, Expr};

use super::{
    conditions::{logical, not},
    literals::is_literal,
    model::Compress,
    values::is_boolean,
};

impl Compress<'_> {
    /// Returns `a && b || c` for `(a ? b : void 0) || c`, and `(a || b) && c` for
    /// `(a ? 1 : b) && c`: the known value is never the result.
    pub(super) fn without_known(&mut self, binary: &mut BinExpr) -> Option<Expr> {
        let is_or = binary.op == BinaryOp::LogicalOr;
        // The choice may be the end of a chain.
        let place = match &mut *binary.left {
            Expr::Bin(chain) if chain.op == binary.op => &mut chain.right,
            _ => &mut binary.left,
        };
        let Expr::Cond(choice) = &mut **place else { return None };
        let is_dropped = |value: &Expr| is_literal(value) && Self::truth(value) == Some(!is_or);
        let (known, other, is_negated) = if is_dropped(&choice.alt) {
            (choice.alt.take(), choice.cons.take(), !is_or)
        } else if is_dropped(&choice.cons) {
            (choice.cons.take(), choice.alt.take(), is_or)
        } else {
            return None;
        };
        self.forget(&*known);
        let mut test = choice.test.take();
        if is_negated {
            not(&mut test, true);
        }
        let inner = if is_or { BinaryOp::LogicalAnd } else { BinaryOp::LogicalOr };
        *place = logical(inner, test, other);
        let (left, right) = (binary.left.take(), binary.right.take());
        Some(*logical(binary.op, left, right))
    }

    /// Returns `a && b == "c"` for `(a ? b : void 0) == "c"`: the result for the known value is
    /// known.
    pub(super) fn compared_choice(&mut self, binary: &mut BinExpr) -> Option<Expr> {
        let is_left = match (&*binary.left, &*binary.right) {
            (Expr::Cond(_), literal) if is_literal(literal) => true,
            (literal, Expr::Cond(_)) if is_literal(literal) => false,
            _ => return None,
        };
        let place = if is_left { &mut binary.left } else { &mut binary.right };
        let mut value = place.take();
        let shorter = value.as_mut_cond().and_then(|choice| self.compared(binary, is_left, choice));
        if shorter.is_none() {
            *if is_left { &mut binary.left } else { &mut binary.right } = value;
        }
        shorter
    }

    /// Compares both values of a choice with the other operand of a comparison.
    fn compared(
        &mut self,
        binary: &mut BinExpr,
        is_left: bool,
        choice: &mut CondExpr,
    ) -> Option<Expr> {
        let compared = |value: Box<Expr>, binary: &BinExpr| {
            let mut copy = binary.clone();
            *if is_left { &mut copy.left } else { &mut copy.right } = value;
            copy
        };
        let known = |value: &Expr| {
            is_literal(value)
                .then(|| Self::comparison(&compared(Box::new(value.clone()), binary)))
                .flatten()
        };
        let (holds, is_alt) = match (known(&choice.cons), known(&choice.alt)) {
            (None, Some(holds)) => (holds, true),
            (Some(holds), None) => (holds, false),
            // Both are known, or neither is.
            (Some(_), Some(_)) | (None, None) => return None,
        };
        // `a ? b : known` is `!a || …` or `a && …`; `a ? known : b` is `a || …` or `!a && …`.
        let is_negated = holds == is_alt;
        // The result is a boolean, so the test must be one.
        let mut test = choice.test.clone();
        if is_negated {
            not(&mut test, false);
        }
        if !is_boolean(&test) {
            return None;
        }
        let (known, other) = if is_alt {
            (&mut choice.alt, &mut choice.cons)
        } else {
            (&mut choice.cons, &mut choice.alt)
        };
        self.forget(&*known.take());
        let mut rest = compared(other.take(), binary);
        let rest = self.binary(&mut rest).unwrap_or(Expr::Bin(rest));
        let op = if holds { BinaryOp::LogicalOr } else { BinaryOp::LogicalAnd };
        Some(*logical(op, test, Box::new(rest)))
    }
}
