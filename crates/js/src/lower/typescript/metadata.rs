//! Type metadata for decorators (`emitDecoratorMetadata`). Classes and members with decorators get
//! further decorators, after those in the source: `@_ts_metadata("design:type", String)`. They are
//! the ones that TypeScript adds; `reflect-metadata` and its users read them.

use bundle_base::config::DecoratorMetadata;
use swc_common::EqIgnoreSpan;
use swc_ecma_ast::{
    Class, ClassMember, ClassMethod, Decorator, Expr, Function, MethodKind, Module, Param,
    ParamOrTsParamProp, Pat, TsParamPropParam, TsType, TsTypeAnn,
};

use super::types::{Types, Value};
use crate::lower::{
    build::{self, NOWHERE},
    decorators::{has_decorators, is_replaced},
};

/// The types of a module, as decorators see them.
pub(super) struct Metadata {
    types: Types,
}

impl Metadata {
    /// Reads the declarations of a module; `None` if no metadata is emitted.
    pub fn of(module: &Module, wanted: DecoratorMetadata) -> Option<Self> {
        let is_strict = match wanted {
            DecoratorMetadata::None => return None,
            DecoratorMetadata::Loose => false,
            DecoratorMetadata::Strict => true,
        };
        Some(Self { types: Types::of(module, is_strict) })
    }

    /// Adds to the decorators of a class and its members. Must run before its types are dropped.
    pub fn add(&mut self, class: &mut Class) {
        let outer = self.types.enter(class.type_params.as_deref());
        let found: Vec<_> = class.body.iter().map(|member| self.of_member(member, class)).collect();
        for (member, more) in class.body.iter_mut().zip(found) {
            if let Some(decorators) = decorators_of(member) {
                decorators.extend(more);
            }
        }
        if let Some(params) = constructor(class).filter(|_| is_replaced(class)) {
            let types = params.iter().map(|it| self.of_parameter(constructor_type(it))).collect();
            class.decorators.push(parameters(types));
        }
        self.types.leave(outer);
    }

    fn of_member(&mut self, member: &ClassMember, class: &Class) -> Vec<Decorator> {
        match member {
            member if !has_decorators(member) => Vec::new(),
            ClassMember::Method(method) => {
                let outer = self.types.enter(method.function.type_params.as_deref());
                let made = match method.kind {
                    MethodKind::Method => self.of_method(&method.function),
                    MethodKind::Getter | MethodKind::Setter => self.of_accessor(method, class),
                };
                self.types.leave(outer);
                made
            }
            ClassMember::ClassProp(field) => {
                vec![self.own_type(type_of(field.type_ann.as_deref()))]
            }
            ClassMember::AutoAccessor(field) => {
                vec![self.own_type(type_of(field.type_ann.as_deref()))]
            }
            _ => Vec::new(),
        }
    }

    fn of_method(&self, function: &Function) -> Vec<Decorator> {
        let returned = match &function.return_type {
            Some(annotation) => self.types.value(&annotation.type_ann),
            None if function.is_async => Value::Global("Promise"),
            None => Value::Undefined,
        };
        vec![
            metadata("design:type", Value::Global("Function").expr()),
            self.parameters_of(&function.params),
            metadata("design:returntype", returned.expr()),
        ]
    }

    /// A getter and a setter of one name share a type: the type of the setter's parameter, if it
    /// has one.
    fn of_accessor(&self, accessor: &ClassMethod, class: &Class) -> Vec<Decorator> {
        let of_kind = |kind: MethodKind| {
            let methods = class.body.iter().filter_map(ClassMember::as_method);
            let mut same = methods.filter(|it| {
                it.kind == kind
                    && it.is_static == accessor.is_static
                    && it.key.eq_ignore_span(&accessor.key)
            });
            same.next().map(|found| &found.function)
        };
        let setter = of_kind(MethodKind::Setter);
        let parameter = setter.and_then(|it| it.params.first());
        let returned = || type_of(of_kind(MethodKind::Getter)?.return_type.as_deref());
        let own = parameter.and_then(|it| pattern_type(&it.pat)).or_else(returned);
        vec![self.own_type(own), self.parameters_of(setter.map_or(&[], |it| it.params.as_slice()))]
    }

    fn own_type(&self, own: Option<&TsType>) -> Decorator {
        let value = own.map_or(Value::OBJECT, |own| self.types.value(own));
        metadata("design:type", value.expr())
    }

    fn parameters_of(&self, params: &[Param]) -> Decorator {
        parameters(params.iter().map(|it| self.of_parameter(parameter_type(&it.pat))).collect())
    }

    fn of_parameter(&self, own: Option<&TsType>) -> Expr {
        own.map_or(Value::OBJECT, |own| self.types.value(own)).expr()
    }
}

fn metadata(key: &str, value: Expr) -> Decorator {
    let call = build::helper("ts_metadata", vec![build::string(key, NOWHERE), value]);
    Decorator { span: NOWHERE, expr: Box::new(call) }
}

fn parameters(types: Vec<Expr>) -> Decorator {
    metadata("design:paramtypes", build::array(NOWHERE, types))
}

fn decorators_of(member: &mut ClassMember) -> Option<&mut Vec<Decorator>> {
    match member {
        ClassMember::Method(method) => Some(&mut method.function.decorators),
        ClassMember::ClassProp(field) => Some(&mut field.decorators),
        ClassMember::AutoAccessor(field) => Some(&mut field.decorators),
        _ => None,
    }
}

fn constructor(class: &Class) -> Option<&[ParamOrTsParamProp]> {
    let mut constructors = class.body.iter().filter_map(ClassMember::as_constructor);
    constructors.find(|it| it.body.is_some()).map(|it| it.params.as_slice())
}

fn constructor_type(param: &ParamOrTsParamProp) -> Option<&TsType> {
    match param {
        ParamOrTsParamProp::Param(param) => parameter_type(&param.pat),
        ParamOrTsParamProp::TsParamProp(prop) => match &prop.param {
            TsParamPropParam::Ident(name) => type_of(name.type_ann.as_deref()),
            TsParamPropParam::Assign(default) => pattern_type(&default.left),
        },
    }
}

/// Returns the type of a parameter, or of an element for a rest parameter.
fn parameter_type(pattern: &Pat) -> Option<&TsType> {
    let own = pattern_type(pattern);
    if !pattern.is_rest() {
        return own;
    }
    match own? {
        TsType::TsArrayType(list) => Some(&list.elem_type),
        TsType::TsTypeRef(named) => match named.type_params.as_ref()?.params.as_slice() {
            [element] => Some(element),
            _ => None,
        },
        _ => None,
    }
}

fn pattern_type(pattern: &Pat) -> Option<&TsType> {
    match pattern {
        Pat::Ident(name) => type_of(name.type_ann.as_deref()),
        Pat::Array(list) => type_of(list.type_ann.as_deref()),
        Pat::Object(object) => type_of(object.type_ann.as_deref()),
        Pat::Rest(rest) => type_of(rest.type_ann.as_deref()),
        Pat::Assign(default) => pattern_type(&default.left),
        Pat::Expr(_) | Pat::Invalid(_) => None,
    }
}

fn type_of(annotation: Option<&TsTypeAnn>) -> Option<&TsType> {
    annotation.map(|annotation| &*annotation.type_ann)
}
