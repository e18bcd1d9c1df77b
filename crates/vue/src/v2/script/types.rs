//! Turns types into runtime checks: `defineProps<{ size: number }>()` declares a prop of type
//! `Number`. Only types in the component's own file are seen, and of these only the simple ones;
//! all others are not checked (`null`).

use bundle_base::Span;
use bundle_js::block_span;
use indexmap::{IndexMap, IndexSet};
use rustc_hash::FxHashMap;
use swc_common::Spanned;
use swc_ecma_ast::{
    Decl, Expr, Module, ModuleDecl, ModuleItem, Stmt, TsEntityName, TsFnOrConstructorType,
    TsFnParam, TsFnType, TsKeywordTypeKind, TsLit, TsType, TsTypeElement, TsTypeRef,
    TsUnionOrIntersectionType as Combined,
};

/// A type that a macro accepts.
#[derive(Clone, Copy)]
pub(super) enum Shape<'a> {
    /// `{ … }`, or the body of an interface.
    Members {
        members: &'a [TsTypeElement],
        span: Span,
    },
    Function(&'a TsFnType),
}

impl Shape<'_> {
    pub fn span(&self) -> Span {
        match self {
            Self::Members { span, .. } => *span,
            Self::Function(function) => block_span(function.span),
        }
    }
}

/// Resolves a type to the braces (or the function) that it is, written in place or declared under a
/// name in one of the modules. `None` for all other types.
pub(super) fn resolve<'a>(
    of: &'a TsType,
    modules: &[&'a Module],
    allows_function: bool,
) -> Option<Shape<'a>> {
    if let Some(shape) = literal(of, allows_function) {
        return Some(shape);
    }
    let TsType::TsTypeRef(TsTypeRef { type_name: TsEntityName::Ident(name), .. }) = of else {
        return None;
    };
    let declarations = modules.iter().flat_map(|module| &module.body).filter_map(type_declaration);
    let mut shapes = declarations.filter_map(|declaration| match declaration {
        Decl::TsInterface(interface) if interface.id.sym == name.sym => Some(Shape::Members {
            members: &interface.body.body,
            span: block_span(interface.body.span),
        }),
        Decl::TsTypeAlias(alias) if alias.id.sym == name.sym => {
            literal(&alias.type_ann, allows_function)
        }
        _ => None,
    });
    shapes.next()
}

fn literal(of: &TsType, allows_function: bool) -> Option<Shape<'_>> {
    match of {
        TsType::TsTypeLit(literal) => {
            Some(Shape::Members { members: &literal.members, span: block_span(literal.span) })
        }
        TsType::TsFnOrConstructorType(TsFnOrConstructorType::TsFnType(function))
            if allows_function =>
        {
            Some(Shape::Function(function))
        }
        _ => None,
    }
}

/// Returns the declaration that a statement is, exported or not.
pub(super) fn type_declaration(item: &ModuleItem) -> Option<&Decl> {
    match item {
        ModuleItem::Stmt(Stmt::Decl(declaration)) => Some(declaration),
        ModuleItem::ModuleDecl(ModuleDecl::ExportDecl(export)) => Some(&export.decl),
        _ => None,
    }
}

/// Names of constructors that values are checked against, or `null`.
pub(super) type Checks = IndexSet<&'static str>;

/// The types that `<script setup>` declares, by name. A type is not known before its declaration.
#[derive(Debug, Default)]
pub(super) struct Declared(FxHashMap<String, Checks>);

impl Declared {
    pub fn record(&mut self, declaration: &Decl) {
        match declaration {
            Decl::TsInterface(interface) => {
                self.0.insert(interface.id.sym.to_string(), Checks::from_iter(["Object"]));
            }
            Decl::TsTypeAlias(alias) => {
                let checks = self.checks(&alias.type_ann);
                self.0.insert(alias.id.sym.to_string(), checks);
            }
            _ => {}
        }
    }

    /// Returns the runtime checks for a type.
    fn checks(&self, of: &TsType) -> Checks {
        let one = match of {
            TsType::TsKeywordType(keyword) => keyword_check(keyword.kind),
            TsType::TsTypeLit(_)
            | TsType::TsUnionOrIntersectionType(Combined::TsIntersectionType(_)) => "Object",
            TsType::TsFnOrConstructorType(TsFnOrConstructorType::TsFnType(_)) => "Function",
            TsType::TsArrayType(_) | TsType::TsTupleType(_) => "Array",
            TsType::TsLitType(literal) => match &literal.lit {
                TsLit::Str(_) => "String",
                TsLit::Bool(_) => "Boolean",
                TsLit::Number(number) if is_negative(number.value) => "null",
                TsLit::Number(_) | TsLit::BigInt(_) => "Number",
                TsLit::Tpl(_) => "null",
            },
            TsType::TsTypeRef(TsTypeRef { type_name: TsEntityName::Ident(name), .. }) => {
                if let Some(declared) = self.0.get(name.sym.as_str()) {
                    return declared.clone();
                }
                built_in(&name.sym)
            }
            TsType::TsParenthesizedType(inner) => return self.checks(&inner.type_ann),
            TsType::TsUnionOrIntersectionType(Combined::TsUnionType(union)) => {
                return union.types.iter().flat_map(|one| self.checks(one)).collect();
            }
            _ => "null",
        };
        Checks::from_iter([one])
    }

