//! Which values can be calculated at another time, and which initialisers may run code that sees
//! the object before it has all its private members.

use swc_ecma_ast::{
    CallExpr, Expr, Function, Ident, Lit, MemberExpr, MemberProp, MetaPropExpr, NewExpr, PropName,
    SuperPropExpr, ThisExpr, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::scopes;

/// Whether a value is the same whenever it is calculated, and calculating it does nothing else.
pub(super) fn is_inert(value: &Expr) -> bool {
    match value {
        Expr::Lit(lit) => !matches!(lit, Lit::Regex(_)),
        Expr::Fn(_) | Expr::Arrow(_) => true,
        Expr::Array(array) => array.elems.is_empty(),
        Expr::Object(object) => object.props.is_empty(),
        Expr::Unary(UnaryExpr { op, arg, .. }) => {
            matches!(op, UnaryOp::Void | UnaryOp::Minus | UnaryOp::Bang) && is_inert(arg)
        }
        Expr::Ident(name) => &*name.sym == "undefined",
        Expr::Paren(paren) => is_inert(&paren.expr),
        Expr::New(NewExpr { callee, args, .. }) => {
            let makes_collection = |name: &Ident| {
                name.ctxt == scopes::free()
                    && matches!(&*name.sym, "Map" | "Set" | "WeakMap" | "WeakSet")
            };
            args.as_ref().is_none_or(Vec::is_empty)
                && callee.as_ident().is_some_and(makes_collection)
        }
        _ => false,
    }
}

/// Whether a key is the same whenever it is calculated.
pub(super) fn is_fixed(key: &PropName) -> bool {
    let PropName::Computed(computed) = key else { return true };
    match computed.expr.unwrap_parens() {
        Expr::Lit(lit) => !matches!(lit, Lit::Regex(_)),
        Expr::Member(MemberExpr { obj, prop: MemberProp::Ident(_), .. }) => {
            obj.as_ident().is_some_and(|it| &*it.sym == "Symbol" && it.ctxt == scopes::free())
        }
        _ => false,
    }
}

/// Whether an initialiser of a field may run code that sees the object. The parent of a derived
/// class may have shown the object to others.
pub(super) fn shows_object(value: &Expr, is_derived: bool) -> bool {
    if is_inert(value) {
        return false;
    }
    let mut looks = Looks { is_derived, found: false };
    value.visit_with(&mut looks);
    looks.found
}

struct Looks {
    is_derived: bool,
    found: bool,
}

impl Visit for Looks {
    noop_visit_type!();

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.found = true;
    }

    fn visit_super_prop_expr(&mut self, _: &SuperPropExpr) {
        self.found = true;
    }

    fn visit_meta_prop_expr(&mut self, _: &MetaPropExpr) {
        self.found = true;
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        self.found |= self.is_derived;
        call.visit_children_with(self);
    }

    fn visit_new_expr(&mut self, new: &NewExpr) {
        self.found |= self.is_derived;
        new.visit_children_with(self);
    }

    fn visit_tagged_tpl(&mut self, _: &swc_ecma_ast::TaggedTpl) {
        self.found = true;
    }

    fn visit_class(&mut self, _: &swc_ecma_ast::Class) {
        self.found = true;
    }

    fn visit_member_expr(&mut self, member: &MemberExpr) {
        self.found |= self.is_derived;
        member.visit_children_with(self);
    }

    // Functions have their own `this`, and no outside code calls them yet with the object.
    fn visit_function(&mut self, _: &Function) {}
}
