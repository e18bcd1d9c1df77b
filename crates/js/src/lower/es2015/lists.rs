//! Rest parameters that nothing is assigned to. They are arrays for certain, so their elements are
//! taken without an iterator.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    AssignExpr, Expr, ForHead, Id, Ident, Param, Pat, RestPat, UpdateExpr, VarDeclarator,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Collects them.
#[derive(Default)]
pub(super) struct Rests {
    declared: FxHashSet<Id>,
    assigned: FxHashSet<Id>,
}

impl Rests {
    /// Returns those without an assignment.
    pub fn never_assigned(mut self) -> FxHashSet<Id> {
        self.declared.retain(|name| !self.assigned.contains(name));
        self.declared
    }

    fn parameter(&mut self, pattern: &Pat) {
        if let Pat::Rest(RestPat { arg, .. }) = pattern
            && let Pat::Ident(name) = &**arg
        {
            self.declared.insert(name.to_id());
        }
    }
}

impl Visit for Rests {
    noop_visit_type!();

    fn visit_param(&mut self, parameter: &Param) {
        self.parameter(&parameter.pat);
        parameter.visit_children_with(self);
    }

    fn visit_arrow_expr(&mut self, arrow: &swc_ecma_ast::ArrowExpr) {
        for pattern in &arrow.params {
            self.parameter(pattern);
        }
        arrow.visit_children_with(self);
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
        self.assigned.extend(find_pat_ids::<_, Id>(head));
        head.visit_children_with(self);
    }

    fn visit_var_declarator(&mut self, variable: &VarDeclarator) {
        self.assigned.extend(find_pat_ids::<_, Id>(&variable.name));
        variable.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, function: &swc_ecma_ast::FnDecl) {
        self.assigned.insert(Ident::to_id(&function.ident));
        function.visit_children_with(self);
    }
}
