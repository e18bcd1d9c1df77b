//! Decides which declarations of a lazy module stay in the chunk's scope: those that other modules
//! see, and those that a function mentions which other modules may call before the module ran. All
//! others become variables of the function that runs the module.

use std::collections::BTreeSet;

use bundle_graph::record::SymbolIndex;
use swc_ecma_ast::{ArrowExpr, Decl, Expr, Function, Ident, Stmt, VarDecl};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use crate::render::slot;

/// Removes the slots of names that are not needed outside the module.
pub(super) fn keep(statements: &mut [Stmt], cross_module_symbols: &[SymbolIndex]) {
    let mut found = Groups::default();
    let mut declared = BTreeSet::new();
    for statement in &*statements {
        match statement {
            Stmt::Decl(Decl::Fn(declaration)) => {
                let own = slot::number(&declaration.ident.sym);
                declared.extend(own);
                let mut mentioned = Mentioned::default();
                declaration.function.visit_with(&mut mentioned);
                found.functions.extend(own.map(|own| (own, mentioned.slots)));
            }
            Stmt::Decl(Decl::Class(declaration)) => {
                declared.extend(slot::number(&declaration.ident.sym));
            }
            other => other.visit_with(&mut found),
        }
    }
    declared.extend(found.together.iter().flatten());
    let mut outside: BTreeSet<u32> = cross_module_symbols.iter().map(|symbol| symbol.0).collect();
    loop {
        let before = outside.len();
        for (function, mentioned) in &found.functions {
            if outside.contains(function) {
                outside.extend(mentioned);
            }
        }
        // The names of one declaration must be in the same scope.
        for group in &found.together {
            if group.iter().any(|slot| outside.contains(slot)) {
                outside.extend(group);
            }
        }
        if outside.len() == before {
            break;
        }
    }
    let inside = declared.difference(&outside).copied().collect();
    let mut local = Local { inside };
    for statement in statements {
        statement.visit_mut_with(&mut local);
    }
}

/// Functions with the slots that they mention, and the names that one declaration declares
/// together.
#[derive(Default)]
struct Groups {
    functions: Vec<(u32, BTreeSet<u32>)>,
    together: Vec<Vec<u32>>,
}

impl Visit for Groups {
    noop_visit_type!();

    fn visit_var_decl(&mut self, declaration: &VarDecl) {
        let names = find_pat_ids::<_, Ident>(&declaration.decls);
        self.together.push(names.iter().filter_map(|name| slot::number(&name.sym)).collect());
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_arrow_expr(&mut self, _: &ArrowExpr) {}

    fn visit_expr(&mut self, _: &Expr) {}
}

#[derive(Default)]
struct Mentioned {
    slots: BTreeSet<u32>,
}

impl Visit for Mentioned {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        self.slots.extend(slot::number(&ident.sym));
    }
}

/// Renames slots to a spelling that no program and no slot has.
struct Local {
    inside: BTreeSet<u32>,
}

impl VisitMut for Local {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, ident: &mut Ident) {
        if let Some(slot) = slot::number(&ident.sym)
            && self.inside.contains(&slot)
        {
            ident.sym = format!("%{slot}").into();
        }
    }
}
