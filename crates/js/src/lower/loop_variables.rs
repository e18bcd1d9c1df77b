//! A `var` in the body of a loop belongs to the enclosing function. If a function in the loop
//! captures a variable of one iteration, swc moves the body into a function, and the `var` with it.
//! So such a `var` is declared outside first.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, AssignTarget, Class, Decl, EmptyStmt, Expr, ForHead,
    ForInStmt, ForOfStmt, ForStmt, Function, FunctionBody, Ident, ModuleItem, Program, SeqExpr,
    Stmt, VarDecl, VarDeclKind, VarDeclOrExpr, VarDeclarator,
};
use swc_ecma_utils::{ExprFactory, StmtLike, find_pat_ids, prepend_stmt};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

/// Declares the `var`s of such loops outside. For targets without `let`.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut LoopVariables::default());
}

#[derive(Default)]
struct LoopVariables {
    /// Whether the walk is in a loop whose body may become a function.
    is_in_loop: bool,
    /// The names declared in such loops, in the current function.
    names: Vec<Ident>,
}

impl LoopVariables {
    fn scope<T: StmtLike>(&mut self, statements: &mut Vec<T>)
    where
        Vec<T>: VisitMutWith<Self>,
    {
        let outer = std::mem::take(self);
        statements.visit_mut_children_with(self);
        let names = std::mem::replace(self, outer).names;
        if names.is_empty() {
            return;
        }
        let declarator = |name: Ident| VarDeclarator {
            span: DUMMY_SP,
            name: name.into(),
            init: None,
            definite: false,
        };
        let decls = names.into_iter().map(declarator).collect();
        prepend_stmt(
            statements,
            T::from(VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() }.into()),
        );
    }

    /// Returns the assignments of a declaration; `None` if it has no initial values.
    fn assignments(&mut self, declaration: &mut VarDecl) -> Option<Box<Expr>> {
        let mut exprs = Vec::new();
        for VarDeclarator { span, name, init, .. } in declaration.decls.take() {
            self.names.extend(find_pat_ids::<_, Ident>(&name).into_iter().map(bare));
            if let (Some(right), Ok(left)) = (init, AssignTarget::try_from(name)) {
                exprs.push(Box::new(Expr::Assign(AssignExpr {
                    span,
                    op: AssignOp::Assign,
                    left,
                    right,
                })));
            }
        }
        match exprs.len() {
            0 | 1 => exprs.pop(),
            _ => Some(Box::new(Expr::Seq(SeqExpr { span: declaration.span, exprs }))),
        }
    }

    fn head(&mut self, head: &mut ForHead) {
        if let ForHead::VarDecl(declaration) = head
            && self.takes(declaration)
            && let Some(VarDeclarator { name, init: None, .. }) = declaration.decls.first_mut()
        {
            self.names.extend(find_pat_ids::<_, Ident>(name).into_iter().map(bare));
            *head = ForHead::Pat(Box::new(name.take()));
        }
    }

    fn takes(&self, declaration: &VarDecl) -> bool {
        self.is_in_loop && declaration.kind == VarDeclKind::Var
    }
}

fn bare(name: Ident) -> Ident {
    Ident { span: DUMMY_SP, ..name }
}

impl VisitMut for LoopVariables {
    noop_visit_mut_type!();

    fn visit_mut_module_items(&mut self, items: &mut Vec<ModuleItem>) {
        self.scope(items);
    }

    fn visit_mut_function_body(&mut self, body: &mut FunctionBody) {
        self.scope(&mut body.stmts);
    }

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        let outer = self.is_in_loop;
        // The head of the outermost loop is not moved.
        match statement {
            Stmt::For(ForStmt { init: Some(VarDeclOrExpr::VarDecl(declaration)), .. })
                if self.takes(declaration) =>
            {
                let value = self.assignments(declaration).map(VarDeclOrExpr::Expr);
                if let Stmt::For(head) = statement {
                    head.init = value;
                }
            }
            Stmt::ForIn(ForInStmt { left, .. }) | Stmt::ForOf(ForOfStmt { left, .. }) => {
                self.head(left);
            }
            Stmt::Decl(Decl::Var(declaration)) if self.takes(declaration) => {
                let value = self.assignments(declaration);
                *statement =
                    value.map_or(EmptyStmt { span: DUMMY_SP }.into(), ExprFactory::into_stmt);
            }
            _ => {}
        }
        let body = match statement {
            Stmt::For(head) => Some(&head.body),
            Stmt::ForIn(head) => Some(&head.body),
            Stmt::ForOf(head) => Some(&head.body),
            Stmt::While(head) => Some(&head.body),
            Stmt::DoWhile(head) => Some(&head.body),
            _ => None,
        };
        self.is_in_loop |= body.is_some_and(|body| has_functions(body));
        statement.visit_mut_children_with(self);
        self.is_in_loop = outer;
    }
}

fn has_functions(body: &Stmt) -> bool {
    let mut found = Functions(false);
    body.visit_with(&mut found);
    found.0
}

struct Functions(bool);

impl Visit for Functions {
    noop_visit_type!();

    fn visit_function(&mut self, _: &Function) {
        self.0 = true;
    }

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {
        self.0 = true;
    }

    fn visit_class(&mut self, _: &Class) {
        self.0 = true;
    }
}
