//! Functions declared in blocks of strict code: ECMAScript 5 has none. Each becomes a `let` at the start of its block,
//! before which nothing can run that would need it. In sloppy code every old engine has them, and hoists them out of
//! the block as the pages of their time expect, so they stay.

use swc_common::{DUMMY_SP, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    BlockStmt, Class, Decl, Expr, FnDecl, FnExpr, FunctionBody, Ident, Program, Stmt, SwitchStmt, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_utils::{IdentUsageFinder, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use crate::features::body_is_strict;

/// Rewrites every function in a block of strict code.
pub(super) fn lower(program: &mut Program, is_strict: bool) {
    program.visit_mut_with(&mut BlockFunctions { is_strict });
}

struct BlockFunctions {
    is_strict: bool,
}

impl BlockFunctions {
    fn hoist(&self, statements: &mut Vec<Stmt>) {
        if !self.is_strict {
            return;
        }
        let mut hoisted = Vec::new();
        let mut rest = Vec::with_capacity(statements.len());
        for statement in statements.drain(..) {
            match statement {
                // Async functions and generators are declarations that nobody hoists out of blocks, and their own
                // lowering gives a plain function: they come the same way.
                Stmt::Decl(Decl::Fn(function)) => hoisted.push(variable(function)),
                other => rest.push(other),
            }
        }
        hoisted.append(&mut rest);
        *statements = hoisted;
    }
}

/// `let f = function f() { … }`. A function that mentions itself must see the variable, not its own name, so its own
/// name becomes another one.
fn variable(FnDecl { ident, function, .. }: FnDecl) -> Stmt {
    let own: Ident = if IdentUsageFinder::find(&ident, &function) {
        private_ident!(ident.sym.clone())
    } else {
        Ident { ctxt: SyntaxContext::empty().apply_mark(swc_common::Mark::new()), ..ident.clone() }
    };
    let value = Expr::Fn(FnExpr { ident: Some(own), function });
    VarDecl {
        kind: VarDeclKind::Let,
        decls: vec![VarDeclarator { span: DUMMY_SP, name: ident.into(), init: Some(Box::new(value)), definite: false }],
        ..VarDecl::default()
    }
    .into()
}

impl VisitMut for BlockFunctions {
    noop_visit_mut_type!();

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        let outer = self.is_strict;
        self.is_strict |= body_is_strict(body);
        body.visit_mut_children_with(self);
        self.is_strict = outer;
    }

    fn visit_mut_class(&mut self, class: &mut Class) {
        let outer = std::mem::replace(&mut self.is_strict, true);
        class.visit_mut_children_with(self);
        self.is_strict = outer;
    }

    fn visit_mut_block_stmt(&mut self, block: &mut BlockStmt) {
        block.visit_mut_children_with(self);
        self.hoist(&mut block.stmts);
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        if self.is_strict
            && let Stmt::Switch(switch) = statement
        {
            // All cases are one scope and none is certain to run: the variables stand before the switch.
            let mut stmts = functions_of(switch);
            if !stmts.is_empty() {
                stmts.push(statement.take());
                *statement = Stmt::Block(BlockStmt { stmts, ..BlockStmt::default() });
            }
        }
    }
}

fn functions_of(switch: &mut SwitchStmt) -> Vec<Stmt> {
    let mut hoisted = Vec::new();
    for case in &mut switch.cases {
        for statement in std::mem::take(&mut case.cons) {
            match statement {
                Stmt::Decl(Decl::Fn(function)) => hoisted.push(variable(function)),
                other => case.cons.push(other),
            }
        }
    }
    hoisted
}
