//! Names of members that have a getter or setter on some object of the program. Reading or writing
//! such a member may run code, even if the object is our own. Only the name counts, on whichever
//! object it is. A member with a computed name may be any of them, and copying an object reads all
//! its own members.

use std::borrow::Cow;

use rustc_hash::FxHashSet;
use swc_ecma_ast::{
    AssignOp, AutoAccessor, CallExpr, ClassMethod, Expr, FunctionBody, GetterProp, Id, Key, Lit,
    MemberProp, MethodKind, ModuleItem, ObjectLit, Pat, Prop, PropName, PropOrSpread, SetterProp,
    VarDeclarator,
};
use swc_ecma_visit::{Visit, VisitWith, noop_visit_type};

use crate::analyse::{
    recognise::{key_name, member_name, text},
    symbols::Table,
};

/// The names of all members with accessors.
#[derive(Default)]
pub(super) struct Accessors {
    getters: MemberNames,
    setters: MemberNames,
    /// Whether an object itself may have a getter. A class's getters are on its prototype, which
    /// copying does not read.
    has_own_getters: bool,
}

/// Some names, or all of them, because a computed key may be any name.
#[derive(Default)]
struct MemberNames {
    listed: FxHashSet<String>,
    is_any: bool,
}

impl MemberNames {
    fn add(&mut self, name: Option<String>) {
        match name {
            Some(name) => drop(self.listed.insert(name)),
            None => self.is_any = true,
        }
    }

    /// Whether a name is listed. `None` means a computed name, which may be any name.
    fn has(&self, name: Option<&str>) -> bool {
        self.is_any || name.map_or(!self.listed.is_empty(), |name| self.listed.contains(name))
    }
}

/// Collects the accessors of a program.
pub(super) fn of(items: &[ModuleItem], table: &Table) -> Accessors {
    let mut walk = Walk { found: Accessors::default(), table, depth: 0, later: Vec::new() };
    for item in items {
        item.visit_with(&mut walk);
    }
    let Walk { mut found, later, .. } = walk;
    if !later.is_empty() {
        let mut literals = Literals { found: &mut found, wanted: later };
        for item in items {
            item.visit_with(&mut literals);
        }
        if !literals.wanted.is_empty() {
            found.anything();
        }
    }
    found
}

struct Walk<'a> {
    found: Accessors,
    table: &'a Table,
    /// How many functions enclose the current place.
    depth: usize,
    /// Variables that hold descriptors.
    later: Vec<Id>,
}

/// Finds the literals of variables that hold descriptors. Bublé assigns the getters only later, so
/// all members of these literals may have accessors.
struct Literals<'a> {
    found: &'a mut Accessors,
    wanted: Vec<Id>,
}

impl Visit for Literals<'_> {
    noop_visit_type!();

    fn visit_var_declarator(&mut self, declarator: &VarDeclarator) {
        declarator.visit_children_with(self);
        let (Pat::Ident(name), Some(Expr::Object(literal))) =
            (&declarator.name, declarator.init.as_deref())
        else {
            return;
        };
        let id = name.id.to_id();
        if !self.wanted.contains(&id) {
            return;
        }
        self.wanted.retain(|wanted| *wanted != id);
        for property in &literal.props {
            let name = match property {
                PropOrSpread::Prop(property) => match &**property {
                    Prop::KeyValue(pair) => accessor_name(&pair.key),
                    Prop::Shorthand(name) => Some(name.sym.to_string()),
                    _ => None,
                },
                PropOrSpread::Spread(_) => None,
            };
            self.found.getters.add(name.clone());
            self.found.setters.add(name);
        }
    }
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
    /// anything. No name: it is computed.
    fn add_defined(&mut self, name: Option<String>, descriptor: &Expr) {
        self.has_own_getters |=
            descriptor.as_object().is_none_or(|descriptor| has(descriptor, "get"));
        if let Some(descriptor) = descriptor.as_object() {
            self.descriptor(name, descriptor);
        } else if name.is_some() || !is_read_elsewhere(descriptor) {
            self.getters.add(name.clone());
            self.setters.add(name);
        }
    }

    /// Records `{ name: { get … } }`, as passed to `Object.defineProperties` and `Object.create`.
    fn all_defined(&mut self, descriptors: &ObjectLit) {
        for prop in &descriptors.props {
            match prop {
                PropOrSpread::Prop(prop) => {
                    if let Prop::KeyValue(pair) = &**prop {
                        self.add_defined(accessor_name(&pair.key), &pair.value);
                    }
                }
                PropOrSpread::Spread(_) => self.anything(),
            }
        }
    }

    /// Records that any member may have accessors.
    fn anything(&mut self) {
        self.has_own_getters = true;
        self.getters.add(None);
        self.setters.add(None);
    }
}

