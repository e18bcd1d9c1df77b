//! Function expressions whose name is also the name of a parameter. The parameter hides it.

use swc_ecma_ast::{FnExpr, Ident, Pat};
use swc_ecma_utils::find_pat_ids;

/// Whether a function expression has the name of one of its destructured parameters.
pub(crate) fn is_named_like_parameter(expression: &FnExpr) -> bool {
    let Some(own) = &expression.ident else { return false };
    let patterns = expression.function.params.iter().map(|param| &param.pat);
    patterns.filter(|pattern| !matches!(pattern, Pat::Ident(_))).any(|pattern| {
        find_pat_ids::<_, Ident>(pattern).iter().any(|parameter| parameter.sym == own.sym)
    })
}
