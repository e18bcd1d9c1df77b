//! Object literals: shorthands and methods, computed keys, `...`, keys that occur twice, and
//! `__proto__`. Helpers add the properties that a literal of ECMAScript 5 cannot have, one by one:
//! `_define_property({ a: 1 }, key, value)`.

use rustc_hash::FxHashMap;
use swc_atoms::Atom;
use swc_ecma_ast::{
    Expr, FnExpr, GetterProp, KeyValueProp, MethodProp, ObjectLit, Prop, PropName, PropOrSpread,
    SetterProp, SpreadElement,
};

use super::{super::build, model::Es2015Lowering, order};

/// More steps than this become a list of expressions instead of nested calls.
const NESTED: usize = 8;

impl Es2015Lowering<'_> {
    /// Lowers a literal whose pieces are lowered. Returns the expression that replaces it, if it is
    /// more than a literal.
    pub fn object(&mut self, literal: &mut ObjectLit) -> Option<Expr> {
        if self.lacks.edition {
            for property in &mut literal.props {
                if let PropOrSpread::Prop(property) = property {
                    write_out(property);
                }
            }
        }
        let first = self.first_step(&literal.props)?;
        let rest = literal.props.split_off(first);
        let start = Expr::Object(std::mem::take(literal));
        let pieces = self.pieces(rest);
        if pieces.len() <= NESTED {
            return Some(pieces.into_iter().fold(start, |object, piece| piece.apply(object)));
        }
        let kept = self.variable("_object");
        let mut exprs = vec![Box::new(build::assign(kept.clone(), start))];
        exprs.extend(pieces.into_iter().map(|piece| Box::new(piece.apply(kept.clone().into()))));
        exprs.push(Box::new(kept.into()));
        Some(build::sequence(exprs))
    }

    /// Returns the place of the first property that a literal cannot have.
    fn first_step(&self, properties: &[PropOrSpread]) -> Option<usize> {
        let mut seen = Seen::default();
        let is_single = properties.len() == 1;
        properties.iter().position(|property| match property {
            PropOrSpread::Spread(_) => true,
            PropOrSpread::Prop(property) => {
                self.lacks.edition && !(is_plain(property) && (is_single || seen.is_new(property)))
            }
        })
    }

    /// Divides properties into pieces.
    fn pieces(&self, properties: Vec<PropOrSpread>) -> Vec<ObjectPiece> {
        let mut pieces: Vec<ObjectPiece> = Vec::new();
        let mut seen = Seen::default();
        for property in properties {
            let property = match property {
                PropOrSpread::Spread(SpreadElement { expr, .. }) => {
                    pieces.push(ObjectPiece::Spread(*expr));
                    seen = Seen::default();
                    continue;
                }
                PropOrSpread::Prop(property) => property,
            };
            if sets_prototype(&property) {
                pieces.push(ObjectPiece::Single(*property));
                continue;
            }
            let is_in_literal =
                !self.lacks.edition || is_plain(&property) && seen.is_new(&property);
            match pieces.last_mut() {
                Some(ObjectPiece::Literal(run)) if is_in_literal => run.push(property.into()),
                _ if is_in_literal => pieces.push(ObjectPiece::Literal(vec![property.into()])),
                _ => pieces.push(ObjectPiece::Single(*property)),
            }
        }
        pieces
    }
}

/// What is added to an object.
enum ObjectPiece {
    Spread(Expr),
    /// Properties that a literal of ECMAScript 5 can have.
    Literal(Vec<PropOrSpread>),
    Single(Prop),
}

impl ObjectPiece {
    fn apply(self, object: Expr) -> Expr {
        match self {
            Self::Spread(value) => build::helper("object_spread", vec![object, value]),
            Self::Literal(mut props) => {
                if let [PropOrSpread::Prop(property)] = &mut *props
                    && property.as_key_value().is_some_and(|it| !it.key.is_computed())
                {
                    return single(
                        object,
                        std::mem::replace(
                            &mut **property,
                            Prop::Shorthand(swc_ecma_ast::Ident::default()),
                        ),
                    );
                }
                let literal = ObjectLit { span: build::NOWHERE, props };
                build::helper("object_spread_props", vec![object, literal.into()])
            }
            Self::Single(property) => single(object, property),
        }
    }
}

