//! Names of members that have a getter or setter on some object of the program. Reading or writing
//! such a member may run code, even if the object is our own. Only the name counts, on whichever
//! object it is. A member with a computed name may be any of them, and copying an object reads all
//! its own members.

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    AssignOp, AutoAccessor, CallExpr, ClassMethod, Expr, GetterProp, Key, Lit, MemberProp,
    MethodKind, ModuleItem, ObjectLit, Prop, PropName, PropOrSpread, SetterProp,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::analyse::recognise::{key_name, member_name, text};

/// The names of all members with accessors.
#[derive(Default)]
pub(super) struct Accessors {
    getters: Names,
    setters: Names,
    /// Whether an object itself may have a getter. A class's getters are on its prototype, which
    /// copying does not read.
    has_own_getters: bool,
}

/// Some names, or all of them, because a computed key may be any name.
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

    /// Whether a name is listed. `None` stands for a computed name, which may be any.
    fn has(&self, name: Option<&str>) -> bool {
        self.is_any || name.map_or(!self.listed.is_empty(), |name| self.listed.contains(name))
    }
}

/// Collects the accessors of a program.
pub(super) fn of(items: &[ModuleItem]) -> Accessors {
    let mut found = Accessors::default();
    for item in items {
        item.visit_with(&mut found);
    }
    found
}

impl Accessors {
    /// Whether reading a member may run code.
    pub fn has_getter(&self, member: &MemberProp) -> bool {
        self.getters.has(member_key(member).as_deref())
    }

    /// Whether writing a member may run code.
    pub fn has_setter(&self, member: &MemberProp) -> bool {
        self.setters.has(member_key(member).as_deref())
    }

    /// Whether reading all own members of an object may run code.
    pub fn has_own_getters(&self) -> bool {
        self.has_own_getters
    }

    fn getter(&mut self, key: &PropName) {
        self.getters.add(accessor_name(key));
    }

    fn setter(&mut self, key: &PropName) {
        self.setters.add(accessor_name(key));
    }

    /// Records a property descriptor `{ get: …, set: … }` of a member.
    fn descriptor(&mut self, name: Option<String>, descriptor: &ObjectLit) {
        if has(descriptor, "get") {
            self.getters.add(name.clone());
        }
        if has(descriptor, "set") {
            self.setters.add(name);
        }
    }

    /// Records a descriptor passed to a function of `Object`. One that is not a literal may define
    /// anything.
    fn defined(&mut self, name: Option<String>, descriptor: &Expr) {
        self.has_own_getters |=
            descriptor.as_object().is_none_or(|descriptor| has(descriptor, "get"));
        match descriptor.as_object() {
            Some(descriptor) => self.descriptor(name, descriptor),
            None => {
                self.getters.add(name.clone());
                self.setters.add(name);
            }
        }
    }

    /// Records that any member may have accessors.
    fn anything(&mut self) {
        self.has_own_getters = true;
        self.getters.add(None);
        self.setters.add(None);
    }

    /// Records the members of a lowered class. Literals list them, but do not keep them.
    fn class(&mut self, call: &CallExpr) {
        for argument in &call.args {
            let Expr::Object(members) = &*argument.expr else {
                argument.visit_with(self);
                continue;
            };
            for member in &members.props {
                let PropOrSpread::Prop(member) = member else { continue };
                match &**member {
                    Prop::Getter(getter) => {
                        self.getter(&getter.key);
                        getter.visit_children_with(self);
                    }
                    member => member.visit_with(self),
                }
            }
        }
    }

    /// Records `{ name: { get … } }`, as passed to `Object.defineProperties` and `Object.create`.
    fn all_defined(&mut self, descriptors: &ObjectLit) {
        for prop in &descriptors.props {
            match prop {
                PropOrSpread::Prop(prop) => {
                    if let Prop::KeyValue(pair) = &**prop {
                        self.defined(accessor_name(&pair.key), &pair.value);
                    }
                }
                PropOrSpread::Spread(_) => self.anything(),
            }
        }
    }
}

