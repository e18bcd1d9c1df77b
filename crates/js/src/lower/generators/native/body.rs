//! Turns the body of an async function into the body of a generator. A generator has no `super`, so
//! it calls arrow functions of the enclosing function:
//!
//! ```js
//! async m() { super.x = await super.m(); }
//! m() {
//!   var _super = (key) => super[key], _set = (key, value) => super[key] = value;
//!   return _async_to_generator(function* () {
//!     _super_access(_super, _set)("x").value = yield _super("m").call(this);
//!   }, this);
//! }
//! ```

use swc_ecma_ast::{
    ArrowExpr, ArrowFunctionBody, AssignTarget, AwaitExpr, CallExpr, Callee, ClassProp,
    Constructor, Expr, ExprOrSpread, Function, Ident, Lit, MemberExpr, MetaPropExpr, MetaPropKind,
    Pat, PrivateProp, RestPat, ReturnStmt, SimpleAssignTarget, StaticBlock, Super, SuperProp,
    SuperPropExpr, ThisExpr, VarDeclarator, YieldExpr,
};
use swc_ecma_utils::{ExprFactory, private_ident};
use swc_ecma_visit::{VisitMut, VisitMutWith, noop_visit_mut_type};

use super::super::{super::build, model::Kind};

/// Rewrites a body. It does not walk inner functions, except arrow functions.
pub(super) struct Body {
    kind: Kind,
    is_arrow: bool,
    pub uses_this: bool,
    /// Whether the walk is in an async arrow function that stays.
    is_in_async: bool,
    arguments: Option<Ident>,
    new_target: Option<Ident>,
    get: Option<Ident>,
    set: Option<Ident>,
    /// The functions that call `super(…)` and return `this`, of an arrow function that may run
    /// before its constructor has a `this`.
    call: Option<Ident>,
    this: Option<Ident>,
}

impl Body {
    pub fn new(kind: Kind, is_arrow: bool, calls_super: bool) -> Self {
        let named = |name: &str| calls_super.then(|| private_ident!(name));
        Self {
            call: named("_super_call"),
            this: named("_this"),
            kind,
            is_arrow,
            uses_this: false,
            is_in_async: false,
            arguments: None,
            new_target: None,
            get: None,
            set: None,
        }
    }

