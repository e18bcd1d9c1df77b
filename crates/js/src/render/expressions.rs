//! Makes the expressions and statements that take the place of names and requests.

use bundle_graph::record::Literal;
use swc_common::{DUMMY_SP, Span};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, CallExpr, Callee, ComputedPropName, Expr, ExprOrSpread,
    ExprStmt, IdentName, Lit, MemberExpr, MemberProp, NewExpr, Null, Number, SeqExpr, Stmt,
    UnaryExpr, UnaryOp,
};
use swc_ecma_utils::is_valid_prop_ident;

/// Turns an expression into a statement.
pub(super) fn expression(expr: Expr) -> Stmt {
    Stmt::Expr(ExprStmt { span: DUMMY_SP, expr: Box::new(expr) })
}

/// Makes `target = value`.
pub(super) fn assigned(target: Expr, value: Expr) -> Expr {
    let left = AssignTarget::try_from(Box::new(target)).expect("names and members can be assigned");
    Expr::Assign(AssignExpr { span: DUMMY_SP, op: AssignOp::Assign, left, right: Box::new(value) })
}

/// Writes out a literal value.
pub(super) fn literal(value: &Literal) -> Expr {
    match value {
        Literal::Undefined => *Expr::undefined(DUMMY_SP),
        Literal::Null => Expr::Lit(Lit::Null(Null { span: DUMMY_SP })),
        Literal::Boolean(value) => Expr::Lit(Lit::Bool((*value).into())),
        Literal::Number(value) if value.is_sign_negative() => Expr::Unary(UnaryExpr {
            span: DUMMY_SP,
            op: UnaryOp::Minus,
            arg: Box::new(Expr::Lit(Lit::Num(Number::from(-value)))),
        }),
        Literal::Number(value) => Expr::Lit(Lit::Num(Number::from(*value))),
        Literal::String(value) => Expr::Lit(Lit::Str(value.as_str().into())),
    }
}

/// Makes `(0, object.member)`.
pub(super) fn detached(member: Expr) -> Expr {
    let zero = Expr::Lit(Lit::Num(Number::from(0.0)));
    Expr::Seq(SeqExpr { span: DUMMY_SP, exprs: vec![Box::new(zero), Box::new(member)] })
}

/// Makes `object.property`, or `object["property"]` if it is not a name.
pub(super) fn member(object: Expr, property: &str) -> Expr {
    let prop = if is_valid_prop_ident(property) && property.is_ascii() {
        MemberProp::Ident(IdentName::new(property.into(), DUMMY_SP))
    } else {
        let text = Expr::Lit(Lit::Str(property.into()));
        MemberProp::Computed(ComputedPropName { span: DUMMY_SP, expr: Box::new(text) })
    };
    Expr::Member(MemberExpr { span: DUMMY_SP, obj: Box::new(object), prop })
}

/// Makes a call.
pub(super) fn call_of(callee: Expr, arguments: Vec<Expr>, span: Span) -> Expr {
    let args =
        arguments.into_iter().map(|a| ExprOrSpread { spread: None, expr: Box::new(a) }).collect();
    Expr::Call(CallExpr {
        span,
        callee: Callee::Expr(Box::new(callee)),
        args,
        ..CallExpr::default()
    })
}

/// Replaces the first argument by a string.
pub(super) fn replace_first_argument(new: &mut NewExpr, text: &str) {
    if let Some(first) = new.args.as_mut().and_then(|args| args.first_mut()) {
        *first.expr = Expr::Lit(Lit::Str(text.into()));
    }
}
