//! Functions: which names their parameters may have, and that a `"use strict"` directive in the
//! body applies to the whole function.

use swc_common::Span;
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, Expr, Function, FunctionBody, Ident, Lit, ParamOrTsParamProp,
    Pat, Stmt, TsParamPropParam,
};
use swc_ecma_visit::VisitWith;

use super::{
    checker::Checker,
    context::{Context, Fact},
    scopes::Boundary,
};
use crate::{ast::bound_names, messages};

impl Checker<'_> {
    /// Runs `inside` in a scope and a context of its own, from which no outer label or loop can be
    /// reached.
    pub(super) fn within(&mut self, context: Context, inside: impl FnOnce(&mut Self)) {
        let context = std::mem::replace(&mut self.context, context);
        self.jumps = std::mem::take(&mut self.jumps).inside_function();
        self.scopes.push(Boundary::Function);
        inside(self);
        self.pop_scope();
        self.jumps = std::mem::take(&mut self.jumps).leave_function();
        self.context = context;
    }

    /// Checks a function that is not an arrow function.
    pub(super) fn function(&mut self, function: &Function, name: Option<&Ident>, context: Context) {
        function.decorators.visit_with(self);
        function.params.iter().for_each(|param| param.decorators.visit_with(self));
        let params: Vec<&Pat> = function.params.iter().map(|param| &param.pat).collect();
        let context = strictness(context, function.body.as_ref());
        self.within(context, |me| {
            if let Some(name) = name {
                me.target(name);
            }
            // The parameters of methods must differ even in sloppy code.
            me.parameters(&params, context.has(Fact::SuperMember));
            if let Some(body) = &function.body {
                me.function_body(body);
            }
        });
    }

    /// Checks a constructor. Its parameters may also declare fields, in TypeScript.
    pub(super) fn constructor(
        &mut self,
        params: &[ParamOrTsParamProp],
        body: &FunctionBody,
        context: Context,
    ) {
        for param in params {
            match param {
                ParamOrTsParamProp::Param(param) => param.decorators.visit_with(self),
                ParamOrTsParamProp::TsParamProp(property) => property.decorators.visit_with(self),
            }
        }
        self.within(strictness(context, Some(body)), |me| {
            for param in params {
                match param {
                    ParamOrTsParamProp::Param(param) => me.parameter(&param.pat, true),
                    ParamOrTsParamProp::TsParamProp(property) => match &property.param {
                        TsParamPropParam::Ident(name) => me.declare_parameter(&name.id, true),
                        TsParamPropParam::Assign(assign) => {
                            me.parameter(&assign.left, true);
                            assign.right.visit_with(me);
                        }
                    },
                }
            }
            me.function_body(body);
        });
    }

    /// Checks an arrow function.
    pub(super) fn arrow(&mut self, arrow: &ArrowExpr) {
        let context = self.context.arrow(arrow.is_async);
        let body = match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => Some(body),
            ArrowFunctionBody::Expr(_) => None,
        };
        self.within(strictness(context, body), |me| {
            let params: Vec<&Pat> = arrow.params.iter().collect();
            let inside = me.context;
            me.context = inside.with(Fact::ArrowParameters);
            me.parameters(&params, true);
            me.context = inside;
            match &*arrow.body {
                ArrowFunctionBody::FunctionBody(body) => me.function_body(body),
                ArrowFunctionBody::Expr(value) => value.visit_with(me),
            }
        });
    }

    fn parameters(&mut self, params: &[&Pat], must_differ: bool) {
        let are_simple = params.iter().all(|param| matches!(param, Pat::Ident(_)));
        let must_differ = must_differ || !are_simple || self.is_strict();
        for param in params {
            self.parameter(param, must_differ);
        }
    }

    fn parameter(&mut self, param: &Pat, must_differ: bool) {
        let mut names = Vec::new();
        bound_names(param, &mut |name| names.push(name));
        // TypeScript's `this` parameter is not a binding.
        names.retain(|name| &*name.sym != "this");
        for name in names {
            self.declare_parameter(name, must_differ);
        }
        param.visit_with(self);
    }

    /// Checks the statements of a function, in its own scope.
    pub(super) fn function_body(&mut self, body: &FunctionBody) {
        body.stmts.visit_with(self);
    }
}

/// Returns the context with the strictness of the function: a `"use strict"` directive applies to
/// the whole function, its name and parameters included.
fn strictness(context: Context, body: Option<&FunctionBody>) -> Context {
    let is_strict = body.is_some_and(|body| has_use_strict(body.stmts.iter()));
    if is_strict { context.with(Fact::Strict) } else { context }
}

/// Whether the directive prologue has a `"use strict"` that is written without escapes.
pub(super) fn has_use_strict<'s>(statements: impl Iterator<Item = &'s Stmt>) -> bool {
    statements.map_while(directive).any(|raw| matches!(raw, "\"use strict\"" | "'use strict'"))
}

/// Returns a directive as written, quotes included.
fn directive(statement: &Stmt) -> Option<&str> {
    let Stmt::Expr(statement) = statement else { return None };
    let Expr::Lit(Lit::Str(text)) = &*statement.expr else { return None };
    text.raw.as_deref()
}

impl Checker<'_> {
    /// Checks `await`, `yield` and similar words, which class fields, static blocks and the
    /// parameters of arrow functions may not contain.
    pub(super) fn suspension(&mut self, span: Span, word: &str) {
        if self.context.has(Fact::Initializer) && !self.context.has(Fact::Async) {
            self.report(messages::suspended_initializer(self.label(span), word));
        } else if self.context.has(Fact::ArrowParameters) {
            self.report(messages::suspended_parameters(self.label(span), word));
        }
    }
}
