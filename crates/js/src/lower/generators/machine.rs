//! The state machine of one function: blocks of statements, each with the labels that lead to it.
//! The function of the machine gets the label to continue at and the value that resumes it, runs
//! until the next `yield`, and returns what its helper has to do: `[label, value]`. A finished one
//! returns `[0, value]`, or nothing.
//!
//! While a machine is made, a label is an identifier with a context of its own (`Machine::mark`),
//! and a jump is a `break` with such an identifier. `finish` numbers the labels.

use swc_common::Span;
use swc_ecma_ast::{BreakStmt, Expr, Ident, Lit, ReturnStmt, Stmt, WithStmt};
use swc_ecma_utils::private_ident;

use super::{
    super::{build, receivers},
    constants::Constants,
    finish,
    model::{Block, Kind, Label, MachineNames, Region, is_terminal},
};
use crate::scopes;

/// An enclosing statement that `break` or `continue` may leave.
pub(super) struct Target {
    pub names: Vec<Ident>,
    pub end: Label,
    /// Where `continue` goes, if it is a loop.
    pub next: Option<Label>,
    /// Whether `break` without a label leaves it.
    pub is_breakable: bool,
    /// How many regions enclose it.
    pub regions: usize,
}

/// Variables that nothing is assigned to while the body runs: those of the program, and those that
/// hold `this` and `arguments`.
type Fixed<'c> = (&'c Constants<'c>, Vec<Ident>);

pub(super) struct Machine<'c> {
    pub kind: Kind,
    pub names: MachineNames,
    pub targets: Vec<Target>,
    pub regions: Vec<Region>,
    /// Places after the body that set the handler of errors and then jump.
    pub late_jumps: Vec<(Label, Option<Label>, Label)>,
    blocks: Vec<Block>,
    /// Distinguishes labels from names.
    mark: Ident,
    labels: u32,
    /// Variables for intermediate values; those from `in_use` on are free.
    temporaries: Vec<Ident>,
    in_use: usize,
    constants: Fixed<'c>,
    /// Variables of the program that the enclosing function has to declare.
    variables: Vec<Ident>,
}

impl<'c> Machine<'c> {
    /// Makes the call that runs a body. Returns it with the variables that it needs. `name`: the
    /// name of the function.
    pub fn run(
        kind: Kind,
        name: Option<Ident>,
        body: Vec<Stmt>,
        constants: Fixed<'c>,
    ) -> (Expr, Vec<Ident>) {
        let mut machine = Self::new(kind, constants);
        machine.statements(body);
        machine.emit_late_jumps();
        let function =
            finish::function(machine.blocks, &machine.names, &machine.mark, machine.labels);
        let helper = match (kind, machine.names.has_handlers) {
            (Kind::Generator, _) if machine.names.delegates => "delegating_generator",
            (Kind::Generator, true) => "guarded_generator",
            (Kind::Generator, false) => "generator",
            (Kind::Async, true) => "guarded_async_function",
            (Kind::Async, false) => "async_function",
            (Kind::AsyncGenerator, _) => "async_generator",
        };
        let mut variables = machine.variables;
        variables.append(&mut machine.temporaries);
        let prototype = name.and_then(|name| kind.prototype(name));
        let args = std::iter::once(function).chain(prototype).collect();
        (build::helper(helper, args), variables)
    }

    fn new(kind: Kind, constants: Fixed<'c>) -> Self {
        let names = MachineNames {
            label: private_ident!("_label"),
            value: private_ident!("_sent"),
            reads_value: false,
            state: private_ident!("_state"),
            has_handlers: false,
            delegates: false,
            scopes: Vec::new(),
        };
        Self {
            kind,
            names,
            targets: Vec::new(),
            regions: Vec::new(),
            late_jumps: Vec::new(),
            blocks: vec![Block::default()],
            mark: private_ident!("_mark"),
            labels: 0,
            temporaries: Vec::new(),
            in_use: 0,
            constants,
            variables: Vec::new(),
        }
    }

    /// Makes a label. `place` later sets where it is.
    pub fn label(&mut self) -> Label {
        self.labels += 1;
        Label(self.labels)
    }

    /// Places a label at the end of what was emitted.
    pub fn place(&mut self, label: Label) {
        match self.blocks.last_mut() {
            Some(last) if last.stmts.is_empty() && !last.labels.is_empty() => {
                last.labels.push(label);
            }
            _ => self.blocks.push(Block { labels: vec![label], stmts: Vec::new() }),
        }
    }

    /// Emits a statement, unless nothing leads to it.
    pub fn emit(&mut self, statement: Stmt) {
        if self.is_reachable() {
            let statement = self.in_scopes(statement);
            let last = self.blocks.last_mut().expect("a machine has a block");
            match statement {
                Stmt::Block(block) if block.span.is_dummy() => last.stmts.extend(block.stmts),
                Stmt::Empty(_) => {}
                statement => last.stmts.push(statement),
            }
        }
    }

