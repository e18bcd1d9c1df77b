//! The object that disposes of the resources of a block, and the code that encloses the block.

use swc_common::util::take::Take;
use swc_ecma_ast::{
    AwaitExpr, BlockStmt, CatchClause, Expr, Ident, Pat, Stmt, TryStmt, UsingDecl, VarDecl,
    VarDeclKind, WhileStmt,
};
use swc_ecma_utils::private_ident;

use crate::lower::build::{self, NOWHERE};

/// The resources of a block.
pub(super) struct Resources {
    name: Ident,
    /// Whether disposing of them waits.
    is_async: bool,
}

impl Resources {
    pub fn new() -> Self {
        Self { name: private_ident!("_resources"), is_async: false }
    }

    /// Turns the `using` statements into declarations of constants. Returns whether there are any.
    pub fn take_from(&mut self, statements: &mut [Stmt]) -> bool {
        let mut was_found = false;
        for statement in statements {
            let Stmt::Decl(declaration) = statement else { continue };
            if let Some(using) = declaration.as_mut_using() {
                let constants = self.constants(*using.take());
                *statement = constants.into();
                was_found = true;
            }
        }
        was_found
    }

    pub fn constants(&mut self, using: UsingDecl) -> VarDecl {
        let UsingDecl { span, is_await, mut decls } = using;
        self.is_async |= is_await;
        for declarator in &mut decls {
            let Some(value) = &mut declarator.init else { continue };
            let mut resource = std::mem::take(&mut **value);
            if let Pat::Ident(name) = &declarator.name {
                resource = build::with_name(resource, name.id.clone().into());
            }
            **value = self.call(if is_await { "a" } else { "u" }, vec![resource]);
        }
        VarDecl { span, kind: VarDeclKind::Const, decls, ..VarDecl::default() }
    }

    fn call(&self, method: &str, args: Vec<Expr>) -> Expr {
        let callee = build::member(self.name.clone().into(), method);
        build::call(NOWHERE, callee, args.into_iter().map(Into::into).collect())
    }

    /// Makes `const _resources = _using();`.
    pub fn declaration(&self) -> Stmt {
        let decls = vec![build::declarator(self.name.clone(), build::helper("using", Vec::new()))];
        VarDecl { kind: VarDeclKind::Const, decls, ..VarDecl::default() }.into()
    }

    /// Makes the `try` that encloses statements.
    pub fn guard(&self, stmts: Vec<Stmt>) -> Stmt {
        let dispose = self.call("d", Vec::new());
        let finalizer = if self.is_async {
            let arg = Box::new(build::member(self.name.clone().into(), "p"));
            let wait = build::statement(AwaitExpr { span: NOWHERE, arg }.into());
            let body = Box::new(self.attempt(vec![wait], None));
            WhileStmt { span: NOWHERE, test: Box::new(dispose), body }.into()
        } else {
            build::statement(dispose)
        };
        self.attempt(stmts, Some(finalizer))
    }

    /// Makes a `try` that keeps an error for later.
    fn attempt(&self, stmts: Vec<Stmt>, finalizer: Option<Stmt>) -> Stmt {
        let error = private_ident!("_error");
        let keep = build::statement(self.call("e", vec![error.clone().into()]));
        let handler =
            CatchClause { span: NOWHERE, param: Some(error.into()), body: block(vec![keep]) };
        Stmt::from(TryStmt {
            span: NOWHERE,
            block: block(stmts),
            handler: Some(handler),
            finalizer: finalizer.map(|statement| block(vec![statement])),
        })
    }
}

pub(super) fn block(stmts: Vec<Stmt>) -> BlockStmt {
    BlockStmt { span: NOWHERE, stmts, ..BlockStmt::default() }
}
