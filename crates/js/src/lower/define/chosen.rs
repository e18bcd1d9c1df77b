//! The statements that remain of decided conditions.

use swc_common::{Spanned, util::take::Take};
use swc_ecma_ast::{ExprStmt, IfStmt, Stmt};
use swc_ecma_visit::VisitMutWith;

use super::{
    super::{
        constant,
        statements::{empty, flatten, in_block, is_plain_block, joined},
    },
    Define,
};

impl Define<'_> {
    /// Visits and returns what remains of `if (x() && false) …`: its condition, and the branch that
    /// is always taken.
    pub(super) fn half_decided(&mut self, statement: &mut Stmt) -> Option<Stmt> {
        let Stmt::If(IfStmt { test, cons, alt, .. }) = statement else { return None };
        let outcome = constant::outcome(test, self.unresolved)?;
        let (mut taken, dead) =
            if outcome { (Some(cons.take()), alt.take()) } else { (alt.take(), Some(cons.take())) };
        taken.visit_mut_with(self);
        let condition = Stmt::Expr(ExprStmt { span: test.span(), expr: test.take() });
        let rest = dead.and_then(|dead| self.declarations(&dead));
        Some(joined(rest, joined(Some(condition), taken.map_or(empty(), |taken| in_block(*taken)))))
    }

    /// Visits the statements of a list. The statements of a chosen branch are inserted into the
    /// list itself, so that the linker sees single statements and not one block.
    pub(super) fn visit_list<T: VisitMutWith<Self>>(
        &mut self,
        list: &mut Vec<T>,
        statement: impl Fn(&mut T) -> Option<&mut Stmt>,
        item: impl Fn(Stmt) -> T,
    ) {
        let mut is_changed = false;
        for entry in list.iter_mut() {
            let was_choice = statement(entry).is_some_and(|s| matches!(s, Stmt::If(_)));
            entry.visit_mut_with(self);
            is_changed |=
                statement(entry).is_some_and(|s| s.is_empty() || was_choice && is_plain_block(s));
        }
        if !is_changed {
            return;
        }
        let mut flat = Vec::with_capacity(list.len());
        for mut entry in list.drain(..) {
            match statement(&mut entry) {
                Some(Stmt::Empty(_)) => {}
                Some(whole) if is_plain_block(whole) => {
                    flatten(whole.take(), &mut |part| flat.push(item(part)));
                }
                _ => flat.push(entry),
            }
        }
        *list = flat;
    }
}
