//! Statements: the scopes that they open, and where only a statement, not a declaration, may be.

use swc_common::{BytePos, Spanned};
use swc_ecma_ast::{
    BlockStmt, CatchClause, Decl, DoWhileStmt, Expr, ExprStmt, FnDecl, ForHead, ForInStmt,
    ForOfStmt, ForStmt, Ident, IfStmt, Pat, Stmt, SwitchStmt, UsingDecl, VarDecl, VarDeclKind,
    WhileStmt,
};
use swc_ecma_visit::VisitWith;

use super::{
    checker::Checker,
    functions::has_use_strict,
    scopes::{Boundary, Kind},
};
use crate::{ast::bound_names, messages};

impl Checker<'_> {
    fn in_block(&mut self, boundary: Boundary, inside: impl FnOnce(&mut Self)) {
        self.scopes.push(boundary);
        inside(self);
        self.pop_scope();
    }

    /// Checks a block, which has a scope of its own.
    pub(super) fn block(&mut self, block: &BlockStmt) {
        self.in_block(Boundary::Block, |me| block.stmts.visit_with(me));
    }

    /// Checks the single statement that is the body of a loop or `with`.
    pub(super) fn body(&mut self, statement: &Stmt) {
        if let Some(span) = declaration(statement) {
            self.report(messages::declaration_as_body(self.label(span)));
        }
        statement.visit_with(self);
    }

    /// Checks the statement after a label. In sloppy code it may be a plain function.
    pub(super) fn label_body(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Decl(Decl::Fn(function)) if !self.is_strict() && is_plain(function) => {}
            Stmt::Decl(declaration) if is_value(declaration) => {
                self.report(messages::declaration_as_body(self.label(declaration.span())));
            }
            _ => {}
        }
        statement.visit_with(self);
    }

    /// Checks an `if`. Each branch is a single statement.
    pub(super) fn if_(&mut self, statement: &IfStmt) {
        statement.test.visit_with(self);
        self.branch(&statement.cons);
        if let Some(alternative) = &statement.alt {
            self.branch(alternative);
        }
    }

    /// Checks a branch of `if`. In sloppy code `if (x) function f() {}` means
    /// `if (x) { function f() {} }`.
    fn branch(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Decl(Decl::Fn(function)) if !self.is_strict() && is_plain(function) => {
                self.in_block(Boundary::Block, |me| me.function_declaration(function));
            }
            _ => self.body(statement),
        }
    }

    /// Checks a `for` loop with three clauses.
    pub(super) fn for_(&mut self, statement: &ForStmt) {
        self.in_block(Boundary::Block, |me| {
            statement.init.visit_with(me);
            statement.test.visit_with(me);
            statement.update.visit_with(me);
            me.semicolons(statement);
            me.in_loop(&statement.body);
        });
    }

    /// Checks the semicolons of `for (a; b)`: the parser accepts line ends in their place.
    fn semicolons(&mut self, statement: &ForStmt) {
        let after_init = statement.init.as_ref().map_or(statement.span.lo, |init| init.span().hi);
        let after_test = statement.test.as_ref().map_or(after_init, |test| test.span().hi);
        let before_test =
            statement.test.as_ref().map_or(statement.body.span().lo, |test| test.span().lo);
        let end =
            statement.update.as_ref().map_or(statement.body.span().lo, |update| update.span().lo);
        let count = if statement.test.is_some() {
            let first =
                self.has_semicolon(after_init, before_test) || self.ends_with_semicolon(after_init);
            u32::from(first) + u32::from(self.has_semicolon(after_test, end))
        } else {
            let found = code_only(self.text(after_init, end)).matches(';').count();
            u32::try_from(found).unwrap_or(2) + u32::from(self.ends_with_semicolon(after_init))
        };
        if count < 2 {
            self.report(messages::for_semicolons(self.label(statement.span)));
        }
    }

    fn has_semicolon(&self, from: BytePos, to: BytePos) -> bool {
        code_only(self.text(from, to)).contains(';')
    }

    /// Whether a declaration's span includes its semicolon.
    fn ends_with_semicolon(&self, end: BytePos) -> bool {
        self.text(BytePos(end.0 - 1), end) == ";"
    }

    /// Checks a `for`-`in` loop.
    pub(super) fn for_in(&mut self, statement: &ForInStmt) {
        self.in_block(Boundary::Block, |me| {
            me.head(&statement.left, false);
            statement.right.visit_with(me);
            me.in_loop(&statement.body);
        });
    }

    /// Checks a `for`-`of` loop, also with `await`.
    pub(super) fn for_of(&mut self, statement: &ForOfStmt) {
        if statement.is_await {
            self.suspension(statement.span, "for await");
        }
        self.in_block(Boundary::Block, |me| {
            me.head(&statement.left, true);
            statement.right.visit_with(me);
            me.in_loop(&statement.body);
        });
    }

    fn head(&mut self, head: &ForHead, is_for_of: bool) {
        match head {
            ForHead::VarDecl(declaration) => self.variables(declaration, is_for_of),
            ForHead::UsingDecl(declaration) => self.using(declaration),
            ForHead::Pat(pattern) => {
                if let Pat::Expr(target) = &**pattern
                    && is_for_of
                    && leftmost_is_let(target)
                {
                    self.report(messages::let_target(self.label(target.span())));
                }
                pattern.visit_with(self);
            }
        }
    }

    /// Checks a `while` loop.
    pub(super) fn while_(&mut self, statement: &WhileStmt) {
        statement.test.visit_with(self);
        self.in_loop(&statement.body);
    }

    /// Checks a `do`-`while` loop.
    pub(super) fn do_while(&mut self, statement: &DoWhileStmt) {
        self.in_loop(&statement.body);
        statement.test.visit_with(self);
    }

    /// Checks a `switch`. Its cases share one scope, in which `using` may only be inside blocks.
    pub(super) fn switch(&mut self, statement: &SwitchStmt) {
        statement.discriminant.visit_with(self);
        self.in_block(Boundary::Block, |me| {
            me.in_switch(|me| {
                for case in &statement.cases {
                    for inside in &case.cons {
                        if let Stmt::Decl(Decl::Using(using)) = inside {
                            me.report(messages::using_in_case(me.label(using.span)));
                        }
                    }
                }
                statement.cases.visit_with(me);
            });
        });
    }

    /// Checks a `catch` clause, and declares its parameter.
    pub(super) fn catch(&mut self, clause: &CatchClause) {
        self.in_block(Boundary::Block, |me| {
            if let Some(parameter) = &clause.param {
                let kind = if matches!(parameter, Pat::Ident(_)) {
                    Kind::CatchName
                } else {
                    Kind::CatchPattern
                };
                bound_names(parameter, &mut |name| me.declare(name, kind));
                parameter.visit_with(me);
            }
            me.in_block(Boundary::CatchBody, |me| clause.body.stmts.visit_with(me));
        });
    }

    /// Checks and declares the names of `var`, `let` and `const`. `is_for_of`: they are in the head
    /// of a `for`-`of` loop.
    pub(super) fn variables(&mut self, declaration: &VarDecl, is_for_of: bool) {
        if declaration.declare {
            return;
        }
        for declarator in &declaration.decls {
            bound_names(&declarator.name, &mut |name| {
                if declaration.kind == VarDeclKind::Var {
                    self.declare_var(name, is_for_of);
                } else {
                    self.lexical_name(name);
                    self.declare(name, Kind::Lexical);
                }
            });
        }
        declaration.decls.visit_with(self);
    }

    /// Checks and declares the names of `using` and `await using`.
    pub(super) fn using(&mut self, declaration: &UsingDecl) {
        if declaration.is_await {
            self.suspension(declaration.span, "await using");
        }
        for declarator in &declaration.decls {
            bound_names(&declarator.name, &mut |name| {
                self.lexical_name(name);
                self.declare(name, Kind::Lexical);
            });
        }
        declaration.decls.visit_with(self);
    }

    /// Checks a declared function. Its kind of name depends on where it is: see `Kind`.
    pub(super) fn function_declaration(&mut self, declaration: &FnDecl) {
        // A function without a body is an overload signature of TypeScript.
        if declaration.declare || declaration.function.body.is_none() {
            return;
        }
        let is_top = self.scopes.is_function_top();
        let kind = match (is_top, self.is_module && self.scopes.is_outermost()) {
            (true, false) => Kind::Function,
            (false, _) if !self.is_strict() && is_plain(declaration) => Kind::BlockFunction,
            (true, true) | (false, _) => Kind::Lexical,
        };
        self.declare(&declaration.ident, kind);
        self.name(&declaration.ident);
        let function = &declaration.function;
        let context = self.context.function(function.is_async, function.is_generator);
        self.function(function, own_name(declaration), context);
    }

    /// Checks an expression statement that begins with `let [`. This begins a declaration even
    /// where none is allowed; the parser reads it as `let[x]` there.
    pub(super) fn expression_statement(&mut self, statement: &ExprStmt) {
        if leftmost_is_let(&statement.expr) {
            let rest = self.text_of(statement.span).strip_prefix("let").unwrap_or("");
            if code_only(rest).trim_start().starts_with('[') {
                self.report(messages::declaration_as_body(self.label(statement.span)));
            }
        }
        statement.expr.visit_with(self);
    }
}

