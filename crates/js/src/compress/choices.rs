//! Choices: `test ? a : b` in its shortest form.

use swc_common::{EqIgnoreSpan, Spanned, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, CallExpr, Callee, CondExpr, Expr, Ident,
    Lit, OptCall, OptChainBase, OptChainExpr, SeqExpr, SimpleAssignTarget, UnaryExpr, UnaryOp,
};

use super::{
    conditions::{boolean, cost_of_not, logical, not, opposite, wrap_in_not},
    model::Compress,
    unused::joined,
    values::{Type, is_boolean, type_of},
};
use crate::features::Feature;

impl Compress<'_> {
    /// Shortens `test ? a : b`. Returns the expression that replaces it, if any.
    pub(super) fn choice(&mut self, choice: &mut CondExpr) -> Option<Expr> {
        self.condition(&mut choice.test);
        if let Expr::Seq(sequence) = &mut *choice.test
            && sequence.exprs.len() > 1
            && let Some(test) = sequence.exprs.pop()
        {
            let mut exprs = std::mem::take(&mut sequence.exprs);
            let mut rest = CondExpr { test, ..choice.take() };
            exprs.push(Box::new(self.choice(&mut rest).unwrap_or(Expr::Cond(rest))));
            return joined(exprs).map(|expr| *expr);
        }
        if let Some(holds) = Self::truth(&choice.test) {
            let (taken, dropped) = if holds {
                (choice.cons.take(), choice.alt.take())
            } else {
                (choice.alt.take(), choice.cons.take())
            };
            return self.after_test(choice.test.take(), taken, &dropped);
        }
        self.drop_negation(choice);
        if choice.cons.eq_ignore_span(&choice.alt) {
            return self.after_test(choice.test.take(), choice.cons.take(), &choice.alt.take());
        }
        let shorter = self
            .nullish(choice)
            .or_else(|| self.choice_of_test(choice))
            .or_else(|| self.choice_of_boolean(choice));
        shorter.or_else(|| self.common(choice))
    }

    /// Returns a value after the side effects of a test that does not matter.
    fn after_test(&mut self, test: Box<Expr>, value: Box<Expr>, dropped: &Expr) -> Option<Expr> {
        self.forget(dropped);
        let test = self.effects(test);
        joined(test.into_iter().chain([value]).collect()).map(|expr| *expr)
    }

    /// Returns `a || b` for `a ? a : b`, and `a && b` for `a ? b : a`.
    fn choice_of_test(&mut self, choice: &mut CondExpr) -> Option<Expr> {
        let Expr::Ident(test) = &*choice.test else { return None };
        let is_test =
            |expr: &Expr| matches!(expr, Expr::Ident(name) if name.to_id() == test.to_id());
        let (operator, value) = if is_test(&choice.cons) {
            (BinaryOp::LogicalOr, &mut choice.alt)
        } else if is_test(&choice.alt) {
            (BinaryOp::LogicalAnd, &mut choice.cons)
        } else {
            return None;
        };
        self.forget_read(test);
        Some(*logical(operator, choice.test.take(), value.take()))
    }

    /// Returns the shorter form of a choice with `true` or `false`, if there is one: `a || b` for
    /// `a ? true : b` if `a` is a boolean, `!a && b` for `a ? false : b`.
    fn choice_of_boolean(&mut self, choice: &mut CondExpr) -> Option<Expr> {
        let (is_true, is_negated, value) = match (as_boolean(&choice.cons), as_boolean(&choice.alt))
        {
            (Some(yes), Some(no)) if yes != no => {
                self.is_changed = true;
                return Some(as_test(*choice.test.take(), no));
            }
            (Some(yes), None) => (yes, !yes, &mut choice.alt),
            (None, Some(no)) => (no, no, &mut choice.cons),
            (Some(_), Some(_)) | (None, None) => return None,
        };
        let is_better = if is_negated {
            is_shorter(&choice.test, value, is_true)
        } else {
            is_boolean(&choice.test)
        };
        if !is_better {
            return None;
        }
        self.is_changed = true;
        let mut test = choice.test.take();
        if is_negated {
            not(&mut test, false);
        }
        let operator = if is_true { BinaryOp::LogicalOr } else { BinaryOp::LogicalAnd };
        Some(*logical(operator, test, value.take()))
    }

    /// Rewrites `!a ? b : c` to `a ? c : b`.
    fn drop_negation(&mut self, choice: &mut CondExpr) {
        if let Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) = &mut *choice.test {
            choice.test = arg.take();
            self.is_changed = true;
        } else if let Expr::Bin(binary) = &mut *choice.test
            && matches!(binary.op, BinaryOp::NotEq | BinaryOp::NotEqEq)
            && !self.is_nullish_choice(binary)
        {
            binary.op = opposite(binary.op).unwrap_or(binary.op);
        } else if cost_of_not(&choice.test, true) < 0 {
            not(&mut choice.test, true);
            self.is_changed = true;
        } else {
            return;
        }
        std::mem::swap(&mut choice.cons, &mut choice.alt);
    }

    /// Joins what both values of a choice have in common.
    fn common(&mut self, choice: &mut CondExpr) -> Option<Expr> {
        let span = choice.span;
        match (&mut *choice.cons, &mut *choice.alt) {
            // `a ? b ? c : d : d`
            (Expr::Cond(inner), alt) if (*inner.alt).eq_ignore_span(alt) => {
                self.forget(&*inner.alt.take());
                let cons = inner.cons.take();
                let test = logical(BinaryOp::LogicalAnd, choice.test.take(), inner.test.take());
                Some(Expr::Cond(CondExpr { span, test, cons, alt: choice.alt.take() }))
            }
            // `a ? b : c ? b : d`
            (cons, Expr::Cond(inner)) if (*inner.cons).eq_ignore_span(cons) => {
                self.forget(&*inner.cons.take());
                let alt = inner.alt.take();
                let test = logical(BinaryOp::LogicalOr, choice.test.take(), inner.test.take());
                Some(Expr::Cond(CondExpr { span, test, cons: choice.cons.take(), alt }))
            }
            // `a ? b && c : c` has no shorter form; `a ? (b, c) : c` and `a ? c : (b, c)` have.
            (Expr::Seq(sequence), end) if ends_with(sequence, end) => {
                self.common_end(BinaryOp::LogicalAnd, choice.test.take(), sequence, end)
            }
            (end, Expr::Seq(sequence)) if ends_with(sequence, end) => {
                self.common_end(BinaryOp::LogicalOr, choice.test.take(), sequence, end)
            }
            // `a ? x = b : x = c`
            (Expr::Assign(yes), Expr::Assign(no))
                if yes.op == no.op && yes.left.eq_ignore_span(&no.left) =>
            {
                // Joined, a compound assignment would read the variable before the test, which may
                // change it.
                if yes.op != AssignOp::Assign || !self.is_place_steady(&yes.left) {
                    return None;
                }
                self.forget_place(&no.left);
                let (left, op, span) = (yes.left.take(), yes.op, yes.span);
                let (cons, alt) = (yes.right.take(), no.right.take());
                let mut value = CondExpr { span, test: choice.test.take(), cons, alt };
                let right = Box::new(self.choice(&mut value).unwrap_or(Expr::Cond(value)));
                Some(Expr::Assign(AssignExpr { span, op, left, right }))
            }
            // `a ? f(b) : f(c)`
            (Expr::Call(yes), Expr::Call(no)) => self.common_call(&mut choice.test, yes, no),
            _ => None,
        }
    }

    /// Returns `a && b, c` for a test, a sequence that ends with a value, and that value alone.
    fn common_end(
        &mut self,
        op: BinaryOp,
        test: Box<Expr>,
        sequence: &mut SeqExpr,
        end: &mut Expr,
    ) -> Option<Expr> {
        let last = sequence.exprs.pop()?;
        self.forget(&*last);
        let first = joined(std::mem::take(&mut sequence.exprs))?;
        joined(vec![logical(op, test, first), Box::new(end.take())]).map(|expr| *expr)
    }

    /// Whether a target is the same before and after a test.
    fn is_place_steady(&self, target: &AssignTarget) -> bool {
        match target {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => {
                Self::index(&name.id).is_some()
            }
            AssignTarget::Simple(SimpleAssignTarget::Member(member)) => {
                let is_same = match &*member.obj {
                    Expr::Ident(name) => self.is_settled(name),
                    other => other.is_this(),
                };
                is_same && member.prop.is_ident()
            }
            _ => false,
        }
    }

    /// Forgets the mentions in a target that is dropped.
    fn forget_place(&mut self, target: &AssignTarget) {
        match target {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => {
                self.forget_write(&name.id.clone());
            }
            other => self.forget(other),
        }
    }

    fn common_call(
        &mut self,
        test: &mut Box<Expr>,
        yes: &mut CallExpr,
        no: &mut CallExpr,
    ) -> Option<Expr> {
        let Callee::Expr(callee) = &yes.callee else { return None };
        let Expr::Ident(name) = &**callee else { return None };
        let differ: Vec<usize> = yes
            .args
            .iter()
            .zip(&no.args)
            .enumerate()
            .filter(|(_, (yes, no))| !yes.eq_ignore_span(no))
            .map(|(at, _)| at)
            .collect();
        let [at] = differ.as_slice() else { return None };
        let at = *at;
        // In the joined call, the name and the earlier arguments are evaluated before the test.
        let is_early = self.is_settled(name)
            && yes.args[..at]
                .iter()
                .all(|arg| arg.spread.is_none() && self.is_fixed(None, &arg.expr));
        if !is_early
            || yes.args.len() != no.args.len()
            || !yes.callee.eq_ignore_span(&no.callee)
            || yes.args[at].spread.is_some()
            || no.args[at].spread.is_some()
        {
            return None;
        }
        let mut choice = CondExpr {
            span: yes.span,
            test: test.take(),
            cons: yes.args[at].expr.take(),
            alt: no.args[at].expr.take(),
        };
        *no.args[at].expr = boolean(true);
        self.forget(no);
        let value = self.choice(&mut choice).unwrap_or(Expr::Cond(choice));
        *yes.args[at].expr = value;
        Some(Expr::Call(yes.take()))
    }

    /// Whether `a != null ? a : …` may become `a ?? …`.
    fn is_nullish_choice(&self, test: &BinExpr) -> bool {
        let support = self.facts.support;
        (support.has(Feature::Nullish) || support.has(Feature::OptionalChain))
            && Self::compared_with_nothing(test).is_some()
    }

    /// Returns the name in `name == null`.
    fn compared_with_nothing(test: &BinExpr) -> Option<&Ident> {
        let is_loose = matches!(test.op, BinaryOp::EqEq | BinaryOp::NotEq);
        let is_nothing = matches!(type_of(&test.left), Some(Type::Null | Type::Undefined));
        match &*test.right {
            Expr::Ident(name) if is_loose && is_nothing => Some(name),
            _ => None,
        }
    }

    /// Returns `a ?? b` for `a != null ? a : b`, and `a?.b` for `a == null ? void 0 : a.b`.
    fn nullish(&mut self, choice: &mut CondExpr) -> Option<Expr> {
        let Expr::Bin(test) = &*choice.test else { return None };
        let name = Self::compared_with_nothing(test)?.clone();
        let (nothing, something) = if test.op == BinaryOp::EqEq {
            (&mut choice.cons, &mut choice.alt)
        } else {
            (&mut choice.alt, &mut choice.cons)
        };
        let support = self.facts.support;
        let is_name = |expr: &Expr| matches!(expr, Expr::Ident(it) if it.to_id() == name.to_id());
        if support.has(Feature::Nullish) && is_name(something) {
            self.forget_read(&name);
            let (left, right) = (something.take(), nothing.take());
            return Some(*logical(BinaryOp::NullishCoalescing, left, right));
        }
        if !support.has(Feature::OptionalChain)
            || type_of(nothing) != Some(Type::Undefined)
            || !self.is_pure(nothing)
        {
            return None;
        }
        if !into_chain(something, &is_name) {
            return None;
        }
        self.forget_read(&name);
        Some(*something.take())
    }
}

