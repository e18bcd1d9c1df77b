//! UMD modules that export a function instead of running: `module.exports = function (root, $) { …
//! return factory($); }` beside `define(["jquery"], factory)`, as in DataTables and Select2, or
//! `module.exports = factory`. webpack takes the AMD branch, so projects write `import "select2"`
//! and have the plugin. The export stays what it is, for those who call it, and in a page the AMD
//! branch's call runs before it:
//! `typeof window !== "undefined" && factory(require("jquery")), module.exports = …`.

use swc_common::Span;
use swc_ecma_ast::{
    AssignExpr, AssignTarget, BinExpr, BinaryOp, CallExpr, Callee, Expr, ExprOrSpread, Id, Ident,
    Module, UnaryExpr, UnaryOp, op,
};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{
    amd::{self, OWN},
    build::{self, NOWHERE},
    names::Names,
};
use crate::{
    analyse::recognise::{member_name, text},
    scopes::free,
};

/// Makes the AMD factory run where the CommonJS branch only exports it.
pub(super) fn start(module: &mut Module, names: &mut Names) {
    let table = names.table();
    if !table.mentions_free("define") || !table.mentions_free("module") {
        return;
    }
    let mut search = Search { defined: None, exports: None };
    module.visit_with(&mut search);
    if let (Some(Defined { requests, .. }), Some(export)) = (search.defined, search.exports) {
        names.will_change();
        module.visit_mut_with(&mut Start { factory: None, requests, export });
    }
}

/// The first `define` of a file.
struct Defined {
    /// What it asks for, each with the place where it stands.
    requests: Vec<(String, Span)>,
    /// The factory, or what it calls if it is a function.
    factories: Vec<Id>,
}

/// Looks for a `define`, and for an assignment further down that exports what would call its
/// factory. Where CommonJS is tested first, webpack takes that branch too.
struct Search {
    defined: Option<Defined>,
    /// The place of the assignment.
    exports: Option<Span>,
}

impl Visit for Search {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if self.defined.is_none() && amd::defines(call) {
            self.defined = defined(call);
        }
        call.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        if let Some(defined) = &self.defined
            && self.exports.is_none()
            && assign.op == op!("=")
            && is_exports(&assign.left)
            && called(&assign.right).iter().any(|name| defined.factories.contains(name))
        {
            self.exports = Some(assign.span);
        }
        assign.visit_children_with(self);
    }
}

/// Reads `define(["jquery"], factory)`; `None` without a list, or if it has names that only AMD has.
fn defined(call: &CallExpr) -> Option<Defined> {
    let define = amd::read(&call.args)?;
    let requests: Vec<(String, Span)> = define.list?.into_iter().filter_map(text).collect();
    let is_plain = requests.iter().all(|(name, _)| !OWN.contains(&name.as_str()));
    let factories = called(define.factory);
    (is_plain && !requests.is_empty()).then_some(Defined { requests, factories })
}

/// Returns the name that an expression is, or those that it calls if it is a function.
fn called(expr: &Expr) -> Vec<Id> {
    let mut calls = Calls { names: Vec::new() };
    match expr.unwrap_parens() {
        Expr::Ident(name) => return vec![name.to_id()],
        Expr::Fn(function) => function.function.body.visit_with(&mut calls),
        Expr::Arrow(arrow) => arrow.body.visit_with(&mut calls),
        _ => {}
    }
    calls.names
}

/// The names that code calls, but for the free ones.
struct Calls {
    names: Vec<Id>,
}

impl Visit for Calls {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let Callee::Expr(callee) = &call.callee
            && let Expr::Ident(name) = &**callee
            && name.ctxt != free()
        {
            self.names.push(name.to_id());
        }
        call.visit_children_with(self);
    }
}

fn is_exports(target: &AssignTarget) -> bool {
    target.as_simple().and_then(|target| target.as_member()).is_some_and(|member| {
        matches!(&*member.obj, Expr::Ident(name) if name.sym == "module" && name.ctxt == free())
            && member_name(&member.prop).as_deref() == Some("exports")
    })
}

/// Moves the factory from the `define`, which never runs, to the export.
struct Start {
    factory: Option<Expr>,
    requests: Vec<(String, Span)>,
    export: Span,
}

impl Start {
    /// Makes `typeof window !== "undefined" && factory(require("jquery"))`.
    fn call(&mut self) -> Option<Expr> {
        let factory = self.factory.take()?;
        let require = |(name, span): (String, Span)| {
            let name = build::string(&name, span);
            build::call(span, named("require"), vec![name.into()]).as_arg()
        };
        let needed: Vec<ExprOrSpread> = self.requests.drain(..).map(require).collect();
        let window =
            UnaryExpr { op: UnaryOp::TypeOf, arg: Box::new(named("window")), span: NOWHERE };
        let is_page = BinExpr {
            op: op!("!=="),
            left: Box::new(window.into()),
            right: Box::new(build::string("undefined", NOWHERE)),
            span: NOWHERE,
        };
        let run = build::call(NOWHERE, factory, needed);
        Some(build::binary(BinaryOp::LogicalAnd, is_page.into(), run))
    }
}

fn named(name: &str) -> Expr {
    Ident::new(name.into(), NOWHERE, free()).into()
}

impl VisitMut for Start {
    noop_visit_mut_type!();

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        if self.factory.is_none()
            && !self.requests.is_empty()
            && amd::defines(call)
            && let Some(last) = call.args.pop()
        {
            self.factory = Some(*last.expr);
        }
        call.visit_mut_children_with(self);
    }

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::Assign(assign) = expr
            && assign.span == self.export
            && let Some(call) = self.call()
        {
            let assign = std::mem::replace(expr, *Expr::undefined(NOWHERE));
            *expr = build::sequence(vec![Box::new(call), Box::new(assign)]);
        }
        expr.visit_mut_children_with(self);
    }
}
