//! Prints statements and declarations.

use swc_common::Spanned;
use swc_ecma_ast::{
    BlockStmt, CatchClause, Decl, Expr, ExprStmt, Ident, IfStmt, Lit, Stmt, SwitchCase, SwitchStmt,
    TryStmt, UsingDecl, VarDecl, VarDeclarator,
};

use super::{Printer, expressions::bare, precedence::Need};

impl Printer<'_> {
    /// Prints a statement. All except blocks end their line.
    pub(super) fn stmt(&mut self, node: &Stmt) {
        let span = node.span();
        let outer = self.enter(span.lo);
        if let Stmt::Block(block) = node {
            self.block(block);
        } else {
            self.simple_stmt(node);
            self.trailing(span);
            self.out.line();
        }
        self.leave(outer);
    }

    pub(super) fn block(&mut self, node: &BlockStmt) {
        self.braces(node.span, &node.stmts, true);
    }

    fn simple_stmt(&mut self, node: &Stmt) {
        match node {
            Stmt::Expr(statement) => self.expression_statement(statement),
            Stmt::Decl(declaration) => self.declaration(declaration, true),
            Stmt::If(node) => self.if_stmt(node),
            Stmt::Return(node) => {
                self.keyword_at(node.span, "return");
                if let Some(value) = &node.arg {
                    self.operand_on_line(value, Need::ANY);
                }
                self.out.semicolon();
            }
            Stmt::Throw(node) => {
                self.keyword_at(node.span, "throw");
                self.operand_on_line(&node.arg, Need::ANY);
                self.out.semicolon();
            }
            Stmt::Try(node) => self.try_stmt(node),
            Stmt::Switch(node) => self.switch(node),
            Stmt::Break(node) => {
                self.at(node.span);
                self.jump("break", node.label.as_ref());
            }
            Stmt::Continue(node) => {
                self.at(node.span);
                self.jump("continue", node.label.as_ref());
            }
            Stmt::Empty(node) => {
                self.leading(node.span);
                self.out.closing(";");
            }
            Stmt::Debugger(node) => {
                self.keyword_at(node.span, "debugger");
                self.out.semicolon();
            }
            _ => self.loop_or_label(node),
        }
    }

    fn jump(&mut self, keyword: &'static str, label: Option<&Ident>) {
        self.out.keyword(keyword);
        if let Some(label) = label {
            self.out.space();
            self.ident(label);
        }
        self.out.semicolon();
    }

    fn expression_statement(&mut self, node: &ExprStmt) {
        self.skips_place = false;
        self.leading(node.span);
        let trailing = self.take_trailing(node.span);
        self.out.start();
        self.starts.statement = self.out.here();
        if is_string_in_parens(&node.expr) {
            // Without the parentheses it would be a directive.
            self.out.literal("0");
            self.out.mark(",");
            self.out.gap();
        }
        self.expr(&node.expr, Need::ANY);
        self.out.semicolon();
        if let Some(comments) = trailing {
            self.print_comments(&comments, true);
        }
    }

    /// Prints a declaration. `has_decorators`: a class has its decorators here.
    pub(super) fn declaration(&mut self, node: &Decl, has_decorators: bool) {
        match node {
            Decl::Var(variables) => {
                self.variables(variables, false);
                self.out.semicolon();
            }
            Decl::Using(using) => {
                self.using(using, false);
                self.out.semicolon();
            }
            Decl::Fn(function) => self.fn_decl(function),
            Decl::Class(class) => self.class_decl(class, has_decorators),
            other => unreachable!("TypeScript is gone before printing: {other:?}"),
        }
    }

    /// Prints variables without a semicolon. `no_in`: they are in the head of a loop.
    pub(super) fn variables(&mut self, node: &VarDecl, no_in: bool) {
        self.leading(node.span);
        self.at(node.span);
        self.out.keyword(node.kind.as_str());
        self.out.gap();
        self.separated(node.decls.iter(), |printer, node| printer.declarator(node, no_in));
    }

    pub(super) fn using(&mut self, node: &UsingDecl, no_in: bool) {
        self.leading(node.span);
        if node.is_await {
            self.out.keyword("await");
            self.out.space();
        }
        self.out.keyword("using");
        self.out.space();
        self.separated(node.decls.iter(), |printer, node| printer.declarator(node, no_in));
    }

    fn declarator(&mut self, node: &VarDeclarator, no_in: bool) {
        let outer = self.enter(node.span.lo);
        self.leading(node.span);
        self.at(node.span);
        self.pattern(&node.name);
        if let Some(value) = &node.init {
            self.out.gap();
            self.out.mark("=");
            self.out.gap();
            self.expr(value, Need { no_in, ..Need::VALUE });
        }
        self.leave(outer);
    }

    fn if_stmt(&mut self, node: &IfStmt) {
        self.keyword_at(node.span, "if");
        self.out.gap();
        self.out.mark("(");
        self.expr(&node.test, Need::ANY);
        self.out.mark(")");
        self.out.gap();
        let is_block = self.clause(&node.cons, takes_else(&node.cons));
        if let Some(other) = &node.alt {
            if is_block {
                self.out.gap();
            }
            self.out.keyword("else");
            self.out.gap();
            self.clause(other, false);
        }
    }

    /// Prints a statement after `if` or `else`, in braces if it must be. Returns whether it has
    /// braces.
    fn clause(&mut self, node: &Stmt, needs_braces: bool) -> bool {
        if needs_braces {
            let outer = self.enter(node.span_lo());
            self.braced(node);
            self.leave(outer);
            return true;
        }
        self.body(node);
        matches!(node, Stmt::Block(_) | Stmt::Decl(Decl::Fn(_)))
    }

    fn try_stmt(&mut self, node: &TryStmt) {
        self.keyword_at(node.span, "try");
        self.out.gap();
        self.block(&node.block);
        if let Some(handler) = &node.handler {
            self.out.gap();
            let outer = self.enter(handler.span.lo);
            self.catch(handler);
            self.leave(outer);
        }
        if let Some(last) = &node.finalizer {
            self.out.gap();
            self.out.keyword("finally");
            self.block(last);
        }
    }

    fn catch(&mut self, node: &CatchClause) {
        self.keyword_at(node.span, "catch");
        self.out.gap();
        if let Some(parameter) = &node.param {
            self.out.mark("(");
            self.pattern(parameter);
            self.out.mark(")");
        }
        self.out.gap();
        self.block(&node.body);
    }

    fn switch(&mut self, node: &SwitchStmt) {
        self.keyword_at(node.span, "switch");
        self.out.mark("(");
        self.expr(&node.discriminant, Need::ANY);
        self.out.mark(")");
        self.out.mark("{");
        self.lines(node.span, &node.cases, Self::case);
    }

    /// A case without a place stays without one, and so does its only statement.
    fn case(&mut self, node: &SwitchCase) {
        let outer = self.enter(node.span.lo);
        self.leading(node.span);
        if !node.span.lo.is_dummy() {
            self.at(node.span);
        }
        match &node.test {
            Some(test) => {
                self.out.keyword("case");
                self.out.gap();
                self.expr(test, Need::ANY);
            }
            None => self.out.keyword("default"),
        }
        self.out.mark(":");
        self.out.line();
        self.out.indent += 1;
        let is_lone = matches!(node.cons.as_slice(), [lone] if lone.span().is_dummy());
        self.skips_place = is_lone && self.maps && !node.span.is_dummy();
        for statement in &node.cons {
            self.stmt(statement);
            self.out.line();
        }
        self.skips_place = false;
        self.out.indent -= 1;
        self.leave(outer);
    }
}

/// Whether an expression is a string in parentheses.
fn is_string_in_parens(expr: &Expr) -> bool {
    expr.is_paren() && matches!(bare(expr).0, Expr::Lit(Lit::Str(_)))
}

/// Whether an `else` after a statement would belong to it.
fn takes_else(node: &Stmt) -> bool {
    match node {
        Stmt::If(node) => node.alt.as_deref().is_none_or(takes_else),
        Stmt::Labeled(node) => takes_else(&node.body),
        Stmt::While(node) => takes_else(&node.body),
        Stmt::For(node) => takes_else(&node.body),
        Stmt::ForIn(node) => takes_else(&node.body),
        Stmt::ForOf(node) => takes_else(&node.body),
        Stmt::With(node) => takes_else(&node.body),
        _ => false,
    }
}
