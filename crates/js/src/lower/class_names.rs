//! `const C = class { static x = 1 }`: the class is called "C". swc's lowering of class members puts it into a variable
//! of its own first and takes that variable's name; so it gets the constant's name before. They can share an
//! identifier because they always mean the same.

use swc_ecma_ast::{Expr, Pat, Program, VarDecl, VarDeclKind};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Names anonymous classes that constants stand for.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut ClassNames);
}

struct ClassNames;

impl VisitMut for ClassNames {
    noop_visit_mut_type!();

    fn visit_mut_var_decl(&mut self, declaration: &mut VarDecl) {
        declaration.visit_mut_children_with(self);
        if declaration.kind != VarDeclKind::Const {
            return;
        }
        for declarator in &mut declaration.decls {
            if let (Pat::Ident(name), Some(Expr::Class(class))) = (&declarator.name, declarator.init.as_deref_mut())
                && class.ident.is_none()
            {
                class.ident = Some(name.id.clone());
            }
        }
    }
}
