//! Writes out object literals that swc lowers wrongly, property by property. With computed keys,
//! swc evaluates the keys of accessors more than once, and defines accessors last. After a computed
//! key or `...`, `__proto__: value` defines a property. And the property that `{ __proto__ }` or
//! `{ __proto__() {} }` defines becomes the prototype.

use swc_common::{DUMMY_SP, SyntaxContext, util::take::Take};
use swc_ecma_ast::{
    AssignExpr, AssignOp, CallExpr, Class, Expr, FnExpr, GetterProp, Ident, IdentName,
    KeyValueProp, Lit, MemberExpr, MethodProp, ObjectLit, Program, Prop, PropName, PropOrSpread,
    SeqExpr, SetterProp, SpreadElement, Str, Super,
};
use swc_ecma_transforms_base::enable_helper;
use swc_ecma_utils::ExprFactory;
use swc_ecma_visit::{
    Visit, VisitMut, VisitMutWith, VisitWith, noop_visit_mut_type, noop_visit_type,
};

use super::variables::{Variables, declares_variables};

/// The constructs that the target lacks.
#[derive(Clone, Copy)]
pub(super) struct Lacks {
    pub computed_keys: bool,
    pub shorthands: bool,
    pub spread: bool,
}

impl Lacks {
    /// Whether some literals may have to be rewritten.
    pub fn any(self) -> bool {
        self.computed_keys || self.shorthands || self.spread
    }
}

/// Rewrites such literals in a program.
pub(super) fn lower(program: &mut Program, lacks: Lacks, unresolved: SyntaxContext) {
    program.visit_mut_with(&mut Objects { lacks, unresolved, variables: Variables::default() });
}

struct Objects {
    lacks: Lacks,
    unresolved: SyntaxContext,
    variables: Variables,
}

impl VisitMut for Objects {
    noop_visit_mut_type!();
    declares_variables!();

    fn visit_mut_expr(&mut self, expr: &mut Expr) {
        expr.visit_mut_children_with(self);
        if let Expr::Object(literal) = expr
            && self.needs(literal)
            && !has_super(literal)
        {
            *expr = self.write_out(std::mem::take(&mut literal.props));
        }
    }
}

impl Objects {
    fn needs(&self, literal: &ObjectLit) -> bool {
        let position = |is: &dyn Fn(&PropOrSpread) -> bool| literal.props.iter().position(is);
        let computed = position(&is_computed).filter(|_| self.lacks.computed_keys);
        let spread = position(&|property| property.is_spread()).filter(|_| self.lacks.spread);
        let prototype = position(&sets_prototype);
        let is_behind = |place: Option<usize>| place.is_some_and(|place| prototype > Some(place));
        self.lacks.shorthands && position(&defines_proto).is_some()
            || computed.is_some() && position(&is_accessor).is_some()
            || is_behind(computed)
            || is_behind(spread)
    }

    /// Makes `(_object = { first }, …, _object)`.
    fn write_out(&mut self, properties: Vec<PropOrSpread>) -> Expr {
        let object = self.variables.fresh("_object");
        let is_plain = |property: &PropOrSpread| {
            !property.is_spread() && !is_computed(property) && !defines_proto(property)
        };
        let mut properties = properties.into_iter().peekable();
        let mut first = Vec::new();
        while let Some(property) = properties.next_if(is_plain) {
            first.push(property);
        }
        let literal = Box::new(Expr::Object(ObjectLit { span: DUMMY_SP, props: first }));
        let start = AssignExpr {
            span: DUMMY_SP,
            op: AssignOp::Assign,
            left: object.clone().into(),
            right: literal,
        };
        let mut exprs = vec![Box::new(Expr::Assign(start))];
        for property in properties {
            exprs.push(Box::new(match property {
                PropOrSpread::Spread(SpreadElement { expr, .. }) => helper(
                    enable_helper!(object_spread),
                    "_object_spread",
                    vec![object.clone().into(), *expr],
                ),
                PropOrSpread::Prop(property) => self.step(&object, *property),
            }));
        }
        exprs.push(Box::new(object.into()));
        Expr::Seq(SeqExpr { span: DUMMY_SP, exprs })
    }

    /// Makes the expression that adds one property to an existing object.
    fn step(&self, object: &Ident, property: Prop) -> Expr {
        match property {
            Prop::KeyValue(KeyValueProp { key, value }) if is_proto(&key) => {
                let left = member(object.clone().into(), "__proto__").into();
                AssignExpr { span: DUMMY_SP, op: AssignOp::Assign, left, right: value }.into()
            }
            Prop::Getter(GetterProp { key, function, .. }) => {
                self.accessor(object, key, ("get", FnExpr { ident: None, function }))
            }
            Prop::Setter(SetterProp { key, function, .. }) => {
                self.accessor(object, key, ("set", FnExpr { ident: None, function }))
            }
            // In a literal of its own, the method keeps its name.
            Prop::Method(MethodProp { key, function }) if !key.is_computed() && !is_proto(&key) => {
                let method =
                    PropOrSpread::Prop(Box::new(Prop::Method(MethodProp { key, function })));
                let literal = Expr::Object(ObjectLit { span: DUMMY_SP, props: vec![method] });
                helper(
                    enable_helper!(object_spread),
                    "_object_spread",
                    vec![object.clone().into(), literal],
                )
            }
            Prop::Method(MethodProp { key, function }) => {
                define(object, key, FnExpr { ident: None, function }.into())
            }
            Prop::KeyValue(KeyValueProp { key, value }) => define(object, key, *value),
            Prop::Shorthand(name) | Prop::Assign(swc_ecma_ast::AssignProp { key: name, .. }) => {
                define(object, PropName::Ident(name.clone().into()), name.into())
            }
        }
    }

