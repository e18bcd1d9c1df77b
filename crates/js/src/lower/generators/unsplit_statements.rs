//! Statements without `yield` are not split into blocks. Only the jumps that leave them are
//! rewritten: `return`, and `break` and `continue` of enclosing statements that are split.

use swc_ecma_ast::{
    BreakStmt, ContinueStmt, DoWhileStmt, Expr, ForInStmt, ForStmt, Function, Ident, LabeledStmt,
    Stmt, SwitchStmt, TryStmt, WhileStmt,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{super::build, machine::Machine, model::Label};

impl Machine<'_> {
    /// Rewrites the jumps that leave a statement without `yield`, which then goes into the machine.
    pub fn unsplit(&mut self, mut statement: Stmt) -> Stmt {
        let mut leave =
            Leave { machine: self, names: Vec::new(), loops: 0, switches: 0, finallies: 0 };
        statement.visit_mut_with(&mut leave);
        statement
    }

    /// Returns where `break` goes, and how many regions enclose that place.
    fn break_target(&self, name: Option<&Ident>) -> Option<(Label, usize)> {
        let target = self.targets.iter().rev().find(|target| match name {
            Some(name) => target.names.iter().any(|each| each.sym == name.sym),
            None => target.is_breakable,
        })?;
        Some((target.end, target.regions))
    }

    /// Returns where `continue` goes, and how many regions enclose that place.
    fn continue_target(&self, name: Option<&Ident>) -> Option<(Label, usize)> {
        let target = self.targets.iter().rev().find(|target| match name {
            Some(name) => target.names.iter().any(|each| each.sym == name.sym),
            None => target.next.is_some(),
        })?;
        Some((target.next?, target.regions))
    }
}

/// Rewrites the jumps that leave a statement.
struct Leave<'m, 'c> {
    machine: &'m mut Machine<'c>,
    /// The labels inside the statement.
    names: Vec<Ident>,
    /// How many loops and `switch` statements inside it enclose the current place.
    loops: u32,
    switches: u32,
    /// How many `try` statements inside it, with a `finally` block to run first, enclose the
    /// current place.
    finallies: u32,
}

impl Leave<'_, '_> {
    fn has(&self, name: &Ident) -> bool {
        self.names.iter().any(|each| each.sym == name.sym)
    }

    fn leave(&mut self, label: Label, regions: usize) -> Stmt {
        if self.finallies > 0 {
            self.machine.leave_late(label, regions)
        } else {
            self.machine.leave(label, regions)
        }
    }

    fn breaks(&mut self, statement: &BreakStmt) -> Option<Stmt> {
        match &statement.label {
            Some(name) if self.has(name) => None,
            None if self.loops + self.switches > 0 => None,
            name => self
                .machine
                .break_target(name.as_ref())
                .map(|(to, regions)| self.leave(to, regions)),
        }
    }

    fn continues(&mut self, statement: &ContinueStmt) -> Option<Stmt> {
        match &statement.label {
            Some(name) if self.has(name) => None,
            None if self.loops > 0 => None,
            name => self
                .machine
                .continue_target(name.as_ref())
                .map(|(to, regions)| self.leave(to, regions)),
        }
    }
}

macro_rules! loops {
    ($($visit:ident $node:ty),*) => {
        $(fn $visit(&mut self, node: &mut $node) {
            self.loops += 1;
            node.body.visit_mut_with(self);
            self.loops -= 1;
        })*
    };
}

impl VisitMut for Leave<'_, '_> {
    noop_visit_mut_type!();
    loops!(
        visit_mut_while_stmt WhileStmt,
        visit_mut_do_while_stmt DoWhileStmt,
        visit_mut_for_stmt ForStmt,
        visit_mut_for_in_stmt ForInStmt
    );

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        let left = match statement {
            Stmt::Break(leaving) => self.breaks(leaving),
            Stmt::Continue(leaving) => self.continues(leaving),
            Stmt::Return(result) => {
                let value = result.arg.take().map(|value| *value);
                Some(self.machine.leave_function(result.span, value))
            }
            _ => return statement.visit_mut_children_with(self),
        };
        if let Some(left) = left {
            *statement = left;
        }
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements.visit_mut_children_with(self);
        build::flatten(statements);
    }

    fn visit_mut_labeled_stmt(&mut self, labelled: &mut LabeledStmt) {
        self.names.push(labelled.label.clone());
        labelled.body.visit_mut_with(self);
        self.names.pop();
    }

    fn visit_mut_switch_stmt(&mut self, switch: &mut SwitchStmt) {
        self.switches += 1;
        switch.cases.visit_mut_with(self);
        self.switches -= 1;
    }

    fn visit_mut_try_stmt(&mut self, statement: &mut TryStmt) {
        let finallies = u32::from(statement.finalizer.is_some());
        self.finallies += finallies;
        statement.block.visit_mut_with(self);
        statement.handler.visit_mut_with(self);
        self.finallies -= finallies;
        statement.finalizer.visit_mut_with(self);
    }

    fn visit_mut_expr(&mut self, _: &mut Expr) {}
    fn visit_mut_function(&mut self, _: &mut Function) {}
}
