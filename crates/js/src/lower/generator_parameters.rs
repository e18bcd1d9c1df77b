//! The parameters of a generator are evaluated when it is called, not when its first value is
//! requested. swc moves everything in the function into its state machine, patterns and default
//! values included. So a generator with such parameters becomes a plain function that returns the
//! result of an inner generator: `function g([a]) { return function* () { … }(); }`.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    CallExpr, Expr, FnExpr, Function, FunctionBody, Id, Ident, IdentName, MemberExpr, MetaPropExpr,
    Pat, Program, ReturnStmt, Super, ThisExpr, VarDecl, VarDeclKind,
};
use swc_ecma_utils::{ExprFactory, find_pat_ids};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

/// Splits every generator whose parameters are not plain names. For targets without generators.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut GeneratorParameters);
}

struct GeneratorParameters;

impl VisitMut for GeneratorParameters {
    noop_visit_mut_type!();

    fn visit_mut_function(&mut self, function: &mut Function) {
        function.visit_mut_children_with(self);
        let does_more = function.params.iter().any(|param| !matches!(param.pat, Pat::Ident(_)));
        if !function.is_generator || !does_more {
            return;
        }
        let mut found = Inside { params: find_pat_ids(&function.params), ..Inside::default() };
        function.body.visit_with(&mut found);
        if !found.cannot_move {
            split(function, &found);
        }
    }
}

fn split(function: &mut Function, found: &Inside) {
    let Some(body) = function.body.take() else { return };
    let inner = Function {
        body: Some(FunctionBody { span: body.span, stmts: body.stmts }),
        is_generator: true,
        is_async: function.is_async,
        span: function.span,
        ..Function::default()
    };
    let inner: Expr = FnExpr { ident: None, function: Box::new(inner) }.into();
    let this = || Expr::from(ThisExpr { span: DUMMY_SP }).as_arg();
    let call = match &found.arguments {
        Some(arguments) => inner.call_method("apply", vec![this(), arguments.clone().as_arg()]),
        None if found.this => inner.call_method("call", vec![this()]),
        None => CallExpr { callee: inner.as_callee(), ..CallExpr::dummy() }.into(),
    };
    let only = ReturnStmt { span: DUMMY_SP, arg: Some(Box::new(call)) };
    function.body = Some(FunctionBody { span: body.span, stmts: vec![only.into()] });
    function.is_generator = false;
    function.is_async = false;
}

trait Method {
    fn call_method(self, name: &str, args: Vec<swc_ecma_ast::ExprOrSpread>) -> Expr;
}

impl Method for Expr {
    fn call_method(self, name: &str, args: Vec<swc_ecma_ast::ExprOrSpread>) -> Expr {
        let method = MemberExpr {
            span: DUMMY_SP,
            obj: Box::new(self),
            prop: IdentName::new(name.into(), DUMMY_SP).into(),
        };
        CallExpr { callee: method.as_callee(), args, ..CallExpr::dummy() }.into()
    }
}

/// What the body uses and the inner generator must provide.
#[derive(Default)]
struct Inside {
    params: Vec<Id>,
    this: bool,
    arguments: Option<Ident>,
    /// The body uses `super` or `new.target`, which belong to the function itself, or a `var` with
    /// a parameter's name, which starts with the parameter's value.
    cannot_move: bool,
}

impl Visit for Inside {
    noop_visit_type!();

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.this = true;
    }

    fn visit_ident(&mut self, name: &Ident) {
        if &*name.sym == "arguments" {
            self.arguments = Some(name.clone());
        }
    }

    fn visit_super(&mut self, _: &Super) {
        self.cannot_move = true;
    }

    fn visit_meta_prop_expr(&mut self, _: &MetaPropExpr) {
        self.cannot_move = true;
    }

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            let names: Vec<Id> = find_pat_ids(&declaration.decls);
            self.cannot_move |= names.iter().any(|name| self.params.contains(name));
        }
        declaration.visit_children_with(self);
    }

    /// Other functions have their own; arrow functions do not.
    fn visit_function(&mut self, _: &Function) {}
}