    /// Makes `Object.defineProperty(_object, key, { get: function () { … }, enumerable: true,
    /// configurable: true })`.
    fn accessor(&self, object: &Ident, key: PropName, (kind, function): (&str, FnExpr)) -> Expr {
        let property = |name: &str, value: Expr| {
            let key = PropName::Ident(IdentName::new(name.into(), DUMMY_SP));
            PropOrSpread::Prop(Box::new(Prop::KeyValue(KeyValueProp {
                key,
                value: Box::new(value),
            })))
        };
        let props = vec![
            property(kind, function.into()),
            property("enumerable", true.into()),
            property("configurable", true.into()),
        ];
        let descriptor = Expr::Object(ObjectLit { span: DUMMY_SP, props });
        let global = Ident::new("Object".into(), DUMMY_SP, self.unresolved);
        let args = vec![object.clone().as_arg(), value_of(key).as_arg(), descriptor.as_arg()];
        let callee = member(global.into(), "defineProperty").as_callee();
        CallExpr { callee, args, ..CallExpr::default() }.into()
    }
}

/// Whether a literal has `super`, which refers to the literal of its method. Such a literal is
/// kept.
fn has_super(literal: &ObjectLit) -> bool {
    let mut found = HasSuper(false);
    literal.visit_with(&mut found);
    found.0
}

struct HasSuper(bool);

impl Visit for HasSuper {
    noop_visit_type!();

    fn visit_super(&mut self, _: &Super) {
        self.0 = true;
    }

    fn visit_class(&mut self, _: &Class) {}
}

fn define(object: &Ident, key: PropName, value: Expr) -> Expr {
    helper(
        enable_helper!(define_property),
        "_define_property",
        vec![object.clone().into(), value_of(key), value],
    )
}

fn helper(mark: swc_common::Mark, name: &str, args: Vec<Expr>) -> Expr {
    let callee = Ident::new(name.into(), DUMMY_SP, SyntaxContext::empty().apply_mark(mark));
    callee.as_call(DUMMY_SP, args.into_iter().map(ExprFactory::as_arg).collect())
}

fn member(object: Expr, name: &str) -> MemberExpr {
    MemberExpr {
        span: DUMMY_SP,
        obj: Box::new(object),
        prop: IdentName::new(name.into(), DUMMY_SP).into(),
    }
}

fn value_of(key: PropName) -> Expr {
    match key {
        PropName::Ident(name) => Expr::Lit(Lit::Str(name.sym.into())),
        PropName::Str(text) => Expr::Lit(Lit::Str(text)),
        PropName::Num(number) => Expr::Lit(Lit::Num(number)),
        PropName::BigInt(number) => Expr::Lit(Lit::BigInt(number)),
        PropName::Computed(mut computed) => *computed.expr.take(),
    }
}

fn key_of(property: &PropOrSpread) -> Option<&PropName> {
    match &**property.as_prop()? {
        Prop::KeyValue(property) => Some(&property.key),
        Prop::Getter(property) => Some(&property.key),
        Prop::Setter(property) => Some(&property.key),
        Prop::Method(property) => Some(&property.key),
        Prop::Shorthand(_) | Prop::Assign(_) => None,
    }
}

fn is_computed(property: &PropOrSpread) -> bool {
    key_of(property).is_some_and(PropName::is_computed)
}

fn is_accessor(property: &PropOrSpread) -> bool {
    property.as_prop().is_some_and(|property| property.is_getter() || property.is_setter())
}

fn is_proto(key: &PropName) -> bool {
    match key {
        PropName::Ident(name) => &*name.sym == "__proto__",
        PropName::Str(Str { value, .. }) => value.as_str() == Some("__proto__"),
        _ => false,
    }
}

/// Whether a property is `__proto__: value`.
fn sets_prototype(property: &PropOrSpread) -> bool {
    property
        .as_prop()
        .and_then(|property| property.as_key_value())
        .is_some_and(|property| is_proto(&property.key))
}

/// Whether a property is `__proto__` or `__proto__() {}`.
fn defines_proto(property: &PropOrSpread) -> bool {
    property.as_prop().is_some_and(|property| match &**property {
        Prop::Shorthand(name) => &*name.sym == "__proto__",
        Prop::Method(method) => is_proto(&method.key),
        _ => false,
    })
}
