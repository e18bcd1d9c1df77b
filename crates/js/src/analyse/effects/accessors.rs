//! Names of members that have a getter or setter on some object of the program: reading or writing such a member, even
//! of an object of our own, may run code. By name alone, whichever object it is.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    AutoAccessor, CallExpr, ClassMethod, Expr, GetterProp, Key, MethodKind, ModuleItem, ObjectLit, Prop, PropName,
    PropOrSpread, SetterProp,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::analyse::requests::{key_name, property, text};

/// The names.
#[derive(Default)]
pub(super) struct Accessors {
    getters: Names,
    setters: Names,
}

/// Some names, or all of them: a computed key may be any name.
#[derive(Default)]
struct Names {
    listed: FxHashSet<String>,
    is_any: bool,
}

impl Names {
    fn add(&mut self, name: Option<String>) {
        match name {
            Some(name) => drop(self.listed.insert(name)),
            None => self.is_any = true,
        }
    }

    fn has(&self, name: &str) -> bool {
        self.is_any || self.listed.contains(name)
    }
}

/// Accessors of a program.
pub(super) fn of(items: &[ModuleItem]) -> Accessors {
    let mut found = Accessors::default();
    for item in items {
        item.visit_with(&mut found);
    }
    found
}

impl Accessors {
    /// Reading a member of this name may run code.
    pub fn has_getter(&self, name: &str) -> bool {
        self.getters.has(name)
    }

    /// Writing a member of this name may run code.
    pub fn has_setter(&self, name: &str) -> bool {
        self.setters.has(name)
    }

    fn getter(&mut self, key: &PropName) {
        self.getters.add(accessor_name(key));
    }

    fn setter(&mut self, key: &PropName) {
        self.setters.add(accessor_name(key));
    }

    /// A descriptor `{ get: …, set: … }` of a member.
    fn descriptor(&mut self, name: Option<String>, descriptor: &ObjectLit) {
        let Some(name) = name else { return };
        if has(descriptor, "get") {
            self.getters.add(Some(name.clone()));
        }
        if has(descriptor, "set") {
            self.setters.add(Some(name));
        }
    }
}

impl Visit for Accessors {
    noop_visit_type!();

    fn visit_getter_prop(&mut self, getter: &GetterProp) {
        self.getter(&getter.key);
        getter.visit_children_with(self);
    }

    fn visit_setter_prop(&mut self, setter: &SetterProp) {
        self.setter(&setter.key);
        setter.visit_children_with(self);
    }

    fn visit_class_method(&mut self, method: &ClassMethod) {
        match method.kind {
            MethodKind::Getter => self.getter(&method.key),
            MethodKind::Setter => self.setter(&method.key),
            MethodKind::Method => {}
        }
        method.visit_children_with(self);
    }

    fn visit_auto_accessor(&mut self, accessor: &AutoAccessor) {
        if let Key::Public(key) = &accessor.key {
            self.getter(key);
            self.setter(key);
        }
        accessor.visit_children_with(self);
    }

    /// `{ key: "name", get: function … }`, as `_create_class` takes them.
    fn visit_object_lit(&mut self, object: &ObjectLit) {
        let key = property(object, "key").and_then(text).map(|(name, _)| name);
        self.descriptor(key, object);
        object.visit_children_with(self);
    }

    /// `Object.defineProperty(object, "name", { get … })`
    fn visit_call_expr(&mut self, call: &CallExpr) {
        if let [_, name, descriptor, ..] = call.args.as_slice()
            && let Expr::Object(descriptor) = &*descriptor.expr
        {
            self.descriptor(text(&name.expr).map(|(name, _)| name), descriptor);
        }
        call.visit_children_with(self);
    }
}

/// A key's name if it is written; a computed string is, `["name"]`.
fn accessor_name(key: &PropName) -> Option<String> {
    match key {
        PropName::Computed(computed) => text(&computed.expr).map(|(name, _)| name),
        PropName::Ident(_) | PropName::Str(_) | PropName::Num(_) | PropName::BigInt(_) => key_name(key),
    }
}

fn has(object: &ObjectLit, name: &str) -> bool {
    let is_it = |prop: &PropOrSpread| match prop {
        PropOrSpread::Spread(_) => true,
        PropOrSpread::Prop(prop) => match &**prop {
            Prop::KeyValue(pair) => key_name(&pair.key).as_deref() == Some(name),
            Prop::Method(method) => key_name(&method.key).as_deref() == Some(name),
            Prop::Shorthand(ident) => ident.sym == name,
            Prop::Getter(_) | Prop::Setter(_) | Prop::Assign(_) => false,
        },
    };
    object.props.iter().any(is_it)
}
