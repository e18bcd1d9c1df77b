//! Prints patterns, targets of assignments, and names.

use swc_atoms::Atom;
use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    ArrayPat, AssignPat, AssignTarget, AssignTargetPat, Ident, ObjectPat, ObjectPatProp, Pat,
    RestPat, SimpleAssignTarget,
};

use super::{
    Printer, escapes,
    precedence::{Level, Need},
};
use crate::render::slot;

impl Printer<'_> {
    pub(super) fn ident(&mut self, node: &Ident) {
        self.symbol(node.span, &node.sym);
    }

    /// Prints a name, or records a slot.
    pub(super) fn symbol(&mut self, span: Span, name: &Atom) {
        self.leading(span);
        self.at(span);
        if let Some(number) = slot::number(name) {
            self.out.slot(number, name);
        } else if self.out.ascii && !name.is_ascii() {
            self.out.name(&escapes::name(name, self.is_es5));
        } else {
            self.out.name(name);
        }
    }

    pub(super) fn pattern(&mut self, node: &Pat) {
        let span = node.span();
        let outer = self.enter(span.lo);
        match node {
            Pat::Ident(name) => self.ident(&name.id),
            Pat::Array(array) => self.array_pattern(array),
            Pat::Object(object) => self.object_pattern(object),
            Pat::Rest(rest) => self.rest(rest),
            Pat::Assign(assign) => self.default_value(assign),
            Pat::Expr(target) => self.expr(target, Need::at(Level::Call)),
            Pat::Invalid(_) => unreachable!("the parser refuses invalid patterns"),
        }
        self.trailing(span);
        self.leave(outer);
    }

    fn array_pattern(&mut self, node: &ArrayPat) {
        self.leading(node.span);
        self.at(node.span);
        self.out.mark("[");
        self.separated(node.elems.iter(), |printer, element| {
            if let Some(element) = element {
                printer.pattern(element);
            }
        });
        // Without another comma, the last hole would not count.
        if let Some(None) = node.elems.last() {
            self.out.mark(",");
            self.out.gap();
        }
        self.out.mark("]");
        self.after(node.span);
    }

    fn object_pattern(&mut self, node: &ObjectPat) {
        self.leading(node.span);
        self.at(node.span);
        self.out.mark("{");
        if !node.props.is_empty() {
            self.out.gap();
            self.separated(node.props.iter(), Self::pattern_property);
            self.out.gap();
        }
        self.out.closing("}");
        self.after(node.span);
    }

    fn pattern_property(&mut self, node: &ObjectPatProp) {
        let span = node.span();
        match node {
            ObjectPatProp::KeyValue(property) => {
                self.leading(span);
                self.at(span);
                self.prop_name(&property.key);
                self.out.mark(":");
                self.out.gap();
                self.pattern(&property.value);
                self.after(span);
            }
            ObjectPatProp::Assign(property) => {
                self.leading(span);
                self.at(span);
                self.ident(&property.key.id);
                if let Some(value) = &property.value {
                    self.out.gap();
                    self.out.mark("=");
                    self.out.gap();
                    self.value(value);
                }
                self.after(span);
            }
            ObjectPatProp::Rest(rest) => self.rest(rest),
        }
    }

    fn rest(&mut self, node: &RestPat) {
        self.leading(node.span);
        self.own(node.dot3_token);
        self.out.mark("...");
        self.pattern(&node.arg);
    }

    fn default_value(&mut self, node: &AssignPat) {
        self.leading(node.span);
        self.at(node.span);
        self.pattern(&node.left);
        self.out.gap();
        self.out.mark("=");
        self.out.gap();
        self.value(&node.right);
        self.after(node.span);
    }

    /// Prints the target of an assignment.
    pub(super) fn assign_target(&mut self, node: &AssignTarget) {
        match node {
            AssignTarget::Simple(target) => self.simple_target(target),
            AssignTarget::Pat(AssignTargetPat::Array(array)) => self.array_pattern(array),
            AssignTarget::Pat(AssignTargetPat::Object(object)) => self.object_pattern(object),
            AssignTarget::Pat(AssignTargetPat::Invalid(_)) => {
                unreachable!("the parser refuses invalid patterns")
            }
        }
    }

    fn simple_target(&mut self, node: &SimpleAssignTarget) {
        let need = Need::at(Level::Call);
        self.starts.target = self.out.here();
        match node {
            SimpleAssignTarget::Ident(name) => self.target_name(&name.id),
            SimpleAssignTarget::Member(member) => self.member(member, need),
            SimpleAssignTarget::SuperProp(property) => self.super_prop(property),
            SimpleAssignTarget::OptChain(chain) => self.chain(chain, need),
            SimpleAssignTarget::Paren(paren) => self.expr(&paren.expr, need),
            other => unreachable!("TypeScript is gone before printing: {other:?}"),
        }
    }

    /// Prints a name that is assigned. At the start of the head of a loop, `let` would declare.
    fn target_name(&mut self, name: &Ident) {
        let is_keyword = name.sym == "let" && self.starts.head == self.out.here();
        if is_keyword {
            self.out.mark("(");
        }
        self.ident(name);
        if is_keyword {
            self.out.mark(")");
        }
    }
}
