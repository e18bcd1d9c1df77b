//! Finds the variables of loops that functions capture, and how each function gets them. Functions
//! and loops are known by their number in the order in which a walk meets them.

use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignTarget, CatchClause, Class, ClassDecl, Constructor, Decl,
    DoWhileStmt, Expr, ForHead, ForInStmt, ForOfStmt, ForStmt, Function, Id, Ident, Pat, Program,
    SimpleAssignTarget, Stmt, SwitchStmt, UpdateExpr, VarDecl, VarDeclKind, VarDeclOrExpr,
    VarDeclarator, WhileStmt,
};
use swc_ecma_utils::{DestructuringFinder, find_pat_ids};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::ast::bound_names;

/// Counts functions and loops as every walk here must meet them: a function or loop gets its number
/// before its parts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counter {
    functions: u32,
    loops: u32,
}

impl Counter {
    pub fn function(&mut self) -> u32 {
        self.functions += 1;
        self.functions
    }

    pub fn next_loop(&mut self) -> u32 {
        self.loops += 1;
        self.loops
    }
}

/// A variable that is declared in a loop.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(super) struct Variable {
    /// The function and the loop that enclose its declaration.
    function: u32,
    pub in_loop: u32,
    /// Whether the head of a `for` loop declares it: its value passes from one iteration to the
    /// next.
    is_in_head: bool,
    /// Whether code after the declaration assigns to it. The update of its own `for` counts only if
    /// a function in the head captures it.
    changes: bool,
    changes_in_update: bool,
    is_captured_in_head: bool,
    /// Whether the walk has passed the declaration.
    is_declared: bool,
    is_captured_early: bool,
    captures: Vec<u32>,
}

/// The captured variables and objects that the functions of a program get.
#[derive(Default)]
pub(super) struct Plan {
    /// The variables that a function gets by value.
    pub values: FxHashMap<u32, Vec<Id>>,
    /// The loops whose objects a function gets.
    pub records: FxHashMap<u32, Vec<u32>>,
    /// The loop whose object holds a variable.
    pub kept: FxHashMap<Id, u32>,
    /// By loop, the variables in its object that a `for` head declares.
    pub heads: FxHashMap<u32, Vec<Id>>,
    /// The functions that get something, in ascending order.
    served: Vec<u32>,
    /// By function, the counter of the walk after it.
    ends: Vec<Counter>,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.served.is_empty()
    }

    /// Returns the counter after a function, if neither it nor a function in it gets anything.
    pub fn end_of_unserved(&self, function: u32) -> Option<Counter> {
        let end = self.ends[function as usize];
        let next = self.served.partition_point(|served| *served < function);
        self.served.get(next).is_none_or(|served| *served > end.functions).then_some(end)
    }
}

/// Returns the plan for a program.
pub(super) fn of(program: &Program) -> Plan {
    // The program is the first of the functions.
    let mut walk = CaptureWalk { ends: vec![Counter::default()], ..CaptureWalk::default() };
    program.visit_with(&mut walk);
    Plan { ends: walk.ends, ..plan(walk.known) }
}

/// Finds the variables that are declared in loops, and how they are used.
#[derive(Default)]
struct CaptureWalk {
    counter: Counter,
    /// Whether the enclosing function becomes a state machine, whose `catch` clauses have no
    /// variables.
    is_suspended: bool,
    /// The enclosing functions, outermost first; the program is not one of them.
    functions: Vec<u32>,
    /// The enclosing loops, outermost first, each with the number of functions that enclose it.
    loops: Vec<(u32, usize)>,
    /// The variables of the enclosing loops.
    variables: FxHashMap<Id, Variable>,
    /// The variables that functions capture, of the loops that the walk has left.
    known: Vec<(Id, Variable)>,
    /// The loops whose update, or whose test or update, the walk is in.
    updates: Vec<u32>,
    heads: Vec<u32>,
    /// By function, the counter of the walk after it.
    ends: Vec<Counter>,
}

