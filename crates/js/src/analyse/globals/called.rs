//! Methods that are called of objects which nobody knows: by name, by how they are called, and by
//! what is certainly no built-in.

use swc_ecma_ast::{Expr, ExprOrSpread, Ident, Lit, MemberExpr};

use super::written::name_of;
use crate::builtins;

/// The method that a call may mean: `.includes`, or `Array.prototype.includes` where the object is
/// written.
pub(super) fn method(
    member: &MemberExpr,
    arguments: &[ExprOrSpread],
    is_free: impl Fn(&Ident) -> bool,
) -> Option<String> {
    let name = name_of(&member.prop)?;
    let brought = builtins::method(&name)?;
    let spread = arguments.iter().any(|argument| argument.spread.is_some());
    let may_be_function =
        arguments.first().is_some_and(|first| spread || may_be_function(&first.expr));
    // How many a spread gives nobody knows.
    let method = brought.called(arguments.len() + usize::from(spread), may_be_function)?;
    match member.obj.unwrap_parens() {
        Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) => Some(format!("String.prototype{method}")),
        Expr::Array(_) => Some(format!("Array.prototype{method}")),
        Expr::Lit(_) | Expr::Object(_) | Expr::Fn(_) | Expr::Arrow(_) | Expr::This(_) => None,
        // `Object.values(…)`, `_.find(…)`, `$.find(…)`: functions of libraries.
        Expr::Ident(object)
            if is_free(object)
                && object.sym.starts_with(|first: char| first.is_ascii_uppercase()) =>
        {
            None
        }
        Expr::Ident(object)
            if matches!(object.sym.as_str(), "_" | "$" | "lodash" | "jQuery" | "R") =>
        {
            None
        }
        _ => Some(method.to_owned()),
    }
}

/// Whether a value can be called, as far as it is written.
fn may_be_function(expr: &Expr) -> bool {
    !matches!(
        expr.unwrap_parens(),
        Expr::Lit(_)
            | Expr::Tpl(_)
            | Expr::Object(_)
            | Expr::Array(_)
            | Expr::Bin(_)
            | Expr::Unary(_)
    )
}
