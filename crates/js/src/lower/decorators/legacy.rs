//! TypeScript's decorators (`experimentalDecorators`). They are evaluated and called after the
//! class: first those of instance members, then those of static members, then those of the class.
//! Static fields have their values by then.
//!
//! ```js
//! let A = class A { m() {} };
//! _ts_decorate([log, _ts_param(0, inject)], A.prototype, "m", null);
//! A = _ts_decorate([sealed], A);
//! ```
//!
//! If an argument of a decorator has a private name, the calls are a static block in the class.
//! Babel's decorators have other helpers, and see other classes by the same name (`babel`).

use swc_ecma_ast::{
    Class, ClassDecl, ClassExpr, ClassMember, ClassMethod, Decl, Decorator, Expr, Ident, Key, Lit,
    Null, Param, ParamOrTsParamProp, PropName, Stmt,
};
use swc_ecma_utils::private_ident;

use super::{
    super::build::{self, NOWHERE},
    babel,
    model::{DecoratorLowering, Dialect},
    nodes, replaced,
};

/// Whether a class has decorators that this file compiles.
pub(super) fn is_decorated(class: &Class) -> bool {
    is_replaced(class) || class.body.iter().any(has_decorators)
}

/// Whether a decorator may replace the class. Decorators of the constructor's parameters count.
pub(in crate::lower) fn is_replaced(class: &Class) -> bool {
    let constructor = class.body.iter().find_map(ClassMember::as_constructor);
    let has_decorators = |param: &ParamOrTsParamProp| match param {
        ParamOrTsParamProp::TsParamProp(prop) => !prop.decorators.is_empty(),
        ParamOrTsParamProp::Param(param) => !param.decorators.is_empty(),
    };
    !class.decorators.is_empty()
        || constructor.is_some_and(|it| it.params.iter().any(has_decorators))
}

/// Whether a member has decorators, of its own or of parameters.
pub(in crate::lower) fn has_decorators(member: &ClassMember) -> bool {
    match member {
        ClassMember::Method(ClassMethod { function, .. }) => {
            let has_some = |param: &Param| !param.decorators.is_empty();
            function.body.is_some()
                && (!function.decorators.is_empty() || function.params.iter().any(has_some))
        }
        ClassMember::ClassProp(field) => !field.decorators.is_empty(),
        ClassMember::AutoAccessor(field) => {
            matches!(field.key, Key::Public(_)) && !field.decorators.is_empty()
        }
        _ => false,
    }
}

/// Lowers a declaration.
pub(super) fn declaration(declaration: ClassDecl, walk: &mut DecoratorLowering) -> Vec<Stmt> {
    let ClassDecl { ident, mut class, declare } = declaration;
    let is_babel = walk.dialect == Dialect::Babel;
    if is_babel {
        for (variable, value) in babel::take_early(&mut class) {
            walk.declare(variable, Some(value));
        }
    }
    let of_class = is_replaced(&class).then(|| take_class_decorators(&mut class));
    let own = replaced::own_name(&ident);
    let variable = match &of_class {
        Some(_) if !is_babel => own_variable(&mut class, &ident, &own, walk),
        _ => None,
    };
    let calls = member_calls(&mut class, &ident, walk);
    if is_babel && of_class.is_some() {
        replaced::read_variable(&mut class, &ident, &own, &own);
    }
    let mut statements = calls.into_iter().map(build::statement).collect::<Vec<_>>();
    let Some(of_class) = of_class else {
        statements.insert(0, Decl::from(ClassDecl { ident, declare, class }).into());
        return statements;
    };
    let value = ClassExpr { ident: Some(own), class }.into();
    statements.insert(0, nodes::let_(ident.clone(), value));
    let mut replacement = decorate_class(of_class, ident.clone());
    if let Some(variable) = variable {
        replacement = build::assign(variable, replacement);
    }
    statements.push(build::statement(build::assign(ident, replacement)));
    statements
}

