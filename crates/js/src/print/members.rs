//! Prints members, calls, `new` and optional chains.

use swc_common::{BytePos, Span, Spanned};
use swc_ecma_ast::{
    CallExpr, Callee, ComputedPropName, Expr, ExprOrSpread, Import, ImportPhase, Lit, MemberExpr,
    MemberProp, NewExpr, OptChainBase, OptChainExpr, SuperProp, SuperPropExpr,
};

use super::{
    Printer,
    expressions::bare,
    precedence::{Level, Need},
};

impl Printer<'_> {
    pub(super) fn member(&mut self, node: &MemberExpr, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        let needs_dot = self.object_of_member(&node.obj, need);
        self.member_prop(&node.prop, needs_dot, true);
        self.after(node.span);
    }

    /// Prints the object of a member. Returns whether it is a number after which a dot would be its
    /// decimal point.
    fn object_of_member(&mut self, object: &Expr, need: Need) -> bool {
        let need = need.head(true);
        if let Expr::Lit(Lit::Num(number)) = bare(object).0
            && need.level <= self.number_level(number)
        {
            let outer = self.enter(number.span.lo);
            let needs_dot = self.number(number, need);
            self.leave(outer);
            return needs_dot;
        }
        self.expr(object, need);
        false
    }

    /// Prints the property of a member. `has_dot`: a dot precedes a name.
    fn member_prop(&mut self, property: &MemberProp, needs_dot: bool, has_dot: bool) {
        if let MemberProp::Computed(computed) = property {
            return self.computed(computed, Need::ANY);
        }
        if has_dot {
            if needs_dot {
                self.out.mark(".");
            }
            self.before_dot(property.span());
            self.out.mark(".");
        }
        match property {
            MemberProp::Ident(name) => self.ident_name(name),
            MemberProp::PrivateName(name) => self.private_name(name),
            MemberProp::Computed(_) => {}
        }
    }

    /// Prints a key in brackets.
    pub(super) fn computed(&mut self, node: &ComputedPropName, need: Need) {
        self.at(node.span);
        self.out.mark("[");
        self.expr(&node.expr, need);
        self.out.mark("]");
        self.after(node.span);
    }

    pub(super) fn super_prop(&mut self, node: &SuperPropExpr) {
        self.leading(node.span);
        self.at(node.span);
        self.super_keyword(node.obj.span);
        match &node.prop {
            SuperProp::Computed(computed) => self.computed(computed, Need::ANY),
            SuperProp::Ident(name) => {
                self.before_dot(name.span);
                self.out.mark(".");
                self.ident_name(name);
            }
        }
    }

    /// `super` has a place of its own, or the one that was announced.
    fn super_keyword(&mut self, span: Span) {
        self.own(span);
        self.out.keyword("super");
    }

    /// Announces a token's own place, if it has one.
    pub(super) fn own(&mut self, span: Span) {
        if self.maps {
            let at = self.placed(span.lo);
            if !at.is_dummy() && at != BytePos::SYNTHESIZED {
                self.out.announce(at);
            }
        }
    }

    pub(super) fn call(&mut self, node: &CallExpr, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        match &node.callee {
            Callee::Expr(callee) => self.expr(callee, need.head(true)),
            Callee::Super(callee) => self.super_keyword(callee.span),
            Callee::Import(import) => self.import_keyword(import),
        }
        self.arguments(&node.args);
    }

    fn import_keyword(&mut self, node: &Import) {
        self.own(node.span);
        self.out.keyword("import");
        let phase = match node.phase {
            ImportPhase::Evaluation => return,
            ImportPhase::Source => "source",
            ImportPhase::Defer => "defer",
        };
        self.out.mark(".");
        self.out.keyword(phase);
    }

    /// Prints arguments in parentheses.
    fn arguments(&mut self, arguments: &[ExprOrSpread]) {
        if arguments.is_empty() {
            return self.out.mark("()");
        }
        self.out.mark("(");
        self.elements(arguments.iter());
        self.out.mark(")");
    }

    /// Prints a call of a constructor. Without arguments the compact form drops the parentheses,
    /// unless what follows could be taken for them.
    pub(super) fn new_expr(&mut self, node: &NewExpr, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        let is_target = self.starts.target == self.out.here();
        self.out.keyword("new");
        self.out.gap();
        if is_target {
            self.starts.target = self.out.here();
        }
        let callee = Need { no_call: true, ends_chain: true, ..Need::at(Level::Call) };
        self.expr(&node.callee, callee);
        let Some(arguments) = &node.args else { return };
        let is_dropped = self.out.is_compact && arguments.is_empty() && need.level < Level::Call;
        if !is_dropped {
            self.arguments(arguments);
        }
    }

    pub(super) fn chain(&mut self, node: &OptChainExpr, need: Need) {
        self.leading(node.span);
        match &*node.base {
            OptChainBase::Member(member) => {
                self.expr(&member.obj, need.head(false));
                if node.optional {
                    self.out.mark("?.");
                }
                self.member_prop(&member.prop, false, !node.optional);
            }
            OptChainBase::Call(call) => {
                self.expr(&call.callee, need.head(false));
                if node.optional {
                    self.out.mark("?.");
                }
                self.arguments(&call.args);
            }
        }
    }
}
