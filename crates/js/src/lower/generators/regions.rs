//! `try` statements with `yield`, and the jumps that leave them.
//!
//! The state's `h` is the label that errors go to; it is set where a region begins and ends. After
//! a `finally` block, the code continues at the label in a variable. Everything that enters the
//! block sets it: to the end of the statement, the target of a jump, a label that throws the error
//! again, or one that returns. See docs/design/generators.md.

use swc_common::Span;
use swc_ecma_ast::{BlockStmt, CatchClause, Expr, Function, Ident, Pat, Stmt, ThrowStmt, TryStmt};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    super::build,
    machine::Machine,
    model::{Exit, Finally, Label, Region},
};

impl Machine<'_> {
    /// Returns the label that errors go to inside this many regions.
    fn handler(&self, regions: usize) -> Option<Label> {
        self.regions[..regions].last().map(|region| region.handler)
    }

    fn innermost_finally(&self) -> Option<usize> {
        self.regions.iter().rposition(|region| region.finally.is_some())
    }

    /// Returns where the helper has to go if `return` is called at a `yield` here.
    pub fn on_return(&mut self) -> Option<Label> {
        let index = self.innermost_finally()?;
        let new = self.label();
        let finally = self.regions[index].finally.as_mut()?;
        Some(*finally.on_return.get_or_insert(new))
    }

    /// Makes the statements that go to a label inside fewer regions.
    pub fn leave(&mut self, label: Label, regions: usize) -> Stmt {
        let Some(index) = self.innermost_finally().filter(|index| *index >= regions) else {
            let mut stmts = Vec::new();
            if self.handler(self.regions.len()) != self.handler(regions) {
                let handler = self.handler(regions);
                stmts.push(self.set_handler(handler));
            }
            stmts.push(self.jump(label));
            return build::block(stmts);
        };
        let has_outer = self.regions[regions..index].iter().any(|each| each.finally.is_some());
        let is_direct = !has_outer && self.handler(index) == self.handler(regions);
        let next = if is_direct { label } else { self.exit(index, Exit::Jump(label, regions)) };
        let stmts = self.enter(index, next);
        build::block(stmts)
    }

    /// As `leave`, for a place in a `try` that is kept. Its `finally` block runs before the jump
    /// arrives, and its errors still go to the handler here.
    pub fn leave_late(&mut self, label: Label, regions: usize) -> Stmt {
        let is_in_finally = self.innermost_finally().is_some_and(|index| index >= regions);
        let handler = self.handler(regions);
        if is_in_finally || handler == self.handler(self.regions.len()) {
            return self.leave(label, regions);
        }
        let late = self.label();
        self.late_jumps.push((late, handler, label));
        self.jump(late)
    }

    /// Makes the statements that return a value.
    pub fn leave_function(&mut self, span: Span, value: Option<Expr>) -> Stmt {
        let Some(index) = self.innermost_finally() else { return Self::finished(span, value) };
        let next = self.exit(index, Exit::Return);
        let variable = self.value_variable(index);
        let mut stmts = Vec::new();
        let value = value.unwrap_or_else(build::undefined);
        if value.as_ident().is_none_or(|name| name.to_id() != variable.to_id()) {
            let mut kept = build::statement(build::assign(variable, value));
            if let Stmt::Expr(kept) = &mut kept {
                kept.span = span;
            }
            stmts.push(kept);
        }
        stmts.extend(self.enter(index, next));
        build::block(stmts)
    }

    fn value_variable(&mut self, index: usize) -> Ident {
        let finally = self.regions[index].finally.as_ref().expect("the region has one");
        let value = finally.value.clone();
        self.names.reads_value |= value.ctxt == self.names.value.ctxt;
        value
    }

    /// Returns the label of an exit of a `finally` block.
    fn exit(&mut self, index: usize, exit: Exit) -> Label {
        let new = self.label();
        let finally = self.regions[index].finally.as_mut().expect("the region has one");
        if let Some((label, _)) = finally.exits.iter().find(|(_, known)| *known == exit) {
            return *label;
        }
        finally.exits.push((new, exit));
        new
    }

    /// Makes the statements that enter a `finally` block and then continue at a label.
    fn enter(&self, index: usize, next: Label) -> Vec<Stmt> {
        let finally = self.regions[index].finally.as_ref().expect("the region has one");
        let set = build::assign(finally.next.clone(), self.value_of(next));
        vec![build::statement(set), self.jump(finally.entry)]
    }

    pub fn try_statement(&mut self, statement: TryStmt) {
        let TryStmt { block, handler, finalizer, .. } = statement;
        let end = self.label();
        if let Some(finalizer) = &finalizer {
            let region = self.finally_region(self.kind.waits_in(finalizer));
            self.regions.push(region);
        }
        let outer = self.regions.len();
        let done = self.label();
        if let Some(clause) = handler {
            let caught = self.label();
            self.regions.push(Region { handler: caught, finally: None });
            self.guarded(block.stmts);
            if self.is_reachable() {
                let jump = match &finalizer {
                    Some(_) => self.jump(done),
                    None => self.leave(end, outer),
                };
                self.emit(jump);
            }
            self.regions.pop();
            self.place(caught);
            self.restore();
            self.caught(clause);
        } else {
            self.guarded(block.stmts);
        }
        if let Some(finalizer) = finalizer {
            self.place(done);
            self.finalizer(finalizer.stmts, end);
        }
        self.place(end);
    }

    fn finally_region(&mut self, is_suspended: bool) -> Region {
        let entry = self.label();
        let next = self.temporary();
        // The value that resumed the machine is still there after a block that does not suspend it.
        let value = if is_suspended { self.temporary() } else { self.names.value.clone() };
        let finally = Finally { entry, next, value, on_return: None, exits: Vec::new() };
        Region { handler: self.label(), finally: Some(finally) }
    }

    /// Emits the block of the innermost region.
    fn guarded(&mut self, statements: Vec<Stmt>) {
        self.restore();
        self.statements(statements);
    }

    /// Sends errors to the innermost region.
    fn restore(&mut self) {
        let handler = self.handler(self.regions.len());
        let set = self.set_handler(handler);
        self.emit(set);
    }

    /// Emits a `catch` block. Its parameter is a variable of the enclosing function, but functions
    /// that mention it need one for each error.
    fn caught(&mut self, clause: CatchClause) {
        let Some(Pat::Ident(name)) = &clause.param else {
            return self.statements(clause.body.stmts);
        };
        let error = self.received();
        if !self.kind.waits_in(&clause.body) && is_captured(name, &clause.body) {
            let (span, arg) = (build::NOWHERE, Box::new(error.into()));
            let throws = ThrowStmt { span, arg }.into();
            let block = BlockStmt { stmts: vec![throws], ..BlockStmt::default() };
            let again = TryStmt { span, block, handler: Some(clause), finalizer: None };
            return self.statement(again.into());
        }
        self.declare(name.id.clone());
        self.emit_expr(build::assign(name.id.clone(), error.into()));
        self.statements(clause.body.stmts);
    }

    /// Emits a `finally` block, into which the code before it falls, and the code that follows it.
    fn finalizer(&mut self, statements: Vec<Stmt>, end: Label) {
        let index = self.regions.len() - 1;
        let value = self.value_variable(index);
        let region = self.regions.pop().expect("the region of the block");
        let Some(finally) = region.finally else { return };
        let set = |machine: &Machine<'_>, next: Label| {
            build::statement(build::assign(finally.next.clone(), machine.value_of(next)))
        };
        let first = set(self, end);
        self.emit(first);
        self.place(finally.entry);
        self.restore();
        self.statements(statements);
        let go_on = self.jump_to(finally.next.clone().into());
        self.emit(go_on);

        let thrown = self.label();
        let mut exits = finally.exits;
        let mut returned = None;
        if finally.on_return.is_some() {
            let known = exits.iter().find(|(_, exit)| *exit == Exit::Return).map(|(at, _)| *at);
            returned = Some(known.unwrap_or_else(|| {
                let new = self.label();
                exits.push((new, Exit::Return));
                new
            }));
        }
        for (place, next) in [(Some(region.handler), Some(thrown)), (finally.on_return, returned)] {
            let (Some(place), Some(next)) = (place, next) else { continue };
            self.place(place);
            if value.ctxt != self.names.value.ctxt {
                let received = self.received().into();
                self.emit_expr(build::assign(value.clone(), received));
            }
            let chosen = set(self, next);
            self.emit(chosen);
            let jump = self.jump(finally.entry);
            self.emit(jump);
        }
        self.place(thrown);
        let arg = Box::new(value.clone().into());
        self.emit(ThrowStmt { span: build::NOWHERE, arg }.into());
        for (label, exit) in exits {
            self.place(label);
            let left = match exit {
                Exit::Return => self.leave_function(build::NOWHERE, Some(value.clone().into())),
                Exit::Jump(target, regions) => self.leave(target, regions),
            };
            self.emit(left);
        }
    }
}

/// Whether a function in a block mentions a name.
fn is_captured(name: &Ident, block: &BlockStmt) -> bool {
    let mut mentions = Mentions { name, in_function: false, found: false };
    block.visit_with(&mut mentions);
    mentions.found
}

struct Mentions<'n> {
    name: &'n Ident,
    in_function: bool,
    found: bool,
}

impl Visit for Mentions<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.found |= self.in_function && name.ctxt == self.name.ctxt && name.sym == self.name.sym;
    }

    fn visit_function(&mut self, function: &Function) {
        let outer = std::mem::replace(&mut self.in_function, true);
        function.visit_children_with(self);
        self.in_function = outer;
    }
}