/// Lowers an expression. `name`: what names the class if it has no name of its own.
pub(super) fn expression(
    class: ClassExpr,
    name: Option<PropName>,
    walk: &mut DecoratorLowering,
) -> Expr {
    let ClassExpr { ident, mut class } = class;
    let is_babel = walk.dialect == Dialect::Babel;
    let early = if is_babel { babel::take_early(&mut class) } else { Vec::new() };
    let of_class = is_replaced(&class).then(|| take_class_decorators(&mut class));
    let own = ident.as_ref().filter(|_| of_class.is_some() && !is_babel);
    let variable = own.and_then(|ident| own_variable(&mut class, ident, ident, walk));
    let holder = walk.variable("_class");
    let calls = member_calls(&mut class, &holder, walk);
    let mut exprs = Vec::new();
    for (variable, value) in early {
        exprs.push(build::assign(variable.clone(), value));
        walk.declare(variable, None);
    }
    let early_count = exprs.len();
    exprs.extend(calls);
    if let Some(ident) = ident.as_ref().filter(|_| is_babel) {
        for expr in &mut exprs {
            replaced::rename(expr, ident, &holder);
        }
    }
    let mut value = Expr::from(ClassExpr { ident, class });
    if let Some(name) = name {
        value = build::with_name(value, name);
    }
    exprs.insert(early_count, build::assign(holder.clone(), value));
    exprs.push(match of_class {
        None => holder.into(),
        Some(of_class) => {
            let replacement = decorate_class(of_class, holder);
            match variable {
                Some(variable) => build::assign(variable, replacement),
                None => replacement,
            }
        }
    });
    build::sequence(exprs.into_iter().map(Box::new).collect())
}

/// Makes the body of a class read a variable instead of the class's name, if it does. The variable
/// is the class itself at first, for static fields.
fn own_variable(
    class: &mut Class,
    name: &Ident,
    own: &Ident,
    walk: &mut DecoratorLowering,
) -> Option<Ident> {
    let variable = private_ident!(format!("{}_1", name.sym));
    if !replaced::read_variable(class, name, own, &variable) {
        return None;
    }
    let set = build::statement(build::assign(variable.clone(), nodes::this()));
    class.body.insert(0, nodes::static_block(vec![set]));
    walk.declare(variable.clone(), None);
    Some(variable)
}

fn decorate_class(decorators: Vec<Expr>, class: Ident) -> Expr {
    build::helper("ts_decorate", vec![nodes::array(decorators), class.into()])
}

fn take_class_decorators(class: &mut Class) -> Vec<Expr> {
    let metadata = take_metadata(&mut class.decorators);
    let mut taken = values(std::mem::take(&mut class.decorators));
    let constructor = class.body.iter_mut().find_map(|member| match member {
        ClassMember::Constructor(constructor) if constructor.body.is_some() => Some(constructor),
        _ => None,
    });
    let params = constructor.into_iter().flat_map(|constructor| &mut constructor.params);
    for (index, param) in params.enumerate() {
        let decorators = match param {
            ParamOrTsParamProp::TsParamProp(prop) => &mut prop.decorators,
            ParamOrTsParamProp::Param(param) => &mut param.decorators,
        };
        taken.extend(of_parameter(index, std::mem::take(decorators)));
    }
    taken.extend(values(metadata));
    taken
}

/// Takes TypeScript's metadata, which follows the decorators in the source and has no place in it.
fn take_metadata(decorators: &mut Vec<Decorator>) -> Vec<Decorator> {
    let written = decorators.iter().take_while(|it| !it.span.is_dummy()).count();
    decorators.split_off(written)
}

fn values(decorators: Vec<Decorator>) -> Vec<Expr> {
    decorators.into_iter().map(|decorator| *decorator.expr).collect()
}

fn of_parameter(index: usize, decorators: Vec<Decorator>) -> impl Iterator<Item = Expr> {
    let values = values(decorators).into_iter();
    values.map(move |value| build::helper("ts_param", vec![nodes::number(index), value]))
}

/// A member with decorators.
struct Decorated {
    is_static: bool,
    decorators: Vec<Expr>,
    key: Expr,
    kind: Kind,
}

/// What the decorators of a member get.
enum Kind {
    /// The descriptor of its property.
    Property,
    /// TypeScript's fields: nothing.
    Name,
    /// Babel's static fields: a descriptor with the value.
    Static,
    /// Babel's fields.
    Field(babel::Field),
}

