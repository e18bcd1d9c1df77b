//! webpack's calls that load modules when they run: `require(["./a"], callback)`, as in AMD, and
//! `require.ensure(["./a"], callback, "chunk")`. Each becomes the `import()` of a module that our
//! scan makes. Its list has a function for each module that the call names, which requires it, so
//! a module of a chunk runs when the callback asks for it:
//!
//! ```text
//! require.ensure([], () => done(require("./a")), "views")
//! import("require:./a").then((_loaded) => (() => done(_loaded[0]()))())
//! ```

use bundle_graph::record::later_requires;
use swc_common::{
    Span,
    comments::{Comment, CommentKind, Comments, SingleThreadedComments},
};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Callee, Expr, ExprOrSpread, Id, Ident, Import,
    ImportPhase, Module, Pat, Str, UnaryExpr, UnaryOp,
};
use swc_ecma_utils::{ExprFactory, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    amd::OWN,
    build::{self, NOWHERE},
    names::Names,
};
use crate::{
    analyse::recognise::{member_name, text},
    scopes::free,
};

/// Rewrites the calls of a program. `written`: its text.
pub(super) fn lower(
    module: &mut Module,
    written: &str,
    names: &mut Names,
    comments: &SingleThreadedComments,
) {
    if !names.table().mentions_free("require") || !may_have_calls(written) {
        return;
    }
    let mut calls = Calls { comments, found: false };
    module.visit_mut_with(&mut calls);
    if calls.found {
        names.will_change();
    }
}

/// Whether a text has `require([` or `.ensure`.
fn may_have_calls(text: &str) -> bool {
    let calls = |after: &str| {
        let called = after.trim_start().strip_prefix('(');
        called.is_some_and(|arguments| arguments.trim_start().starts_with('['))
    };
    text.contains("ensure") || text.split("require").skip(1).any(calls)
}

struct Calls<'a> {
    /// The comments of the program: those before an `import()` name its chunk.
    comments: &'a SingleThreadedComments,
    /// Whether there were some.
    found: bool,
}

impl VisitMut for Calls<'_> {
    noop_visit_mut_type!();

    /// Calls inside others come first: what those require is loaded by their own call.
    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::Call(call) = expr
            && call.callee.as_expr().is_some_and(|callee| is_ensure(callee))
            && let [_, callback, ..] = &mut call.args[..]
        {
            call_require_by_its_name(&mut callback.expr);
        }
        expr.visit_mut_children_with(self);
        let new = match expr {
            Expr::Call(call) => self.call(call),
            Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, span }) if is_ensure(arg) => {
                Some(Str { span: *span, ..Str::from("function") }.into())
            }
            _ => None,
        };
        if let Some(new) = new {
            self.found = true;
            *expr = new;
        }
    }
}

impl Calls<'_> {
    fn call(&self, call: &CallExpr) -> Option<Expr> {
        let Callee::Expr(callee) = &call.callee else { return None };
        if call.args.iter().any(|arg| arg.spread.is_some()) {
            return None;
        }
        match &**callee {
            Expr::Ident(name)
                if is_require(name)
                    && call.args.first().is_some_and(|list| list.expr.is_array()) =>
            {
                amd(call)
            }
            callee if is_ensure(callee) => self.ensure(call),
            _ => None,
        }
    }

    /// `require.ensure(list, callback)`, with a function for errors, a chunk name, or both.
    fn ensure(&self, call: &CallExpr) -> Option<Expr> {
        let [list, callback, rest @ ..] = &call.args[..] else { return None };
        let mut requires =
            Requires { list: specifiers(&list.expr)?, loaded: private_ident!("_loaded") };
        let mut callback = callback.expr.clone();
        if matches!(callback.unwrap_parens(), Expr::Fn(_) | Expr::Arrow(_)) {
            callback.visit_mut_with(&mut requires);
        }
        let (on_error, name) = match rest {
            [] => (None, None),
            [one] => match text(&one.expr) {
                Some((name, _)) => (None, Some(name)),
                None => (Some(&*one.expr), None),
            },
            [error, name, ..] => (Some(&*error.expr), text(&name.expr).map(|(name, _)| name)),
        };
        if let Some(name) = name {
            self.name_chunk(call.span, &name);
        }
        let loaded = build::call(call.span, *callback, Vec::new());
        Some(finished(call.span, &requires.list, (requires.loaded, loaded), on_error))
    }

    /// Says which chunk an `import()` is for, as webpack's comment does.
    fn name_chunk(&self, call: Span, name: &str) {
        let text = format!(" webpackChunkName: {name:?} ").into();
        let comment = Comment { kind: CommentKind::Block, span: NOWHERE, text };
        self.comments.add_leading(call.lo, comment);
    }
}

