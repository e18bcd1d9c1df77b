//! Functions that are called where they are written.

use swc_common::{Spanned, util::take::Take};
use swc_ecma_ast::{
    ArrowFunctionBody, CallExpr, Callee, Expr, ExprOrSpread, ExprStmt, Ident, KeyValueProp, Lit,
    Pat, Prop, ReturnStmt, Stmt,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{function_context::uses_own, literals::undefined, model::Compress, unused::joined};
use crate::scopes::{index_of, key_of};

impl Compress<'_> {
    /// Replaces a call of a function that is written there by the value of the function.
    pub(super) fn called_here(&mut self, call: &mut CallExpr) -> Option<Expr> {
        let Callee::Expr(callee) = &mut call.callee else { return None };
        match &mut **callee {
            Expr::Fn(function) => {
                let name = function.ident.as_ref();
                let is_plain = !function.function.is_async
                    && !function.function.is_generator
                    && name.is_none_or(|name| self.is_unmentioned(name));
                if !is_plain {
                    return None;
                }
                let body = function.function.body.as_mut()?;
                if uses_own(&body.stmts) || uses_own(&function.function.params) {
                    return None;
                }
                let mut patterns: Vec<Pat> =
                    function.function.params.iter_mut().map(|it| it.pat.take()).collect();
                let value = self.value_of_body(&mut patterns, &mut call.args, &mut body.stmts);
                function.function.params.truncate(patterns.len());
                for (param, pattern) in function.function.params.iter_mut().zip(patterns) {
                    param.pat = pattern;
                }
                value
            }
            Expr::Arrow(arrow) if !arrow.is_async => match &mut *arrow.body {
                ArrowFunctionBody::FunctionBody(body) => {
                    self.value_of_body(&mut arrow.params, &mut call.args, &mut body.stmts)
                }
                ArrowFunctionBody::Expr(value) => self
                    .give_arguments(&mut arrow.params, &mut call.args, value)
                    .then(|| *value.take()),
            },
            _ => None,
        }
    }

    /// Returns the value of a call of a function whose body is one statement, if all arguments can
    /// take the places of their parameters. Otherwise, only the arguments that can move do so.
    fn value_of_body(
        &mut self,
        patterns: &mut Vec<Pat>,
        args: &mut Vec<ExprOrSpread>,
        body: &mut Vec<Stmt>,
    ) -> Option<Expr> {
        self.give_constants(patterns, args, body);
        let is_returned = matches!(body.as_slice(), [Stmt::Return(_)]);
        let mut value = single(body)?;
        if !self.give_arguments(patterns, args, &mut value) {
            let span = value.span();
            *body = vec![if is_returned {
                Stmt::Return(ReturnStmt { span, arg: Some(value) })
            } else {
                Stmt::Expr(ExprStmt { span, expr: value })
            }];
            return None;
        }
        if is_returned {
            return Some(*value);
        }
        joined(vec![value, Box::new(undefined())]).map(|expr| *expr)
    }

    /// Puts arguments in the places of their parameters, the last first. Returns whether none is
    /// left.
    pub(super) fn give_arguments(
        &mut self,
        patterns: &mut Vec<Pat>,
        args: &mut Vec<ExprOrSpread>,
        value: &mut Box<Expr>,
    ) -> bool {
        let has_rest = matches!(patterns.last(), Some(Pat::Rest(_)));
        if has_rest || args.iter().any(|arg| arg.spread.is_some()) {
            return false;
        }
        // Arguments without a parameter are only evaluated.
        while args.len() > patterns.len() {
            let Some(last) = args.last_mut() else { break };
            if !self.is_pure(&last.expr) {
                return false;
            }
            if let Some(last) = args.pop() {
                self.forget(&*last.expr);
            }
        }
        // Patterns and defaults are evaluated after the arguments and before the body, and may read
        // the parameters.
        let may_move = patterns.iter().all(|pattern| matches!(pattern, Pat::Ident(_)));
        while let Some(Pat::Ident(name)) = patterns.last() {
            let Some(index) = Self::index(&name.id) else { return false };
            let binding = &self.scopes.bindings[index];
            if binding.declarations != 1 || !self.is_own(index) {
                return false;
            }
            let (is_unread, is_unwritten) = (binding.reads == 0, binding.writes == 0);
            if args.len() < patterns.len() {
                if !is_unread || !is_unwritten {
                    return false;
                }
                patterns.pop();
                continue;
            }
            let Some(mut last) = args.pop() else { return false };
            let name = name.id.clone();
            if is_unread && is_unwritten {
                if self.is_pure(&last.expr) {
                    self.forget(&*last.expr);
                    patterns.pop();
                    continue;
                }
            } else if may_move
                && (self.substitute_argument(&name, &mut last, value)
                    || is_unwritten && self.copy_argument(&name, &last.expr, value))
            {
                patterns.pop();
                continue;
            }
            args.push(last);
            return false;
        }
        patterns.is_empty() && args.is_empty()
    }
}

