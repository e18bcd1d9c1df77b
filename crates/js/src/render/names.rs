//! Hygiene: two variables of one name that came from different scopes (lowering merged them, or a temporary was added)
//! get different names. Slots keep theirs, and locals stay clear of every free name. What slots must stay clear of is
//! then read off the tree.

use std::collections::BTreeSet;

use bundle_graph::plan::Wrap;
use swc_atoms::Atom;
use swc_ecma_ast::{BreakStmt, ContinueStmt, Id, Ident, LabeledStmt, Module};
use swc_ecma_transforms_base::{
    hygiene,
    rename::{Renamer, renamer},
};
use swc_ecma_visit::{Visit, VisitMutWith, VisitWith, noop_visit_type};

use super::slot::is_slot;

/// Renames locals where they would capture a name.
pub(super) fn rename(module: &mut Module, wrap: Wrap) {
    // `eval` sees names: where a CommonJS body calls it directly, names in its sight stay as they are.
    let config = hygiene::Config { ignore_eval: wrap != Wrap::CommonJs, ..hygiene::Config::hygiene_default() };
    module.visit_mut_with(&mut renamer(config, Locals { wrap }));
}

struct Locals {
    wrap: Wrap,
}

impl Renamer for Locals {
    type Target = Atom;

    const MANGLE: bool = false;
    const RESET_N: bool = true;

    fn new_name_for(&self, original: &Id, n: &mut usize) -> Atom {
        let name = if *n == 0 { original.0.clone() } else { format!("{}{n}", original.0).into() };
        *n += 1;
        name
    }

    fn unresolved_symbols(&self) -> Vec<Atom> {
        match self.wrap {
            // The wrapper's parameters are in sight whether the body mentions them or not.
            Wrap::CommonJs => Vec::new(),
            Wrap::Hoisted | Wrap::Lazy => Vec::new(),
        }
    }

    fn preserve_name(&self, original: &Id) -> bool {
        is_slot(&original.0)
    }
}

/// Every name in the tree but slots and labels, sorted.
pub(super) fn mentioned(module: &Module) -> Vec<String> {
    let mut names = Mentioned::default();
    module.visit_with(&mut names);
    names.0.iter().map(|name| name.as_str().to_owned()).collect()
}

#[derive(Default)]
struct Mentioned(BTreeSet<Atom>);

impl Visit for Mentioned {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        if !is_slot(&ident.sym) && !self.0.contains(&ident.sym) {
            self.0.insert(ident.sym.clone());
        }
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
}
