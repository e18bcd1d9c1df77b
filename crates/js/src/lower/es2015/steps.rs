//! The steps that a pattern becomes: a list of variables or targets and their values, in order.

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignTarget, Decl, Expr, FnExpr, Function, FunctionBody, Ident,
    Pat, SimpleAssignTarget, Stmt, ThisExpr, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    super::{build, yields::suspends},
    closing,
    model::Es2015Lowering,
};

/// A part of a pattern.
pub(super) enum Step {
    /// One value, and the variable or member that takes it.
    Give { target: Pat, value: Expr },
    /// A value that is only evaluated.
    Evaluate(Expr),
    /// An array pattern that runs code between the values of its iterator.
    Iterate(Iteration),
}

/// An array pattern that takes one value after the other.
pub(super) struct Iteration {
    /// What is iterated.
    pub value: Expr,
    /// The variable for what `array_steps` returns.
    pub iterator: Ident,
    /// The variables that the pattern declares.
    pub names: Vec<Ident>,
    /// Steps that call `iterator`, and the variables that they need.
    pub steps: Steps,
}

/// Steps under construction.
pub(super) struct Steps {
    pub list: Vec<Step>,
    /// Whether they become declarations. Otherwise they are assignments, and the variables that
    /// they need are those of the function.
    pub declares: bool,
    /// Whether nothing can read the declared names before they have their values.
    pub is_scoped: bool,
    /// The variables that steps of an iteration need.
    pub locals: Option<Vec<Ident>>,
}

impl Steps {
    pub fn new(declares: bool) -> Self {
        Self { list: Vec::new(), declares, is_scoped: false, locals: None }
    }

    /// Steps of an iteration.
    pub fn of_iteration() -> Self {
        Self { locals: Some(Vec::new()), ..Self::new(false) }
    }

    pub fn push(&mut self, target: Pat, value: Expr) {
        self.list.push(Step::Give { target, value });
    }

    /// Makes a new variable.
    pub fn variable(&mut self, walk: &mut Es2015Lowering<'_>, name: &str) -> Ident {
        if let Some(locals) = &mut self.locals {
            let variable = private_ident!(name);
            locals.push(variable.clone());
            return variable;
        }
        if self.declares { private_ident!(name) } else { walk.variable(name) }
    }

    /// Keeps a value in a new variable.
    pub fn keep(&mut self, walk: &mut Es2015Lowering<'_>, name: &str, value: Expr) -> Ident {
        let variable = self.variable(walk, name);
        self.push(variable.clone().into(), value);
        variable
    }

    /// Returns the declarations.
    pub fn into_declarators(self, walk: &Es2015Lowering<'_>) -> Vec<VarDeclarator> {
        let mut declarators = Vec::new();
        for step in self.list {
            match step {
                Step::Give { target, value } => declarators.push(VarDeclarator {
                    span: build::NOWHERE,
                    name: target,
                    init: Some(Box::new(value)),
                    definite: false,
                }),
                Step::Evaluate(value) => declarators.push(unused(value)),
                Step::Iterate(mut iteration) => {
                    let names = std::mem::take(&mut iteration.names);
                    declarators.extend(names.into_iter().map(build::declared));
                    if iteration.steps.contains_wait() {
                        let mut names = Vec::new();
                        let value = iteration.into_sequence(&mut names, walk);
                        declarators.extend(names.into_iter().map(build::declared));
                        declarators.push(unused(value));
                    } else {
                        declarators.push(unused(iteration.into_call(walk)));
                    }
                }
            }
        }
        declarators
    }

    /// Returns the assignments.
    #[expect(clippy::vec_box, reason = "the tree has boxes")]
    pub fn into_expressions(self, walk: &mut Es2015Lowering<'_>) -> Vec<Box<Expr>> {
        let mut variables = std::mem::take(&mut walk.function.variables);
        let exprs = self.list.into_iter().map(|step| step.into_expr(&mut variables, walk));
        let exprs = exprs.map(Box::new).collect();
        walk.function.variables = variables;
        exprs
    }

    pub fn into_statement(self, walk: &mut Es2015Lowering<'_>) -> Stmt {
        if self.declares {
            build::var(self.into_declarators(walk))
        } else {
            build::statement(build::sequence(self.into_expressions(walk)))
        }
    }

    /// Whether a step waits.
    fn contains_wait(&self) -> bool {
        self.list.iter().any(|step| match step {
            Step::Give { target: Pat::Expr(target), value } => {
                suspends(&**target) || suspends(value)
            }
            Step::Give { value, .. } | Step::Evaluate(value) => suspends(value),
            Step::Iterate(iteration) => {
                suspends(&iteration.value) || iteration.steps.contains_wait()
            }
        })
    }

    /// Returns statements, in which an iteration may wait. `kind` is how they declare.
    pub fn into_statements(self, kind: VarDeclKind, walk: &mut Es2015Lowering<'_>) -> Vec<Stmt> {
        let (declares, mut statements) = (self.declares, Vec::new());
        let mut run = Self::new(declares);
        for step in self.list {
            match step {
                Step::Iterate(iteration) if iteration.steps.contains_wait() => {
                    run.flush(&mut statements, kind, walk);
                    statements.push(iteration.into_guarded(kind, walk));
                }
                step => run.list.push(step),
            }
        }
        run.flush(&mut statements, kind, walk);
        build::flatten(&mut statements);
        statements
    }

