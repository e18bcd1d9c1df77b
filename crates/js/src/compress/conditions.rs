//! Conditions, which are expressions for which only the truth counts, and their negation.

use swc_common::{DUMMY_SP, Spanned, util::take::Take};
use swc_ecma_ast::{BinExpr, BinaryOp, Bool, Expr, Lit, UnaryExpr, UnaryOp};

use super::{model::Compress, values::is_boolean};

/// How many characters `!(…)` adds to its operand.
const WRAPPED: i32 = 3;

/// Returns the opposite of an equality operator.
pub(super) fn opposite(op: BinaryOp) -> Option<BinaryOp> {
    Some(match op {
        BinaryOp::EqEq => BinaryOp::NotEq,
        BinaryOp::NotEq => BinaryOp::EqEq,
        BinaryOp::EqEqEq => BinaryOp::NotEqEq,
        BinaryOp::NotEqEq => BinaryOp::EqEqEq,
        _ => return None,
    })
}

/// Returns how many characters an expression grows by if it is negated. `is_condition`: only its
/// truth counts.
pub(super) fn cost_of_not(expr: &Expr, is_condition: bool) -> i32 {
    match expr {
        Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. })
            if is_condition || is_boolean(arg) =>
        {
            -1
        }
        Expr::Lit(Lit::Bool(_)) => 0,
        Expr::Bin(binary) => match binary.op {
            op if opposite(op).is_some() => 0,
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr => {
                let left = cost_of_not(&binary.left, is_condition);
                (left + cost_of_not(&binary.right, is_condition)).min(WRAPPED)
            }
            _ => WRAPPED,
        },
        Expr::Cond(choice) => {
            let yes = cost_of_not(&choice.cons, is_condition);
            (yes + cost_of_not(&choice.alt, is_condition)).min(WRAPPED)
        }
        Expr::Seq(sequence) => {
            let last = sequence.exprs.last();
            last.map_or(1, |last| cost_of_not(last, is_condition)).min(WRAPPED)
        }
        Expr::Assign(_) | Expr::Arrow(_) | Expr::Yield(_) => WRAPPED,
        _ => 1,
    }
}

/// Negates an expression in the shortest way. `is_condition`: only its truth counts.
pub(super) fn not(expr: &mut Expr, is_condition: bool) {
    if cost_of_not(expr, is_condition) < WRAPPED {
        match expr {
            Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. })
                if is_condition || is_boolean(arg) =>
            {
                *expr = *arg.take();
                return;
            }
            Expr::Lit(Lit::Bool(bool)) => {
                bool.value = !bool.value;
                return;
            }
            Expr::Bin(binary) => {
                if let Some(op) = opposite(binary.op) {
                    binary.op = op;
                    return;
                }
                let op = match binary.op {
                    BinaryOp::LogicalAnd => Some(BinaryOp::LogicalOr),
                    BinaryOp::LogicalOr => Some(BinaryOp::LogicalAnd),
                    _ => None,
                };
                if let Some(op) = op {
                    binary.op = op;
                    not(&mut binary.left, is_condition);
                    not(&mut binary.right, is_condition);
                    return;
                }
            }
            Expr::Cond(choice) => {
                not(&mut choice.cons, is_condition);
                not(&mut choice.alt, is_condition);
                return;
            }
            Expr::Seq(sequence) => {
                if let Some(last) = sequence.exprs.last_mut() {
                    not(last, is_condition);
                }
                return;
            }
            _ => {}
        }
    }
    wrap_in_not(expr);
}

/// Makes `left op right`.
pub(super) fn logical(op: BinaryOp, left: Box<Expr>, right: Box<Expr>) -> Box<Expr> {
    // A chain begins at its left: it needs no parentheses.
    match *right {
        Expr::Bin(mut chain) if chain.op == op => {
            chain.left = logical(op, left, chain.left);
            Box::new(Expr::Bin(chain))
        }
        right => {
            let span = left.span();
            Box::new(Expr::Bin(BinExpr { span, op, left, right: Box::new(right) }))
        }
    }
}

