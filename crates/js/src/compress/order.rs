//! Whether a value is the same at another time: what may be computed later than it is written.

use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignTarget, Expr, Function, Ident, Pat, Prop, PropOrSpread,
    SimpleAssignTarget, UnaryOp, UpdateExpr,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    model::Compress,
    values::{converts_nothing, type_of},
};
use crate::scopes::{Kind, free, index_of};

/// What a value does or depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Order {
    /// It is the same at any time.
    Fixed,
    /// Computing it may do anything, or depends on what other code does.
    Effects,
}

impl Compress<'_> {
    /// Whether a value is the same wherever it is computed.
    pub(super) fn is_fixed(&self, expr: &Expr) -> bool {
        let (reads, writes) = self.variables_of(expr);
        reads.is_empty() && writes.is_empty() && self.order(expr) == Order::Fixed
    }

    pub(super) fn order(&self, expr: &Expr) -> Order {
        let all = |mut exprs: Box<dyn Iterator<Item = &Expr> + '_>| {
            if exprs.all(|expr| self.order(expr) == Order::Fixed) {
                Order::Fixed
            } else {
                Order::Effects
            }
        };
        match expr {
            Expr::Lit(_) | Expr::Fn(_) | Expr::Arrow(_) | Expr::This(_) | Expr::MetaProp(_) => {
                Order::Fixed
            }
            Expr::Ident(name) => self.order_of_name(name),
            Expr::Unary(unary) => match unary.op {
                UnaryOp::Delete => Order::Effects,
                UnaryOp::TypeOf | UnaryOp::Bang | UnaryOp::Void => self.order(&unary.arg),
                _ if type_of(&unary.arg).is_some() => self.order(&unary.arg),
                _ => Order::Effects,
            },
            Expr::Bin(binary) if converts_nothing(binary.op, &binary.left, &binary.right) => {
                self.order(&binary.left).max(self.order(&binary.right))
            }
            Expr::Cond(choice) => {
                self.order(&choice.test).max(self.order(&choice.cons)).max(self.order(&choice.alt))
            }
            Expr::Seq(sequence) => all(Box::new(sequence.exprs.iter().map(|expr| &**expr))),
            Expr::Array(array) if array.elems.iter().flatten().all(|e| e.spread.is_none()) => {
                all(Box::new(array.elems.iter().flatten().map(|element| &*element.expr)))
            }
            Expr::Object(object) => {
                let mut order = Order::Fixed;
                for prop in &object.props {
                    let PropOrSpread::Prop(prop) = prop else { return Order::Effects };
                    order = order.max(match &**prop {
                        Prop::Shorthand(name) => self.order_of_name(name),
                        Prop::KeyValue(pair) if !pair.key.is_computed() => self.order(&pair.value),
                        Prop::Method(method) if !method.key.is_computed() => Order::Fixed,
                        Prop::Getter(getter) if !getter.key.is_computed() => Order::Fixed,
                        Prop::Setter(setter) if !setter.key.is_computed() => Order::Fixed,
                        _ => Order::Effects,
                    });
                }
                order
            }
            Expr::Tpl(template) if template.exprs.iter().all(|expr| type_of(expr).is_some()) => {
                all(Box::new(template.exprs.iter().map(|expr| &**expr)))
            }
            _ => Order::Effects,
        }
    }

    /// A local that no other function sees changes only where this one assigns to it.
    pub(super) fn order_of_name(&self, name: &Ident) -> Order {
        if self.is_settled(name) {
            return Order::Fixed;
        }
        match index_of(name.ctxt) {
            Some(index) => {
                let binding = &self.scopes.bindings[index];
                let is_own = !binding.is_captured && self.is_own(index);
                if is_own && binding.kind != Kind::Import { Order::Fixed } else { Order::Effects }
            }
            None if name.ctxt == free() && !name.sym.starts_with('#') => {
                let is_constant = matches!(&*name.sym, "undefined" | "NaN" | "Infinity");
                if is_constant { Order::Fixed } else { Order::Effects }
            }
            None => Order::Effects,
        }
    }

    /// Returns the variables that a value reads and that code assigns to, and those that it assigns
    /// to itself.
    pub(super) fn variables_of(&self, value: &Expr) -> (Vec<usize>, Vec<usize>) {
        let mut facts = Facts { walk: self, reads: Vec::new(), writes: Vec::new() };
        value.visit_with(&mut facts);
        (facts.reads, facts.writes)
    }
}

/// The variables that a value reads or writes outside of functions, without those that never
/// change.
struct Facts<'w, 'a> {
    walk: &'w Compress<'a>,
    reads: Vec<usize>,
    writes: Vec<usize>,
}

impl Facts<'_, '_> {
    fn written(&mut self, name: &Ident) {
        self.writes.extend(index_of(name.ctxt));
    }
}

impl Visit for Facts<'_, '_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt)
            && !self.walk.is_settled(name)
        {
            self.reads.push(index);
        }
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        if let AssignTarget::Simple(SimpleAssignTarget::Ident(name)) = &assign.left {
            self.written(&name.id);
        }
        assign.visit_children_with(self);
    }

    fn visit_pat(&mut self, pattern: &Pat) {
        if let Pat::Ident(name) = pattern {
            self.written(&name.id);
        }
        pattern.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        if let Expr::Ident(name) = &*update.arg {
            self.written(name);
        }
        update.visit_children_with(self);
    }

    // What functions do, they do when they are called.

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
}