/// Whether `!a && b` is shorter than `a ? false : b`, or `!a || b` than `a ? b : true`.
fn is_shorter(test: &Expr, value: &Expr, is_or: bool) -> bool {
    let in_parens = match value {
        Expr::Cond(_) | Expr::Assign(_) | Expr::Seq(_) | Expr::Arrow(_) | Expr::Yield(_) => true,
        Expr::Bin(binary) => match binary.op {
            BinaryOp::NullishCoalescing => true,
            BinaryOp::LogicalOr => !is_or,
            _ => false,
        },
        _ => false,
    };
    cost_of_not(test, false) + if in_parens { 2 } else { 0 } < 2
}

fn ends_with(sequence: &SeqExpr, end: &Expr) -> bool {
    sequence.exprs.last().is_some_and(|last| (**last).eq_ignore_span(end))
}

/// Returns a test as a boolean, or its opposite.
fn as_test(mut test: Expr, is_negated: bool) -> Expr {
    if is_negated {
        not(&mut test, false);
    } else if !is_boolean(&test) {
        not(&mut test, false);
        wrap_in_not(&mut test);
    }
    test
}

fn as_boolean(expr: &Expr) -> Option<bool> {
    match expr {
        Expr::Lit(Lit::Bool(bool)) => Some(bool.value),
        _ => None,
    }
}

