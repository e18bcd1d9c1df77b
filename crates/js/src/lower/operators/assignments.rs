//! `**`, and the operators that assign: `**=`, `??=`, `||=` and `&&=`. The object and the key of a
//! target are evaluated once.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, ComputedPropName, Expr, Ident, Lit,
    MemberExpr, MemberProp, SimpleAssignTarget, SuperProp, SuperPropExpr, UnaryExpr, UnaryOp,
};
use swc_ecma_utils::ExprFactory;

use super::{super::build, OperatorLowering, Powers, chains};
use crate::scopes;

impl OperatorLowering<'_> {
    /// Lowers an expression whose parts are lowered.
    pub fn lower_operator(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Bin(BinExpr { span, op: BinaryOp::Exp, left, right })
                if self.lacks.powers != Powers::Stay =>
            {
                let callee = self.power(are_numbers(left, right));
                let args = [left, right].map(|side| std::mem::take(side).as_arg());
                *expr = build::call(*span, callee, args.into());
            }
            Expr::Assign(assign) if self.is_lowered_assignment(assign.op) => {
                let AssignTarget::Simple(target) = std::mem::take(&mut assign.left) else { return };
                if assign.op == AssignOp::ExpAssign {
                    self.power_assignment(assign, target);
                } else {
                    *expr = self.logical_assignment(std::mem::take(assign), target);
                }
            }
            _ => {}
        }
    }

    fn is_lowered_assignment(&self, op: AssignOp) -> bool {
        match op {
            AssignOp::ExpAssign => self.lacks.powers != Powers::Stay,
            AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign => {
                self.lacks.logical_assignment
            }
            _ => false,
        }
    }

    /// Returns the function that calculates a power.
    fn power(&self, are_numbers: bool) -> Expr {
        if self.lacks.powers == Powers::OfBigInts && !are_numbers {
            return Ident::new("_power".into(), build::NOWHERE, scopes::helpers()).into();
        }
        let math = Ident::new("Math".into(), build::NOWHERE, scopes::free());
        build::member(math.into(), "pow")
    }

    /// Rewrites `a **= b` to `a = Math.pow(a, b)`.
    fn power_assignment(&mut self, assign: &mut AssignExpr, target: SimpleAssignTarget) {
        let (target, value) = self.target(target);
        let callee = self.power(is_number(&assign.right));
        let args =
            vec![Box::<Expr>::from(value).as_arg(), std::mem::take(&mut assign.right).as_arg()];
        assign.op = AssignOp::Assign;
        assign.left = target.into();
        *assign.right = build::call(assign.span, callee, args);
    }

    /// Rewrites `a ??= b` to `a == null ? a = b : a`, and `a ||= b` to `a || (a = b)`.
    fn logical_assignment(&mut self, assign: AssignExpr, target: SimpleAssignTarget) -> Expr {
        let (first, target) = self.target(target);
        let value = *Box::<Expr>::from(first);
        let (op, left) = (AssignOp::Assign, target.into());
        let change = AssignExpr { span: assign.span, op, left, right: assign.right }.into();
        match assign.op {
            AssignOp::AndAssign => build::binary(BinaryOp::LogicalAnd, value, change),
            AssignOp::OrAssign => build::binary(BinaryOp::LogicalOr, value, change),
            _ if self.lacks.nullish => {
                let (test, value) = self.tested(value);
                build::condition(assign.span, vec![test], change, value)
            }
            _ => build::binary(BinaryOp::NullishCoalescing, value, change),
        }
    }

    /// Returns a target for a first use and one for a second use.
    fn target(&mut self, target: SimpleAssignTarget) -> (SimpleAssignTarget, SimpleAssignTarget) {
        match target {
            SimpleAssignTarget::Member(mut member) => {
                let obj = Box::new(self.keep_object(&mut member));
                let prop = match &mut member.prop {
                    MemberProp::Computed(key) => MemberProp::Computed(self.keep_key(key)),
                    plain => plain.clone(),
                };
                let again = MemberExpr { span: member.span, obj, prop };
                (member.into(), again.into())
            }
            SimpleAssignTarget::SuperProp(SuperPropExpr {
                span,
                obj,
                prop: SuperProp::Computed(mut key),
            }) => {
                let again = self.keep_key(&mut key);
                let member = |key| SuperPropExpr { span, obj, prop: SuperProp::Computed(key) };
                (member(key).into(), member(again).into())
            }
            SimpleAssignTarget::Paren(inner) => match SimpleAssignTarget::try_from(inner.expr) {
                Ok(inner) => self.target(inner),
                Err(expr) => unreachable!("not a target: {expr:?}"),
            },
            other => (other.clone(), other),
        }
    }

    /// Turns a key into an expression that can be used again. Returns the second use.
    fn keep_key(&mut self, key: &mut ComputedPropName) -> ComputedPropName {
        if chains::is_plain(&key.expr) {
            return key.clone();
        }
        let variable = self.variable("_key");
        *key.expr = build::assign(variable.clone(), std::mem::take(&mut *key.expr));
        ComputedPropName { span: key.span, expr: Box::new(variable.into()) }
    }
}

/// Whether `Math.pow` gets the operands. If one is a number by its notation, a BigInt as the other
/// must throw, and `Math.pow` throws. Not with a BigInt literal, because the compressor would drop
/// the error.
fn are_numbers(base: &Expr, exponent: &Expr) -> bool {
    let is_big_int = |value: &Expr| matches!(value.unwrap_parens(), Expr::Lit(Lit::BigInt(_)));
    (is_number(base) || is_number(exponent)) && !is_big_int(base) && !is_big_int(exponent)
}

fn is_number(value: &Expr) -> bool {
    match value.unwrap_parens() {
        Expr::Lit(Lit::Num(_)) => true,
        Expr::Unary(UnaryExpr { op: UnaryOp::Minus, arg, .. }) => is_number(arg),
        _ => false,
    }
}
