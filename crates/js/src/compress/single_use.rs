//! Functions and other values that never change move to the one place that reads them, if code
//! comes there at most once: `function f() {} a.b = f` is `a.b = function () {}`.

use rustc_hash::{FxHashMap, FxHashSet};
use swc_common::{SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    ArrowExpr, Class, Constructor, Decl, DoWhileStmt, Expr, FnDecl, FnExpr, ForInStmt, ForOfStmt,
    ForStmt, Function, Ident, KeyValueProp, Pat, Prop, StaticBlock, Stmt, UnaryExpr, UnaryOp,
    VarDeclarator, WhileStmt,
};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::model::Compress;
use crate::scopes::{Kind, index_of, key_of};

impl Compress<'_> {
    /// Moves such values in a list of statements.
    pub(super) fn move_single_uses(&mut self, list: &mut Vec<Stmt>) {
        let mut search = Search {
            open: FxHashSet::default(),
            found: FxHashSet::default(),
            loops: 0,
            is_strict: self.scopes.is_strict,
            classes: 0,
        };
        let mut variables = FxHashSet::default();
        for statement in &*list {
            match statement {
                Stmt::Decl(Decl::Fn(function))
                    if self.is_read_once_here(&function.ident, Kind::Function) =>
                {
                    search.open.insert(function.ident.ctxt);
                }
                Stmt::Decl(Decl::Var(declaration)) => {
                    let movable = declaration.decls.iter().filter_map(|one| self.movable(one));
                    variables.extend(movable.map(|name| name.ctxt));
                }
                _ => {}
            }
        }
        if search.open.is_empty() && variables.is_empty() {
            return;
        }
        for statement in &*list {
            match statement {
                Stmt::Decl(Decl::Fn(_)) => {}
                Stmt::Decl(Decl::Var(declaration)) => {
                    for declarator in &declaration.decls {
                        declarator.visit_with(&mut search);
                        // A variable has its value only behind its declaration.
                        if let Pat::Ident(name) = &declarator.name
                            && variables.contains(&name.id.ctxt)
                        {
                            search.open.insert(name.id.ctxt);
                        }
                    }
                }
                other => other.visit_with(&mut search),
            }
        }
        if search.found.is_empty() {
            return;
        }
        self.is_changed = true;
        let mut moving = Move { values: FxHashMap::default() };
        let found = search.found;
        list.retain_mut(|statement| match statement {
            Stmt::Decl(Decl::Fn(function)) if found.contains(&function.ident.ctxt) => {
                let FnDecl { ident, function, .. } = function.take();
                moving.values.insert(ident.ctxt, Expr::Fn(FnExpr { ident: None, function }));
                self.forget_single(&ident);
                false
            }
            Stmt::Decl(Decl::Var(declaration)) => {
                declaration.decls.retain_mut(|declarator| {
                    let Pat::Ident(name) = &declarator.name else { return true };
                    if !found.contains(&name.id.ctxt) {
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
    pub(super) fn forget_single(&mut self, name: &Ident) {
        if let Some(index) = index_of(name.ctxt) {
            let binding = &mut self.scopes.bindings[index];
            binding.reads = 0;
            binding.declarations = 0;
        }
    }
}

/// A search for the places of values.
struct Search {
    /// The names whose places are looked for.
    open: FxHashSet<SyntaxContext>,
    /// Those whose places were found.
    found: FxHashSet<SyntaxContext>,
    loops: u32,
    is_strict: bool,
    classes: u32,
}

impl Search {
    fn name(&mut self, name: &Ident) {
        // A sloppy function in a class would be strict.
        if self.loops == 0 && (self.is_strict || self.classes == 0) && self.open.remove(&name.ctxt)
        {
            self.found.insert(name.ctxt);
        }
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

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_constructor(&mut self, _: &Constructor) {}

    fn visit_static_block(&mut self, _: &StaticBlock) {}
}

/// Puts the values in their places.
struct Move {
    values: FxHashMap<SyntaxContext, Expr>,
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

    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_arrow_expr(&mut self, _: &mut ArrowExpr) {}
}
