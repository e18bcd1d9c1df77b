//! Finds the kinds of the names in an options object:
//! `export default { props: …, data() { return … } }`. Only names that are written out are found. A
//! missed name does no harm: the template reads it from the component itself, which has all names
//! of options.

use indexmap::IndexMap;
use rustc_hash::FxHashMap;
use swc_ecma_ast::{
    ArrayLit, Expr, Lit, MethodProp, Module, ModuleDecl, ModuleItem, ObjectLit, Prop, PropName,
    PropOrSpread, Stmt,
};

use super::calls::plain;
use crate::v2::bindings::Binding;

/// Names with their kinds, in the order of declaration.
pub(super) type Names = IndexMap<String, Binding>;

/// Returns the options object that a module exports as default.
fn exported(module: &Module) -> Option<&ObjectLit> {
    module.body.iter().find_map(|item| match item {
        ModuleItem::ModuleDecl(ModuleDecl::ExportDefaultExpr(export)) => {
            match plain(&export.expr) {
                Expr::Object(options) => Some(options),
                _ => None,
            }
        }
        _ => None,
    })
}

/// Returns the names in the options that a module exports as default.
pub(super) fn names(module: &Module) -> FxHashMap<String, Binding> {
    exported(module).map(names_of).unwrap_or_default()
}

/// Returns the names in an options object.
pub(super) fn names_of(options: &ObjectLit) -> FxHashMap<String, Binding> {
    let mut names = FxHashMap::default();
    for property in options.props.iter().filter_map(PropOrSpread::as_prop) {
        of_option(property, &mut names);
    }
    names
}

/// Returns the names that the options register as components, and the component's own name.
pub(super) fn components(options: &ObjectLit) -> Vec<String> {
    let mut components = Vec::new();
    for property in options.props.iter().filter_map(PropOrSpread::as_prop) {
        let Prop::KeyValue(option) = &**property else { continue };
        match (key(&option.key).as_deref(), plain(&option.value)) {
            (Some("components"), Expr::Object(registered)) => {
                components.extend(object_keys(registered));
            }
            (Some("name"), Expr::Lit(Lit::Str(name))) => {
                components.push(name.value.to_string_lossy().into_owned());
            }
            _ => {}
        }
    }
    components
}

/// Whether `keys` returns all keys of a value.
pub(super) fn are_all_keys(value: &Expr) -> bool {
    let is_name = |name: &PropName| matches!(name, PropName::Ident(_) | PropName::Str(_));
    match value {
        Expr::Array(array) => array.elems.len() == array_keys(array).len(),
        Expr::Object(object) => {
            object.props.iter().all(|property| match property.as_prop().map(|prop| &**prop) {
                Some(Prop::Shorthand(_)) => true,
                Some(Prop::KeyValue(property)) => is_name(&property.key),
                Some(Prop::Getter(getter)) => is_name(&getter.key),
                Some(Prop::Setter(setter)) => is_name(&setter.key),
                Some(Prop::Method(method)) => is_name(&method.key),
                Some(Prop::Assign(_)) | None => false,
            })
        }
        _ => false,
    }
}

fn of_option(property: &Prop, names: &mut FxHashMap<String, Binding>) {
    match property {
        Prop::KeyValue(option) => {
            let PropName::Ident(key) = &option.key else { return };
            let (keys, binding) = match (key.sym.as_str(), plain(&option.value)) {
                ("props", value) => (keys(value), Binding::Props),
                ("inject", value) => (keys(value), Binding::Options),
                ("computed" | "methods", Expr::Object(members)) => {
                    (object_keys(members), Binding::Options)
                }
                _ => return,
            };
            names.extend(keys.into_iter().map(|key| (key, binding)));
        }
        Prop::Method(method) => {
            let PropName::Ident(key) = &method.key else { return };
            let binding = match key.sym.as_str() {
                "setup" => Binding::SetupMaybeRef,
                "data" => Binding::Data,
                _ => return,
            };
            names.extend(returned(method).into_iter().map(|key| (key, binding)));
        }
        _ => {}
    }
}

/// Returns the keys of the objects that a method returns in its top-level statements.
fn returned(method: &MethodProp) -> Vec<String> {
    let statements = method.function.body.iter().flat_map(|body| &body.stmts);
    let objects = statements.filter_map(|statement| match statement {
        Stmt::Return(returned) => match plain(returned.arg.as_deref()?) {
            Expr::Object(object) => Some(object),
            _ => None,
        },
        _ => None,
    });
    objects.flat_map(object_keys).collect()
}

/// Returns the names in `['a', 'b']` or `{ a: …, b: … }`.
pub(super) fn keys(value: &Expr) -> Vec<String> {
    match value {
        Expr::Array(array) => array_keys(array),
        Expr::Object(object) => object_keys(object),
        _ => Vec::new(),
    }
}

fn array_keys(array: &ArrayLit) -> Vec<String> {
    let elements = array.elems.iter().flatten().filter(|element| element.spread.is_none());
    let strings = elements.filter_map(|element| match plain(&element.expr) {
        Expr::Lit(Lit::Str(text)) => Some(text.value.to_string_lossy().into_owned()),
        _ => None,
    });
    strings.collect()
}

fn object_keys(object: &ObjectLit) -> Vec<String> {
    let properties = object.props.iter().filter_map(PropOrSpread::as_prop);
    let keys = properties.filter_map(|property| match &**property {
        Prop::Shorthand(name) => Some(name.sym.to_string()),
        Prop::KeyValue(property) => key(&property.key),
        Prop::Getter(getter) => key(&getter.key),
        Prop::Setter(setter) => key(&setter.key),
        Prop::Method(method) => key(&method.key),
        Prop::Assign(_) => None,
    });
    keys.collect()
}

fn key(name: &PropName) -> Option<String> {
    match name {
        PropName::Ident(name) => Some(name.sym.to_string()),
        PropName::Str(text) => Some(text.value.to_string_lossy().into_owned()),
        _ => None,
    }
}
