//! Splits an ES module that runs when it is first needed. Its top-level names are declared in the
//! chunk, so that other modules can see them before and after it runs (minifying makes names local
//! that no other module sees). Its statements become the body of a function, with assignments
//! instead of declarations.

use std::collections::BTreeSet;

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, AssignTarget, ClassExpr, Decl, EmptyStmt, Expr, ExprStmt,
    ForHead, Function, Ident, Pat, SeqExpr, Stmt, VarDecl, VarDeclKind, VarDeclOrExpr,
    VarDeclarator,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{copy::Line, slot};

/// Moves the declarations out of the lines. Returns them as lines for the chunk's scope.
pub(super) fn split(lines: &mut Vec<Line>) -> Vec<Line> {
    let mut hoisted = Vec::new();
    let mut body = Vec::new();
    let mut assign = Assign::default();
    for mut line in lines.drain(..) {
        if matches!(&line.statement, Stmt::Decl(Decl::Fn(f)) if slot::is_slot(&f.ident.sym)) {
            hoisted.push(line);
            continue;
        }
        line.statement = assign.top_level(line.statement);
        if !line.statement.is_empty() {
            body.push(line);
        }
    }
    *lines = body;
    if !assign.declared.is_empty() {
        let statement = variables(&assign.declared);
        hoisted.push(Line { statement, comments: Vec::new() });
    }
    hoisted
}

fn variables(slots: &[u32]) -> Stmt {
    let declarator = |slot: &u32| VarDeclarator {
        span: DUMMY_SP,
        name: Pat::Ident(slot::ident(*slot, DUMMY_SP).into()),
        init: None,
        definite: false,
    };
    let decls = slots.iter().map(declarator).collect();
    Stmt::Decl(Decl::Var(Box::new(VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() })))
}

/// Turns declarations of top-level names into assignments.
#[derive(Default)]
struct Assign {
    /// The slots that need a `var`, in order.
    declared: Vec<u32>,
    seen: BTreeSet<u32>,
}

impl Assign {
    fn top_level(&mut self, statement: Stmt) -> Stmt {
        match statement {
            Stmt::Decl(Decl::Class(declaration)) if slot::is_slot(&declaration.ident.sym) => {
                let name = declaration.ident;
                self.declare(&name);
                let class = ClassExpr { ident: Some(name.clone()), class: declaration.class };
                expression(assignment(Pat::Ident(name.into()), Box::new(Expr::Class(class))))
            }
            Stmt::Decl(Decl::Var(mut declaration)) if mentions_slots(&declaration) => {
                declaration.visit_mut_children_with(self);
                self.assigned(&mut declaration).map_or_else(empty, |e| expression(*e))
            }
            mut other => {
                other.visit_mut_with(self);
                other
            }
        }
    }

    fn declare(&mut self, ident: &Ident) {
        if let Some(slot) = slot::number(&ident.sym)
            && self.seen.insert(slot)
        {
            self.declared.push(slot);
        }
    }

    /// Returns the assignments for a declaration; `None` if it has no initial values.
    fn assigned(&mut self, declaration: &mut VarDecl) -> Option<Box<Expr>> {
        let mut assignments = Vec::new();
        for declarator in declaration.decls.take() {
            for ident in find_pat_ids::<_, Ident>(&declarator.name) {
                self.declare(&ident);
            }
            if let Some(value) = declarator.init {
                assignments.push(Box::new(assignment(declarator.name, value)));
            }
        }
        match assignments.len() {
            0 => None,
            1 => assignments.pop(),
            _ => Some(Box::new(Expr::Seq(SeqExpr { span: DUMMY_SP, exprs: assignments }))),
        }
    }
}

impl VisitMut for Assign {
    noop_visit_mut_type!();

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        statement.visit_mut_children_with(self);
        if let Stmt::Decl(Decl::Var(declaration)) = statement
            && is_linked(declaration)
        {
            *statement = self.assigned(declaration).map_or_else(empty, |e| expression(*e));
        }
    }

    fn visit_mut_var_decl_or_expr(&mut self, init: &mut VarDeclOrExpr) {
        init.visit_mut_children_with(self);
        if let VarDeclOrExpr::VarDecl(declaration) = init
            && is_linked(declaration)
        {
            let nothing = || Box::new(Expr::Lit(0.0.into()));
            *init = VarDeclOrExpr::Expr(self.assigned(declaration).unwrap_or_else(nothing));
        }
    }

    fn visit_mut_for_head(&mut self, head: &mut ForHead) {
        head.visit_mut_children_with(self);
        if let ForHead::VarDecl(declaration) = head
            && is_linked(declaration)
            && let Some(declarator) = declaration.decls.pop()
        {
            for ident in find_pat_ids::<_, Ident>(&declarator.name) {
                self.declare(&ident);
            }
            *head = ForHead::Pat(Box::new(declarator.name));
        }
    }

    // Variables inside functions are not top-level names.
    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_arrow_expr(&mut self, _: &mut ArrowExpr) {}

    fn visit_mut_expr(&mut self, _: &mut Expr) {}
}

/// Whether a declaration below the top level declares top-level names. Either all its names are, or
/// none.
fn is_linked(declaration: &VarDecl) -> bool {
    declaration.kind == VarDeclKind::Var && mentions_slots(declaration)
}

fn mentions_slots(declaration: &VarDecl) -> bool {
    find_pat_ids::<_, Ident>(&declaration.decls).iter().any(|ident| slot::is_slot(&ident.sym))
}

fn assignment(target: Pat, value: Box<Expr>) -> Expr {
    let left = AssignTarget::try_from(target).expect("what a declaration binds can be assigned");
    Expr::Assign(AssignExpr { span: DUMMY_SP, op: AssignOp::Assign, left, right: value })
}

fn expression(expr: Expr) -> Stmt {
    Stmt::Expr(ExprStmt { span: DUMMY_SP, expr: Box::new(expr) })
}

fn empty() -> Stmt {
    Stmt::Empty(EmptyStmt { span: DUMMY_SP })
}
