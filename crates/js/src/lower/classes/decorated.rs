//! Fields with Babel's decorators. Their value is a call of a helper that defines them.

use swc_ecma_ast::{ClassProp, Expr};

use crate::scopes;

/// The helper that defines a field in a constructor.
pub(in crate::lower) const DEFINE_DECORATED: &str = "define_decorated";

/// Whether the value of a field is a call that defines the field.
pub(in crate::lower) fn defines_itself(field: &ClassProp) -> bool {
    let call = field.value.as_deref().and_then(Expr::as_call);
    let callee = call.and_then(|call| call.callee.as_expr()).and_then(|callee| callee.as_ident());
    callee.is_some_and(|name| {
        name.ctxt == scopes::helpers() && name.sym.strip_prefix('_') == Some(DEFINE_DECORATED)
    })
}
