//! Which name means the class inside a decorated class. A decorator may replace the class, and then
//! its own name has to mean the replacement, even in functions that were made before. So the class
//! reads a variable beside it. For the same reason, static fields see another `this`.

use std::cell::Cell;

use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::{
    ArrowExpr, Class, ClassMember, Expr, Function, GetterProp, Id, Ident, JSXElementName, PropName,
    SetterProp, SuperPropExpr,
};
use swc_ecma_utils::{QueryRef, RefRewriter};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

/// Makes a class read a variable instead of its own name. Returns whether it does. An assignment to
/// the own name throws, so it stays: `own` is the name of the class then. So does a use in the
/// heritage, a key or the decorator of a member, while the class has no value.
pub(super) fn read_variable(
    class: &mut Class,
    name: &Ident,
    own: &Ident,
    variable: &Ident,
) -> bool {
    class.visit_mut_with(&mut Early { class: name.to_id(), own });
    let query = Reads { class: name, own, variable, found: Cell::new(false) };
    let mut reads = RefRewriter { query };
    class.super_class.visit_mut_with(&mut reads);
    class.body.visit_mut_with(&mut reads);
    reads.query.found.get()
}

/// Renames the class where it is defined.
struct Early<'a> {
    class: Id,
    own: &'a Ident,
}

impl VisitMut for Early<'_> {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if name.to_id() == self.class {
            name.ctxt = self.own.ctxt;
        }
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        class.super_class.visit_mut_with(self);
        for member in &mut class.body {
            match member {
                ClassMember::Method(method) => {
                    method.function.decorators.visit_mut_with(self);
                    method.key.visit_mut_with(self);
                }
                ClassMember::PrivateMethod(it) => it.function.decorators.visit_mut_with(self),
                ClassMember::ClassProp(field) => {
                    field.decorators.visit_mut_with(self);
                    field.key.visit_mut_with(self);
                }
                ClassMember::PrivateProp(field) => field.decorators.visit_mut_with(self),
                ClassMember::AutoAccessor(field) => {
                    field.decorators.visit_mut_with(self);
                    field.key.visit_mut_with(self);
                }
                _ => {}
            }
        }
    }

    // Functions run later.

    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_arrow_expr(&mut self, _: &mut ArrowExpr) {}
}

/// Returns the own name of a class that shares its spelling with the variable outside.
pub(super) fn own_name(name: &Ident) -> Ident {
    Ident { ctxt: SyntaxContext::empty().apply_mark(Mark::new()), ..name.clone() }
}

/// Replaces the uses of a class inside itself.
struct Reads<'a> {
    class: &'a Ident,
    own: &'a Ident,
    variable: &'a Ident,
    found: Cell<bool>,
}

impl Reads<'_> {
    fn is_class(&self, name: &Ident) -> bool {
        name.sym == self.class.sym && name.ctxt == self.class.ctxt
    }
}

impl QueryRef for Reads<'_> {
    fn query_lhs(&self, name: &Ident) -> Option<Box<Expr>> {
        self.is_class(name).then(|| self.own.clone().into())
    }

    fn query_ref(&self, name: &Ident) -> Option<Box<Expr>> {
        let is_class = self.is_class(name);
        self.found.set(self.found.get() || is_class);
        is_class.then(|| self.variable.clone().into())
    }

    fn query_jsx(&self, name: &Ident) -> Option<JSXElementName> {
        self.query_ref(name).map(|_| JSXElementName::Ident(self.variable.clone()))
    }
}

/// Replaces the uses of a name outside of the class that has it.
pub(super) fn rename(expr: &mut Expr, name: &Ident, variable: &Ident) {
    let query = Reads { class: name, own: variable, variable, found: Cell::new(false) };
    expr.visit_mut_with(&mut RefRewriter { query });
}

/// Replaces `this` by a variable. Returns whether it was there.
pub(super) fn replace_this<N: VisitMutWith<This>>(node: &mut N, variable: &Ident) -> bool {
    let mut this = This { variable: variable.clone(), was_found: false };
    node.visit_mut_with(&mut this);
    this.was_found
}

pub(super) struct This {
    variable: Ident,
    was_found: bool,
}

impl VisitMut for This {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if expr.is_this() {
            *expr = self.variable.clone().into();
            self.was_found = true;
        }
        expr.visit_mut_children_with(self);
    }

    // Nodes that have their own `this`.

    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_getter_prop(&mut self, getter: &mut GetterProp) {
        getter.key.visit_mut_with(self);
    }

    fn visit_mut_setter_prop(&mut self, setter: &mut SetterProp) {
        setter.key.visit_mut_with(self);
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        class.super_class.visit_mut_with(self);
        class.body.visit_mut_with(&mut Keys(self));
    }
}

/// The computed keys of a class, which are evaluated outside it.
struct Keys<'a>(&'a mut This);

impl VisitMut for Keys<'_> {
    noop_visit_mut_type!();

    fn visit_mut_prop_name(&mut self, name: &mut PropName) {
        name.visit_mut_with(self.0);
    }

    fn visit_mut_expr(&mut self, _: &mut Expr) {}

    fn visit_mut_function(&mut self, _: &mut Function) {}
}

/// Whether a node has private names.
pub(super) fn has_private_name<N: VisitWith<PrivateName>>(node: &N) -> bool {
    let mut found = PrivateName(false);
    node.visit_with(&mut found);
    found.0
}

pub(super) struct PrivateName(bool);

impl Visit for PrivateName {
    noop_visit_type!();

    fn visit_private_name(&mut self, _: &swc_ecma_ast::PrivateName) {
        self.0 = true;
    }
}

/// Whether a value has `super` of the class around.
pub(super) fn has_super(value: &Expr) -> bool {
    let mut found = SuperProperty(false);
    value.visit_with(&mut found);
    found.0
}

struct SuperProperty(bool);

impl Visit for SuperProperty {
    noop_visit_type!();

    fn visit_super_prop_expr(&mut self, _: &SuperPropExpr) {
        self.0 = true;
    }
}
