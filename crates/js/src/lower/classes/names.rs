//! `const C = class { … }`: the class has the name "C". The lowered class has no name by itself, so
//! the class gets one first. The name of a constant may share its identifier with the class,
//! because both always mean the same; other names only share the spelling.

use swc_atoms::Atom;
use swc_ecma_ast::{
    AssignExpr, AssignPat, AssignTarget, Class, ClassMember, Expr, FnExpr, Function, Ident, Lit,
    MetaPropExpr, Pat, PropName, SimpleAssignTarget, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::model::ClassLowering;

impl ClassLowering<'_> {
    pub fn name_variable(&self, declarator: &mut VarDeclarator, kind: VarDeclKind) {
        let (Pat::Ident(variable), Some(value)) = (&declarator.name, &mut declarator.init) else {
            return;
        };
        self.name_function(value, &variable.sym);
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
        let text = match key {
            PropName::Ident(key) => return self.name(value, &key.sym),
            PropName::Str(text) => text,
            PropName::Computed(key) => match key.expr.unwrap_parens() {
                Expr::Lit(Lit::Str(text)) => text,
                _ => return,
            },
            PropName::Num(_) | PropName::BigInt(_) => return,
        };
        if let Some(text) = text.value.as_str() {
            self.name(value, &text.into());
        }
    }

    /// Names a function that mentions `new.target`: lowering would give it another name.
    fn name_function(&self, value: &mut Expr, name: &Atom) {
        let Expr::Fn(FnExpr { ident: ident @ None, function }) = value else { return };
        let is_parameter =
            find_pat_ids::<_, Ident>(&function.params).iter().any(|it| it.sym == *name);
        if self.lacks.new_target && !is_parameter && asks_for_target(function) {
            *ident = Some(private_ident!(name.clone()));
        }
    }

    /// Gives a class a name that no code mentions.
    pub fn name(&self, class: &mut Expr, name: &Atom) {
        let is_possible =
            Ident::verify_symbol(name).is_ok() && !matches!(&**name, "eval" | "arguments");
        if is_possible {
            self.name_function(class, name);
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

/// Whether a function mentions its `new.target`.
fn asks_for_target(function: &Function) -> bool {
    let mut found = Target(false);
    function.visit_children_with(&mut found);
    found.0
}

struct Target(bool);

impl Visit for Target {
    noop_visit_type!();

    fn visit_meta_prop_expr(&mut self, property: &MetaPropExpr) {
        self.0 |= property.kind == swc_ecma_ast::MetaPropKind::NewTarget;
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_class(&mut self, _: &Class) {}
}