/// Decides how the functions that capture variables get them.
fn plan(mut variables: Vec<(Id, Variable)>) -> Plan {
    let mut plan = Plan::default();
    // The order of a hash table is not the same on every machine.
    variables.sort_by(|(a, one), (b, other)| {
        (one.in_loop, &a.0, a.1.as_u32()).cmp(&(other.in_loop, &b.0, b.1.as_u32()))
    });
    for (name, variable) in variables {
        let changes_in_head = variable.changes_in_update && variable.is_captured_in_head;
        let is_value = !(variable.changes || variable.is_captured_early || changes_in_head);
        for function in variable.captures {
            if is_value {
                plan.values.entry(function).or_default().push(name.clone());
            } else {
                let records = plan.records.entry(function).or_default();
                if !records.contains(&variable.in_loop) {
                    records.push(variable.in_loop);
                }
            }
        }
        if !is_value {
            if variable.is_in_head {
                plan.heads.entry(variable.in_loop).or_default().push(name.clone());
            }
            plan.kept.insert(name, variable.in_loop);
        }
    }
    plan.served = plan.values.keys().chain(plan.records.keys()).copied().collect();
    plan.served.sort_unstable();
    plan
}

impl CaptureWalk {
    /// Declares what statements declare for their block, if a loop of the current function encloses
    /// it.
    fn declare_block(&mut self, statements: &[Stmt]) {
        if !self.is_in_loop() {
            return;
        }
        for statement in statements {
            match statement {
                Stmt::Decl(Decl::Var(declaration)) => self.declare(declaration, false),
                Stmt::Decl(Decl::Class(class)) => self.declare_name(&class.ident, false),
                _ => {}
            }
        }
    }

    fn declare(&mut self, declaration: &VarDecl, is_in_head: bool) {
        if declaration.kind != VarDeclKind::Var {
            for variable in &declaration.decls {
                bound_names(&variable.name, &mut |name| self.declare_name(name, is_in_head));
            }
        }
    }

    fn declare_name(&mut self, name: &Ident, is_in_head: bool) {
        let Some((in_loop, _)) = self.loops.last() else { return };
        let variable = Variable {
            function: self.functions.last().copied().unwrap_or_default(),
            in_loop: *in_loop,
            is_in_head,
            changes: false,
            changes_in_update: false,
            is_captured_in_head: false,
            is_declared: false,
            is_captured_early: false,
            captures: Vec::new(),
        };
        self.variables.insert(name.to_id(), variable);
    }

    /// Whether a loop of the current function encloses the current place.
    fn is_in_loop(&self) -> bool {
        self.loops.last().is_some_and(|(_, functions)| *functions == self.functions.len())
    }

    fn in_loop(&mut self, visit: impl FnOnce(&mut Self, u32)) {
        let own = self.counter.next_loop();
        self.loops.push((own, self.functions.len()));
        visit(self, own);
        self.loops.pop();
        if self.loops.is_empty() {
            let left = self.variables.drain();
            self.known.extend(left.filter(|(_, variable)| !variable.captures.is_empty()));
        }
    }

    fn function(&mut self, is_suspended: bool, visit: impl FnOnce(&mut Self)) {
        let own = self.counter.function();
        let outer = std::mem::replace(&mut self.is_suspended, is_suspended);
        self.functions.push(own);
        self.ends.push(Counter::default());
        visit(self);
        self.is_suspended = outer;
        self.ends[own as usize] = self.counter;
        self.functions.pop();
    }

    fn note_use(&mut self, name: &Ident) {
        // Functions outside of loops capture nothing.
        let is_captured = |(_, functions): &(u32, usize)| self.functions.len() > *functions;
        if self.variables.is_empty() || !self.loops.first().is_some_and(is_captured) {
            return;
        }
        let Some(variable) = self.variables.get_mut(&name.to_id()) else { return };
        let inside = match variable.function {
            0 => Some(0),
            owner => self.functions.iter().position(|it| *it == owner).map(|owner| owner + 1),
        };
        // The outermost function inside the owner.
        let Some(capturing) = inside.and_then(|inside| self.functions.get(inside)) else {
            return;
        };
        if !variable.captures.contains(capturing) {
            variable.captures.push(*capturing);
        }
        variable.is_captured_early |= !variable.is_declared;
        variable.is_captured_in_head |= self.heads.contains(&variable.in_loop);
    }

    /// Notes that something is assigned to a name.
    fn note_assignment(&mut self, name: &Ident) {
        let function = self.functions.last().copied().unwrap_or_default();
        if self.variables.is_empty() {
            return;
        }
        if let Some(variable) = self.variables.get_mut(&name.to_id()) {
            if variable.is_in_head
                && function == variable.function
                && self.updates.contains(&variable.in_loop)
            {
                variable.changes_in_update = true;
            } else {
                variable.changes = true;
            }
        }
    }

    fn note_assignments(&mut self, pattern: &impl VisitWith<DestructuringFinder<Ident>>) {
        if !self.variables.is_empty() {
            for name in &find_pat_ids::<_, Ident>(pattern) {
                self.note_assignment(name);
            }
        }
    }

