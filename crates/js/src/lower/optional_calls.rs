//! `(object?.method)()`: the parentheses end the chain, but `this` is still the object. swc's
//! lowering of chains loses that, so the call is rewritten to pass `this` explicitly:
//! `(object?.method).call(object)`.

use swc_common::{DUMMY_SP, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, CallExpr, Callee, Expr, ExprOrSpread, IdentName, MemberExpr, OptCall,
    OptChainBase, OptChainExpr, ParenExpr, Program, TaggedTpl,
};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::variables::{Variables, declares_variables};

/// Rewrites calls of parenthesised chains. For targets without optional chains.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut OptionalCalls::default());
}

#[derive(Default)]
struct OptionalCalls {
    variables: Variables,
}

impl OptionalCalls {
    /// Returns the object of a callee, if the callee is a parenthesised chain that ends with a
    /// member.
    fn receiver(&mut self, callee: &mut Expr) -> Option<Expr> {
        let Expr::Paren(ParenExpr { expr, .. }) = callee else { return None };
        let Expr::OptChain(OptChainExpr { base, optional, .. }) = &mut **expr else {
            return self.receiver(expr);
        };
        let OptChainBase::Member(MemberExpr { obj, .. }) = &mut **base else { return None };
        if obj.is_this() || obj.is_ident() {
            return Some((**obj).clone());
        }
        let object = self.variables.fresh("_object");
        let keep = AssignExpr {
            span: DUMMY_SP,
            op: AssignOp::Assign,
            left: object.clone().into(),
            right: obj.take(),
        };
        **obj = Expr::Paren(ParenExpr { span: DUMMY_SP, expr: Box::new(keep.into()) });
        // The assignment ends the inner chain. Its result may be undefined, so this link must be
        // optional too.
        *optional = true;
        Some(object.into())
    }
}

fn member(object: Box<Expr>, name: &str) -> MemberExpr {
    MemberExpr { span: DUMMY_SP, obj: object, prop: IdentName::new(name.into(), DUMMY_SP).into() }
}

fn with_receiver(receiver: Expr, args: &mut Vec<ExprOrSpread>) {
    args.insert(0, receiver.as_arg());
}

impl VisitMut for OptionalCalls {
    noop_visit_mut_type!();
    declares_variables!();

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        call.visit_mut_children_with(self);
        if let Callee::Expr(callee) = &mut call.callee
            && let Some(receiver) = self.receiver(callee)
        {
            **callee = member(callee.take(), "call").into();
            with_receiver(receiver, &mut call.args);
        }
    }

    /// Rewrites `(object?.method)?.()`.
    fn visit_mut_opt_chain_expr(&mut self, chain: &mut OptChainExpr) {
        chain.visit_mut_children_with(self);
        let OptChainBase::Call(OptCall { callee, args, .. }) = &mut *chain.base else { return };
        if let Some(receiver) = self.receiver(callee) {
            let base = Box::new(OptChainBase::Member(member(callee.take(), "call")));
            **callee = Expr::OptChain(OptChainExpr { span: DUMMY_SP, optional: true, base });
            chain.optional = false;
            with_receiver(receiver, args);
        }
    }

    fn visit_mut_tagged_tpl(&mut self, template: &mut TaggedTpl) {
        template.visit_mut_children_with(self);
        if let Some(receiver) = self.receiver(&mut template.tag) {
            let bind = member(template.tag.take(), "bind").as_callee();
            let call =
                CallExpr { callee: bind, args: vec![receiver.as_arg()], ..CallExpr::default() };
            *template.tag = call.into();
        }
    }
}
