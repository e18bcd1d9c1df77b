//! The names that statements declare for their whole function: its `var`s at any depth, and, in
//! sloppy code, plain functions in blocks. By annex B of ECMAScript such a function is also a
//! variable of the enclosing function: code outside the block sees it once the block was entered.
//! Both get one binding.

use swc_atoms::Atom;
use swc_ecma_ast::{
    Decl, FnDecl, ForHead, Ident, Pat, Stmt, SwitchCase, TryStmt, UsingDecl, VarDecl, VarDeclKind,
    VarDeclOrExpr,
};

use crate::ast::bound_names;

/// A name that is declared for a whole function.
pub(super) enum Hoisted<'a> {
    /// A `var`.
    Var(&'a Ident),
    /// A function in a block.
    Function(&'a Ident),
}

/// Collects hoisted names. Expressions are not walked.
pub(super) struct Hoist<'a> {
    is_sloppy: bool,
    /// What encloses the current statement, in this function.
    around: Vec<Around<'a>>,
    found: Vec<Hoisted<'a>>,
}

/// A construct that declares names of its own.
enum Around<'a> {
    Block(&'a [Stmt]),
    Cases(&'a [SwitchCase]),
    Head(&'a VarDecl),
    Using(&'a UsingDecl),
    Catch(&'a Pat),
}

impl<'a> Hoist<'a> {
    /// Returns the names hoisted out of the statements of a function's body.
    pub fn of(statements: impl Iterator<Item = &'a Stmt>, is_sloppy: bool) -> Vec<Hoisted<'a>> {
        let mut hoist = Self { is_sloppy, around: Vec::new(), found: Vec::new() };
        // Functions at the top of the body are not in a block.
        let inner = statements.filter(|statement| !matches!(statement, Stmt::Decl(Decl::Fn(_))));
        inner.for_each(|statement| hoist.statement(statement));
        hoist.found
    }

    fn statement(&mut self, statement: &'a Stmt) {
        match statement {
            Stmt::Decl(Decl::Var(declaration)) => self.variables(declaration),
            Stmt::Decl(Decl::Fn(function)) => self.function(function),
            Stmt::Block(block) => self.block(&block.stmts),
            Stmt::If(test) => {
                self.statement(&test.cons);
                test.alt.iter().for_each(|other| self.statement(other));
            }
            Stmt::For(each) => {
                let declaration = match &each.init {
                    Some(VarDeclOrExpr::VarDecl(declaration)) => Some(&**declaration),
                    Some(VarDeclOrExpr::Expr(_)) | None => None,
                };
                if let Some(declaration) = declaration {
                    self.variables(declaration);
                }
                self.within(declaration.map(Around::Head), |hoist| hoist.statement(&each.body));
            }
            Stmt::ForIn(each) => self.loop_over(&each.left, &each.body),
            Stmt::ForOf(each) => self.loop_over(&each.left, &each.body),
            Stmt::While(each) => self.statement(&each.body),
            Stmt::DoWhile(each) => self.statement(&each.body),
            Stmt::Labeled(labelled) => self.statement(&labelled.body),
            Stmt::With(with) => self.statement(&with.body),
            Stmt::Try(attempt) => self.attempt(attempt),
            Stmt::Switch(switch) => self.within(Some(Around::Cases(&switch.cases)), |hoist| {
                switch.cases.iter().flat_map(|case| &case.cons).for_each(|s| hoist.statement(s));
            }),
            _ => {}
        }
    }

    fn within(&mut self, around: Option<Around<'a>>, visit: impl FnOnce(&mut Self)) {
        let depth = self.around.len();
        self.around.extend(around);
        visit(self);
        self.around.truncate(depth);
    }

    fn block(&mut self, statements: &'a [Stmt]) {
        self.within(Some(Around::Block(statements)), |hoist| {
            for statement in statements {
                hoist.statement(statement);
            }
        });
    }

    fn variables(&mut self, declaration: &'a VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            for declarator in &declaration.decls {
                bound_names(&declarator.name, &mut |name| self.found.push(Hoisted::Var(name)));
            }
        }
    }

    fn loop_over(&mut self, head: &'a ForHead, body: &'a Stmt) {
        let around = match head {
            ForHead::VarDecl(declaration) => {
                self.variables(declaration);
                Some(Around::Head(declaration))
            }
            ForHead::UsingDecl(declaration) => Some(Around::Using(declaration)),
            ForHead::Pat(_) => None,
        };
        self.within(around, |hoist| hoist.statement(body));
    }

    fn attempt(&mut self, attempt: &'a TryStmt) {
        self.block(&attempt.block.stmts);
        if let Some(clause) = &attempt.handler {
            // A function may have the name of a plain `catch` parameter.
            let pattern = clause.param.as_ref().filter(|pattern| !pattern.is_ident());
            self.within(pattern.map(Around::Catch), |hoist| hoist.block(&clause.body.stmts));
        }
        if let Some(finalizer) = &attempt.finalizer {
            self.block(&finalizer.stmts);
        }
    }

    fn function(&mut self, declaration: &'a FnDecl) {
        let is_plain = !declaration.function.is_async && !declaration.function.is_generator;
        let name = &declaration.ident;
        if self.is_sloppy
            && is_plain
            && !self.around.iter().any(|around| around.declares(&name.sym))
        {
            self.found.push(Hoisted::Function(name));
        }
    }
}

impl Around<'_> {
    /// Whether the construct declares a name, other than by a function or `var`.
    fn declares(&self, name: &Atom) -> bool {
        match self {
            Self::Block(statements) => statements.iter().any(|s| declares(s, name)),
            Self::Cases(cases) => {
                cases.iter().flat_map(|case| &case.cons).any(|s| declares(s, name))
            }
            Self::Head(declaration) => is_lexical(declaration, name),
            Self::Using(declaration) => {
                declaration.decls.iter().any(|declarator| binds(&declarator.name, name))
            }
            Self::Catch(pattern) => binds(pattern, name),
        }
    }
}

fn declares(statement: &Stmt, name: &Atom) -> bool {
    match statement {
        Stmt::Decl(Decl::Var(declaration)) => is_lexical(declaration, name),
        Stmt::Decl(Decl::Class(class)) => class.ident.sym == *name,
        Stmt::Decl(Decl::Using(using)) => using.decls.iter().any(|one| binds(&one.name, name)),
        _ => false,
    }
}

fn is_lexical(declaration: &VarDecl, name: &Atom) -> bool {
    declaration.kind != VarDeclKind::Var
        && declaration.decls.iter().any(|declarator| binds(&declarator.name, name))
}

fn binds(pattern: &Pat, name: &Atom) -> bool {
    let mut is_found = false;
    bound_names(pattern, &mut |bound| is_found |= bound.sym == *name);
    is_found
}
