//! Safari before 16.3 refuses a function expression that has the name of one of its destructured
//! parameters. The parameter hides the function's own name, so nothing refers to that name, and
//! another replaces it.
//!
//! ```text
//! f = function a([a]) {}    becomes    f = function _a([a]) {}
//! ```

use swc_ecma_ast::{FnExpr, Program};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::features::is_named_like_parameter;

/// Renames the function expressions that these browsers refuse.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut OwnNames);
}

struct OwnNames;

impl VisitMut for OwnNames {
    noop_visit_mut_type!();

    fn visit_mut_fn_expr(&mut self, expression: &mut FnExpr) {
        expression.visit_mut_children_with(self);
        if is_named_like_parameter(expression)
            && let Some(name) = &mut expression.ident
        {
            *name = private_ident!(name.span, format!("_{}", name.sym));
        }
    }
}
