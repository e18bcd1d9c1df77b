//! `this` of calls that lowering rewrites: of `o.f(...list)`, which becomes `o.f.apply(o, list)`.

use bundle_graph::record::RECEIVER;
use swc_ecma_ast::Expr;

use super::build;
use crate::scopes::{Kind, Scopes};

/// Returns `this` of a call of a member of `object`. For a namespace, linking decides what that is,
/// so that the call does not need the object of the namespace.
pub(super) fn this_of(object: Expr, table: &Scopes) -> Expr {
    if is_namespace(&object, table) { build::member(object, RECEIVER) } else { object }
}

/// Whether an expression is the name of `import * as`.
pub(super) fn is_namespace(expr: &Expr, table: &Scopes) -> bool {
    let binding = expr.as_ident().and_then(|name| table.binding(name));
    binding.is_some_and(|binding| binding.kind == Kind::Namespace)
}
