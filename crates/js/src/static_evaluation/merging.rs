//! Merging of configurations, as webpack-merge, Vite and the like do.

use super::value::{Field, Object, Symbol, Value};

/// Functions of webpack-merge that return a function that merges.
const STRATEGIES: [&str; 4] = ["strategy", "smartStrategy", "mergeWithCustomize", "mergeWithRules"];

/// Calls a function of webpack-merge; `None` if the result is not known.
pub(super) fn webpack_merge(callee: &Symbol, arguments: &[Value]) -> Option<Value> {
    let Some((of, rules)) = callee.call() else {
        let path = callee.path();
        let name = path.last().copied().unwrap_or_default();
        let is_merging = !STRATEGIES.contains(&name)
            && !["unique", "customizeArray", "customizeObject"].contains(&name);
        // `merge({ customizeArray })(a, b)` of webpack-merge 4
        let is_customized = arguments.len() == 1
            && arguments[0].fields().keys().any(|key| key.starts_with("customize"));
        return (is_merging && !is_customized).then(|| merged(arguments));
    };
    let rules = rules.first().cloned().unwrap_or_default();
    let is_by_path = of.path().last().is_some_and(|name| name.ends_with("trategy"));
    Some(merged_by(arguments, if is_by_path { &rules } else { &Value::Undefined }, ""))
}

/// Merges configurations: objects by key, lists one after the other.
pub(super) fn merged(values: &[Value]) -> Value {
    merged_by(values, &Value::Undefined, "")
}

/// Merges configurations. `rules` specify for paths such as `module.rules` how lists are merged:
/// `replace`, `prepend`, or `append`, which is also the default. `path`: where the values are.
fn merged_by(values: &[Value], rules: &Value, path: &str) -> Value {
    let values: Vec<Value> = match values {
        [Value::List(list)] => list.borrow().clone(),
        values => values.to_vec(),
    };
    let mut whole = Object::new();
    for value in &values {
        for (key, field) in value.fields() {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let rule = rules.get(&path).as_text().unwrap_or_default();
            let joined = match (whole.get(&key).map(|field| &field.value), &field.value) {
                _ if rule == "replace" => field.value.clone(),
                (Some(old @ Value::Object(_)), new @ Value::Object(_)) => {
                    merged_by(&[old.clone(), new.clone()], rules, &path)
                }
                (Some(Value::List(old)), Value::List(new)) => {
                    let (first, last) = if rule == "prepend" { (new, old) } else { (old, new) };
                    let both = first.borrow().iter().chain(last.borrow().iter()).cloned().collect();
                    Value::list(both)
                }
                _ => field.value.clone(),
            };
            whole.insert(key, Field { value: joined, place: field.place });
        }
    }
    Value::object(whole)
}

/// Merges configurations as Vite's `mergeConfig` does.
pub(super) fn vite_merge(defaults: &Value, overrides: &Value) -> Value {
    vite_merged(defaults, overrides, "")
}

/// Merges two values. Where one is a list, both become one list. `path`: where they are.
fn vite_merged(old: &Value, new: &Value, path: &str) -> Value {
    let mut whole = old.fields();
    for (key, field) in new.fields() {
        if field.value.is_missing() {
            continue;
        }
        let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        let before = whole.get(&key).map(|field| field.value.clone()).unwrap_or_default();
        let value = match (&before, &field.value) {
            (Value::Undefined | Value::Null, new) => new.clone(),
            (Value::Object(_), Value::Object(_)) => vite_merged(&before, &field.value, &path),
            // The first alias that fits counts.
            (old, new) if ["alias", "resolve.alias"].contains(&path.as_str()) => {
                Value::list([aliases(new), aliases(old)].concat())
            }
            (old, new) if path == "assetsInclude" || is_list(old) || is_list(new) => {
                Value::list([listed(old), listed(new)].concat())
            }
            (_, new) => new.clone(),
        };
        whole.insert(key, Field { value, place: field.place });
    }
    Value::object(whole)
}

fn is_list(value: &Value) -> bool {
    matches!(value, Value::List(_))
}

/// Returns the elements of a list, or the value as the only one.
fn listed(value: &Value) -> Vec<Value> {
    if is_list(value) { value.elements() } else { vec![value.clone()] }
}

/// Returns aliases as a list: `[{ find, replacement }]`.
fn aliases(value: &Value) -> Vec<Value> {
    let of_object = value.fields().into_iter().map(|(key, field)| {
        let find = Field { value: Value::Text(key), place: field.place };
        let pair = [("find".to_owned(), find), ("replacement".to_owned(), field)];
        Value::object(pair.into())
    });
    if is_list(value) { value.elements() } else { of_object.collect() }
}
