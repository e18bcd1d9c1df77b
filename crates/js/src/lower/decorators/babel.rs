//! Babel's decorators (`legacy: true`), where they differ from TypeScript's. What is not a name is
//! evaluated before the class. Then the members get their decorators in the order of the text. A
//! field has a descriptor with its value as a function. If the decorators return one without it,
//! they have defined the property; otherwise the constructor defines it, where the field was.
//!
//! ```js
//! class A { x = _define_decorated(this, "x", _descriptor); }
//! _descriptor = _decorate_field([observable], A.prototype, "x", function () { return 1; });
//! ```
//!
//! Code in the class sees the class itself, not what its decorators return.

use swc_ecma_ast::{
    Class, ClassMember, ClassProp, Decorator, Expr, FnExpr, Function, Ident, Key, Lit, MethodKind,
    Null,
};
use swc_ecma_utils::private_ident;

use super::{
    super::{
        build::{self, NOWHERE},
        classes,
    },
    model::DecoratorLowering,
    nodes, replaced,
};

/// Replaces the decorators of a class and its members by variables, except names. Returns the
/// variables with their values, in the order of the text. What uses private names stays.
pub(super) fn take_early(class: &mut Class) -> Vec<(Ident, Expr)> {
    let mut early = Vec::new();
    let mut take = |decorators: &mut Vec<Decorator>| {
        for decorator in decorators {
            let value = &mut *decorator.expr;
            if !nodes::unwrapped(value).is_ident() && !replaced::has_private_name(value) {
                let variable = private_ident!("_decorator");
                early.push((variable.clone(), std::mem::replace(value, variable.into())));
            }
        }
    };
    take(&mut class.decorators);
    for member in &mut class.body {
        match member {
            ClassMember::Method(method) => take(&mut method.function.decorators),
            ClassMember::ClassProp(field) => take(&mut field.decorators),
            ClassMember::AutoAccessor(field) if matches!(field.key, Key::Public(_)) => {
                take(&mut field.decorators);
            }
            _ => {}
        }
    }
    early
}

/// What the decorators of a field are applied to.
pub(super) struct Field {
    /// The variable that gets the descriptor.
    pub descriptor: Ident,
    /// The function that returns the value, or `null`.
    pub initializer: Expr,
}

impl Field {
    /// Takes the value of a field of an instance. A value with `super` becomes a method, which is
    /// added to `methods`.
    pub fn take(
        field: &mut ClassProp,
        key: Expr,
        methods: &mut Vec<ClassMember>,
        walk: &mut DecoratorLowering,
    ) -> Self {
        let descriptor = walk.variable("_descriptor");
        let initializer = match field.value.take() {
            None => Expr::Lit(Lit::Null(Null { span: NOWHERE })),
            Some(value) if replaced::has_super(&value) => {
                let name = walk.private_name("value");
                let kind = MethodKind::Method;
                let method = nodes::private_method(name.clone(), kind, returns(*value));
                methods.push(method.into());
                let method = nodes::private(nodes::this(), name);
                function(returns(build::call(NOWHERE, method, Vec::new())))
            }
            Some(value) => function(returns(*value)),
        };
        let args = vec![nodes::this(), key, descriptor.clone().into()];
        field.value = Some(Box::new(build::helper(classes::DEFINE_DECORATED, args)));
        walk.has_decorated_fields = true;
        Self { descriptor, initializer }
    }
}

fn returns(value: Expr) -> Function {
    nodes::function(Vec::new(), vec![build::returned(value)])
}

fn function(function: Function) -> Expr {
    FnExpr { ident: None, function: Box::new(function) }.into()
}
