//! `catch (e) { var e = 1; }` declares `e` for the function, and assigns the value to the
//! parameter. One name cannot mean both, so before names are numbered, the declaration moves out of
//! the clause, to its `try`, and becomes an assignment inside.

use swc_atoms::Atom;
use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, CatchClause, Class, Decl, EmptyStmt, Expr, ExprStmt, ForHead, Function, Ident,
    Module, Pat, SeqExpr, Stmt, TryStmt, VarDecl, VarDeclKind, VarDeclOrExpr, VarDeclarator,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::build;

/// Moves `var`s that have the name of an enclosing `catch` parameter.
pub(super) fn move_out(module: &mut Module) {
    module.visit_mut_with(&mut Clauses);
}

struct Clauses;

impl VisitMut for Clauses {
    noop_visit_mut_type!();

    fn visit_mut_try_stmt(&mut self, attempt: &mut TryStmt) {
        // Inner clauses first: a declaration that leaves them may have to leave this one too.
        attempt.visit_mut_children_with(self);
        let Some(CatchClause { param: Some(Pat::Ident(parameter)), body, .. }) =
            &mut attempt.handler
        else {
            return;
        };
        let mut variables = Variables { name: parameter.id.sym.clone(), moved: Vec::new() };
        body.visit_mut_with(&mut variables);
        if variables.moved.is_empty() {
            return;
        }
        variables.moved.sort_by(|a, b| a.sym.cmp(&b.sym));
        variables.moved.dedup_by(|a, b| a.sym == b.sym);
        let declarator = |name: Ident| VarDeclarator {
            span: DUMMY_SP,
            name: name.into(),
            init: None,
            definite: false,
        };
        let decls = variables.moved.into_iter().map(declarator).collect();
        let declaration = VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() };
        attempt.block.stmts.insert(0, declaration.into());
    }
}

/// Collects the `var`s of one function that declare a name.
struct Variables {
    name: Atom,
    /// All names of the declarations that were moved.
    moved: Vec<Ident>,
}

impl Variables {
    fn is_moved(&self, declaration: &VarDecl) -> bool {
        let names: Vec<Ident> = find_pat_ids(&declaration.decls);
        declaration.kind == VarDeclKind::Var && names.iter().any(|name| name.sym == self.name)
    }

    /// Returns the assignments of a declaration whose names are declared elsewhere.
    fn assignments(&mut self, declaration: &mut VarDecl) -> Option<Box<Expr>> {
        self.moved.extend(find_pat_ids::<_, Ident>(&declaration.decls));
        let assigned = declaration.decls.take().into_iter().filter_map(build::assignment);
        let mut assigned: Vec<_> = assigned.map(Box::new).collect();
        match assigned.len() {
            0 | 1 => assigned.pop(),
            _ => Some(Box::new(Expr::Seq(SeqExpr { span: declaration.span, exprs: assigned }))),
        }
    }
}

impl VisitMut for Variables {
    noop_visit_mut_type!();

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        if let Stmt::Decl(Decl::Var(declaration)) = statement
            && self.is_moved(declaration)
        {
            let span = declaration.span;
            *statement = match self.assignments(declaration) {
                Some(expr) => Stmt::Expr(ExprStmt { span, expr }),
                None => Stmt::Empty(EmptyStmt { span }),
            };
        }
    }

    fn visit_mut_var_decl_or_expr(&mut self, start: &mut VarDeclOrExpr) {
        start.visit_mut_children_with(self);
        if let VarDeclOrExpr::VarDecl(declaration) = start
            && self.is_moved(declaration)
        {
            let name = Ident::new_no_ctxt(self.name.clone(), DUMMY_SP);
            *start = VarDeclOrExpr::Expr(
                self.assignments(declaration).unwrap_or_else(|| Box::new(name.into())),
            );
        }
    }

    fn visit_mut_for_head(&mut self, head: &mut ForHead) {
        head.visit_mut_children_with(self);
        if let ForHead::VarDecl(declaration) = head
            && self.is_moved(declaration)
            && let Some(first) = declaration.decls.first_mut()
        {
            let pattern = first.name.take();
            self.moved.extend(find_pat_ids::<_, Ident>(&pattern));
            *head = ForHead::Pat(Box::new(pattern));
        }
    }

    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_arrow_expr(&mut self, _: &mut ArrowExpr) {}

    fn visit_mut_class(&mut self, _: &mut Class) {}
}
