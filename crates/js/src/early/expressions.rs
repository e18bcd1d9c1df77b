//! Expressions: `delete`, `super`, `new.target`, private names with `in`, and duplicate properties
//! in object literals.

use swc_common::{BytePos, Span};
use swc_ecma_ast::{
    BinExpr, BinaryOp, CallExpr, Callee, Expr, Function, MemberProp, MetaPropExpr, MetaPropKind,
    NewExpr, ObjectLit, OptChainBase, Prop, PropName, PropOrSpread, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::VisitWith;

use super::{checker::Checker, classes, context::Fact, scopes::Change, statements::code_only};
use crate::messages;

impl Checker<'_> {
    /// Checks a unary operator: `delete` of a name or of a private member is an error.
    pub(super) fn unary(&mut self, expression: &UnaryExpr) {
        if expression.op == UnaryOp::Delete {
            match without_parentheses(&expression.arg) {
                Expr::Ident(name) if self.is_strict() => {
                    self.report(messages::delete_name(self.label(expression.span), &name.sym));
                }
                operand if ends_in_private(operand) => {
                    self.report(messages::delete_private(self.label(expression.span)));
                }
                operand => self.note_target(operand, Change::Deleted),
            }
        }
        expression.arg.visit_with(self);
    }

    /// Checks `#name in object`, the only place for a private name that is not a member.
    pub(super) fn binary(&mut self, expression: &BinExpr) {
        match &*expression.left {
            Expr::PrivateName(name) if expression.op == BinaryOp::In => self.private_name(name),
            left => left.visit_with(self),
        }
        expression.right.visit_with(self);
    }

    /// Checks a call, also of `super` and `import`.
    pub(super) fn call(&mut self, call: &CallExpr) {
        match &call.callee {
            Callee::Super(word) if !self.context.has(Fact::SuperCall) => {
                self.report(messages::super_call(self.label(word.span)));
            }
            Callee::Import(import) => {
                self.phase(import.phase, call.span);
                if let Some(spread) = call.args.iter().find_map(|argument| argument.spread) {
                    self.report(messages::import_spread(self.label(spread)));
                }
            }
            Callee::Super(_) | Callee::Expr(_) => {}
        }
        call.visit_children_with(self);
    }

    /// Checks a place where `super.name` is written.
    pub(super) fn super_member(&mut self, span: Span) {
        if !self.context.has(Fact::SuperMember) {
            self.report(messages::super_member(self.label(span)));
        }
    }

    /// Checks a `new`: `new import(…)` is an error.
    pub(super) fn new_(&mut self, expression: &NewExpr) {
        if constructs_import(&expression.callee) {
            self.report(messages::new_import(self.label(expression.span)));
        }
        expression.visit_children_with(self);
    }

    /// Checks `new.target` and `import.meta`.
    pub(super) fn meta(&mut self, expression: &MetaPropExpr) {
        if expression.kind == MetaPropKind::NewTarget && !self.context.has(Fact::NewTarget) {
            self.report(messages::new_target(self.label(expression.span)));
        }
        if self.text_of(expression.span).contains('\\') {
            self.report(messages::escaped_word(self.label(expression.span)));
        }
    }

    /// Checks an object literal: `__proto__: value` may occur once; `{ a = 1 }` is a pattern.
    pub(super) fn object(&mut self, object: &ObjectLit) {
        let mut first: Option<Span> = None;
        for property in &object.props {
            let PropOrSpread::Prop(property) = property else { continue };
            match &**property {
                Prop::KeyValue(pair) if is_prototype(&pair.key) => {
                    let span = classes::name_span(&pair.key);
                    if let Some(first) = first {
                        let (at, first) = (self.label(span), self.label(first));
                        self.report(messages::prototype_twice(at, first));
                    }
                    first = first.or(Some(span));
                }
                Prop::Assign(short) => {
                    self.report(messages::default_outside_pattern(self.label(short.span)));
                }
                Prop::Getter(getter) => {
                    self.words_before(
                        getter.span.lo,
                        classes::name_span(&getter.key).lo,
                        &getter.function,
                    );
                }
                Prop::Setter(setter) => {
                    self.words_before(
                        setter.span.lo,
                        classes::name_span(&setter.key).lo,
                        &setter.function,
                    );
                }
                Prop::Method(method) => {
                    let key = classes::name_span(&method.key).lo;
                    self.words_before(method.function.span.lo.min(key), key, &method.function);
                }
                _ => {}
            }
        }
    }

    /// Checks the words before a method's name: `get`, `set`, `static` and `async` must be written
    /// without escapes, and the name must be on the same line as `async`.
    pub(super) fn words_before(&mut self, start: BytePos, name: BytePos, method: &Function) {
        let start = method.decorators.last().map_or(start, |decorator| decorator.span.hi);
        if start >= name {
            return;
        }
        let words = code_only(self.text(start, name));
        if words.contains('\\') {
            self.report(messages::escaped_word(self.label(Span::new(start, name))));
        }
        let behind =
            words.rsplit_once("async").map(|(_, behind)| behind).filter(|_| method.is_async);
        if behind.is_some_and(|behind| behind.contains(['\n', '\r', '\u{2028}', '\u{2029}'])) {
            self.report(messages::async_line_break(self.label(Span::new(start, name))));
        }
    }
}

fn is_prototype(key: &PropName) -> bool {
    classes::is_named(key, "__proto__")
}

fn without_parentheses(mut expression: &Expr) -> &Expr {
    while let Expr::Paren(inner) = expression {
        expression = &inner.expr;
    }
    expression
}

fn ends_in_private(expression: &Expr) -> bool {
    let member = match expression {
        Expr::Member(member) => Some(member),
        Expr::OptChain(chain) => match &*chain.base {
            OptChainBase::Member(member) => Some(member),
            OptChainBase::Call(_) => None,
        },
        _ => None,
    };
    member.is_some_and(|member| matches!(member.prop, MemberProp::PrivateName(_)))
}

/// Whether a callee is `import(…)` or a member of it: `import(…)` is a call, which `new` does not
/// accept.
fn constructs_import(mut callee: &Expr) -> bool {
    loop {
        callee = match callee {
            Expr::Member(member) => &member.obj,
            Expr::Call(call) => return matches!(call.callee, Callee::Import(_)),
            _ => return false,
        };
    }
}
