//! Functions of JavaScript's own objects: `Object.keys`, `JSON.stringify` and the like.

use super::{
    literals::json,
    operators::text_of,
    value::{Field, Value},
};

/// Calls a function of JavaScript's own; `None` if the result is not known.
pub(super) fn on_builtin(root: &str, name: &str, arguments: &[Value]) -> Option<Value> {
    let first = arguments.first();
    Some(match (root, name) {
        ("Object", "assign") => {
            let Some(Value::Object(target)) = first else { return None };
            for value in &arguments[1..] {
                let fields = value.fields();
                target.borrow_mut().extend(fields);
            }
            first?.clone()
        }
        ("Object", "keys" | "values" | "entries") => {
            if let Some(Value::Symbol(_)) = first {
                return None;
            }
            let pair = |(key, field): (String, Field)| match name {
                "keys" => Value::Text(key),
                "values" => field.value,
                _ => Value::list(vec![Value::Text(key), field.value]),
            };
            Value::list(first?.fields().into_iter().map(pair).collect())
        }
        ("Object", "fromEntries") => {
            let pair = |entry: &Value| {
                let pair = entry.elements();
                let field = Field { value: pair.get(1)?.clone(), ..Field::default() };
                Some((text_of(pair.first()?)?, field))
            };
            Value::object(first?.elements().iter().filter_map(pair).collect())
        }
        ("Object", "hasOwn") => has_own(first?, arguments.get(1)),
        ("Object", "freeze") | ("Array", "from") => first?.clone(),
        ("Array", "isArray") => Value::Boolean(matches!(first, Some(Value::List(_)))),
        ("Array", "of") => Value::list(arguments.to_vec()),
        ("String", "" | "raw") => Value::Text(text_of(first?)?),
        ("Boolean", "") => Value::Boolean(first?.is_true()?),
        ("JSON", "stringify") => Value::Text(first?.to_json()?),
        ("JSON", "parse") => json(&first?.as_text()?),
        _ => return None,
    })
}

/// Tests whether an object has a property of a name.
pub(super) fn has_own(of: &Value, name: Option<&Value>) -> Value {
    let name = name.and_then(text_of).unwrap_or_default();
    Value::Boolean(of.fields().contains_key(&name))
}