    fn flush(
        &mut self,
        statements: &mut Vec<Stmt>,
        kind: VarDeclKind,
        walk: &mut Es2015Lowering<'_>,
    ) {
        if self.list.is_empty() {
            return;
        }
        let run = std::mem::replace(self, Self::new(self.declares));
        let mut statement = run.into_statement(walk);
        if let Stmt::Decl(Decl::Var(declaration)) = &mut statement {
            declaration.kind = kind;
        }
        statements.push(statement);
    }
}

impl Iteration {
    /// Makes `_by_steps(value, function (_next) { a = _next(); })`.
    fn into_call(self, walk: &Es2015Lowering<'_>) -> Expr {
        let mut locals = self.steps.locals.unwrap_or_default();
        let steps = self.steps.list.into_iter();
        let exprs = steps.map(|step| Box::new(step.into_expr(&mut locals, walk))).collect();
        let mut body = build::sequence(exprs);
        let mut args = vec![self.value];
        if walk.lacks.edition {
            let mut receivers = Receivers::default();
            body.visit_mut_with(&mut receivers);
            let params = std::iter::once(self.iterator).chain(receivers.arguments.clone());
            let mut stmts = vec![build::statement(body)];
            build::declare(locals, &mut stmts);
            let function = Function {
                params: params.map(|name| Pat::from(name).into()).collect(),
                body: Some(FunctionBody { span: build::NOWHERE, stmts }),
                ..Function::default()
            };
            args.push(FnExpr { ident: None, function: Box::new(function) }.into());
            if receivers.has_this || receivers.arguments.is_some() {
                args.push(ThisExpr { span: build::NOWHERE }.into());
            }
            args.extend(receivers.arguments.map(|_| build::arguments()));
        } else {
            let body = if locals.is_empty() {
                ArrowFunctionBody::Expr(Box::new(body))
            } else {
                let decls = locals.into_iter().map(build::declared).collect();
                let own = VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() };
                let stmts = vec![own.into(), build::statement(body)];
                ArrowFunctionBody::FunctionBody(FunctionBody { span: build::NOWHERE, stmts })
            };
            let params = vec![self.iterator.into()];
            args.push(ArrowExpr { params, body: Box::new(body), ..ArrowExpr::default() }.into());
        }
        build::helper("by_steps", args)
    }

    /// Makes `_next = _array_steps(value), a = _next(), _next.close()`, which does not close an
    /// iterator if a step throws. Adds the variables that this needs.
    fn into_sequence(self, variables: &mut Vec<Ident>, walk: &Es2015Lowering<'_>) -> Expr {
        variables.extend(self.steps.locals.unwrap_or_default());
        variables.push(self.iterator.clone());
        let first = build::helper("array_steps", vec![self.value]);
        let mut exprs = vec![Box::new(build::assign(self.iterator.clone(), first))];
        for step in self.steps.list {
            exprs.push(Box::new(step.into_expr(variables, walk)));
        }
        let close = build::member(self.iterator.into(), "close");
        exprs.push(Box::new(build::call(build::NOWHERE, close, Vec::new())));
        build::sequence(exprs)
    }

    /// Makes a `try` statement in which a step may wait.
    fn into_guarded(mut self, kind: VarDeclKind, walk: &mut Es2015Lowering<'_>) -> Stmt {
        let locals = self.steps.locals.take().unwrap_or_default();
        let names = self.names.into_iter().chain(locals).map(build::declared);
        let first = build::helper("array_steps", vec![self.value]);
        let own = build::declarator(self.iterator.clone(), first);
        let decls = names.chain(Some(own)).collect();
        let before = vec![VarDecl { kind, decls, ..VarDecl::default() }.into()];
        let inner = self.steps.into_statements(kind, walk);
        closing::guarded(before, inner, &self.iterator)
    }
}

/// Finds `this` and `arguments` of the enclosing function.
#[derive(Default)]
struct Receivers {
    has_this: bool,
    arguments: Option<Ident>,
}

impl VisitMut for Receivers {
    noop_visit_mut_type!();

    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::This(_) => self.has_this = true,
            Expr::Ident(name) if build::is_arguments(name) => {
                let list = self.arguments.get_or_insert_with(|| private_ident!("_arguments"));
                *expr = list.clone().into();
            }
            _ => expr.visit_mut_children_with(self),
        }
    }
}

fn unused(value: Expr) -> VarDeclarator {
    build::declarator(private_ident!("_unused"), value)
}

impl Step {
    /// Returns what the step assigns or evaluates.
    pub fn into_expr(self, variables: &mut Vec<Ident>, walk: &Es2015Lowering<'_>) -> Expr {
        match self {
            Self::Give { target: Pat::Ident(name), value } => build::assign(name.id, value),
            Self::Give { target: Pat::Expr(target), value } => assign_to(target, value),
            Self::Give { target, .. } => unreachable!("a pattern is left: {target:?}"),
            Self::Evaluate(value) => value,
            Self::Iterate(iteration) if iteration.steps.contains_wait() => {
                iteration.into_sequence(variables, walk)
            }
            Self::Iterate(iteration) => iteration.into_call(walk),
        }
    }
}

/// Makes `target = value`.
pub(super) fn assign_to(target: Box<Expr>, value: Expr) -> Expr {
    match SimpleAssignTarget::try_from(target) {
        Ok(target) => build::assign(AssignTarget::Simple(target), value),
        Err(expr) => unreachable!("not a target: {expr:?}"),
    }
}
