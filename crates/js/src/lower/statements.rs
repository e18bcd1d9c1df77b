//! Statements whose code is removed or unreachable: which declarations must remain of them.

use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    BlockStmt, Class, Decl, EmptyStmt, Expr, FnDecl, Function, Ident, Stmt, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Returns declarations of every `var` that a removed statement declares for the whole function.
/// `functions` gets the names of the functions in it, which may also be variables of the function:
/// by annex B of ECMAScript, in sloppy code, unless an enclosing scope declares the name.
pub(crate) fn declarations(removed: &Stmt, functions: &mut Vec<Ident>) -> Option<Stmt> {
    let mut found = Variables::default();
    removed.visit_with(&mut found);
    functions.append(&mut found.functions);
    let names = found.names;
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

/// Returns the names that code of one function declares by `var`.
pub(super) fn variables(code: &impl VisitWith<Variables>) -> Vec<Ident> {
    let mut found = Variables::default();
    code.visit_with(&mut found);
    found.names
}

#[derive(Default)]
pub(super) struct Variables {
    names: Vec<Ident>,
    functions: Vec<Ident>,
}

impl Visit for Variables {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            self.names.extend(find_pat_ids::<_, Ident>(&declaration.decls));
        }
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        let is_plain = !declaration.function.is_async && !declaration.function.is_generator;
        self.functions.extend(is_plain.then(|| declaration.ident.clone()));
    }

    fn visit_expr(&mut self, _: &Expr) {}

    fn visit_function(&mut self, _: &Function) {}

    fn visit_class(&mut self, _: &Class) {}
}

/// Removes what follows a `return`, `throw`, `break` or `continue` in its list. Declarations are
/// kept: functions may be called from above, and lexical names shadow outer ones. `functions` gets
/// the names of functions in blocks. Returns whether anything followed.
pub(super) fn drop_unreachable(statements: &mut Vec<Stmt>, functions: &mut Vec<Ident>) -> bool {
    let Some(end) = statements.iter().position(is_end) else { return false };
    let is_changed = end + 1 < statements.len();
    for statement in statements.split_off(end + 1) {
        match &statement {
            Stmt::Decl(Decl::Var(declaration)) if declaration.kind == VarDeclKind::Var => {
                statements.extend(declarations(&statement, functions));
            }
            Stmt::Decl(_) => statements.push(statement),
            _ => statements.extend(declarations(&statement, functions)),
        }
    }
    is_changed
}

/// Returns the names that a statement declares in its own list, except `var`s.
pub(super) fn lexical(statement: &Stmt) -> Vec<Ident> {
    match statement {
        Stmt::Decl(Decl::Var(declaration)) if declaration.kind != VarDeclKind::Var => {
            find_pat_ids::<_, Ident>(&declaration.decls)
        }
        Stmt::Decl(Decl::Using(declaration)) => find_pat_ids::<_, Ident>(&declaration.decls),
        Stmt::Decl(Decl::Class(class)) => vec![class.ident.clone()],
        Stmt::Decl(Decl::Fn(function)) => vec![function.ident.clone()],
        _ => Vec::new(),
    }
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