impl Compress<'_> {
    /// Drops parameters that nothing reads, and replaces parameters by arguments that always have
    /// the same value.
    fn give_constants(
        &mut self,
        patterns: &mut Vec<Pat>,
        args: &mut Vec<ExprOrSpread>,
        body: &mut Vec<Stmt>,
    ) {
        let is_plain =
            patterns.iter().all(Pat::is_ident) && args.iter().all(|it| it.spread.is_none());
        if !is_plain {
            return;
        }
        for at in (0..patterns.len()).rev() {
            let Pat::Ident(name) = &patterns[at] else { continue };
            let Some(index) = Self::index(&name.id) else { continue };
            let binding = &self.scopes.bindings[index];
            if !binding.is_never_assigned() || !self.is_own(index) {
                continue;
            }
            let is_unread = binding.reads == 0;
            let Some(argument) = args.get(at) else {
                if is_unread {
                    patterns.remove(at);
                    self.is_changed = true;
                }
                continue;
            };
            let name = name.id.clone();
            if is_unread && self.is_pure(&argument.expr) {
                let argument = args.remove(at);
                self.forget(&*argument.expr);
                patterns.remove(at);
            } else if !is_unread && self.copy_argument(&name, &args[at].expr, body) {
                args.remove(at);
                patterns.remove(at);
            }
        }
    }

    /// Puts copies of an argument that always has the same value in the places of its parameter.
    fn copy_argument<N>(&mut self, parameter: &Ident, argument: &Expr, body: &mut N) -> bool
    where
        N: for<'e> VisitMutWith<Copies<'e>>,
    {
        let Some(index) = Self::index(parameter) else { return false };
        let is_short = match argument {
            Expr::Ident(name) => self.is_settled(name) && Self::index(name) != Some(index),
            Expr::Lit(Lit::Num(_) | Lit::Bool(_)) => true,
            _ => false,
        };
        if !is_short {
            return false;
        }
        let mut copies = Copies { parameter: index, argument, count: 0 };
        body.visit_mut_with(&mut copies);
        for _ in 1..copies.count {
            self.count(argument);
        }
        if copies.count == 0 {
            self.forget(argument);
        }
        let is_captured = self.scopes.bindings[index].is_captured;
        if let Expr::Ident(name) = argument
            && let Some(index) = Self::index(name)
        {
            self.scopes.bindings[index].is_captured |= is_captured;
        }
        self.scopes.bindings[index].reads = 0;
        self.is_changed = true;
        true
    }
}

/// Puts an argument in the places of its parameter.
struct Copies<'a> {
    parameter: usize,
    argument: &'a Expr,
    count: u32,
}

impl VisitMut for Copies<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if matches!(expr, Expr::Ident(name) if index_of(name.ctxt) == Some(self.parameter)) {
            *expr = self.argument.clone();
            self.count += 1;
            return;
        }
        expr.visit_mut_children_with(self);
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        if let Prop::Shorthand(name) = prop
            && index_of(name.ctxt) == Some(self.parameter)
        {
            let (key, value) = (key_of(name), Box::new(self.argument.clone()));
            *prop = Prop::KeyValue(KeyValueProp { key, value });
            self.count += 1;
            return;
        }
        prop.visit_mut_children_with(self);
    }
}

/// Takes the expression out of a body that consists of it alone.
fn single(statements: &mut [Stmt]) -> Option<Box<Expr>> {
    match statements {
        [Stmt::Return(returned)] => returned.arg.take(),
        [Stmt::Expr(statement)] => Some(statement.expr.take()),
        [] => Some(Box::new(undefined())),
        _ => None,
    }
}
