//! Functions that one call reads, inside of another function: the function moves into the place of
//! its name. `function f(a) { … } b = function () { f(1) }` becomes
//! `b = function () { (function (a) { … })(1) }`, where `functions` shortens the call.
//!
//! The function is made anew at each call. Nothing but the call sees it, so that costs a little
//! time and no more; in a loop it stays where it is.

use rustc_hash::FxHashMap;
use swc_common::{SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Callee, Class, Constructor, Decl, DoWhileStmt, Expr,
    FnDecl, FnExpr, ForInStmt, ForOfStmt, ForStmt, Function, Ident, Pat, StaticBlock, Stmt,
    VarDeclarator, WhileStmt,
};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{directives, model::Compress, own::uses_own};
use crate::scopes::{Kind, index_of};

impl Compress<'_> {
    /// Moves such functions of a list of statements.
    pub(super) fn move_called_once(&mut self, list: &mut Vec<Stmt>) {
        let mut search = Search {
            places: FxHashMap::default(),
            around: None,
            loops: 0,
            is_strict: self.scopes.is_strict,
        };
        let is_branch = self.frame().branches > 0;
        for statement in &*list {
            let names = functions_of(statement).filter(|(name, value)| {
                self.is_called_once(name, is_branch)
                    && !matches!(value, Some(value @ Expr::Arrow(_)) if uses_own(*value))
            });
            search.places.extend(names.map(|(name, _)| (name.ctxt, None)));
        }
        if search.places.is_empty() {
            return;
        }
        for statement in &*list {
            match statement {
                Stmt::Decl(Decl::Fn(function)) => {
                    search.around = Some(function.ident.ctxt);
                    function.function.visit_with(&mut search);
                }
                Stmt::Decl(Decl::Var(declaration)) => {
                    for declarator in &declaration.decls {
                        search.around = declarator.name.as_ident().map(|name| name.id.ctxt);
                        declarator.visit_with(&mut search);
                    }
                }
                other => {
                    search.around = None;
                    other.visit_with(&mut search);
                }
            }
        }
        let places = search.places;
        let mut moving = Move { values: FxHashMap::default() };
        list.retain_mut(|statement| match statement {
            Stmt::Decl(Decl::Fn(function)) if is_reached(&places, function.ident.ctxt) => {
                let FnDecl { ident, function, .. } = function.take();
                moving.values.insert(ident.ctxt, Expr::Fn(FnExpr { ident: None, function }));
                self.forget_single(&ident);
                false
            }
            Stmt::Decl(Decl::Var(declaration)) => {
                declaration.decls.retain_mut(|declarator| {
                    let Pat::Ident(name) = &declarator.name else { return true };
                    if !is_reached(&places, name.id.ctxt) {
                        return true;
                    }
                    let value = declarator.init.take().expect("only values move");
                    moving.values.insert(name.id.ctxt, *value);
                    self.forget_single(&name.id);
                    false
                });
                !declaration.decls.is_empty()
            }
            _ => true,
        });
        if moving.values.is_empty() {
            return;
        }
        self.is_changed = true;
        list.visit_mut_with(&mut moving);
        debug_assert!(moving.values.is_empty(), "each has its place");
    }

    /// Whether a name has one value, which an inner function reads once. `is_branch`: its
    /// declaration may not run, or run again.
    fn is_called_once(&self, name: &Ident, is_branch: bool) -> bool {
        index_of(name.ctxt).is_some_and(|index| {
            let binding = &self.scopes.bindings[index];
            let scope = &self.scopes.list[binding.scope];
            let is_constant = match binding.kind {
                Kind::Function | Kind::Let | Kind::Const => true,
                // In a loop, all turns have one variable.
                Kind::Var => !is_branch,
                Kind::Parameter
                | Kind::Catch
                | Kind::Class
                | Kind::ClassName
                | Kind::FunctionName
                | Kind::Import => false,
            };
            is_constant
                && binding.reads == 1
                && binding.is_captured
                && binding.is_never_assigned()
                // A function in a block of sloppy code is a variable of the function around it.
                && (self.scopes.is_strict || scope.function == binding.scope)
                && self.is_own(index)
        })
    }
}

/// Returns the functions that a statement declares, with their values if they are variables.
fn functions_of(statement: &Stmt) -> impl Iterator<Item = (&Ident, Option<&Expr>)> {
    let (function, variables) = match statement {
        Stmt::Decl(Decl::Fn(function)) => (Some((&function.ident, None)), None),
        Stmt::Decl(Decl::Var(declaration)) => (None, Some(&declaration.decls)),
        _ => (None, None),
    };
    function.into_iter().chain(variables.into_iter().flatten().filter_map(of_variable))
}

