//! The globals of Node that a module tests for (`typeof process`). In pages these tests fail. A
//! module that tests for a name wherever it uses it works without it, so nothing is imported in its
//! place.

use bundle_base::{config::ResolveConfig, search};
use bundle_graph::record::GlobalUse;
use swc_common::SyntaxContext;
use swc_ecma_ast::{Expr, Module, UnaryExpr, UnaryOp};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::globals;
use crate::scopes::{Scopes, free};

/// Names that are provided only because a package is installed, and that the module tests for.
#[derive(Default)]
pub(super) struct TestedGlobals<'c> {
    names: Vec<&'c str>,
    /// The names that the module also uses without a test.
    needed: Vec<&'c str>,
}

impl<'c> TestedGlobals<'c> {
    /// Finds the names. `scopes`: the table of the module's names.
    pub fn of(
        module: &Module,
        scopes: &Scopes,
        config: &'c ResolveConfig,
        input: &globals::GlobalsInput<'_>,
    ) -> Self {
        let implied = config.provide.iter().filter(|(_, provide)| provide.is_implied);
        let mentioned: Vec<&str> = implied
            .map(|(name, _)| name.as_str())
            .filter(|name| scopes.mentions_free(name))
            .collect();
        if mentioned.is_empty() || !search::contains(&input.source.text, "typeof") {
            return Self::default();
        }
        let mut tests = Tests { free: free(), mentioned, found: Vec::new() };
        module.visit_with(&mut tests);
        let names = tests.found;
        if names.is_empty() {
            return Self::default();
        }
        let needs = globals::of(&module.body, input);
        let is_need = |name: &str, need: &GlobalUse| need.name == name && !need.is_optional;
        let is_needed = |name: &&&str| needs.iter().flatten().any(|need| is_need(name, need));
        let needed = names.iter().filter(is_needed).copied().collect();
        Self { names, needed }
    }

    /// Whether the module works without a name.
    pub fn is_dispensable(&self, name: &str) -> bool {
        self.names.contains(&name) && !self.needed.contains(&name)
    }

    /// Whether the module tests for a name.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(&name)
    }
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