impl Walk<'_> {
    /// Whether an object is one of the top level, or a part of one.
    fn is_of_top_level(&self, object: &Expr) -> bool {
        match object.unwrap_parens() {
            Expr::Ident(name) => self.table.by_id.get(name).is_some(),
            Expr::Member(member) => self.is_of_top_level(&member.obj),
            Expr::Call(call) => call.args.first().is_some_and(|it| self.is_of_top_level(&it.expr)),
            _ => false,
        }
    }

    /// Records the members that an object of descriptors names.
    fn all_defined_by(&mut self, descriptors: &Expr) {
        match descriptors {
            _ if is_read_elsewhere(descriptors) => self.found.has_own_getters = true,
            Expr::Ident(name) => self.later.push(name.to_id()),
            _ => self.found.anything(),
        }
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
                        self.found.getter(&getter.key);
                        getter.visit_children_with(self);
                    }
                    member => member.visit_with(self),
                }
            }
        }
    }
}

impl Visit for Walk<'_> {
    noop_visit_type!();

    fn visit_function_body(&mut self, body: &FunctionBody) {
        self.depth += 1;
        body.visit_children_with(self);
        self.depth -= 1;
    }

    fn visit_getter_prop(&mut self, getter: &GetterProp) {
        self.found.getter(&getter.key);
        self.found.has_own_getters = true;
        getter.visit_children_with(self);
    }

    fn visit_setter_prop(&mut self, setter: &SetterProp) {
        self.found.setter(&setter.key);
        setter.visit_children_with(self);
    }

    fn visit_class_method(&mut self, method: &ClassMethod) {
        match method.kind {
            MethodKind::Getter => self.found.getter(&method.key),
            MethodKind::Setter => self.found.setter(&method.key),
            MethodKind::Method => {}
        }
        method.visit_children_with(self);
    }

    fn visit_auto_accessor(&mut self, accessor: &AutoAccessor) {
        if let Key::Public(key) = &accessor.key {
            self.found.getter(key);
            self.found.setter(key);
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
            self.found.getters.add(key_text(&key.expr));
            self.found.setters.add(key_text(&key.expr));
        }
        let method = call
            .callee
            .as_expr()
            .and_then(|callee| callee.as_member())
            .and_then(|m| member_name(&m.prop));
        match (method.as_deref(), call.args.as_slice()) {
            (Some("defineProperty"), [object, name, descriptor, ..]) => {
                // A function whose parameters are the object and the name defines members of its
                // callers' objects.
                let name = key_text(&name.expr);
                if name.is_some() || self.is_of_top_level(&object.expr) {
                    self.found.add_defined(name, &descriptor.expr);
                } else {
                    self.found.has_own_getters = true;
                }
            }
            (Some(name @ ("defineProperties" | "create")), [object, descriptors, ..]) => {
                // Other objects have a `create` too.
                let is_own = match name {
                    "create" => self.depth == 0 && is_method_of_object(call),
                    _ => self.is_of_top_level(&object.expr),
                };
                match &*descriptors.expr {
                    Expr::Object(descriptors) => self.found.all_defined(descriptors),
                    descriptors if is_own => self.all_defined_by(descriptors),
                    _ => {}
                }
            }
            (Some("__defineGetter__" | "__defineSetter__"), [name, _]) => {
                self.found.has_own_getters = true;
                self.found.getters.add(key_text(&name.expr));
                self.found.setters.add(key_text(&name.expr));
            }
            (_, [object, name, descriptor, ..]) => {
                let name = key_text(&name.expr);
                let is_known = |descriptor: &ObjectLit| {
                    name.is_some()
                        || self.is_of_top_level(&object.expr)
                            && !descriptor.props.iter().any(PropOrSpread::is_spread)
                };
                if let Expr::Object(descriptor) = &*descriptor.expr
                    && is_known(descriptor)
                {
                    self.found.descriptor(name, descriptor);
                }
            }
            (_, _) => {}
        }
        call.visit_children_with(self);
    }
}

/// Returns the name of a key, unless it is computed from something other than a literal.
fn accessor_name(key: &PropName) -> Option<String> {
    match key {
        PropName::Computed(computed) => key_text(&computed.expr),
        PropName::Num(number) => Some(number.value.to_string()),
        PropName::Ident(_) | PropName::Str(_) | PropName::BigInt(_) => key_name(key),
    }
}

/// Returns the name of a member, unless it is computed from something other than a literal.
fn member_key(member: &MemberProp) -> Option<String> {
    match member {
        MemberProp::Computed(computed) => key_text(&computed.expr),
        MemberProp::Ident(_) | MemberProp::PrivateName(_) => {
            member_name(member).map(Cow::into_owned)
        }
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

/// Whether descriptors are copied from another object, whose accessors are recorded where they are
/// written.
fn is_read_elsewhere(descriptors: &Expr) -> bool {
    let callee = descriptors.as_call().and_then(|call| call.callee.as_expr());
    let method = callee.and_then(|callee| callee.as_member()).map(|it| member_name(&it.prop));
    let names = ["getOwnPropertyDescriptor", "getOwnPropertyDescriptors"];
    method.flatten().is_some_and(|method| names.contains(&&*method))
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
