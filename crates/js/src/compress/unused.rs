//! Expressions whose value is not used: only their side effects remain.

use swc_common::{Spanned, util::take::Take};
use swc_ecma_ast::{
    ArrayLit, AssignOp, AssignTarget, BinExpr, BinaryOp, Callee, CondExpr, Expr, ExprOrSpread, Lit,
    Prop, PropName, PropOrSpread, SeqExpr, SimpleAssignTarget, UnaryOp,
};

use super::{conditions::and_or, model::Compress, values::converts_nothing};
use crate::scopes::Kind;

impl Compress<'_> {
    /// Returns the side effects of an expression; `None` if it has none.
    pub(super) fn effects(&mut self, mut expr: Box<Expr>) -> Option<Box<Expr>> {
        if self.is_pure(&expr) {
            self.forget(&*expr);
            return None;
        }
        match &mut *expr {
            Expr::Unary(unary)
                if matches!(unary.op, UnaryOp::Bang | UnaryOp::Void | UnaryOp::TypeOf) =>
            {
                self.is_changed = true;
                self.effects(unary.arg.take())
            }
            Expr::Bin(binary) => match binary.op {
                BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => {
                    match self.effects(binary.right.take()) {
                        Some(right) => {
                            binary.right = right;
                            self.shorten_condition(binary);
                            Some(expr)
                        }
                        None => self.effects(binary.left.take()),
                    }
                }
                op if converts_nothing(op, &binary.left, &binary.right) => {
                    self.is_changed = true;
                    let (left, right) = (binary.left.take(), binary.right.take());
                    self.together([left, right])
                }
                _ => Some(expr),
            },
            Expr::Cond(choice) => self.effects_of_choice(choice),
            Expr::Seq(sequence) => {
                let last = sequence.exprs.pop()?;
                if let Some(last) = self.effects(last) {
                    sequence.exprs.push(last);
                }
                joined(std::mem::take(&mut sequence.exprs))
            }
            Expr::Array(ArrayLit { elems, .. })
                if elems.iter().flatten().all(|element| element.spread.is_none()) =>
            {
                self.is_changed = true;
                let elements: Vec<_> = elems.drain(..).flatten().map(|e| e.expr).collect();
                self.together(elements)
            }
            Expr::Object(object) if object.props.iter().all(is_plain) => {
                self.is_changed = true;
                let mut values = Vec::new();
                for prop in object.props.drain(..) {
                    let PropOrSpread::Prop(prop) = prop else { continue };
                    match *prop {
                        Prop::KeyValue(pair) => values.push(pair.value),
                        Prop::Shorthand(name) => values.push(Box::new(Expr::Ident(name))),
                        other => self.forget(&other),
                    }
                }
                self.together(values)
            }
            Expr::Call(call)
                if self.is_pure_call(call) && call.args.iter().all(|arg| arg.spread.is_none()) =>
            {
                self.is_changed = true;
                let args = std::mem::take(&mut call.args);
                if let Callee::Expr(callee) = &call.callee {
                    self.forget(callee);
                }
                self.arguments(args)
            }
            Expr::New(new)
                if self.is_pure_new(new)
                    && new.args.iter().flatten().all(|arg| arg.spread.is_none()) =>
            {
                self.is_changed = true;
                let args = new.args.take().unwrap_or_default();
                self.forget(&new.callee);
                self.arguments(args)
            }
            // A value that no code reads any more.
            Expr::Assign(assign) if assign.op == AssignOp::Assign => {
                let AssignTarget::Simple(SimpleAssignTarget::Ident(name)) = &assign.left else {
                    return Some(expr);
                };
                if !self.is_write_only(&name.id) {
                    return Some(expr);
                }
                self.forget_write(&name.id);
                self.effects(assign.right.take())
            }
            _ => Some(expr),
        }
    }

    /// Whether writing to a name has no effect, because nothing reads it.
    pub(super) fn is_write_only(&self, name: &swc_ecma_ast::Ident) -> bool {
        Self::index(name).is_some_and(|index| {
            let binding = &self.scopes.bindings[index];
            binding.reads == 0
                && matches!(binding.kind, Kind::Var | Kind::Let | Kind::Parameter | Kind::Catch)
                && self.is_own(index)
        })
    }

    fn effects_of_choice(&mut self, choice: &mut CondExpr) -> Option<Box<Expr>> {
        let span = choice.span;
        let test = choice.test.take();
        let yes = self.effects(choice.cons.take());
        let no = self.effects(choice.alt.take());
        match (yes, no) {
            (None, None) => self.effects(test),
            (Some(cons), Some(alt)) => {
                Some(Box::new(Expr::Cond(CondExpr { span, test, cons, alt })))
            }
            (Some(right), None) => {
                let op = BinaryOp::LogicalAnd;
                Some(self.run_if(BinExpr { span, op, left: test, right }))
            }
            (None, Some(right)) => {
                let op = BinaryOp::LogicalOr;
                Some(self.run_if(BinExpr { span, op, left: test, right }))
            }
        }
    }

    fn run_if(&mut self, mut binary: BinExpr) -> Box<Expr> {
        self.shorten_condition(&mut binary);
        Box::new(Expr::Bin(binary))
    }

    /// Rewrites `!a && b` to `a || b`, where only the side effects of `b` count.
    fn shorten_condition(&mut self, binary: &mut BinExpr) {
        if binary.op == BinaryOp::NullishCoalescing {
            return;
        }
        self.condition(&mut binary.left);
        let (op, test) = and_or(binary.op, binary.left.take());
        binary.op = op;
        binary.left = test;
    }

    fn arguments(&mut self, args: Vec<ExprOrSpread>) -> Option<Box<Expr>> {
        self.together(args.into_iter().map(|arg| arg.expr))
    }

    /// Returns the side effects of several expressions.
    fn together(&mut self, exprs: impl IntoIterator<Item = Box<Expr>>) -> Option<Box<Expr>> {
        let left: Vec<_> = exprs.into_iter().filter_map(|expr| self.effects(expr)).collect();
        joined(left)
    }
}

/// Joins expressions that are evaluated one after the other.
pub(super) fn joined(exprs: Vec<Box<Expr>>) -> Option<Box<Expr>> {
    let mut flat = exprs;
    if flat.iter().any(|expr| expr.is_seq()) {
        let parts = flat.into_iter().flat_map(|expr| match *expr {
            Expr::Seq(inner) => inner.exprs,
            other => vec![Box::new(other)],
        });
        flat = parts.collect();
    }
    match flat.len() {
        0 | 1 => flat.pop(),
        _ => {
            let span = flat[0].span();
            Some(Box::new(Expr::Seq(SeqExpr { span, exprs: flat })))
        }
    }
}

/// Whether a member of an object literal runs no code except the code of its value.
fn is_plain(prop: &PropOrSpread) -> bool {
    let is_plain_key = |key: &PropName| match key {
        PropName::Computed(key) => matches!(&*key.expr, Expr::Lit(Lit::Str(_) | Lit::Num(_))),
        _ => true,
    };
    match prop {
        PropOrSpread::Spread(_) => false,
        PropOrSpread::Prop(prop) => match &**prop {
            Prop::Shorthand(_) => true,
            Prop::KeyValue(pair) => is_plain_key(&pair.key),
            Prop::Getter(getter) => is_plain_key(&getter.key),
            Prop::Setter(setter) => is_plain_key(&setter.key),
            Prop::Method(method) => is_plain_key(&method.key),
            Prop::Assign(_) => false,
        },
    }
}
