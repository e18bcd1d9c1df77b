//! Arrow functions and parameters. A function keeps the parameters before the first default value,
//! so that its `length` is right, and reads the others from `arguments`.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignPat, Decl, Expr, FnExpr, Function, FunctionBody, Id, Ident,
    IdentName, KeyValuePatProp, ObjectPat, ObjectPatProp, Param, Pat, PropName, RestPat,
    ReturnStmt, Stmt,
};
use swc_ecma_utils::{ExprFactory, find_pat_ids, prepend_stmt, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    super::{build, generators},
    model::{Es2015Lowering, FunctionState},
    patterns::{number, or_default},
    steps::Steps,
};

impl Es2015Lowering<'_> {
    /// Whether some parameters have to be lowered.
    pub fn has_lowered<'a>(&self, mut parameters: impl Iterator<Item = &'a Pat>) -> bool {
        parameters.any(|pattern| self.is_lowered(pattern))
    }

    /// Lowers parameters. Returns the steps with which the body begins.
    pub fn parameters(&mut self, parameters: &mut Vec<Param>) -> Vec<Stmt> {
        let mut steps = Steps::new(true);
        if !self.lacks.edition {
            self.keep_parameters(parameters, &mut steps);
            return vec![self.declaration_of(steps)];
        }
        let plain = parameters
            .iter()
            .position(|parameter| parameter.pat.is_assign() || parameter.pat.is_rest());
        let behind = parameters.split_off(plain.unwrap_or(parameters.len()));
        let first_behind = parameters.len();
        for parameter in parameters {
            if !parameter.pat.is_ident() {
                let name = private_ident!("_param");
                let pattern = std::mem::replace(&mut parameter.pat, name.clone().into());
                self.pattern(pattern, name.into(), &mut steps);
            }
        }
        for (index, parameter) in (first_behind..).zip(behind) {
            self.parameter(index, parameter.pat, &mut steps);
        }
        if steps.list.is_empty() { Vec::new() } else { vec![steps.into_statement(self)] }
    }

    /// Lowers a parameter that is read from `arguments`.
    fn parameter(&mut self, index: usize, pattern: Pat, steps: &mut Steps) {
        match pattern {
            Pat::Rest(RestPat { arg, .. }) => {
                let value = arguments_from(index);
                if matches!(*arg, Pat::Array(_)) {
                    let list = steps.keep(self, "_rest", value);
                    self.lists.insert(list.to_id());
                    self.pattern(*arg, list.into(), steps);
                } else {
                    self.pattern(*arg, value, steps);
                }
            }
            pattern => {
                let value = build::element(build::arguments(), number(index));
                self.pattern(pattern, value, steps);
            }
        }
    }

    /// Moves patterns with `...` in objects into the body, and all parameters after them, because
    /// their default values may mention names of the patterns.
    fn keep_parameters(&mut self, parameters: &mut [Param], steps: &mut Steps) {
        let first = parameters.iter().position(|parameter| self.is_lowered(&parameter.pat));
        for parameter in &mut parameters[first.unwrap_or_default()..] {
            let name = private_ident!("_param");
            parameter.pat = match std::mem::replace(&mut parameter.pat, name.clone().into()) {
                Pat::Ident(plain) => plain.into(),
                Pat::Rest(RestPat { span, dot3_token, arg, type_ann }) => {
                    self.pattern(*arg, name.clone().into(), steps);
                    RestPat { span, dot3_token, arg: Box::new(name.into()), type_ann }.into()
                }
                Pat::Assign(AssignPat { span, left, right }) => {
                    let value = or_default(name.clone().into(), *right);
                    self.pattern(*left, value, steps);
                    let right = Box::new(build::undefined());
                    AssignPat { span, left: Box::new(name.into()), right }.into()
                }
                pattern => {
                    self.pattern(pattern, name.clone().into(), steps);
                    name.into()
                }
            };
        }
    }

    /// Takes the parts of a generator's parameters in the parameters themselves, when it is called.
    /// Its body runs later, so the steps become default values of properties that the rest of the
    /// arguments does not have: `...{ _: rest = _without(_param) }`. A rest parameter is the first
    /// of them, and takes its list from `arguments`.
    pub fn in_parameters(parameters: &mut Vec<Param>, steps: Vec<Stmt>) {
        let mut props = Vec::new();
        let property = |left: Pat, right: Box<Expr>| {
            let left = Box::new(left);
            let value = Box::new(AssignPat { span: build::NOWHERE, left, right }.into());
            let key = PropName::Ident(IdentName::new("_".into(), build::NOWHERE));
            ObjectPatProp::KeyValue(KeyValuePatProp { key, value })
        };
        if let Some(Pat::Rest(RestPat { arg, .. })) =
            parameters.pop_if(|parameter| parameter.pat.is_rest()).map(|parameter| parameter.pat)
        {
            props.push(property(*arg, Box::new(arguments_from(parameters.len()))));
        }
        for step in steps {
            let Stmt::Decl(Decl::Var(declaration)) = step else { unreachable!("steps declare") };
            for variable in declaration.decls {
                let value = variable.init.unwrap_or_else(|| Box::new(build::undefined()));
                props.push(property(variable.name, value));
            }
        }
        let span = build::NOWHERE;
        let mut pattern = Pat::from(ObjectPat { span, props, optional: false, type_ann: None });
        let names = find_pat_ids::<_, Ident>(&pattern).into_iter();
        let own = names.filter(|name| name.span.is_dummy()).map(|name| name.to_id()).collect();
        pattern.visit_mut_with(&mut Apart(own));
        let arg = Box::new(pattern);
        parameters.push(Pat::from(RestPat { span, dot3_token: span, arg, type_ann: None }).into());
    }

    /// Declares what the body of a function needs, at its start.
    pub fn finish(mut state: FunctionState, steps: Vec<Stmt>, body: &mut Vec<Stmt>) {
        // A class that is called without `new` throws before its parameters are evaluated.
        let starts = |each: &&Stmt| build::is_directive(each) || is_class_check(each);
        let start = body.iter().take_while(starts).count();
        body.splice(start..start, steps);
        build::declare(std::mem::take(&mut state.variables), body);
        let receivers = state.receivers();
        if !receivers.is_empty() {
            prepend_stmt(body, build::var(receivers));
        }
    }

    /// Lowers the parameters of an arrow function, and declares its variables.
    pub fn finish_arrow(&mut self, arrow: &mut ArrowExpr, variables: Vec<Ident>) {
        let is_plain = !self.has_lowered(arrow.params.iter());
        if variables.is_empty() && is_plain {
            return;
        }
        let mut body = body_of(&mut arrow.body);
        let mut steps = Vec::new();
        if !is_plain {
            let mut params = arrow.params.drain(..).map(Param::from).collect();
            steps = self.parameters(&mut params);
            arrow.params = params.into_iter().map(|parameter| parameter.pat).collect();
        }
        for step in steps.into_iter().rev() {
            prepend_stmt(&mut body.stmts, step);
        }
        build::declare(variables, &mut body.stmts);
        *arrow.body = ArrowFunctionBody::FunctionBody(body);
    }

    /// Turns an arrow function, whose `this` and `arguments` are already variables, into a
    /// function.
    pub fn without_arrow(&self, mut arrow: ArrowExpr) -> Expr {
        let mut function = Function {
            params: arrow.params.into_iter().map(Param::from).collect(),
            span: arrow.span,
            body: Some(body_of(&mut arrow.body)),
            is_generator: arrow.is_generator,
            is_async: arrow.is_async,
            ..Function::default()
        };
        if self.lacks.generators {
            let outer = generators::Outer::default();
            generators::lower_function(&mut function, outer, Vec::new(), &self.constants);
        }
        FnExpr { ident: None, function: Box::new(function) }.into()
    }
}

