//! Finds code that depends on the function that it is in: `this`, `arguments`, `super`,
//! `new.target`, `yield` and `await`.

use swc_ecma_ast::{
    ArrowExpr, AwaitExpr, Callee, Class, Constructor, Expr, Function, Ident, MetaPropExpr,
    MetaPropKind, Stmt, SuperPropExpr, ThisExpr, YieldExpr,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::scopes::index_of;

/// Whether code would mean something else in another function.
pub(super) fn uses_own<N>(node: &N) -> bool
where
    N: VisitWith<Search> + ?Sized,
{
    let mut search = Search { is_found: false, arrows: 0 };
    node.visit_with(&mut search);
    search.is_found
}

pub(super) struct Search {
    is_found: bool,
    arrows: u32,
}

impl Visit for Search {
    noop_visit_type!();

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.is_found = true;
    }

    fn visit_ident(&mut self, name: &Ident) {
        self.is_found |= name.sym == "arguments";
    }

    fn visit_super_prop_expr(&mut self, _: &SuperPropExpr) {
        self.is_found = true;
    }

    fn visit_callee(&mut self, callee: &Callee) {
        self.is_found |= callee.is_super_();
        callee.visit_children_with(self);
    }

    fn visit_meta_prop_expr(&mut self, property: &MetaPropExpr) {
        self.is_found |= property.kind == MetaPropKind::NewTarget;
    }

    fn visit_yield_expr(&mut self, _: &YieldExpr) {
        self.is_found |= self.arrows == 0;
    }

    fn visit_await_expr(&mut self, wait: &AwaitExpr) {
        self.is_found |= self.arrows == 0;
        wait.visit_children_with(self);
    }

    fn visit_arrow_expr(&mut self, arrow: &ArrowExpr) {
        self.arrows += 1;
        arrow.visit_children_with(self);
        self.arrows -= 1;
    }

    fn visit_function(&mut self, _: &Function) {}

    fn visit_class(&mut self, class: &Class) {
        // The members have a `this` of their own; computed keys and the parent class do not.
        class.super_class.visit_with(self);
        for member in &class.body {
            if let Some(key) = computed_key(member) {
                key.visit_with(self);
            }
        }
    }
}

fn computed_key(member: &swc_ecma_ast::ClassMember) -> Option<&swc_ecma_ast::PropName> {
    match member {
        swc_ecma_ast::ClassMember::Method(method) => Some(&method.key),
        swc_ecma_ast::ClassMember::ClassProp(field) => Some(&field.key),
        _ => None,
    }
}

/// Whether code mentions a binding.
pub(super) fn mentions<N>(node: &N, index: usize) -> bool
where
    N: VisitWith<Mentions> + ?Sized,
{
    let mut mentions = Mentions { index, is_found: false };
    node.visit_with(&mut mentions);
    mentions.is_found
}

pub(super) struct Mentions {
    index: usize,
    is_found: bool,
}

impl Visit for Mentions {
    noop_visit_type!();

    fn visit_ident(&mut self, name: &Ident) {
        self.is_found |= index_of(name.ctxt) == Some(self.index);
    }
}

/// Whether a constructor begins with `super()`, so nothing reads `this` before it.
pub(super) fn starts_with_super(constructor: &Constructor) -> bool {
    let mut statements = constructor.body.iter().flat_map(|body| &body.stmts);
    let Some(Stmt::Expr(first)) = statements.find(|one| !one.can_precede_directive()) else {
        return false;
    };
    let first = match &*first.expr {
        Expr::Seq(sequence) => &sequence.exprs[0],
        other => other,
    };
    let Expr::Call(call) = first else { return false };
    call.callee.is_super_() && !mentions_this(&constructor.params) && !mentions_this(&call.args)
}

/// Whether code mentions `this`, other than in functions that have their own.
fn mentions_this<N>(node: &N) -> bool
where
    N: VisitWith<OuterThis> + ?Sized,
{
    let mut search = OuterThis { is_found: false };
    node.visit_with(&mut search);
    search.is_found
}

struct OuterThis {
    is_found: bool,
}

impl Visit for OuterThis {
    noop_visit_type!();

    fn visit_this_expr(&mut self, _: &ThisExpr) {
        self.is_found = true;
    }

    fn visit_function(&mut self, _: &Function) {}
}
