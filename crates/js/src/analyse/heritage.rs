//! What a class can extend.

use swc_ecma_ast::{Expr, Lit};

/// Whether a value may be the parent of a class. Other parents throw.
pub(crate) fn may_construct(value: &Expr) -> bool {
    match value {
        Expr::Lit(literal) => matches!(literal, Lit::Null(_)),
        Expr::Paren(inner) => may_construct(&inner.expr),
        Expr::Seq(sequence) => sequence.exprs.last().is_none_or(|last| may_construct(last)),
        Expr::Array(_)
        | Expr::Object(_)
        | Expr::Arrow(_)
        | Expr::Tpl(_)
        | Expr::Unary(_)
        | Expr::Update(_) => false,
        Expr::Bin(binary) => binary.op.may_short_circuit(),
        Expr::Fn(function) => !function.function.is_async && !function.function.is_generator,
        _ => true,
    }
}
