//! Operators on known values. An operation on a symbol has an unknown value, with one exception: a
//! comparison with the word `production` or `development` tests the mode, which is production.

use std::rc::Rc;

use swc_ecma_ast::{BinExpr, BinaryOp, UnaryExpr, UnaryOp};

use super::{
    literals::number,
    script::Script,
    value::{Scope, Value},
};

impl Script<'_> {
    pub(super) fn binary(&mut self, binary: &BinExpr, scope: &Rc<Scope>) -> Value {
        let left = self.expression(&binary.left, scope);
        match binary.op {
            BinaryOp::LogicalAnd => {
                return match left.is_true() {
                    Some(false) => left,
                    Some(true) | None => self.expression(&binary.right, scope),
                };
            }
            BinaryOp::LogicalOr => {
                return match left.is_true() {
                    Some(true) => left,
                    Some(false) => self.expression(&binary.right, scope),
                    None => {
                        // `process.env.X || "default"`: the default is all that the text shows.
                        let right = self.expression(&binary.right, scope);
                        if right.is_missing() { left } else { right }
                    }
                };
            }
            BinaryOp::NullishCoalescing => {
                return if left.is_missing() {
                    self.expression(&binary.right, scope)
                } else {
                    left
                };
            }
            _ => {}
        }
        let right = self.expression(&binary.right, scope);
        on_known(binary.op, &left, &right).unwrap_or_else(|| self.unknown(binary))
    }

    pub(super) fn unary(&mut self, unary: &UnaryExpr, scope: &Rc<Scope>) -> Value {
        if unary.op == UnaryOp::Delete {
            return self.delete(&unary.arg, scope);
        }
        let value = self.expression(&unary.arg, scope);
        match unary.op {
            UnaryOp::Bang => match value.is_true() {
                Some(is_true) => Value::Boolean(!is_true),
                None => self.unknown(unary),
            },
            UnaryOp::Minus => match value {
                Value::Number(number) => Value::Number(-number),
                _ => self.unknown(unary),
            },
            UnaryOp::TypeOf => Value::text(match value {
                Value::Undefined => "undefined",
                Value::Boolean(_) => "boolean",
                Value::Number(_) => "number",
                Value::Text(_) => "string",
                Value::Function(_) => "function",
                Value::Null | Value::Pattern(..) | Value::List(_) | Value::Object(_) => "object",
                Value::Symbol(_) => return self.unknown(unary),
            }),
            UnaryOp::Void | UnaryOp::Delete => Value::Undefined,
            UnaryOp::Plus | UnaryOp::Tilde => self.unknown(unary),
        }
    }
}

/// Applies an operator to two values; `None` if the result is not known.
pub(super) fn on_known(op: BinaryOp, left: &Value, right: &Value) -> Option<Value> {
    let numbers = match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some((*left, *right)),
        _ => None,
    };
    let compared = |holds: fn(&f64, &f64) -> bool| {
        numbers.map(|(left, right)| Value::Boolean(holds(&left, &right)))
    };
    match op {
        BinaryOp::EqEq | BinaryOp::EqEqEq => is_same(left, right).map(Value::Boolean),
        BinaryOp::NotEq | BinaryOp::NotEqEq => {
            is_same(left, right).map(|same| Value::Boolean(!same))
        }
        BinaryOp::Add => match numbers {
            Some((left, right)) => Some(Value::Number(left + right)),
            None => Some(Value::Text(text_of(left)? + &text_of(right)?)),
        },
        BinaryOp::Sub => numbers.map(|(left, right)| Value::Number(left - right)),
        BinaryOp::Mul => numbers.map(|(left, right)| Value::Number(left * right)),
        BinaryOp::Div => numbers.map(|(left, right)| Value::Number(left / right)),
        BinaryOp::Lt => compared(f64::lt),
        BinaryOp::LtEq => compared(f64::le),
        BinaryOp::Gt => compared(f64::gt),
        BinaryOp::GtEq => compared(f64::ge),
        BinaryOp::In => {
            let key = key_of(left)?;
            matches!(right, Value::Object(_))
                .then(|| Value::Boolean(right.fields().contains_key(&key)))
        }
        BinaryOp::InstanceOf if is_array(right) && left.as_symbol().is_none() => {
            Some(Value::Boolean(matches!(left, Value::List(_))))
        }
        BinaryOp::InstanceOf => {
            let (made, class) = (left.as_symbol()?.call()?.0, right.as_symbol()?);
            let is_same = made.root() == class.root() && made.path() == class.path();
            Some(Value::Boolean(is_same))
        }
        _ => None,
    }
}

/// Whether a value is the global `Array`.
fn is_array(value: &Value) -> bool {
    value.as_symbol().is_some_and(|symbol| symbol.root() == "Array" && symbol.path().is_empty())
}

/// Whether two values are equal; `None` if that is not known.
fn is_same(left: &Value, right: &Value) -> Option<bool> {
    match (left, right) {
        (Value::Symbol(_), Value::Text(word)) | (Value::Text(word), Value::Symbol(_)) => {
            match word.as_str() {
                "production" | "prod" | "build" => Some(true),
                "development" | "dev" | "local" | "serve" | "test" => Some(false),
                _ => None,
            }
        }
        (Value::Symbol(_), _) | (_, Value::Symbol(_)) => None,
        (Value::Text(left), Value::Text(right)) => Some(left == right),
        (Value::Boolean(left), Value::Boolean(right)) => Some(left == right),
        (Value::Number(left), Value::Number(right)) => Some((left - right).abs() < f64::EPSILON),
        (left, right) if left.is_missing() || right.is_missing() => {
            Some(left.is_missing() && right.is_missing())
        }
        (Value::List(left), Value::List(right)) => Some(Rc::ptr_eq(left, right)),
        (Value::Object(left), Value::Object(right)) => Some(Rc::ptr_eq(left, right)),
        _ => Some(false),
    }
}

/// Returns a value as a template or a sum shows it; `None` if it is not known.
pub(super) fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::Undefined => Some("undefined".to_owned()),
        Value::Null => Some("null".to_owned()),
        Value::Boolean(value) => Some(value.to_string()),
        Value::Number(value) => Some(value.to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::List(values) => {
            let texts: Option<Vec<String>> = values.borrow().iter().map(text_of).collect();
            Some(texts?.join(","))
        }
        Value::Pattern(source, flags) => Some(format!("/{source}/{flags}")),
        Value::Object(_) | Value::Function(_) | Value::Symbol(_) => None,
    }
}

/// Returns a value as the key of a property; `None` if it is not known.
pub(super) fn key_of(value: &Value) -> Option<String> {
    if let Value::Symbol(_) = value { None } else { text_of(value) }
}

/// Returns the number that an index means, counted from the end if it is negative.
pub(super) fn index(value: Option<&Value>, length: usize, default: usize) -> usize {
    let Some(Value::Number(at)) = value else { return default };
    let from_end = if *at < 0.0 { number(length) + at } else { *at };
    (0..=length).find(|count| number(*count) >= from_end).unwrap_or(length)
}
