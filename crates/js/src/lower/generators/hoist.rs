//! The body of a state machine runs in parts, each a call of its function. So its variables and
//! functions are declared in the enclosing function, and its `this` and `arguments` are kept there.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    Decl, Expr, ForHead, ForInStmt, ForStmt, Function, Id, Ident, Param, Stmt, ThisExpr, VarDecl,
    VarDeclOrExpr,
};
use swc_ecma_utils::{find_pat_ids, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{super::build, for_await, model::Outer};

/// Moves declarations out of a body. It does not walk inner functions.
pub(super) struct Hoist {
    outer: Outer,
    functions: Vec<Stmt>,
    /// The names that are declared: variables and parameters.
    declared: FxHashSet<Id>,
}

impl Hoist {
    pub fn new(outer: Outer, parameters: &[Param]) -> Self {
        let declared = parameters.iter().flat_map(find_pat_ids::<_, Id>).collect();
        Self { outer, functions: Vec::new(), declared }
    }

    /// Returns the variables that hold `this` and `arguments`.
    pub fn receivers(&self) -> Vec<Ident> {
        self.outer.this.iter().chain(&self.outer.arguments).cloned().collect()
    }

    /// Declares everything in the enclosing function.
    pub fn declare(mut self, variables: Vec<Ident>, statements: &mut Vec<Stmt>) {
        let this = self
            .outer
            .this
            .take()
            .map(|name| build::declarator(name, ThisExpr { span: build::NOWHERE }.into()));
        let list = self.outer.arguments.take();
        let list = list.map(|name| build::declarator(name, build::arguments()));
        let receivers = this.into_iter().chain(list);
        let names = self.outer.variables.into_iter().chain(variables);
        let variables: Vec<_> = receivers.chain(names.map(build::declared)).collect();
        if !variables.is_empty() {
            statements.push(build::var(variables));
        }
        statements.append(&mut self.functions);
    }

    /// Turns a declaration into assignments.
    fn assignments(&mut self, declaration: VarDecl) -> Vec<Expr> {
        let mut assignments = Vec::new();
        for variable in declaration.decls {
            let name = variable.name.expect_ident().id;
            self.variable(&name);
            if let Some(value) = variable.init {
                assignments.push(build::assign_at(variable.span, name, *value));
            }
        }
        assignments
    }

    fn variable(&mut self, name: &Ident) {
        if self.declared.insert(name.to_id()) {
            self.outer.variables.push(name.clone());
        }
    }
}

impl VisitMut for Hoist {
    noop_visit_mut_type!();

    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        let (kept, name) = match expr {
            Expr::This(_) => (&mut self.outer.this, "_this"),
            Expr::Ident(name) if build::is_arguments(name) => {
                (&mut self.outer.arguments, "_arguments")
            }
            _ => return expr.visit_mut_children_with(self),
        };
        *expr = kept.get_or_insert_with(|| private_ident!(name)).clone().into();
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        for_await::lower(statement, &mut self.outer.variables);
        statement.visit_mut_children_with(self);
        match statement {
            Stmt::Decl(Decl::Var(declaration)) => {
                let assignments = self.assignments(std::mem::take(declaration));
                let stmts = assignments.into_iter().map(build::statement);
                *statement = build::block(stmts.collect());
            }
            Stmt::Decl(Decl::Fn(_)) => {
                let function = std::mem::replace(statement, build::block(Vec::new()));
                self.functions.push(function);
            }
            _ => {}
        }
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements.visit_mut_children_with(self);
        build::flatten(statements);
    }

    fn visit_mut_for_stmt(&mut self, head: &mut ForStmt) {
        head.visit_mut_children_with(self);
        if let Some(VarDeclOrExpr::VarDecl(declaration)) = &mut head.init {
            let assignments = self.assignments(std::mem::take(declaration));
            let assignments: Vec<_> = assignments.into_iter().map(Box::new).collect();
            let expr = (!assignments.is_empty()).then(|| Box::new(build::sequence(assignments)));
            head.init = expr.map(VarDeclOrExpr::Expr);
        }
    }

    fn visit_mut_for_in_stmt(&mut self, head: &mut ForInStmt) {
        head.visit_mut_children_with(self);
        if let ForHead::VarDecl(declaration) = &mut head.left {
            let name = declaration.decls.remove(0).name.expect_ident();
            self.variable(&name.id);
            head.left = ForHead::Pat(Box::new(name.into()));
        }
    }
}
