//! Strict code: how it is declared, and what ECMAScript 5 forbids in it that later editions allow.

use rustc_hash::FxHashSet;
use swc_common::{Span, Spanned};
use swc_ecma_ast::{
    Expr, FunctionBody, Lit, Module, ModuleItem, ObjectLit, Program, Prop, PropName, PropOrSpread,
    Stmt,
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
type Key = (u8, String);

/// Returns the first property of an object literal that repeats a key.
pub(super) fn repeated_key(object: &ObjectLit) -> Option<Span> {
    if object.props.len() < 2 {
        return None;
    }
    let mut seen = FxHashSet::<Key>::default();
    for property in &object.props {
        let PropOrSpread::Prop(property) = property else { continue };
        let Some((kind, key)) = key_of(property) else { continue };
        let kinds: &[u8] = match kind {
            0 => &[0, 1, 2],
            1 => &[0, 1],
            _ => &[0, 2],
        };
        if kinds.iter().any(|kind| seen.contains(&(*kind, key.clone()))) {
            return Some(property.span());
        }
        seen.insert((kind, key));
    }
    None
}

fn key_of(property: &Prop) -> Option<Key> {
    match property {
        Prop::Shorthand(name) => Some((0, name.sym.to_string())),
        Prop::KeyValue(pair) => Some((0, text_of(&pair.key)?)),
        Prop::Method(method) => Some((0, text_of(&method.key)?)),
        Prop::Getter(getter) => Some((1, text_of(&getter.key)?)),
        Prop::Setter(setter) => Some((2, text_of(&setter.key)?)),
        Prop::Assign(_) => None,
    }
}

fn text_of(key: &PropName) -> Option<String> {
    match key {
        PropName::Ident(name) => Some(name.sym.to_string()),
        PropName::Str(text) => text.value.as_str().map(str::to_owned),
        PropName::Num(number) => Some(number.value.to_string()),
        PropName::Computed(_) | PropName::BigInt(_) => None,
    }
}
