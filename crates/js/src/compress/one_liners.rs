//! The functions of a program that are one expression: those that `inline` may put in the place of
//! their calls.

use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    ArrowFunctionBody, CallExpr, Callee, Expr, FnDecl, Function, Ident, Module, Pat, Prop,
    PropOrSpread, Stmt, UnaryOp, VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use super::{
    own::{mentions, uses_own},
    sizes::size,
};
use crate::scopes::{Kind, Scopes, index_of};

/// The longest expression that is put in the place of a call.
const LONGEST: usize = 200;

/// The functions of a program that are one expression, by their bindings.
#[derive(Default)]
pub(super) struct OneLiners(pub FxHashMap<usize, OneLiner>);

/// A function that is one expression.
pub(super) struct OneLiner {
    pub parameters: Vec<Ident>,
    pub value: Box<Expr>,
    pub size: usize,
    /// How many plain calls of it there are.
    pub calls: u32,
}

impl OneLiners {
    /// Finds the functions of a program.
    pub fn of(module: &Module, scopes: &Scopes) -> Self {
        let calls = vec![0; scopes.bindings.len()];
        let mut search = Search { scopes, found: FxHashMap::default(), calls };
        module.visit_with(&mut search);
        let Search { mut found, calls, .. } = search;
        for (index, one) in &mut found {
            one.calls = calls[*index];
        }
        found.retain(|_, one| one.calls > 0);
        Self(found)
    }
}

struct Search<'s> {
    scopes: &'s Scopes,
    found: FxHashMap<usize, OneLiner>,
    /// By binding, how many plain calls of it there are.
    calls: Vec<u32>,
}

impl Search<'_> {
    fn function(&mut self, name: &Ident, function: &Function) {
        let is_plain = !function.is_async && !function.is_generator;
        let Some(body) = function.body.as_ref().filter(|_| is_plain) else { return };
        let [Stmt::Return(returned)] = body.stmts.as_slice() else { return };
        let Some(value) = &returned.arg else { return };
        self.one_liner(name, function.params.iter().map(|it| &it.pat), value);
    }

    fn one_liner<'p>(
        &mut self,
        name: &Ident,
        parameters: impl Iterator<Item = &'p Pat>,
        value: &Expr,
    ) {
        let Some(index) = index_of(name.ctxt) else { return };
        let binding = &self.scopes.bindings[index];
        let scope = &self.scopes.list[binding.scope];
        // A function in a block of sloppy code is a variable of the function around it.
        let is_hoisted = self.scopes.is_strict || scope.function == binding.scope;
        if !binding.is_never_assigned() || !is_hoisted || binding.name == "arguments" {
            return;
        }
        let names = parameters.map(|pattern| match pattern {
            Pat::Ident(name) => index_of(name.id.ctxt).map(|index| (index, name.id.clone())),
            _ => None,
        });
        let Some(names) = names.collect::<Option<Vec<_>>>() else { return };
        let size = size(value);
        if size > LONGEST || uses_own(value) {
            return;
        }
        let own: Vec<usize> = names.iter().map(|(index, _)| *index).collect();
        let mut check =
            Check { scopes: self.scopes, scope: binding.scope, own: &own, is_right: true };
        value.visit_with(&mut check);
        if check.is_right && !mentions(value, index) {
            let parameters = names.into_iter().map(|(_, name)| name).collect();
            let one = OneLiner { parameters, value: Box::new(value.clone()), size, calls: 0 };
            self.found.insert(index, one);
        }
    }
}

impl Visit for Search<'_> {
    noop_visit_type!();

    fn visit_fn_decl(&mut self, declaration: &FnDecl) {
        self.function(&declaration.ident, &declaration.function);
        declaration.function.visit_with(self);
    }

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, declarator.init.as_deref()) {
            match value {
                Expr::Arrow(arrow) if !arrow.is_async => {
                    if let ArrowFunctionBody::Expr(value) = &*arrow.body {
                        self.one_liner(&name.id, arrow.params.iter(), value);
                    }
                }
                Expr::Fn(function) if function.ident.is_none() => {
                    self.function(&name.id, &function.function);
                }
                _ => {}
            }
        }
        declarator.visit_children_with(self);
    }

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let Callee::Expr(callee) = &call.callee
            && let Expr::Ident(name) = &**callee
            && let Some(index) = index_of(name.ctxt)
        {
            self.calls[index] += 1;
        }
        call.visit_children_with(self);
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
            // Functions and classes have names of their own, and templates with a tag one list of
            // texts for each place.
            Expr::Fn(_) | Expr::Arrow(_) | Expr::Class(_) | Expr::TaggedTpl(_) => {
                self.is_right = false;
            }
            Expr::Object(object) if object.props.iter().any(is_function) => self.is_right = false,
            // In strict code, what fails throws.
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
