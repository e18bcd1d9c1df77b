//! Conditions whose value is in the text: literals, `typeof` of literals, and comparisons of them. Deliberately little:
//! enough to decide `process.env.NODE_ENV !== "production"`, nothing that could be wrong.

use swc_atoms::Wtf8Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{BinExpr, BinaryOp, Expr, Lit, Tpl, UnaryExpr, UnaryOp};

/// A value known at compile time.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Constant {
    Undefined,
    Null,
    Boolean(bool),
    Number(f64),
    String(Wtf8Atom),
}

impl Constant {
    pub fn is_truthy(&self) -> bool {
        match self {
            Self::Undefined | Self::Null => false,
            Self::Boolean(value) => *value,
            Self::Number(value) => *value != 0.0 && !value.is_nan(),
            Self::String(value) => !value.is_empty(),
        }
    }

    fn type_of(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "object",
            Self::Boolean(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
        }
    }
}

/// Whether a condition holds, if that is known. Unlike `of`, it needs no value: `x && false` never holds, but its
/// effects stay, so only conditions without effects are answered.
pub(crate) fn truth(expr: &Expr, unresolved: SyntaxContext) -> Option<bool> {
    let is_function = || matches!(bare(expr), Expr::Fn(_) | Expr::Arrow(_)).then_some(true);
    of(expr, unresolved).map(|value| value.is_truthy()).or_else(is_function)
}

/// How a condition comes out that is not known as a whole, but ends in what decides it: `x() && false`, whose `x()` runs.
pub(super) fn outcome(expr: &Expr, unresolved: SyntaxContext) -> Option<bool> {
    let Expr::Bin(BinExpr { op, right, .. }) = bare(expr) else { return None };
    let decides = match op {
        BinaryOp::LogicalAnd => false,
        BinaryOp::LogicalOr => true,
        _ => return None,
    };
    (of(right, unresolved)?.is_truthy() == decides).then_some(decides)
}

/// The value of an expression, if it is known and computing it does nothing else.
pub(super) fn of(expr: &Expr, unresolved: SyntaxContext) -> Option<Constant> {
    match bare(expr) {
        Expr::Lit(literal) => of_literal(literal),
        Expr::Tpl(Tpl { exprs, quasis, .. }) if exprs.is_empty() => {
            Some(Constant::String(quasis.first()?.cooked.clone()?))
        }
        Expr::Ident(ident) if ident.ctxt == unresolved => match ident.sym.as_str() {
            "undefined" => Some(Constant::Undefined),
            "NaN" => Some(Constant::Number(f64::NAN)),
            _ => None,
        },
        Expr::Unary(UnaryExpr { op, arg, .. }) => of_unary(*op, arg, unresolved),
        Expr::Bin(BinExpr { op, left, right, .. }) => of_comparison(*op, left, right, unresolved),
        _ => None,
    }
}

fn bare(mut expr: &Expr) -> &Expr {
    while let Expr::Paren(paren) = expr {
        expr = &paren.expr;
    }
    expr
}

fn of_literal(literal: &Lit) -> Option<Constant> {
    match literal {
        Lit::Str(text) => Some(Constant::String(text.value.clone())),
        Lit::Bool(boolean) => Some(Constant::Boolean(boolean.value)),
        Lit::Null(_) => Some(Constant::Null),
        Lit::Num(number) => Some(Constant::Number(number.value)),
        _ => None,
    }
}

fn of_unary(op: UnaryOp, arg: &Expr, unresolved: SyntaxContext) -> Option<Constant> {
    match op {
        UnaryOp::Bang => truth(arg, unresolved).map(|value| Constant::Boolean(!value)),
        UnaryOp::Void => of(arg, unresolved).map(|_| Constant::Undefined),
        UnaryOp::TypeOf => of(arg, unresolved).map(|value| Constant::String(value.type_of().into())),
        _ => None,
    }
}

/// Numbers only: strings and mixtures have rules of their own.
fn of_order(op: BinaryOp, left: &Expr, right: &Expr, unresolved: SyntaxContext) -> Option<Constant> {
    if matches!(bare(left), Expr::Bin(_)) || matches!(bare(right), Expr::Bin(_)) {
        return None;
    }
    let (Constant::Number(left), Constant::Number(right)) = (of(left, unresolved)?, of(right, unresolved)?) else {
        return None;
    };
    Some(Constant::Boolean(match op {
        BinaryOp::Lt => left < right,
        BinaryOp::LtEq => left <= right,
        BinaryOp::Gt => left > right,
        _ => left >= right,
    }))
}

/// Operands that are comparisons were folded before, so what is left of them is unknown; looking again at every level
/// of a chain of thousands would take its square.
fn of_comparison(op: BinaryOp, left: &Expr, right: &Expr, unresolved: SyntaxContext) -> Option<Constant> {
    if let BinaryOp::Lt | BinaryOp::LtEq | BinaryOp::Gt | BinaryOp::GtEq = op {
        return of_order(op, left, right, unresolved);
    }
    let is_wanted = match op {
        BinaryOp::EqEqEq | BinaryOp::EqEq => true,
        BinaryOp::NotEqEq | BinaryOp::NotEq => false,
        _ => return None,
    };
    let is_strict = matches!(op, BinaryOp::EqEqEq | BinaryOp::NotEqEq);
    if matches!(bare(left), Expr::Bin(_)) || matches!(bare(right), Expr::Bin(_)) {
        return None;
    }
    let (left, right) = (of(left, unresolved)?, of(right, unresolved)?);
    let is_equal = match (&left, &right) {
        (Constant::Undefined | Constant::Null, Constant::Undefined | Constant::Null) => !is_strict || left == right,
        _ if left.type_of() == right.type_of() => left == right,
        _ if is_strict => false,
        // Nothing else equals these.
        (Constant::Undefined | Constant::Null, _) | (_, Constant::Undefined | Constant::Null) => false,
        _ => return None,
    };
    Some(Constant::Boolean(is_equal == is_wanted))
}