/// Returns the function's name if the strictness of its body forbids it. The other checks of the
/// name ran where the function was declared.
fn own_name(declaration: &FnDecl) -> Option<&Ident> {
    let becomes_strict =
        declaration.function.body.as_ref().is_some_and(|body| has_use_strict(body.stmts.iter()));
    let is_special = matches!(&*declaration.ident.sym, "eval" | "arguments");
    (becomes_strict || is_special).then_some(&declaration.ident)
}

fn is_plain(declaration: &FnDecl) -> bool {
    !declaration.function.is_async && !declaration.function.is_generator
}

/// Whether JavaScript treats a declaration as one. `var` is allowed wherever a statement is.
fn is_value(declaration: &Decl) -> bool {
    match declaration {
        Decl::Class(_) | Decl::Fn(_) | Decl::Using(_) => true,
        Decl::Var(variables) => variables.kind != VarDeclKind::Var,
        _ => false,
    }
}

/// Returns the place of a declaration where only a statement is allowed, also after labels.
fn declaration(statement: &Stmt) -> Option<swc_common::Span> {
    match statement {
        Stmt::Decl(declaration) if is_value(declaration) => Some(declaration.span()),
        Stmt::Labeled(labeled) => match &*labeled.body {
            Stmt::Decl(Decl::Fn(function)) => Some(function.span()),
            inner => declaration(inner).filter(|_| matches!(inner, Stmt::Labeled(_))),
        },
        _ => None,
    }
}

