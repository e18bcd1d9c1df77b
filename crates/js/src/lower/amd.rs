//! AMD modules: `define(["./a"], function (a) { … })`, with or without a name, a list or a test of
//! `define.amd`. A file that has no other way to export anything becomes CommonJS, as in webpack:
//! `_amd_module(module, factory, [require("./a")])`. A file with a CommonJS branch takes that one
//! (`analyse::free_names`), and one that names several modules is left alone.

use swc_common::Span;
use swc_ecma_ast::{
    ArrowExpr, AssignTarget, CallExpr, Expr, ExprOrSpread, Function, Id, Ident, KeyValueProp,
    Module, ObjectLit, Pat, Prop, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::{
    build::{self, NOWHERE},
    names::NameTable,
};
use crate::{
    analyse::recognise::{member_name, text},
    scopes::{free, key_of},
};

/// The arguments of a factory without a list.
pub(super) const OWN: [&str; 3] = ["require", "exports", "module"];

/// Turns the calls of `define` into CommonJS.
pub(super) fn lower(module: &mut Module, names: &mut NameTable) {
    let table = names.table();
    let is_amd = table.mentions_free("define")
        && !table.mentions_free("module")
        && !table.mentions_free("exports");
    if !is_amd {
        return;
    }
    let mut found = Found { is_clear: true, ..Found::default() };
    module.visit_with(&mut found);
    if found.calls == 1 && found.again <= 1 && found.is_clear {
        names.will_change();
        module.visit_mut_with(&mut Amd);
    }
}

/// The arguments of a call of `define`.
pub(super) struct Define<'a> {
    /// The modules that it requires, as literals.
    pub list: Option<Vec<&'a Expr>>,
    pub factory: &'a Expr,
}

/// Whether a call is one of the free name `define`.
pub(super) fn defines(call: &CallExpr) -> bool {
    call.callee.as_expr().is_some_and(|callee| is_define(callee))
}

fn is_define(expr: &Expr) -> bool {
    matches!(expr, Expr::Ident(name) if name.sym == "define" && name.ctxt == free())
}

/// Whether the target of an assignment is `module.exports`.
pub(super) fn is_module_exports(target: &AssignTarget) -> bool {
    target.as_simple().and_then(|target| target.as_member()).is_some_and(|member| {
        matches!(&*member.obj, Expr::Ident(name) if name.sym == "module" && name.ctxt == free())
            && member_name(&member.prop).as_deref() == Some("exports")
    })
}

/// Reads the arguments of a `define`; `None` if they are computed.
pub(super) fn read_define(args: &[ExprOrSpread]) -> Option<Define<'_>> {
    if args.iter().any(|arg| arg.spread.is_some()) {
        return None;
    }
    let args = match args {
        [name, rest @ ..] if !rest.is_empty() && text(&name.expr).is_some() => rest,
        args => args,
    };
    match args {
        [factory] => Some(Define { list: None, factory: &factory.expr }),
        [list, factory] => {
            let list = list.expr.as_array()?;
            let items = list.elems.iter().map(|item| item.as_ref().map(|item| &*item.expr));
            let items: Vec<&Expr> = items.collect::<Option<_>>()?;
            let are_names = items.iter().all(|item| text(item).is_some());
            are_names.then_some(Define { list: Some(items), factory: &factory.expr })
        }
        _ => None,
    }
}

/// Counts the modules that a file defines. jQuery's own modules define the same one again by name,
/// in the factory itself: `define("jquery", [], function () { return jQuery; })`.
#[derive(Default)]
struct Found {
    calls: u32,
    /// Calls in a factory that define its module again.
    again: u32,
    /// How many functions are around this place within a factory; `None` outside of factories.
    functions: Option<u32>,
    /// Whether the arguments of all these calls can be read.
    is_clear: bool,
}

impl Visit for Found {
    noop_visit_type!();

    fn visit_call_expr(&mut self, call: &CallExpr) {
        if !defines(call) {
            return call.visit_children_with(self);
        }
        self.is_clear &= read_define(&call.args).is_some();
        if self.functions == Some(1) && is_named_without_list(&call.args) {
            self.again += 1;
        } else {
            self.calls += 1;
        }
        let outside = self.functions.replace(0);
        call.visit_children_with(self);
        self.functions = outside;
    }

    fn visit_function(&mut self, function: &Function) {
        self.within_function(|found| function.visit_children_with(found));
    }

    fn visit_arrow_expr(&mut self, function: &ArrowExpr) {
        self.within_function(|found| function.visit_children_with(found));
    }
}

