//! webpack's calls that load modules when they run: `require(["./a"], callback)`, as in AMD, and
//! `require.ensure(["./a"], callback, "chunk")`. Each becomes the `import()` of a module that our
//! scan makes. Its list has a function for each module that the call names, which requires it, so a
//! module of a chunk runs when the callback requires it:
//!
//! ```text
//! require.ensure([], () => done(require("./a")), "views")
//! import("require:./a").then((_loaded) => (() => done(_loaded[0]()))())
//! ```

use bundle_base::search;
use swc_common::{
    Span,
    comments::{Comment, CommentKind, Comments, SingleThreadedComments},
};
use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, CallExpr, Callee, Expr, ExprOrSpread, Id, Ident, Import,
    ImportPhase, KeyValueProp, Module, Pat, Prop, Str, UnaryExpr, UnaryOp,
};
use swc_ecma_utils::{ExprFactory, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::{
    amd::OWN,
    build::{self, NOWHERE},
    names::NameTable,
    yields::suspends,
};
use crate::{
    analyse::recognise::{Recognise, listing_specifier, member_name, text},
    scopes::{free, key_of},
};

/// Rewrites the calls of a program. `written`: its text.
pub(super) fn lower(
    module: &mut Module,
    written: &str,
    names: &mut NameTable,
    comments: &SingleThreadedComments,
) {
    // The text is searched, because other passes may already have made names that the table lacks.
    if !may_have_calls(written) {
        return;
    }
    let mut calls = Calls { comments, found: false };
    module.visit_mut_with(&mut calls);
    if calls.found {
        names.will_change();
    }
}

/// Whether a text may have `require([…])` or `require.ensure`.
fn may_have_calls(text: &str) -> bool {
    let has_ensure = search::contains(text, "ensure");
    search::texts_after(text, "require").any(|after| {
        // `required`, `requires`.
        if after.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$')) {
            return false;
        }
        let after = after.trim_start();
        match after.strip_prefix('(').map(str::trim_start) {
            // Most are `require("…")`.
            Some(first) => !first.starts_with(['"', '\'', '`']),
            // Casts, type arguments or comments may come before the arguments.
            None => has_ensure || after.starts_with(['a', 's', '<', '!', ')', '/']),
        }
    })
}

struct Calls<'a> {
    /// The comments of the program: those before an `import()` name its chunk.
    comments: &'a SingleThreadedComments,
    /// Whether a call was rewritten.
    found: bool,
}

impl VisitMut for Calls<'_> {
    noop_visit_mut_type!();

    /// Inner calls come first: each loads the modules that its own callback requires.
    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::Call(call) = expr
            && call.callee.as_expr().is_some_and(|callee| is_ensure(callee))
            && let [_, callback, ..] = &mut call.args[..]
            && let Some(function) = function_of(&mut callback.expr)
        {
            call_require_by_its_name(function);
            // The call may stay as it is, but its callback does not.
            self.found = true;
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
        // A `yield` or `await` would move into a function that is called later.
        if call.args.iter().any(|arg| arg.spread.is_some() || suspends(arg)) {
            return None;
        }
        let has_list = call.args.first().is_some_and(|list| list.expr.is_array());
        match callee.unwrap_parens() {
            Expr::Ident(name) if is_require(name) && has_list => amd(call),
            callee if is_ensure(callee) => self.ensure(call),
            _ => None,
        }
    }

    /// `require.ensure(list, callback)`, with a function for errors, a chunk name, or both.
    fn ensure(&self, call: &CallExpr) -> Option<Expr> {
        let [list, callback, rest @ ..] = &call.args[..] else { return None };
        let mut requires =
            Requires { list: listed(&list.expr)?, loaded: private_ident!("_loaded") };
        let mut callback = callback.expr.clone();
        if let Some(function) = function_of(&mut callback) {
            function.visit_mut_with(&mut requires);
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
        Some(import_of_list(call.span, &requires.list, (requires.loaded, loaded), on_error))
    }

    /// Adds webpack's comment that names the chunk of an `import()`.
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
        return Some(then(call.span, promise.into(), (loaded, called), on_error));
    }
    let mut list = Vec::new();
    let mut modules = Vec::new();
    for specifier in specifiers(items)? {
        if specifier == OWN[0] {
            modules.push(Ident::new("require".into(), NOWHERE, free()).into());
        } else if OWN.contains(&specifier.as_str()) {
            return None;
        } else {
            modules.push(required(NOWHERE, &loaded, list.len()));
            list.push(specifier);
        }
    }
    let value = match callback {
        Some(callback) => {
            let modules = modules.into_iter().map(ExprFactory::as_arg).collect();
            build::call(call.span, callback.clone(), modules)
        }
        None if modules.is_empty() => build::undefined(),
        None => build::sequence(modules.into_iter().map(Box::new).collect()),
    };
    Some(import_of_list(call.span, &list, (loaded, value), on_error))
}

