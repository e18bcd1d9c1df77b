//! Prints functions, arrow functions and parameters.

use swc_ecma_ast::{
    ArrowExpr, BindingIdent, Decorator, Expr, FnDecl, FnExpr, Function, FunctionBody, Ident,
    MemberProp, Param, Pat,
};

use super::{
    Printer,
    expressions::bare,
    precedence::{Level, Need},
};

impl Printer<'_> {
    pub(super) fn fn_decl(&mut self, node: &FnDecl) {
        self.leading(node.function.span);
        self.at(node.function.span);
        self.function_keywords(&node.function);
        if node.function.is_generator {
            self.out.gap();
        } else {
            self.out.space();
        }
        self.ident(&node.ident);
        self.function_rest(&node.function);
    }

    /// Prints a function expression. A name that a parameter shadows is left out: `JavaScriptCore`
    /// in its ES5 days (PhantomJS 2, Safari up to 10) refuses `function f(f) {}` in strict mode.
    pub(super) fn fn_expr(&mut self, node: &FnExpr) {
        self.leading(node.function.span);
        self.at(node.function.span);
        self.function_keywords(&node.function);
        if let Some(name) = node.ident.as_ref().filter(|name| !is_shadowed(name, &node.function)) {
            self.out.space();
            self.ident(name);
        }
        self.function_rest(&node.function);
    }

    fn function_keywords(&mut self, function: &Function) {
        if function.is_async {
            self.out.keyword("async");
            self.out.space();
        }
        self.out.keyword("function");
        if function.is_generator {
            self.out.mark("*");
        }
    }

    /// Prints the parameters and the body.
    pub(super) fn function_rest(&mut self, function: &Function) {
        self.function_parts(function, |printer, body| {
            printer.out.gap();
            printer.function_body(body, false);
        });
    }

    /// Prints the parameters, and the body by `print`.
    pub(super) fn function_parts(
        &mut self,
        function: &Function,
        print: impl FnOnce(&mut Self, &FunctionBody),
    ) {
        let outer = self.enter(function.span.lo);
        self.out.mark("(");
        self.separated(function.params.iter(), Self::param);
        self.out.mark(")");
        if let Some(body) = &function.body {
            print(self, body);
        } else {
            self.out.semicolon();
        }
        self.leave(outer);
    }

    pub(super) fn param(&mut self, node: &Param) {
        let outer = self.enter(node.span.lo);
        self.leading(node.span);
        self.at(node.span);
        self.decorators(&node.decorators);
        self.pattern(&node.pat);
        self.after(node.span);
        self.leave(outer);
    }

    pub(super) fn arrow(&mut self, node: &ArrowExpr, need: Need) {
        self.leading(node.span);
        self.at(node.span);
        if node.is_async {
            self.out.keyword("async");
            self.out.gap();
        }
        let lone = match node.params.as_slice() {
            [Pat::Ident(name)] if self.out.is_compact => Some(name),
            _ => None,
        };
        if let Some(name) = lone {
            self.pattern_name(name);
        } else {
            self.out.mark("(");
            self.separated(node.params.iter(), Self::pattern);
            self.out.mark(")");
        }
        self.out.mark("=>");
        self.arrow_body(&node.body, need);
    }

    fn pattern_name(&mut self, name: &BindingIdent) {
        let outer = self.enter(name.id.span.lo);
        self.ident(&name.id);
        self.leave(outer);
    }

    /// Prints decorators, each on its own line.
    pub(super) fn decorators(&mut self, decorators: &[Decorator]) {
        for decorator in decorators {
            self.leading(decorator.span);
            self.at(decorator.span);
            self.out.mark("@");
            if is_plain_decorator(&decorator.expr) {
                self.expr(&decorator.expr, Need::at(Level::Call));
            } else {
                self.out.mark("(");
                self.expr(&decorator.expr, Need::ANY);
                self.out.mark(")");
            }
            self.out.line();
        }
    }
}

/// Whether a parameter hides the name of its function. The name is then useless, and PhantomJS
/// refuses such a function in strict code.
fn is_shadowed(name: &Ident, function: &Function) -> bool {
    let is_same = |pattern: &Pat| pattern.as_ident().is_some_and(|own| own.id.sym == name.sym);
    function.params.iter().any(|parameter| is_same(&parameter.pat))
}

/// Whether a decorator needs no parentheses: `@a.b(c)`.
fn is_plain_decorator(expr: &Expr) -> bool {
    let mut head = match bare(expr).0 {
        Expr::Call(call) => match call.callee.as_expr() {
            Some(callee) => bare(callee).0,
            None => return false,
        },
        other => other,
    };
    loop {
        head = match head {
            Expr::Ident(_) => return true,
            Expr::Member(member) if !matches!(member.prop, MemberProp::Computed(_)) => {
                bare(&member.obj).0
            }
            _ => return false,
        };
    }
}
