//! The `name` of functions. Engines infer it from `var f = function () {}`. They do not if lowering
//! turns the value into more than a function: a condition of a default value, a call that gives a
//! function the variables of its iteration, or an assignment to a property. There the function gets
//! its name in the text.

use swc_atoms::Atom;
use swc_common::Spanned;
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, Callee, Expr, FnExpr, FunctionBody, Ident, MemberProp,
    Prop, PropName, PropOrSpread, SimpleAssignTarget, Stmt,
};
use swc_ecma_utils::private_ident;

/// Names an anonymous function that is a default value.
pub(super) fn of_default(value: &mut Expr, name: &Atom) {
    match value {
        Expr::Paren(inner) => of_default(&mut inner.expr, name),
        Expr::Fn(function) if function.ident.is_none() => give(function, name),
        _ => of_wrapped(value, name),
    }
}

/// Turns `{ name: function () {} }.name`, which relies on engines to name the function, into a
/// named function.
pub(super) fn of_literal(expr: &mut Expr) {
    let Expr::Member(member) = expr else { return };
    if member.span.is_dummy()
        && let Expr::Object(literal) = &mut *member.obj
        && let [PropOrSpread::Prop(property)] = &mut *literal.props
        && let Prop::KeyValue(property) = &mut **property
        && let PropName::Ident(name) = &property.key
        && let Expr::Fn(function @ FnExpr { ident: None, .. }) = &mut *property.value
    {
        give(function, &name.sym);
        if function.ident.is_some() {
            *expr = std::mem::take(&mut *property.value);
        }
    }
}

/// Names an anonymous function that a call of our own makes: `(function (i) { return function ()
/// {} })(i)`.
pub(super) fn of_wrapped(value: &mut Expr, name: &Atom) {
    let Expr::Call(call) = value else { return };
    let Callee::Expr(callee) = &mut call.callee else { return };
    if call.span.is_dummy()
        && let Expr::Fn(FnExpr { ident: None, function }) = &mut **callee
        && function.span.is_dummy()
        && let Some(FunctionBody { stmts, .. }) = &mut function.body
        && let [Stmt::Return(result)] = &mut **stmts
        && let Some(inner) = &mut result.arg
    {
        of_default(inner, name);
    }
}

/// Names the function that is assigned to a variable, which may already be a property.
pub(super) fn of_assigned(assign: &mut AssignExpr) {
    let (AssignOp::Assign, AssignTarget::Simple(target)) = (assign.op, &assign.left) else {
        return;
    };
    match target {
        SimpleAssignTarget::Ident(name) => of_wrapped(&mut assign.right, &name.sym),
        SimpleAssignTarget::Member(member) if member.span.is_dummy() => {
            if let (MemberProp::Ident(key), true) = (&member.prop, member.obj.span().is_dummy()) {
                of_default(&mut assign.right, &key.sym);
            }
        }
        _ => {}
    }
}

fn give(function: &mut FnExpr, name: &Atom) {
    // Old engines refuse a strict function that has a parameter with its own name.
    let params = &function.function.params;
    let is_parameter =
        params.iter().any(|it| it.pat.as_ident().is_some_and(|own| own.sym == *name));
    let is_possible =
        Ident::verify_symbol(name).is_ok() && !matches!(&**name, "eval" | "arguments");
    if is_possible && !is_parameter {
        // A name of its own: code in the function that uses this name still means the variable.
        function.ident = Some(private_ident!(name.clone()));
    }
}
