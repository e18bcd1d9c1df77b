//! Conditions whose value is known from the text: literals, `typeof` of literals, and comparisons
//! of them. This deliberately covers little: enough for `process.env.NODE_ENV !== "production"`,
//! and nothing that could be wrong. For some other expressions only the outcome as a condition is
//! known: an object is truthy, and a template is not `null`, whatever is in it.

use swc_atoms::Wtf8Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{
    AssignExpr, AssignOp, BinExpr, BinaryOp, Expr, Lit, MemberExpr, MetaPropExpr, MetaPropKind,
    Prop, PropOrSpread, TaggedTpl, Tpl, TplElement, UnaryExpr, UnaryOp,
};

/// A value that is known at compile time.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Constant {
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

    pub fn type_of(&self) -> &'static str {
        match self {
            Self::Undefined => "undefined",
            Self::Null => "object",
            Self::Boolean(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
        }
    }
}

/// Whether a condition is true, if that is known and evaluating it has no side effects.
pub(crate) fn truth(expr: &Expr, unresolved: SyntaxContext) -> Option<bool> {
    is_silent(expr, unresolved).then(|| outcome(expr, unresolved)).flatten()
}

/// Whether a condition is true, even if evaluating it has side effects: `x() && false` is
/// always false, but its `x()` runs.
pub(crate) fn outcome(expr: &Expr, unresolved: SyntaxContext) -> Option<bool> {
    match expr.unwrap_parens() {
        Expr::Bin(BinExpr {
            op: op @ (BinaryOp::LogicalAnd | BinaryOp::LogicalOr), right, ..
        }) => {
            let decides = *op == BinaryOp::LogicalOr;
            // Operands were folded before. Examining them again at every level of a chain would
            // take quadratic time.
            let is_chain = matches!(right.unwrap_parens(), Expr::Bin(_));
            (!is_chain && outcome(right, unresolved)? == decides).then_some(decides)
        }
        Expr::Fn(_)
        | Expr::Arrow(_)
        | Expr::Class(_)
        | Expr::Object(_)
        | Expr::Array(_)
        | Expr::New(_)
        | Expr::MetaProp(MetaPropExpr { kind: MetaPropKind::ImportMeta, .. })
        | Expr::Lit(Lit::Regex(_))
        | Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, .. }) => Some(true),
        Expr::Unary(UnaryExpr { op: UnaryOp::Void, .. }) => Some(false),
        Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) => {
            outcome(arg, unresolved).map(|holds| !holds)
        }
        Expr::Tpl(text) => {
            is_filled(text, |text| text.cooked.as_ref().is_none_or(|cooked| cooked.is_empty()))
        }
        Expr::TaggedTpl(tagged) if is_raw(tagged, unresolved) => {
            is_filled(&tagged.tpl, |text| text.raw.is_empty())
        }
        Expr::Assign(AssignExpr { op: AssignOp::Assign, right, .. }) => outcome(right, unresolved),
        Expr::Seq(sequence) => outcome(sequence.exprs.last()?, unresolved),
        other => of(other, unresolved).map(|value| value.is_truthy()),
    }
}

/// Whether a value is `null` or `undefined`, even if evaluating it has side effects.
pub(crate) fn is_nothing(expr: &Expr, unresolved: SyntaxContext) -> Option<bool> {
    match expr.unwrap_parens() {
        Expr::Unary(unary) => Some(unary.op == UnaryOp::Void),
        Expr::TaggedTpl(tagged) if is_raw(tagged, unresolved) => Some(false),
        Expr::Bin(BinExpr { op: BinaryOp::LogicalAnd | BinaryOp::LogicalOr, .. }) => {
            outcome(expr, unresolved).filter(|holds| *holds).map(|_| false)
        }
        Expr::Bin(BinExpr { op: BinaryOp::NullishCoalescing, right, .. }) => {
            let is_chain = matches!(right.unwrap_parens(), Expr::Bin(_));
            (!is_chain && !is_nothing(right, unresolved)?).then_some(false)
        }
        Expr::Bin(_) | Expr::Update(_) | Expr::Tpl(_) => Some(false),
        Expr::Assign(AssignExpr { op: AssignOp::Assign, right, .. }) => {
            is_nothing(right, unresolved)
        }
        Expr::Assign(AssignExpr { op, .. }) => {
            let is_choice =
                matches!(op, AssignOp::AndAssign | AssignOp::OrAssign | AssignOp::NullishAssign);
            (!is_choice).then_some(false)
        }
        Expr::Seq(sequence) => is_nothing(sequence.exprs.last()?, unresolved),
        other => match of(other, unresolved) {
            Some(value) => Some(matches!(value, Constant::Undefined | Constant::Null)),
            None => outcome(other, unresolved).filter(|holds| *holds).map(|_| false),
        },
    }
}

