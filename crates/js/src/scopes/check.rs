//! Checks that a table matches a program: a new walk must find the same bindings, with the same
//! reads and writes. Debug builds check this after the passes that rewrite a program.

use swc_common::SyntaxContext;
use swc_ecma_ast::{
    BreakStmt, ContinueStmt, ExportNamedSpecifier, ExportSpecifier, Ident, ImportSpecifier,
    LabeledStmt, Module, NamedExport,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    table::{Binding, Scopes, index_of},
    walk::number,
};

/// Panics if the table does not match the program.
pub(crate) fn check(module: &Module, table: &Scopes) {
    let mut again = module.clone();
    let fresh = number(&mut again, table.is_strict);
    assert_eq!(table.inserted, fresh.inserted, "names of the runtime that the program mentions");
    let (was, is) = (names(module), names(&again));
    let mut same = vec![None; table.bindings.len()];
    for (was, is) in was.iter().zip(&is) {
        let (old, new) = (index_of(was.1), index_of(is.1));
        let Some(old) = old else {
            assert!(new.is_none(), "`{}` has no number but a binding", was.0);
            continue;
        };
        let new = new.unwrap_or_else(|| panic!("nothing in the program declares `{}`", was.0));
        let known = same[old].get_or_insert(new);
        assert!(*known == new, "`{}` means two things", was.0);
    }
    for (old, new) in same.iter().enumerate().filter_map(|(old, new)| Some((old, (*new)?))) {
        let (old, new) = (&table.bindings[old], &fresh.bindings[new]);
        let counts = |binding: &Binding| (binding.reads, binding.writes);
        assert!(
            counts(old) == counts(new),
            "`{}` has {:?} reads and writes in the table and {:?} in the program",
            old.name,
            counts(old),
            counts(new)
        );
    }
}

fn names(module: &Module) -> Vec<(String, SyntaxContext)> {
    let mut names = Names(Vec::new());
    module.visit_with(&mut names);
    names.0
}

struct Names(Vec<(String, SyntaxContext)>);

impl Visit for Names {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        self.0.push((ident.sym.to_string(), ident.ctxt));
    }

    fn visit_named_export(&mut self, export: &NamedExport) {
        if export.src.is_none() {
            export.specifiers.visit_with(self);
        }
    }

    /// Names for other modules are not bindings.
    fn visit_export_specifier(&mut self, specifier: &ExportSpecifier) {
        if let ExportSpecifier::Named(ExportNamedSpecifier { orig, .. }) = specifier {
            orig.visit_with(self);
        }
    }

    fn visit_import_specifier(&mut self, specifier: &ImportSpecifier) {
        specifier.local().visit_with(self);
    }

    fn visit_labeled_stmt(&mut self, statement: &LabeledStmt) {
        statement.body.visit_with(self);
    }

    fn visit_break_stmt(&mut self, _: &BreakStmt) {}

    fn visit_continue_stmt(&mut self, _: &ContinueStmt) {}
}
