//! Optional chains: `a?.b.c` becomes `a == null ? void 0 : a.b.c`, and `a?.b?.c` becomes
//! `a == null || (_b = a.b) == null ? void 0 : _b.c`. As in other compilers, `document.all` counts
//! as `null`, and a plain name is read again instead of being kept.

use swc_common::Span;
use swc_ecma_ast::{
    ArrayLit, BinExpr, BinaryOp, CallExpr, Callee, Expr, ExprOrSpread, Lit, MemberExpr, MemberProp,
    OptCall, OptChainBase, OptChainExpr, ParenExpr, SeqExpr, TaggedTpl, ThisExpr, UnaryExpr,
    UnaryOp,
};
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::VisitMutWith;

use super::{super::build, Chains, OperatorLowering, receivers};
use crate::ast::without_parens;

/// A lowered chain.
struct LoweredChain {
    /// The chain ends early if one of these is true.
    tests: Vec<Expr>,
    /// The value otherwise.
    value: Expr,
    /// The `this` with which the value is called.
    receiver: Option<Expr>,
}

impl LoweredChain {
    fn into_value(self, span: Span) -> Expr {
        build::condition(span, self.tests, *Expr::undefined(build::NOWHERE), self.value)
    }
}

/// A step of a chain.
struct Link {
    span: Span,
    is_optional: bool,
    step: Step,
}

enum Step {
    Member(MemberProp),
    Call(Vec<ExprOrSpread>),
}

