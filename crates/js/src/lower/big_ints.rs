//! BigInts. A literal becomes a call, `BigInt("1")`, where it stands: code that never runs it works
//! in an engine without BigInts. As a property key it becomes a string. `**` becomes a call of our
//! runtime, because swc's `Math.pow` throws for BigInts.

use swc_common::{DUMMY_SP, Span, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BigInt, BinExpr, BinaryOp, ComputedPropName, Expr, Ident,
    Lit, MemberExpr, MemberProp, Program, PropName, SimpleAssignTarget, SuperProp, SuperPropExpr,
    UnaryExpr, UnaryOp,
};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::variables::{Variables, declares_variables};

/// Writes out every BigInt literal. `unresolved`: the syntax context of free names.
pub(super) fn lower(program: &mut Program, unresolved: SyntaxContext) {
    program.visit_mut_with(&mut Literals { unresolved });
}

/// Writes out every `**` whose operands may be BigInts. `helpers`: the syntax context of helpers.
pub(super) fn lower_powers(program: &mut Program, helpers: SyntaxContext) {
    program.visit_mut_with(&mut Powers { helpers, variables: Variables::default() });
}

/// Whether the values of a program may be BigInts: its text mentions them. Values of a module that
/// does not are taken for numbers.
pub(super) fn are_mentioned(text: &str, has_literals: bool) -> bool {
    has_literals || text.contains("BigInt") || text.contains("bigint")
}

struct Literals {
    unresolved: SyntaxContext,
}

/// Returns a notation that the function `BigInt` takes: hexadecimal or decimal.
fn notation(number: &BigInt) -> String {
    let is_hex = number.raw.as_ref().is_some_and(|raw| raw.starts_with("0x"));
    if is_hex { format!("0x{}", number.value.to_str_radix(16)) } else { number.value.to_string() }
}

impl VisitMut for Literals {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        if let Expr::Lit(Lit::BigInt(number)) = expr {
            let callee = Ident::new("BigInt".into(), number.span, self.unresolved);
            let text = Expr::Lit(Lit::Str(notation(number).into()));
            *expr = callee.as_call(number.span, vec![text.as_arg()]);
        }
    }

    fn visit_mut_prop_name(&mut self, key: &mut PropName) {
        key.visit_mut_children_with(self);
        if let PropName::BigInt(number) = key {
            let text = number.value.to_string();
            *key = PropName::Str(swc_ecma_ast::Str { span: number.span, ..text.into() });
        }
    }
}

struct Powers {
    helpers: SyntaxContext,
    variables: Variables,
}

impl Powers {
    fn power(&self, span: Span, base: Expr, exponent: Expr) -> Expr {
        let callee = Ident::new("_power".into(), DUMMY_SP, self.helpers);
        callee.as_call(span, vec![base.as_arg(), exponent.as_arg()])
    }

    /// Returns an expression for a first use and one for a second use; the value is calculated
    /// once.
    fn twice(&mut self, value: Expr, name: &str) -> (Expr, Expr) {
        if matches!(value, Expr::This(_) | Expr::Ident(_) | Expr::Lit(_)) {
            return (value.clone(), value);
        }
        let variable = self.variables.fresh(name);
        let keep = AssignExpr {
            span: DUMMY_SP,
            op: AssignOp::Assign,
            left: variable.clone().into(),
            right: Box::new(value),
        };
        (keep.into(), variable.into())
    }

    /// Returns a key for a first use and one for a second use.
    fn key(&mut self, mut key: ComputedPropName) -> (ComputedPropName, ComputedPropName) {
        let (first, second) = self.twice(*key.expr.take(), "_key");
        let of = |expr| ComputedPropName { span: key.span, expr: Box::new(expr) };
        (of(first), of(second))
    }

    /// Returns a target for a first use, and its value for a second use.
    fn target(&mut self, target: SimpleAssignTarget) -> (SimpleAssignTarget, Expr) {
        match target {
            SimpleAssignTarget::Member(MemberExpr { span, obj, prop }) => {
                let (object, same_object) = self.twice(*obj, "_object");
                let (key, same_key) = match prop {
                    MemberProp::Computed(key) => {
                        let (key, same) = self.key(key);
                        (MemberProp::Computed(key), MemberProp::Computed(same))
                    }
                    plain => (plain.clone(), plain),
                };
                let read = MemberExpr { span, obj: Box::new(same_object), prop: same_key };
                (MemberExpr { span, obj: Box::new(object), prop: key }.into(), read.into())
            }
            SimpleAssignTarget::SuperProp(SuperPropExpr {
                span,
                obj,
                prop: SuperProp::Computed(key),
            }) => {
                let (key, same) = self.key(key);
                let member = |key| SuperPropExpr { span, obj, prop: SuperProp::Computed(key) };
                (member(key).into(), member(same).into())
            }
            SimpleAssignTarget::Paren(inner) => match SimpleAssignTarget::try_from(inner.expr) {
                Ok(inner) => self.target(inner),
                Err(other) => (SimpleAssignTarget::Invalid(Take::dummy()), *other),
            },
            other => {
                let value = Box::<Expr>::from(other.clone());
                (other, *value)
            }
        }
    }
}

/// Whether operands are left to `Math.pow`. If one is a number by its notation, a BigInt as the
/// other must throw, and `Math.pow` throws. Not with a BigInt literal, because the compressor would
/// drop the error.
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

impl VisitMut for Powers {
    noop_visit_mut_type!();
    declares_variables!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        match expr {
            Expr::Bin(BinExpr { span, op: BinaryOp::Exp, left, right })
                if !are_numbers(left, right) =>
            {
                *expr = self.power(*span, *left.take(), *right.take());
            }
            Expr::Assign(assign)
                if assign.op == AssignOp::ExpAssign && !is_number(&assign.right) =>
            {
                let AssignTarget::Simple(target) = assign.left.take() else { return };
                let (target, value) = self.target(target);
                assign.op = AssignOp::Assign;
                *assign.right = self.power(assign.span, value, *assign.right.take());
                assign.left = target.into();
            }
            _ => {}
        }
    }
}
