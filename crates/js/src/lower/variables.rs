//! Variables that a lowering pass needs. They are declared at the start of the list of statements
//! that uses them.

use swc_common::DUMMY_SP;
use swc_ecma_ast::{
    ArrowFunctionBody, Expr, FunctionBody, Ident, ReturnStmt, Stmt, VarDecl, VarDeclKind,
    VarDeclarator,
};
use swc_ecma_utils::{StmtLike, prepend_stmt};

/// The variables to declare in the current list of statements.
#[derive(Default)]
pub(super) struct Variables(Vec<Ident>);

impl Variables {
    /// Adds a variable.
    pub fn add(&mut self, name: Ident) {
        self.0.push(name);
    }

    /// Declares the variables with `let`, so that closures in a loop capture one for each
    /// iteration.
    pub fn declare<T: StmtLike>(self, statements: &mut Vec<T>) {
        if !self.0.is_empty() {
            prepend_stmt(statements, T::from(self.declaration()));
        }
    }

    /// Declares the variables in an arrow function without a block, which gets a block.
    pub fn declare_in(self, body: &mut ArrowFunctionBody) {
        if self.0.is_empty() {
            return;
        }
        if let ArrowFunctionBody::Expr(value) = body {
            let result = ReturnStmt {
                span: DUMMY_SP,
                arg: Some(std::mem::replace(value, Expr::undefined(DUMMY_SP))),
            };
            let stmts = vec![self.declaration(), result.into()];
            *body = ArrowFunctionBody::FunctionBody(FunctionBody { span: DUMMY_SP, stmts });
        }
    }

    fn declaration(self) -> Stmt {
        let declarator = |name: Ident| VarDeclarator {
            span: DUMMY_SP,
            name: name.into(),
            init: None,
            definite: false,
        };
        let decls = self.0.into_iter().map(declarator).collect();
        VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() }.into()
    }
}

/// The visitor methods that declare the variables in `self.variables`.
macro_rules! declares_variables {
    () => {
        fn visit_mut_module_items(&mut self, items: &mut Vec<swc_ecma_ast::ModuleItem>) {
            let outer = std::mem::take(&mut self.variables);
            items.visit_mut_children_with(self);
            std::mem::replace(&mut self.variables, outer).declare(items);
        }

        fn visit_mut_stmts(&mut self, statements: &mut Vec<swc_ecma_ast::Stmt>) {
            let outer = std::mem::take(&mut self.variables);
            statements.visit_mut_children_with(self);
            std::mem::replace(&mut self.variables, outer).declare(statements);
        }

        fn visit_mut_arrow_function_body(&mut self, body: &mut swc_ecma_ast::ArrowFunctionBody) {
            let outer = std::mem::take(&mut self.variables);
            body.visit_mut_children_with(self);
            std::mem::replace(&mut self.variables, outer).declare_in(body);
        }
    };
}
pub(super) use declares_variables;
