//! Strict code: how it is declared, and what ECMAScript 5 forbids in it that later editions allow.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    Expr, FunctionBody, Lit, Module, ModuleItem, ObjectLit, Program, Prop, PropName, Stmt,
};

/// Whether a statement is `"use strict"`.
fn is_use_strict(statement: &Stmt) -> bool {
    directive(statement) == Some("use strict")
}

/// Whether a function's body has a `"use strict"` among the directives at its start.
pub(crate) fn body_is_strict(body: &FunctionBody) -> bool {
    body.stmts.iter().take_while(|s| directive(s).is_some()).any(is_use_strict)
}

/// Whether a program has a `"use strict"` among the directives at its start.
pub(crate) fn is_strict(program: &Program) -> bool {
    match program {
        Program::Module(module) => begins_with_use_strict(module),
        Program::Script(script) => starts_strict(script.body.iter()),
    }
}

/// Whether a script, whose statements are those of a module, begins with `"use strict"`.
pub(crate) fn begins_with_use_strict(module: &Module) -> bool {
    starts_strict(module.body.iter().map_while(ModuleItem::as_stmt))
}

fn starts_strict<'a>(statements: impl Iterator<Item = &'a Stmt>) -> bool {
    statements.take_while(|s| directive(s).is_some()).any(is_use_strict)
}

fn directive(statement: &Stmt) -> Option<&str> {
    let Stmt::Expr(statement) = statement else { return None };
    let Expr::Lit(Lit::Str(text)) = &*statement.expr else { return None };
    text.value.as_str()
}

/// The kind of a property and its key. A getter and a setter may share a key, so they are different
/// kinds.
type Key<'a> = (u8, Cow<'a, str>);

/// Literals with at most this many properties are compared without a table.
const FEW: usize = 12;

/// Returns the first property of an object literal that repeats a key.
pub(super) fn repeated_key(object: &ObjectLit) -> Option<Span> {
    if object.props.len() < 2 {
        return None;
    }
    let properties = object.props.iter().filter_map(|it| Some(&**it.as_prop()?));
    let mut keys = properties.filter_map(|property| Some((key_of(property)?, property)));
    if object.props.len() <= FEW {
        let mut seen: [Option<Key>; FEW] = [const { None }; FEW];
        return keys.enumerate().find_map(|(count, (key, property))| {
            let repeats = seen[..count].iter().flatten().any(|it| clash(it, &key));
            seen[count] = Some(key);
            repeats.then(|| property.span())
        });
    }
    let mut seen: FxHashMap<Cow<'_, str>, Vec<u8>> = FxHashMap::default();
    keys.find_map(|((kind, key), property)| {
        let kinds = seen.entry(key).or_default();
        let repeats = kinds.iter().any(|other| of_one_name(*other, kind));
        kinds.push(kind);
        repeats.then(|| property.span())
    })
}

fn clash((kind, key): &Key<'_>, (other, other_key): &Key<'_>) -> bool {
    key == other_key && of_one_name(*kind, *other)
}

/// Whether two properties of these kinds with one key repeat it: all do except a getter and a
/// setter.
fn of_one_name(kind: u8, other: u8) -> bool {
    kind == 0 || other == 0 || kind == other
}

fn key_of(property: &Prop) -> Option<Key<'_>> {
    match property {
        Prop::Shorthand(name) => Some((0, (&*name.sym).into())),
        Prop::KeyValue(pair) => Some((0, text_of(&pair.key)?)),
        Prop::Method(method) => Some((0, text_of(&method.key)?)),
        Prop::Getter(getter) => Some((1, text_of(&getter.key)?)),
        Prop::Setter(setter) => Some((2, text_of(&setter.key)?)),
        Prop::Assign(_) => None,
    }
}

fn text_of(key: &PropName) -> Option<Cow<'_, str>> {
    match key {
        PropName::Ident(name) => Some((&*name.sym).into()),
        PropName::Str(text) => text.value.as_str().map(Cow::from),
        PropName::Num(number) => Some(number.value.to_string().into()),
        PropName::Computed(_) | PropName::BigInt(_) => None,
    }
}
