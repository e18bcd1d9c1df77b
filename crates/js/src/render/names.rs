//! The names of a rendered program: locals that would hide a name get another one, and the free
//! names are listed. Slots keep their text; `scopes` reads which names they must avoid from the
//! renamed program.

use std::collections::BTreeSet;

use swc_atoms::Atom;
use swc_common::SyntaxContext;
use swc_ecma_ast::{BreakStmt, ContinueStmt, FunctionBody, Id, Ident, LabeledStmt, Module};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{part::Part, slot::is_slot};
use crate::scopes;

/// Renames locals that would hide a name, and returns the free names. Lowering left none that do,
/// so one can only do so if a free name was put in that was not there before.
pub(super) fn rename(module: &mut Module, part: Part<'_>) -> BTreeSet<Atom> {
    let known = &part.ast.scopes;
    let free = free_names(module, scopes::free());
    let is_new = |name: &Atom| {
        !known.free.contains(name) && known.bindings.iter().any(|binding| binding.name == *name)
    };
    if !free.iter().any(is_new) {
        return free;
    }
    scopes::rename(module, known.is_strict, is_slot);
    free_names(module, scopes::free())
}

/// Returns the free names of a program, sorted.
pub(super) fn free(module: &Module, free: SyntaxContext) -> Vec<String> {
    spelled(&free_names(module, free))
}

/// Returns names as text.
pub(super) fn spelled(names: &BTreeSet<Atom>) -> Vec<String> {
    names.iter().map(|name| name.as_str().to_owned()).collect()
}

fn free_names(module: &Module, free: SyntaxContext) -> BTreeSet<Atom> {
    let mut names = Free { free, globals: BTreeSet::new() };
    module.visit_with(&mut names);
    names.globals
}

struct Free {
    free: SyntaxContext,
    globals: BTreeSet<Atom>,
}

impl Visit for Free {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        // A pass that means a global (`Object`, `Symbol`) makes its name without a syntax context.
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

/// Whether a function's body mentions a name.
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
