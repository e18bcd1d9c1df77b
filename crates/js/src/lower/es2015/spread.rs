//! `...` in calls, `new` and array literals.

use swc_ecma_ast::{ArrayLit, CallExpr, Callee, Expr, ExprOrSpread, MemberExpr, NewExpr};
use swc_ecma_utils::ExprFactory;

use super::{
    super::{build, receivers},
    model::Es2015Lowering,
    order,
};

/// Whether a list has `...`.
pub(super) fn has_spread(list: &[ExprOrSpread]) -> bool {
    list.iter().any(|each| each.spread.is_some())
}

impl Es2015Lowering<'_> {
    /// Rewrites `f(...list)` to `f.apply(void 0, list)`.
    pub fn spread_call(&mut self, call: CallExpr) -> Expr {
        let Callee::Expr(callee) = call.callee else {
            unreachable!("`super` and `import` take no `...` here");
        };
        let (callee, receiver) = self.receiver(*callee);
        let is_unobservable = call.args.iter().all(|each| order::is_unobservable(&each.expr));
        let list = self.list(call.args, false);
        if !is_unobservable {
            // A callee that is not a function throws once the arguments are evaluated.
            return build::helper_at(call.span, "apply", vec![callee, receiver, list]);
        }
        let args = vec![receiver.as_arg(), list.as_arg()];
        build::call(call.span, build::member(callee, "apply"), args)
    }

    /// Returns a function and its `this`.
    pub fn receiver(&mut self, callee: Expr) -> (Expr, Expr) {
        match callee {
            Expr::Paren(inner) if inner.expr.is_member() || inner.expr.is_paren() => {
                self.receiver(*inner.expr)
            }
            Expr::Member(mut member) => {
                let again = self.keep_object(&mut member);
                (member.into(), again)
            }
            callee => (callee, build::undefined()),
        }
    }

    /// Turns the object of a member into an expression that can be used again. Returns it as `this`
    /// of a call.
    fn keep_object(&mut self, member: &mut MemberExpr) -> Expr {
        let is_plain_key = !member.prop.is_computed();
        match &*member.obj {
            this @ Expr::This(_) => this.clone(),
            name @ Expr::Ident(_) if is_plain_key => receivers::this_of(name.clone(), self.table),
            _ => {
                let object = self.variable("_object");
                let value = std::mem::take(&mut *member.obj);
                *member.obj = build::assign(object.clone(), value);
                object.into()
            }
        }
    }

    /// Rewrites `new F(...list)` to `_construct(F, list)`.
    pub fn spread_new(&mut self, new: NewExpr) -> Expr {
        let list = self.list(new.args.unwrap_or_default(), false);
        build::helper("construct", vec![*new.callee, list])
    }

    /// Lowers an array literal; `None` if it has no `...`.
    pub fn spread_array(&mut self, array: &mut ArrayLit) -> Option<Expr> {
        if !array.elems.iter().flatten().any(|each| each.spread.is_some()) {
            return None;
        }
        let runs = self.runs(std::mem::take(&mut array.elems), true);
        Some(concatenated(runs))
    }

    /// Makes one array of arguments.
    fn list(&mut self, args: Vec<ExprOrSpread>, is_new: bool) -> Expr {
        concatenated(self.runs(args.into_iter().map(Some).collect(), is_new))
    }

    /// Divides elements into arrays. `is_new`: the result must be an array of its own.
    fn runs(&mut self, elements: Vec<Option<ExprOrSpread>>, is_new: bool) -> Vec<Expr> {
        let mut runs: Vec<Expr> = Vec::new();
        let mut plain: Vec<Option<ExprOrSpread>> = Vec::new();
        let is_single = elements.len() == 1;
        for element in elements {
            match element {
                Some(ExprOrSpread { spread: Some(_), expr }) => {
                    if !plain.is_empty() {
                        runs.push(literal(std::mem::take(&mut plain)));
                    }
                    runs.push(self.array_of(*expr, is_new && is_single));
                }
                plain_element => plain.push(plain_element),
            }
        }
        if !plain.is_empty() {
            runs.push(literal(plain));
        }
        runs
    }

    /// Makes an array from an iterated value.
    fn array_of(&mut self, value: Expr, is_new: bool) -> Expr {
        match value {
            Expr::Array(array) if array.elems.iter().all(Option::is_some) => array.into(),
            value if self.is_list(&value) && is_new => {
                build::call(build::NOWHERE, build::member(value, "slice"), Vec::new())
            }
            value if self.is_list(&value) => value,
            value if self.lacks.is_loose => build::helper("loose_list", vec![value]),
            value => build::helper("to_consumable_array", vec![value]),
        }
    }
}

fn literal(elems: Vec<Option<ExprOrSpread>>) -> Expr {
    ArrayLit { span: build::NOWHERE, elems }.into()
}

/// Makes `first.concat(second, …)`.
fn concatenated(runs: Vec<Expr>) -> Expr {
    let mut runs = runs.into_iter();
    let first = runs.next().unwrap_or_else(|| literal(Vec::new()));
    let others: Vec<ExprOrSpread> = runs.map(ExprFactory::as_arg).collect();
    if others.is_empty() {
        return first;
    }
    build::call(build::NOWHERE, build::member(first, "concat"), others)
}