/// Takes the decorators of a class's members. Returns the calls that apply them, unless they
/// became part of the class.
fn member_calls(class: &mut Class, name: &Ident, walk: &mut DecoratorLowering) -> Vec<Expr> {
    let mut methods = Vec::new();
    let members = class.body.iter_mut().filter(|member| has_decorators(member));
    let mut found: Vec<_> =
        members.filter_map(|member| Decorated::take(member, &mut methods, walk)).collect();
    class.body.append(&mut methods);
    if walk.dialect == Dialect::TypeScript {
        found.sort_by_key(|member| member.is_static);
    }
    if !found.iter().any(Decorated::has_private_name) {
        let call = |member: Decorated| member.call(name.clone().into(), walk.dialect);
        return found.into_iter().map(call).collect();
    }
    let receiver = private_ident!("_this");
    let mut uses_receiver = false;
    for decorator in found.iter_mut().flat_map(|member| &mut member.decorators) {
        uses_receiver |= replaced::replace_this(decorator, &receiver);
    }
    if uses_receiver {
        walk.declare(receiver, Some(nodes::this()));
    }
    let calls =
        found.into_iter().map(|member| build::statement(member.call(nodes::this(), walk.dialect)));
    class.body.push(nodes::static_block(calls.collect()));
    Vec::new()
}

impl Decorated {
    /// Takes the decorators of a member.
    fn take(
        member: &mut ClassMember,
        methods: &mut Vec<ClassMember>,
        walk: &mut DecoratorLowering,
    ) -> Option<Self> {
        let (is_static, decorators, key, kind) = match member {
            ClassMember::Method(method) => {
                let metadata = take_metadata(&mut method.function.decorators);
                let mut decorators = values(std::mem::take(&mut method.function.decorators));
                for (index, param) in method.function.params.iter_mut().enumerate() {
                    decorators.extend(of_parameter(index, std::mem::take(&mut param.decorators)));
                }
                decorators.extend(values(metadata));
                (method.is_static, decorators, key(&mut method.key, walk), Kind::Property)
            }
            ClassMember::ClassProp(field) => {
                let decorators = values(std::mem::take(&mut field.decorators));
                let key = if field.declare || field.is_abstract {
                    build::key(field.key.clone())
                } else {
                    key(&mut field.key, walk)
                };
                let kind = match walk.dialect {
                    Dialect::Babel if field.is_static => Kind::Static,
                    Dialect::Babel => {
                        Kind::Field(babel::Field::take(field, key.clone(), methods, walk))
                    }
                    Dialect::TypeScript | Dialect::Standard => Kind::Name,
                };
                (field.is_static, decorators, key, kind)
            }
            ClassMember::AutoAccessor(field) => {
                let Key::Public(name) = &mut field.key else { return None };
                let decorators = values(std::mem::take(&mut field.decorators));
                (field.is_static, decorators, key(name, walk), Kind::Property)
            }
            _ => return None,
        };
        Some(Self { is_static, decorators, key, kind })
    }

    fn has_private_name(&self) -> bool {
        let of_value = match &self.kind {
            Kind::Field(field) => replaced::has_private_name(&field.initializer),
            Kind::Property | Kind::Name | Kind::Static => false,
        };
        of_value || self.decorators.iter().any(replaced::has_private_name)
    }

    /// Makes the call that applies the decorators.
    fn call(self, class: Expr, dialect: Dialect) -> Expr {
        let Self { is_static, decorators, key, kind } = self;
        let target = if is_static { class } else { build::member(class, "prototype") };
        let mut args = vec![nodes::array(decorators), target, key];
        match kind {
            Kind::Property if dialect == Dialect::Babel => build::helper("decorate_member", args),
            Kind::Property => {
                args.push(Expr::Lit(Lit::Null(Null { span: NOWHERE })));
                build::helper("ts_decorate", args)
            }
            Kind::Name => {
                args.push(build::undefined());
                build::helper("ts_decorate", args)
            }
            Kind::Static => build::helper("decorate_static", args),
            Kind::Field(babel::Field { descriptor, initializer }) => {
                args.push(initializer);
                build::assign(descriptor, build::helper("decorate_field", args))
            }
        }
    }
}

/// Returns a second use of a member's key. A computed key is evaluated once.
fn key(name: &mut PropName, walk: &mut DecoratorLowering) -> Expr {
    match name {
        name if walk.dialect == Dialect::Babel => build::key(walk.keep_key(name)),
        PropName::Computed(computed) if !computed.expr.is_lit() => {
            let variable = walk.variable("_key");
            let value = std::mem::take(&mut *computed.expr);
            *computed.expr = build::assign(variable.clone(), value);
            variable.into()
        }
        name => build::key(name.clone()),
    }
}
