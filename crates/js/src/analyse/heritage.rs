//! Whether the `extends` clause of a class may throw, judged by its form.

use swc_ecma_ast::{Callee, Expr, Lit};

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
        Expr::Cond(choice) => may_construct(&choice.cons) && may_construct(&choice.alt),
        Expr::Bin(binary) => binary.op.may_short_circuit() && may_construct(&binary.right),
        // The classes that lowering makes are calls too.
        Expr::Call(call) => call.span.is_pure() || !is_made_here(&call.callee),
        Expr::Ident(name) => !matches!(&*name.sym, "undefined" | "NaN" | "Infinity"),
        Expr::Member(member) => !member.obj.unwrap_parens().is_lit(),
        Expr::Fn(function) => !function.function.is_async && !function.function.is_generator,
        _ => true,
    }
}

/// Whether a function is called where it is written.
fn is_made_here(callee: &Callee) -> bool {
    let function = callee.as_expr().map(|callee| callee.unwrap_parens());
    matches!(function, Some(Expr::Arrow(_) | Expr::Fn(_)))
}
