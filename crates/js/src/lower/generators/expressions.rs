//! Expressions with `yield`. Values that are evaluated before a `yield` are kept in variables, in
//! the order of the specification: `f(a.b, yield)` keeps `f` and `a.b`. Parts that are evaluated
//! after the last `yield` stay where they are.

use swc_common::Span;
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, CallExpr, Callee, CondExpr, Expr,
    ExprOrSpread, Ident, Lit, MemberExpr, MemberProp, Prop, PropOrSpread, SimpleAssignTarget,
    UnaryExpr, UnaryOp, YieldExpr,
};
use swc_ecma_utils::ExprFactory;

use super::{super::build, Kind, machine::Machine, model::Label};

impl Machine<'_> {
    fn has_yield(&self, expr: &Expr) -> bool {
        self.kind.waits_in(expr)
    }

    /// Emits what comes before the last `yield` of an expression. Returns the rest of it, which has
    /// to be evaluated before anything else is emitted.
    pub fn expr(&mut self, expr: Expr) -> Expr {
        if !self.has_yield(&expr) {
            return expr;
        }
        match expr {
            Expr::Yield(_) | Expr::Await(_) => {
                self.suspension(expr);
                self.received().into()
            }
            Expr::Paren(inner) => self.expr(*inner.expr),
            Expr::Seq(mut sequence) => {
                let last = sequence.exprs.pop().expect("a sequence has a last expression");
                for first in sequence.exprs {
                    self.effect(*first, build::NOWHERE);
                }
                self.expr(*last)
            }
            Expr::Cond(_) => self.choice(expr),
            Expr::Bin(BinExpr { op: BinaryOp::LogicalAnd | BinaryOp::LogicalOr, .. }) => {
                self.choice(expr)
            }
            Expr::Assign(assign) => self.assignment(assign),
            Expr::Call(call) => self.call(call),
            mut other => {
                let operands = operands_of(&mut other);
                self.operands(operands);
                other
            }
        }
    }

    /// Evaluates operands in order. Those before the last `yield` are kept.
    fn operands(&mut self, mut operands: Vec<&mut Expr>) {
        let last = operands.iter().rposition(|each| self.has_yield(each)).unwrap_or(0);
        for (index, operand) in operands.iter_mut().enumerate().take(last + 1) {
            let value = self.expr(std::mem::take(*operand));
            **operand = if index < last { self.keep(value) } else { value };
        }
    }

    /// Keeps a value over a `yield`.
    fn keep(&mut self, value: Expr) -> Expr {
        let is_constant = match &value {
            Expr::Lit(literal) => !matches!(literal, Lit::Regex(_)),
            Expr::Fn(_) => true,
            Expr::Unary(UnaryExpr { op: UnaryOp::Void, arg, .. }) => arg.is_lit(),
            Expr::Ident(name) => self.is_constant(name),
            _ => false,
        };
        if is_constant { value } else { self.keep_once(value) }
    }

    /// Keeps a value that is needed twice.
    fn keep_twice(&mut self, value: Expr) -> Expr {
        if value.is_fn_expr() { self.keep_once(value) } else { self.keep(value) }
    }

    fn keep_once(&mut self, value: Expr) -> Expr {
        let kept = self.temporary();
        self.emit_expr(build::assign(kept.clone(), value));
        kept.into()
    }

    /// Emits an `await`, `yield` or `yield*`.
    fn suspension(&mut self, expr: Expr) {
        match expr {
            Expr::Await(expr) => {
                let value = self.expr(*expr.arg);
                self.suspend(expr.span, vec![value]);
            }
            Expr::Yield(YieldExpr { span, arg, delegate: false }) => {
                let mut instruction = Vec::new();
                instruction.extend(arg.map(|arg| self.expr(*arg)));
                let third = self.third();
                if third.is_some() && instruction.is_empty() {
                    instruction.push(build::undefined());
                }
                instruction.extend(third);
                self.suspend(span, instruction);
            }
            Expr::Yield(YieldExpr { span, arg, .. }) => {
                let values = arg.map(|arg| self.expr(*arg)).expect("`yield*` has a value");
                let helper = match self.kind {
                    Kind::AsyncGenerator => "async_delegate",
                    Kind::Generator | Kind::Async => "delegate",
                };
                self.names.delegates = true;
                let third = self.third().unwrap_or_else(|| 0.into());
                let instruction = vec![build::helper(helper, vec![values]), third, 1.into()];
                self.suspend(span, instruction);
            }
            other => unreachable!("no suspension: {other:?}"),
        }
    }

    /// Makes the third element of a `yield`: the label that `return` goes to. In an async generator
    /// it distinguishes a `yield` from an `await`, so it is always present.
    fn third(&mut self) -> Option<Expr> {
        let label = self.on_return().map(|label| self.value_of(label));
        label.or_else(|| (self.kind == Kind::AsyncGenerator).then(|| 0.into()))
    }

    /// Evaluates an expression whose value is not used.
    pub fn effect(&mut self, expr: Expr, span: Span) {
        if !self.has_yield(&expr) {
            return self.emit_at(span, expr);
        }
        match expr {
            Expr::Yield(_) | Expr::Await(_) => self.suspension(expr),
            Expr::Paren(inner) => self.effect(*inner.expr, span),
            Expr::Unary(UnaryExpr { op: UnaryOp::Void | UnaryOp::Bang, arg, .. }) => {
                self.effect(*arg, span);
            }
            Expr::Seq(sequence) => {
                for each in sequence.exprs {
                    self.with_temporaries(|machine| machine.effect(*each, span));
                }
            }
            Expr::Cond(CondExpr { test, cons, alt, .. }) => {
                let (other, end) = (self.label(), self.label());
                self.unless(*test, other);
                self.effect(*cons, span);
                let jump = self.jump(end);
                self.emit(jump);
                self.place(other);
                self.effect(*alt, span);
                self.place(end);
            }
            Expr::Bin(BinExpr { op: BinaryOp::LogicalAnd, left, right, .. }) => {
                let end = self.label();
                self.unless(*left, end);
                self.effect(*right, span);
                self.place(end);
            }
            Expr::Bin(BinExpr { op: BinaryOp::LogicalOr, left, right, .. }) => {
                let end = self.label();
                self.if_so(*left, end);
                self.effect(*right, span);
                self.place(end);
            }
            other => {
                let rest = self.expr(other);
                self.emit_at(span, rest);
            }
        }
    }

    fn emit_at(&mut self, span: Span, expr: Expr) {
        let mut statement = build::statement(expr);
        if let Some(statement) = statement.as_mut_expr() {
            statement.span = span;
        }
        self.emit(statement);
    }

    /// Evaluates an expression with branches into a variable.
    fn choice(&mut self, expr: Expr) -> Expr {
        let result = self.temporary();
        self.choose_into(&result, expr);
        result.into()
    }

    fn choose_into(&mut self, result: &Ident, expr: Expr) {
        if !self.has_yield(&expr) {
            return self.emit_expr(build::assign(result.clone(), expr));
        }
        let end = self.label();
        match expr {
            Expr::Cond(CondExpr { test, cons, alt, .. }) => {
                let other = self.label();
                self.unless(*test, other);
                self.with_temporaries(|machine| machine.choose_into(result, *cons));
                let jump = self.jump(end);
                self.emit(jump);
                self.place(other);
                self.with_temporaries(|machine| machine.choose_into(result, *alt));
            }
            Expr::Bin(BinExpr {
                op: op @ (BinaryOp::LogicalAnd | BinaryOp::LogicalOr),
                left,
                right,
                ..
            }) => {
                self.with_temporaries(|machine| machine.choose_into(result, *left));
                let value = Expr::from(result.clone());
                let test = if op == BinaryOp::LogicalOr { value } else { build::not(value) };
                let jump = self.jump(end);
                self.emit(build::when(test, jump));
                self.with_temporaries(|machine| machine.choose_into(result, *right));
            }
            other => {
                let value = self.expr(other);
                self.emit_expr(build::assign(result.clone(), value));
            }
        }
        self.place(end);
    }

    /// Emits a jump unless a condition holds.
    pub fn unless(&mut self, test: Expr, label: Label) {
        match test {
            Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) => self.if_so(*arg, label),
            Expr::Paren(inner) => self.unless(*inner.expr, label),
            Expr::Bin(BinExpr { op: BinaryOp::LogicalAnd, left, right, .. })
                if self.has_yield(&left) || self.has_yield(&right) =>
            {
                self.unless(*left, label);
                self.unless(*right, label);
            }
            Expr::Bin(BinExpr { op: BinaryOp::LogicalOr, left, right, .. })
                if self.has_yield(&left) || self.has_yield(&right) =>
            {
                let yes = self.label();
                self.if_so(*left, yes);
                self.unless(*right, label);
                self.place(yes);
            }
            test => {
                let test = build::not(self.expr(test));
                let jump = self.jump(label);
                self.emit(build::when(test, jump));
            }
        }
    }

    /// Emits a jump if a condition holds.
    pub fn if_so(&mut self, test: Expr, label: Label) {
        match test {
            Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) if self.has_yield(&arg) => {
                self.unless(*arg, label);
            }
            Expr::Paren(inner) => self.if_so(*inner.expr, label),
            Expr::Bin(BinExpr { op: BinaryOp::LogicalOr, left, right, .. })
                if self.has_yield(&left) || self.has_yield(&right) =>
            {
                self.if_so(*left, label);
                self.if_so(*right, label);
            }
            Expr::Bin(BinExpr { op: BinaryOp::LogicalAnd, left, right, .. })
                if self.has_yield(&left) || self.has_yield(&right) =>
            {
                let no = self.label();
                self.unless(*left, no);
                self.if_so(*right, label);
                self.place(no);
            }
            test => {
                let test = self.expr(test);
                let jump = self.jump(label);
                self.emit(build::when(test, jump));
            }
        }
    }

    /// `a.b += yield` reads `a.b` before it is suspended.
    fn assignment(&mut self, mut assign: AssignExpr) -> Expr {
        let value_waits = self.has_yield(&assign.right);
        let AssignTarget::Simple(target) = &mut assign.left else {
            unreachable!("patterns are lowered")
        };
        unwrap_target(target);
        if let SimpleAssignTarget::Member(member) = target {
            let mut parts = parts_of(member);
            if value_waits {
                for part in parts {
                    let value = self.expr(std::mem::take(part));
                    *part = self.keep_twice(value);
                }
            } else {
                parts.push(&mut *assign.right);
                self.operands(parts);
                return assign.into();
            }
        }
        if let (true, Some(op)) = (value_waits, assign.op.to_update()) {
            let read = self.keep(target_value(target));
            let right = self.expr(*assign.right);
            assign.right = Box::new(build::binary(op, read, right));
            assign.op = AssignOp::Assign;
            return assign.into();
        }
        *assign.right = self.expr(std::mem::take(&mut *assign.right));
        assign.into()
    }

    /// `a.b(yield)` reads `a.b` before it is suspended, and calls it with `a` as `this`.
    fn call(&mut self, mut call: CallExpr) -> Expr {
        let args_wait = call.args.iter().any(|arg| self.has_yield(&arg.expr));
        let Callee::Expr(mut callee) = call.callee else { return call.into() };
        while let Expr::Paren(inner) = *callee {
            callee = inner.expr;
        }
        if !args_wait {
            if let Expr::Member(member) = &mut *callee {
                self.operands(parts_of(member));
            } else {
                let function = self.expr(*callee);
                // `(yield, a.b)()` calls without `this`.
                *callee = if function.is_member() { self.keep(function) } else { function };
            }
            return CallExpr { callee: Callee::Expr(callee), ..call }.into();
        }
        let this = if let Expr::Member(mut member) = *callee {
            self.operands(parts_of(&mut member));
            if is_made(&member) {
                *member.obj = self.keep(std::mem::take(&mut *member.obj));
                self.operands(call.args.iter_mut().map(|arg| &mut *arg.expr).collect());
                call.callee = Callee::Expr(Box::new(member.into()));
                return call.into();
            }
            *member.obj = self.keep_twice(std::mem::take(&mut *member.obj));
            let this = self.this_of((*member.obj).clone());
            let method = self.keep(member.into());
            callee = Box::new(build::member(method, "call"));
            Some(this)
        } else {
            let function = self.expr(*callee);
            callee = Box::new(self.keep(function));
            None
        };
        self.operands(call.args.iter_mut().map(|arg| &mut *arg.expr).collect());
        call.args.splice(0..0, this.map(ExprFactory::as_arg));
        CallExpr { callee: Callee::Expr(callee), ..call }.into()
    }
}

