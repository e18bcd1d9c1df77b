//! The known values of the members of an object, read from the code that makes the object.

use bundle_graph::record::KnownValue;
use swc_ecma_ast::Expr;

use super::constants::KnownConstants;

/// Members in source order, so the last one of a name counts. `None`: the value may be a function,
/// which can change the object on which it is called.
pub(super) type Written = Vec<(String, Option<KnownValue>)>;

/// Returns what is known about a value.
pub(super) fn value(expr: &Expr, known: &KnownConstants) -> Option<KnownValue> {
    let is_data = || matches!(expr, Expr::Lit(_) | Expr::Object(_) | Expr::Array(_) | Expr::Tpl(_));
    known.literal(expr).map(KnownValue::Literal).or_else(|| is_data().then_some(KnownValue::Data))
}
