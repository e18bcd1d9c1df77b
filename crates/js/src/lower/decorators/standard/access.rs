//! How decorators reach a private member: functions that are part of the class. The helper makes
//! those of public members.

use swc_ecma_ast::{Expr, Ident, PrivateName};
use swc_ecma_utils::private_ident;

use super::super::{super::build, nodes};
use swc_ecma_ast::BinaryOp;

/// Returns `o => #name in o`, `o => o.#name` and `(o, v) => o.#name = v`. A missing one is `0`.
pub(super) fn functions(name: &PrivateName, has_get: bool, has_set: bool) -> Vec<Expr> {
    let (object, value) = (private_ident!("o"), private_ident!("v"));
    let function = |params: &[&Ident], body: Expr| {
        nodes::arrow(params.iter().map(|name| (*name).clone().into()).collect(), body)
    };
    let member = || nodes::private(object.clone().into(), name.clone());
    let is_there =
        build::binary(BinaryOp::In, Expr::PrivateName(name.clone()), object.clone().into());
    let get = if has_get { function(&[&object], member()) } else { nodes::number(0) };
    let mut functions = vec![function(&[&object], is_there), get];
    if has_set {
        let target = nodes::private_target(object.clone().into(), name.clone());
        let set = build::assign(target, value.clone().into());
        functions.push(function(&[&object, &value], set));
    }
    functions
}
