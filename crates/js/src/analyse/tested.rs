//! The globals of Node that a module tests for (`typeof process`). It does without them, so nothing
//! is imported in their place.

use bundle_base::config::ResolveConfig;
use swc_common::SyntaxContext;
use swc_ecma_ast::{Expr, Module, UnaryExpr, UnaryOp};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::scopes::{Scopes, free};

/// Returns the names that are provided only because a package is installed, and that the module
/// tests for. `text`: its source; `scopes`: the table of its names.
pub(super) fn names<'c>(
    module: &Module,
    text: &str,
    scopes: &Scopes,
    config: &'c ResolveConfig,
) -> Vec<&'c str> {
    let implied = config.provide.iter().filter(|(_, provide)| provide.is_implied);
    let mentioned: Vec<&str> =
        implied.map(|(name, _)| name.as_str()).filter(|name| scopes.mentions_free(name)).collect();
    if mentioned.is_empty() || !text.contains("typeof") {
        return Vec::new();
    }
    let mut tests = Tests { free: free(), mentioned, found: Vec::new() };
    module.visit_with(&mut tests);
    tests.found
}

struct Tests<'c> {
    free: SyntaxContext,
    mentioned: Vec<&'c str>,
    found: Vec<&'c str>,
}

impl Visit for Tests<'_> {
    noop_visit_type!();

    fn visit_unary_expr(&mut self, unary: &UnaryExpr) {
        if unary.op == UnaryOp::TypeOf
            && let Expr::Ident(ident) = unary.arg.unwrap_parens()
            && ident.ctxt == self.free
        {
            self.found.extend(self.mentioned.iter().copied().filter(|name| ident.sym == **name));
        }
        unary.visit_children_with(self);
    }
}
