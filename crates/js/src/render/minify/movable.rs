//! Marks functions that may move between modules that run at the chunk's top level: if one place
//! mentions a function, its text may move there. Only the chunk printer knows which modules mention
//! it; this pass marks the ends, so that the text is cut there.
//!
//! At the top level every name but those of blocks is a slot, so a function means the same anywhere
//! there. A mention is an argument, an element, or a value that is assigned: a place where any
//! expression may be without parentheses, outside of blocks and functions, so that it is evaluated
//! only once.

use bundle_graph::record::SymbolIndex;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{
    ArrowExpr, AssignExpr, AssignOp, Class, Decl, Expr, ExprOrSpread, Function, GetterProp, Ident,
    KeyValueProp, Module, ModuleItem, SetterProp, Stmt, VarDeclarator,
};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use crate::render::slot;

/// Marks functions that other modules mention, and mentions of names that other modules declare, in
/// both cases only if this module mentions them once. `is_name`: whether a slot is a name of the
/// program rather than a call that replaced a request.
pub(super) fn mark(module: &mut Module, shared: &[SymbolIndex], is_name: impl Fn(u32) -> bool) {
    let mut mentions = Mentions::default();
    module.visit_with(&mut mentions);
    for item in &mut module.body {
        let ModuleItem::Stmt(Stmt::Decl(Decl::Fn(function))) = item else { continue };
        let is_shared = |number: &u32| shared.binary_search(&SymbolIndex(*number)).is_ok();
        if slot::number(&function.ident.sym)
            .filter(is_shared)
            .is_some_and(|number| mentions.count[&number] == 1)
        {
            function.ident.sym = slot::marked(&function.ident.sym);
        }
    }
    let once =
        mentions.count.into_iter().filter(|(_, count)| *count == 1).map(|(number, _)| number);
    let mut mark = Mark { movable: once.filter(|number| is_name(*number)).collect() };
    for item in &mut module.body {
        match item {
            ModuleItem::Stmt(Stmt::Expr(statement)) => statement.visit_mut_with(&mut mark),
            ModuleItem::Stmt(Stmt::Decl(Decl::Var(variables))) => {
                variables.visit_mut_with(&mut mark);
            }
            _ => {}
        }
    }
}

/// Whether a statement is a function that may move.
pub(super) fn is_function(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Decl(Decl::Fn(function)) if slot::is_marked(&function.ident.sym))
}

/// Counts the mentions of each slot.
#[derive(Default)]
struct Mentions {
    count: FxHashMap<u32, u32>,
}

impl Visit for Mentions {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        if let Some(number) = slot::number(&ident.sym) {
            *self.count.entry(number).or_default() += 1;
        }
    }
}

struct Mark {
    movable: FxHashSet<u32>,
}

impl Mark {
    fn mark(&self, value: &mut Expr) {
        if let Expr::Ident(ident) = value
            && slot::number(&ident.sym).is_some_and(|number| self.movable.contains(&number))
        {
            ident.sym = slot::marked(&ident.sym);
        }
    }
}

impl VisitMut for Mark {
    noop_visit_mut_type!();

    fn visit_mut_expr_or_spread(&mut self, value: &mut ExprOrSpread) {
        self.mark(&mut value.expr);
        value.visit_mut_children_with(self);
    }

    fn visit_mut_key_value_prop(&mut self, property: &mut KeyValueProp) {
        self.mark(&mut property.value);
        property.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assignment: &mut AssignExpr) {
        if assignment.op == AssignOp::Assign {
            self.mark(&mut assignment.right);
        }
        assignment.visit_mut_children_with(self);
    }

    fn visit_mut_var_declarator(&mut self, variable: &mut VarDeclarator) {
        if let Some(value) = &mut variable.init {
            self.mark(value);
        }
        variable.visit_mut_children_with(self);
    }

    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_arrow_expr(&mut self, _: &mut ArrowExpr) {}

    fn visit_mut_getter_prop(&mut self, _: &mut GetterProp) {}

    fn visit_mut_setter_prop(&mut self, _: &mut SetterProp) {}

    fn visit_mut_class(&mut self, _: &mut Class) {}
}
