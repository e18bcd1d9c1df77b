//! Names that the configuration provides (`"$": "jquery"`, `"window.jQuery": "jquery"`): a read of
//! the free name, or of the member of a free name, becomes a name of our own that is imported.

use bundle_base::config::ResolveConfig;
use swc_common::{Span, SyntaxContext};
use swc_ecma_ast::{Expr, Ident, MemberExpr};

use super::{recognise::path, tested::Tested};

/// Replaces provided names, and collects them.
pub(super) struct Provided<'c> {
    config: &'c ResolveConfig,
    /// Whether a provided name is a member.
    has_members: bool,
    tested: Tested<'c>,
    /// The syntax context of free names.
    free: SyntaxContext,
    /// The syntax context of our names.
    own: SyntaxContext,
    /// The provided names that the program mentions, in order of first mention.
    pub found: Vec<(String, Span)>,
}

impl<'c> Provided<'c> {
    /// Makes the replacement for programs whose free names have the first context; the second is
    /// for our names.
    pub fn new(
        config: &'c ResolveConfig,
        tested: Tested<'c>,
        (free, own): (SyntaxContext, SyntaxContext),
    ) -> Self {
        let has_members = config.provide.keys().any(|name| name.contains('.'));
        Self { config, has_members, tested, free, own, found: Vec::new() }
    }

    /// Returns the name that replaces a free name, if it is provided.
    pub fn name(&mut self, ident: &Ident) -> Option<Expr> {
        let name = ident.sym.as_str();
        let is_provided = ident.ctxt == self.free
            && self.config.provide.contains_key(name)
            && !self.tested.is_dispensable(name);
        is_provided.then(|| self.replaced(name, ident.span))
    }

    /// Whether `typeof` of a name is about the page, which has no such global.
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
        if self.found.iter().all(|(known, _)| known != name) {
            self.found.push((name.to_owned(), span));
        }
        Expr::Ident(Ident::new(local(name).into(), span, self.own))
    }
}

/// Returns the local name of a provided name's import: `window$$jQuery` for `window.jQuery`.
pub(super) fn local(name: &str) -> String {
    name.replace('.', "$$")
}