/// `require(list, callback, error)`. One request with an expression is the `import()` of whatever
/// file it means.
fn amd(call: &CallExpr) -> Option<Expr> {
    let mut args = call.args.iter().map(|arg| &*arg.expr);
    let (list, callback, on_error) = (args.next()?, args.next(), args.next());
    let loaded = private_ident!("_loaded");
    let items = &list.as_array()?.elems[..];
    if let [Some(ExprOrSpread { spread: None, expr })] = items
        && text(expr).is_none()
        && let Some(callback) = callback
    {
        let called = build::call(call.span, callback.clone(), vec![loaded.clone().as_arg()]);
        let promise = import(call.span, (**expr).clone());
        return Some(then(call.span, promise, (loaded, called), on_error));
    }
    let list = specifiers(list)?;
    if list.iter().any(|specifier| OWN.contains(&specifier.as_str())) {
        return None;
    }
    let modules = (0..list.len()).map(|index| required(NOWHERE, &loaded, index));
    let value = match callback {
        Some(callback) => {
            build::call(call.span, callback.clone(), modules.map(ExprFactory::as_arg).collect())
        }
        None if list.is_empty() => build::undefined(),
        None => build::sequence(modules.map(Box::new).collect()),
    };
    Some(finished(call.span, &list, (loaded, value), on_error))
}

/// Makes the `import()` of a list, and what follows it.
fn finished(span: Span, list: &[String], next: (Ident, Expr), on_error: Option<&Expr>) -> Expr {
    let specifier = Str { span, ..Str::from(later_requires(list)) };
    then(span, import(span, specifier.into()), next, on_error)
}

/// Makes `promise.then((loaded) => value).catch(on_error)`.
fn then(span: Span, promise: Expr, next: (Ident, Expr), on_error: Option<&Expr>) -> Expr {
    let (loaded, value) = next;
    let body = Box::new(ArrowFunctionBody::Expr(Box::new(value)));
    let params = vec![Pat::from(loaded)];
    let arrow = ArrowExpr { span: NOWHERE, params, body, ..ArrowExpr::default() };
    let then = build::call(span, build::member(promise, "then"), vec![arrow.as_arg()]);
    match on_error {
        Some(on_error) => {
            build::call(span, build::member(then, "catch"), vec![on_error.clone().as_arg()])
        }
        None => then,
    }
}

fn import(span: Span, specifier: Expr) -> Expr {
    let callee = Callee::Import(Import { span, phase: ImportPhase::Evaluation });
    CallExpr { span, callee, args: vec![specifier.as_arg()], ..CallExpr::default() }.into()
}

/// Makes `loaded[index]()`.
fn required(span: Span, loaded: &Ident, index: usize) -> Expr {
    #[expect(clippy::cast_precision_loss, reason = "no call names that many modules")]
    let function = build::element(loaded.clone().into(), (index as f64).into());
    build::call(span, function, Vec::new())
}

/// Returns the specifiers of a list of literals, or of one.
fn specifiers(list: &Expr) -> Option<Vec<String>> {
    let Expr::Array(list) = list.unwrap_parens() else {
        return text(list).map(|(specifier, _)| vec![specifier]);
    };
    let specifier = |item: &Option<ExprOrSpread>| match item {
        Some(ExprOrSpread { spread: None, expr }) => text(expr).map(|(specifier, _)| specifier),
        _ => None,
    };
    list.elems.iter().map(specifier).collect()
}

fn is_require(name: &Ident) -> bool {
    name.sym == "require" && name.ctxt == free()
}

/// Whether an expression is `require.ensure`.
fn is_ensure(expr: &Expr) -> bool {
    let Expr::Member(member) = expr.unwrap_parens() else { return false };
    matches!(&*member.obj, Expr::Ident(name) if is_require(name))
        && member_name(&member.prop).as_deref() == Some("ensure")
}

/// Puts the global `require` where a callback uses its parameter for it.
fn call_require_by_its_name(callback: &mut Expr) {
    let first = match callback.unwrap_parens() {
        Expr::Fn(function) => function.function.params.first().map(|param| &param.pat),
        Expr::Arrow(arrow) => arrow.params.first(),
        _ => None,
    };
    if let Some(own) = first.and_then(|first| first.as_ident()) {
        let own = own.id.to_id();
        callback.visit_mut_with(&mut Renamed { own });
    }
}

struct Renamed {
    own: Id,
}

impl VisitMut for Renamed {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Ident(name) if name.to_id() == self.own => {
                *name = Ident::new("require".into(), name.span, free());
            }
            _ => expr.visit_mut_children_with(self),
        }
    }
}

/// What the callback of `require.ensure` requires.
struct Requires {
    list: Vec<String>,
    /// The parameter that gets the list of functions.
    loaded: Ident,
}

impl VisitMut for Requires {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        let Expr::Call(call) = expr else { return };
        let name = call.callee.as_expr().and_then(|callee| callee.as_ident());
        if name.is_some_and(is_require)
            && let [ExprOrSpread { spread: None, expr: first }] = &call.args[..]
            && let Some((specifier, _)) = text(first)
        {
            let known = self.list.iter().position(|known| *known == specifier);
            let index = known.unwrap_or(self.list.len());
            if known.is_none() {
                self.list.push(specifier);
            }
            *expr = required(call.span, &self.loaded, index);
        }
    }
}