    /// Puts a statement into its enclosing `with` statements. Jumps need none.
    fn in_scopes(&self, statement: Stmt) -> Stmt {
        if matches!(statement, Stmt::Break(_) | Stmt::Empty(_)) {
            return statement;
        }
        self.names.scopes.iter().rev().fold(statement, |body, scope| {
            let obj = Box::new(scope.clone().into());
            WithStmt { span: build::NOWHERE, obj, body: Box::new(body) }.into()
        })
    }

    pub fn emit_expr(&mut self, expr: Expr) {
        self.emit(build::statement(expr));
    }

    /// Whether code after the emitted code can run.
    pub fn is_reachable(&self) -> bool {
        let last = self.blocks.last().and_then(|block| block.stmts.last());
        !last.is_some_and(is_terminal)
    }

    /// Turns a label into a value.
    pub fn value_of(&self, label: Label) -> Expr {
        self.named(label).into()
    }

    /// Makes a jump that leaves no region.
    pub fn jump(&self, label: Label) -> Stmt {
        BreakStmt { span: build::NOWHERE, label: Some(self.named(label)) }.into()
    }

    /// Makes a jump to a label that is a value.
    pub fn jump_to(&self, label: Expr) -> Stmt {
        let jump = BreakStmt { span: build::NOWHERE, label: Some(self.named(Label(0))) };
        let set = build::assign(self.names.label.clone(), label);
        build::block(vec![build::statement(set), jump.into()])
    }

    fn named(&self, label: Label) -> Ident {
        Ident::new(label.0.to_string().into(), build::NOWHERE, self.mark.ctxt)
    }

    /// Returns the name of the value that resumed the machine.
    pub fn received(&mut self) -> Ident {
        self.names.reads_value = true;
        self.names.value.clone()
    }

    /// Sets where errors go from here on.
    pub fn set_handler(&mut self, handler: Option<Label>) -> Stmt {
        self.names.has_handlers = true;
        let value = handler.map_or_else(|| 0.into(), |label| self.value_of(label));
        let target = build::member(self.names.state.clone().into(), "h").expect_member();
        build::statement(build::assign(target, value))
    }

    fn emit_late_jumps(&mut self) {
        let late_jumps = std::mem::take(&mut self.late_jumps);
        if !late_jumps.is_empty() {
            self.emit(ReturnStmt::default().into());
        }
        for (place, handler, target) in late_jumps {
            self.place(place);
            let set = self.set_handler(handler);
            self.emit(set);
            let jump = self.jump(target);
            self.emit(jump);
        }
    }

    /// Takes a temporary variable; it is free again after the statement that is being lowered.
    pub fn temporary(&mut self) -> Ident {
        if self.in_use == self.temporaries.len() {
            self.temporaries.push(private_ident!("_value"));
        }
        self.in_use += 1;
        self.temporaries[self.in_use - 1].clone()
    }

    /// Whether a variable keeps its value while the machine waits.
    pub fn is_constant(&self, name: &Ident) -> bool {
        let is_name = |each: &Ident| each.ctxt == name.ctxt && each.sym == name.sym;
        let (constants, receivers) = &self.constants;
        name.ctxt == scopes::helpers()
            || self.temporaries.iter().any(is_name)
            || receivers.iter().any(is_name)
            || constants.contains(name)
    }

    /// Returns `this` of a call of a member of `object`.
    pub fn this_of(&self, object: Expr) -> Expr {
        receivers::this_of(object, self.constants.0.table())
    }

    /// Runs a part of lowering, and frees the temporary variables that it took.
    pub fn with_temporaries<T>(&mut self, run: impl FnOnce(&mut Self) -> T) -> T {
        let in_use = self.in_use;
        let result = run(self);
        self.in_use = in_use;
        result
    }

    /// Makes the enclosing function declare a variable.
    pub fn declare(&mut self, name: Ident) {
        self.variables.push(name);
    }

    /// Emits `return [label, value, …]`, and places the label.
    pub fn suspend(&mut self, span: Span, value: Vec<Expr>) {
        let next = self.label();
        let instruction = std::iter::once(self.value_of(next)).chain(value).collect();
        let arg = Some(Box::new(build::array(build::NOWHERE, instruction)));
        self.emit(ReturnStmt { span, arg }.into());
        self.place(next);
    }

    /// Makes `return [0, value]`, or `return` without a value.
    pub fn finished(span: Span, value: Option<Expr>) -> Stmt {
        let instruction = |value| Box::new(build::array(build::NOWHERE, vec![0.into(), value]));
        ReturnStmt { span, arg: value.filter(|value| !is_undefined(value)).map(instruction) }.into()
    }
}

/// Whether a value is `void 0`.
fn is_undefined(value: &Expr) -> bool {
    value.as_unary().is_some_and(|unary| {
        unary.op == swc_ecma_ast::UnaryOp::Void && matches!(&*unary.arg, Expr::Lit(Lit::Num(_)))
    })
}