fn single(object: Expr, property: Prop) -> Expr {
    let text = |text: &str| Expr::from(text);
    match property {
        Prop::KeyValue(KeyValueProp { key, value }) if is_proto(&key) => {
            build::helper("set_literal_prototype", vec![object, *value])
        }
        Prop::KeyValue(KeyValueProp { key, value }) => {
            // A computed key may be `__proto__`: it still defines a property.
            let key = if order::is_unobservable(&value) {
                build::key(key)
            } else {
                order::converted(key)
            };
            build::helper("define_property", vec![object, key, *value])
        }
        Prop::Getter(GetterProp { key, function, .. }) => {
            let function = FnExpr { ident: None, function }.into();
            let args = vec![object, text("get"), build::key(key), function];
            build::helper("define_accessor", args)
        }
        Prop::Setter(SetterProp { key, function, .. }) => {
            let function = FnExpr { ident: None, function }.into();
            let args = vec![object, text("set"), build::key(key), function];
            build::helper("define_accessor", args)
        }
        other => unreachable!("written out before: {other:?}"),
    }
}

/// Writes out a shorthand or method. If it defines a property named `__proto__`, it gets a computed
/// key.
fn write_out(property: &mut Prop) {
    let (key, value): (PropName, Expr) = match property {
        Prop::Shorthand(name) => (PropName::Ident(name.clone().into()), name.clone().into()),
        Prop::Method(MethodProp { key, function }) => {
            let function = std::mem::take(function);
            (key.clone(), FnExpr { ident: None, function }.into())
        }
        _ => return,
    };
    let key = if is_proto(&key) {
        let expr = Box::new(build::key(key));
        PropName::Computed(swc_ecma_ast::ComputedPropName { span: build::NOWHERE, expr })
    } else {
        key
    };
    *property = Prop::KeyValue(KeyValueProp { key, value: Box::new(value) });
}

/// Whether a literal of ECMAScript 5 can have a property.
fn is_plain(property: &Prop) -> bool {
    key_of(property).is_some_and(|key| !key.is_computed() && !matches!(key, PropName::BigInt(_)))
}

fn key_of(property: &Prop) -> Option<&PropName> {
    match property {
        Prop::KeyValue(property) => Some(&property.key),
        Prop::Getter(property) => Some(&property.key),
        Prop::Setter(property) => Some(&property.key),
        Prop::Method(property) => Some(&property.key),
        Prop::Shorthand(_) | Prop::Assign(_) => None,
    }
}

fn is_proto(key: &PropName) -> bool {
    match key {
        PropName::Ident(name) => &*name.sym == "__proto__",
        PropName::Str(text) => text.value.as_str() == Some("__proto__"),
        _ => false,
    }
}

/// Whether a property is `__proto__: value`.
fn sets_prototype(property: &Prop) -> bool {
    property.as_key_value().is_some_and(|property| is_proto(&property.key))
}

/// The keys of a literal, each with the kinds of its properties. Strict code of ECMAScript 5 may
/// not have a key twice, except for a getter and a setter.
#[derive(Default)]
struct Seen(FxHashMap<Atom, u8>);

const GETTER: u8 = 1;
const SETTER: u8 = 2;
const VALUE: u8 = 4;

impl Seen {
    fn is_new(&mut self, property: &Prop) -> bool {
        let Some(name) = key_of(property).and_then(name_of) else { return true };
        let (own, others) = match property {
            Prop::Getter(_) => (GETTER, GETTER | VALUE),
            Prop::Setter(_) => (SETTER, SETTER | VALUE),
            _ => (VALUE, GETTER | SETTER | VALUE),
        };
        let kinds = self.0.entry(name).or_default();
        let is_new = *kinds & others == 0;
        if is_new {
            *kinds |= own;
        }
        is_new
    }
}

fn name_of(key: &PropName) -> Option<Atom> {
    match key {
        PropName::Ident(name) => Some(name.sym.clone()),
        PropName::Str(text) => text.value.as_str().map(Atom::from),
        PropName::Num(number) => {
            Some(swc_ecma_utils::number::ToJsString::to_js_string(&number.value).into())
        }
        PropName::BigInt(_) | PropName::Computed(_) => None,
    }
}
