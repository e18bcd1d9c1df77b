//! Replaces the call of a function that is written there by the function's statements:
//! `return function (a) { b(a); return a }(c)` is `var a = c; b(a); return a`. This is for
//! statements of a function's body, which run once, so variables have no value from before. Calls
//! whose value is stored stay: more names in the outer function cost more than the call.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Callee, Class, Decl, Expr, ExprOrSpread, ExprStmt,
    Function, Pat, ReturnStmt, Stmt, VarDecl, VarDeclKind, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{directives, function_context::uses_own, model::Compress};
use crate::scopes::Kind;

impl Compress<'_> {
    /// Unwraps such calls in the body of a function, without its directives.
    pub(super) fn unwrap_calls(&mut self, list: &mut Vec<Stmt>) {
        // `return` waits there for what it returns, and `try` catches what is thrown meanwhile.
        if self.frame().is_async_generator {
            return;
        }
        let mut at = 0;
        while at < list.len() {
            let is_last = list[at + 1..].iter().all(|it| matches!(it, Stmt::Decl(Decl::Fn(_))));
            match self.unwrapped(&mut list[at], is_last) {
                // The unwrapped statements may begin with another such call.
                Some(statements) => drop(list.splice(at..=at, statements)),
                None => at += 1,
            }
        }
    }

    /// Returns what a statement becomes. `is_last`: nothing runs after it.
    fn unwrapped(&mut self, statement: &mut Stmt, is_last: bool) -> Option<Vec<Stmt>> {
        let (value, may_return) = match statement {
            Stmt::Return(returned) if is_last => (returned.arg.as_mut()?, true),
            Stmt::Expr(statement) => (&mut statement.expr, false),
            _ => return None,
        };
        let Expr::Seq(sequence) = &mut **value else {
            return self.body_of(value.as_mut_call()?, may_return);
        };
        let call = sequence.exprs.last_mut()?.as_mut_call()?;
        let mut statements = self.body_of(call, may_return)?;
        sequence.exprs.pop();
        statements.insert(0, Stmt::Expr(ExprStmt { span: DUMMY_SP, expr: value.take() }));
        Some(statements)
    }

    /// Returns the statements of a called function, after those that give its parameters their
    /// values. `may_return`: the enclosing function returns the result of the call.
    fn body_of(&mut self, call: &mut CallExpr, may_return: bool) -> Option<Vec<Stmt>> {
        let CallExpr { callee: Callee::Expr(callee), args, .. } = call else { return None };
        let (mut patterns, body): (Vec<&mut Pat>, &mut Vec<Stmt>) = match &mut **callee {
            Expr::Fn(function) => {
                let Function { params, body, is_generator, is_async, .. } = &mut *function.function;
                let body = &mut body.as_mut()?.stmts;
                let name = function.ident.as_ref();
                if *is_generator
                    || *is_async
                    || name.is_some_and(|name| !self.is_unmentioned(name))
                    || uses_own(body)
                {
                    return None;
                }
                (params.iter_mut().map(|it| &mut it.pat).collect(), body)
            }
            Expr::Arrow(arrow) if !arrow.is_async => match &mut *arrow.body {
                ArrowFunctionBody::FunctionBody(body) => {
                    (arrow.params.iter_mut().collect(), &mut body.stmts)
                }
                ArrowFunctionBody::Expr(_) => return None,
            },
            _ => return None,
        };
        let is_plain = |pattern: &&mut Pat| {
            pattern
                .as_ident()
                .and_then(|name| self.binding(&name.id))
                .is_some_and(|binding| binding.declarations == 1 && binding.name != "arguments")
        };
        if !patterns.iter().all(is_plain)
            || args.len() > patterns.len()
            || args.iter().any(|arg| arg.spread.is_some())
            || !fits(body, may_return)
        {
            return None;
        }
        self.is_changed = true;
        let mut args = args.drain(..).map(|ExprOrSpread { expr, .. }| expr);
        let decls = patterns.iter_mut().map(|pattern| {
            if let Some(index) = pattern.as_ident().and_then(|name| Self::index(&name.id)) {
                self.scopes.bindings[index].kind = Kind::Var;
            }
            let (name, init) = (pattern.take(), args.next());
            VarDeclarator { span: DUMMY_SP, name, init, definite: false }
        });
        let decls: Vec<VarDeclarator> = decls.collect();
        let mut statements = Vec::with_capacity(body.len() + 1);
        if !decls.is_empty() {
            let kind = VarDeclKind::Var;
            let parameters = VarDecl { span: DUMMY_SP, kind, decls, ..VarDecl::default() };
            statements.push(Stmt::Decl(Decl::Var(Box::new(parameters))));
        }
        statements.append(body);
        Some(statements)
    }
}

/// Whether the statements of a function do the same if they replace its call.
fn fits(body: &[Stmt], may_return: bool) -> bool {
    // Resources that `using` declares are disposed of when the function ends.
    if directives(body) > 0 || body.iter().any(|it| matches!(it, Stmt::Decl(Decl::Using(_)))) {
        return false;
    }
    let mut returns = Returns(false);
    if !may_return {
        body.visit_with(&mut returns);
    }
    !returns.0
}

/// Whether code returns from the function that it is in.
struct Returns(bool);

impl Visit for Returns {
    noop_visit_type!();

    fn visit_return_stmt(&mut self, _: &ReturnStmt) {
        self.0 = true;
    }

    fn visit_expr(&mut self, _: &Expr) {}

    fn visit_function(&mut self, _: &Function) {}

    fn visit_class(&mut self, _: &Class) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}
}
