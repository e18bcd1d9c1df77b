//! Decides when the decorators of members are evaluated: with the keys, in the order of the source,
//! and inside the class, so that they see its private names and the outer `this`. So they are part
//! of a computed key. One key evaluates all of them, unless keys in between have effects.
//!
//! ```js
//! class A { @a m() {} @b n() {} }
//! class A { m() {} [(_list = [[a], [b]], "n")]() {} }
//! ```

use swc_ecma_ast::{
    ClassMember, ComputedPropName, Decorator, Expr, Ident, Key, MemberExpr, ParenExpr, PropName,
    SuperPropExpr,
};
use swc_ecma_utils::ExprFactory;

use super::{
    super::build::{self, NOWHERE},
    model::DecoratorLowering,
    nodes,
};

/// The facts about a member that lowering needs.
pub(super) struct Member {
    /// It has decorators, or is moved to where decorated members go.
    pub is_listed: bool,
    /// Its key, to be used again.
    pub key: Option<PropName>,
}

/// What is evaluated between members.
enum Effect {
    /// The decorators of a member, or a list without any.
    Decorators(Expr),
    /// A key of a member that is moved.
    Key(Expr),
}

/// Plans the evaluation for one class.
pub(super) struct Evaluation<'a> {
    pub walk: &'a mut DecoratorLowering,
    /// The variable that gets the lists of decorators.
    pub list: Ident,
    /// Whether the variable has its array already, with the decorators of the class.
    pub has_list: bool,
    /// Whether a class decorator may replace the class, so that static fields are moved.
    pub is_replaced: bool,
}

impl Evaluation<'_> {
    /// Takes the decorators of members and makes keys evaluate them. Returns the facts about each
    /// member.
    pub fn plan(&mut self, body: &mut Vec<ClassMember>) -> Vec<Member> {
        let mut pending = Vec::new();
        let mut last = None;
        let mut members = Vec::with_capacity(body.len());
        for (index, member) in body.iter_mut().enumerate() {
            let decorators = take_decorators(member);
            let is_moved = self.is_replaced && is_moved(member);
            let is_listed = !decorators.is_empty() || is_moved && !is_field(member);
            if is_listed {
                let items = decorators.into_iter().map(|it| self.decorator(*it.expr)).collect();
                pending.push(Effect::Decorators(nodes::array(items)));
            }
            let vanishes = is_moved && is_field(member);
            let mut key = None;
            if let Some(name) = key_of(member) {
                let has_effect = has_effect(name);
                if is_listed || is_moved {
                    key = Some(self.walk.keep_key(name));
                }
                if vanishes {
                    if let (true, PropName::Computed(computed)) = (has_effect, name) {
                        pending.push(Effect::Key(std::mem::take(&mut *computed.expr)));
                    }
                } else {
                    if has_effect {
                        self.evaluate(std::mem::take(&mut pending), name);
                    }
                    // Where fields are assigned, those without a value vanish.
                    let vanishes_later = self.walk.assigns_fields
                        && matches!(member, ClassMember::ClassProp(it) if it.value.is_none());
                    if is_listed || !vanishes_later {
                        last = Some(index);
                    }
                }
            }
            members.push(Member { is_listed, key });
        }
        if !pending.is_empty() {
            let last = last.unwrap_or_else(|| {
                body.push(nodes::carrier());
                members.push(Member { is_listed: false, key: None });
                body.len() - 1
            });
            if let Some(name) = key_of(&mut body[last]) {
                self.evaluate_last(pending, name);
            }
        }
        members
    }

    /// Evaluates what is left in the last key.
    fn evaluate_last(&mut self, pending: Vec<Effect>, name: &mut PropName) {
        if has_effect(name) {
            let kept = self.walk.keep_key(name);
            let PropName::Computed(computed) = name else { return };
            let first = std::mem::take(&mut *computed.expr);
            let mut exprs = vec![first];
            exprs.extend(self.exprs(pending));
            exprs.push(build::key(kept));
            *computed.expr = build::sequence(boxed(exprs));
        } else {
            self.evaluate(pending, name);
        }
    }

    /// Makes a key evaluate what comes before it.
    fn evaluate(&mut self, pending: Vec<Effect>, name: &mut PropName) {
        if pending.is_empty() {
            return;
        }
        let mut exprs = self.exprs(pending);
        exprs.push(build::key(std::mem::take(name)));
        let expr = Box::new(build::sequence(boxed(exprs)));
        *name = PropName::Computed(ComputedPropName { span: NOWHERE, expr });
    }

    fn exprs(&mut self, pending: Vec<Effect>) -> Vec<Expr> {
        let mut exprs = Vec::new();
        let mut lists = Vec::new();
        for effect in pending {
            match effect {
                Effect::Decorators(list) => lists.push(list),
                Effect::Key(key) => {
                    self.flush(&mut lists, &mut exprs);
                    exprs.push(key);
                }
            }
        }
        self.flush(&mut lists, &mut exprs);
        exprs
    }

    fn flush(&mut self, lists: &mut Vec<Expr>, exprs: &mut Vec<Expr>) {
        let lists = std::mem::take(lists);
        if lists.is_empty() {
            return;
        }
        let list = self.list.clone();
        exprs.push(if std::mem::replace(&mut self.has_list, true) {
            let args = lists.into_iter().map(ExprFactory::as_arg).collect();
            build::call(NOWHERE, build::member(list.into(), "push"), args)
        } else {
            build::assign(list, nodes::array(lists))
        });
    }

    /// Returns a decorator, or `[receiver, decorator]` if it is a member of an object.
    pub fn decorator(&mut self, expr: Expr) -> Expr {
        match expr {
            Expr::Paren(ParenExpr { expr, .. }) => self.decorator(*expr),
            Expr::Member(MemberExpr { span, obj, prop }) => {
                let (first, again) = match *obj {
                    object @ (Expr::This(_) | Expr::Ident(_)) => (object.clone(), object),
                    object => {
                        let variable = self.walk.variable("_object");
                        (build::assign(variable.clone(), object), variable.into())
                    }
                };
                let member = MemberExpr { span, obj: Box::new(again), prop }.into();
                nodes::array(vec![first, member])
            }
            Expr::SuperProp(SuperPropExpr { .. }) => nodes::array(vec![nodes::this(), expr]),
            other => other,
        }
    }
}

