//! Takes a class apart: the code before it, the class or its function, and the code that runs once
//! it exists. Keys and the parent are calculated in the order of the text, each once: if a key
//! moves away from its place, all of them become variables before the class.

use swc_common::source_map::PURE_SP;
use swc_ecma_ast::{
    Class, ClassMember, ClassMethod, ComputedPropName, Constructor, Expr, FnExpr, GetterProp,
    Ident, IdentName, Key, Lit, MethodKind, MethodProp, Null, ObjectLit, PrivateMethod, Prop,
    PropName, PropOrSpread, SetterProp, Stmt, Str,
};
use swc_ecma_utils::private_ident;
use swc_ecma_visit::VisitMutWith;

use super::{
    super::{build, yields::suspends},
    accessors,
    constructor::{Fields, Made},
    decorated,
    frame::{Frame, Home, This},
    model::ClassLowering,
    order,
    privates::{self, Side},
};
use crate::analyse::heritage;

/// A class, taken apart.
pub(super) struct Definition {
    pub outer: Outer,
    /// Maps and private methods.
    pub inner: Vec<(Ident, Expr)>,
    pub value: Value,
    /// The code that runs once the class exists.
    pub after: Vec<Stmt>,
}

/// Variables whose values are calculated outside of the class, in this order.
#[derive(Default)]
pub(super) struct Outer {
    pub parent: Option<(Ident, Expr)>,
    pub keys: Vec<(Ident, Expr)>,
}

impl Outer {
    /// Whether a function can calculate the values.
    pub fn can_move(&self) -> bool {
        !self.parent.iter().chain(&self.keys).any(|(_, value)| suspends(value))
    }
}

pub(super) enum Value {
    Class(Box<Class>),
    /// The expression that makes the function.
    Function(Expr),
}

/// A class whose parts are being sorted.
pub(super) struct ClassPieces<'a> {
    pub name: &'a Ident,
    /// The variable for `this`, in a derived class that becomes a function.
    pub this: Option<Ident>,
    pub is_function: bool,
    /// Whether the fields of instances get their values in the constructor.
    pub moves_fields: bool,
    /// Members that stay in the class.
    pub kept: Vec<ClassMember>,
    /// Members of the prototype, and of the function.
    members: [Vec<PropOrSpread>; 2],
    constructor: Option<Constructor>,
    pub fields: Fields,
    pub inner: Vec<(Ident, Expr)>,
    pub after: Vec<Stmt>,
    /// The private members of an instance, and of the class.
    pub sides: [Side; 2],
    /// How many static blocks became fields.
    pub blocks: usize,
}

