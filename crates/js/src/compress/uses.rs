//! Counts of reads, writes and declarations: code that is dropped no longer counts.

use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BindingIdent, BreakStmt, ClassDecl, ClassExpr,
    ContinueStmt, Expr, FnDecl, FnExpr, ForHead, Ident, LabeledStmt, Pat, SimpleAssignTarget,
    UpdateExpr, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::model::Compress;
use crate::scopes::{Scopes, index_of};

impl Compress<'_> {
    /// Forgets the mentions in code that is dropped.
    pub(super) fn forget<N>(&mut self, dropped: &N)
    where
        N: for<'t> VisitWith<Change<'t>> + ?Sized,
    {
        self.is_changed = true;
        dropped.visit_with(&mut Change {
            table: &mut self.scopes,
            adds: false,
            is_assigned: false,
        });
    }

    /// Counts the mentions in code that is now there twice.
    pub(super) fn count<N>(&mut self, copied: &N)
    where
        N: for<'t> VisitWith<Change<'t>> + ?Sized,
    {
        copied.visit_with(&mut Change { table: &mut self.scopes, adds: true, is_assigned: false });
    }

    /// Forgets one read of a name.
    pub(super) fn forget_read(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            let reads = &mut self.scopes.bindings[index].reads;
            *reads = reads.saturating_sub(1);
        }
        self.is_changed = true;
    }

    /// Forgets one write to a name.
    pub(super) fn forget_write(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            let writes = &mut self.scopes.bindings[index].writes;
            *writes = writes.saturating_sub(1);
        }
        self.is_changed = true;
    }
}

/// Adds the mentions in code, or removes them.
pub(super) struct Change<'t> {
    table: &'t mut Scopes,
    adds: bool,
    /// The names of the pattern are assigned to, not declared.
    is_assigned: bool,
}

impl Change<'_> {
    fn by_one(adds: bool, count: &mut u32) {
        *count = if adds { *count + 1 } else { count.saturating_sub(1) };
    }

    fn read(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            Self::by_one(self.adds, &mut self.table.bindings[index].reads);
        }
    }

    fn write(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            Self::by_one(self.adds, &mut self.table.bindings[index].writes);
        }
    }

    fn declare(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            Self::by_one(self.adds, &mut self.table.bindings[index].declarations);
        }
    }

    fn in_role(&mut self, is_assigned: bool, inside: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.is_assigned, is_assigned);
        inside(self);
        self.is_assigned = outer;
    }
}

impl Visit for Change<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.read(name);
    }

    fn visit_binding_ident(&mut self, name: &BindingIdent) {
        if self.is_assigned { self.write(&name.id) } else { self.declare(&name.id) }
    }

    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Ident(name) => self.read(name),
            other => self.in_role(false, |change| other.visit_children_with(change)),
        }
    }

    fn visit_pat(&mut self, pattern: &Pat) {
        if let Pat::Expr(target) = pattern
            && let Expr::Ident(name) = target.unwrap_parens()
        {
            return self.write(name);
        }
        pattern.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => {
                self.write(&name.id);
                if assign.op != AssignOp::Assign {
                    self.read(&name.id);
                }
            }
            other => self.in_role(true, |change| other.visit_with(change)),
        }
        assign.right.visit_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        if let Expr::Ident(name) = update.arg.unwrap_parens() {
            self.write(name);
        }
        update.arg.visit_with(self);
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        match head {
            ForHead::Pat(pattern) => self.in_role(true, |change| pattern.visit_with(change)),
            other => other.visit_children_with(self),
        }
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        self.in_role(false, |change| declarator.name.visit_with(change));
        declarator.init.visit_with(self);
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        self.declare(&declaration.ident);
        declaration.function.visit_with(self);
    }

    fn visit_class_decl(&mut self, declaration: &ClassDecl) {
        self.declare(&declaration.ident);
        declaration.class.visit_with(self);
    }

    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        expression.function.visit_with(self);
    }

    fn visit_class_expr(&mut self, expression: &ClassExpr) {
        expression.class.visit_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
}
