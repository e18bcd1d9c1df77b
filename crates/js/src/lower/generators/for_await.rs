//! `for await` loops as loops with `await`:
//!
//! ```js
//! _iterator = _for_await(list);
//! try {
//!   for (; _iterator.take(await _iterator.next());) { var item = _iterator.value; /* body */ }
//! } catch (error) {
//!   _iterator.fail(error);
//! } finally {
//!   try {
//!     if (_iterator.close()) _iterator.end(await _iterator.value);
//!   } finally {
//!     _iterator.done();
//!   }
//! }
//! ```
//!
//! `close` returns whether the iterator has a `return` method, because only then the loop waits. If
//! the body threw, `done` throws the same error again, even if the promise of `return` is rejected.

use swc_ecma_ast::{
    AwaitExpr, BlockStmt, CatchClause, Expr, ForOfStmt, ForStmt, Ident, LabeledStmt, Stmt, TryStmt,
};
use swc_ecma_utils::{ExprFactory, private_ident};

use super::super::{
    build,
    es2015::{target_of, with_first},
};

/// Lowers a statement if it is such a loop, with its labels.
pub(super) fn lower(statement: &mut Stmt, variables: &mut Vec<Ident>) {
    if !is_loop(statement) {
        return;
    }
    let mut names = Vec::new();
    let mut rest = std::mem::take(statement);
    while let Stmt::Labeled(labelled) = rest {
        names.push(labelled.label);
        rest = *labelled.body;
    }
    let Stmt::ForOf(head) = rest else { return };
    let iterator = private_ident!("_iterator");
    variables.push(iterator.clone());
    *statement = lower_loop(head, names, &iterator);
}

fn is_loop(statement: &Stmt) -> bool {
    match statement {
        Stmt::Labeled(labelled) => is_loop(&labelled.body),
        Stmt::ForOf(head) => head.is_await,
        _ => false,
    }
}

fn lower_loop(head: ForOfStmt, names: Vec<Ident>, iterator: &Ident) -> Stmt {
    let property = |name: &str| build::member(iterator.clone().into(), name);
    let call = |name: &str, args: Vec<Expr>| {
        let args = args.into_iter().map(ExprFactory::as_arg).collect();
        build::call(build::NOWHERE, property(name), args)
    };
    let first = build::helper("for_await", vec![*head.right]);
    let first = build::statement(build::assign(iterator.clone(), first));
    let next = wait(call("next", Vec::new()));
    let target = target_of(head.left, property("value"));
    let body = ForStmt {
        span: head.span,
        test: Some(Box::new(call("take", vec![next]))),
        body: Box::new(with_first(target, *head.body)),
        ..ForStmt::default()
    };
    let labelled = names.into_iter().rev().fold(Stmt::For(body), |body, label| {
        LabeledStmt { span: build::NOWHERE, label, body: Box::new(body) }.into()
    });
    let error = private_ident!("_error");
    let failed = build::statement(call("fail", vec![error.clone().into()]));
    let end = build::statement(call("end", vec![wait(property("value"))]));
    let block = |statement| BlockStmt { stmts: vec![statement], ..BlockStmt::default() };
    let closing = TryStmt {
        block: block(build::when(call("close", Vec::new()), end)),
        finalizer: Some(block(build::statement(call("done", Vec::new())))),
        ..TryStmt::default()
    };
    let guarded = TryStmt {
        span: build::NOWHERE,
        block: block(labelled),
        handler: Some(CatchClause {
            span: build::NOWHERE,
            param: Some(error.into()),
            body: block(failed),
        }),
        finalizer: Some(block(closing.into())),
    };
    build::block(vec![first, guarded.into()])
}

fn wait(value: Expr) -> Expr {
    AwaitExpr { span: build::NOWHERE, arg: Box::new(value) }.into()
}