impl ClassLowering<'_> {
    /// Takes a class apart. `has_name`: its function or class has the name `name`.
    pub fn define(&mut self, mut class: Box<Class>, name: &Ident, has_name: bool) -> Definition {
        let is_strict = std::mem::replace(&mut self.is_strict, true);
        let is_default = std::mem::take(&mut self.is_default);
        // The heritage does not see the private names of the class.
        class.super_class.visit_mut_with(self);
        if let Some(parent) = &mut class.super_class {
            refuse_parent(parent);
        }
        let mut outer = self.moved_keys(&mut class);
        accessors::expand(&mut class.body);
        let is_derived = class.super_class.is_some();
        let parent = self.parent(name, class.super_class.as_deref());
        let mut pieces = self.pieces(&class, name);
        for key in &mut outer.keys {
            key.1.visit_mut_with(self);
        }
        let has_privates = self.lacks.members;
        for member in std::mem::take(&mut class.body) {
            self.member(member, &mut pieces);
        }
        pieces.add_records();
        let this = pieces.this.take().unwrap_or_else(|| private_ident!("_this"));
        let made = Made {
            class: name,
            is_derived,
            parent,
            this: &this,
            fields: std::mem::take(&mut pieces.fields),
        };
        let own = pieces.constructor.take();
        let value = if self.lacks.class {
            let mut function = self.constructor_function(own, made);
            function.span = if function.span.is_dummy() { class.span } else { function.span };
            let ident = has_name.then(|| name.clone());
            let mut function = FnExpr { ident, function: Box::new(function) }.into();
            if is_default {
                function = build::with_name(function, default_name());
            }
            let is_loose = self.known.is_loose;
            Value::Function(class_creation(
                function,
                class.super_class.take(),
                (pieces.members, is_loose),
            ))
        } else {
            let constructor = self.constructor_member(own, made);
            class.body = pieces.kept;
            class.body.splice(0..0, constructor.map(ClassMember::Constructor));
            Value::Class(class)
        };
        if has_privates {
            self.privates.pop();
        }
        self.is_strict = is_strict;
        Definition { outer, inner: pieces.inner, value, after: pieces.after }
    }

    fn pieces<'n>(&mut self, class: &Class, name: &'n Ident) -> ClassPieces<'n> {
        let is_derived = class.super_class.is_some();
        let layout = if self.lacks.members {
            privates::layout(&privates::Shape {
                class: &name.sym,
                members: &class.body,
                is_derived,
                assigns_fields: self.lacks.assigns_fields,
            })
        } else {
            privates::Layout::default()
        };
        let has_weak_maps = self.known.has_weak_maps;
        let map = |name: Ident| (name, new_map(has_weak_maps));
        let inner = layout.maps.into_iter().map(map).collect();
        if self.lacks.members {
            self.privates.push(layout.names);
        }
        let is_public =
            |member: &ClassMember| member.as_class_prop().is_some_and(|it| !it.is_static);
        ClassPieces {
            name,
            this: (self.lacks.class && is_derived).then(|| private_ident!("_this")),
            is_function: self.lacks.class,
            moves_fields: self.lacks.assigns_fields && class.body.iter().any(is_public)
                || has_decorated_fields(class),
            kept: Vec::new(),
            members: Default::default(),
            constructor: None,
            fields: Fields::default(),
            inner,
            after: Vec::new(),
            sides: [layout.instance, layout.statics],
            blocks: 0,
        }
    }

    fn member(&mut self, member: ClassMember, pieces: &mut ClassPieces<'_>) {
        match member {
            ClassMember::Constructor(constructor) => pieces.constructor = Some(constructor),
            ClassMember::Method(mut method) => {
                method.key.visit_mut_with(self);
                let frame = self.method_frame_of(method.is_static, pieces);
                self.function(&mut method.function, frame);
                if self.lacks.class {
                    let list = &mut pieces.members[usize::from(method.is_static)];
                    list.push(property(method).into());
                } else {
                    pieces.kept.push(method.into());
                }
            }
            ClassMember::PrivateMethod(method) => self.private_method(method, pieces),
            ClassMember::ClassProp(mut field) => {
                field.key.visit_mut_with(self);
                self.field(field, pieces);
            }
            ClassMember::PrivateProp(field) => self.private_field(field, pieces),
            ClassMember::StaticBlock(block) => self.static_block(block, pieces),
            ClassMember::AutoAccessor(_) => unreachable!("they were replaced"),
            ClassMember::TsIndexSignature(_) | ClassMember::Empty(_) => {}
        }
    }

    /// The frame of a method that stays in the class, or becomes one of a literal.
    fn method_frame_of(&self, is_static: bool, pieces: &ClassPieces<'_>) -> Frame {
        let object = pieces.name.clone();
        let home = Home { object, is_prototype: !is_static, stays: !self.lacks.class };
        if self.lacks.new_target {
            return Frame::member(This::Stays, home);
        }
        Frame { home: Some(home), ..Frame::default() }
    }

    fn private_method(&mut self, mut method: PrivateMethod, pieces: &mut ClassPieces<'_>) {
        let mut frame = self.method_frame_of(method.is_static, pieces);
        if let Some(home) = &mut frame.home {
            home.stays &= !self.lacks.members;
        }
        self.function(&mut method.function, frame);
        if !self.lacks.members {
            pieces.kept.push(method.into());
            return;
        }
        let kind = match method.kind {
            MethodKind::Method => "",
            MethodKind::Getter => "get ",
            MethodKind::Setter => "set ",
        };
        let name = method.key.name;
        let shown = PropName::Str(Str::from(format!("{kind}#{name}")));
        let side = &mut pieces.sides[usize::from(method.is_static)];
        let ident = match method.kind {
            MethodKind::Method => {
                let mut own = self.privates.last().into_iter().flatten();
                let known = own.find(|private| private.name == name);
                known.and_then(|it| it.method.clone()).expect("a method has a function")
            }
            MethodKind::Getter => {
                let getter = private_ident!(privates::hint("get_", &name));
                side.accessor(&name).getter = Some(getter.clone());
                getter
            }
            MethodKind::Setter => {
                let setter = private_ident!(privates::hint("set_", &name));
                side.accessor(&name).setter = Some(setter.clone());
                setter
            }
        };
        let function = FnExpr { ident: None, function: method.function }.into();
        pieces.inner.push((ident, self.named(function, Some(shown))));
    }

    /// Turns keys, and the parent, into variables if they cannot stay where they are.
    fn moved_keys(&self, class: &mut Class) -> Outer {
        let mut moved = Outer::default();
        let moves_fields =
            self.lacks.members || self.lacks.assigns_fields || has_decorated_fields(class);
        let mut sides = [false; 2];
        let mut must_move = false;
        for member in &class.body {
            match member {
                ClassMember::Method(method) if !order::is_fixed(&method.key) => {
                    sides[usize::from(method.is_static)] = true;
                }
                ClassMember::ClassProp(field) => {
                    must_move |= moves_fields && !order::is_fixed(&field.key);
                }
                ClassMember::AutoAccessor(accessor) => {
                    let key = accessor.key.as_public();
                    must_move |= key.is_some_and(|key| !order::is_fixed(key));
                }
                _ => {}
            }
        }
        must_move |= self.lacks.class && sides == [true; 2];
        must_move |= (self.lacks.class || self.lacks.members) && has_suspending_key(class);
        if !must_move {
            return moved;
        }
        if let Some(parent) = class.super_class.as_mut().filter(|it| !is_null(it)) {
            let is_class = parent.as_ident().is_some_and(|it| self.functions.contains(&it.to_id()));
            let name = private_ident!("_parent");
            let value = std::mem::replace(&mut **parent, name.clone().into());
            // A value that cannot be a parent throws before the keys are calculated.
            let value = if is_class { value } else { build::helper("check_parent", vec![value]) };
            moved.parent = Some((name, value));
        }
        for member in &mut class.body {
            let key = match member {
                ClassMember::Method(method) => &mut method.key,
                ClassMember::ClassProp(field) => &mut field.key,
                ClassMember::AutoAccessor(accessor) => match &mut accessor.key {
                    Key::Public(key) => key,
                    Key::Private(_) => continue,
                },
                _ => continue,
            };
            if !order::is_fixed(key)
                && let PropName::Computed(ComputedPropName { expr, .. }) = key
            {
                let name = private_ident!("_key");
                let value = std::mem::replace(&mut **expr, name.clone().into());
                moved.keys.push((name, build::helper("to_property_key", vec![value])));
            }
        }
        moved
    }
}

