//! Hygiene: gives two variables with the same name from different scopes different names (lowering
//! may have merged their scopes or added a temporary). Slots keep their text, and locals avoid
//! every free name. `scopes` then reads the names that slots must avoid from the renamed program.

use std::collections::BTreeSet;

use bundle_graph::plan::Wrap;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_atoms::Atom;
use swc_common::{Mark, SyntaxContext};
use swc_ecma_ast::{
    BreakStmt, ClassExpr, ContinueStmt, Decl, FnExpr, Function, FunctionBody, Id, Ident,
    LabeledStmt, Module, Stmt,
};
use swc_ecma_transforms_base::{
    hygiene,
    rename::{Renamer, renamer},
};
use swc_ecma_visit::{Visit, VisitMutWith, VisitWith, noop_visit_type};

use super::slot::is_slot;

/// Renames locals that would capture a name.
pub(super) fn rename(module: &mut Module, wrap: Wrap) {
    // `eval` can see names. If a CommonJS body calls it directly, the names in its scope are kept.
    let config = hygiene::Config {
        ignore_eval: wrap != Wrap::CommonJs,
        ..hygiene::Config::hygiene_default()
    };
    let own = own_names(module);
    module.visit_mut_with(&mut renamer(config, Locals { own }));
}

struct Locals {
    /// Names that are kept.
    own: FxHashSet<Id>,
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

    fn preserve_name(&self, original: &Id) -> bool {
        is_slot(&original.0) || self.own.contains(original)
    }
}

/// Finds functions and classes whose name also means something else, but not inside their own
/// scope. Hygiene would rename them, and so change their `.name`, just because the module also
/// mentions a global of that name.
fn own_names(module: &Module) -> FxHashSet<Id> {
    let mut spellings = Spellings::default();
    module.visit_with(&mut spellings);
    let mut own = OwnNames { shared: spellings.shared, found: FxHashSet::default() };
    if !own.shared.is_empty() {
        module.visit_with(&mut own);
    }
    own.found
}

/// Names that have more than one meaning.
#[derive(Default)]
struct Spellings {
    first: FxHashMap<Atom, SyntaxContext>,
    shared: FxHashSet<Atom>,
}

impl Visit for Spellings {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        // A name that ends with a digit may be the new name of another one.
        if *self.first.entry(ident.sym.clone()).or_insert(ident.ctxt) != ident.ctxt
            && !ident.sym.ends_with(|last: char| last.is_ascii_digit())
        {
            self.shared.insert(ident.sym.clone());
        }
    }
}

struct OwnNames {
    shared: FxHashSet<Atom>,
    found: FxHashSet<Id>,
}

impl OwnNames {
    /// Keeps the name if it has no other meaning in `scope`, which is all the code that sees it.
    fn note(&mut self, name: &Ident, scope: &impl for<'a> VisitWith<Others<'a>>) {
        if self.shared.contains(&name.sym) && !is_slot(&name.sym) {
            let mut others = Others { name, is_found: false };
            scope.visit_with(&mut others);
            if !others.is_found {
                self.found.insert(name.to_id());
            }
        }
    }
}

impl Visit for OwnNames {
    noop_visit_type!();

    fn visit_fn_expr(&mut self, expression: &FnExpr) {
        expression.visit_children_with(self);
        if let Some(name) = &expression.ident {
            self.note(name, &*expression.function);
        }
    }

    fn visit_class_expr(&mut self, expression: &ClassExpr) {
        expression.visit_children_with(self);
        if let Some(name) = &expression.ident {
            self.note(name, &*expression.class);
        }
    }

    fn visit_function(&mut self, function: &Function) {
        function.visit_children_with(self);
        for statement in function.body.iter().flat_map(|body| &body.stmts) {
            match statement {
                Stmt::Decl(Decl::Fn(declaration)) => self.note(&declaration.ident, function),
                Stmt::Decl(Decl::Class(declaration)) => self.note(&declaration.ident, function),
                _ => {}
            }
        }
    }
}

/// Finds the same name with another meaning.
struct Others<'a> {
    name: &'a Ident,
    is_found: bool,
}

impl Visit for Others<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, ident: &Ident) {
        self.is_found |= ident.sym == self.name.sym && ident.ctxt != self.name.ctxt;
    }
}

/// Returns the free names of a program, sorted.
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