/// Rewrites `a.b.c` to `a?.b.c`. Returns whether it did.
fn into_chain(expr: &mut Box<Expr>, is_start: &impl Fn(&Expr) -> bool) -> bool {
    let is_chain = |expr: &Expr| matches!(expr, Expr::Member(_) | Expr::Call(_));
    let (is_optional, is_made) = match &mut **expr {
        Expr::Member(member) if is_start(&member.obj) => (true, true),
        Expr::Member(member) if is_chain(&member.obj) => {
            (false, into_chain(&mut member.obj, is_start))
        }
        Expr::Call(call) => match &mut call.callee {
            Callee::Expr(callee) if is_start(callee) => (true, true),
            Callee::Expr(callee) if is_chain(callee) => (false, into_chain(callee, is_start)),
            _ => (false, false),
        },
        _ => (false, false),
    };
    if !is_made {
        return false;
    }
    let span = expr.span();
    let base = match *expr.take() {
        Expr::Member(member) => OptChainBase::Member(member),
        Expr::Call(call) => OptChainBase::Call(OptCall {
            span: call.span,
            ctxt: call.ctxt,
            callee: match call.callee {
                Callee::Expr(callee) => callee,
                _ => unreachable!("only expressions were examined"),
            },
            args: call.args,
            type_args: None,
        }),
        _ => unreachable!("only members and calls were examined"),
    };
    **expr = Expr::OptChain(OptChainExpr { span, optional: is_optional, base: Box::new(base) });
    true
}
