//! Which expressions may be evaluated in another order, because that is not observable.

use swc_ecma_ast::{
    ArrayPat, ArrowExpr, BinaryOp, Expr, Function, Lit, MemberExpr, MemberProp, ObjectPatProp, Pat,
    PropName, UnaryOp,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::super::build;
use crate::scopes;

/// Whether evaluating an expression runs no code of the program and changes nothing.
pub(super) fn is_unobservable(value: &Expr) -> bool {
    match value {
        Expr::Lit(_) | Expr::This(_) | Expr::Fn(_) | Expr::Arrow(_) => true,
        // A global may be undeclared.
        Expr::Ident(name) => {
            name.ctxt != scopes::free() || matches!(&*name.sym, "undefined" | "NaN" | "Infinity")
        }
        Expr::Array(literal) => literal
            .elems
            .iter()
            .flatten()
            .all(|element| element.spread.is_none() && is_unobservable(&element.expr)),
        Expr::Object(literal) => literal.props.is_empty(),
        Expr::Unary(unary) => match unary.op {
            UnaryOp::Void | UnaryOp::Bang | UnaryOp::TypeOf => is_unobservable(&unary.arg),
            _ => unary.arg.is_lit(),
        },
        Expr::Paren(inner) => is_unobservable(&inner.expr),
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

/// Turns a key into an expression that converts it, if that may run code.
pub(super) fn converted(key: PropName) -> Expr {
    let is_computed = key.is_computed();
    let key = build::key(key);
    if is_computed && !is_converted(&key) {
        build::helper("to_property_key", vec![key])
    } else {
        key
    }
}

/// Whether an array pattern runs code between the values that it takes. Reading a variable or a
/// property, converting a value and taking an object apart do not count.
pub(super) fn runs_code(pattern: &ArrayPat) -> bool {
    pattern.elems.iter().flatten().any(part_runs_code)
}

fn part_runs_code(pattern: &Pat) -> bool {
    match pattern {
        Pat::Ident(_) | Pat::Invalid(_) => false,
        Pat::Array(_) => true,
        Pat::Expr(target) => has_code(target),
        Pat::Assign(pattern) => part_runs_code(&pattern.left) || has_code(&pattern.right),
        Pat::Rest(rest) => match &*rest.arg {
            Pat::Array(pattern) => runs_code(pattern),
            other => part_runs_code(other),
        },
        Pat::Object(pattern) => pattern.props.iter().any(|property| match property {
            ObjectPatProp::KeyValue(property) => {
                let key = property.key.as_computed();
                key.is_some_and(|key| has_code(&key.expr)) || part_runs_code(&property.value)
            }
            ObjectPatProp::Assign(property) => property.value.as_deref().is_some_and(has_code),
            ObjectPatProp::Rest(rest) => part_runs_code(&rest.arg),
        }),
    }
}

fn has_code(expr: &Expr) -> bool {
    let mut code = Code(false);
    expr.visit_with(&mut code);
    code.0
}

/// Finds calls, assignments, `yield` and `await`, except in inner functions.
struct Code(bool);

impl Visit for Code {
    noop_visit_type!();

    fn visit_expr(&mut self, expr: &Expr) {
        self.0 |= match expr {
            Expr::Call(_)
            | Expr::New(_)
            | Expr::Assign(_)
            | Expr::Update(_)
            | Expr::TaggedTpl(_)
            | Expr::Class(_)
            | Expr::OptChain(_)
            | Expr::SuperProp(_)
            | Expr::Yield(_)
            | Expr::Await(_) => true,
            Expr::Unary(unary) => unary.op == UnaryOp::Delete,
            Expr::Bin(binary) => matches!(binary.op, BinaryOp::In | BinaryOp::InstanceOf),
            _ => false,
        };
        if !self.0 {
            expr.visit_children_with(self);
        }
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
}
