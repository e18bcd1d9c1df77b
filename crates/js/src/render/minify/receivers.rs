//! `(0, object.method)()` has no receiver, and neither has `(() => object.method)()()`. The
//! compressor may replace a callee that is such a value by a reference, which passes the object as
//! `this`. So calls of values are marked before it runs, and afterwards a member that a marked call
//! calls is detached again.

use swc_common::{DUMMY_SP, Mark, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    CallExpr, Callee, Expr, Lit, MemberExpr, Number, OptCall, OptChainBase, Program, SeqExpr,
    TaggedTpl, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

/// Marks the calls. Returns the mark.
pub(super) fn mark(program: &mut Program) -> Mark {
    let mark = Mark::new();
    program.visit_mut_with(&mut MarkCalls(mark));
    mark
}

/// Detaches the callees of marked calls.
pub(super) fn detach(program: &mut Program, mark: Mark) {
    program.visit_mut_with(&mut Detach(mark));
}

/// Whether the form of a callee passes a receiver, or for `eval` a scope. Members of `console` do
/// not depend on it, which the compressor also assumes.
fn is_reference(callee: &Expr) -> bool {
    match callee.unwrap_parens() {
        Expr::Member(MemberExpr { obj, .. }) => !obj.is_ident_ref_to("console"),
        Expr::SuperProp(_) => true,
        Expr::OptChain(chain) => matches!(&*chain.base, OptChainBase::Member(_)),
        name => name.is_ident_ref_to("eval"),
    }
}

struct MarkCalls(Mark);

impl MarkCalls {
    fn note(&self, callee: &Expr, context: &mut SyntaxContext) {
        if !is_reference(callee) {
            *context = context.apply_mark(self.0);
        }
    }
}

impl VisitMut for MarkCalls {
    noop_visit_mut_type!();

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        call.visit_mut_children_with(self);
        if let Callee::Expr(callee) = &call.callee {
            self.note(callee, &mut call.ctxt);
        }
    }

    fn visit_mut_opt_call(&mut self, call: &mut OptCall) {
        call.visit_mut_children_with(self);
        self.note(&call.callee, &mut call.ctxt);
    }

    fn visit_mut_tagged_tpl(&mut self, tagged: &mut TaggedTpl) {
        tagged.visit_mut_children_with(self);
        self.note(&tagged.tag, &mut tagged.ctxt);
    }

    /// `delete (0, object.member)` deletes nothing and is `true`. The value of
    /// `typeof { member: effect() }` is known, but the expression has side effects.
    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        if let Expr::Unary(UnaryExpr { op: UnaryOp::TypeOf, arg, span }) = expr
            && matches!(arg.unwrap_parens(), Expr::Object(_) | Expr::Array(_))
        {
            let exprs = vec![arg.take(), Box::new(Expr::Lit(Lit::Str("object".into())))];
            *expr = Expr::Seq(SeqExpr { span: *span, exprs });
        }
        if let Expr::Unary(UnaryExpr { op: UnaryOp::Delete, arg, span }) = expr
            && !matches!(
                arg.unwrap_parens(),
                Expr::Ident(_) | Expr::Member(_) | Expr::SuperProp(_) | Expr::OptChain(_)
            )
        {
            let exprs = vec![arg.take(), Box::new(Expr::Lit(Lit::Bool(true.into())))];
            *expr = Expr::Seq(SeqExpr { span: *span, exprs });
        }
    }
}

struct Detach(Mark);

impl Detach {
    fn detach(&self, callee: &mut Box<Expr>, context: SyntaxContext) {
        if context.has_mark(self.0) && is_reference(callee) {
            let zero = Expr::Lit(Lit::Num(Number::from(0.0)));
            let exprs = vec![Box::new(zero), callee.take()];
            **callee = Expr::Seq(SeqExpr { span: DUMMY_SP, exprs });
        }
    }
}

impl VisitMut for Detach {
    noop_visit_mut_type!();

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        call.visit_mut_children_with(self);
        if let Callee::Expr(callee) = &mut call.callee {
            self.detach(callee, call.ctxt);
        }
    }

    fn visit_mut_opt_call(&mut self, call: &mut OptCall) {
        call.visit_mut_children_with(self);
        self.detach(&mut call.callee, call.ctxt);
    }

    fn visit_mut_tagged_tpl(&mut self, tagged: &mut TaggedTpl) {
        tagged.visit_mut_children_with(self);
        self.detach(&mut tagged.tag, tagged.ctxt);
    }
}
