//! What may be evaluated in another order without anybody noticing.

use swc_ecma_ast::{BinaryOp, Expr, Lit, MemberExpr, MemberProp, PropName, UnaryOp};

use super::super::build;
use crate::scopes;

/// Whether evaluating an expression runs no code of the program and changes nothing.
pub(super) fn is_quiet(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::This(_) | Expr::Fn(_) | Expr::Arrow(_) => true,
        // Nothing may declare a global.
        Expr::Ident(name) => {
            name.ctxt != scopes::free() || matches!(&*name.sym, "undefined" | "NaN" | "Infinity")
        }
        Expr::Array(literal) => literal
            .elems
            .iter()
            .flatten()
            .all(|element| element.spread.is_none() && is_quiet(&element.expr)),
        Expr::Object(literal) => literal.props.is_empty(),
        Expr::Unary(unary) => match unary.op {
            UnaryOp::Void | UnaryOp::Bang | UnaryOp::TypeOf => is_quiet(&unary.arg),
            _ => unary.arg.is_lit(),
        },
        Expr::Paren(inner) => is_quiet(&inner.expr),
        _ => false,
    }
}

/// Whether a key is a string, number or symbol for certain, so that converting it runs no code.
fn is_converted(key: &Expr) -> bool {
    match key {
        Expr::Lit(literal) => !matches!(literal, Lit::Regex(_)),
        Expr::Tpl(_) => true,
        Expr::Bin(binary) => {
            binary.op == BinaryOp::Add && (is_text(&binary.left) || is_text(&binary.right))
        }
        Expr::Member(MemberExpr { obj, prop: MemberProp::Ident(_), .. }) => {
            obj.as_ident().is_some_and(|it| &*it.sym == "Symbol" && it.ctxt == scopes::free())
        }
        Expr::Paren(inner) => is_converted(&inner.expr),
        _ => false,
    }
}

/// Whether adding to it makes a string.
fn is_text(value: &Expr) -> bool {
    match value {
        Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) => true,
        Expr::Bin(binary) => {
            binary.op == BinaryOp::Add && (is_text(&binary.left) || is_text(&binary.right))
        }
        _ => false,
    }
}

/// Makes a key an expression that converts it, if that may run code.
pub(super) fn converted(key: PropName) -> Expr {
    let is_computed = key.is_computed();
    let key = build::key(key);
    if is_computed && !is_converted(&key) {
        build::helper("to_property_key", vec![key])
    } else {
        key
    }
}
