//! Names that the configuration provides (`"$": "jquery"`, `"window.jQuery": "jquery"`): a read of
//! the free name, or of the member of a free name, becomes a name of our own that is imported. In a
//! module that assigns to the free name, it becomes a variable that begins with the import, as with
//! webpack: the assignment affects this module alone.

use bundle_base::config::ResolveConfig;
use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::{
    BindingIdent, Expr, Ident, MemberExpr, Module, ModuleItem, Pat, Stmt, UpdateExpr, VarDecl,
    VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{recognise::path, tested_globals::TestedGlobals};
use crate::{
    ast::is_directive,
    scopes::{Scopes, free},
};

/// Replaces provided names, and collects them.
pub(super) struct ProvidedNames<'c> {
    config: &'c ResolveConfig,
    /// Whether a provided name is a member.
    has_members: bool,
    tested: TestedGlobals<'c>,
    /// The provided names that the program assigns to.
    assigned: Vec<&'c str>,
    /// The syntax context of free names.
    free: SyntaxContext,
    /// The syntax context of our names.
    own: SyntaxContext,
    /// The provided names that the program mentions, in order of first mention.
    pub found: Vec<(String, Span)>,
}

impl<'c> ProvidedNames<'c> {
    /// Makes the replacement for programs whose free names have the first context; the second is
    /// for our names.
    pub fn new(
        config: &'c ResolveConfig,
        tested: TestedGlobals<'c>,
        assigned: Vec<&'c str>,
        free: SyntaxContext,
        own: SyntaxContext,
    ) -> Self {
        let has_members = config.provide.keys().any(|name| name.contains('.'));
        Self { config, has_members, tested, assigned, free, own, found: Vec::new() }
    }

    /// Returns the name that replaces a free name, if it is provided.
    pub fn name(&mut self, ident: &Ident) -> Option<Expr> {
        let name = ident.sym.as_str();
        let is_provided = ident.ctxt == self.free
            && self.config.provide.contains_key(name)
            && !self.tested.is_dispensable(name);
        if is_provided && self.assigned.contains(&name) {
            self.note(name, ident.span);
            return None;
        }
        is_provided.then(|| self.replaced(name, ident.span))
    }

    /// Declares the names that the program reads and assigns to. Returns whether there are any.
    pub fn declare_assigned(&self, module: &mut Module) -> bool {
        let names = self.found.iter().filter(|(name, _)| self.assigned.contains(&name.as_str()));
        let decls: Vec<VarDeclarator> = names
            .map(|(name, span)| VarDeclarator {
                span: *span,
                name: Pat::Ident(Ident::new(name.as_str().into(), *span, self.free).into()),
                init: Some(Box::new(self.import_of(name, *span))),
                definite: false,
            })
            .collect();
        if decls.is_empty() {
            return false;
        }
        let declaration = Stmt::from(VarDecl { decls, ..VarDecl::default() });
        let first = module.body.iter().take_while(|item| is_directive(item)).count();
        module.body.insert(first, ModuleItem::Stmt(declaration));
        true
    }

    /// Whether `typeof` of a name tests the page, which has no such global.
    pub fn is_tested(&self, value: &Expr) -> bool {
        let is_tested = |name: &Ident| name.ctxt == self.free && self.tested.has(&name.sym);
        value.unwrap_parens().as_ident().is_some_and(is_tested)
    }

    /// Returns the name that replaces a member of a free name, if it is provided.
    pub fn member(&mut self, member: &MemberExpr) -> Option<Expr> {
        if !self.has_members {
            return None;
        }
        let (object, names) = path(member)?;
        let name = format!("{}.{}", object.sym, names.join("."));
        let is_provided = object.ctxt == self.free && self.config.provide.contains_key(&name);
        is_provided.then(|| self.replaced(&name, member.span))
    }

    fn replaced(&mut self, name: &str, span: Span) -> Expr {
        self.note(name, span);
        self.import_of(name, span)
    }

    fn note(&mut self, name: &str, span: Span) {
        if self.found.iter().all(|(known, _)| known != name) {
            self.found.push((name.to_owned(), span));
        }
    }

    fn import_of(&self, name: &str, span: Span) -> Expr {
        Expr::Ident(Ident::new(local(name).into(), span, self.own))
    }
}

/// Returns the provided names that a program assigns to. `scopes`: the table of its names.
pub(super) fn assigned_names<'c>(
    module: &Module,
    scopes: &Scopes,
    config: &'c ResolveConfig,
) -> Vec<&'c str> {
    let provided = config.provide.keys().map(String::as_str);
    let mut search = Assigned {
        mentioned: provided.filter(|name| scopes.mentions_free(name)).collect(),
        found: Vec::new(),
    };
    if !search.mentioned.is_empty() {
        module.visit_with(&mut search);
    }
    search.found
}

struct Assigned<'c> {
    mentioned: Vec<&'c str>,
    found: Vec<&'c str>,
}

impl Assigned<'_> {
    fn note(&mut self, name: &Ident) {
        if name.ctxt == free() {
            self.found.extend(self.mentioned.iter().copied().filter(|it| name.sym == **it));
        }
    }
}

impl Visit for Assigned<'_> {
    noop_visit_type!();

    /// Declared names have bindings, so a free name here is assigned to.
    fn visit_binding_ident(&mut self, name: &BindingIdent) {
        self.note(&name.id);
    }

    fn visit_update_expr(&mut self, update: &UpdateExpr) {
        match update.arg.unwrap_parens() {
            Expr::Ident(name) => self.note(name),
            other => other.visit_with(self),
        }
    }
}

/// Returns the local name of a provided name's import: `window$$jQuery` for `window.jQuery`.
pub(super) fn local(name: &str) -> String {
    name.replace('.', "$$")
}
