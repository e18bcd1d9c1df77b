//! The value that represents a type at run time, as TypeScript chooses it: `String` for `string`, a
//! class for itself, `Object` for what has none. A name that another file may declare as a type
//! only is tested: `typeof A === "function" ? A : Object`.

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_ecma_ast::{
    BinaryOp, ClassDecl, Expr, Ident, ImportDecl, ImportSpecifier, Lit, Module, TsEntityName,
    TsEnumDecl, TsInterfaceDecl, TsKeywordTypeKind, TsLit, TsType, TsTypeAliasDecl, TsTypeOperator,
    TsTypeOperatorOp, TsTypeParamDecl, TsUnionOrIntersectionType, UnaryExpr, UnaryOp,
};
use swc_ecma_visit::{Visit, VisitWith};

use crate::{
    lower::build::{self, NOWHERE},
    scopes,
};

/// The value that represents a type.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value {
    /// `void 0`.
    Undefined,
    /// A function of every engine.
    Global(&'static str),
    /// A class of the module.
    Class(Atom),
    /// A name, or a name and members, that may not be a function.
    Asked(Vec<Atom>),
}

impl Value {
    pub const OBJECT: Self = Self::Global("Object");

    /// Makes the value's expression.
    pub fn expr(&self) -> Expr {
        match self {
            Self::Undefined => build::undefined(),
            Self::Global(name) => Ident::new((*name).into(), NOWHERE, scopes::free()).into(),
            Self::Class(name) => Ident::new_no_ctxt(name.clone(), NOWHERE).into(),
            Self::Asked(path) => asked(path),
        }
    }
}

/// Makes `typeof a !== "undefined" && typeof a.b === "function" ? a.b : Object`.
fn asked(path: &[Atom]) -> Expr {
    let value = |length: usize| {
        // The mark means that the name may be a type: `SymbolUse::may_be_type`.
        let first = Ident { optional: true, ..Ident::new_no_ctxt(path[0].clone(), NOWHERE) };
        let members = path[1..length].iter();
        members.fold(first.into(), |object, name| build::member(object, name))
    };
    let is = |value: Expr, op: BinaryOp, kind: &str| {
        let arg = Box::new(value);
        let kind_of = UnaryExpr { span: NOWHERE, op: UnaryOp::TypeOf, arg }.into();
        build::binary(op, kind_of, Expr::Lit(Lit::Str(kind.into())))
    };
    let last = is(value(path.len()), BinaryOp::EqEqEq, "function");
    let test = (1..path.len()).rev().fold(last, |test, length| {
        let exists = is(value(length), BinaryOp::NotEqEq, "undefined");
        build::binary(BinaryOp::LogicalAnd, exists, test)
    });
    build::condition(NOWHERE, vec![test], value(path.len()), Value::OBJECT.expr())
}

/// What a module declares as a type, by name.
enum Declared {
    Class,
    Alias(TsType),
    /// An enum, an interface, an imported type.
    Known(Value),
    Imported,
}

/// Aliases of aliases that are followed.
const ALIASES: u32 = 50;

/// The global classes that every engine has.
const GLOBALS: [&str; 9] =
    ["Array", "Boolean", "Date", "Error", "Function", "Number", "Object", "RegExp", "String"];

/// The types of a module.
pub(super) struct Types {
    /// Whether `null` and `undefined` count in a union.
    is_strict: bool,
    declared: FxHashMap<Atom, Declared>,
    /// The type parameters of all declarations that enclose the current place.
    parameters: Vec<Atom>,
}

impl Types {
    /// Reads the declarations of a module.
    pub fn of(module: &Module, is_strict: bool) -> Self {
        let mut types = Self { is_strict, declared: FxHashMap::default(), parameters: Vec::new() };
        module.visit_with(&mut types);
        types
    }

    /// Enters a declaration with type parameters. Returns the argument for `leave`.
    pub fn enter(&mut self, parameters: Option<&TsTypeParamDecl>) -> usize {
        let outer = self.parameters.len();
        let params = parameters.into_iter().flat_map(|it| &it.params);
        self.parameters.extend(params.map(|it| it.name.sym.clone()));
        outer
    }

