//! Whether the value of an expression is the same at another time, so that it may be computed later
//! than it is written.

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

impl Compress<'_> {
    /// Whether the value of a variable is the same wherever it is computed.
    pub(super) fn is_fixed(&self, variable: Option<usize>, expr: &Expr) -> bool {
        let (reads, writes) = self.variables_of(variable, expr);
        reads.is_empty() && writes.is_empty() && self.is_steady(expr)
    }

    /// Whether a value has no side effects and is the same at any time, if nothing in between
    /// assigns to a variable that it reads.
    pub(super) fn is_steady(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(_) | Expr::Fn(_) | Expr::Arrow(_) | Expr::MetaProp(_) => true,
            Expr::This(_) => self.has_this(),
            Expr::Ident(name) => self.is_steady_name(name),
            Expr::Unary(unary) => match unary.op {
                UnaryOp::Delete => false,
                UnaryOp::TypeOf | UnaryOp::Bang | UnaryOp::Void => self.is_steady(&unary.arg),
                _ => type_of(&unary.arg).is_some() && self.is_steady(&unary.arg),
            },
            Expr::Bin(binary) => {
                converts_nothing(binary.op, &binary.left, &binary.right)
                    && self.is_steady(&binary.left)
                    && self.is_steady(&binary.right)
            }
            Expr::Cond(choice) => {
                self.is_steady(&choice.test)
                    && self.is_steady(&choice.cons)
                    && self.is_steady(&choice.alt)
            }
            Expr::Seq(sequence) => sequence.exprs.iter().all(|expr| self.is_steady(expr)),
            Expr::Array(array) => array
                .elems
                .iter()
                .flatten()
                .all(|element| element.spread.is_none() && self.is_steady(&element.expr)),
            Expr::Object(object) => object.props.iter().all(|prop| {
                let PropOrSpread::Prop(prop) = prop else { return false };
                match &**prop {
                    Prop::Shorthand(name) => self.is_steady_name(name),
                    Prop::KeyValue(pair) => !pair.key.is_computed() && self.is_steady(&pair.value),
                    Prop::Method(method) => !method.key.is_computed(),
                    Prop::Getter(getter) => !getter.key.is_computed(),
                    Prop::Setter(setter) => !setter.key.is_computed(),
                    Prop::Assign(_) => false,
                }
            }),
            Expr::Tpl(template) => {
                template.exprs.iter().all(|expr| type_of(expr).is_some() && self.is_steady(expr))
            }
            _ => false,
        }
    }

    /// A local that no other function sees changes only where this one assigns to it.
    pub(super) fn is_steady_name(&self, name: &Ident) -> bool {
        match index_of(name.ctxt) {
            Some(index) => {
                let binding = &self.scopes.bindings[index];
                let is_local = !binding.is_captured && !binding.kind.is_import();
                self.is_settled(name) || is_local && self.is_own(index)
            }
            None => name.ctxt == free() && matches!(&*name.sym, "undefined" | "NaN" | "Infinity"),
        }
    }

    /// Returns the variables that a value reads and that code assigns to, and the variables that
    /// the value assigns to. `variable`: the one that has the value; variables declared after it
    /// had no value yet.
    pub(super) fn variables_of(
        &self,
        variable: Option<usize>,
        value: &Expr,
    ) -> (Vec<usize>, Vec<usize>) {
        let before = variable.and_then(|it| self.known.get(&it)).map(|known| known.order);
        let mut facts = VariableUses { walk: self, before, reads: Vec::new(), writes: Vec::new() };
        value.visit_with(&mut facts);
        (facts.reads, facts.writes)
    }
}

/// The variables that a value reads or writes outside of functions, without those that never
/// change.
struct VariableUses<'w, 'a> {
    walk: &'w Compress<'a>,
    /// `KnownValue::order` of the variable with the value: variables that are known later change.
    before: Option<usize>,
    reads: Vec<usize>,
    writes: Vec<usize>,
}

impl VariableUses<'_, '_> {
    /// Whether a variable is declared after the value.
    fn is_later(&self, index: usize) -> bool {
        let known = self.walk.known.get(&index);
        let is_before = |order| known.is_some_and(|known| known.order < order);
        self.walk.scopes.bindings[index].kind == Kind::Var && !self.before.is_none_or(is_before)
    }

    fn written(&mut self, name: &Ident) {
        self.writes.extend(index_of(name.ctxt));
    }
}

impl Visit for VariableUses<'_, '_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt)
            && (!self.walk.is_settled(name) || self.is_later(index))
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

    // Functions do nothing before they are called.

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
}
