//! Constructors for small pieces of syntax.

use swc_common::{DUMMY_SP, Span};
use swc_ecma_ast::{
    ArrayLit, Bool, Expr, ExprOrSpread, FunctionBody, Ident, IdentName, JSXAttr, JSXAttrName,
    JSXAttrOrSpread, JSXAttrValue, JSXExpr, JSXExprContainer, Lit, MemberExpr, Stmt, Str, VarDecl,
    VarDeclKind, VarDeclarator,
};

use super::template;
pub(super) use crate::lower::build::{object, property, string};

pub(super) fn boolean() -> Expr {
    Expr::Lit(Lit::Bool(Bool { span: DUMMY_SP, value: true }))
}

pub(super) fn array(items: Vec<ExprOrSpread>) -> Expr {
    Expr::Array(ArrayLit { span: DUMMY_SP, elems: items.into_iter().map(Some).collect() })
}

pub(super) fn member(object: Expr, name: &str, span: Span) -> Expr {
    Expr::Member(MemberExpr {
        span,
        obj: Box::new(object),
        prop: IdentName::new(name.into(), DUMMY_SP).into(),
    })
}

/// Makes `name={value}`.
pub(super) fn attribute(name: &str, span: Span, value: Expr) -> JSXAttrOrSpread {
    let expr = JSXExpr::Expr(Box::new(value));
    JSXAttrOrSpread::JSXAttr(JSXAttr {
        span,
        name: JSXAttrName::Ident(IdentName::new(name.into(), span)),
        value: Some(JSXAttrValue::JSXExprContainer(JSXExprContainer { span, expr })),
    })
}

/// Returns an attribute's name as written.
pub(super) fn name_of(attribute: &JSXAttr) -> String {
    match &attribute.name {
        JSXAttrName::Ident(name) => name.sym.to_string(),
        JSXAttrName::JSXNamespacedName(name) => format!("{}:{}", name.ns.sym, name.name.sym),
    }
}

/// Returns the expression of `name={expression}`.
pub(super) fn expression_of(attribute: &JSXAttr) -> Option<&Expr> {
    match &attribute.value {
        Some(JSXAttrValue::JSXExprContainer(JSXExprContainer {
            expr: JSXExpr::Expr(expr),
            ..
        })) => Some(expr),
        _ => None,
    }
}

/// Returns the text of `name="text"`. The preset passes it on as written, so it follows
/// JavaScript's rules: entities are kept, and a backslash escapes. If that is not a valid string
/// (for example because it has several lines), it is read by JSX's rules.
pub(super) fn text_value(text: &Str) -> Expr {
    let written = text.raw.as_ref().filter(|raw| raw.contains(['&', '\\']));
    let read = written.and_then(|raw| template::literal(raw)).map(|literal| literal.value);
    let value = read.unwrap_or_else(|| text.value.clone());
    Expr::Lit(Lit::Str(Str { span: text.span, value, raw: None }))
}

/// Inserts `const name = value;` at the start of a function.
pub(super) fn declare(body: &mut FunctionBody, name: Ident, value: Expr) {
    let declarator = VarDeclarator {
        span: DUMMY_SP,
        name: name.into(),
        init: Some(Box::new(value)),
        definite: false,
    };
    let after_directives =
        body.stmts.iter().take_while(|statement| is_directive(statement)).count();
    let statement =
        VarDecl { kind: VarDeclKind::Const, decls: vec![declarator], ..VarDecl::default() }.into();
    body.stmts.insert(after_directives, statement);
}

fn is_directive(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(text) if matches!(&*text.expr, Expr::Lit(Lit::Str(_))))
}