    pub fn leave(&mut self, outer: usize) {
        self.parameters.truncate(outer);
    }

    /// Returns the value that represents a type.
    pub fn value(&self, of: &TsType) -> Value {
        self.value_within(of, ALIASES)
    }

    fn value_within(&self, of: &TsType, aliases: u32) -> Value {
        match of {
            TsType::TsKeywordType(keyword) => keyword_value(keyword.kind),
            TsType::TsFnOrConstructorType(_) => Value::Global("Function"),
            TsType::TsArrayType(_) | TsType::TsTupleType(_) => Value::Global("Array"),
            TsType::TsTypePredicate(predicate) if predicate.asserts => Value::Undefined,
            TsType::TsTypePredicate(_) => Value::Global("Boolean"),
            TsType::TsLitType(literal) => match &literal.lit {
                TsLit::Number(_) => Value::Global("Number"),
                TsLit::Str(_) | TsLit::Tpl(_) => Value::Global("String"),
                TsLit::Bool(_) => Value::Global("Boolean"),
                TsLit::BigInt(_) => asked_global("BigInt"),
            },
            TsType::TsTypeRef(named) => self.named(&named.type_name, aliases),
            TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsUnionType(union)) => {
                self.joined(union.types.iter().map(|it| &**it), true, aliases)
            }
            TsType::TsUnionOrIntersectionType(TsUnionOrIntersectionType::TsIntersectionType(
                both,
            )) => self.joined(both.types.iter().map(|it| &**it), false, aliases),
            TsType::TsConditionalType(choice) => {
                self.joined([&*choice.true_type, &*choice.false_type].into_iter(), true, aliases)
            }
            TsType::TsOptionalType(inner) => self.value_within(&inner.type_ann, aliases),
            TsType::TsParenthesizedType(inner) => self.value_within(&inner.type_ann, aliases),
            TsType::TsTypeOperator(TsTypeOperator {
                op: TsTypeOperatorOp::ReadOnly,
                type_ann,
                ..
            }) => self.value_within(type_ann, aliases),
            TsType::TsThisType(_)
            | TsType::TsTypeQuery(_)
            | TsType::TsTypeLit(_)
            | TsType::TsRestType(_)
            | TsType::TsInferType(_)
            | TsType::TsTypeOperator(_)
            | TsType::TsIndexedAccessType(_)
            | TsType::TsMappedType(_)
            | TsType::TsImportType(_) => Value::OBJECT,
        }
    }

    /// Returns the value that represents all parts of a union or an intersection; `Object` if they
    /// differ.
    fn joined<'t>(
        &self,
        parts: impl Iterator<Item = &'t TsType>,
        is_union: bool,
        aliases: u32,
    ) -> Value {
        let mut shared: Option<Value> = None;
        for part in parts.map(unwrapped) {
            match keyword(part) {
                Some(TsKeywordTypeKind::TsNeverKeyword) if is_union => continue,
                Some(TsKeywordTypeKind::TsNeverKeyword) => return Value::Undefined,
                Some(TsKeywordTypeKind::TsUnknownKeyword) if !is_union => continue,
                Some(TsKeywordTypeKind::TsNullKeyword | TsKeywordTypeKind::TsUndefinedKeyword)
                    if !self.is_strict =>
                {
                    continue;
                }
                _ => {}
            }
            let value = self.value_within(part, aliases);
            match &shared {
                Some(first) if *first != value => return Value::OBJECT,
                _ if value == Value::OBJECT => return value,
                _ => shared = Some(value),
            }
        }
        shared.unwrap_or(Value::Undefined)
    }

    fn named(&self, name: &TsEntityName, aliases: u32) -> Value {
        let path = path(name);
        let first = &path[0];
        if self.parameters.contains(first) {
            return Value::OBJECT;
        }
        match self.declared.get(first) {
            Some(Declared::Class) if path.len() == 1 => Value::Class(first.clone()),
            Some(Declared::Alias(of)) if path.len() == 1 && aliases > 0 => {
                self.value_within(of, aliases - 1)
            }
            // The members of an enum have its type.
            Some(Declared::Known(value)) => value.clone(),
            Some(Declared::Alias(_)) => Value::OBJECT,
            Some(Declared::Class | Declared::Imported) => Value::Asked(path),
            None if path.len() > 1 => Value::Asked(path),
            None if &**first == "ReadonlyArray" => Value::Global("Array"),
            None => match GLOBALS.iter().find(|name| *first == **name) {
                Some(global) => Value::Global(global),
                None => Value::Asked(path),
            },
        }
    }

    fn declare(&mut self, name: &Ident, what: Declared) {
        let is_class = matches!(what, Declared::Class);
        // An interface may add to a class, and a type may have the name of an import.
        if is_class || !matches!(self.declared.get(&name.sym), Some(Declared::Class)) {
            self.declared.insert(name.sym.clone(), what);
        }
    }
}