impl OperatorLowering<'_> {
    /// Lowers a chain, or an expression that treats a chain within it in its own way. Returns
    /// whether it did.
    pub fn lower_chain(&mut self, expr: &mut Expr) -> bool {
        if self.lacks.chains == Chains::Stay {
            return false;
        }
        let lowered = match expr {
            Expr::OptChain(chain) if self.is_lowered(chain) => {
                let span = chain.span;
                self.lower_links(std::mem::take(chain), false).into_value(span)
            }
            Expr::Unary(UnaryExpr { span, op: UnaryOp::Delete, arg }) => {
                let Some(chain) = self.take_chain(arg) else { return false };
                let LoweredChain { tests, value, .. } = self.lower_links(chain, false);
                let (op, arg) = (UnaryOp::Delete, Box::new(value));
                let delete = UnaryExpr { span: *span, op, arg }.into();
                build::condition(*span, tests, true.into(), delete)
            }
            Expr::Call(CallExpr { span, callee: Callee::Expr(callee), args, .. }) => {
                let Some((callee, receiver)) = self.take_method(callee) else { return false };
                args.visit_mut_with(self);
                let mut args = std::mem::take(args);
                if args.iter().all(|arg| is_plain(&arg.expr)) {
                    args.insert(0, receiver.as_arg());
                    build::call(*span, build::member(callee, "call"), args)
                } else {
                    // A callee that is not a function throws once the arguments are evaluated.
                    let elems = args.into_iter().map(Some).collect();
                    let list = ArrayLit { span: build::NOWHERE, elems };
                    build::helper_at(*span, "apply", vec![callee, receiver, list.into()])
                }
            }
            Expr::TaggedTpl(TaggedTpl { tag, tpl, .. }) => {
                let Some((method, receiver)) = self.take_method(tag) else { return false };
                tpl.visit_mut_with(self);
                let bind = build::member(method, "bind");
                **tag = build::call(build::NOWHERE, bind, vec![receiver.as_arg()]);
                return true;
            }
            _ => return false,
        };
        *expr = lowered;
        true
    }

    /// Lowers `a ?? b`. After a chain on the left, `??` is one more test. Returns whether it did.
    pub fn lower_nullish(&mut self, expr: &mut Expr) -> bool {
        let Expr::Bin(BinExpr { span, op: BinaryOp::NullishCoalescing, left, right }) = expr else {
            return false;
        };
        if !self.lacks.nullish {
            return false;
        }
        let (mut tests, value) = if let Some(chain) = self.take_chain(left) {
            let LoweredChain { tests, value, .. } = self.lower_links(chain, false);
            (tests, value)
        } else {
            left.visit_mut_with(self);
            (Vec::new(), std::mem::take(&mut **left))
        };
        right.visit_mut_with(self);
        let (test, value) = self.tested(value);
        tests.push(test);
        *expr = build::condition(*span, tests, std::mem::take(&mut **right), value);
        true
    }

    /// Returns `value == null`, and an expression with the same value that can follow.
    pub fn tested(&mut self, value: Expr) -> (Expr, Expr) {
        let (first, again) = self.twice(value);
        (build::is_null(first), again)
    }

    /// Returns an expression for a first use and one for a second use; the value is calculated
    /// once.
    pub fn twice(&mut self, value: Expr) -> (Expr, Expr) {
        let value = without_parens(value);
        if is_stable(&value) {
            return (value.clone(), value);
        }
        let variable = self.variable(&hint(&value));
        (build::assign(variable.clone(), value), variable.into())
    }

    /// Turns the object of a member into an expression that can be used again. Returns the second
    /// use.
    pub fn keep_object(&mut self, member: &mut MemberExpr) -> Expr {
        let is_kept = is_plain_key(&member.prop) && is_stable(&member.obj);
        if is_kept {
            return (*member.obj).clone();
        }
        let object = without_parens(std::mem::take(&mut *member.obj));
        let variable = self.variable(&hint(&object));
        *member.obj = build::assign(variable.clone(), object);
        variable.into()
    }

    fn is_lowered(&self, chain: &OptChainExpr) -> bool {
        match self.lacks.chains {
            Chains::Stay => false,
            Chains::Private => has_private_name(chain),
            Chains::All => true,
        }
    }

    /// Takes a chain that has to be lowered, out of its parentheses.
    fn take_chain(&self, expr: &mut Expr) -> Option<OptChainExpr> {
        match expr {
            Expr::Paren(ParenExpr { expr, .. }) => self.take_chain(expr),
            Expr::OptChain(chain) if self.is_lowered(chain) => Some(std::mem::take(chain)),
            _ => None,
        }
    }

    /// Takes a chain in parentheses that ends with a member: `(a?.b)()` calls `b` with `a` as
    /// `this`. Returns the function and `this`.
    fn take_method(&mut self, callee: &mut Expr) -> Option<(Expr, Expr)> {
        let Expr::Paren(ParenExpr { span, expr }) = callee else { return None };
        if expr.is_paren() {
            return self.take_method(expr);
        }
        if !expr.as_opt_chain().is_some_and(|chain| chain.base.is_member()) {
            return None;
        }
        let chain = self.take_chain(expr)?;
        let mut lowered = self.lower_links(chain, true);
        let receiver = lowered.receiver.take()?;
        Some((lowered.into_value(*span), receiver))
    }

    fn lower_links(&mut self, chain: OptChainExpr, wants_receiver: bool) -> LoweredChain {
        let (mut base, links) = flatten(chain);
        let mut tests = Vec::new();
        let is_called = links.first().is_some_and(|link| matches!(link.step, Step::Call(_)));
        let method = if is_called { self.take_method(&mut base) } else { None };
        let (mut value, mut receiver) = if let Some((method, receiver)) = method {
            (method, Some(receiver))
        } else {
            base.visit_mut_with(self);
            (base, None)
        };
        for Link { span, is_optional, step } in links {
            // A namespace is never `null`.
            if is_optional && !receivers::is_namespace(&value, self.table) {
                if matches!(step, Step::Call(_)) && receiver.is_none() {
                    value = without_parens(value);
                    receiver = self.receiver(&mut value);
                }
                let (test, again) = self.tested(value);
                tests.push(test);
                value = again;
            }
            value = match step {
                Step::Member(mut prop) => {
                    prop.visit_mut_with(self);
                    MemberExpr { span, obj: Box::new(value), prop }.into()
                }
                Step::Call(mut args) => {
                    args.visit_mut_with(self);
                    call_with_receiver(span, value, receiver.take(), args)
                }
            };
        }
        let receiver = if wants_receiver { self.receiver(&mut value) } else { None };
        LoweredChain { tests, value, receiver }
    }

    /// Returns the `this` with which a value is called, as an expression that can be used again.
    fn receiver(&mut self, value: &mut Expr) -> Option<Expr> {
        match value {
            Expr::Member(member) => {
                let object = self.keep_object(member);
                Some(receivers::this_of(object, self.table))
            }
            Expr::SuperProp(_) => Some(ThisExpr { span: build::NOWHERE }.into()),
            _ => None,
        }
    }
}

