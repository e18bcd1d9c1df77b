//! The statements that remain around a decided condition, as flat lists.

use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    BlockStmt, Class, Decl, EmptyStmt, Expr, FnDecl, Function, Ident, Stmt, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Returns `var` declarations for every name that a removed statement declares for the whole
/// function.
pub(crate) fn declarations(removed: &Stmt) -> Option<Stmt> {
    let names = variables(removed, true);
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

/// Returns the names that code of one function declares by `var`, and those of the functions in it
/// if `has_functions` is true.
pub(super) fn variables(code: &impl VisitWith<Variables>, has_functions: bool) -> Vec<Ident> {
    let mut found = Variables { names: Vec::new(), has_functions };
    code.visit_with(&mut found);
    found.names
}

pub(super) struct Variables {
    names: Vec<Ident>,
    has_functions: bool,
}

impl Visit for Variables {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            self.names.extend(find_pat_ids::<_, Ident>(&declaration.decls));
        }
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        self.names.extend(self.has_functions.then(|| function.ident.clone()));
    }

    fn visit_expr(&mut self, _: &Expr) {}

    fn visit_function(&mut self, _: &Function) {}

    fn visit_class(&mut self, _: &Class) {}
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

/// Lets a function that is a branch by itself stay in a scope of its own.
pub(super) fn in_block(branch: Stmt) -> Stmt {
    if !matches!(branch, Stmt::Decl(Decl::Fn(_))) {
        return branch;
    }
    Stmt::Block(BlockStmt { stmts: vec![branch], ..BlockStmt::default() })
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
