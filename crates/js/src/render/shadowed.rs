//! Removes the names of function expressions that a parameter shadows. `JavaScriptCore` in its ES5
//! days (PhantomJS 2, Safari up to 10) refuses the expression `function f(f) {}` in strict mode:
//! "Cannot declare a parameter named 'f' in strict mode". The parameter hides the name from the
//! body, so only `.name` is lost. Lowered methods have this form: `{ transform(transform) {} }`.

use swc_ecma_ast::{FnExpr, Module, Pat};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Removes the names of function expressions that one of their own parameters shadows.
pub(super) fn unname(module: &mut Module) {
    module.visit_mut_with(&mut Unname);
}

struct Unname;

impl VisitMut for Unname {
    noop_visit_mut_type!();

    fn visit_mut_fn_expr(&mut self, expression: &mut FnExpr) {
        let names_itself = |pattern: &Pat| match (pattern, &expression.ident) {
            (Pat::Ident(parameter), Some(name)) => parameter.id.sym == name.sym,
            _ => false,
        };
        if expression.function.params.iter().any(|p| names_itself(&p.pat)) {
            expression.ident = None;
        }
        expression.visit_mut_children_with(self);
    }
}
