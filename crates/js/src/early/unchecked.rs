//! Notes the kinds of syntax in code that is not checked: in namespaces and enums of TypeScript.

use swc_ecma_ast::{
    Callee, Decorator, JSXElement, JSXFragment, MetaPropExpr, Number, OptChainExpr, Str, ThisExpr,
    VarDecl, WithStmt,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::checker::Checker;
use crate::{ast::spelling, parse::SyntaxKinds};

/// The walk over code that is not checked. It notes every `this`, also in functions.
pub(super) struct Unchecked<'c> {
    kinds: &'c mut SyntaxKinds,
}

impl Checker<'_> {
    pub(super) fn unchecked(&mut self) -> Unchecked<'_> {
        Unchecked { kinds: &mut self.kinds }
    }
}

impl Visit for Unchecked<'_> {
    noop_visit_type!();

    fn visit_decorator(&mut self, node: &Decorator) {
        self.kinds.has_decorators = true;
        node.visit_children_with(self);
    }

    fn visit_jsx_element(&mut self, node: &JSXElement) {
        self.kinds.has_jsx = true;
        node.visit_children_with(self);
    }

    fn visit_jsx_fragment(&mut self, node: &JSXFragment) {
        self.kinds.has_jsx = true;
        node.visit_children_with(self);
    }

    fn visit_var_decl(&mut self, node: &VarDecl) {
        self.kinds.has_object_patterns |= node.decls.iter().any(|it| it.name.is_object());
        node.visit_children_with(self);
    }

    fn visit_opt_chain_expr(&mut self, node: &OptChainExpr) {
        self.kinds.has_optional_chains = true;
        node.visit_children_with(self);
    }

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.kinds.needs_free_name_walk = true;
    }

    fn visit_callee(&mut self, node: &Callee) {
        match node {
            Callee::Import(_) => self.kinds.needs_free_name_walk = true,
            Callee::Expr(_) | Callee::Super(_) => node.visit_children_with(self),
        }
    }

    fn visit_meta_prop_expr(&mut self, _: &MetaPropExpr) {
        self.kinds.needs_free_name_walk = true;
    }

    fn visit_with_stmt(&mut self, _: &WithStmt) {
        self.kinds.needs_free_name_walk = true;
    }

    fn visit_str(&mut self, node: &Str) {
        self.kinds.needs_free_name_walk |= spelling::is_odd_text(node);
    }

    fn visit_number(&mut self, node: &Number) {
        self.kinds.needs_free_name_walk |= spelling::is_octal(node);
    }
}
