//! Finds the functions of one expression whose calls `inline` may replace by the expression.

use swc_ecma_ast::{
    ArrowFunctionBody, Decl, Expr, Function, Ident, Pat, Prop, PropOrSpread, Stmt, UnaryOp,
    VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    function_context::{mentions, uses_own},
    model::{Compress, OneLiner},
    sizes::size,
};
use crate::scopes::{Kind, Scopes, index_of};

/// The longest expression that replaces a call.
const LONGEST: usize = 200;

impl Compress<'_> {
    /// Notes such functions in a list of statements, which also contains their calls.
    pub(super) fn note_one_liners(&mut self, list: &[Stmt]) {
        for statement in list {
            match statement {
                Stmt::Decl(Decl::Fn(declaration)) => {
                    self.note_function(&declaration.ident, &declaration.function);
                }
                Stmt::Decl(Decl::Var(declaration)) => {
                    declaration.decls.iter().for_each(|declarator| self.note_variable(declarator));
                }
                _ => {}
            }
        }
    }

    fn note_variable(&mut self, declarator: &VarDeclarator) {
        let Pat::Ident(name) = &declarator.name else { return };
        match declarator.init.as_deref() {
            Some(Expr::Arrow(arrow)) if !arrow.is_async => {
                if let ArrowFunctionBody::Expr(value) = &*arrow.body {
                    self.note_one_liner(&name.id, arrow.params.iter(), value);
                }
            }
            Some(Expr::Fn(function))
                if function.ident.as_ref().is_none_or(|own| self.is_unmentioned(own)) =>
            {
                self.note_function(&name.id, &function.function);
            }
            _ => {}
        }
    }

    fn note_function(&mut self, name: &Ident, function: &Function) {
        let is_plain = !function.is_async && !function.is_generator;
        let Some(body) = function.body.as_ref().filter(|_| is_plain) else { return };
        let [Stmt::Return(returned)] = body.stmts.as_slice() else { return };
        let Some(value) = &returned.arg else { return };
        self.note_one_liner(name, function.params.iter().map(|it| &it.pat), value);
    }

    fn note_one_liner<'p>(
        &mut self,
        name: &Ident,
        parameters: impl Iterator<Item = &'p Pat>,
        value: &Expr,
    ) {
        let Some(index) = index_of(name.ctxt) else { return };
        let Some(binding) = self.scopes.bindings.get(index) else { return };
        let scope = &self.scopes.list[binding.scope];
        // A function in a block of sloppy code is a variable of the enclosing function.
        let is_hoisted = self.scopes.is_strict || scope.function == binding.scope;
        let (is_called, scope) = (binding.calls > 0, binding.scope);
        if !is_called || !binding.is_never_assigned() || !is_hoisted || binding.name == "arguments"
        {
            return;
        }
        let names = parameters.map(|pattern| match pattern {
            Pat::Ident(name) => index_of(name.id.ctxt).map(|index| (index, name.id.clone())),
            _ => None,
        });
        let Some(names) = names.collect::<Option<Vec<_>>>() else { return };
        let size = size(value);
        if size > LONGEST || uses_own(value) || mentions(value, index) {
            return;
        }
        let own: Vec<usize> = names.iter().map(|(index, _)| *index).collect();
        let mut check = Check { scopes: &self.scopes, scope, own: &own, is_right: true };
        value.visit_with(&mut check);
        if check.is_right {
            let parameters = names.into_iter().map(|(_, name)| name).collect();
            let one = OneLiner { parameters, value: Box::new(value.clone()), size };
            self.one_liners.insert(index, one);
        }
    }
}

/// Whether an expression means the same wherever its function is visible.
struct Check<'s> {
    scopes: &'s Scopes,
    /// The scope that the function is in.
    scope: usize,
    /// The parameters of the function.
    own: &'s [usize],
    is_right: bool,
}

impl Check<'_> {
    fn is_visible(&self, index: usize) -> bool {
        let wanted = self.scopes.bindings[index].scope;
        let mut scope = Some(self.scope);
        while let Some(at) = scope.filter(|at| *at != wanted) {
            scope = self.scopes.list[at].parent;
        }
        scope.is_some()
    }
}

impl Visit for Check<'_> {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.is_right &= !matches!(&*name.sym, "await" | "yield");
        if let Some(index) = index_of(name.ctxt) {
            let binding = &self.scopes.bindings[index];
            let is_own = self.own.contains(&index);
            let is_right = if is_own {
                binding.is_never_assigned() && binding.kind == Kind::Parameter
            } else {
                self.is_visible(index)
            };
            self.is_right &= is_right;
        }
    }

    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            // Functions and classes have names of their own, and a tagged template has one list of
            // texts for each place.
            Expr::Fn(_) | Expr::Arrow(_) | Expr::Class(_) | Expr::TaggedTpl(_) => {
                self.is_right = false;
            }
            Expr::Object(object) if object.props.iter().any(is_function) => self.is_right = false,
            // In strict code, an assignment that fails throws.
            Expr::Assign(_) | Expr::Update(_) if !self.scopes.is_strict => self.is_right = false,
            Expr::Unary(unary) if unary.op == UnaryOp::Delete => self.is_right = false,
            other => other.visit_children_with(self),
        }
    }
}

fn is_function(prop: &PropOrSpread) -> bool {
    match prop {
        PropOrSpread::Spread(_) => false,
        PropOrSpread::Prop(prop) => {
            matches!(**prop, Prop::Getter(_) | Prop::Setter(_) | Prop::Method(_))
        }
    }
}