/// Whether lowering made a member: the `apply` of a call with `...`, the `call` of an optional
/// call, or the `concat` of arrays and templates. It is the same whenever it is read.
fn is_made(member: &MemberExpr) -> bool {
    let is_known = ["apply", "call", "concat"].iter().any(|name| member.prop.is_ident_with(name));
    member.span.is_dummy() && is_known
}

/// Returns the parts of a member expression in the order of their evaluation.
fn parts_of(member: &mut MemberExpr) -> Vec<&mut Expr> {
    let mut parts = vec![&mut *member.obj];
    if let MemberProp::Computed(key) = &mut member.prop {
        parts.push(&mut *key.expr);
    }
    parts
}

/// Returns the operands of an expression in the order of their evaluation.
fn operands_of(expr: &mut Expr) -> Vec<&mut Expr> {
    match expr {
        Expr::Bin(binary) => vec![&mut *binary.left, &mut *binary.right],
        Expr::Unary(unary) => match &mut *unary.arg {
            // `delete` needs the member itself.
            Expr::Member(member) => parts_of(member),
            arg => vec![arg],
        },
        Expr::Update(update) => match &mut *update.arg {
            Expr::Member(member) => parts_of(member),
            arg => vec![arg],
        },
        Expr::Member(member) => parts_of(member),
        Expr::New(new) => {
            let args = new.args.iter_mut().flatten().map(|arg| &mut *arg.expr);
            std::iter::once(&mut *new.callee).chain(args).collect()
        }
        Expr::Array(array) => {
            array.elems.iter_mut().flatten().map(|ExprOrSpread { expr, .. }| &mut **expr).collect()
        }
        Expr::Object(object) => object.props.iter_mut().filter_map(value_of).collect(),
        other => unreachable!("no operands: {other:?}"),
    }
}

fn value_of(property: &mut PropOrSpread) -> Option<&mut Expr> {
    match property {
        PropOrSpread::Prop(property) => match &mut **property {
            Prop::KeyValue(pair) => Some(&mut pair.value),
            _ => None,
        },
        PropOrSpread::Spread(_) => None,
    }
}

/// Removes the parentheses around a target.
fn unwrap_target(target: &mut SimpleAssignTarget) {
    while let SimpleAssignTarget::Paren(inner) = target {
        let inner = std::mem::take(&mut inner.expr);
        match SimpleAssignTarget::try_from(inner) {
            Ok(plain) => *target = plain,
            Err(other) => unreachable!("not a target: {other:?}"),
        }
    }
}

fn target_value(target: &SimpleAssignTarget) -> Expr {
    match target {
        SimpleAssignTarget::Ident(name) => name.id.clone().into(),
        SimpleAssignTarget::Member(member) => member.clone().into(),
        other => unreachable!("no target of ECMAScript 5: {other:?}"),
    }
}
