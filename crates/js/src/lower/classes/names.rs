//! `const C = class { … }`: the class has the name "C". What becomes of the class has no name by
//! itself, so the class gets one before. The name of a constant may share its identifier with the
//! class, because both always mean the same; other names only share the spelling.

use swc_atoms::Atom;
use swc_ecma_ast::{
    AssignExpr, AssignPat, AssignTarget, Class, ClassMember, Expr, Ident, Pat, PropName,
    SimpleAssignTarget, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;

use super::model::Walk;

impl Walk<'_> {
    pub fn name_variable(&self, declarator: &mut VarDeclarator, kind: VarDeclKind) {
        let (Pat::Ident(variable), Some(value)) = (&declarator.name, &mut declarator.init) else {
            return;
        };
        match kind {
            VarDeclKind::Const => self.share(value, || variable.id.clone()),
            VarDeclKind::Let | VarDeclKind::Var => self.name(value, &variable.sym),
        }
    }

    pub fn name_assigned(&self, assign: &mut AssignExpr) {
        if let AssignTarget::Simple(SimpleAssignTarget::Ident(variable)) = &assign.left {
            self.name(&mut assign.right, &variable.sym);
        }
    }

    pub fn name_default(&self, default: &mut AssignPat) {
        if let Pat::Ident(variable) = &*default.left {
            self.name(&mut default.right, &variable.sym);
        }
    }

    pub fn name_property(&self, key: &PropName, value: &mut Expr) {
        match key {
            PropName::Ident(key) => self.name(value, &key.sym),
            PropName::Str(key) => {
                if let Some(key) = key.value.as_str() {
                    self.name(value, &key.into());
                }
            }
            _ => {}
        }
    }

    /// Gives a class a name that no code mentions.
    pub fn name(&self, class: &mut Expr, name: &Atom) {
        let is_possible =
            Ident::verify_symbol(name).is_ok() && !matches!(&**name, "eval" | "arguments");
        if is_possible {
            self.share(class, || private_ident!(name.clone()));
        }
    }

    fn share(&self, class: &mut Expr, name: impl FnOnce() -> Ident) {
        if let Expr::Class(class) = class
            && class.ident.is_none()
            && self.is_taken_apart(&class.class)
        {
            class.ident = Some(name());
        }
    }

    /// Whether a class does not stay as it is.
    fn is_taken_apart(&self, class: &Class) -> bool {
        self.lacks.class
            || class.body.iter().any(|member| match member {
                ClassMember::ClassProp(_) | ClassMember::AutoAccessor(_) => {
                    self.lacks.members || self.lacks.assigns_fields
                }
                ClassMember::PrivateProp(_) | ClassMember::PrivateMethod(_) => self.lacks.members,
                ClassMember::StaticBlock(_) => self.lacks.members || self.lacks.static_blocks,
                _ => false,
            })
    }
}
