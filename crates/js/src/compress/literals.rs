//! Literals, and operations on them.

use swc_common::{DUMMY_SP, Span, Spanned};
use swc_ecma_ast::{BinExpr, Expr, Lit, Number, Str, UnaryExpr, UnaryOp};
use swc_ecma_utils::number::ToJsString;

use super::values::is_global;
use crate::arithmetic;

/// Whether an expression is written as a constant.
pub(super) fn is_literal(expr: &Expr) -> bool {
    match expr {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => {
            matches!(unary.op, UnaryOp::Void | UnaryOp::Minus)
                && matches!(&*unary.arg, Expr::Lit(Lit::Num(_)))
        }
        Expr::Ident(name) => is_global(name, "undefined"),
        _ => false,
    }
}

pub(super) fn number(value: f64) -> Expr {
    Expr::Lit(Lit::Num(Number { span: DUMMY_SP, value, raw: None }))
}

pub(super) fn undefined() -> Expr {
    Expr::Unary(UnaryExpr { span: DUMMY_SP, op: UnaryOp::Void, arg: Box::new(number(0.0)) })
}

/// Returns the number that an expression is.
pub(super) fn as_number(expr: &Expr) -> Option<f64> {
    match expr {
        Expr::Lit(Lit::Num(number)) => Some(number.value),
        Expr::Unary(UnaryExpr { op: UnaryOp::Minus, arg, .. }) => {
            as_number(arg).map(|value| -value)
        }
        _ => None,
    }
}

/// Returns the text that a literal text or number becomes.
pub(super) fn text(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(Lit::Str(text)) => text.value.as_str().map(str::to_owned),
        Expr::Lit(Lit::Num(number)) => Some(number.value.to_js_string()),
        _ => None,
    }
}

pub(super) fn string(span: Span, value: String) -> Expr {
    Expr::Lit(Lit::Str(Str { span, value: value.into(), raw: None }))
}

/// Returns the text that two literals add up to, if one of them is a text.
pub(super) fn concatenated(left: &Expr, right: &Expr) -> Option<Expr> {
    let is_text = |expr: &Expr| matches!(expr, Expr::Lit(Lit::Str(_)));
    if !is_text(left) && !is_text(right) {
        return None;
    }
    Some(string(left.span(), text(left)? + &text(right)?))
}

/// Computes an operation on two numbers, if the result is no longer than they are.
pub(super) fn arithmetic(binary: &BinExpr) -> Option<Expr> {
    let (left, right) = (as_number(&binary.left)?, as_number(&binary.right)?);
    let value = arithmetic::of_numbers(binary.op, left, right)?;
    let length = |value: f64| {
        if value.is_finite() { value.to_js_string().len() } else { "1/0".len() }
    };
    let is_short = length(value) <= length(left) + length(right) + 1;
    // The sign of zero would be lost on the way through texts.
    (is_short && !(value == 0.0 && value.is_sign_negative())).then(|| number(value))
}