impl Visit for Accessors {
    noop_visit_type!();

    fn visit_getter_prop(&mut self, getter: &GetterProp) {
        self.getter(&getter.key);
        self.has_own_getters = true;
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

    /// `Object.defineProperty(object, "name", { get … })` and similar functions.
    fn visit_call_expr(&mut self, call: &CallExpr) {
        let is_class = |callee: &Expr| {
            ["_create_class", "_create_keyed_class", "_create_loose_class"]
                .into_iter()
                .any(|name| callee.is_ident_ref_to(name))
        };
        if call.callee.as_expr().is_some_and(|callee| is_class(callee)) {
            self.class(call);
            return;
        }
        if call.callee.as_expr().is_some_and(|callee| callee.is_ident_ref_to("_define_accessor"))
            && let Some(key) = call.args.get(2).filter(|key| !is_symbol(&key.expr))
        {
            self.getters.add(key_text(&key.expr));
            self.setters.add(key_text(&key.expr));
        }
        let method = call
            .callee
            .as_expr()
            .and_then(|callee| callee.as_member())
            .and_then(|m| member_name(&m.prop));
        match (method.as_deref(), call.args.as_slice()) {
            (Some("defineProperty"), [_, name, descriptor, ..]) => {
                self.defined(key_text(&name.expr), &descriptor.expr);
            }
            (Some(name @ ("defineProperties" | "create")), [_, descriptors, ..]) => {
                match descriptors.expr.as_object() {
                    Some(descriptors) => self.all_defined(descriptors),
                    // Other objects have a `create` too.
                    None if name == "create" && !is_method_of_object(call) => {}
                    None => self.anything(),
                }
            }
            (Some("__defineGetter__" | "__defineSetter__"), [name, _]) => {
                self.has_own_getters = true;
                self.getters.add(key_text(&name.expr));
                self.setters.add(key_text(&name.expr));
            }
            (_, [_, name, descriptor, ..]) => {
                if let Expr::Object(descriptor) = &*descriptor.expr {
                    self.descriptor(key_text(&name.expr), descriptor);
                }
            }
            (_, _) => {}
        }
        call.visit_children_with(self);
    }
}

/// Returns the name of a key, unless it is computed from something else than a literal.
fn accessor_name(key: &PropName) -> Option<String> {
    match key {
        PropName::Computed(computed) => key_text(&computed.expr),
        PropName::Num(number) => Some(number.value.to_string()),
        PropName::Ident(_) | PropName::Str(_) | PropName::BigInt(_) => key_name(key),
    }
}

/// Returns the name of a member, unless it is computed from something else than a literal.
fn member_key(member: &MemberProp) -> Option<String> {
    match member {
        MemberProp::Computed(computed) => key_text(&computed.expr),
        MemberProp::Ident(_) | MemberProp::PrivateName(_) => member_name(member),
    }
}

/// Returns the text of a key: of `["name"]`, `[0]`, `[E["A"] = 0]`.
fn key_text(key: &Expr) -> Option<String> {
    match key.unwrap_parens() {
        Expr::Lit(Lit::Num(number)) => Some(number.value.to_string()),
        Expr::Assign(assign) if assign.op == AssignOp::Assign => key_text(&assign.right),
        key => text(key).map(|(name, _)| name),
    }
}

/// Whether a call is `Object.name(…)`.
fn is_method_of_object(call: &CallExpr) -> bool {
    let callee = call.callee.as_expr().and_then(|callee| callee.as_member());
    callee.is_some_and(|member| member.obj.is_ident_ref_to("Object"))
}

/// Whether a key is `Symbol.name`, which no other notation of a member means.
fn is_symbol(key: &Expr) -> bool {
    key.as_member().is_some_and(|member| member.obj.is_ident_ref_to("Symbol"))
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
