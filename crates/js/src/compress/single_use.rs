//! Moves functions and other values that never change to the one place that reads them, if that
//! place runs at most once: `function f() {} a.b = f` becomes `a.b = function () {}`.
//!
//! A function that only one call in an inner function reads moves there too: `function f(a) { … }
//! b = function () { f(1) }` becomes `b = function () { (function (a) { … })(1) }`, where
//! `functions` shortens the call. A new function object is then made for each call. Only the call
//! uses it, so this costs no more than a little time; in a loop the function stays where it is.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Callee, Class, Constructor, Decl, DoWhileStmt, Expr,
    FnDecl, FnExpr, ForInStmt, ForOfStmt, ForStmt, Function, Ident, KeyValueProp, Pat, Prop,
    StaticBlock, Stmt, UnaryExpr, UnaryOp, VarDeclarator, WhileStmt,
};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{directives, function_context::uses_own, model::Compress};
use crate::scopes::{Kind, index_of, key_of};

impl Compress<'_> {
    /// Moves such values in a list of statements.
    pub(super) fn move_single_uses(&mut self, list: &mut Vec<Stmt>) {
        let mut search = Search::new(self.scopes.is_strict);
        let is_branch = self.frame().branches > 0;
        let mut variables = FxHashSet::default();
        for statement in &*list {
            match statement {
                Stmt::Decl(Decl::Fn(function)) => {
                    let name = &function.ident;
                    if self.is_read_once_here(name, Kind::Function) {
                        search.open.insert(name.ctxt);
                    } else if self.is_called_once(name, Kind::Function) {
                        search.called.insert(name.ctxt, FunctionPlace::Unknown);
                    }
                }
                Stmt::Decl(Decl::Var(declaration)) => {
                    for declarator in &declaration.decls {
                        if let Some(name) = self.movable(declarator) {
                            variables.insert(name.ctxt);
                        } else if let Some(name) = self.called_variable(declarator, is_branch) {
                            search.called.insert(name.ctxt, FunctionPlace::Unknown);
                        }
                    }
                }
                _ => {}
            }
        }
        if search.open.is_empty() && search.called.is_empty() && variables.is_empty() {
            return;
        }
        search.list(list, &variables);
        let Search { found, called, .. } = search;
        let is_found = |name: &Ident| found.contains(&name.ctxt) || is_reached(&called, name.ctxt);
        let mut moving = Move { values: FxHashMap::default() };
        list.retain_mut(|statement| match statement {
            Stmt::Decl(Decl::Fn(function)) if is_found(&function.ident) => {
                let FnDecl { ident, function, .. } = function.take();
                moving.values.insert(ident.ctxt, Expr::Fn(FnExpr { ident: None, function }));
                self.forget_single(&ident);
                false
            }
            Stmt::Decl(Decl::Var(declaration)) => {
                declaration.decls.retain_mut(|declarator| {
                    let Pat::Ident(name) = &declarator.name else { return true };
                    if !is_found(&name.id) {
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

    /// Whether a name has one value, which the function that declares it reads once.
    fn is_read_once_here(&self, name: &Ident, kind: Kind) -> bool {
        index_of(name.ctxt).is_some_and(|index| {
            let binding = &self.scopes.bindings[index];
            binding.reads == 1
                && binding.is_never_assigned()
                && !binding.is_captured
                && binding.kind == kind
                && self.is_own(index)
        })
    }

    /// Whether a name has one value, which an inner function reads once.
    fn is_called_once(&self, name: &Ident, kind: Kind) -> bool {
        index_of(name.ctxt).is_some_and(|index| {
            let binding = &self.scopes.bindings[index];
            let scope = &self.scopes.list[binding.scope];
            binding.reads == 1
                && binding.is_never_assigned()
                && binding.calls > 0
                && binding.is_captured
                && binding.kind == kind
                // A function in a block of sloppy code is a variable of the enclosing function.
                && (self.scopes.is_strict || scope.function == binding.scope)
                && self.is_own(index)
        })
    }

    /// Returns the name of a variable that is a function, which one call may read. `is_branch`: the
    /// declaration may not run, or may run several times.
    fn called_variable<'d>(
        &self,
        declarator: &'d VarDeclarator,
        is_branch: bool,
    ) -> Option<&'d Ident> {
        let (Pat::Ident(name), Some(value)) = (&declarator.name, declarator.init.as_deref()) else {
            return None;
        };
        let is_function = match value {
            Expr::Fn(function) => function.ident.is_none(),
            Expr::Arrow(_) => !uses_own(value),
            _ => false,
        };
        let kind = self.binding(&name.id)?.kind;
        // All iterations of a loop share one `var`.
        let is_constant =
            matches!(kind, Kind::Let | Kind::Const) || kind == Kind::Var && !is_branch;
        (is_function && is_constant && self.is_called_once(&name.id, kind)).then_some(&name.id)
    }

    /// Returns the name of a variable whose value may move.
    fn movable<'d>(&self, declarator: &'d VarDeclarator) -> Option<&'d Ident> {
        let (Pat::Ident(name), Some(value)) = (&declarator.name, declarator.init.as_deref()) else {
            return None;
        };
        let kind = self.binding(&name.id)?.kind;
        let is_variable = matches!(kind, Kind::Var | Kind::Let | Kind::Const);
        let is_movable = is_variable
            && self.is_read_once_here(&name.id, kind)
            && self.is_pure(value)
            && self.is_fixed(Self::index(&name.id), value);
        is_movable.then_some(&name.id)
    }

    /// The declaration and the one read are gone.
    fn forget_single(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            let binding = &mut self.scopes.bindings[index];
            binding.reads = 0;
            binding.declarations = 0;
        }
    }
}

/// The place of a function.
#[derive(Clone, Copy)]
enum FunctionPlace {
    /// None was found.
    Unknown,
    /// In no other function of the list.
    TopLevel,
    /// In the function of the list with this name.
    Inside(SyntaxContext),
}

/// The places by function.
type Places = FxHashMap<SyntaxContext, FunctionPlace>;

/// Whether a function has a place, and the chain of functions that enclose it does not lead back to
/// itself.
fn is_reached(places: &Places, function: SyntaxContext) -> bool {
    let mut around = match places.get(&function) {
        Some(FunctionPlace::Inside(around)) => *around,
        Some(FunctionPlace::TopLevel) => return true,
        Some(FunctionPlace::Unknown) | None => return false,
    };
    for _ in 0..=places.len() {
        match places.get(&around) {
            Some(FunctionPlace::Inside(next)) => around = *next,
            // The outermost function stays where it is.
            Some(FunctionPlace::TopLevel | FunctionPlace::Unknown) | None => return true,
        }
    }
    false
}

/// A search for the places of values.
struct Search {
    /// The names whose places are looked for.
    open: FxHashSet<SyntaxContext>,
    /// The names whose places were found.
    found: FxHashSet<SyntaxContext>,
    /// The places of functions that inner functions call.
    called: Places,
    /// The function or variable whose declaration is visited.
    around: Option<SyntaxContext>,
    /// How many functions enclose the current place.
    functions: u32,
    loops: u32,
    is_strict: bool,
    classes: u32,
}

impl Search {
    fn new(is_strict: bool) -> Self {
        Self {
            open: FxHashSet::default(),
            found: FxHashSet::default(),
            called: FxHashMap::default(),
            around: None,
            functions: 0,
            loops: 0,
            is_strict,
            classes: 0,
        }
    }

    /// Visits a list. `variables`: those whose values may move.
    fn list(&mut self, list: &[Stmt], variables: &FxHashSet<SyntaxContext>) {
        for statement in list {
            self.around = None;
            match statement {
                Stmt::Decl(Decl::Fn(function)) => {
                    self.around = Some(function.ident.ctxt);
                    function.function.visit_with(self);
                }
                Stmt::Decl(Decl::Var(declaration)) => {
                    for declarator in &declaration.decls {
                        let name = declarator.name.as_ident().map(|name| name.id.ctxt);
                        self.around = name;
                        declarator.visit_with(self);
                        // A variable has its value only after its declaration.
                        self.open.extend(name.filter(|name| variables.contains(name)));
                    }
                }
                other => other.visit_with(self),
            }
        }
    }

    fn name(&mut self, name: &Ident) {
        // A sloppy function in a class would be strict.
        if self.loops == 0
            && self.functions == 0
            && (self.is_strict || self.classes == 0)
            && self.open.remove(&name.ctxt)
        {
            self.found.insert(name.ctxt);
        }
    }

    /// Visits the inside of a function. `is_strict`: it is strict code by itself, so no sloppy
    /// function moves there.
    fn in_function(&mut self, is_strict: bool, visit: impl FnOnce(&mut Self)) {
        let is_other = !self.is_strict && (is_strict || self.classes > 0);
        if self.called.is_empty() || is_other {
            return;
        }
        let outer = std::mem::take(&mut self.loops);
        self.functions += 1;
        visit(self);
        self.functions -= 1;
        self.loops = outer;
    }

    fn repeated(&mut self, visit: impl FnOnce(&mut Self)) {
        self.loops += 1;
        visit(self);
        self.loops -= 1;
    }
}

impl Visit for Search {
    noop_visit_type!();

    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Ident(name) => self.name(name),
            Expr::Unary(UnaryExpr { op: UnaryOp::Delete, arg, .. }) if arg.is_ident() => {}
            other => other.visit_children_with(self),
        }
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if self.loops == 0
            && let Callee::Expr(callee) = &call.callee
            && let Expr::Ident(name) = &**callee
            && let Some(place) = self.called.get_mut(&name.ctxt)
        {
            *place = self.around.map_or(FunctionPlace::TopLevel, FunctionPlace::Inside);
        }
        call.visit_children_with(self);
    }

    /// `const a = f` gives `f` another name: `aliases` joins the two.
    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        declarator.name.visit_with(self);
        if !declarator.init.as_deref().is_some_and(Expr::is_ident) {
            declarator.init.visit_with(self);
        }
    }

    fn visit_prop(&mut self, prop: &Prop) {
        match prop {
            Prop::Shorthand(name) => self.name(name),
            other => other.visit_children_with(self),
        }
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
        self.classes += 1;
        class.visit_children_with(self);
        self.classes -= 1;
    }

    fn visit_function(&mut self, function: &Function) {
        let statements = function.body.as_ref().map_or(&[][..], |body| &body.stmts);
        self.in_function(is_strict(statements), |search| function.visit_children_with(search));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        let statements = match &*arrow.body {
            ArrowFunctionBody::FunctionBody(body) => &body.stmts[..],
            ArrowFunctionBody::Expr(_) => &[],
        };
        self.in_function(is_strict(statements), |search| arrow.visit_children_with(search));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.in_function(true, |search| constructor.visit_children_with(search));
    }

    fn visit_static_block(&mut self, block: &StaticBlock) {
        self.in_function(true, |search| block.visit_children_with(search));
    }
}

/// Whether a body has directives: `"use strict"` is the only one that programs use.
fn is_strict(body: &[Stmt]) -> bool {
    directives(body) > 0
}

/// Puts the values in their places.
struct Move {
    values: FxHashMap<SyntaxContext, Expr>,
}

impl Move {
    /// Whether a visit put a value in its place. If so, the enclosing functions are no longer
    /// settled.
    fn has_placed(&mut self, visit: impl FnOnce(&mut Self)) -> bool {
        let before = self.values.len();
        if before > 0 {
            visit(self);
        }
        self.values.len() < before
    }
}

impl VisitMut for Move {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::Ident(name) = expr
            && let Some(value) = self.values.remove(&name.ctxt)
        {
            *expr = value;
        }
        expr.visit_mut_children_with(self);
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        if let Prop::Shorthand(name) = prop {
            let Some(value) = self.values.remove(&name.ctxt) else { return };
            let key = key_of(name);
            *prop = Prop::KeyValue(KeyValueProp { key, value: Box::new(value) });
        }
        prop.visit_mut_children_with(self);
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