    /// Returns the declarations for the enclosing function.
    pub fn declarations(self) -> Vec<VarDeclarator> {
        let (key, value) = (private_ident!("key"), private_ident!("value"));
        let target = || SuperPropExpr {
            span: build::NOWHERE,
            obj: Super { span: build::NOWHERE },
            prop: SuperProp::Computed(swc_ecma_ast::ComputedPropName {
                span: build::NOWHERE,
                expr: Box::new(key.clone().into()),
            }),
        };
        let new_target = MetaPropExpr { span: build::NOWHERE, kind: MetaPropKind::NewTarget };
        let set = || {
            let target = SimpleAssignTarget::SuperProp(target());
            build::assign(target, value.clone().into())
        };
        let declare = |name: Option<Ident>, value: &dyn Fn() -> Expr| {
            name.map(|name| build::declarator(name, value()))
        };
        let args = private_ident!("args");
        let call = || {
            let spread =
                ExprOrSpread { spread: Some(build::NOWHERE), expr: Box::new(args.clone().into()) };
            let callee = Callee::Super(Super { span: build::NOWHERE });
            CallExpr { callee, args: vec![spread], ..CallExpr::default() }.into()
        };
        let rest = || RestPat {
            span: build::NOWHERE,
            dot3_token: build::NOWHERE,
            arg: Box::new(args.clone().into()),
            type_ann: None,
        };
        let this = || ThisExpr { span: build::NOWHERE }.into();
        [
            declare(self.call, &|| arrow(vec![rest().into()], call())),
            declare(self.this, &|| arrow(Vec::new(), this())),
            declare(self.arguments, &build::arguments),
            declare(self.new_target, &|| new_target.into()),
            declare(self.get, &|| arrow(vec![key.clone().into()], Expr::SuperProp(target()))),
            declare(self.set, &|| arrow(vec![key.clone().into(), value.clone().into()], set())),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn getter(&mut self) -> Expr {
        self.get.get_or_insert_with(|| private_ident!("_super")).clone().into()
    }

    /// Makes `_super(key)`.
    fn read(&mut self, property: SuperPropExpr) -> Expr {
        let args = vec![key_of(property.prop).as_arg()];
        build::call(property.span, self.getter(), args)
    }

    /// Makes a member that reads and writes a property of `super`.
    fn member(&mut self, property: SuperPropExpr) -> MemberExpr {
        let set = self.set.get_or_insert_with(|| private_ident!("_set")).clone();
        let access = build::helper("super_access", vec![self.getter(), set.into()]);
        let key = vec![key_of(property.prop).as_arg()];
        build::member(build::call(property.span, access, key), "value").expect_member()
    }

    /// Makes the value that the generator yields.
    fn yielded(expr: YieldExpr) -> Expr {
        let YieldExpr { span, arg, delegate } = expr;
        let value = arg.map_or_else(build::undefined, |arg| *arg);
        let instruction = if delegate {
            let delegate = build::helper("async_delegate", vec![value]);
            vec![1.into(), delegate, 0.into(), 1.into()]
        } else {
            vec![1.into(), value, 0.into()]
        };
        let arg = Some(Box::new(build::array(build::NOWHERE, instruction)));
        YieldExpr { span, arg, delegate: false }.into()
    }

    fn awaited(&self, expr: AwaitExpr) -> Expr {
        let arg = if self.kind == Kind::AsyncGenerator {
            Box::new(build::array(build::NOWHERE, vec![1.into(), *expr.arg]))
        } else {
            expr.arg
        };
        YieldExpr { span: expr.span, arg: Some(arg), delegate: false }.into()
    }
}

impl VisitMut for Body {
    noop_visit_mut_type!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        if let Expr::Update(update) = expr
            && update.arg.is_super_prop()
        {
            let property = std::mem::take(&mut *update.arg).expect_super_prop();
            *update.arg = self.member(property).into();
        }
        expr.visit_mut_children_with(self);
        match expr {
            Expr::This(_) => match &self.this {
                Some(this) => *expr = build::call(build::NOWHERE, this.clone().into(), Vec::new()),
                None => self.uses_this = true,
            },
            Expr::Ident(name) if build::is_arguments(name) => {
                let name = self.arguments.get_or_insert_with(|| private_ident!("_arguments"));
                *expr = name.clone().into();
            }
            Expr::Await(wait) if !self.is_in_async => *expr = self.awaited(std::mem::take(wait)),
            Expr::Yield(yielded) if self.kind == Kind::AsyncGenerator && !self.is_in_async => {
                *expr = Self::yielded(std::mem::take(yielded));
            }
            Expr::SuperProp(property) => *expr = self.read(std::mem::take(property)),
            Expr::MetaProp(meta) if meta.kind == MetaPropKind::NewTarget => {
                *expr = if self.is_arrow {
                    let name = self.new_target.get_or_insert_with(|| private_ident!("_target"));
                    name.clone().into()
                } else {
                    build::undefined()
                };
            }
            _ => {}
        }
    }

    fn visit_mut_call_expr(&mut self, call: &mut CallExpr) {
        if let (Callee::Super(_), Some(name)) = (&call.callee, &self.call) {
            call.callee = Expr::from(name.clone()).as_callee();
        }
        let method = match &mut call.callee {
            Callee::Expr(callee) if callee.is_super_prop() => {
                Some(std::mem::take(&mut **callee).expect_super_prop())
            }
            _ => None,
        };
        if let Some(method) = method {
            let method = self.read(method);
            call.callee = build::member(method, "call").as_callee();
            call.args.insert(0, Expr::from(ThisExpr { span: build::NOWHERE }).as_arg());
        }
        call.visit_mut_children_with(self);
    }

    fn visit_mut_assign_target(&mut self, target: &mut AssignTarget) {
        if let AssignTarget::Simple(SimpleAssignTarget::SuperProp(property)) = target {
            let member = self.member(std::mem::take(property));
            *target = AssignTarget::Simple(member.into());
        }
        target.visit_mut_children_with(self);
    }

    fn visit_mut_pat(&mut self, pattern: &mut Pat) {
        if let Pat::Expr(target) = pattern
            && target.is_super_prop()
        {
            let property = std::mem::take(&mut **target).expect_super_prop();
            **target = self.member(property).into();
        }
        pattern.visit_mut_children_with(self);
    }

    /// An async generator waits for what it returns.
    fn visit_mut_return_stmt(&mut self, statement: &mut ReturnStmt) {
        statement.visit_mut_children_with(self);
        if self.kind == Kind::AsyncGenerator && !self.is_in_async {
            let span = build::NOWHERE;
            statement.arg =
                statement.arg.take().map(|arg| Box::new(self.awaited(AwaitExpr { span, arg })));
        }
    }

    fn visit_mut_arrow_expr(&mut self, arrow: &mut ArrowExpr) {
        let kind = std::mem::replace(&mut self.kind, Kind::Async);
        let is_in_async = self.is_in_async;
        self.is_in_async |= arrow.is_async;
        arrow.visit_mut_children_with(self);
        self.is_in_async = is_in_async;
        self.kind = kind;
    }

    fn visit_mut_function(&mut self, _: &mut Function) {}
    fn visit_mut_private_prop(&mut self, _: &mut PrivateProp) {}
    fn visit_mut_static_block(&mut self, _: &mut StaticBlock) {}

    fn visit_mut_constructor(&mut self, constructor: &mut Constructor) {
        constructor.key.visit_mut_with(self);
    }

    fn visit_mut_class_prop(&mut self, property: &mut ClassProp) {
        property.key.visit_mut_with(self);
    }
}

/// Turns the key of a property of `super` into a value.
fn key_of(property: SuperProp) -> Expr {
    match property {
        SuperProp::Ident(name) => Expr::Lit(Lit::Str(name.sym.into())),
        SuperProp::Computed(key) => *key.expr,
    }
}

/// Makes `(params) => value`.
fn arrow(params: Vec<Pat>, value: Expr) -> Expr {
    let body = Box::new(ArrowFunctionBody::Expr(Box::new(value)));
    ArrowExpr { params, body, ..ArrowExpr::default() }.into()
}
