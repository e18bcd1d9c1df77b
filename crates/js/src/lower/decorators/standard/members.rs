//! Decorated members. The helper finds public methods on the class. A private method becomes a
//! public one for a moment, with the key `"#name"`, which is also its name; the private name then
//! reads the result of the decorators.
//!
//! ```js
//! class A { @a #m() {} }
//! class A { static { _apply_decorators(…) } "#m"() {} get #m() { return _list[3]; } }
//! ```

use swc_ecma_ast::{
    AutoAccessor, ClassMember, ClassMethod, ClassProp, Expr, Key, Lit, MethodKind, PrivateMethod,
    PrivateName, PrivateProp, PropName, Str,
};
use swc_ecma_utils::private_ident;

use super::{
    super::{super::build, nodes, replaced},
    access,
    fields::{FieldName, Functions},
    model::{FIRST_OF_MEMBERS, Lowering},
};

/// The kinds of members, as the helper numbers them.
const FIELD: usize = 0;
const ACCESSOR: usize = 1;
const METHOD: usize = 2;
const GETTER: usize = 3;
const SETTER: usize = 4;
/// Added for a static member.
const STATIC: usize = 8;

/// Whether a member is a method, getter or setter, and if so, whether it is static.
pub(super) fn is_method(member: &ClassMember) -> Option<bool> {
    match member {
        ClassMember::Method(method) => Some(method.is_static),
        ClassMember::PrivateMethod(method) => Some(method.is_static),
        _ => None,
    }
}

/// Whether a member exists only for its key.
pub(super) fn is_carrier(member: &ClassMember) -> bool {
    matches!(member, ClassMember::Method(method) if method.span == build::NOWHERE)
}

/// Returns the number of a kind for static members or others.
fn kind_number(kind: usize, is_static: bool) -> usize {
    if is_static { kind + STATIC } else { kind }
}

fn number(kind: MethodKind) -> usize {
    match kind {
        MethodKind::Method => METHOD,
        MethodKind::Getter => GETTER,
        MethodKind::Setter => SETTER,
    }
}

