//! Finds the variables of loops that functions capture, and how each function gets them. Functions
//! and loops are known by their number in the order in which a walk meets them.

use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignTarget, CatchClause, Class, ClassDecl, Constructor, DoWhileStmt,
    Expr, ForHead, ForInStmt, ForOfStmt, ForStmt, Function, Id, Ident, Pat, SimpleAssignTarget,
    UpdateExpr, VarDecl, VarDeclKind, VarDeclOrExpr, VarDeclarator, WhileStmt,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

/// Counts functions and loops as every walk here must meet them: a function or loop gets its number
/// before its parts.
#[derive(Clone, Copy, Default)]
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
    /// The function and the loop around its declaration.
    function: u32,
    pub in_loop: u32,
    /// Whether the head of a `for` loop declares it: it goes from one iteration to the next.
    is_in_head: bool,
    /// Whether code behind the declaration assigns to it. The update of its own `for` counts only
    /// if a function in the head captures it.
    changes: bool,
    changes_in_update: bool,
    is_captured_in_head: bool,
    /// Whether the walk is behind the declaration.
    is_declared: bool,
    is_captured_early: bool,
    captures: Vec<u32>,
}

/// What the functions of a program get.
#[derive(Default)]
pub(super) struct Plan {
    /// The variables that a function gets by value.
    pub values: FxHashMap<u32, Vec<Id>>,
    /// The loops whose objects a function gets.
    pub records: FxHashMap<u32, Vec<u32>>,
    /// The loop whose object holds a variable.
    pub kept: FxHashMap<Id, u32>,
    /// Those of its variables that a `for` head declares.
    pub heads: FxHashMap<u32, Vec<Id>>,
}

impl Plan {
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.records.is_empty()
    }
}

/// Where a walk is.
#[derive(Default)]
struct Place {
    counter: Counter,
    function: u32,
    /// The loops around in the current function.
    loops: Vec<u32>,
    /// Whether the function becomes a state machine, whose `catch` clauses have no variables.
    is_suspended: bool,
}

/// Collects the variables that are declared in loops.
#[derive(Default)]
pub(super) struct Declared {
    place: Place,
    pub variables: FxHashMap<Id, Variable>,
}

impl Declared {
    fn declare(&mut self, name: Id, is_in_head: bool) {
        if let Some(in_loop) = self.place.loops.last() {
            let variable = Variable {
                function: self.place.function,
                in_loop: *in_loop,
                is_in_head,
                changes: false,
                changes_in_update: false,
                is_captured_in_head: false,
                is_declared: false,
                is_captured_early: false,
                captures: Vec::new(),
            };
            self.variables.insert(name, variable);
        }
    }

    fn function(&mut self, is_suspended: bool, visit: impl FnOnce(&mut Self)) {
        let own = self.place.counter.function();
        let counter = self.place.counter;
        let inside = Place { counter, function: own, loops: Vec::new(), is_suspended };
        let outer = std::mem::replace(&mut self.place, inside);
        visit(self);
        let counter = self.place.counter;
        self.place = Place { counter, ..outer };
    }

    fn in_loop(&mut self, visit: impl FnOnce(&mut Self)) {
        let own = self.place.counter.next_loop();
        self.place.loops.push(own);
        visit(self);
        self.place.loops.pop();
    }
}

impl Visit for Declared {
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

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        self.declare(class.ident.to_id(), false);
        class.visit_children_with(self);
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        // A name alone stays where the clause stays.
        if let Some(pattern) = &clause.param
            && (self.place.is_suspended || !pattern.is_ident())
        {
            for name in find_pat_ids::<_, Id>(pattern) {
                self.declare(name, false);
            }
        }
        clause.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind != VarDeclKind::Var {
            for name in find_pat_ids::<_, Id>(&declaration.decls) {
                self.declare(name, false);
            }
        }
        declaration.visit_children_with(self);
    }

    fn visit_for_stmt(&mut self, head: &ForStmt) {
        self.in_loop(|walk| {
            head.visit_children_with(walk);
            if let Some(VarDeclOrExpr::VarDecl(declaration)) = &head.init
                && declaration.kind != VarDeclKind::Var
            {
                for name in find_pat_ids::<_, Id>(&declaration.decls) {
                    walk.declare(name, true);
                }
            }
        });
    }

    fn visit_for_in_stmt(&mut self, head: &ForInStmt) {
        head.right.visit_with(self);
        self.in_loop(|walk| {
            head.left.visit_with(walk);
            head.body.visit_with(walk);
        });
    }

    fn visit_for_of_stmt(&mut self, head: &ForOfStmt) {
        head.right.visit_with(self);
        self.in_loop(|walk| {
            head.left.visit_with(walk);
            head.body.visit_with(walk);
        });
    }

    fn visit_while_stmt(&mut self, statement: &WhileStmt) {
        self.in_loop(|walk| statement.visit_children_with(walk));
    }

    fn visit_do_while_stmt(&mut self, statement: &DoWhileStmt) {
        self.in_loop(|walk| statement.visit_children_with(walk));
    }
}

