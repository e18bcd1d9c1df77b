//! Calls of methods on objects of unknown type. A call may mean a built-in method if the name and
//! the arguments fit, and if the object is certainly not something else.

use swc_ecma_ast::{Expr, ExprOrSpread, Ident, Lit, MemberExpr};

use crate::analyse::recognise::member_name;
use crate::builtins;

/// Returns the method that a call may mean: `.includes`, or `Array.prototype.includes` if the
/// object is a literal.
pub(super) fn method(
    member: &MemberExpr,
    arguments: &[ExprOrSpread],
    is_free: impl Fn(&Ident) -> bool,
) -> Option<String> {
    let name = member_name(&member.prop)?;
    let builtin = builtins::method(&name)?;
    let spread = arguments.iter().any(|argument| argument.spread.is_some());
    let may_be_function =
        arguments.first().is_some_and(|first| spread || may_be_function(&first.expr));
    // A spread may add any number of arguments.
    let text = arguments.first().and_then(|first| match first.expr.unwrap_parens() {
        Expr::Lit(Lit::Str(text)) => text.value.as_str(),
        _ => None,
    });
    let count = arguments.len() + usize::from(spread);
    let method = builtin.meant_by_call(count, may_be_function, text)?;
    match member.obj.unwrap_parens() {
        Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) => Some(format!("String.prototype{method}")),
        Expr::Array(_) => Some(format!("Array.prototype{method}")),
        Expr::Lit(_) | Expr::Object(_) | Expr::Fn(_) | Expr::Arrow(_) | Expr::This(_) => None,
        // `Object.values(…)`, `_.find(…)`, `$.find(…)`: static methods, and functions of libraries.
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

/// Whether a value may be a function, judged by its form.
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