impl Lowering<'_> {
    /// Adds a member that has decorators, or is moved with those that have some.
    pub fn add_listed(&mut self, member: ClassMember, key: Option<PropName>) {
        match (member, key) {
            (ClassMember::Method(method), Some(key)) => {
                self.enter(
                    kind_number(number(method.kind), method.is_static),
                    key_value(key),
                    Vec::new(),
                );
                self.body.push(method.into());
            }
            (ClassMember::PrivateMethod(method), _) => self.private_method(method),
            (ClassMember::ClassProp(field), Some(key)) => self.field(field, key),
            (ClassMember::PrivateProp(field), _) => self.private_field(field),
            (ClassMember::AutoAccessor(accessor), key) => self.accessor(accessor, key),
            (other, _) => self.body.push(other),
        }
    }

    /// Adds a member without decorators.
    pub fn add_unlisted(&mut self, member: ClassMember, key: Option<PropName>) {
        match member {
            ClassMember::ClassProp(field) if field.is_static && self.replacement.is_some() => {
                let key = key.unwrap_or(field.key);
                // Without a value, TypeScript only declares it.
                if field.declare || field.value.is_none() && self.walk.assigns_fields {
                    return;
                }
                let value = field.value.map(|value| build::with_name(*value, key.clone()));
                self.static_field(FieldName::Public(key), value, None);
            }
            ClassMember::PrivateProp(field) if field.is_static && self.replacement.is_some() => {
                let shown = nodes::text_of(&field.key).into();
                let value = field.value.map(|value| build::with_name(*value, shown));
                self.static_field(FieldName::Private(field.key), value, None);
            }
            ClassMember::StaticBlock(mut block) => {
                if let Some(replacement) = &self.replacement {
                    replaced::replace_this(&mut block.body, replacement);
                }
                self.body.push(block.into());
            }
            ClassMember::ClassProp(ClassProp { is_static: false, declare: false, .. })
            | ClassMember::PrivateProp(PrivateProp { is_static: false, .. })
            | ClassMember::AutoAccessor(AutoAccessor { is_static: false, .. }) => {
                self.instance_field(member, None);
            }
            other => self.body.push(other),
        }
    }

    /// Adds a member to the entries that the helper gets.
    fn enter(&mut self, kind: usize, key: Expr, access: Vec<Expr>) {
        let mut entry = vec![nodes::number(kind), key];
        entry.extend(access);
        self.entries.push(nodes::array(entry));
    }

    /// Takes the next place in the list.
    fn take_place(&mut self) -> usize {
        debug_assert!(self.next >= FIRST_OF_MEMBERS, "the first places are taken");
        self.next += 1;
        self.next - 1
    }

    fn take_places(&mut self, is_static: bool) -> Functions {
        Functions { value: self.take_place(), extra: self.take_place(), is_static }
    }

    fn private_method(&mut self, method: PrivateMethod) {
        let PrivateMethod { span, key, function, kind, is_static, .. } = method;
        let (has_get, has_set) = (kind != MethodKind::Setter, kind == MethodKind::Setter);
        let shown = nodes::text_of(&key);
        let access = access::functions(&key, has_get, has_set);
        self.enter(kind_number(number(kind), is_static), shown.clone().into(), access);
        let shown = PropName::Str(shown);
        let public =
            ClassMethod { span, key: shown, function, kind, is_static, ..ClassMethod::default() };
        self.body.push(public.into());
        let place = self.take_place();
        match kind {
            MethodKind::Method => {
                let result = build::element(self.list.clone().into(), nodes::number(place));
                let function = nodes::function(Vec::new(), vec![build::returned(result)]);
                self.private_part(
                    nodes::private_method(key, MethodKind::Getter, function),
                    is_static,
                );
            }
            kind => self.private_half(key, kind, is_static, place),
        }
    }

    /// Adds `get #name() { return _list[place].call(this); }`, or the setter.
    fn private_half(&mut self, key: PrivateName, kind: MethodKind, is_static: bool, place: usize) {
        let function = build::element(self.list.clone().into(), nodes::number(place));
        let mut args = vec![nodes::this()];
        let value = private_ident!("value");
        let params = if kind == MethodKind::Setter { vec![value] } else { Vec::new() };
        args.extend(params.iter().map(|name| name.clone().into()));
        let args = args.into_iter().map(Into::into).collect();
        let call = build::call(build::NOWHERE, build::member(function, "call"), args);
        let body =
            if kind == MethodKind::Setter { build::statement(call) } else { build::returned(call) };
        let function = nodes::function(params, vec![body]);
        self.private_part(nodes::private_method(key, kind, function), is_static);
    }

    /// Adds a private method to the class, or to the enclosing class if it belongs to the
    /// replacement.
    fn private_part(&mut self, mut method: PrivateMethod, is_static: bool) {
        if is_static && self.replacement.is_some() {
            self.around.push(method.into());
        } else {
            method.is_static = is_static;
            self.body.push(method.into());
        }
    }

    fn field(&mut self, mut field: ClassProp, key: PropName) {
        self.enter(kind_number(FIELD, field.is_static), key_value(key.clone()), Vec::new());
        let functions = self.take_places(field.is_static);
        let value = self.decorated_value(field.value.take(), functions, key.clone());
        if !field.is_static {
            field.value = Some(Box::new(value));
            self.instance_field(field.into(), Some(functions));
        } else if self.replacement.is_some() {
            self.static_field(FieldName::Public(key), Some(value), Some(functions));
        } else {
            self.static_field(FieldName::Public(field.key), Some(value), Some(functions));
        }
    }

    fn private_field(&mut self, mut field: PrivateProp) {
        let shown = nodes::text_of(&field.key);
        let access = access::functions(&field.key, true, true);
        self.enter(kind_number(FIELD, field.is_static), shown.clone().into(), access);
        let functions = self.take_places(field.is_static);
        let value = self.decorated_value(field.value.take(), functions, shown.into());
        if field.is_static {
            self.static_field(FieldName::Private(field.key), Some(value), Some(functions));
        } else {
            field.value = Some(Box::new(value));
            self.instance_field(field.into(), Some(functions));
        }
    }

    /// Adds an accessor: a private field, a getter and a setter. `key`: its key, to be used again.
    fn accessor(&mut self, accessor: AutoAccessor, key: Option<PropName>) {
        let AutoAccessor { span, key: name, value, is_static, .. } = accessor;
        let functions = self.take_places(is_static);
        let (first, second, storage): (PropName, PropName, PrivateName);
        match name {
            Key::Public(public) => {
                let key = key.unwrap_or_default();
                self.enter(kind_number(ACCESSOR, is_static), key_value(key.clone()), Vec::new());
                let hint = public.as_ident().map_or("accessor", |name| &*name.sym);
                storage = self.walk.private_name(hint);
                (first, second) = (public, key);
            }
            Key::Private(private) => {
                let shown: Str = nodes::text_of(&private);
                let access = access::functions(&private, true, true);
                self.enter(kind_number(ACCESSOR, is_static), shown.clone().into(), access);
                storage = self.walk.private_name(&private.name);
                for kind in [MethodKind::Getter, MethodKind::Setter] {
                    let place = self.take_place();
                    self.private_half(private.clone(), kind, is_static, place);
                }
                (first, second) = (shown.clone().into(), shown.into());
            }
        }
        let value = self.decorated_value(value, functions, second.clone());
        for (kind, key) in [(MethodKind::Getter, first), (MethodKind::Setter, second)] {
            let method = nodes::accessor_half(&storage, kind, key);
            self.body.push(ClassMethod { span, is_static, ..method }.into());
        }
        if is_static {
            self.static_field(FieldName::Private(storage), Some(value), Some(functions));
        } else {
            let field = nodes::private_field(storage, Some(value));
            self.instance_field(field.into(), Some(functions));
        }
    }
}

/// Returns a key as the helper gets it. A number becomes text.
fn key_value(key: PropName) -> Expr {
    let value = build::key(key);
    let is_number = matches!(value, Expr::Lit(Lit::Num(_) | Lit::BigInt(_)));
    if is_number { build::helper("to_property_key", vec![value]) } else { value }
}
