//! Statements that never run. The variables that they declare stay declared.

use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    ArrowExpr, Class, Decl, Expr, FnDecl, Function, Ident, Stmt, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::model::Compress;
use crate::ast::bound_names;

impl Compress<'_> {
    /// Drops a statement. Returns a declaration of the variables that other code still mentions.
    pub(super) fn drop_statement(&mut self, statement: &Stmt) -> Option<Stmt> {
        let mut found = Variables { names: Vec::new(), functions: Vec::new() };
        statement.visit_with(&mut found);
        self.forget(statement);
        let mut decls: Vec<VarDeclarator> = Vec::new();
        // In sloppy code a function in a block is also a variable, which another declaration may
        // keep.
        let is_last = |name: &Ident| self.binding(name).is_some_and(|it| it.declarations == 0);
        found.functions.retain(is_last);
        for name in found.names.into_iter().chain(found.functions) {
            let is_declared = |one: &VarDeclarator| {
                one.name.as_ident().is_some_and(|other| other.id.to_id() == name.to_id())
            };
            if self.is_unused(&name) || decls.iter().any(is_declared) {
                continue;
            }
            let span = DUMMY_SP;
            decls.push(VarDeclarator { span, name: name.into(), init: None, definite: false });
        }
        if decls.is_empty() {
            return None;
        }
        self.count(&decls);
        let declaration = VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() };
        Some(Stmt::Decl(Decl::Var(Box::new(declaration))))
    }
}

/// The names of `var`s, and of functions, that are not in inner functions.
struct Variables {
    names: Vec<Ident>,
    functions: Vec<Ident>,
}

impl Visit for Variables {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            for declarator in &declaration.decls {
                bound_names(&declarator.name, &mut |name| self.names.push(name.clone()));
            }
        }
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        self.functions.push(declaration.ident.clone());
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_class(&mut self, _: &Class) {}

    fn visit_expr(&mut self, _: &Expr) {}
}
