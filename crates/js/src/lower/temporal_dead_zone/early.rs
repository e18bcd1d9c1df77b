//! Finds the variables and classes that the text mentions before their declaration. Values come
//! before the names that they are given to, so `let a = a` counts.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    AssignPat, BindingIdent, ClassDecl, ClassMember, Expr, ForHead, ForInStmt, ForOfStmt, ForStmt,
    Ident, SwitchStmt, VarDecl, VarDeclKind, VarDeclOrExpr, VarDeclarator,
};
use swc_ecma_utils::{DestructuringFinder, IdentUsageFinder, find_pat_ids};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::scopes::{Scopes, index_of};

/// Collects them. Names are known by the numbers of their bindings.
pub(super) struct Early {
    /// The names.
    pub names: FxHashSet<usize>,
    /// Whether the head of a loop declares a name that the iterated value mentions.
    pub has_early_heads: bool,
    /// Whether parameters have default values that may mention others.
    pub has_defaults: bool,
    /// By number, whether the name was mentioned.
    seen: Vec<bool>,
    /// Whether the names of the current pattern are declared by `let` or `const`.
    declares: bool,
}

impl Early {
    pub fn new(table: &Scopes) -> Self {
        let seen = vec![false; table.bindings.len()];
        Self {
            names: FxHashSet::default(),
            has_early_heads: false,
            has_defaults: false,
            seen,
            declares: false,
        }
    }

    fn was_seen(&self, name: usize) -> bool {
        self.seen.get(name).is_some_and(|seen| *seen)
    }

    fn note_declared(&mut self, name: &Ident) {
        if let Some(name) = index_of(name.ctxt)
            && self.was_seen(name)
        {
            self.names.insert(name);
        }
    }

    fn in_head(&mut self, head: &ForHead, value: &impl VisitWith<Self>) {
        value.visit_with(self);
        if let ForHead::VarDecl(declaration) = head
            && declaration.kind != VarDeclKind::Var
        {
            self.has_early_heads |= names(&declaration.decls).any(|name| self.was_seen(name));
        }
        head.visit_children_with(self);
        self.forget(head);
    }

    /// Leaves out names that the head of a loop declares: no later statement can mention them.
    fn forget(&mut self, head: &impl VisitWith<DestructuringFinder<Ident>>) {
        for name in names(head) {
            self.names.remove(&name);
        }
    }
}

impl Visit for Early {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        let seen = index_of(name.ctxt).and_then(|name| self.seen.get_mut(name));
        if let Some(seen) = seen {
            *seen = true;
        }
    }

    fn visit_binding_ident(&mut self, name: &BindingIdent) {
        if self.declares {
            self.note_declared(&name.id);
        } else {
            self.visit_ident(&name.id);
        }
    }

    fn visit_assign_pat(&mut self, default: &AssignPat) {
        self.has_defaults |= !default.right.is_lit();
        default.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        let declares = declaration.kind != VarDeclKind::Var;
        let outer = std::mem::replace(&mut self.declares, declares);
        declaration.visit_children_with(self);
        self.declares = outer;
    }

    fn visit_var_declarator(&mut self, variable: &VarDeclarator) {
        if is_function(variable) {
            variable.name.visit_with(self);
            return variable.init.visit_with(self);
        }
        variable.init.visit_with(self);
        variable.name.visit_with(self);
    }

    fn visit_expr(&mut self, expr: &Expr) {
        let declares = std::mem::replace(&mut self.declares, false);
        expr.visit_children_with(self);
        self.declares = declares;
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        // Methods read later what they mention.
        class.class.super_class.visit_with(self);
        class.class.decorators.visit_with(self);
        for member in &class.class.body {
            keys(member, self);
        }
        self.note_declared(&class.ident);
        class.class.visit_children_with(self);
    }

    fn visit_for_stmt(&mut self, head: &ForStmt) {
        head.init.visit_with(self);
        if let Some(VarDeclOrExpr::VarDecl(declaration)) = &head.init {
            self.forget(&declaration.decls);
        }
        head.test.visit_with(self);
        head.update.visit_with(self);
        head.body.visit_with(self);
    }

    fn visit_for_of_stmt(&mut self, head: &ForOfStmt) {
        self.in_head(&head.left, &head.right);
        head.body.visit_with(self);
    }

    fn visit_for_in_stmt(&mut self, head: &ForInStmt) {
        self.in_head(&head.left, &head.right);
        head.body.visit_with(self);
    }

    fn visit_switch_stmt(&mut self, switch: &SwitchStmt) {
        switch.visit_children_with(self);
        // A later case may run without the declaration of an earlier one.
        for (index, case) in switch.cases.iter().enumerate() {
            let declarations = case.cons.iter().filter_map(|it| it.as_decl()?.as_var());
            for name in declarations
                .filter(|it| it.kind != VarDeclKind::Var)
                .flat_map(|it| find_pat_ids::<_, Ident>(&it.decls))
            {
                let mut later = switch.cases[index + 1..].iter();
                if later.any(|case| IdentUsageFinder::find(&name, &case.cons)) {
                    self.names.extend(index_of(name.ctxt));
                }
            }
        }
    }
}

/// Returns the names of patterns.
pub(super) fn names<P: VisitWith<DestructuringFinder<Ident>>>(
    patterns: &P,
) -> impl Iterator<Item = usize> + use<P> {
    find_pat_ids::<_, Ident>(patterns).into_iter().filter_map(|name| index_of(name.ctxt))
}

/// Whether the value of a variable is a function, which runs later.
pub(super) fn is_function(variable: &VarDeclarator) -> bool {
    matches!(variable.init.as_deref(), Some(Expr::Arrow(_) | Expr::Fn(_)))
}

/// Visits the computed key of a class member.
fn keys(member: &ClassMember, early: &mut Early) {
    let key = match member {
        ClassMember::Method(method) => &method.key,
        ClassMember::ClassProp(field) => &field.key,
        _ => return,
    };
    key.visit_with(early);
}