fn leftmost_is_let(mut expression: &Expr) -> bool {
    use swc_ecma_ast::{AssignTarget, SimpleAssignTarget};
    loop {
        expression = match expression {
            Expr::Ident(name) => return &*name.sym == "let",
            Expr::Member(member) => &member.obj,
            Expr::Call(call) => match call.callee.as_expr() {
                Some(callee) => callee,
                None => return false,
            },
            Expr::Bin(operation) => &operation.left,
            Expr::Cond(conditional) => &conditional.test,
            Expr::Seq(sequence) => match sequence.exprs.first() {
                Some(first) => first,
                None => return false,
            },
            Expr::Assign(assignment) => match &assignment.left {
                AssignTarget::Simple(SimpleAssignTarget::Member(member)) => &member.obj,
                AssignTarget::Simple(_) | AssignTarget::Pat(_) => return false,
            },
            _ => return false,
        };
    }
}

/// Returns a text without its comments.
pub(super) fn code_only(text: &str) -> String {
    let mut code = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('/') {
        code.push_str(&rest[..at]);
        let comment = &rest[at..];
        let end = if comment.starts_with("//") {
            comment.find(['\n', '\r', '\u{2028}', '\u{2029}']).unwrap_or(comment.len())
        } else if comment.starts_with("/*") {
            comment.find("*/").map_or(comment.len(), |end| end + 2)
        } else {
            code.push('/');
            1
        };
        rest = &comment[end..];
    }
    code.push_str(rest);
    code
}
