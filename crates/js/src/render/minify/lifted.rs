//! Inlining a function moves its variables outwards, as far as the top level. There they are in the
//! chunk's scope with those of all other modules, so each gets a slot.

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_ecma_ast::{
    ArrowExpr, Class, Decl, Expr, FnDecl, ForHead, Function, Id, Ident, Module, ModuleItem, Stmt,
    VarDecl, VarDeclKind, VarDeclOrExpr,
};
use swc_ecma_transforms_base::rename::rename;
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{Visit, VisitMutWith, VisitWith, noop_visit_type};

use crate::render::slot;

/// Gives slots from `first` on to top-level names that have none. Returns how many.
pub(super) fn to_slots(module: &mut Module, first: u32) -> u32 {
    let mut found = Found { ids: Vec::new() };
    for item in &module.body {
        match item {
            ModuleItem::Stmt(Stmt::Decl(Decl::Var(declaration))) => found.declared(declaration),
            ModuleItem::Stmt(Stmt::Decl(Decl::Fn(declaration))) => found.add(&declaration.ident),
            ModuleItem::Stmt(Stmt::Decl(Decl::Class(declaration))) => found.add(&declaration.ident),
            other => other.visit_with(&mut found),
        }
    }
    let mut slots: FxHashMap<Id, Atom> = FxHashMap::default();
    for id in found.ids {
        let next = first + u32::try_from(slots.len()).expect("a module has under 2^32 slots");
        slots.entry(id).or_insert_with(|| slot::ident(next, swc_common::DUMMY_SP).sym);
    }
    if !slots.is_empty() {
        module.visit_mut_with(&mut rename(&slots));
    }
    u32::try_from(slots.len()).expect("a module has under 2^32 slots")
}

struct Found {
    ids: Vec<Id>,
}

impl Found {
    fn add(&mut self, ident: &Ident) {
        if !slot::is_slot(&ident.sym) {
            self.ids.push(ident.to_id());
        }
    }

    fn declared(&mut self, declaration: &VarDecl) {
        for ident in find_pat_ids::<_, Ident>(&declaration.decls) {
            self.add(&ident);
        }
    }

    fn hoisted(&mut self, declaration: &VarDecl) {
        if declaration.kind == VarDeclKind::Var {
            self.declared(declaration);
        }
    }
}

/// Below the top level, only `var` declares top-level names.
impl Visit for Found {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        self.hoisted(declaration);
    }

    fn visit_var_decl_or_expr(&mut self, init: &VarDeclOrExpr) {
        init.visit_children_with(self);
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        head.visit_children_with(self);
    }

    fn visit_fn_decl(&mut self, _: &FnDecl) {}

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_class(&mut self, _: &Class) {}

    fn visit_expr(&mut self, _: &Expr) {}
}
