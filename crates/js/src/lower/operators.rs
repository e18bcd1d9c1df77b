//! Lowers operators, optional chains and `catch` without a parameter: one walk that rewrites a
//! program in place, each node on leaving it. All other syntax is lowered after it.
//!
//! A rewrite that needs a value twice keeps it in a variable of the enclosing function. Values of
//! parameters and class fields use the outer function: their own has no place for a variable, and
//! no such value is kept across a call.

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CatchClause, Constructor, Expr, Function, FunctionBody, Ident,
    Module, Program, ReturnStmt, Stmt,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{build, receivers};
use crate::scopes::Scopes;

mod assignments;
mod chains;

/// What to lower: constructs that the program has and the target lacks.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Lacks {
    /// `**` and `**=`.
    pub powers: Powers,
    /// `??`.
    pub nullish: bool,
    /// `??=`, `||=` and `&&=`.
    pub logical_assignment: bool,
    /// `?.`.
    pub chains: Chains,
    /// `catch { … }`.
    pub plain_catch: bool,
}

/// How to lower `**`.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Powers {
    #[default]
    Stay,
    /// Operands are numbers: `Math.pow`.
    OfNumbers,
    /// Operands may be BigInts, for which `Math.pow` throws: a helper.
    OfBigInts,
}

/// Which optional chains to lower.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Chains {
    #[default]
    Stay,
    /// Chains with private names, whose lowering needs the object.
    Private,
    All,
}

/// Lowers a program. Does nothing if nothing is lacking. `table`: its bindings.
pub(super) fn lower(program: &mut Program, lacks: Lacks, table: &Scopes) {
    if lacks != Lacks::default() {
        program.visit_mut_with(&mut OperatorLowering { lacks, table, variables: Vec::new() });
    }
}

struct OperatorLowering<'t> {
    lacks: Lacks,
    table: &'t Scopes,
    /// The variables that the current function needs.
    variables: Vec<Ident>,
}

impl OperatorLowering<'_> {
    /// Makes a variable of the current function that no other code can mean.
    fn variable(&mut self, name: &str) -> Ident {
        let ident = private_ident!(name);
        self.variables.push(ident.clone());
        ident
    }

    /// Walks the body of a function and declares its variables.
    fn body(&mut self, statements: &mut Vec<Stmt>) {
        let outer = std::mem::take(&mut self.variables);
        statements.visit_mut_with(self);
        build::declare(std::mem::replace(&mut self.variables, outer), statements);
    }
}

impl VisitMut for OperatorLowering<'_> {
    noop_visit_mut_type!();

    fn visit_mut_module(&mut self, module: &mut Module) {
        module.visit_mut_children_with(self);
        build::declare(std::mem::take(&mut self.variables), &mut module.body);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        function.params.visit_mut_with(self);
        if let Some(body) = &mut function.body {
            self.body(&mut body.stmts);
        }
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        constructor.params.visit_mut_with(self);
        if let Some(body) = &mut constructor.body {
            self.body(&mut body.stmts);
        }
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        arrow.params.visit_mut_with(self);
        let value = match &mut *arrow.body {
            ArrowFunctionBody::FunctionBody(body) => return self.body(&mut body.stmts),
            ArrowFunctionBody::Expr(value) => value,
        };
        let outer = std::mem::take(&mut self.variables);
        value.visit_mut_with(self);
        let variables = std::mem::replace(&mut self.variables, outer);
        if !variables.is_empty() {
            let value = ReturnStmt { span: build::NOWHERE, arg: Some(std::mem::take(value)) };
            let mut stmts = vec![value.into()];
            build::declare(variables, &mut stmts);
            let body = FunctionBody { span: build::NOWHERE, stmts };
            *arrow.body = ArrowFunctionBody::FunctionBody(body);
        }
    }

    fn visit_mut_catch_clause(&mut self, clause: &mut CatchClause) {
        clause.visit_mut_children_with(self);
        if self.lacks.plain_catch && clause.param.is_none() {
            clause.param = Some(private_ident!("_error").into());
        }
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if self.lower_chain(expr) || self.lower_nullish(expr) {
            return;
        }
        expr.visit_mut_children_with(self);
        self.lower_operator(expr);
    }
}
