//! Which names each slot must avoid: those of the functions that mention it. The unit is the
//! function, not the block: a name that is declared anywhere in a function counts for all of it.

use std::collections::BTreeSet;

use bundle_graph::plan::Wrap;
use rustc_hash::FxHashSet;
use swc_atoms::Atom;
use swc_ecma_ast::{
    ArrowExpr, BreakStmt, ClassDecl, ClassExpr, Constructor, ContinueStmt, FnDecl, FnExpr,
    Function, Ident, LabeledStmt, Module, ModuleItem, Stmt,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{rendered::LocalScope, slot};

/// Returns the functions of a rendered program that declare names and mention slots, in order.
pub(super) fn of(module: &Module, wrap: Wrap) -> Vec<LocalScope> {
    let mut walk = Walk::default();
    match wrap {
        // The top level of a CommonJS module is the body of a function.
        Wrap::CommonJs => walk.within(|walk| module.body.visit_with(walk)),
        Wrap::Hoisted | Wrap::Lazy => {
            for item in &module.body {
                // Blocks at the top level may declare names.
                walk.within(|walk| item.visit_with(walk));
            }
        }
    }
    walk.found
}

/// Returns the names in the function around a wrapped module, sorted: its parameters, and what its
/// statements mention outside of other functions.
pub(super) fn of_wrapper(statements: &[Stmt], parameters: &[String]) -> Vec<String> {
    let mut walk = Walk { around: vec![Frame::default()], ..Walk::default() };
    for statement in statements {
        statement.visit_with(&mut walk);
    }
    let names = walk.around.remove(0).names;
    let mut names: Vec<String> = names.iter().map(|name| name.as_str().to_owned()).collect();
    names.extend(parameters.iter().cloned());
    names.sort_unstable();
    names.dedup();
    names
}

#[derive(Default)]
struct Walk {
    around: Vec<Frame>,
    found: Vec<LocalScope>,
}

#[derive(Default)]
struct Frame {
    names: FxHashSet<Atom>,
    slots: BTreeSet<u32>,
}

impl Walk {
    fn within(&mut self, visit: impl FnOnce(&mut Self)) {
        self.around.push(Frame::default());
        visit(self);
        let frame = self.around.pop().expect("frames are pushed and popped in pairs");
        if let Some(outer) = self.around.last_mut() {
            outer.slots.extend(&frame.slots);
        }
        if !frame.names.is_empty() && !frame.slots.is_empty() {
            let mut names: Vec<String> =
                frame.names.iter().map(|name| name.as_str().to_owned()).collect();
            names.sort_unstable();
            self.found.push(LocalScope { names, slots: frame.slots.into_iter().collect() });
        }
    }
}

impl Visit for Walk {
    noop_visit_type!();

    /// Every mention of a name counts as a declaration in its function. Free names are avoided
    /// anyway, and a name of an outer function is also recorded there.
    fn visit_ident(&mut self, ident: &Ident) {
        let Some(frame) = self.around.last_mut() else { return };
        match slot::number(&ident.sym) {
            Some(slot) => {
                frame.slots.insert(slot);
            }
            None => {
                if !frame.names.contains(&ident.sym) {
                    frame.names.insert(ident.sym.clone());
                }
            }
        }
    }

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        declaration.ident.visit_with(self);
        declaration.function.visit_with(self);
    }

    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        self.within(|walk| expression.visit_children_with(walk));
    }

    fn visit_class_decl(&mut self, declaration: &ClassDecl) {
        declaration.ident.visit_with(self);
        declaration.class.visit_with(self);
    }

    fn visit_class_expr(&mut self, expression: &ClassExpr) {
        self.within(|walk| expression.visit_children_with(walk));
    }

    fn visit_function(&mut self, function: &Function) {
        self.within(|walk| function.visit_children_with(walk));
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.within(|walk| arrow.visit_children_with(walk));
    }

    fn visit_constructor(&mut self, constructor: &Constructor) {
        self.within(|walk| constructor.visit_children_with(walk));
    }

    fn visit_module_item(&mut self, item: &ModuleItem) {
        item.visit_children_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
}
