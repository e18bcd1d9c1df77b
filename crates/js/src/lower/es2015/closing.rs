//! Closes iterators: makes the `try` that encloses a loop or a pattern.

use swc_ecma_ast::{BlockStmt, CatchClause, Ident, Stmt, TryStmt};
use swc_ecma_utils::{ExprFactory, private_ident};

use super::super::build;

/// Makes the statements before the iteration, and the `try` that encloses it.
pub(super) fn guarded(mut statements: Vec<Stmt>, inside: Vec<Stmt>, iterator: &Ident) -> Stmt {
    let error = private_ident!("_error");
    let call = |name: &str, args| {
        let method = build::member(iterator.clone().into(), name);
        let stmts = vec![build::statement(build::call(build::NOWHERE, method, args))];
        BlockStmt { stmts, ..BlockStmt::default() }
    };
    let handler = CatchClause {
        span: build::NOWHERE,
        body: call("fail", vec![error.clone().as_arg()]),
        param: Some(error.into()),
    };
    let guarded = TryStmt {
        span: build::NOWHERE,
        block: BlockStmt { stmts: inside, ..BlockStmt::default() },
        handler: Some(handler),
        finalizer: Some(call("close", Vec::new())),
    };
    statements.push(guarded.into());
    build::block(statements)
}
