//! Constructors of async functions and of generators, which programs take from such a function:
//!
//! ```js
//! const AsyncFunction = Object.getPrototypeOf(async function () {}).constructor;
//! new AsyncFunction("value", "return await value");
//! ```
//!
//! A lowered function has the constructor `Function`, which refuses the `await`. So a call of the
//! constructor becomes a call of a helper that gets it from the engine. The constructor itself
//! stays: programs compare it with those of other functions, which are lowered too. A variable
//! counts if nothing else is ever assigned to it.

use bundle_base::search;
use rustc_hash::{FxHashMap, FxHashSet};
use swc_ecma_ast::{
    ArrayLit, AssignExpr, CallExpr, Callee, Expr, ExprOrSpread, ForHead, Function, Id, MemberExpr,
    MemberProp, NewExpr, Pat, Program, VarDeclarator,
};
use swc_ecma_utils::find_pat_ids;
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::build;

/// Whether a program with this text may use such constructors.
pub(super) fn are_mentioned(text: &str) -> bool {
    search::contains(text, ".constructor")
}

/// Rewrites the calls of all such constructors.
pub(super) fn lower(program: &mut Program) {
    let mut constructors = Constructors::default();
    program.visit_with(&mut constructors);
    program.visit_mut_with(&mut constructors);
}

/// The constructors that are called, each with the keywords of its functions.
#[derive(Default)]
struct Constructors {
    variables: FxHashMap<Id, &'static str>,
    /// Variables that are assigned, or declared with another value.
    others: FxHashSet<Id>,
}

impl Constructors {
    /// Returns the keywords of the functions that a constructor makes; `None` for any other callee.
    fn keywords(&self, callee: &Expr) -> Option<&'static str> {
        match callee {
            Expr::Ident(name) => {
                let id = name.to_id();
                self.variables.get(&id).copied().filter(|_| !self.others.contains(&id))
            }
            Expr::Paren(inner) => self.keywords(&inner.expr),
            other => keywords_of_constructor(other),
        }
    }
}

/// Returns the keywords of the functions whose constructor an expression takes.
fn keywords_of_constructor(expr: &Expr) -> Option<&'static str> {
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
        let Pat::Ident(name) = &declarator.name else { return };
        let keywords = declarator.init.as_deref().and_then(keywords_of_constructor);
        let is_again = self.variables.contains_key(&name.id.to_id());
        match keywords {
            Some(keywords) if !is_again => _ = self.variables.insert(name.id.to_id(), keywords),
            Some(_) | None => _ = self.others.insert(name.id.to_id()),
        }
    }

    fn visit_assign_expr(&mut self, assign: &AssignExpr) {
        assign.visit_children_with(self);
        self.others.extend(find_pat_ids::<_, Id>(&assign.left));
    }

    fn visit_for_head(&mut self, head: &ForHead) {
        head.visit_children_with(self);
        if let ForHead::Pat(pattern) = head {
            self.others.extend(find_pat_ids::<_, Id>(pattern));
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
