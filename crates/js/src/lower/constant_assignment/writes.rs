//! The assignments of a program, and the names that must not be assigned to. Few programs assign to
//! such a name. The table of bindings shows which, and only these are walked.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::Span;
use swc_ecma_ast::{
    AssignExpr, AssignTarget, Class, ClassExpr, DefaultDecl, Expr, FnExpr, ForHead, FunctionBody,
    Id, Ident, Program, UpdateExpr, VarDecl, VarDeclKind,
};
use swc_ecma_utils::{DestructuringFinder, find_pat_ids};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::features::body_is_strict;

/// The assignments of a program.
#[derive(Default)]
pub(in crate::lower) struct Writes {
    /// Names declared by `const`.
    pub constants: FxHashSet<Id>,
    /// The names of function and class expressions, each with whether assigning to it throws.
    pub own_names: FxHashMap<Id, bool>,
    /// Every plain name that is assigned to, with its place.
    pub assigned: Vec<(Id, Span)>,
}

impl Writes {
    /// Collects them. `is_strict`: the top level is strict code.
    pub fn of(program: &Program, is_strict: bool) -> Self {
        let mut walk = WriteWalk { writes: Self::default(), is_strict };
        program.visit_with(&mut walk);
        walk.writes
    }
}

struct WriteWalk {
    writes: Writes,
    is_strict: bool,
}

impl WriteWalk {
    fn note_assigned<P: VisitWith<DestructuringFinder<Ident>>>(&mut self, pattern: &P) {
        let names = find_pat_ids::<P, Ident>(pattern).into_iter();
        self.writes.assigned.extend(names.map(|name| (name.to_id(), name.span)));
    }
}

impl Visit for WriteWalk {
    noop_visit_type!();

    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        if let Some(name) = &expression.ident {
            let is_strict =
                self.is_strict || expression.function.body.as_ref().is_some_and(body_is_strict);
            self.writes.own_names.insert(name.to_id(), is_strict);
        }
        expression.visit_children_with(self);
    }

    /// A default export is a declaration, although it has the form of an expression.
    fn visit_default_decl(&mut self, declaration: &DefaultDecl) {
        match declaration {
            DefaultDecl::Fn(function) => function.visit_children_with(self),
            DefaultDecl::Class(class) => class.visit_children_with(self),
            DefaultDecl::TsInterfaceDecl(_) => {}
        }
    }

    fn visit_class_expr(&mut self, expression: &ClassExpr) {
        self.writes.own_names.extend(expression.ident.as_ref().map(|name| (name.to_id(), true)));
        expression.visit_children_with(self);
    }

    fn visit_function_body(&mut self, body: &FunctionBody) {
        let outer = self.is_strict;
        self.is_strict |= body_is_strict(body);
        body.visit_children_with(self);
        self.is_strict = outer;
    }

    fn visit_class(&mut self, class: &Class) {
        let outer = std::mem::replace(&mut self.is_strict, true);
        class.visit_children_with(self);
        self.is_strict = outer;
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Const {
            self.writes.constants.extend(find_pat_ids::<_, Id>(&declaration.decls));
        }
        declaration.visit_children_with(self);
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        if let ForHead::Pat(pattern) = head {
            self.note_assigned(pattern);
        }
        head.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        match &assign.left {
            AssignTarget::Pat(pattern) => self.note_assigned(pattern),
            AssignTarget::Simple(place) => {
                if let Some(name) = place.as_ident() {
                    self.writes.assigned.push((name.id.to_id(), name.span));
                }
            }
        }
        assign.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        if let Expr::Ident(name) = &*update.arg {
            self.writes.assigned.push((name.to_id(), name.span));
        }
        update.visit_children_with(self);
    }
}