/// Whether removing an expression loses only its value.
pub(super) fn is_silent(expr: &Expr, unresolved: SyntaxContext) -> bool {
    match expr.unwrap_parens() {
        Expr::Fn(_) | Expr::Arrow(_) | Expr::Lit(_) | Expr::MetaProp(_) => true,
        Expr::Class(class) => class.class.super_class.is_none() && class.class.body.is_empty(),
        Expr::Array(array) => array
            .elems
            .iter()
            .flatten()
            .all(|e| e.spread.is_none() && is_silent(&e.expr, unresolved)),
        Expr::Object(object) => object.props.iter().all(|prop| match prop {
            PropOrSpread::Prop(prop) => match &**prop {
                Prop::KeyValue(pair) => {
                    !pair.key.is_computed() && is_silent(&pair.value, unresolved)
                }
                Prop::Getter(getter) => !getter.key.is_computed(),
                Prop::Setter(setter) => !setter.key.is_computed(),
                Prop::Method(method) => !method.key.is_computed(),
                Prop::Shorthand(_) | Prop::Assign(_) => false,
            },
            PropOrSpread::Spread(_) => false,
        }),
        Expr::TaggedTpl(tagged) => is_raw(tagged, unresolved) && tagged.tpl.exprs.is_empty(),
        Expr::Unary(UnaryExpr {
            op: UnaryOp::Bang | UnaryOp::Void | UnaryOp::TypeOf, arg, ..
        }) => is_silent(arg, unresolved),
        other => of(other, unresolved).is_some(),
    }
}

/// Whether a tagged template is `String.raw`, which gives a string.
fn is_raw(tagged: &TaggedTpl, unresolved: SyntaxContext) -> bool {
    let Expr::Member(MemberExpr { obj, prop, .. }) = tagged.tag.unwrap_parens() else {
        return false;
    };
    prop.is_ident_with("raw")
        && obj
            .unwrap_parens()
            .as_ident()
            .is_some_and(|name| name.ctxt == unresolved && name.sym == "String")
}

/// Whether a template's string is not empty, if its literal pieces decide that.
fn is_filled(template: &Tpl, is_empty: impl Fn(&TplElement) -> bool) -> Option<bool> {
    if template.quasis.iter().all(is_empty) {
        template.exprs.is_empty().then_some(false)
    } else {
        Some(true)
    }
}

/// Returns the value of an expression, if it is known and computing it has no side effects.
pub(crate) fn of(expr: &Expr, unresolved: SyntaxContext) -> Option<Constant> {
    match expr.unwrap_parens() {
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
        UnaryOp::TypeOf => {
            of(arg, unresolved).map(|value| Constant::String(value.type_of().into()))
        }
        _ => None,
    }
}

/// Compares numbers only: strings and mixed types have rules of their own.
fn of_order(
    op: BinaryOp,
    left: &Expr,
    right: &Expr,
    unresolved: SyntaxContext,
) -> Option<Constant> {
    if matches!(left.unwrap_parens(), Expr::Bin(_)) || matches!(right.unwrap_parens(), Expr::Bin(_))
    {
        return None;
    }
    let (Constant::Number(left), Constant::Number(right)) =
        (of(left, unresolved)?, of(right, unresolved)?)
    else {
        return None;
    };
    Some(Constant::Boolean(match op {
        BinaryOp::Lt => left < right,
        BinaryOp::LtEq => left <= right,
        BinaryOp::Gt => left > right,
        _ => left >= right,
    }))
}

/// Compares two operands. Operands that are comparisons were folded before, so their value is
/// unknown. Examining them again at every level of a chain of thousands would take quadratic time.
pub(crate) fn of_comparison(
    op: BinaryOp,
    left: &Expr,
    right: &Expr,
    unresolved: SyntaxContext,
) -> Option<Constant> {
    if let BinaryOp::Lt | BinaryOp::LtEq | BinaryOp::Gt | BinaryOp::GtEq = op {
        return of_order(op, left, right, unresolved);
    }
    let is_wanted = match op {
        BinaryOp::EqEqEq | BinaryOp::EqEq => true,
        BinaryOp::NotEqEq | BinaryOp::NotEq => false,
        _ => return None,
    };
    let is_strict = matches!(op, BinaryOp::EqEqEq | BinaryOp::NotEqEq);
    if matches!(left.unwrap_parens(), Expr::Bin(_)) || matches!(right.unwrap_parens(), Expr::Bin(_))
    {
        return None;
    }
    let (left, right) = (of(left, unresolved)?, of(right, unresolved)?);
    let is_equal = match (&left, &right) {
        (Constant::Undefined | Constant::Null, Constant::Undefined | Constant::Null) => {
            !is_strict || left == right
        }
        _ if left.type_of() == right.type_of() => left == right,
        _ if is_strict => false,
        // `undefined` and `null` equal no other values.
        (Constant::Undefined | Constant::Null, _) | (_, Constant::Undefined | Constant::Null) => {
            false
        }
        _ => return None,
    };
    Some(Constant::Boolean(is_equal == is_wanted))
}
