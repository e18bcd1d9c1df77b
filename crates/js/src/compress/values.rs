//! The type and the truth of an expression's value, as far as known, and whether computing it has
//! side effects.

use swc_ecma_ast::{
    AssignOp, BinExpr, BinaryOp, CallExpr, Callee, Class, ClassMember, Expr, ExprOrSpread, Ident,
    Lit, MemberExpr, MemberProp, NewExpr, Prop, PropName, PropOrSpread, UnaryOp,
};

use super::model::Compress;
use crate::{
    analyse::effects::pure_globals,
    lower::constant,
    scopes::{Kind, free},
};

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Undefined,
    Null,
    Boolean,
    /// Not a BigInt.
    Number,
    String,
}

/// Returns the type of a value, if it is known and primitive.
pub(super) fn type_of(expr: &Expr) -> Option<Type> {
    type_within(expr, DEEPEST)
}

/// The deepest operands whose types are determined. Each part of a sum determines its own type, so
/// the work for long sums would be quadratic.
const DEEPEST: u32 = 100;

fn type_within(expr: &Expr, depth: u32) -> Option<Type> {
    let depth = depth.checked_sub(1)?;
    let type_of = |expr: &Expr| type_within(expr, depth);
    match expr {
        Expr::Lit(Lit::Str(_)) | Expr::Tpl(_) => Some(Type::String),
        Expr::Lit(Lit::Num(_)) => Some(Type::Number),
        Expr::Lit(Lit::Bool(_)) => Some(Type::Boolean),
        Expr::Lit(Lit::Null(_)) => Some(Type::Null),
        Expr::Ident(name) => is_global(name, "undefined").then_some(Type::Undefined),
        Expr::Unary(unary) => match unary.op {
            UnaryOp::Bang | UnaryOp::Delete => Some(Type::Boolean),
            UnaryOp::TypeOf => Some(Type::String),
            UnaryOp::Void => Some(Type::Undefined),
            UnaryOp::Plus => Some(Type::Number),
            // BigInt stays BigInt.
            UnaryOp::Minus | UnaryOp::Tilde => type_of(&unary.arg).map(|_| Type::Number),
        },
        Expr::Bin(binary) => match binary.op {
            BinaryOp::EqEq
            | BinaryOp::NotEq
            | BinaryOp::EqEqEq
            | BinaryOp::NotEqEq
            | BinaryOp::Lt
            | BinaryOp::LtEq
            | BinaryOp::Gt
            | BinaryOp::GtEq
            | BinaryOp::In
            | BinaryOp::InstanceOf => Some(Type::Boolean),
            BinaryOp::ZeroFillRShift => Some(Type::Number),
            BinaryOp::Add => match (type_of(&binary.left), type_of(&binary.right)) {
                (Some(Type::String), _) | (_, Some(Type::String)) => Some(Type::String),
                (Some(_), Some(_)) => Some(Type::Number),
                _ => None,
            },
            BinaryOp::LogicalAnd | BinaryOp::LogicalOr | BinaryOp::NullishCoalescing => {
                let left = type_of(&binary.left)?;
                (type_of(&binary.right) == Some(left)).then_some(left)
            }
            // If one operand is not a BigInt, the result is a Number, or the operator throws.
            _ => type_of(&binary.left).or_else(|| type_of(&binary.right)).map(|_| Type::Number),
        },
        Expr::Assign(assign) if assign.op == AssignOp::Assign => type_of(&assign.right),
        Expr::Seq(sequence) => type_of(sequence.exprs.last()?),
        Expr::Cond(choice) => {
            let first = type_of(&choice.cons)?;
            (type_of(&choice.alt) == Some(first)).then_some(first)
        }
        _ => None,
    }
}

pub(super) fn is_boolean(expr: &Expr) -> bool {
    type_of(expr) == Some(Type::Boolean)
}