/// Makes the `import()` of a list, and what follows it.
fn import_of_list(
    span: Span,
    list: &[String],
    next: (Ident, Expr),
    on_error: Option<&Expr>,
) -> Expr {
    let specifier = Str { span, ..Str::from(listing_specifier(list)) };
    let import = CallExpr { ctxt: Recognise::listing_context(), ..import(span, specifier.into()) };
    then(span, import.into(), next, on_error)
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

fn import(span: Span, specifier: Expr) -> CallExpr {
    let callee = Callee::Import(Import { span, phase: ImportPhase::Evaluation });
    CallExpr { span, callee, args: vec![specifier.as_arg()], ..CallExpr::default() }
}

/// Makes `loaded[index]()`.
fn required(span: Span, loaded: &Ident, index: usize) -> Expr {
    #[expect(clippy::cast_precision_loss, reason = "no call names that many modules")]
    let function = build::element(loaded.clone().into(), (index as f64).into());
    build::call(span, function, Vec::new())
}

/// Returns the specifiers of a list of literals.
fn specifiers(list: &[Option<ExprOrSpread>]) -> Option<Vec<String>> {
    let specifier = |item: &Option<ExprOrSpread>| match item {
        Some(ExprOrSpread { spread: None, expr }) => text(expr).map(|(specifier, _)| specifier),
        _ => None,
    };
    list.iter().map(specifier).collect()
}

/// Returns the specifiers of a list of literals, or of one literal.
fn listed(list: &Expr) -> Option<Vec<String>> {
    match list.unwrap_parens() {
        Expr::Array(list) => specifiers(&list.elems),
        one => text(one).map(|(specifier, _)| vec![specifier]),
    }
}

/// Returns the function of a callback that is written in place: `function () {}`, perhaps with
/// `.bind(this)`.
fn function_of(callback: &mut Expr) -> Option<&mut Expr> {
    match callback {
        Expr::Fn(_) | Expr::Arrow(_) => Some(callback),
        Expr::Paren(inner) => function_of(&mut inner.expr),
        Expr::Call(call) => {
            let member = call.callee.as_mut_expr()?.as_mut_member()?;
            if !member.prop.is_ident_with("bind") {
                return None;
            }
            function_of(&mut member.obj)
        }
        _ => None,
    }
}

fn is_require(name: &Ident) -> bool {
    name.sym == "require" && name.ctxt == free()
}

/// Whether an expression is `require.ensure`.
fn is_ensure(expr: &Expr) -> bool {
    let Expr::Member(member) = expr.unwrap_parens() else { return false };
    matches!(member.obj.unwrap_parens(), Expr::Ident(name) if is_require(name))
        && member_name(&member.prop).as_deref() == Some("ensure")
}

/// Puts the global `require` where a callback uses its parameter for it.
fn call_require_by_its_name(callback: &mut Expr) {
    let first = match callback {
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

    fn visit_mut_prop(&mut self, prop: &mut Prop) {
        match prop {
            Prop::Shorthand(name) if name.to_id() == self.own => {
                let value = Box::new(Ident::new("require".into(), name.span, free()).into());
                *prop = Prop::KeyValue(KeyValueProp { key: key_of(name), value });
            }
            _ => prop.visit_mut_children_with(self),
        }
    }
}

/// Replaces the `require` calls in the callback of `require.ensure`, and collects their specifiers.
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
        let name = call.callee.as_expr().and_then(|callee| callee.unwrap_parens().as_ident());
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
