//! Constructors of async functions and of generators, which programs take from one of these:
//!
//! ```js
//! const AsyncFunction = Object.getPrototypeOf(async function () {}).constructor;
//! new AsyncFunction("value", "return await value");
//! ```
//!
//! A lowered function has the constructor `Function`, which refuses the `await`. So a call of the
//! constructor becomes one of a helper that asks the engine for it. The constructor itself stays:
//! programs compare it with those of other functions, which are lowered too.

use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    ArrayLit, CallExpr, Callee, Expr, ExprOrSpread, Function, Id, MemberExpr, MemberProp, NewExpr,
    Pat, Program, VarDeclarator,
};
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::build;

/// Whether a program with this text may do so.
pub(super) fn are_mentioned(text: &str) -> bool {
    text.contains(".constructor")
}

/// Rewrites the calls of all such constructors.
pub(super) fn lower(program: &mut Program) {
    let mut constructors = Constructors::default();
    program.visit_with(&mut constructors);
    program.visit_mut_with(&mut constructors);
}

/// The constructors that are called, each with how a function of it begins.
#[derive(Default)]
struct Constructors {
    variables: FxHashMap<Id, &'static str>,
}

impl Constructors {
    /// Returns how a function begins that a constructor makes. `None`: it is none of these.
    fn keywords(&self, callee: &Expr) -> Option<&'static str> {
        match callee {
            Expr::Ident(name) => self.variables.get(&name.to_id()).copied(),
            Expr::Paren(inner) => self.keywords(&inner.expr),
            other => taken(other),
        }
    }
}

/// Returns how the functions begin of which an expression takes the constructor.
fn taken(expr: &Expr) -> Option<&'static str> {
    let of = member(expr, "constructor")?;
    let of = member(of, "__proto__").unwrap_or(of);
    match bare(of) {
        Expr::Call(call) => match (&call.callee, call.args.as_slice()) {
            (Callee::Expr(callee), [ExprOrSpread { spread: None, expr }]) => {
                member(callee, "getPrototypeOf")?;
                keywords(bare(expr))
            }
            _ => None,
        },
        function => keywords(function),
    }
}

fn member<'e>(expr: &'e Expr, name: &str) -> Option<&'e Expr> {
    match bare(expr) {
        Expr::Member(MemberExpr { obj, prop: MemberProp::Ident(prop), .. }) if prop.sym == name => {
            Some(obj)
        }
        _ => None,
    }
}

fn bare(mut expr: &Expr) -> &Expr {
    while let Expr::Paren(inner) = expr {
        expr = &inner.expr;
    }
    expr
}

fn keywords(expr: &Expr) -> Option<&'static str> {
    let (is_async, is_generator) = match expr {
        Expr::Arrow(arrow) => (arrow.is_async, false),
        Expr::Fn(function) => {
            let Function { is_async, is_generator, .. } = *function.function;
            (is_async, is_generator)
        }
        _ => return None,
    };
    match (is_async, is_generator) {
        (true, false) => Some("async function"),
        (false, true) => Some("function*"),
        (true, true) => Some("async function*"),
        (false, false) => None,
    }
}

impl Visit for Constructors {
    noop_visit_type!();

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        declarator.visit_children_with(self);
        if let (Pat::Ident(name), Some(value)) = (&declarator.name, &declarator.init)
            && let Some(keywords) = taken(value)
        {
            self.variables.insert(name.id.to_id(), keywords);
        }
    }
}

impl VisitMut for Constructors {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        let (callee, arguments) = match expr {
            Expr::New(NewExpr { callee, args, .. }) => (callee, args.as_mut()),
            Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) => (callee, Some(args)),
            _ => return,
        };
        let Some(keywords) = self.keywords(callee) else { return };
        let texts = arguments.map(std::mem::take).unwrap_or_default();
        let texts =
            ArrayLit { elems: texts.into_iter().map(Some).collect(), ..ArrayLit::default() };
        *expr = build::helper("function_of_text", vec![keywords.into(), texts.into()]);
    }
}