/// Finds how such variables are used.
pub(super) struct Uses {
    counter: Counter,
    /// The functions around, outermost first.
    functions: Vec<u32>,
    variables: FxHashMap<Id, Variable>,
    /// The loops whose update, or whose test or update, the walk is in.
    updates: Vec<u32>,
    heads: Vec<u32>,
}

impl Uses {
    pub fn new(variables: FxHashMap<Id, Variable>) -> Self {
        Self {
            counter: Counter::default(),
            functions: vec![0],
            variables,
            updates: Vec::new(),
            heads: Vec::new(),
        }
    }

    pub fn into_plan(self) -> Plan {
        let mut plan = Plan::default();
        let mut variables: Vec<(Id, Variable)> = self.variables.into_iter().collect();
        variables.retain(|(_, variable)| !variable.captures.is_empty());
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
        plan
    }

    fn function(&mut self, visit: impl FnOnce(&mut Self)) {
        let own = self.counter.function();
        self.functions.push(own);
        visit(self);
        self.functions.pop();
    }

    fn used(&mut self, name: &Ident) {
        let Some(variable) = self.variables.get_mut(&name.to_id()) else { return };
        let owner = self.functions.iter().position(|function| *function == variable.function);
        // The outermost function inside the owner.
        let Some(capturing) = owner.and_then(|owner| self.functions.get(owner + 1)) else {
            return;
        };
        if !variable.captures.contains(capturing) {
            variable.captures.push(*capturing);
        }
        variable.is_captured_early |= !variable.is_declared;
        variable.is_captured_in_head |= self.heads.contains(&variable.in_loop);
    }

    fn assigned(&mut self, names: Vec<Id>) {
        for name in names {
            if let Some(variable) = self.variables.get_mut(&name) {
                if variable.is_in_head
                    && self.functions.last() == Some(&variable.function)
                    && self.updates.contains(&variable.in_loop)
                {
                    variable.changes_in_update = true;
                } else {
                    variable.changes = true;
                }
            }
        }
    }

    fn declared(&mut self, pattern: &Pat) {
        for name in find_pat_ids::<_, Id>(pattern) {
            if let Some(variable) = self.variables.get_mut(&name) {
                variable.is_declared = true;
            }
        }
    }

    fn head(&mut self, head: &ForHead) {
        head.visit_with(self);
        if let ForHead::VarDecl(declaration) = head {
            for variable in &declaration.decls {
                self.declared(&variable.name);
            }
        }
    }
}

impl Visit for Uses {
    noop_visit_type!();

    fn visit_function(&mut self, function: &Function) {
        self.function(|walk| function.visit_children_with(walk));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.function(|walk| constructor.visit_children_with(walk));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.function(|walk| arrow.visit_children_with(walk));
    }

    fn visit_class(&mut self, class: &Class) {
        self.function(|walk| class.visit_children_with(walk));
    }

    fn visit_ident(&mut self, name: &Ident) {
        self.used(name);
    }

    fn visit_var_declarator(&mut self, variable: &VarDeclarator) {
        variable.visit_children_with(self);
        self.declared(&variable.name);
    }

    fn visit_catch_clause(&mut self, clause: &CatchClause) {
        clause.param.visit_with(self);
        if let Some(pattern) = &clause.param {
            self.declared(pattern);
        }
        clause.body.visit_with(self);
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        class.visit_children_with(self);
        if let Some(variable) = self.variables.get_mut(&class.ident.to_id()) {
            variable.is_declared = true;
        }
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        self.assigned(match &assign.left {
            AssignTarget::Simple(SimpleAssignTarget::Paren(inner)) => {
                inner.expr.unwrap_parens().as_ident().map(Ident::to_id).into_iter().collect()
            }
            target => find_pat_ids(target),
        });
        assign.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        if let Expr::Ident(name) = update.arg.unwrap_parens() {
            self.assigned(vec![name.to_id()]);
        }
        update.visit_children_with(self);
    }

    fn visit_for_stmt(&mut self, head: &ForStmt) {
        let own = self.counter.next_loop();
        head.init.visit_with(self);
        self.heads.push(own);
        head.test.visit_with(self);
        self.updates.push(own);
        head.update.visit_with(self);
        self.updates.pop();
        self.heads.pop();
        head.body.visit_with(self);
    }

    fn visit_for_in_stmt(&mut self, head: &ForInStmt) {
        head.right.visit_with(self);
        self.counter.next_loop();
        if let ForHead::Pat(pattern) = &head.left {
            self.assigned(find_pat_ids(pattern));
        }
        self.head(&head.left);
        head.body.visit_with(self);
    }

    fn visit_for_of_stmt(&mut self, head: &ForOfStmt) {
        head.right.visit_with(self);
        self.counter.next_loop();
        if let ForHead::Pat(pattern) = &head.left {
            self.assigned(find_pat_ids(pattern));
        }
        self.head(&head.left);
        head.body.visit_with(self);
    }

    fn visit_while_stmt(&mut self, statement: &WhileStmt) {
        self.counter.next_loop();
        statement.visit_children_with(self);
    }

    fn visit_do_while_stmt(&mut self, statement: &DoWhileStmt) {
        self.counter.next_loop();
        statement.visit_children_with(self);
    }
}