/// Makes a call. `eval?.(text)` is not a direct `eval`.
fn call_with_receiver(
    span: Span,
    callee: Expr,
    receiver: Option<Expr>,
    mut args: Vec<ExprOrSpread>,
) -> Expr {
    if let Some(receiver) = receiver {
        args.insert(0, receiver.as_arg());
        return build::call(span, build::member(callee, "call"), args);
    }
    if callee.as_ident().is_some_and(|name| &*name.sym == "eval") {
        let exprs = vec![Box::new(0.into()), Box::new(callee)];
        return build::call(span, SeqExpr { span: build::NOWHERE, exprs }.into(), args);
    }
    build::call(span, callee, args)
}

/// Takes a chain apart: what it starts with, and its steps.
fn flatten(chain: OptChainExpr) -> (Expr, Vec<Link>) {
    let mut links = Vec::new();
    let mut rest = Expr::OptChain(chain);
    while let Expr::OptChain(OptChainExpr { optional, base, .. }) = rest {
        let (span, step);
        (rest, span, step) = match *base {
            OptChainBase::Member(MemberExpr { span, obj, prop }) => {
                (*obj, span, Step::Member(prop))
            }
            OptChainBase::Call(OptCall { span, callee, args, .. }) => {
                (*callee, span, Step::Call(args))
            }
        };
        links.push(Link { span, is_optional: optional, step });
    }
    links.reverse();
    (rest, links)
}

fn has_private_name(chain: &OptChainExpr) -> bool {
    let inner = match &*chain.base {
        OptChainBase::Member(MemberExpr { prop: MemberProp::PrivateName(_), .. }) => return true,
        OptChainBase::Member(MemberExpr { obj, .. }) => obj,
        OptChainBase::Call(OptCall { callee, .. }) => callee,
    };
    match inner.unwrap_parens() {
        Expr::OptChain(chain) => has_private_name(chain),
        Expr::Member(MemberExpr { prop, .. }) => prop.is_private_name(),
        _ => false,
    }
}

/// Whether an expression can be evaluated twice in a row.
fn is_stable(value: &Expr) -> bool {
    matches!(value, Expr::This(_) | Expr::Ident(_))
}

/// Whether nothing happens between evaluating an object and its key.
pub(super) fn is_plain_key(key: &MemberProp) -> bool {
    match key {
        MemberProp::Ident(_) | MemberProp::PrivateName(_) => true,
        MemberProp::Computed(key) => is_plain(&key.expr),
    }
}

/// Whether a key can be evaluated twice.
pub(super) fn is_plain(key: &Expr) -> bool {
    is_stable(key) || matches!(key, Expr::Lit(lit) if !matches!(lit, Lit::Regex(_)))
}

/// Returns a name for a variable that holds a value.
fn hint(value: &Expr) -> String {
    let name = match value {
        Expr::Member(MemberExpr { prop: MemberProp::Ident(name), .. }) => Some(&name.sym),
        Expr::Member(MemberExpr { prop: MemberProp::PrivateName(name), .. }) => Some(&name.name),
        Expr::Call(CallExpr { callee: Callee::Expr(callee), .. }) => return hint(callee),
        Expr::Ident(name) => Some(&name.sym),
        _ => None,
    };
    match name {
        Some(name) if name.is_ascii() => format!("_{}", name.trim_start_matches('_')),
        _ => "_ref".to_owned(),
    }
}
