//! Hygiene: two variables of one name that came from different scopes (lowering merged them, or a temporary was added)
//! get different names. Slots keep theirs, and locals stay clear of every free name. What slots must stay clear of is
//! then read off the tree.

use std::collections::BTreeSet;

use bundle_graph::plan::Wrap;
use swc_atoms::Atom;
use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::{BreakStmt, ContinueStmt, FunctionBody, Id, Ident, LabeledStmt, Module};
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
    module.visit_mut_with(&mut renamer(config, Locals));
}

struct Locals;

impl Renamer for Locals {
    type Target = Atom;

    const MANGLE: bool = false;
    const RESET_N: bool = true;

    fn new_name_for(&self, original: &Id, n: &mut usize) -> Atom {
        let name = if *n == 0 { original.0.clone() } else { format!("{}{n}", original.0).into() };
        *n += 1;
        name
    }

    fn preserve_name(&self, original: &Id) -> bool {
        is_slot(&original.0)
    }
}

/// Free names in the tree, sorted.
pub(super) fn free(module: &Module, unresolved: Mark) -> Vec<String> {
    let free = SyntaxContext::empty().apply_mark(unresolved);
    let mut names = Free { free, globals: BTreeSet::new() };
    module.visit_with(&mut names);
    names.globals.iter().map(|name| name.as_str().to_owned()).collect()
}

struct Free {
    free: SyntaxContext,
    globals: BTreeSet<Atom>,
}

impl Visit for Free {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        // A name without a context was made by a pass that means the global: `Object`, `Symbol`.
        let is_free = ident.ctxt == self.free || ident.ctxt == SyntaxContext::empty();
        if is_free && !is_slot(&ident.sym) && !self.globals.contains(&ident.sym) {
            self.globals.insert(ident.sym.clone());
        }
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
}

/// Whether a name is mentioned in a function's body.
pub(super) fn mentions(body: &FunctionBody, id: &Id) -> bool {
    let mut search = Search { id, is_found: false };
    body.visit_with(&mut search);
    search.is_found
}

struct Search<'a> {
    id: &'a Id,
    is_found: bool,
}

impl Visit for Search<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        self.is_found |= ident.sym == self.id.0 && ident.ctxt == self.id.1;
    }
}
