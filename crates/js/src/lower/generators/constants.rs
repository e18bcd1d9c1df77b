//! Variables whose value cannot change while a function waits: constants, and functions that
//! nothing is assigned to. An expression need not keep them over a `yield`.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    AssignExpr, Expr, FnDecl, ForHead, Id, Program, UpdateExpr, VarDecl, VarDeclKind,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Returns the variables of a program.
pub(super) fn of(program: &Program) -> FxHashSet<Id> {
    let mut found = Constants::default();
    program.visit_with(&mut found);
    found.declared.retain(|name| !found.assigned.contains(name));
    found.declared
}

#[derive(Default)]
struct Constants {
    declared: FxHashSet<Id>,
    assigned: FxHashSet<Id>,
}

impl Visit for Constants {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        let names = find_pat_ids::<_, Id>(&declaration.decls);
        match declaration.kind {
            VarDeclKind::Const => self.declared.extend(names),
            // A `var` may share its name with a function.
            VarDeclKind::Var | VarDeclKind::Let => self.assigned.extend(names),
        }
        declaration.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, function: &FnDecl) {
        self.declared.insert(function.ident.to_id());
        function.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        self.assigned.extend(find_pat_ids::<_, Id>(&assign.left));
        assign.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        if let Expr::Ident(name) = &*update.arg {
            self.assigned.insert(name.to_id());
        }
        update.visit_children_with(self);
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        if let ForHead::Pat(target) = head {
            self.assigned.extend(find_pat_ids::<_, Id>(target));
        }
        head.visit_children_with(self);
    }
}
