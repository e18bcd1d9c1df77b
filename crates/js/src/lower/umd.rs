//! UMD modules that export a function instead of running: `module.exports = function (root, $) { …
//! return factory($); }` beside `define(["jquery"], factory)`, as in `DataTables` and Select2, or
//! `module.exports = factory`. webpack takes the AMD branch, so projects write `import "select2"`
//! and have the plugin. The export remains a function for those who call it. In a page, the AMD
//! branch's call also runs, and the export gets the members of its result: `module.exports =
//! _umd_export(…, typeof window !== "undefined" && factory(require("jquery")))`.

use swc_common::{Span, Spanned};
use swc_ecma_ast::{AssignExpr, CallExpr, Callee, Expr, Id, Module, UnaryExpr, UnaryOp, op};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{
    amd::{self, OWN},
    build::{self, NOWHERE},
    names::NameTable,
};
use crate::{analyse::recognise::text, scopes::free};

/// Makes the AMD factory run where the CommonJS branch only exports it.
pub(super) fn start(module: &mut Module, names: &mut NameTable) {
    let table = names.table();
    if !table.mentions_free("define") || !table.mentions_free("module") {
        return;
    }
    let mut search = Search { defined: Vec::new() };
    module.visit_with(&mut search);
    if search.defined.iter().any(|defined| defined.export.is_some()) {
        names.will_change();
        module.visit_mut_with(&mut Start { defined: search.defined });
    }
}

/// A `define`.
struct Defined {
    /// The place of the call.
    span: Span,
    /// The modules that it requires, each with its place in the source.
    requests: Vec<(String, Span)>,
    /// The factory, or the names that it calls if it is a function.
    factories: Vec<Id>,
    /// The place of a later assignment that exports the function that would call the factory. If
    /// CommonJS is tested first, webpack also takes that branch.
    export: Option<Span>,
    /// The factory, on its way from the call to the export.
    factory: Option<Expr>,
}

/// Looks for the `define`s of a file, and for the exports beside them.
struct Search {
    defined: Vec<Defined>,
}

impl Visit for Search {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if amd::defines(call) {
            self.defined.extend(read_definition(call));
        }
        call.visit_children_with(self);
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        if assign.op == op!("=") && amd::is_module_exports(&assign.left) {
            let called = called_names(&assign.right);
            let is_called = |defined: &&mut Defined| {
                defined.factories.iter().any(|factory| called.contains(factory))
            };
            if let Some(defined) = self.defined.iter_mut().find(is_called) {
                defined.export.get_or_insert(assign.right.span());
            }
        }
        assign.visit_children_with(self);
    }
}

/// Reads `define(["jquery"], factory)`; `None` without a list, or if the list has names that every
/// AMD module has.
fn read_definition(call: &CallExpr) -> Option<Defined> {
    let define = amd::read_define(&call.args)?;
    let requests: Vec<(String, Span)> = define.list?.into_iter().filter_map(text).collect();
    let is_plain = requests.iter().all(|(name, _)| !OWN.contains(&name.as_str()));
    let factories = called_names(define.factory);
    let is_plain = is_plain && !requests.is_empty();
    is_plain.then_some(Defined {
        span: call.span,
        requests,
        factories,
        export: None,
        factory: None,
    })
}

/// Returns the name that an expression is, or those that it calls if it is a function.
fn called_names(expr: &Expr) -> Vec<Id> {
    let mut calls = Calls { names: Vec::new() };
    match expr.unwrap_parens() {
        Expr::Ident(name) => return vec![name.to_id()],
        Expr::Fn(function) => function.function.body.visit_with(&mut calls),
        Expr::Arrow(arrow) => arrow.body.visit_with(&mut calls),
        _ => {}
    }
    calls.names
}

/// The names that code calls, except free ones.
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

/// Moves factories from their `define`, which never runs, to their export.
struct Start {
    defined: Vec<Defined>,
}

impl Defined {
    /// Makes `typeof window !== "undefined" && factory(require("jquery"))`.
    fn run(&mut self) -> Option<Expr> {
        let factory = self.factory.take()?;
        let require = |(name, span): (String, Span)| {
            let name = build::string(&name, span);
            build::call(span, amd::free_name("require", span), vec![name.into()]).as_arg()
        };
        let needed = self.requests.drain(..).map(require).collect();
        let window = UnaryExpr {
            op: UnaryOp::TypeOf,
            arg: Box::new(amd::free_name("window", NOWHERE)),
            span: NOWHERE,
        };
        let none = build::string("undefined", NOWHERE);
        let is_page = build::binary(op!("!=="), window.into(), none);
        Some(build::binary(op!("&&"), is_page, build::call(NOWHERE, factory, needed)))
    }
}

impl VisitMut for Start {
    noop_visit_mut_type!();

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        let is_this =
            |defined: &&mut Defined| defined.export.is_some() && defined.span == call.span;
        if let Some(defined) = self.defined.iter_mut().find(is_this)
            && let Some(factory) = call.args.pop()
        {
            defined.factory = Some(*factory.expr);
        }
        call.visit_mut_children_with(self);
    }

    fn visit_mut_assign_expr(&mut self, assign: &mut AssignExpr) {
        let exported = assign.right.span();
        if let Some(defined) = self.defined.iter_mut().find(|one| one.export == Some(exported))
            && let Some(run) = defined.run()
        {
            let exported = std::mem::replace(&mut *assign.right, build::undefined());
            *assign.right = build::helper("umd_export", vec![exported, run]);
        }
        assign.visit_mut_children_with(self);
    }
}
