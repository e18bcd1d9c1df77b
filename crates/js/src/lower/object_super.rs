//! Lowers `super` in object literals. swc lowers it only in methods, not in getters and setters,
//! and uses one variable for all objects that a loop makes. Here each list of statements gets a
//! variable for each literal in it, so in a loop there is one for each iteration:
//! ```js
//! let _object;
//! _object = { get name() { return _get(_get_prototype_of(_object), "name", this); } };
//! ```
//!
//! `super` as a target of a destructuring pattern is not lowered.

use swc_common::{DUMMY_SP, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, AssignTarget, BinExpr, BinaryOp, CallExpr, Callee, Class, Expr,
    ExprOrSpread, Function, Ident, IdentName, Lit, MemberExpr, ObjectLit, OptCall, OptChainBase,
    OptChainExpr, Program, Prop, PropOrSpread, SeqExpr, SimpleAssignTarget, Str, SuperProp,
    SuperPropExpr, TaggedTpl, ThisExpr, UnaryExpr, UnaryOp, UpdateExpr, UpdateOp, VarDecl,
    VarDeclKind, VarDeclarator,
};
use swc_ecma_transforms_base::enable_helper;
use swc_ecma_utils::{ExprFactory, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::variables::{Variables, declares_variables};

/// Lowers `super` in every object literal of a program.
pub(super) fn lower(program: &mut Program) {
    program.visit_mut_with(&mut Objects { variables: Variables::default() });
}

struct Objects {
    variables: Variables,
}

impl VisitMut for Objects {
    noop_visit_mut_type!();
    declares_variables!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        let Expr::Object(literal) = expr else { return };
        let object = private_ident!("_object");
        if methods(literal).fold(false, |found, function| reads_super(function, &object) | found) {
            let left = object.clone().into();
            let right = Box::new(expr.take());
            *expr = AssignExpr { span: DUMMY_SP, op: AssignOp::Assign, left, right }.into();
            self.variables.add(object);
        }
    }
}

fn methods(literal: &mut ObjectLit) -> impl Iterator<Item = &mut Function> {
    literal.props.iter_mut().filter_map(|property| match property {
        PropOrSpread::Prop(property) => match &mut **property {
            Prop::Method(method) => Some(&mut *method.function),
            Prop::Getter(getter) => Some(&mut *getter.function),
            Prop::Setter(setter) => Some(&mut *setter.function),
            Prop::Shorthand(_) | Prop::KeyValue(_) | Prop::Assign(_) => None,
        },
        PropOrSpread::Spread(_) => None,
    })
}

/// Rewrites a method. Returns whether it has `super`.
fn reads_super(function: &mut Function, object: &Ident) -> bool {
    let mut method = Method { object, found: false, variables: Vec::new() };
    function.visit_mut_children_with(&mut method);
    let Method { found, variables, .. } = method;
    if let Some(body) = &mut function.body
        && !variables.is_empty()
    {
        let declarator = |name: Ident| VarDeclarator {
            span: DUMMY_SP,
            name: name.into(),
            init: None,
            definite: false,
        };
        let decls = variables.into_iter().map(declarator).collect();
        let at =
            body.stmts.iter().take_while(|statement| statement.can_precede_directive()).count();
        body.stmts
            .insert(at, VarDecl { kind: VarDeclKind::Var, decls, ..VarDecl::default() }.into());
    }
    found
}

struct Method<'a> {
    object: &'a Ident,
    found: bool,
    /// The variables to declare in the method.
    variables: Vec<Ident>,
}

impl VisitMut for Method<'_> {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Call(CallExpr { callee: Callee::Expr(callee), args, .. }) => {
                if let Expr::SuperProp(property) = &mut **callee {
                    args.insert(0, this());
                    **callee = member(self.get(property), "call");
                }
            }
            Expr::OptChain(OptChainExpr { base, optional: is_optional @ true, .. }) => {
                if let OptChainBase::Call(OptCall { callee, args, .. }) = &mut **base
                    && let Expr::SuperProp(property) = &mut **callee
                {
                    args.insert(0, this());
                    let method = MemberExpr {
                        span: DUMMY_SP,
                        obj: Box::new(self.get(property)),
                        prop: IdentName::new("call".into(), DUMMY_SP).into(),
                    };
                    let base = Box::new(OptChainBase::Member(method));
                    **callee = OptChainExpr { span: DUMMY_SP, optional: true, base }.into();
                    *is_optional = false;
                }
            }
            Expr::TaggedTpl(TaggedTpl { tag, .. }) => {
                if let Expr::SuperProp(property) = &mut **tag {
                    let callee = member(self.get(property), "bind").as_callee();
                    **tag = CallExpr { callee, args: vec![this()], ..CallExpr::default() }.into();
                }
            }
            Expr::Assign(AssignExpr {
                left: AssignTarget::Simple(SimpleAssignTarget::SuperProp(property)),
                op,
                right,
                ..
            }) => *expr = self.assign(property, *op, right.take()),
            Expr::Update(UpdateExpr { arg, op, prefix, .. }) => {
                if let Expr::SuperProp(property) = &mut **arg {
                    *expr = self.update(property, *op, *prefix);
                }
            }
            Expr::SuperProp(property) => *expr = self.get(property),
            _ => {}
        }
        expr.visit_mut_children_with(self);
    }

    // Functions and classes have their own `super`.
    fn visit_mut_function(&mut self, _: &mut Function) {}

    fn visit_mut_class(&mut self, _: &mut Class) {}
}

