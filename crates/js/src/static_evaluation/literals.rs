//! Literals to values, and JSON texts.

use bundle_base::loader::Language;
use swc_ecma_ast::{Expr, Lit, Prop, PropName, PropOrSpread};

use super::value::{Field, Value};
use crate::parse;

/// Converts a count.
pub(super) fn number(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

/// Converts a literal, or an object or list of literals, as in JSON.
pub(super) fn literal(expression: &Expr) -> Value {
    match expression {
        Expr::Paren(inner) => literal(&inner.expr),
        Expr::Lit(Lit::Str(text)) => Value::text(text.value.to_string_lossy()),
        Expr::Lit(Lit::Bool(value)) => Value::Boolean(value.value),
        Expr::Lit(Lit::Null(_)) => Value::Null,
        Expr::Lit(Lit::Num(number)) => Value::Number(number.value),
        Expr::Lit(Lit::Regex(pattern)) => {
            Value::Pattern(pattern.exp.to_string(), pattern.flags.to_string())
        }
        Expr::Array(array) => {
            let elements = array.elems.iter().flatten();
            Value::list(elements.map(|element| literal(&element.expr)).collect())
        }
        Expr::Object(object) => {
            let pair = |property: &PropOrSpread| {
                let PropOrSpread::Prop(property) = property else { return None };
                let Prop::KeyValue(pair) = property.as_ref() else { return None };
                let PropName::Str(key) = &pair.key else { return None };
                let field = Field { value: literal(&pair.value), ..Field::default() };
                Some((key.value.to_string_lossy().into_owned(), field))
            };
            Value::object(object.props.iter().filter_map(pair).collect())
        }
        _ => Value::Undefined,
    }
}

/// Converts a JSON text; `Undefined` if it has mistakes.
pub(super) fn json(text: &str) -> Value {
    let expression = parse::block::expression(&format!("({text})"), Language::JavaScript);
    expression.map_or(Value::Undefined, |expression| literal(&expression))
}
