//! `const C = class { static x = 1 }`: the class has the name "C". swc's lowering of class members
//! first assigns it to a variable of its own, and the class takes that variable's name, so this
//! pass names the class before. The name of a constant may share its identifier with the class,
//! because both always mean the same; other names only share the spelling.

use swc_atoms::Atom;
use swc_ecma_ast::{
    AssignExpr, AssignPat, AssignPatProp, AssignTarget, ClassProp, Expr, Ident, KeyValueProp, Pat,
    Program, PropName, SimpleAssignTarget, VarDecl, VarDeclKind,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Names anonymous classes after what they are assigned to.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut ClassNames);
}

struct ClassNames;

/// Gives a class a name that no code mentions.
fn name(class: &mut Expr, name: &Atom) {
    let is_possible =
        Ident::verify_symbol(name).is_ok() && !matches!(&**name, "eval" | "arguments");
    if is_possible {
        share(class, || private_ident!(name.clone()));
    }
}

fn share(class: &mut Expr, name: impl FnOnce() -> Ident) {
    if let Expr::Class(class) = class
        && class.ident.is_none()
    {
        class.ident = Some(name());
    }
}

impl VisitMut for ClassNames {
    noop_visit_mut_type!();

    fn visit_mut_var_decl(&mut self, declaration: &mut VarDecl) {
        declaration.visit_mut_children_with(self);
        for declarator in &mut declaration.decls {
            let (Pat::Ident(variable), Some(value)) = (&declarator.name, &mut declarator.init)
            else {
                continue;
            };
            match declaration.kind {
                VarDeclKind::Const => share(value, || variable.id.clone()),
                VarDeclKind::Let | VarDeclKind::Var => name(value, &variable.sym),
            }
        }
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        assign.visit_mut_children_with(self);
        if let AssignTarget::Simple(SimpleAssignTarget::Ident(variable)) = &assign.left {
            name(&mut assign.right, &variable.sym);
        }
    }

    fn visit_mut_assign_pat(&mut self, default: &mut AssignPat) {
        default.visit_mut_children_with(self);
        if let Pat::Ident(variable) = &*default.left {
            name(&mut default.right, &variable.sym);
        }
    }

    fn visit_mut_assign_pat_prop(&mut self, property: &mut AssignPatProp) {
        property.visit_mut_children_with(self);
        if let Some(value) = &mut property.value {
            name(value, &property.key.sym);
        }
    }

    fn visit_mut_key_value_prop(&mut self, property: &mut KeyValueProp) {
        property.visit_mut_children_with(self);
        if let PropName::Ident(key) = &property.key {
            name(&mut property.value, &key.sym);
        }
    }

    fn visit_mut_class_prop(&mut self, field: &mut ClassProp) {
        field.visit_mut_children_with(self);
        if let (PropName::Ident(key), Some(value)) = (&field.key, &mut field.value) {
            name(value, &key.sym);
        }
    }
}