impl Method<'_> {
    /// Makes `_get(_get_prototype_of(object), key, this)`.
    fn get(&mut self, property: &mut SuperPropExpr) -> Expr {
        let key = key(property);
        self.get_by(key)
    }

    fn get_by(&mut self, key: Expr) -> Expr {
        helper((enable_helper!(get), "_get"), vec![self.prototype(), key.as_arg(), this()])
    }

    /// Makes `_set(_get_prototype_of(object), key, value, this, true)`.
    fn set_by(&mut self, key: Expr, value: Expr) -> Expr {
        let args =
            vec![self.prototype(), key.as_arg(), value.as_arg(), this(), Expr::from(true).as_arg()];
        helper((enable_helper!(set), "_set"), args)
    }

    fn prototype(&mut self) -> ExprOrSpread {
        self.found = true;
        helper(
            (enable_helper!(get_prototype_of), "_get_prototype_of"),
            vec![self.object.clone().as_arg()],
        )
        .as_arg()
    }

    fn assign(&mut self, property: &mut SuperPropExpr, op: AssignOp, value: Box<Expr>) -> Expr {
        let Some(op) = op.to_update() else {
            let key = key(property);
            return self.set_by(key, *value);
        };
        let (first, key) = self.key_twice(property);
        let left = Box::new(self.get_by(first));
        if op.may_short_circuit() {
            let right = Box::new(self.set_by(key, *value));
            return BinExpr { span: DUMMY_SP, op, left, right }.into();
        }
        let sum = BinExpr { span: DUMMY_SP, op, left, right: value }.into();
        self.key_first(key, sum)
    }

    fn update(&mut self, property: &mut SuperPropExpr, op: UpdateOp, is_prefix: bool) -> Expr {
        let op = if op == UpdateOp::PlusPlus { BinaryOp::Add } else { BinaryOp::Sub };
        let (first, key) = self.key_twice(property);
        let value = Box::new(self.get_by(first));
        let number: Expr = UnaryExpr { span: DUMMY_SP, op: UnaryOp::Plus, arg: value }.into();
        let one = Box::new(Expr::from(1.0));
        if is_prefix {
            let sum = BinExpr { span: DUMMY_SP, op, left: Box::new(number), right: one }.into();
            return self.key_first(key, sum);
        }
        let old = self.variable("_old");
        let left = assign(&old, number);
        let sum = BinExpr { span: DUMMY_SP, op, left: Box::new(left), right: one }.into();
        let exprs = vec![Box::new(self.key_first(key, sum)), Box::new(old.into())];
        SeqExpr { span: DUMMY_SP, exprs }.into()
    }

    /// Returns the key for its first evaluation, and for those after it.
    fn key_twice(&mut self, property: &mut SuperPropExpr) -> (Expr, Expr) {
        match key(property) {
            Expr::Lit(name) => (name.clone().into(), name.into()),
            computed => {
                let name = self.variable("_key");
                (assign(&name, computed), name.into())
            }
        }
    }

    /// Makes `_set(…)` where `value` evaluates the key, and so must come before it.
    fn key_first(&mut self, key: Expr, value: Expr) -> Expr {
        if key.is_lit() {
            return self.set_by(key, value);
        }
        let sum = self.variable("_value");
        let exprs = vec![Box::new(assign(&sum, value)), Box::new(self.set_by(key, sum.into()))];
        SeqExpr { span: DUMMY_SP, exprs }.into()
    }

    fn variable(&mut self, name: &str) -> Ident {
        let ident = private_ident!(name);
        self.variables.push(ident.clone());
        ident
    }
}

fn key(property: &mut SuperPropExpr) -> Expr {
    match property.prop.take() {
        SuperProp::Ident(name) => {
            Lit::Str(Str { span: name.span, value: name.sym.into(), raw: None }).into()
        }
        SuperProp::Computed(computed) => *computed.expr,
    }
}

fn this() -> ExprOrSpread {
    ThisExpr { span: DUMMY_SP }.as_arg()
}

fn member(object: Expr, name: &str) -> Expr {
    let prop = IdentName::new(name.into(), DUMMY_SP).into();
    MemberExpr { span: DUMMY_SP, obj: Box::new(object), prop }.into()
}

fn assign(left: &Ident, right: Expr) -> Expr {
    AssignExpr {
        span: DUMMY_SP,
        op: AssignOp::Assign,
        left: left.clone().into(),
        right: Box::new(right),
    }
    .into()
}

fn helper((mark, name): (swc_common::Mark, &str), args: Vec<ExprOrSpread>) -> Expr {
    let callee = Ident::new(name.into(), DUMMY_SP, SyntaxContext::empty().apply_mark(mark));
    callee.as_call(DUMMY_SP, args)
}
