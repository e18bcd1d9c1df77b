//! Members that a path of `define` names, also in optional chains.

use swc_atoms::Atom;
use swc_common::{SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    Expr, Lit, MemberExpr, MemberProp, MetaPropKind, OptChainBase, OptChainExpr, Str,
};

/// Returns the member that an expression reads: of `a.b` and of `a?.b`.
pub fn member(expr: &Expr) -> Option<&MemberExpr> {
    match expr {
        Expr::Member(member) => Some(member),
        Expr::OptChain(chain) => chain.base.as_member(),
        _ => None,
    }
}

/// Returns what is left of an optional chain whose start, with the `?.`, became a value: the
/// `value.length` of `process.env?.NODE_ENV.length`.
pub fn without_start(chain: &mut OptChainExpr) -> Option<Expr> {
    let is_start = |expr: &Expr| !chain.optional && !expr.is_opt_chain();
    match &mut *chain.base {
        OptChainBase::Member(member) if is_start(&member.obj) => Some(member.take().into()),
        OptChainBase::Call(call) if is_start(&call.callee) => Some(call.take().into()),
        OptChainBase::Member(_) | OptChainBase::Call(_) => None,
    }
}

/// Returns `module.hot` for `module?.hot`, and the same for `import.meta` and for members and calls
/// of `require`: in the environments that have these names, they are always objects.
pub fn without_needless_check(chain: &mut OptChainExpr, free: SyntaxContext) -> Option<Expr> {
    let is_object = |expr: &Expr| match expr.unwrap_parens() {
        Expr::Ident(name) => name.ctxt == free && matches!(name.sym.as_str(), "module" | "require"),
        Expr::MetaProp(meta) => meta.kind == MetaPropKind::ImportMeta,
        _ => false,
    };
    match &mut *chain.base {
        OptChainBase::Member(member) if chain.optional && is_object(&member.obj) => {
            Some(member.take().into())
        }
        OptChainBase::Call(call) if chain.optional && is_object(&call.callee) => {
            Some(call.take().into())
        }
        OptChainBase::Member(_) | OptChainBase::Call(_) => None,
    }
}

/// Whether a member is `a.b` or `a["b"]`.
pub fn is_property(prop: &MemberProp, name: &Atom) -> bool {
    match prop {
        MemberProp::Ident(ident) => ident.sym == *name,
        MemberProp::Computed(computed) => {
            matches!(
                &*computed.expr,
                Expr::Lit(Lit::Str(Str { value, .. })) if value.as_str() == Some(name.as_str())
            )
        }
        MemberProp::PrivateName(_) => false,
    }
}