/// Returns the name of a class that `export default` exports without a name.
pub(super) fn default_name() -> PropName {
    IdentName::new("default".into(), build::NOWHERE).into()
}

/// Makes `_create_class(_inherits(function, parent), members, statics)`. Tree shaking and the
/// minifier may drop both calls if no code uses the class.
fn class_creation(
    function: Expr,
    parent: Option<Box<Expr>>,
    ([members, statics], is_loose): ([Vec<PropOrSpread>; 2], bool),
) -> Expr {
    let made = match parent {
        Some(parent) => {
            let can_be_parent = heritage::may_construct(&parent);
            let made = build::helper("inherits", vec![function, *parent]);
            if can_be_parent { pure(made) } else { made }
        }
        None => function,
    };
    let needs_all = members.iter().any(|it| key_of(it).is_none_or(PropName::is_computed))
        || statics.iter().any(|it| key_of(it).is_none_or(may_be_fixed));
    let literal = |props: Vec<PropOrSpread>| {
        if props.is_empty() {
            Expr::Lit(Lit::Null(Null { span: build::NOWHERE }))
        } else {
            ObjectLit { span: build::NOWHERE, props }.into()
        }
    };
    let mut args = vec![made, literal(members), literal(statics)];
    while args.last().is_some_and(|last| args.len() > 1 && last.is_lit()) {
        args.pop();
    }
    if is_loose && args.len() == 1 {
        return args.remove(0);
    }
    let helper = match (needs_all, is_loose) {
        (true, _) => "create_keyed_class",
        (false, true) => "create_loose_class",
        (false, false) => "create_class",
    };
    pure(build::helper(helper, args))
}