/// Returns `||` and `a` for `&&` and `!a`, if that is shorter. The operator joins a condition and
/// the code that runs if it holds, or if it does not.
pub(super) fn and_or(op: BinaryOp, mut test: Box<Expr>) -> (BinaryOp, Box<Expr>) {
    let (other, in_parens) = match op {
        BinaryOp::LogicalAnd => (BinaryOp::LogicalOr, BinaryOp::LogicalOr),
        BinaryOp::LogicalOr => (BinaryOp::LogicalAnd, BinaryOp::NullishCoalescing),
        _ => return (op, test),
    };
    let has_parens = matches!(&*test, Expr::Bin(binary) if binary.op == in_parens);
    let is_shorter = cost_of_not(&test, true) < if has_parens { 2 } else { 0 };
    if !is_shorter {
        return (op, test);
    }
    not(&mut test, true);
    (other, test)
}

pub(super) fn boolean(value: bool) -> Expr {
    Expr::Lit(Lit::Bool(Bool { span: DUMMY_SP, value }))
}

impl Compress<'_> {
    /// Shortens an expression for which only the truth counts.
    pub(super) fn condition(&mut self, expr: &mut Box<Expr>) {
        match &mut **expr {
            Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) => match &mut **arg {
                Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) => {
                    *expr = arg.take();
                    self.is_changed = true;
                    self.condition(expr);
                }
                _ => self.condition(arg),
            },
            Expr::Bin(binary)
                if matches!(binary.op, BinaryOp::LogicalAnd | BinaryOp::LogicalOr) =>
            {
                self.condition(&mut binary.left);
                self.condition(&mut binary.right);
                // `a && true`, `a || false`
                let is_neutral = binary.op == BinaryOp::LogicalAnd;
                if Self::truth(&binary.right) == Some(is_neutral) && self.is_pure(&binary.right) {
                    self.forget(&binary.right);
                    *expr = binary.left.take();
                }
            }
            Expr::Cond(choice) => {
                self.condition(&mut choice.cons);
                self.condition(&mut choice.alt);
                let known =
                    |this: &Self, expr: &Expr| Self::truth(expr).filter(|_| this.is_pure(expr));
                let (yes, no) = (known(self, &choice.cons), known(self, &choice.alt));
                let (op, is_negated, other) = match (yes, no) {
                    (Some(true), Some(true)) | (Some(false), Some(false)) | (None, None) => return,
                    (Some(true), Some(false)) => {
                        *expr = choice.test.take();
                        self.is_changed = true;
                        return;
                    }
                    (Some(false), Some(true)) => {
                        let mut test = choice.test.take();
                        not(&mut test, true);
                        *expr = test;
                        self.is_changed = true;
                        return;
                    }
                    (Some(true), None) => (BinaryOp::LogicalOr, false, choice.alt.take()),
                    (Some(false), None) => (BinaryOp::LogicalAnd, true, choice.alt.take()),
                    (None, Some(false)) => (BinaryOp::LogicalAnd, false, choice.cons.take()),
                    (None, Some(true)) => (BinaryOp::LogicalOr, true, choice.cons.take()),
                };
                let mut test = choice.test.take();
                if is_negated {
                    not(&mut test, true);
                }
                *expr = logical(op, test, other);
                self.is_changed = true;
            }
            Expr::Seq(sequence) => {
                if let Some(last) = sequence.exprs.last_mut() {
                    self.condition(last);
                }
            }
            _ => {}
        }
    }
}

/// Puts `!` before an expression.
pub(super) fn wrap_in_not(expr: &mut Expr) {
    let arg = Box::new(expr.take());
    *expr = Expr::Unary(UnaryExpr { span: arg.span(), op: UnaryOp::Bang, arg });
}
