//! Drops redundant directives: `"use strict"` in functions that are in strict code anyway.

use swc_ecma_ast::{FunctionBody, Stmt};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::compress::directives;

/// Drops a `"use strict"` of functions inside strict code. The code that encloses the part has it
/// once.
pub(super) fn drop_repeated(body: &mut FunctionBody) {
    if body.stmts[..directives(&body.stmts)].iter().any(Stmt::is_use_strict) {
        body.visit_mut_with(&mut Repeated);
    }
}

struct Repeated;

impl VisitMut for Repeated {
    noop_visit_mut_type!();

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        body.visit_mut_children_with(self);
        let count = directives(&body.stmts);
        let mut index = 0;
        body.stmts.retain(|statement| {
            index += 1;
            index > count || !statement.is_use_strict()
        });
    }
}