fn key_of(property: &PropOrSpread) -> Option<&PropName> {
    match &**property.as_prop()? {
        Prop::Method(MethodProp { key, .. })
        | Prop::Getter(GetterProp { key, .. })
        | Prop::Setter(SetterProp { key, .. }) => Some(key),
        _ => None,
    }
}

/// Whether a static member may be `name` or `length`, which functions have, fixed in old engines.
pub(super) fn may_be_fixed(key: &PropName) -> bool {
    let is_fixed = |name: &str| matches!(name, "name" | "length");
    match key {
        PropName::Ident(name) => is_fixed(&name.sym),
        PropName::Str(text) => text.value.as_str().is_none_or(is_fixed),
        PropName::Num(_) => false,
        PropName::BigInt(_) | PropName::Computed(_) => true,
    }
}

/// Makes a call that defines a field.
pub(in crate::lower) fn field_definition(
    object: Expr,
    key: PropName,
    value: Expr,
    is_static: bool,
) -> Expr {
    let helper = match is_static {
        false => "define_property",
        true if may_be_fixed(&key) => "define_static",
        true => "define_value",
    };
    let mut args = vec![object, build::key(key), value];
    if helper == "define_value" {
        args.push(true.into());
    }
    build::helper(helper, args)
}

/// Marks a call as free of side effects.
pub(super) fn pure(mut call: Expr) -> Expr {
    if let Expr::Call(call) = &mut call {
        call.span = PURE_SP;
    }
    call
}

fn property(method: ClassMethod) -> Prop {
    let ClassMethod { span, key, function, kind, .. } = method;
    match kind {
        MethodKind::Method => Prop::Method(MethodProp { key, function }),
        MethodKind::Getter => Prop::Getter(GetterProp { span, key, function }),
        MethodKind::Setter => Prop::Setter(SetterProp { span, key, function }),
    }
}

fn new_map(has_weak_maps: bool) -> Expr {
    if !has_weak_maps {
        return pure(build::helper("private_members", Vec::new()));
    }
    let callee =
        Box::new(Ident::new("WeakMap".into(), build::NOWHERE, crate::scopes::free()).into());
    swc_ecma_ast::NewExpr { span: PURE_SP, callee, args: Some(Vec::new()), ..Default::default() }
        .into()
}

/// Whether a call of a helper defines a field of the class.
fn has_decorated_fields(class: &Class) -> bool {
    class.body.iter().filter_map(ClassMember::as_class_prop).any(decorated::defines_itself)
}

fn is_null(value: &Expr) -> bool {
    matches!(value, Expr::Lit(Lit::Null(_)))
}

/// Makes a parent throw if it is a function without a constructor: lowered, it would have one.
fn refuse_parent(parent: &mut Expr) {
    match parent {
        Expr::Paren(inner) => refuse_parent(&mut inner.expr),
        Expr::Seq(sequence) => {
            if let Some(last) = sequence.exprs.last_mut() {
                refuse_parent(last);
            }
        }
        Expr::Cond(choice) => {
            refuse_parent(&mut choice.cons);
            refuse_parent(&mut choice.alt);
        }
        Expr::Bin(binary) if binary.op.may_short_circuit() => refuse_parent(&mut binary.right),
        Expr::Fn(function) if !function.function.is_async && !function.function.is_generator => {}
        Expr::Arrow(_) | Expr::Fn(_) => {
            *parent = build::helper("refuse_parent", vec![std::mem::take(parent)]);
        }
        _ => {}
    }
}

/// Whether the parent or a key has `yield` or `await`, which cannot move into a function.
fn has_suspending_key(class: &Class) -> bool {
    class.super_class.as_deref().is_some_and(suspends)
        || class.body.iter().filter_map(ClassMember::as_method).any(|it| suspends(&it.key))
}
