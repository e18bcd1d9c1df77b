//! `super.name`: reads and writes go to helpers, which get the object that the method belongs to.
//! All other uses become a reference `_super_update(object, key, this)._`, which is allowed
//! wherever `super.name` is.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, CallExpr, Callee, Expr, Ident, IdentName, Lit, MemberExpr,
    MemberProp, NewExpr, OptCall, OptChainBase, OptChainExpr, Pat, SimpleAssignTarget, Str,
    SuperProp, SuperPropExpr, TaggedTpl, UnaryExpr, UnaryOp, UpdateExpr,
};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::VisitMutWith;

use super::{
    super::build,
    frame::{Home, This},
    model::ClassLowering,
    order,
};
use crate::scopes;

impl ClassLowering<'_> {
    /// Lowers an expression that uses a member of `super`. Returns whether it did.
    pub fn lower_super(&mut self, expr: &mut Expr) -> bool {
        if self.home().is_none() {
            return false;
        }
        match expr {
            Expr::SuperProp(property) => *expr = self.read_super(property),
            Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) => {
                let Expr::SuperProp(property) = callee.unwrap_parens() else { return false };
                let method = self.read_super(&mut property.clone());
                args.visit_mut_with(self);
                args.insert(0, self.frame.this().as_arg());
                **callee = build::member(method, "call");
            }
            Expr::OptChain(OptChainExpr { base, optional: is_optional @ true, .. }) => {
                let OptChainBase::Call(OptCall { callee, args, .. }) = &mut **base else {
                    return false;
                };
                let Expr::SuperProp(property) = &mut **callee else { return false };
                let obj = Box::new(self.read_super(property));
                args.visit_mut_with(self);
                args.insert(0, self.frame.this().as_arg());
                let prop = IdentName::new("call".into(), build::NOWHERE).into();
                let method = MemberExpr { span: build::NOWHERE, obj, prop };
                let base = Box::new(OptChainBase::Member(method));
                **callee = OptChainExpr { span: build::NOWHERE, optional: true, base }.into();
                *is_optional = false;
            }
            Expr::TaggedTpl(TaggedTpl { tag, tpl, .. }) => {
                let Expr::SuperProp(property) = &mut **tag else { return false };
                let bind = build::member(self.read_super(property), "bind");
                **tag = build::call(build::NOWHERE, bind, vec![self.frame.this().as_arg()]);
                tpl.visit_mut_with(self);
            }
            Expr::Unary(UnaryExpr { op: UnaryOp::Delete, arg, .. }) => {
                let Expr::SuperProp(property) = arg.unwrap_parens() else { return false };
                *expr = self.deleted(property.clone());
            }
            Expr::Update(UpdateExpr { arg, .. }) => {
                let Expr::SuperProp(property) = arg.unwrap_parens() else { return false };
                **arg = self.super_place(&mut property.clone());
            }
            Expr::Assign(AssignExpr { op, left, right, .. }) => {
                let AssignTarget::Simple(SimpleAssignTarget::SuperProp(property)) = left else {
                    return false;
                };
                if *op != AssignOp::Assign {
                    let place = self.super_place(property);
                    right.visit_mut_with(self);
                    if let Expr::Member(place) = place {
                        *left = place.into();
                    }
                    return true;
                }
                let mut args = self.super_args(property);
                right.visit_mut_with(self);
                args.push(std::mem::take(&mut **right));
                *expr = build::helper("super_set", self.marked(args));
            }
            _ => return false,
        }
        true
    }

    /// Makes the code for `delete super.name`, which throws.
    fn deleted(&mut self, property: SuperPropExpr) -> Expr {
        let mut exprs = vec![Box::new(self.frame.this())];
        if let SuperProp::Computed(mut key) = property.prop {
            key.expr.visit_mut_with(self);
            exprs.push(key.expr);
        }
        let class = Ident::new("ReferenceError".into(), build::NOWHERE, scopes::free());
        let error = NewExpr {
            callee: Box::new(class.into()),
            args: Some(vec![Expr::from("Unsupported reference to 'super'").as_arg()]),
            ..NewExpr::default()
        };
        exprs.push(Box::new(build::helper("throw", vec![error.into()])));
        build::sequence(exprs)
    }

    /// Lowers a member of `super` as a target in a pattern.
    pub fn lower_super_target(&mut self, pattern: &mut Pat) -> bool {
        let Pat::Expr(target) = pattern else { return false };
        let Expr::SuperProp(property) = &mut **target else { return false };
        if self.home().is_none() {
            return false;
        }
        **target = self.super_place(property);
        true
    }

    /// Returns the object that `super` is lowered for.
    fn home(&self) -> Option<&Home> {
        self.frame.home.as_ref().filter(|home| !home.stays || self.frame.is_async)
    }

    fn read_super(&mut self, property: &mut SuperPropExpr) -> Expr {
        if self.known.is_loose {
            return self.read_loosely(property);
        }
        let span = property.span;
        let mut args = self.super_args(property);
        if !args[1].is_lit() {
            let key = std::mem::take(&mut args[1]);
            args[1] = build::helper("to_property_key", vec![key]);
        }
        build::helper_at(span, "super_get", args)
    }

    /// Makes `Parent.prototype.key`.
    fn read_loosely(&mut self, property: &mut SuperPropExpr) -> Expr {
        let home = self.home().expect("asked before").clone();
        let object = match self.parents.get(&home.object.to_id()) {
            Some(parent) if home.is_prototype => build::member(parent.clone().into(), "prototype"),
            Some(parent) => parent.clone().into(),
            None => {
                let object = self.super_args(&mut property.clone()).remove(0);
                build::helper("get_prototype_of", vec![object])
            }
        };
        match &mut property.prop {
            SuperProp::Ident(name) => {
                let prop = MemberProp::Ident(std::mem::take(name));
                MemberExpr { span: property.span, obj: Box::new(object), prop }.into()
            }
            SuperProp::Computed(computed) => {
                computed.expr.visit_mut_with(self);
                build::element(object, std::mem::take(&mut *computed.expr))
            }
        }
    }

    fn super_place(&mut self, property: &mut SuperPropExpr) -> Expr {
        let args = self.super_args(property);
        build::member(build::helper("super_update", self.marked(args)), "_")
    }

    /// Adds the mark of sloppy code, where an assignment that fails throws no error.
    fn marked(&self, mut args: Vec<Expr>) -> Vec<Expr> {
        if !self.is_strict {
            args.push(true.into());
        }
        args
    }

    /// Returns the object, the key, and `this`.
    fn super_args(&mut self, property: &mut SuperPropExpr) -> Vec<Expr> {
        let key = match &mut property.prop {
            SuperProp::Ident(name) => {
                let value = std::mem::take(&mut name.sym).into();
                Lit::Str(Str { span: name.span, value, raw: None }).into()
            }
            SuperProp::Computed(computed) => {
                computed.expr.visit_mut_with(self);
                let key = std::mem::take(&mut *computed.expr);
                match self.frame.this {
                    // `this` must have a value before the key is calculated.
                    This::Checked(_) if !order::is_inert(&key) => {
                        build::sequence(vec![Box::new(self.frame.this()), Box::new(key)])
                    }
                    _ => key,
                }
            }
        };
        let home = self.home().expect("asked before").clone();
        self.use_home(&home.object);
        let object = Expr::from(home.object);
        let object = if home.is_prototype { build::member(object, "prototype") } else { object };
        vec![object, key, self.frame.this()]
    }
}
