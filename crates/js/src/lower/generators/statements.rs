//! Statements with `yield`, as blocks of a state machine. A statement without one is kept whole
//! (`unsplit_statements`); loops and `switch` are in `loops`, `try` is in `regions`.

use swc_common::Span;
use swc_ecma_ast::{Expr, Ident, IfStmt, LabeledStmt, ReturnStmt, Stmt, ThrowStmt, WithStmt};
use swc_ecma_utils::private_ident;

use super::{
    super::build,
    Kind,
    machine::{Machine, Target},
    model::Label,
};

impl Machine<'_> {
    pub fn statements(&mut self, statements: Vec<Stmt>) {
        for statement in statements {
            self.statement(statement);
        }
    }

    pub fn statement(&mut self, statement: Stmt) {
        if self.kind.waits_in(&statement) {
            self.with_temporaries(|machine| machine.split(statement, Vec::new()));
        } else {
            let kept = self.unsplit(statement);
            self.emit(kept);
        }
    }

    /// Lowers a statement with `yield`, which has these labels.
    fn split(&mut self, statement: Stmt, names: Vec<Ident>) {
        match statement {
            Stmt::Labeled(labelled) => self.labelled(labelled, names),
            Stmt::While(head) => self.while_loop(head, names),
            Stmt::DoWhile(head) => self.do_while_loop(head, names),
            Stmt::For(head) => self.for_loop(head, names),
            Stmt::ForIn(head) => self.for_in_loop(head, names),
            Stmt::Switch(switch) => self.switch(switch, names),
            Stmt::Block(block) => self.statements(block.stmts),
            Stmt::Expr(statement) => self.effect(*statement.expr, statement.span),
            Stmt::If(statement) => self.if_statement(statement),
            Stmt::Return(statement) => self.return_statement(statement),
            Stmt::Throw(ThrowStmt { span, arg }) => {
                let arg = Box::new(self.expr(*arg));
                self.emit(ThrowStmt { span, arg }.into());
            }
            Stmt::Try(statement) => self.try_statement(*statement),
            Stmt::With(statement) => self.with_statement(statement),
            other => self.emit(other),
        }
    }

    /// Runs each part of a body in a `with` of its own.
    fn with_statement(&mut self, statement: WithStmt) {
        let object = self.expr(*statement.obj);
        let kept = private_ident!("_scope");
        self.declare(kept.clone());
        // It throws here if it is `null` or `undefined`.
        let object = build::helper("object_destructuring_empty", vec![object]);
        self.emit_expr(build::assign(kept.clone(), object));
        self.names.scopes.push(kept);
        self.statement(*statement.body);
        self.names.scopes.pop();
    }

    fn labelled(&mut self, labelled: LabeledStmt, mut names: Vec<Ident>) {
        names.push(labelled.label);
        let is_own = matches!(
            &*labelled.body,
            Stmt::Labeled(_)
                | Stmt::While(_)
                | Stmt::DoWhile(_)
                | Stmt::For(_)
                | Stmt::ForIn(_)
                | Stmt::Switch(_)
        );
        if is_own {
            return self.split(*labelled.body, names);
        }
        let end = self.label();
        self.within(names, end, None, |machine| machine.statement(*labelled.body));
        self.place(end);
    }

    /// Lowers a body that `break` (to the first label) and `continue` (to the second) may leave.
    pub fn within(
        &mut self,
        names: Vec<Ident>,
        end: Label,
        next: Option<Label>,
        run: impl FnOnce(&mut Self),
    ) {
        let (is_breakable, regions) = (next.is_some(), self.regions.len());
        self.targets.push(Target { names, end, next, is_breakable, regions });
        run(self);
        self.targets.pop();
    }

    fn return_statement(&mut self, statement: ReturnStmt) {
        let value = statement.arg.map(|value| {
            let value = self.expr(*value);
            if self.kind != Kind::AsyncGenerator {
                return value;
            }
            self.suspend(build::NOWHERE, vec![value]);
            self.received().into()
        });
        let left = self.leave_function(statement.span, value);
        self.emit(left);
    }

    fn if_statement(&mut self, statement: IfStmt) {
        let IfStmt { span, test, cons, alt } = statement;
        let is_split = |branch: &Stmt| self.kind.waits_in(branch);
        let splits = (is_split(&cons), alt.as_deref().is_some_and(is_split));
        match (splits, alt) {
            ((false, false), alt) => {
                let test = Box::new(self.expr(*test));
                let cons = Box::new(self.unsplit(*cons));
                let alt = alt.map(|branch| Box::new(self.unsplit(*branch)));
                self.emit(IfStmt { span, test, cons, alt }.into());
            }
            ((true, false), Some(short)) => {
                let test = build::not(self.expr(*test));
                self.short_branch(span, test, *short, *cons);
            }
            ((false, true), Some(long)) => {
                let test = self.expr(*test);
                self.short_branch(span, test, *cons, *long);
            }
            (_, alt) => {
                let other = self.label();
                self.unless(*test, other);
                self.statement(*cons);
                let Some(alt) = alt else { return self.place(other) };
                let end = self.label();
                let jump = self.jump(end);
                self.emit(jump);
                self.place(other);
                self.statement(*alt);
                self.place(end);
            }
        }
    }

    /// Emits a branch that is kept, which then jumps over the other one.
    fn short_branch(&mut self, span: Span, test: Expr, short: Stmt, long: Stmt) {
        let end = self.label();
        let short = self.unsplit(short);
        let mut stmts = match short {
            Stmt::Block(block) => block.stmts,
            other => vec![other],
        };
        stmts.push(self.jump(end));
        let cons = Box::new(build::block(stmts));
        self.emit(IfStmt { span, test: Box::new(test), cons, alt: None }.into());
        self.statement(long);
        self.place(end);
    }
}
