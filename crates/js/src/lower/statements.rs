//! The statements that remain around a decided condition, as flat lists.

use swc_common::DUMMY_SP;
use swc_ecma_ast::{BlockStmt, Decl, EmptyStmt, Stmt, VarDecl, VarDeclKind, VarDeclarator};
use swc_ecma_utils::extract_var_ids;

/// Returns `var` declarations for every name that a removed statement declares for the whole
/// function.
pub(super) fn declarations(removed: &Stmt) -> Option<Stmt> {
    let names = extract_var_ids(removed);
    (!names.is_empty()).then(|| {
        let decls = names.into_iter().map(|name| VarDeclarator {
            span: DUMMY_SP,
            name: name.into(),
            init: None,
            definite: false,
        });
        VarDecl { kind: VarDeclKind::Var, decls: decls.collect(), ..VarDecl::default() }.into()
    })
}

/// Removes what follows a `return`, `throw`, `break` or `continue` in its list. Declarations are
/// kept: functions may be called from above, and lexical names shadow outer ones. Returns whether
/// anything followed.
pub(super) fn drop_unreachable(statements: &mut Vec<Stmt>) -> bool {
    let Some(end) = statements.iter().position(is_end) else { return false };
    let is_changed = end + 1 < statements.len();
    for statement in statements.split_off(end + 1) {
        match &statement {
            Stmt::Decl(Decl::Var(declaration)) if declaration.kind == VarDeclKind::Var => {
                statements.extend(declarations(&statement));
            }
            Stmt::Decl(_) => statements.push(statement),
            _ => statements.extend(declarations(&statement)),
        }
    }
    is_changed
}

/// Whether nothing in a list runs after a statement.
pub(super) fn is_end(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Return(_) | Stmt::Throw(_) | Stmt::Break(_) | Stmt::Continue(_))
}

pub(super) fn joined(first: Option<Stmt>, second: Stmt) -> Stmt {
    match first {
        None => second,
        Some(first) if second.is_empty() => first,
        Some(first) => {
            Stmt::Block(BlockStmt { stmts: vec![first, second], ..BlockStmt::default() })
        }
    }
}

pub(super) fn empty() -> Stmt {
    Stmt::Empty(EmptyStmt { span: DUMMY_SP })
}

/// Whether a statement is a block that declares no names of its own.
pub(super) fn is_plain_block(statement: &Stmt) -> bool {
    let Stmt::Block(block) = statement else { return false };
    !block.stmts.iter().any(|s| match s {
        Stmt::Decl(Decl::Var(declaration)) => declaration.kind != VarDeclKind::Var,
        Stmt::Decl(_) => true,
        _ => false,
    })
}

pub(super) fn flatten(statement: Stmt, push: &mut impl FnMut(Stmt)) {
    match statement {
        Stmt::Empty(_) => {}
        block if is_plain_block(&block) => {
            let Stmt::Block(block) = block else { return };
            block.stmts.into_iter().for_each(|part| flatten(part, push));
        }
        other => push(other),
    }
}