impl Found {
    fn within_function(&mut self, visit: impl FnOnce(&mut Self)) {
        let outside = self.functions;
        self.functions = outside.map(|functions| functions + 1);
        visit(self);
        self.functions = outside;
    }
}

/// Whether a `define` has a name, and requires nothing.
fn is_named_without_list(args: &[ExprOrSpread]) -> bool {
    let is_empty =
        |list: &ExprOrSpread| list.expr.as_array().is_some_and(|list| list.elems.is_empty());
    match args {
        [name, _] => text(&name.expr).is_some(),
        [name, list, _] => text(&name.expr).is_some() && is_empty(list),
        _ => false,
    }
}

/// Rewrites `define(…)`, `typeof define` and `define.amd`.
struct Amd;

impl VisitMut for Amd {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        let new = match expr {
            Expr::Call(call) if defines(call) => {
                read_define(&call.args).map(|read| commonjs(&read))
            }
            Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, span })
                if is_define(arg.unwrap_parens()) =>
            {
                Some(build::string("function", *span))
            }
            Expr::Member(member)
                if is_define(&member.obj)
                    && member_name(&member.prop).as_deref() == Some("amd") =>
            {
                Some(ObjectLit { span: member.span, props: Vec::new() }.into())
            }
            _ => None,
        };
        if let Some(new) = new {
            *expr = new;
        }
        expr.visit_mut_children_with(self);
    }
}

/// Makes the module of a `define`.
fn commonjs(read: &Define<'_>) -> Expr {
    let mut factory = read.factory.clone();
    let given = match &read.list {
        Some(list) => {
            list.iter().enumerate().map(|(at, item)| argument_for(item, at, &mut factory)).collect()
        }
        None => OWN
            .iter()
            .enumerate()
            .map(|(at, name)| common_argument(name, at, &mut factory))
            .collect(),
    };
    let module = free_name("module", NOWHERE);
    build::helper("amd_module", vec![module, factory, build::array(NOWHERE, given)])
}

/// Returns the argument that a factory gets for an entry of the list.
fn argument_for(item: &Expr, at: usize, factory: &mut Expr) -> Expr {
    let (name, span) = text(item).expect("the list has only names");
    if OWN.contains(&name.as_str()) {
        return common_argument(&name, at, factory);
    }
    build::call(span, free_name("require", span), vec![item.clone().into()])
}

/// Returns the argument that a factory gets for one of the names that every module has. `require`
/// has to be seen where it is called, so the parameter gets CommonJS's name.
fn common_argument(name: &str, at: usize, factory: &mut Expr) -> Expr {
    if name == "require" && calls_require(at, factory) {
        return build::undefined();
    }
    free_name(name, NOWHERE)
}

/// Makes a free name.
pub(super) fn free_name(name: &str, span: Span) -> Expr {
    Ident::new(name.into(), span, free()).into()
}

/// Gives the parameter of a factory the meaning of CommonJS's `require`, if it is a plain one.
fn calls_require(at: usize, factory: &mut Expr) -> bool {
    let name = match factory.unwrap_parens_mut() {
        Expr::Fn(function) => function.function.params.get(at).map(|param| &param.pat),
        Expr::Arrow(arrow) => arrow.params.get(at),
        _ => return false,
    };
    let parameter = match name {
        Some(Pat::Ident(name)) => name.to_id(),
        Some(_) => return false,
        None => return true,
    };
    let mut uses = Uses { parameter };
    match factory.unwrap_parens_mut() {
        Expr::Fn(function) => function.function.body.visit_mut_with(&mut uses),
        Expr::Arrow(arrow) => arrow.body.visit_mut_with(&mut uses),
        _ => {}
    }
    true
}

/// Turns the uses of a parameter into uses of the free name `require`.
struct Uses {
    parameter: Id,
}

impl Uses {
    fn is_own(&self, name: &Ident) -> bool {
        name.ctxt == self.parameter.1 && name.sym == self.parameter.0
    }
}

impl VisitMut for Uses {
    noop_visit_mut_type!();

    fn visit_mut_ident(&mut self, name: &mut Ident) {
        if self.is_own(name) {
            *name = Ident::new("require".into(), name.span, free());
        }
    }

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        if let Prop::Shorthand(name) = prop
            && self.is_own(name)
        {
            let (key, mut value) = (key_of(name), name.clone());
            value.visit_mut_with(self);
            *prop = Prop::KeyValue(KeyValueProp { key, value: Box::new(value.into()) });
            return;
        }
        prop.visit_mut_children_with(self);
    }
}