/// Whether an operator runs no conversions of objects, and cannot throw.
pub(super) fn converts_nothing(op: BinaryOp, left: &Expr, right: &Expr) -> bool {
    match op {
        BinaryOp::EqEqEq
        | BinaryOp::NotEqEq
        | BinaryOp::LogicalAnd
        | BinaryOp::LogicalOr
        | BinaryOp::NullishCoalescing => true,
        BinaryOp::EqEq | BinaryOp::NotEq => {
            let is_nothing =
                |expr: &Expr| matches!(type_of(expr), Some(Type::Null | Type::Undefined));
            is_nothing(left)
                || is_nothing(right)
                || type_of(left).is_some() && type_of(right).is_some()
        }
        BinaryOp::In | BinaryOp::InstanceOf => false,
        _ => type_of(left).is_some() && type_of(right).is_some(),
    }
}

/// Whether reading a name cannot throw.
pub(super) fn is_declared(name: &Ident) -> bool {
    name.ctxt != free() || name.sym.starts_with('#') || pure_globals::is_standard(&name.sym)
}

impl Compress<'_> {
    /// Whether a value is truthy, whatever computing it does.
    pub(super) fn truth(expr: &Expr) -> Option<bool> {
        constant::outcome(expr, free())
    }

    /// Returns the value of a comparison of constants.
    pub(super) fn comparison(binary: &BinExpr) -> Option<bool> {
        let value = constant::of_comparison(binary.op, &binary.left, &binary.right, free())?;
        Some(value.is_truthy())
    }

    /// Whether dropping an expression loses only its value.
    pub(super) fn is_pure(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Lit(_) | Expr::Fn(_) | Expr::Arrow(_) | Expr::MetaProp(_) => true,
            Expr::This(_) => self.has_this(),
            Expr::Ident(name) => is_declared(name),
            Expr::Array(array) => array.elems.iter().flatten().all(|e| self.is_pure_element(e)),
            Expr::Object(object) => object.props.iter().all(|prop| match prop {
                PropOrSpread::Spread(_) => false,
                PropOrSpread::Prop(prop) => match &**prop {
                    Prop::Shorthand(name) => is_declared(name),
                    Prop::KeyValue(pair) => {
                        self.is_pure_key(&pair.key) && self.is_pure(&pair.value)
                    }
                    Prop::Getter(getter) => self.is_pure_key(&getter.key),
                    Prop::Setter(setter) => self.is_pure_key(&setter.key),
                    Prop::Method(method) => self.is_pure_key(&method.key),
                    Prop::Assign(_) => false,
                },
            }),
            Expr::Unary(unary) => match unary.op {
                UnaryOp::TypeOf if unary.arg.is_ident() => true,
                UnaryOp::Bang | UnaryOp::Void | UnaryOp::TypeOf => self.is_pure(&unary.arg),
                UnaryOp::Minus | UnaryOp::Plus | UnaryOp::Tilde => {
                    type_of(&unary.arg).is_some() && self.is_pure(&unary.arg)
                }
                UnaryOp::Delete => false,
            },
            Expr::Bin(binary) => {
                converts_nothing(binary.op, &binary.left, &binary.right)
                    && self.is_pure(&binary.left)
                    && self.is_pure(&binary.right)
            }
            Expr::Cond(choice) => {
                self.is_pure(&choice.test)
                    && self.is_pure(&choice.cons)
                    && self.is_pure(&choice.alt)
            }
            Expr::Seq(sequence) => sequence.exprs.iter().all(|expr| self.is_pure(expr)),
            Expr::Tpl(template) => {
                template.exprs.iter().all(|expr| type_of(expr).is_some() && self.is_pure(expr))
            }
            Expr::Call(call) => {
                self.is_pure_call(call) && call.args.iter().all(|arg| self.is_pure_element(arg))
            }
            Expr::New(new) => {
                let mut args = new.args.iter().flatten();
                self.is_pure_new(new) && args.all(|arg| self.is_pure_element(arg))
            }
            Expr::Member(member) => self.is_pure_member(member),
            Expr::Class(class) => self.is_pure_class(&class.class),
            _ => false,
        }
    }

    pub(super) fn is_pure_element(&self, element: &ExprOrSpread) -> bool {
        element.spread.is_none() && self.is_pure(&element.expr)
    }

    fn is_pure_key(&self, key: &PropName) -> bool {
        match key {
            PropName::Computed(key) => type_of(&key.expr).is_some() && self.is_pure(&key.expr),
            _ => true,
        }
    }

    /// Whether a call itself does nothing. Only the types of its arguments are examined.
    pub(super) fn is_pure_call(&self, call: &CallExpr) -> bool {
        let Callee::Expr(callee) = &call.callee else { return false };
        if call.span.is_pure() && !matches!(**callee, Expr::Fn(_) | Expr::Arrow(_))
            || self.facts.comments.has_annotation(call.span.lo, "__PURE__")
        {
            return self.is_pure(callee) || callee.is_member() || callee.is_ident();
        }
        let has_primitives = || call.args.iter().all(|arg| type_of(&arg.expr).is_some());
        match &**callee {
            Expr::Ident(name) if name.ctxt == free() => {
                // A length may be invalid.
                let is_length = name.sym == "Array" && call.args.len() == 1;
                pure_globals::computes(None, &name.sym) && has_primitives() && !is_length
            }
            Expr::Member(member) => {
                let (Expr::Ident(object), MemberProp::Ident(method)) = (&*member.obj, &member.prop)
                else {
                    return false;
                };
                object.ctxt == free()
                    && pure_globals::computes(Some(&object.sym), &method.sym)
                    && has_primitives()
            }
            _ => false,
        }
    }

    pub(super) fn is_pure_new(&self, new: &NewExpr) -> bool {
        if new.span.is_pure() || self.facts.comments.has_annotation(new.span.lo, "__PURE__") {
            return self.is_pure(&new.callee) || new.callee.is_member() || new.callee.is_ident();
        }
        // Lengths and patterns may be invalid.
        let makes = |name: &Ident| pure_globals::constructs(&name.sym) && name.sym != "RegExp";
        matches!(&*new.callee, Expr::Ident(name) if name.ctxt == free() && makes(name))
            && new.args.iter().flatten().all(|arg| type_of(&arg.expr) == Some(Type::String))
    }

    /// Whether reading a member cannot throw and runs no code.
    fn is_pure_member(&self, member: &MemberExpr) -> bool {
        let is_safe_key = match &member.prop {
            MemberProp::Ident(_) => true,
            MemberProp::Computed(key) => type_of(&key.expr).is_some() && self.is_pure(&key.expr),
            MemberProp::PrivateName(_) => false,
        };
        is_safe_key
            && match &*member.obj {
                Expr::Ident(name) if name.ctxt == free() => {
                    pure_globals::is_standard(&name.sym)
                        && name.sym != "undefined"
                        && name.sym != "arguments"
                        && name.sym != "globalThis"
                }
                Expr::Ident(name) => {
                    let is_function = |index: usize| {
                        let binding = &self.scopes.bindings[index];
                        binding.is_never_assigned() && binding.kind == Kind::Function
                    };
                    member.prop.is_ident_with("prototype")
                        && Self::index(name).is_some_and(is_function)
                }
                _ => false,
            }
    }

    /// Whether making a class runs no code.
    pub(super) fn is_pure_class(&self, class: &Class) -> bool {
        class.super_class.is_none()
            && class.decorators.is_empty()
            && class.body.iter().all(|member| match member {
                ClassMember::Constructor(_)
                | ClassMember::PrivateMethod(_)
                | ClassMember::Empty(_) => true,
                ClassMember::Method(method) => {
                    self.is_pure_key(&method.key) && method.function.decorators.is_empty()
                }
                ClassMember::ClassProp(field) => {
                    self.is_pure_key(&field.key)
                        && field.decorators.is_empty()
                        && (!field.is_static
                            || field.value.as_deref().is_none_or(|value| self.is_pure(value)))
                }
                ClassMember::PrivateProp(field) => {
                    field.decorators.is_empty()
                        && (!field.is_static
                            || field.value.as_deref().is_none_or(|value| self.is_pure(value)))
                }
                _ => false,
            })
    }
}

/// Whether a name means a global.
pub(super) fn is_global(name: &Ident, text: &str) -> bool {
    name.ctxt == free() && name.sym == text
}