/// Whether a static member goes to the class that replaces this one.
fn is_moved(member: &ClassMember) -> bool {
    match member {
        ClassMember::PrivateMethod(method) => method.is_static && method.function.body.is_some(),
        ClassMember::ClassProp(field) => field.is_static && !field.declare && !field.is_abstract,
        ClassMember::PrivateProp(field) => field.is_static,
        ClassMember::AutoAccessor(field) => field.is_static && !field.is_abstract,
        _ => false,
    }
}

fn is_field(member: &ClassMember) -> bool {
    matches!(member, ClassMember::ClassProp(_) | ClassMember::PrivateProp(_))
}

/// Takes the decorators of a member that exists at run time.
fn take_decorators(member: &mut ClassMember) -> Vec<Decorator> {
    match decorators(member) {
        Some(decorators) => std::mem::take(decorators),
        None => Vec::new(),
    }
}

fn decorators(member: &mut ClassMember) -> Option<&mut Vec<Decorator>> {
    match member {
        ClassMember::Method(it) if it.function.body.is_some() => Some(&mut it.function.decorators),
        ClassMember::PrivateMethod(it) if it.function.body.is_some() => {
            Some(&mut it.function.decorators)
        }
        ClassMember::ClassProp(it) if !it.declare && !it.is_abstract => Some(&mut it.decorators),
        ClassMember::PrivateProp(it) => Some(&mut it.decorators),
        ClassMember::AutoAccessor(it) if !it.is_abstract => Some(&mut it.decorators),
        _ => None,
    }
}

/// Returns the public key of a member that exists at run time.
fn key_of(member: &mut ClassMember) -> Option<&mut PropName> {
    match member {
        ClassMember::Method(it) if it.function.body.is_some() => Some(&mut it.key),
        ClassMember::ClassProp(it) if !it.declare && !it.is_abstract => Some(&mut it.key),
        ClassMember::AutoAccessor(it) if !it.is_abstract => match &mut it.key {
            Key::Public(name) => Some(name),
            Key::Private(_) => None,
        },
        _ => None,
    }
}

fn has_effect(name: &PropName) -> bool {
    matches!(name, PropName::Computed(computed) if !computed.expr.is_lit())
}

#[expect(clippy::vec_box, reason = "the tree has boxes")]
fn boxed(exprs: Vec<Expr>) -> Vec<Box<Expr>> {
    exprs.into_iter().map(Box::new).collect()
}