/// Gives our own variables in parameters names that the body does not have: `let` may not declare
/// the name of a parameter.
struct Apart(FxHashSet<Id>);

impl VisitMut for Apart {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if self.0.contains(&name.to_id()) {
            name.sym = format!("{}_of", name.sym).into();
        }
    }
}

/// Whether a statement checks that a class is called by `new`.
fn is_class_check(statement: &Stmt) -> bool {
    let Stmt::Expr(statement) = statement else { return false };
    let Expr::Call(call) = &*statement.expr else { return false };
    let callee = call.callee.as_expr().and_then(|callee| callee.as_ident());
    let helper = build::helper_name(build::CHECK_NEW);
    callee.is_some_and(|callee| callee.to_id() == helper.to_id())
}

/// Takes the body of an arrow function as a list of statements.
fn body_of(body: &mut ArrowFunctionBody) -> FunctionBody {
    match body {
        ArrowFunctionBody::FunctionBody(body) => std::mem::take(body),
        ArrowFunctionBody::Expr(value) => {
            let arg = Some(std::mem::take(value));
            let result = ReturnStmt { span: build::NOWHERE, arg };
            FunctionBody { span: build::NOWHERE, stmts: vec![result.into()] }
        }
    }
}

/// Makes `[].slice.call(arguments, index)`.
pub(in crate::lower) fn arguments_from(index: usize) -> Expr {
    let slice = build::member(empty_array(), "slice");
    let mut args = vec![build::arguments().as_arg()];
    if index > 0 {
        args.push(number(index).as_arg());
    }
    build::call(build::NOWHERE, build::member(slice, "call"), args)
}

fn empty_array() -> Expr {
    swc_ecma_ast::ArrayLit { span: build::NOWHERE, elems: Vec::new() }.into()
}
