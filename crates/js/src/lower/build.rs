//! Makes the nodes that lowered code consists of.

use std::cell::RefCell;

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_common::{DUMMY_SP, Span, SyntaxContext};
use swc_ecma_ast::{
    ArrayLit, AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, BlockStmt, CallExpr,
    ComputedPropName, CondExpr, Expr, ExprOrSpread, ExprStmt, Ident, IdentName, IfStmt,
    KeyValueProp, Lit, MemberExpr, MemberProp, Null, ObjectLit, Pat, Prop, PropName, PropOrSpread,
    ReturnStmt, SeqExpr, SimpleAssignTarget, Stmt, Str, UnaryExpr, UnaryOp, VarDecl, VarDeclarator,
};
use swc_ecma_utils::{ExprFactory, StmtLike, prepend_stmt};

use crate::scopes;

/// The span of a generated node, which has no place in the source.
pub(super) const NOWHERE: Span = DUMMY_SP;

/// Declares variables with `var`, after the directives of a list of statements.
pub(super) fn declare<T: StmtLike>(variables: Vec<Ident>, statements: &mut Vec<T>) {
    if variables.is_empty() {
        return;
    }
    let declarator = |name: Ident| VarDeclarator {
        span: NOWHERE,
        name: name.into(),
        init: None,
        definite: false,
    };
    let decls = variables.into_iter().map(declarator).collect();
    let declaration = Stmt::from(VarDecl { decls, ..VarDecl::default() });
    prepend_stmt(statements, T::from(declaration));
}

/// Makes `target = value`.
pub(super) fn assign(target: impl Into<AssignTarget>, value: Expr) -> Expr {
    let (op, left) = (AssignOp::Assign, target.into());
    AssignExpr { span: NOWHERE, op, left, right: Box::new(value) }.into()
}

/// Makes `left op right`.
pub(super) fn binary(op: BinaryOp, left: Expr, right: Expr) -> Expr {
    BinExpr { span: NOWHERE, op, left: Box::new(left), right: Box::new(right) }.into()
}

/// Makes `value == null`, which is also true for `undefined`.
pub(super) fn is_null(value: Expr) -> Expr {
    binary(BinaryOp::EqEq, value, Expr::Lit(Lit::Null(Null { span: NOWHERE })))
}

/// Makes `tests[0] || tests[1] … ? yes : no`.
pub(super) fn condition(span: Span, tests: Vec<Expr>, yes: Expr, no: Expr) -> Expr {
    let or = |left, right| binary(BinaryOp::LogicalOr, left, right);
    match tests.into_iter().reduce(or) {
        Some(test) => {
            let (test, cons, alt) = (Box::new(test), Box::new(yes), Box::new(no));
            CondExpr { span, test, cons, alt }.into()
        }
        None => no,
    }
}

/// Makes `object.name`.
pub(super) fn member(object: Expr, name: &str) -> Expr {
    let prop = IdentName::new(name.into(), NOWHERE).into();
    MemberExpr { span: NOWHERE, obj: Box::new(object), prop }.into()
}

/// Makes `callee(arguments)`.
pub(super) fn call(span: Span, callee: Expr, args: Vec<ExprOrSpread>) -> Expr {
    CallExpr { span, callee: callee.as_callee(), args, ..CallExpr::default() }.into()
}

/// Makes a declaration of `var`s.
pub(super) fn var(decls: Vec<VarDeclarator>) -> Stmt {
    VarDecl { decls, ..VarDecl::default() }.into()
}

/// Makes one `name = value` of a declaration.
pub(super) fn declarator(name: Ident, value: Expr) -> VarDeclarator {
    VarDeclarator { span: NOWHERE, name: name.into(), init: Some(Box::new(value)), definite: false }
}

/// Makes `object[key]`.
pub(super) fn element(object: Expr, key: Expr) -> Expr {
    let prop = ComputedPropName { span: NOWHERE, expr: Box::new(key) }.into();
    MemberExpr { span: NOWHERE, obj: Box::new(object), prop }.into()
}

/// Makes `void 0`.
pub(crate) fn undefined() -> Expr {
    *Expr::undefined(NOWHERE)
}

