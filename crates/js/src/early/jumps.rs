//! Checks labels, and that `break`, `continue` and `return` have a target.

use bundle_base::diagnostic::nearest;
use swc_ecma_ast::{BreakStmt, ContinueStmt, Ident, LabeledStmt, ReturnStmt, Stmt};
use swc_ecma_visit::VisitWith;

use super::{
    checker::{Checker, Jumps},
    context::Fact,
};
use crate::messages;

impl Checker<'_> {
    /// Checks a label and its statement. Several labels may stand before one loop.
    pub(super) fn labeled(&mut self, statement: &LabeledStmt) {
        self.name(&statement.label);
        let mut body = &*statement.body;
        while let Stmt::Labeled(inner) = body {
            body = &inner.body;
        }
        let is_loop = matches!(
            body,
            Stmt::For(_) | Stmt::ForIn(_) | Stmt::ForOf(_) | Stmt::While(_) | Stmt::DoWhile(_)
        );
        self.jumps.labels.push((statement.label.clone(), is_loop));
        self.label_body(&statement.body);
        self.jumps.labels.pop();
    }

    /// Checks the body of a loop, where `break` and `continue` are allowed.
    pub(super) fn in_loop(&mut self, body: &Stmt) {
        self.jumps.loops += 1;
        self.body(body);
        self.jumps.loops -= 1;
    }

    /// Checks the cases of a `switch`, where `break` is allowed.
    pub(super) fn in_switch(&mut self, cases: impl FnOnce(&mut Self)) {
        self.jumps.switches += 1;
        cases(self);
        self.jumps.switches -= 1;
    }

    /// Checks a `break`: something must enclose it that it can leave.
    pub(super) fn break_(&mut self, statement: &BreakStmt) {
        match &statement.label {
            Some(label) => {
                self.known_label(label);
            }
            None if self.jumps.loops + self.jumps.switches == 0 => {
                let is_in_function =
                    self.jumps.enclosing().any(|jumps| jumps.loops + jumps.switches > 0);
                self.report(messages::jump_outside(
                    self.label(statement.span),
                    "break",
                    is_in_function,
                ));
            }
            None => {}
        }
    }

    /// Checks a `continue`: a loop must enclose it, and its label must be the label of a loop.
    pub(super) fn continue_(&mut self, statement: &ContinueStmt) {
        match &statement.label {
            Some(label) => {
                let is_loop = self.known_label(label);
                if is_loop == Some(false) {
                    self.report(messages::continue_to_block(self.label(label.span), &label.sym));
                }
            }
            None if self.jumps.loops == 0 => {
                let is_in_function = self.jumps.enclosing().any(|jumps| jumps.loops > 0);
                self.report(messages::jump_outside(
                    self.label(statement.span),
                    "continue",
                    is_in_function,
                ));
            }
            None => {}
        }
    }

    /// Finds a label. `Some(true)`: it is the label of a loop.
    fn known_label(&mut self, label: &Ident) -> Option<bool> {
        let find = |jumps: &Jumps| {
            jumps.labels.iter().rev().find(|(known, _)| known.sym == label.sym).cloned()
        };
        let found = find(&self.jumps).map(|(_, is_loop)| is_loop);
        if found.is_none() {
            let at = self.label(label.span);
            let known: Vec<&str> = self.jumps.labels.iter().map(|(known, _)| &*known.sym).collect();
            let missing = match self.jumps.enclosing().find_map(find) {
                Some((outside, _)) => {
                    messages::label_outside_function(at, &label.sym, self.label(outside.span))
                }
                None => messages::undefined_label(
                    at,
                    &label.sym,
                    nearest(&label.sym, known.iter().copied()),
                    &known,
                ),
            };
            self.report(missing);
        }
        found
    }

    /// Checks a `return`: a function must enclose it.
    pub(super) fn return_(&mut self, statement: &ReturnStmt) {
        if !self.context.has(Fact::Return) {
            self.report(messages::return_outside(self.label(statement.span)));
        }
        statement.visit_children_with(self);
    }
}