fn of_variable(declarator: &VarDeclarator) -> Option<(&Ident, Option<&Expr>)> {
    let (Pat::Ident(name), Some(value)) = (&declarator.name, declarator.init.as_deref()) else {
        return None;
    };
    let is_function = match value {
        Expr::Fn(function) => function.ident.is_none(),
        Expr::Arrow(_) => true,
        _ => false,
    };
    is_function.then_some((&name.id, Some(value)))
}

/// By function, the one around its place: nothing, if it is none of the list's.
type Places = FxHashMap<SyntaxContext, Option<Option<SyntaxContext>>>;

/// Whether a function has a place, and those around it do not end in itself.
fn is_reached(places: &Places, function: SyntaxContext) -> bool {
    let Some(Some(mut around)) = places.get(&function).copied() else { return false };
    for _ in 0..=places.len() {
        match around.map(|name| places.get(&name)) {
            // What is around it stays where it is.
            None | Some(None | Some(None)) => return true,
            Some(Some(Some(next))) => around = *next,
        }
    }
    false
}

/// A search for the places of functions.
struct Search {
    places: Places,
    /// The function or variable whose declaration is visited.
    around: Option<SyntaxContext>,
    loops: u32,
    is_strict: bool,
}

impl Search {
    fn repeated(&mut self, visit: impl FnOnce(&mut Self)) {
        self.loops += 1;
        visit(self);
        self.loops -= 1;
    }

    /// Visits the inside of a function or class. `is_strict`: it is strict code by itself, so no
    /// sloppy function moves there.
    fn inside(&mut self, is_strict: bool, visit: impl FnOnce(&mut Self)) {
        if is_strict && !self.is_strict {
            return;
        }
        let outer = std::mem::take(&mut self.loops);
        visit(self);
        self.loops = outer;
    }
}

impl Visit for Search {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let Callee::Expr(callee) = &call.callee
            && let Expr::Ident(name) = &**callee
            && self.loops == 0
            && let Some(place) = self.places.get_mut(&name.ctxt)
        {
            *place = Some(self.around);
        }
        call.visit_children_with(self);
    }

    fn visit_for_stmt(&mut self, each: &ForStmt) {
        each.init.visit_with(self);
        self.repeated(|search| {
            each.test.visit_with(search);
            each.update.visit_with(search);
            each.body.visit_with(search);
        });
    }

    fn visit_for_in_stmt(&mut self, each: &ForInStmt) {
        each.right.visit_with(self);
        self.repeated(|search| each.body.visit_with(search));
    }

    fn visit_for_of_stmt(&mut self, each: &ForOfStmt) {
        each.right.visit_with(self);
        self.repeated(|search| each.body.visit_with(search));
    }

    fn visit_while_stmt(&mut self, each: &WhileStmt) {
        self.repeated(|search| each.visit_children_with(search));
    }

    fn visit_do_while_stmt(&mut self, each: &DoWhileStmt) {
        self.repeated(|search| each.visit_children_with(search));
    }

    fn visit_class(&mut self, class: &Class) {
        self.inside(true, |search| class.visit_children_with(search));
    }

    fn visit_function(&mut self, function: &Function) {
        let statements = function.body.as_ref().map_or(&[][..], |body| &body.stmts);
        self.inside(is_strict(statements), |search| function.visit_children_with(search));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        let statements = match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => &body.stmts[..],
            ArrowFunctionBody::Expr(_) => &[],
        };
        self.inside(is_strict(statements), |search| arrow.visit_children_with(search));
    }
}

/// Whether a body has directives: `"use strict"` is the one that programs have.
fn is_strict(body: &[Stmt]) -> bool {
    directives(body) > 0
}

/// Puts the functions in their places.
struct Move {
    values: FxHashMap<SyntaxContext, Expr>,
}

impl Move {
    /// Returns whether a visit put a function in its place. The functions around it are not settled
    /// any more.
    fn has_placed(&mut self, visit: impl FnOnce(&mut Self)) -> bool {
        let before = self.values.len();
        visit(self);
        self.values.len() < before
    }
}

impl VisitMut for Move {
    noop_visit_mut_type!();

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        if let Callee::Expr(callee) = &mut call.callee
            && let Expr::Ident(name) = &**callee
            && let Some(value) = self.values.remove(&name.ctxt)
        {
            **callee = value;
        }
        call.visit_mut_children_with(self);
    }

    fn visit_mut_function(&mut self, function: &mut Function) {
        if self.has_placed(|walk| function.visit_mut_children_with(walk)) {
            function.ctxt = SyntaxContext::empty();
        }
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        if self.has_placed(|walk| arrow.visit_mut_children_with(walk)) {
            arrow.ctxt = SyntaxContext::empty();
        }
    }

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        if self.has_placed(|walk| constructor.visit_mut_children_with(walk)) {
            constructor.ctxt = SyntaxContext::empty();
        }
    }

    fn visit_mut_static_block(&mut self, block: &mut StaticBlock) {
        if self.has_placed(|walk| block.visit_mut_children_with(walk)) {
            block.body.ctxt = SyntaxContext::empty();
        }
    }
}