/// Makes the name of a helper of the runtime.
pub(super) fn helper_name(name: &'static str) -> Ident {
    // Looking up an atom by its text takes longer than everything else in making a call.
    thread_local!(static NAMES: RefCell<FxHashMap<&'static str, Atom>> = RefCell::default());
    let name = NAMES.with_borrow_mut(|names| {
        names.entry(name).or_insert_with(|| format!("_{name}").into()).clone()
    });
    Ident::new(name, NOWHERE, scopes::helpers())
}

/// The helper that checks that a class is called by `new`. `es2015` puts parameters after it.
pub(super) const CHECK_NEW: &str = "check_new";

/// Makes a call of a helper of the runtime.
pub(super) fn helper(name: &'static str, args: Vec<Expr>) -> Expr {
    helper_at(NOWHERE, name, args)
}

/// Makes a call of a helper that replaces the code at a position of the source.
pub(super) fn helper_at(span: Span, name: &'static str, args: Vec<Expr>) -> Expr {
    let callee = helper_name(name);
    call(span, callee.into(), args.into_iter().map(ExprFactory::as_arg).collect())
}

/// Makes `first, second, …`, or the expression itself if there is only one.
#[expect(clippy::vec_box, reason = "the tree has boxes")]
pub(super) fn sequence(mut exprs: Vec<Box<Expr>>) -> Expr {
    match exprs.len() {
        1 => *exprs.remove(0),
        _ => SeqExpr { span: NOWHERE, exprs }.into(),
    }
}

/// Turns a declaration whose names are declared elsewhere into an assignment. `None`: it has no
/// value.
pub(super) fn assignment(declarator: VarDeclarator) -> Option<Expr> {
    let right = declarator.init?;
    let left = match declarator.name {
        // Drops the type annotation.
        Pat::Ident(name) => AssignTarget::Simple(SimpleAssignTarget::Ident(name.id.into())),
        pattern => AssignTarget::try_from(pattern).ok()?,
    };
    Some(AssignExpr { span: declarator.span, op: AssignOp::Assign, left, right }.into())
}

/// Turns an expression into a statement.
pub(super) fn statement(expr: Expr) -> Stmt {
    expr.into_stmt()
}

/// Makes a block that `flatten` dissolves into its list of statements.
pub(super) fn block(stmts: Vec<Stmt>) -> Stmt {
    BlockStmt { span: NOWHERE, stmts, ..BlockStmt::default() }.into()
}

/// Turns the key of a property into a value.
pub(super) fn key(name: PropName) -> Expr {
    match name {
        PropName::Ident(IdentName { span, sym }) => {
            Expr::Lit(Lit::Str(Str { span, value: sym.into(), raw: None }))
        }
        PropName::Str(text) => Expr::Lit(Lit::Str(text)),
        PropName::Num(number) => Expr::Lit(Lit::Num(number)),
        PropName::BigInt(number) => Expr::Lit(Lit::BigInt(number)),
        PropName::Computed(computed) => *computed.expr,
    }
}

/// Makes `arguments` of the enclosing function.
pub(super) fn arguments() -> Expr {
    Ident::new("arguments".into(), NOWHERE, scopes::free()).into()
}

/// Whether a name is the `arguments` of the enclosing function.
pub(super) fn is_arguments(name: &Ident) -> bool {
    &*name.sym == "arguments"
        && (name.ctxt == scopes::free() || name.ctxt == SyntaxContext::empty())
}

/// Makes `target = value`, at the place of a declaration.
pub(super) fn assign_at(span: Span, target: impl Into<AssignTarget>, value: Expr) -> Expr {
    let (op, left) = (AssignOp::Assign, target.into());
    AssignExpr { span, op, left, right: Box::new(value) }.into()
}

/// Makes a declarator without a value.
pub(super) fn declared(name: Ident) -> VarDeclarator {
    VarDeclarator { span: NOWHERE, name: name.into(), init: None, definite: false }
}

/// Makes `return value;`.
pub(super) fn returned(value: Expr) -> Stmt {
    ReturnStmt { span: NOWHERE, arg: Some(Box::new(value)) }.into()
}

/// Makes `[…]`.
pub(super) fn array(span: Span, elements: Vec<Expr>) -> Expr {
    let elems = elements.into_iter().map(|each| Some(each.as_arg())).collect();
    ArrayLit { span, elems }.into()
}

/// Makes `!value`.
pub(super) fn not(value: Expr) -> Expr {
    match value {
        Expr::Unary(UnaryExpr { op: UnaryOp::Bang, arg, .. }) => *arg,
        value => UnaryExpr { span: NOWHERE, op: UnaryOp::Bang, arg: Box::new(value) }.into(),
    }
}

/// Makes `if (test) …`.
pub(super) fn when(test: Expr, then: Stmt) -> Stmt {
    IfStmt { span: NOWHERE, test: Box::new(test), cons: Box::new(then), alt: None }.into()
}

/// Makes the directive `"use strict"`.
pub(super) fn use_strict() -> Stmt {
    ExprStmt { span: NOWHERE, expr: Box::new(string("use strict", NOWHERE)) }.into()
}

/// Whether a statement is a directive such as `"use strict"`, if it begins a function.
pub(super) fn is_directive(statement: &Stmt) -> bool {
    statement.as_expr().is_some_and(|statement| matches!(&*statement.expr, Expr::Lit(Lit::Str(_))))
}

/// Puts the statements of blocks that `block` made into the enclosing list.
pub(super) fn flatten(statements: &mut Vec<Stmt>) {
    let is_made =
        |statement: &Stmt| statement.as_block().is_some_and(|block| block.span.is_dummy());
    if !statements.iter().any(is_made) {
        return;
    }
    for statement in std::mem::take(statements) {
        match statement {
            Stmt::Block(block) if block.span.is_dummy() => statements.extend(block.stmts),
            statement => statements.push(statement),
        }
    }
}

/// Whether an expression takes its name from what it is assigned to.
pub(super) fn is_anonymous(value: &Expr) -> bool {
    match value {
        Expr::Paren(paren) => is_anonymous(&paren.expr),
        Expr::Arrow(_) => true,
        Expr::Fn(function) => function.ident.is_none(),
        Expr::Class(class) => class.ident.is_none(),
        _ => false,
    }
}

/// Makes `{ key: value }[key]` of an anonymous function or class, so that the key is its name.
pub(super) fn with_name(value: Expr, key: PropName) -> Expr {
    if !is_anonymous(&value) {
        return value;
    }
    let prop = member_key(&key);
    let property = Prop::KeyValue(KeyValueProp { key, value: Box::new(value) });
    let props = vec![PropOrSpread::Prop(Box::new(property))];
    let obj = Box::new(ObjectLit { span: NOWHERE, props }.into());
    MemberExpr { span: NOWHERE, obj, prop }.into()
}

/// Turns a key into the member after an object.
pub(super) fn member_key(name: &PropName) -> MemberProp {
    match name {
        PropName::Ident(name) => MemberProp::Ident(name.clone()),
        other => {
            let expr = Box::new(key(other.clone()));
            MemberProp::Computed(ComputedPropName { span: NOWHERE, expr })
        }
    }
}

/// Makes a text.
pub(super) fn string(value: &str, span: Span) -> Expr {
    Expr::Lit(Lit::Str(Str { span, value: value.into(), raw: None }))
}

/// Makes `{ … }`.
pub(super) fn object(props: Vec<PropOrSpread>) -> Expr {
    Expr::Object(ObjectLit { span: NOWHERE, props })
}

/// Makes `name: value`. The name need not be an identifier.
pub(super) fn property(name: &str, value: Expr) -> PropOrSpread {
    let key = if Ident::verify_symbol(name).is_ok() {
        PropName::Ident(IdentName::new(name.into(), NOWHERE))
    } else {
        PropName::Str(Str { span: NOWHERE, value: name.into(), raw: None })
    };
    PropOrSpread::Prop(Box::new(Prop::KeyValue(KeyValueProp { key, value: Box::new(value) })))
}
