//! `for (let i = 0; …)` makes a new `i` for each iteration, which functions capture. swc passes a
//! copy to the functions in the body; functions in the head, and changes made by functions in the
//! body, are lost. Such a loop is written out as the specification defines it, with the new
//! variable where swc sees it:
//!
//! ```js
//! { let last = 0, isFirst = true;
//!   for (;;) {
//!     let i = last; if (isFirst) isFirst = false; else i++;
//!     if (!(i < 3)) break; /* body */ last = i; } }
//! ```

use rustc_hash::FxHashMap;
use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, BlockStmt, BreakStmt, DoWhileStmt, Expr, ForHead, ForStmt, Id, Ident,
    IfStmt, KeyValueProp, LabeledStmt, Program, Prop, PropName, Stmt, UnaryExpr, UnaryOp,
    UpdateExpr, VarDecl, VarDeclKind, VarDeclOrExpr, VarDeclarator,
};
use swc_ecma_utils::{ExprFactory, find_pat_ids, private_ident};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{
    jumps::{self, Jumps},
    kept::marks_functions,
};

/// Rewrites the loops of a program that need it. For targets without `let`.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut Loops::default());
}

#[derive(Default)]
struct Loops {
    /// How many labels were made.
    labels: u32,
}

impl VisitMut for Loops {
    noop_visit_mut_type!();

    fn visit_mut_stmt(&mut self, statement: &mut Stmt) {
        // Before its children: a loop is rewritten together with its labels.
        let mut labels = Vec::new();
        if let Some(head) = labelled_loop(statement, &mut labels) {
            let names = names_of(&head);
            *statement = self.rewrite(head, &names, labels);
        }
        statement.visit_mut_children_with(self);
    }
}

/// Takes the loop out of a statement and its labels, if the loop has to be rewritten.
fn labelled_loop(statement: &mut Stmt, labels: &mut Vec<Ident>) -> Option<ForStmt> {
    match statement {
        Stmt::Labeled(LabeledStmt { label, body, .. }) => {
            labels.insert(0, label.clone());
            labelled_loop(body, labels)
        }
        Stmt::For(head) if needs_rewriting(head) => match statement.take() {
            Stmt::For(head) => Some(head),
            _ => None,
        },
        _ => None,
    }
}

fn names_of(head: &ForStmt) -> Vec<Ident> {
    match &head.init {
        Some(VarDeclOrExpr::VarDecl(declaration)) if declaration.kind == VarDeclKind::Let => {
            find_pat_ids(&declaration.decls)
        }
        _ => Vec::new(),
    }
}

/// Whether a function in the head reads a variable of the loop, or a function in the body writes
/// one.
fn needs_rewriting(head: &ForStmt) -> bool {
    let names: Vec<Id> = names_of(head).iter().map(Ident::to_id).collect();
    if names.is_empty() {
        return false;
    }
    let mut in_head = Captures::of(&names);
    head.init.visit_with(&mut in_head);
    head.test.visit_with(&mut in_head);
    head.update.visit_with(&mut in_head);
    let mut in_body = Captures::of(&names);
    head.body.visit_with(&mut in_body);
    in_head.reads || in_body.writes
}

impl Loops {
    fn rewrite(&mut self, head: ForStmt, names: &[Ident], mut labels: Vec<Ident>) -> Stmt {
        let ForStmt { span, init, test, update, body, .. } = head;
        let last: Vec<Ident> = names.iter().map(|name| private_ident!(name.sym.clone())).collect();
        let is_first = private_ident!("_is_first");
        let mut before = first_values(init, names, &last);
        let yes = (is_first.clone(), Some(Box::new(Expr::from(true))));
        before.push(declare(vec![yes]));

        let current = names
            .iter()
            .zip(&last)
            .map(|(name, last)| (name.clone(), Some(Box::new(last.clone().into()))));
        let mut turn = vec![declare(current.collect())];
        turn.push(
            IfStmt {
                span: DUMMY_SP,
                test: Box::new(is_first.clone().into()),
                cons: Box::new(assign(&is_first, false.into())),
                alt: update.map(|update| Box::new(update.into_stmt())),
            }
            .into(),
        );
        if let Some(arg) = test {
            let fails = Box::new(UnaryExpr { span: DUMMY_SP, op: UnaryOp::Bang, arg }.into());
            let stop = BreakStmt { span: DUMMY_SP, label: None };
            turn.push(
                IfStmt { span: DUMMY_SP, test: fails, cons: Box::new(stop.into()), alt: None }
                    .into(),
            );
        }
        turn.push(self.body(*body, &mut labels));
        turn.extend(names.iter().zip(&last).map(|(name, last)| assign(last, name.clone().into())));

        let body = Box::new(BlockStmt { stmts: turn, ..BlockStmt::default() }.into());
        let endless = ForStmt { span, init: None, test: None, update: None, body };
        before.push(jumps::labelled(endless.into(), labels));
        BlockStmt { stmts: before, ..BlockStmt::default() }.into()
    }

