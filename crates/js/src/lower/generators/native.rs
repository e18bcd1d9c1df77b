//! Async functions, async generators and `for await` for targets that have generators: a helper
//! drives a generator that yields where the function awaits.
//!
//! ```js
//! async function f(a, b = a) { return await this.g(b); }
//! function f(_param) {
//!   return _async_to_generator(function* (a, b = a) { return yield this.g(b); }, this, arguments);
//! }
//! ```
//!
//! Parameters that are plain names stay where they are. The parameters of an async generator are
//! evaluated when it is called, so they always stay.

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, Callee, Constructor, Expr, ExprOrSpread, FnDecl, FnExpr,
    Function, FunctionBody, Id, Ident, Module, Param, Pat, RestPat, Stmt, ThisExpr, VarDecl,
    VarDeclKind,
};
use swc_ecma_utils::{ExprFactory, find_pat_ids, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{
    super::build,
    for_await,
    model::{Kind, Lacks},
};
use crate::scopes::{Binding, Scopes};

mod body; // `await`, `this` and `super` in a body
use body::Body;

pub(super) struct GeneratorLowering<'t> {
    lacks: Lacks,
    table: &'t Scopes,
    /// A name that always means the function that comes next.
    name_of_next: Option<Ident>,
    /// The variables that the current function needs.
    variables: Vec<Ident>,
}

/// A function or an arrow function that is being lowered.
struct FunctionPieces {
    kind: Kind,
    is_arrow: bool,
    /// A name that always means the function.
    name: Option<Ident>,
    params: Vec<Param>,
    body: FunctionBody,
    /// The variables that the body needs.
    variables: Vec<Ident>,
}

impl<'t> GeneratorLowering<'t> {
    pub fn new(lacks: Lacks, table: &'t Scopes) -> Self {
        Self { lacks, table, name_of_next: None, variables: Vec::new() }
    }

    /// Notes the name of an async generator, if it is a variable that always means the function.
    fn name_next(&mut self, name: &Ident, function: &Function) {
        let is_needed = function.is_async
            && function.is_generator
            && self.lacks.async_generators
            && self.table.binding(name).is_some_and(Binding::is_never_assigned);
        self.name_of_next = is_needed.then(|| name.clone());
    }

    /// Returns the kind of a function if the target lacks it.
    fn lacked(&self, is_async: bool, is_generator: bool) -> Option<Kind> {
        Kind::of(is_async, is_generator).filter(|kind| match kind {
            Kind::Generator => false,
            Kind::Async => self.lacks.async_functions,
            Kind::AsyncGenerator => self.lacks.async_generators,
        })
    }

    /// Walks a function. Returns the variables that it needs.
    fn enter(&mut self, visit: impl FnOnce(&mut Self)) -> Vec<Ident> {
        let outer = std::mem::take(&mut self.variables);
        visit(self);
        std::mem::replace(&mut self.variables, outer)
    }
}

impl VisitMut for GeneratorLowering<'_> {
    noop_visit_mut_type!();

    fn visit_mut_module(&mut self, module: &mut Module) {
        module.visit_mut_children_with(self);
        build::declare(std::mem::take(&mut self.variables), &mut module.body);
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        if self.lacks.async_generators {
            for_await::lower(statement, &mut self.variables);
        }
        statement.visit_mut_children_with(self);
    }

    fn visit_mut_stmts(&mut self, statements: &mut Vec<Stmt>) {
        statements.visit_mut_children_with(self);
        if self.lacks.async_generators {
            build::flatten(statements);
        }
    }

    fn visit_mut_fn_decl(&mut self, declaration: &mut FnDecl) {
        self.name_next(&declaration.ident, &declaration.function);
        declaration.function.visit_mut_with(self);
    }

    fn visit_mut_fn_expr(&mut self, function: &mut FnExpr) {
        if let Some(name) = &function.ident {
            self.name_next(name, &function.function);
        }
        function.function.visit_mut_with(self);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        let name = self.name_of_next.take();
        let variables = self.enter(|walk| function.visit_mut_children_with(walk));
        let Some(body) = &mut function.body else { return };
        let Some(kind) = self.lacked(function.is_async, function.is_generator) else {
            return build::declare(variables, &mut body.stmts);
        };
        let pieces = FunctionPieces {
            kind,
            is_arrow: false,
            name,
            params: std::mem::take(&mut function.params),
            body: std::mem::take(body),
            variables,
        };
        let (params, body) = pieces.lower();
        function.params = params;
        function.body = Some(body);
        function.is_async = false;
        function.is_generator = false;
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        let variables = self.enter(|walk| constructor.visit_mut_children_with(walk));
        if let Some(body) = &mut constructor.body {
            build::declare(variables, &mut body.stmts);
        }
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let variables = self.enter(|walk| arrow.visit_mut_children_with(walk));
        let Some(kind) = self.lacked(arrow.is_async, arrow.is_generator) else {
            if let ArrowFunctionBody::FunctionBody(body) = &mut *arrow.body {
                build::declare(variables, &mut body.stmts);
            }
            return;
        };
        let body = match &mut *arrow.body {
            ArrowFunctionBody::FunctionBody(body) => std::mem::take(body),
            ArrowFunctionBody::Expr(value) => {
                let result = build::returned(std::mem::take(&mut **value));
                FunctionBody { span: build::NOWHERE, stmts: vec![result] }
            }
        };
        let params = arrow.params.drain(..).map(Param::from).collect();
        let pieces = FunctionPieces { kind, is_arrow: true, name: None, params, body, variables };
        let (params, body) = pieces.lower();
        arrow.params = params.into_iter().map(|param| param.pat).collect();
        arrow.is_async = false;
        *arrow.body = short_body(body);
    }
}

