//! Where private members are kept. A class has one map from objects to records of its private
//! fields, so `this.#x` is `_private_of(this, _A).x`: an object without a record throws. Accessors
//! are accessors of the record; methods are functions, and the record only shows that the object
//! has them.
//!
//! If code may see the object while only some of its private fields exist, each field has a map and
//! records of its own.

use swc_atoms::Atom;
use swc_ecma_ast::{
    ClassMember, ComputedPropName, Expr, Ident, IdentName, KeyValueProp, MemberProp, MethodKind,
    ObjectLit, Prop, PropName, PropOrSpread,
};
use swc_ecma_utils::private_ident;

use super::{super::build, order};

/// A private member of a class.
pub(super) struct Private {
    pub name: Atom,
    /// The map of the records.
    pub map: Ident,
    /// The function, if it is a method.
    pub method: Option<Ident>,
    pub is_static: bool,
}

/// The private members of a class, or only its static ones.
#[derive(Default)]
pub(super) struct Side {
    /// The map of methods and accessors, and of fields that share a record.
    pub shared: Option<Ident>,
    /// Whether each field has a map of its own.
    pub is_separate: bool,
    /// The members of the shared record.
    pub values: Vec<(Atom, Expr)>,
    pub accessors: Vec<Accessor>,
}

pub(super) struct Accessor {
    pub name: Atom,
    pub getter: Option<Ident>,
    pub setter: Option<Ident>,
}

/// The facts that decide where the private members of a class are kept.
pub(super) struct Shape<'a> {
    pub class: &'a Atom,
    pub members: &'a [ClassMember],
    pub is_derived: bool,
    pub assigns_fields: bool,
}

/// The private members of a class.
#[derive(Default)]
pub(super) struct Layout {
    pub names: Vec<Private>,
    pub maps: Vec<Ident>,
    pub instance: Side,
    pub statics: Side,
}

pub(super) fn layout(shape: &Shape<'_>) -> Layout {
    let mut layout = Layout::default();
    layout.instance = layout.side(shape, false);
    layout.statics = layout.side(shape, true);
    layout
}

impl Layout {
    fn side(&mut self, shape: &Shape<'_>, is_static: bool) -> Side {
        let mut side = Side::default();
        let own = shape.members.iter().filter(|member| is_on(member, is_static));
        side.is_separate =
            own.clone().any(ClassMember::is_private_prop) && !are_made_together(shape, is_static);
        for member in own {
            let (name, method) = match member {
                ClassMember::PrivateProp(field) if side.is_separate => {
                    let map = private_ident!(hint("", &field.key.name));
                    self.maps.push(map.clone());
                    let name = field.key.name.clone();
                    self.names.push(Private { name, map, method: None, is_static });
                    continue;
                }
                ClassMember::PrivateProp(field) => (&field.key.name, None),
                ClassMember::PrivateMethod(method) if method.kind == MethodKind::Method => {
                    let name = &method.key.name;
                    (name, Some(private_ident!(hint("", name))))
                }
                ClassMember::PrivateMethod(accessor) => (&accessor.key.name, None),
                _ => continue,
            };
            let map = side.shared.get_or_insert_with(|| {
                let suffix = if is_static { "_static" } else { "" };
                let class = shape.class.trim_start_matches('_');
                let map = private_ident!(format!("_{class}{suffix}"));
                self.maps.push(map.clone());
                map
            });
            let map = map.clone();
            if !self.names.iter().any(|known| known.name == *name) {
                self.names.push(Private { name: name.clone(), map, method, is_static });
            }
        }
        side
    }
}

impl Side {
    /// Returns the accessor of a name.
    pub fn accessor(&mut self, name: &Atom) -> &mut Accessor {
        let known = self.accessors.iter().position(|accessor| accessor.name == *name);
        let index = known.unwrap_or_else(|| {
            let accessor = Accessor { name: name.clone(), getter: None, setter: None };
            self.accessors.push(accessor);
            self.accessors.len() - 1
        });
        &mut self.accessors[index]
    }

    /// Makes the call that gives an object its shared record.
    pub fn record(&mut self, object: &Expr) -> Option<Expr> {
        let map = self.shared.take()?;
        let mut record = literal(std::mem::take(&mut self.values));
        for Accessor { name, getter, setter } in std::mem::take(&mut self.accessors) {
            let function = |name: Option<Ident>| name.map_or_else(build::undefined, Expr::from);
            let name = Expr::from(&*name);
            let args = vec![record, object.clone(), name, function(getter), function(setter)];
            record = build::helper("private_accessor", args);
        }
        Some(build::helper("private_add", vec![object.clone(), map.into(), record]))
    }
}

/// Makes a record.
pub(super) fn literal(values: Vec<(Atom, Expr)>) -> Expr {
    let property = |(name, value): (Atom, Expr)| {
        let key = match key(&name) {
            MemberProp::Computed(key) => PropName::Computed(key),
            _ => PropName::Ident(IdentName::new(name, build::NOWHERE)),
        };
        PropOrSpread::from(Prop::KeyValue(KeyValueProp { key, value: Box::new(value) }))
    };
    let props = values.into_iter().map(property).collect();
    ObjectLit { span: build::NOWHERE, props }.into()
}

/// Returns the key of a private member in its record.
pub(super) fn key(name: &Atom) -> MemberProp {
    if Ident::verify_symbol(name).is_ok() && &**name != "__proto__" {
        return MemberProp::Ident(IdentName::new(name.clone(), build::NOWHERE));
    }
    let expr = Box::new(Expr::from(&*name.replace("__proto__", "__proto__ ")));
    MemberProp::Computed(ComputedPropName { span: build::NOWHERE, expr })
}

/// Returns a name for a variable.
pub(super) fn hint(prefix: &str, name: &Atom) -> String {
    let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$'));
    let name = if is_plain { name.trim_start_matches('_') } else { "private" };
    format!("_{prefix}{name}")
}

fn is_on(member: &ClassMember, is_static: bool) -> bool {
    match member {
        ClassMember::PrivateProp(field) => field.is_static == is_static,
        ClassMember::PrivateMethod(method) => method.is_static == is_static,
        ClassMember::ClassProp(field) => field.is_static == is_static,
        ClassMember::StaticBlock(_) => is_static,
        _ => false,
    }
}

/// Whether no code can see the object while it has only some of the private fields, and the fields
/// can be made before all others.
fn are_made_together(shape: &Shape<'_>, is_static: bool) -> bool {
    let sees = |value: &Option<Box<Expr>>| {
        value.as_ref().is_some_and(|it| order::shows_object(it, shape.is_derived || is_static))
    };
    let is_inert = |value: &Option<Box<Expr>>| value.as_ref().is_none_or(|it| order::is_inert(it));
    let own: Vec<_> = shape.members.iter().filter(|member| is_on(member, is_static)).collect();
    let count = own.iter().rposition(|member| member.is_private_prop()).map_or(0, |last| last + 1);
    let mut only_inert_ones_follow = false;
    own[..count].iter().all(|member| match member {
        ClassMember::PrivateProp(field) => {
            !sees(&field.value) && (!only_inert_ones_follow || is_inert(&field.value))
        }
        ClassMember::ClassProp(field) => {
            only_inert_ones_follow |= !is_inert(&field.value);
            !sees(&field.value) && !shape.assigns_fields
        }
        ClassMember::StaticBlock(_) => false,
        _ => true,
    })
}