    /// Returns the body as a statement after which the iteration ends. `continue` becomes a jump to
    /// its end, which is the end of a loop that runs once.
    fn body(&mut self, mut body: Stmt, labels: &mut Vec<Ident>) -> Stmt {
        let end = self.label();
        let mut continues =
            Jumps { continues_of: labels, continue_to: Some(&end), ..Jumps::default() };
        body.visit_mut_with(&mut continues);
        if !continues.found_continue {
            return body;
        }
        let out = self.label();
        let mut breaks = Jumps { break_to: Some(&out), ..Jumps::default() };
        body.visit_mut_with(&mut breaks);
        if breaks.found_break {
            labels.push(out);
        }
        let once =
            DoWhileStmt { span: DUMMY_SP, test: Box::new(false.into()), body: Box::new(body) };
        jumps::labelled(once.into(), vec![end])
    }

    fn label(&mut self) -> Ident {
        self.labels += 1;
        Ident::new_no_ctxt(format!("$turn{}", self.labels).into(), DUMMY_SP)
    }
}

/// Returns the declarations before the loop. A function in them captures a variable that no
/// iteration changes.
fn first_values(init: Option<VarDeclOrExpr>, names: &[Ident], last: &[Ident]) -> Vec<Stmt> {
    let Some(VarDeclOrExpr::VarDecl(mut declaration)) = init else { return Vec::new() };
    let ids: Vec<Id> = names.iter().map(Ident::to_id).collect();
    let mut captures = Captures::of(&ids);
    declaration.visit_with(&mut captures);
    if !captures.reads {
        rename(&mut declaration, names, last);
        return vec![Stmt::from(declaration)];
    }
    let first: Vec<Ident> = names.iter().map(|name| private_ident!(name.sym.clone())).collect();
    rename(&mut declaration, names, &first);
    let copies = last
        .iter()
        .zip(&first)
        .map(|(last, first)| (last.clone(), Some(Box::new(first.clone().into()))));
    vec![Stmt::from(declaration), declare(copies.collect())]
}

fn declare(variables: Vec<(Ident, Option<Box<Expr>>)>) -> Stmt {
    let declarator = |(name, init): (Ident, _)| VarDeclarator {
        span: DUMMY_SP,
        name: name.into(),
        init,
        definite: false,
    };
    let decls = variables.into_iter().map(declarator).collect();
    VarDecl { kind: VarDeclKind::Let, decls, ..VarDecl::default() }.into()
}

fn assign(name: &Ident, value: Expr) -> Stmt {
    let assign = AssignExpr {
        span: DUMMY_SP,
        op: AssignOp::Assign,
        left: name.clone().into(),
        right: Box::new(value),
    };
    Expr::from(assign).into_stmt()
}

fn rename(declaration: &mut VarDecl, from: &[Ident], to: &[Ident]) {
    let names = from.iter().zip(to).map(|(from, to)| (from.to_id(), to.clone())).collect();
    declaration.visit_mut_with(&mut Rename(names));
}

struct Rename(FxHashMap<Id, Ident>);

impl VisitMut for Rename {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if let Some(new) = self.0.get(&name.to_id()) {
            name.ctxt = new.ctxt;
        }
    }

    fn visit_mut_prop(&mut self, property: &mut Prop) {
        if let Prop::Shorthand(name) = property
            && let Some(new) = self.0.get(&name.to_id())
        {
            let (key, value) =
                (PropName::Ident(name.clone().into()), Box::new(Expr::Ident(new.clone())));
            *property = Prop::KeyValue(KeyValueProp { key, value });
        } else {
            property.visit_mut_children_with(self);
        }
    }
}

/// How functions use the variables of a loop.
struct Captures<'a> {
    names: &'a [Id],
    is_inside: bool,
    reads: bool,
    writes: bool,
}

impl<'a> Captures<'a> {
    fn of(names: &'a [Id]) -> Self {
        Self { names, is_inside: false, reads: false, writes: false }
    }

    fn written(&mut self, written: &[Id]) {
        self.writes |= self.is_inside && written.iter().any(|name| self.names.contains(name));
    }
}

impl Visit for Captures<'_> {
    noop_visit_type!();
    marks_functions!();

    fn visit_ident(&mut self, name: &Ident) {
        self.reads |= self.is_inside && self.names.contains(&name.to_id());
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        self.written(&find_pat_ids::<_, Id>(&assign.left));
        assign.visit_children_with(self);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        if let Expr::Ident(name) = &*update.arg {
            self.written(&[name.to_id()]);
        }
        update.visit_children_with(self);
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        if let ForHead::Pat(pattern) = head {
            self.written(&find_pat_ids::<_, Id>(pattern));
        }
        head.visit_children_with(self);
    }
}