    /// Returns the props that a type declares, by name.
    pub fn props(&self, shape: Shape<'_>) -> IndexMap<String, TypedProp> {
        let Shape::Members { members, .. } = shape else { return IndexMap::new() };
        let mut props = IndexMap::new();
        for member in members {
            let Some((name, is_required)) = member_name(member) else { continue };
            let checks = match member {
                TsTypeElement::TsPropertySignature(property) => match &property.type_ann {
                    Some(annotation) => self.checks(&annotation.type_ann),
                    None => Checks::from_iter(["null"]),
                },
                _ => Checks::from_iter(["Function"]),
            };
            props.insert(name.to_owned(), TypedProp { checks, is_required });
        }
        props
    }
}

/// A prop that a type declares.
#[derive(Debug)]
pub(super) struct TypedProp {
    pub checks: Checks,
    pub is_required: bool,
}

/// Returns the name of a property or method, if it is an identifier, and whether it is required.
pub(super) fn member_name(member: &TsTypeElement) -> Option<(&str, bool)> {
    let (key, is_optional) = match member {
        TsTypeElement::TsPropertySignature(property) => (&property.key, property.optional),
        TsTypeElement::TsMethodSignature(method) => (&method.key, method.optional),
        TsTypeElement::TsGetterSignature(getter) => (&getter.key, false),
        TsTypeElement::TsSetterSignature(setter) => (&setter.key, false),
        TsTypeElement::TsCallSignatureDecl(_)
        | TsTypeElement::TsConstructSignatureDecl(_)
        | TsTypeElement::TsIndexSignature(_) => return None,
    };
    match &**key {
        Expr::Ident(name) => Some((&name.sym, !is_optional)),
        _ => None,
    }
}

/// Returns the span of a member before its type (`size?`), and the span of the type with its colon.
pub(super) fn member_parts(member: &TsTypeElement) -> Option<(Span, Span)> {
    let annotation = match member {
        TsTypeElement::TsPropertySignature(property) => property.type_ann.as_ref()?,
        TsTypeElement::TsMethodSignature(method) => method.type_ann.as_ref()?,
        TsTypeElement::TsGetterSignature(getter) => getter.type_ann.as_ref()?,
        _ => return None,
    };
    let (start, annotation) = (block_span(member.span()).start, block_span(annotation.span));
    Some((Span::new(start, annotation.start), annotation))
}

fn keyword_check(kind: TsKeywordTypeKind) -> &'static str {
    match kind {
        TsKeywordTypeKind::TsStringKeyword => "String",
        TsKeywordTypeKind::TsNumberKeyword => "Number",
        TsKeywordTypeKind::TsBooleanKeyword => "Boolean",
        TsKeywordTypeKind::TsObjectKeyword => "Object",
        TsKeywordTypeKind::TsSymbolKeyword => "Symbol",
        _ => "null",
    }
}

fn built_in(name: &str) -> &'static str {
    match name {
        "Array" => "Array",
        "Function" => "Function",
        "Set" => "Set",
        "Map" => "Map",
        "WeakSet" => "WeakSet",
        "WeakMap" => "WeakMap",
        "Date" => "Date",
        "Promise" => "Promise",
        "Object" | "Record" | "Partial" | "Readonly" | "Pick" | "Omit" | "Exclude" | "Extract"
        | "Required" | "InstanceType" => "Object",
        _ => "null",
    }
}

fn is_negative(number: f64) -> bool {
    number.is_sign_negative()
}

/// Returns the events that a type declares: the possible values of the first parameter of each call
/// signature.
pub(super) fn events(shape: Shape<'_>) -> IndexSet<String> {
    let mut events = IndexSet::new();
    match shape {
        Shape::Function(function) => event_names(function.params.first(), &mut events),
        Shape::Members { members, .. } => {
            for member in members {
                if let TsTypeElement::TsCallSignatureDecl(call) = member {
                    event_names(call.params.first(), &mut events);
                }
            }
        }
    }
    events
}

fn event_names(parameter: Option<&TsFnParam>, events: &mut IndexSet<String>) {
    let Some(TsFnParam::Ident(parameter)) = parameter else { return };
    let Some(annotation) = &parameter.type_ann else { return };
    match &*annotation.type_ann {
        TsType::TsUnionOrIntersectionType(Combined::TsUnionType(union)) => {
            events.extend(union.types.iter().filter_map(|one| event_name(one)));
        }
        one => events.extend(event_name(one)),
    }
}

fn event_name(of: &TsType) -> Option<String> {
    let TsType::TsLitType(literal) = of else { return None };
    match &literal.lit {
        TsLit::Str(text) => Some(text.value.to_string_lossy().into_owned()),
        TsLit::Number(number) => (!is_negative(number.value)).then(|| number.value.to_string()),
        TsLit::Bool(boolean) => Some(boolean.value.to_string()),
        TsLit::BigInt(number) => Some(number.value.to_string()),
        TsLit::Tpl(_) => None,
    }
}