    /// Notes that the names of a pattern have their values from here on.
    fn note_declared(&mut self, pattern: &Pat) {
        if self.variables.is_empty() {
            return;
        }
        bound_names(pattern, &mut |name| {
            if let Some(variable) = self.variables.get_mut(&name.to_id()) {
                variable.is_declared = true;
            }
        });
    }

    /// Walks a loop over a value.
    fn loop_over(&mut self, head: &ForHead, right: &Expr, body: &Stmt) {
        right.visit_with(self);
        self.in_loop(|walk, _| {
            match head {
                ForHead::VarDecl(declaration) => walk.declare(declaration, false),
                ForHead::Pat(pattern) => walk.note_assignments(pattern),
                ForHead::UsingDecl(_) => {}
            }
            head.visit_with(walk);
            if let ForHead::VarDecl(declaration) = head {
                declaration.decls.iter().for_each(|variable| walk.note_declared(&variable.name));
            }
            body.visit_with(walk);
        });
    }
}

impl Visit for CaptureWalk {
    noop_visit_type!();

    fn visit_function(&mut self, function: &Function) {
        let is_suspended = function.is_async || function.is_generator;
        self.function(is_suspended, |walk| function.visit_children_with(walk));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.function(false, |walk| constructor.visit_children_with(walk));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.function(arrow.is_async, |walk| arrow.visit_children_with(walk));
    }

    fn visit_class(&mut self, class: &Class) {
        self.function(false, |walk| class.visit_children_with(walk));
    }

    fn visit_ident(&mut self, name: &Ident) {
        self.note_use(name);
    }

    fn visit_var_declarator(&mut self, variable: &VarDeclarator) {
        variable.visit_children_with(self);
        self.note_declared(&variable.name);
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        // A name alone stays where the clause stays.
        if let Some(pattern) = &clause.param
            && self.is_in_loop()
            && (self.is_suspended || !pattern.is_ident())
        {
            bound_names(pattern, &mut |name| self.declare_name(name, false));
        }
        clause.param.visit_with(self);
        if let Some(pattern) = &clause.param {
            self.note_declared(pattern);
        }
        clause.body.visit_with(self);
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        class.visit_children_with(self);
        if let Some(variable) = self.variables.get_mut(&class.ident.to_id()) {
            variable.is_declared = true;
        }
    }

    fn visit_stmts(&mut self, statements: &[Stmt]) {
        self.declare_block(statements);
        statements.visit_children_with(self);
    }

    fn visit_switch_stmt(&mut self, switch: &SwitchStmt) {
        // All cases share one block.
        switch.cases.iter().for_each(|case| self.declare_block(&case.cons));
        switch.discriminant.visit_with(self);
        for case in &switch.cases {
            case.test.visit_with(self);
            case.cons.iter().for_each(|statement| statement.visit_with(self));
        }
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Ident(name)) => self.note_assignment(&name.id),
            AssignTarget::Simple(SimpleAssignTarget::Paren(inner)) => {
                inner
                    .expr
                    .unwrap_parens()
                    .as_ident()
                    .into_iter()
                    .for_each(|it| self.note_assignment(it));
            }
            target => self.note_assignments(target),
        }
        assign.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        if let Expr::Ident(name) = update.arg.unwrap_parens() {
            self.note_assignment(name);
        }
        update.visit_children_with(self);
    }

    fn visit_for_stmt(&mut self, head: &ForStmt) {
        self.in_loop(|walk, own| {
            if let Some(VarDeclOrExpr::VarDecl(declaration)) = &head.init {
                walk.declare(declaration, true);
            }
            head.init.visit_with(walk);
            walk.heads.push(own);
            head.test.visit_with(walk);
            walk.updates.push(own);
            head.update.visit_with(walk);
            walk.updates.pop();
            walk.heads.pop();
            head.body.visit_with(walk);
        });
    }

    fn visit_for_in_stmt(&mut self, head: &ForInStmt) {
        self.loop_over(&head.left, &head.right, &head.body);
    }

    fn visit_for_of_stmt(&mut self, head: &ForOfStmt) {
        self.loop_over(&head.left, &head.right, &head.body);
    }

    fn visit_while_stmt(&mut self, statement: &WhileStmt) {
        self.in_loop(|walk, _| statement.visit_children_with(walk));
    }

    fn visit_do_while_stmt(&mut self, statement: &DoWhileStmt) {
        self.in_loop(|walk, _| statement.visit_children_with(walk));
    }
}
