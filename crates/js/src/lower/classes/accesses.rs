//! Lowers uses of private members: reads, calls, assignments and targets in patterns.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, CallExpr, Callee, Expr, Ident, MemberExpr,
    MemberProp, Pat, SimpleAssignTarget, TaggedTpl, UpdateExpr,
};
use swc_ecma_utils::{ExprFactory, private_ident};
use swc_ecma_visit::VisitMutWith;

use super::{super::build, model::ClassLowering, order, privates};
use crate::scopes::{self, Binding};

/// A private member that is lowered.
struct PrivateMember {
    map: Ident,
    method: Option<Ident>,
    key: MemberProp,
    name: String,
    is_static: bool,
}

impl ClassLowering<'_> {
    /// Lowers an expression that uses a private member. Returns whether it did.
    pub fn lower_private(&mut self, expr: &mut Expr) -> bool {
        if self.privates.is_empty() {
            return false;
        }
        match expr {
            Expr::Member(member) => {
                let Some(place) = self.place(member) else { return false };
                let span = member.span;
                member.obj.visit_mut_with(self);
                *expr = place.read(std::mem::take(&mut *member.obj));
                if let Expr::Member(member) = expr {
                    member.span = span;
                }
            }
            Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) => {
                let Some(receiver) = self.bind(callee) else { return false };
                args.visit_mut_with(self);
                args.insert(0, receiver.as_arg());
                **callee = build::member(std::mem::take(&mut **callee), "call");
            }
            Expr::TaggedTpl(TaggedTpl { tag, tpl, .. }) => {
                let Some(receiver) = self.bind(tag) else { return false };
                tpl.visit_mut_with(self);
                let bind = build::member(std::mem::take(&mut **tag), "bind");
                **tag = build::call(build::NOWHERE, bind, vec![receiver.as_arg()]);
            }
            Expr::Assign(_) => {
                return self.assign_to_method(expr) || self.assign_to_field(expr);
            }
            Expr::Update(UpdateExpr { arg, .. }) => {
                let Some((mut member, place)) = self.method_of(arg) else { return false };
                member.obj.visit_mut_with(self);
                let read = Box::new(place.read(*member.obj));
                *expr = build::sequence(vec![read, Box::new(place.error())]);
            }
            Expr::Bin(BinExpr { op: swc_ecma_ast::BinaryOp::In, left, right, .. }) => {
                let Expr::PrivateName(name) = &**left else { return false };
                let Some(private) = self.private(&name.name) else { return false };
                let map = private.map.clone();
                right.visit_mut_with(self);
                let object = std::mem::take(&mut **right);
                *expr = build::helper("private_in", vec![object, map.into()]);
            }
            _ => return false,
        }
        true
    }

    /// Lowers a private member as a target in a pattern, which is looked up once its value exists.
    /// `this` in a member has the private members of its class, and can be looked up before.
    pub fn lower_private_target(&mut self, pattern: &mut Pat) -> bool {
        let Pat::Expr(target) = pattern else { return false };
        let Some(member) = target.unwrap_parens().as_member() else { return false };
        let Some(place) = self.place(member) else { return false };
        if place.method.is_none() && self.has_own(member, &place) {
            return false;
        }
        let mut member = without_parentheses(std::mem::take(&mut **target)).expect_member();
        member.obj.visit_mut_with(self);
        let mut args = vec![*member.obj, place.map.clone().into()];
        if place.method.is_some() {
            args.extend([Expr::from(&*place.name), true.into()]);
        } else {
            args.push(place.key());
        }
        **target = build::member(build::helper("private_target", args), "value");
        true
    }

    /// Whether the object of a member surely has the private member.
    fn has_own(&self, member: &MemberExpr, place: &PrivateMember) -> bool {
        let home = self.frame.home.as_ref();
        member.obj.is_this()
            && !self.frame.initialises
            && home.is_some_and(|home| home.is_prototype != place.is_static)
    }

    fn private(&self, name: &swc_atoms::Atom) -> Option<&privates::Private> {
        let own = |scope: &'_ Vec<privates::Private>| {
            scope.iter().position(|private| private.name == *name)
        };
        let mut scopes = self.privates.iter().rev();
        scopes.find_map(|scope| own(scope).map(|index| &scope[index]))
    }

    fn place(&self, member: &MemberExpr) -> Option<PrivateMember> {
        let MemberProp::PrivateName(name) = &member.prop else { return None };
        let private = self.private(&name.name)?;
        Some(PrivateMember {
            map: private.map.clone(),
            method: private.method.clone(),
            key: privates::key(&name.name),
            name: format!("#{}", name.name),
            is_static: private.is_static,
        })
    }

    /// Returns the member and place of a private method.
    fn method_of(&self, expr: &Expr) -> Option<(MemberExpr, PrivateMember)> {
        let member = expr.unwrap_parens().as_member()?;
        let place = self.place(member).filter(|place| place.method.is_some())?;
        Some((member.clone(), place))
    }

    /// Turns a private member that is called into a plain function. Returns its `this`: the object,
    /// and not the record that holds its fields.
    fn bind(&mut self, callee: &mut Expr) -> Option<Expr> {
        let place = self.place(callee.unwrap_parens().as_member()?)?;
        let mut member = without_parentheses(std::mem::take(callee)).expect_member();
        member.obj.visit_mut_with(self);
        let (first, again) = match *member.obj {
            object if self.is_steady(&object) => (object.clone(), object),
            object => {
                let kept = self.variable("_object");
                (build::assign(kept.clone(), object), kept.into())
            }
        };
        *callee = place.read(first);
        Some(again)
    }

    /// Whether an expression has the same value after a getter has run. A name that a pass made
    /// does.
    fn is_steady(&self, object: &Expr) -> bool {
        match object {
            Expr::This(_) => true,
            Expr::Ident(name) => {
                let binding = self.known.table.binding(name);
                name.ctxt != scopes::free() && binding.is_none_or(Binding::is_never_assigned)
            }
            _ => false,
        }
    }

    /// Lowers an assignment to a private method, which throws unless it ends early.
    fn assign_to_method(&mut self, expr: &mut Expr) -> bool {
        let Expr::Assign(AssignExpr { op, left, right, .. }) = expr else { return false };
        let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = left else { return false };
        let Some(place) = self.place(member).filter(|place| place.method.is_some()) else {
            return false;
        };
        member.obj.visit_mut_with(self);
        right.visit_mut_with(self);
        let object = std::mem::take(&mut *member.obj);
        let first = match op {
            AssignOp::OrAssign | AssignOp::NullishAssign => {
                *expr = place.read(object);
                return true;
            }
            // The value is evaluated before the method is looked up; which of the two throws does
            // not matter.
            AssignOp::Assign => Some(object).filter(|object| !order::is_inert(object)),
            _ => Some(place.read(object)),
        };
        let exprs = [std::mem::take(&mut **right), place.error()];
        *expr = build::sequence(first.into_iter().chain(exprs).map(Box::new).collect());
        true
    }

    /// Lowers an assignment whose value is calculated before the member is looked up, which throws
    /// if it is missing. `this` in a member has the private members of its class.
    fn assign_to_field(&mut self, expr: &mut Expr) -> bool {
        let Expr::Assign(AssignExpr { op: AssignOp::Assign, left, right, .. }) = expr else {
            return false;
        };
        let AssignTarget::Simple(SimpleAssignTarget::Member(member)) = left else { return false };
        if right.is_ident() || order::is_inert(right) {
            return false;
        }
        let Some(place) = self.place(member) else { return false };
        if self.has_own(member, &place) {
            return false;
        }
        member.obj.visit_mut_with(self);
        right.visit_mut_with(self);
        let key = place.key();
        let object = std::mem::take(&mut *member.obj);
        let value = std::mem::take(&mut **right);
        *expr = build::helper("private_set", vec![object, place.map.into(), key, value]);
        true
    }

    /// Makes a variable of the current function that no other code can mean.
    pub fn variable(&mut self, name: &str) -> Ident {
        let ident = private_ident!(name);
        self.variables.push(ident.clone());
        ident
    }
}

impl PrivateMember {
    /// Makes `_private_of(object, map).name`, or `_private_of(object, map, method)`.
    fn read(&self, object: Expr) -> Expr {
        let mut args = vec![object, self.map.clone().into()];
        if let Some(method) = &self.method {
            args.push(method.clone().into());
            return build::helper("private_of", args);
        }
        let obj = Box::new(build::helper("private_of", args));
        MemberExpr { span: build::NOWHERE, obj, prop: self.key.clone() }.into()
    }

    /// Returns the key in the record.
    fn key(&self) -> Expr {
        match &self.key {
            MemberProp::Ident(name) => Expr::from(&*name.sym),
            MemberProp::Computed(key) => (*key.expr).clone(),
            MemberProp::PrivateName(_) => unreachable!("records have no private names"),
        }
    }

    fn error(&self) -> Expr {
        build::helper("read_only_error", vec![Expr::from(&*self.name)])
    }
}

fn without_parentheses(expr: Expr) -> Expr {
    match expr {
        Expr::Paren(inner) => without_parentheses(*inner.expr),
        other => other,
    }
}
