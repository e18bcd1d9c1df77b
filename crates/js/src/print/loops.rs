//! Prints loops, labels, and statements as bodies.

use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, DoWhileStmt, Expr, ForHead, ForInStmt, ForOfStmt, ForStmt, Ident, Pat, Stmt,
    VarDeclOrExpr,
};

use super::{Printer, expressions::bare, precedence::Need};

impl Printer<'_> {
    pub(super) fn loop_or_label(&mut self, node: &Stmt) {
        match node {
            Stmt::For(node) => self.for_stmt(node),
            Stmt::ForIn(node) => self.for_in(node),
            Stmt::ForOf(node) => self.for_of(node),
            Stmt::While(node) => {
                self.keyword_at(node.span, "while");
                self.condition(&node.test);
                self.body(&node.body);
            }
            Stmt::DoWhile(node) => self.do_while(node),
            Stmt::With(node) => {
                self.at(node.span);
                self.out.keyword("with");
                self.out.gap();
                self.condition(&node.obj);
                self.stmt(&node.body);
            }
            Stmt::Labeled(node) => {
                self.skips_place = false;
                self.ident(&node.label);
                self.out.mark(":");
                self.out.gap();
                self.stmt(&node.body);
            }
            other => unreachable!("every other statement is printed elsewhere: {other:?}"),
        }
    }

    /// Prints a statement as a body. A function there would only be allowed in sloppy code.
    pub(super) fn body(&mut self, node: &Stmt) {
        if matches!(node, Stmt::Decl(Decl::Fn(_))) {
            let outer = self.enter(node.span_lo());
            self.braced(node);
            self.leave(outer);
        } else {
            self.stmt(node);
        }
    }

    fn condition(&mut self, test: &Expr) {
        self.out.mark("(");
        self.expr(test, Need::ANY);
        self.out.mark(")");
    }

    fn do_while(&mut self, node: &DoWhileStmt) {
        self.keyword_at(node.span, "do");
        self.out.gap();
        self.body(&node.body);
        self.out.keyword("while");
        self.out.gap();
        self.condition(&node.test);
        if self.is_es5 {
            self.out.semicolon();
        }
        self.after(node.span);
    }

    fn for_stmt(&mut self, node: &ForStmt) {
        self.keyword_at(node.span, "for");
        self.out.mark("(");
        match &node.init {
            Some(VarDeclOrExpr::VarDecl(variables)) => self.variables(variables, true),
            Some(VarDeclOrExpr::Expr(init)) => {
                self.starts.head = self.out.here();
                self.expr(init, Need { no_in: true, ..Need::ANY });
            }
            None => {}
        }
        for part in [&node.test, &node.update] {
            self.out.mark(";");
            if let Some(part) = part {
                self.out.gap();
                self.expr(part, Need::ANY);
            }
        }
        self.out.mark(")");
        self.body(&node.body);
    }

    fn for_in(&mut self, node: &ForInStmt) {
        self.keyword_at(node.span, "for");
        self.out.mark("(");
        self.head(&node.left, false);
        self.out.gap();
        self.out.keyword("in");
        self.out.gap();
        self.expr(&node.right, Need::ANY);
        self.out.mark(")");
        self.body(&node.body);
    }

    fn for_of(&mut self, node: &ForOfStmt) {
        self.keyword_at(node.span, "for");
        if node.is_await {
            self.out.space();
            self.out.keyword("await");
        }
        self.out.gap();
        self.out.mark("(");
        self.head(&node.left, !node.is_await);
        self.out.gap();
        self.out.keyword("of");
        self.out.gap();
        self.value(&node.right);
        self.out.mark(")");
        self.body(&node.body);
    }

    /// Prints the target to which a loop assigns. `for (async of` would begin an arrow function.
    fn head(&mut self, node: &ForHead, is_of: bool) {
        match node {
            ForHead::VarDecl(variables) => self.variables(variables, true),
            ForHead::UsingDecl(using) => self.using(using, true),
            ForHead::Pat(pattern) => {
                let name = lone_name(pattern).map(|name| name.sym.as_str());
                if name == Some("let") || is_of && name == Some("async") {
                    self.out.mark("(");
                    self.pattern(pattern);
                    self.out.mark(")");
                } else {
                    self.starts.head = self.out.here();
                    self.pattern(pattern);
                }
            }
        }
    }
}

/// Returns the name that is all of a pattern.
fn lone_name(pattern: &Pat) -> Option<&Ident> {
    match pattern {
        Pat::Ident(name) => Some(&name.id),
        Pat::Expr(target) => bare(target).0.as_ident(),
        _ => None,
    }
}