fn asked_global(name: &str) -> Value {
    Value::Asked(vec![name.into()])
}

fn keyword_value(kind: TsKeywordTypeKind) -> Value {
    match kind {
        TsKeywordTypeKind::TsStringKeyword => Value::Global("String"),
        TsKeywordTypeKind::TsNumberKeyword => Value::Global("Number"),
        TsKeywordTypeKind::TsBooleanKeyword => Value::Global("Boolean"),
        TsKeywordTypeKind::TsBigIntKeyword => asked_global("BigInt"),
        TsKeywordTypeKind::TsSymbolKeyword => asked_global("Symbol"),
        TsKeywordTypeKind::TsVoidKeyword
        | TsKeywordTypeKind::TsUndefinedKeyword
        | TsKeywordTypeKind::TsNullKeyword
        | TsKeywordTypeKind::TsNeverKeyword => Value::Undefined,
        TsKeywordTypeKind::TsAnyKeyword
        | TsKeywordTypeKind::TsUnknownKeyword
        | TsKeywordTypeKind::TsObjectKeyword
        | TsKeywordTypeKind::TsIntrinsicKeyword => Value::OBJECT,
    }
}

fn keyword(of: &TsType) -> Option<TsKeywordTypeKind> {
    of.as_ts_keyword_type().map(|keyword| keyword.kind)
}

fn unwrapped(mut of: &TsType) -> &TsType {
    while let TsType::TsParenthesizedType(inner) = of {
        of = &inner.type_ann;
    }
    of
}

fn path(name: &TsEntityName) -> Vec<Atom> {
    match name {
        TsEntityName::Ident(name) => vec![name.sym.clone()],
        TsEntityName::TsQualifiedName(qualified) => {
            let mut path = path(&qualified.left);
            path.push(qualified.right.sym.clone());
            path
        }
    }
}

/// `String` if all members of an enum are texts, `Number` if none is.
fn enum_value(declared: &TsEnumDecl) -> Value {
    let is_text = |value: &Option<Box<Expr>>| {
        matches!(value.as_deref(), Some(Expr::Lit(Lit::Str(_)) | Expr::Tpl(_)))
    };
    let texts = declared.members.iter().filter(|member| is_text(&member.init)).count();
    match texts {
        0 => Value::Global("Number"),
        _ if texts == declared.members.len() => Value::Global("String"),
        _ => Value::OBJECT,
    }
}

impl Visit for Types {
    fn visit_ts_interface_decl(&mut self, interface: &TsInterfaceDecl) {
        self.declare(&interface.id, Declared::Known(Value::OBJECT));
    }

    fn visit_ts_type_alias_decl(&mut self, alias: &TsTypeAliasDecl) {
        self.declare(&alias.id, Declared::Alias((*alias.type_ann).clone()));
    }

    fn visit_ts_enum_decl(&mut self, declared: &TsEnumDecl) {
        self.declare(&declared.id, Declared::Known(enum_value(declared)));
    }

    fn visit_class_decl(&mut self, class: &ClassDecl) {
        self.declare(&class.ident, Declared::Class);
        class.visit_children_with(self);
    }

    fn visit_import_decl(&mut self, import: &ImportDecl) {
        for specifier in &import.specifiers {
            let is_type = import.type_only
                || matches!(specifier, ImportSpecifier::Named(it) if it.is_type_only);
            let what = if is_type { Declared::Known(Value::OBJECT) } else { Declared::Imported };
            self.declare(specifier.local(), what);
        }
    }
}