/// Shortens `{ return value; }` to `value`.
fn short_body(mut body: FunctionBody) -> ArrowFunctionBody {
    if let [Stmt::Return(result)] = body.stmts.as_mut_slice()
        && let Some(value) = result.arg.take()
    {
        return ArrowFunctionBody::Expr(value);
    }
    ArrowFunctionBody::FunctionBody(body)
}

impl FunctionPieces {
    /// Returns the parameters and the body of the function that calls the helper.
    fn lower(mut self) -> (Vec<Param>, FunctionBody) {
        let directives =
            self.body.stmts.iter().take_while(|each| build::is_directive(each)).count();
        let mut outer: Vec<Stmt> = self.body.stmts.drain(..directives).collect();
        let collisions = self.collisions();
        let is_plain = self.params.iter().all(|param| param.pat.is_ident());
        let moves = self.kind == Kind::Async && (!is_plain || !collisions.is_empty());
        let calls_super = self.is_arrow && self.calls_super();
        let mut inside = Body::new(self.kind, self.is_arrow, calls_super);
        if moves {
            self.params.visit_mut_with(&mut inside);
        }
        self.body.stmts.visit_mut_with(&mut inside);
        build::declare(self.variables, &mut self.body.stmts);

        let (params, inner, list) = if moves {
            let (params, list) = placeholders(&self.params, self.is_arrow);
            (params, self.params, Some(list))
        } else if collisions.is_empty() {
            (self.params, Vec::new(), None)
        } else {
            let values = collisions.iter().cloned().map(Expr::from).collect();
            let inner = collisions.into_iter().map(|name| Pat::from(name).into()).collect();
            (self.params, inner, Some(build::array(build::NOWHERE, values)))
        };
        let generator = Function {
            params: inner,
            is_generator: true,
            span: build::NOWHERE,
            body: Some(FunctionBody { span: self.body.span, stmts: self.body.stmts }),
            ..Function::default()
        };
        let generator = FnExpr { ident: None, function: Box::new(generator) };
        let mut args = vec![generator.into()];
        if inside.uses_this {
            args.push(ThisExpr { span: build::NOWHERE }.into());
        }
        if let Some(list) = list {
            if !inside.uses_this {
                args.push(0.into());
            }
            args.push(list);
        }
        if let Some(prototype) = self.name.and_then(|name| self.kind.prototype(name)) {
            args.resize(3, build::undefined());
            args.push(prototype);
        }
        let helper = match self.kind {
            Kind::AsyncGenerator => "wrap_async_generator",
            Kind::Async | Kind::Generator => "async_to_generator",
        };
        let declared = inside.declarations();
        if !declared.is_empty() {
            outer.push(build::var(declared));
        }
        outer.push(build::returned(build::helper(helper, args)));
        (params, FunctionBody { span: self.body.span, stmts: outer })
    }

    /// Whether an arrow function calls `super(…)`.
    fn calls_super(&self) -> bool {
        let mut found = SuperCalls(false);
        self.params.visit_with(&mut found);
        self.body.stmts.visit_with(&mut found);
        found.0
    }

    /// Returns the parameters whose names the body also declares as variables. Such a variable
    /// begins with the parameter's value.
    fn collisions(&self) -> Vec<Ident> {
        let names: Vec<Ident> = self.params.iter().flat_map(find_pat_ids::<_, Ident>).collect();
        if names.is_empty() {
            return names;
        }
        let mut found = Vars { names, found: Vec::new() };
        self.body.stmts.visit_with(&mut found);
        found.found
    }
}

/// Makes parameters that keep the `length` of a function, and the list of all its arguments.
fn placeholders(params: &[Param], is_arrow: bool) -> (Vec<Param>, Expr) {
    let counts = |param: &&Param| !param.pat.is_assign() && !param.pat.is_rest();
    let names: Vec<Ident> =
        params.iter().take_while(counts).map(|_| private_ident!("_param")).collect();
    let mut kept: Vec<Param> = names.iter().cloned().map(|name| Pat::from(name).into()).collect();
    if !is_arrow {
        return (kept, build::arguments());
    }
    let mut elems: Vec<_> = names.into_iter().map(|name| Some(name.as_arg())).collect();
    if kept.len() < params.len() {
        let rest = private_ident!("_rest");
        let spread = Some(build::NOWHERE);
        elems.push(Some(ExprOrSpread { spread, expr: Box::new(rest.clone().into()) }));
        let (span, arg) = (build::NOWHERE, Box::new(rest.into()));
        kept.push(Pat::from(RestPat { span, dot3_token: span, arg, type_ann: None }).into());
    }
    (kept, swc_ecma_ast::ArrayLit { span: build::NOWHERE, elems }.into())
}

struct SuperCalls(bool);

impl Visit for SuperCalls {
    noop_visit_type!();

    fn visit_callee(&mut self, callee: &Callee) {
        self.0 |= callee.is_super_();
        callee.visit_children_with(self);
    }

    fn visit_function(&mut self, _: &Function) {}
    fn visit_constructor(&mut self, _: &Constructor) {}
}

/// Collects the names that `var`s of a function share with its parameters.
struct Vars {
    names: Vec<Ident>,
    found: Vec<Ident>,
}

impl Visit for Vars {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            let declared: Vec<Id> = find_pat_ids(&declaration.decls);
            let is_declared = |name: &Ident| declared.contains(&name.to_id());
            while let Some(at) = self.names.iter().position(is_declared) {
                self.found.push(self.names.swap_remove(at));
            }
        }
    }

    fn visit_expr(&mut self, _: &Expr) {}
    fn visit_function(&mut self, _: &Function) {}
    fn visit_class(&mut self, _: &swc_ecma_ast::Class) {}
}
