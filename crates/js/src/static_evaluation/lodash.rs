//! Functions of lodash with which configurations build entries and options.

use super::{
    builtins::on_builtin,
    merging::merged,
    operators::text_of,
    script::Script,
    value::{Field, Object, Value},
};

/// The most objects and lists that are copied: an object may contain itself.
const MOST_COPIES: usize = 2000;

/// Returns the name of the lodash function that is called, in lower case: `_.fromPairs`,
/// `require("lodash/fromPairs")` or `require("lodash.frompairs")`. `None`: it is of another
/// package.
pub(super) fn function(root: &str, name: &str) -> Option<String> {
    let name = match root {
        "_" | "lodash" | "lodash-es" | "underscore" if name.is_empty() => "merge",
        "_" | "lodash" | "lodash-es" | "underscore" => name,
        _ => ["lodash/", "lodash-es/", "lodash."].iter().find_map(|of| root.strip_prefix(of))?,
    };
    Some(name.trim_end_matches(".js").to_lowercase())
}

/// Joins the words of a text, as `kebabCase`, `snakeCase` and `camelCase` do: `fooBar2` has the
/// words foo, Bar and 2.
fn cased(name: &str, text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    let letters: Vec<char> = text.chars().collect();
    for (at, letter) in letters.iter().copied().enumerate() {
        let next_is_lower = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        let begins = !before.is_alphanumeric()
            || before.is_numeric() != letter.is_numeric()
            || letter.is_uppercase() && (!before.is_uppercase() || next_is_lower);
        before = letter;
        match words.last_mut() {
            _ if !letter.is_alphanumeric() => {}
            Some(word) if !begins => word.extend(letter.to_lowercase()),
            Some(_) | None => words.push(letter.to_lowercase().collect()),
        }
    }
    match name {
        "kebabcase" => words.join("-"),
        "snakecase" => words.join("_"),
        _ => {
            let capital = |(at, word): (usize, &String)| match word.chars().next() {
                Some(first) if at > 0 => {
                    first.to_uppercase().collect::<String>() + &word[first.len_utf8()..]
                }
                Some(_) | None => word.clone(),
            };
            words.iter().enumerate().map(capital).collect()
        }
    }
}

impl Script<'_> {
    /// Calls a function of lodash; `None` if the result is not known.
    pub(super) fn call_of_lodash(&mut self, name: &str, arguments: &[Value]) -> Option<Value> {
        let first = arguments.first().cloned().unwrap_or_default();
        let more = arguments.get(1..).unwrap_or_default();
        Some(match name {
            "merge" => changed(&first, copied(&merged(arguments), &mut { MOST_COPIES })),
            "assign" | "extend" => changed(&first, merged(arguments)),
            "defaultsdeep" => {
                let last_first: Vec<Value> = arguments.iter().rev().cloned().collect();
                changed(&first, copied(&merged(&last_first), &mut { MOST_COPIES }))
            }
            "defaults" => {
                let mut fields = first.fields();
                for (key, field) in more.iter().flat_map(Value::fields) {
                    fields.entry(key).or_insert(field);
                }
                changed(&first, Value::object(fields))
            }
            "clone" | "clonedeep" => copied(&first, &mut { MOST_COPIES }),
            _ if first.as_symbol().is_some() => return None,
            "frompairs" => return on_builtin("Object", "fromEntries", arguments),
            "topairs" | "entries" => return on_builtin("Object", "entries", arguments),
            "keys" | "values" => return on_builtin("Object", name, arguments),
            "zipobject" => {
                let values = more.first().map(Value::elements).unwrap_or_default();
                let values = values.into_iter().chain(std::iter::repeat(Value::Undefined));
                object(first.elements().iter().filter_map(text_of).zip(values))
            }
            "pick" | "omit" => {
                let names: Vec<String> = more.iter().flat_map(listed).collect();
                let is_kept = |key: &String| names.contains(key) == (name == "pick");
                let fields = first.fields().into_iter();
                Value::object(fields.filter(|(key, _)| is_kept(key)).collect())
            }
            "mapvalues" | "mapkeys" | "pickby" | "omitby" => self.fields_of(name, &first, more),
            "keyby" => {
                let values = values(&first).into_iter();
                let pairs = values.map(|(key, value)| {
                    (text_of(&self.iterated(more.first(), &value, &key)), value)
                });
                let pairs: Vec<_> = pairs.collect();
                object(pairs.into_iter().filter_map(|(key, value)| Some((key?, value))))
            }
            "kebabcase" | "snakecase" | "camelcase" => Value::Text(cased(name, &text_of(&first)?)),
            "flatten" => return self.of_list("flat", &first, &[]),
            "compact" => {
                let kept = |value: &Value| value.is_true() != Some(false);
                Value::list(first.elements().into_iter().filter(kept).collect())
            }
            "uniq" => {
                let mut known: Vec<Option<String>> = Vec::new();
                let mut all = first.elements();
                all.retain(|value| {
                    let text = text_of(value);
                    let is_new = text.is_none() || !known.contains(&text);
                    known.push(text);
                    is_new
                });
                Value::list(all)
            }
            "each" => return self.of_list("forEach", &first, more),
            "foreach" | "flatmap" => {
                let name = if name == "foreach" { "forEach" } else { "flatMap" };
                return self.of_list(name, &first, more);
            }
            "map" | "filter" | "find" | "some" | "every" | "reduce" | "concat" | "join"
            | "includes" => return self.of_list(name, &first, more),
            _ => return None,
        })
    }

    /// Calls a method of a list on a list, or on the values of an object.
    fn of_list(&mut self, name: &str, of: &Value, arguments: &[Value]) -> Option<Value> {
        if let (Value::Object(_), Some(function @ Value::Function(_))) = (of, arguments.first()) {
            let values = values(of).into_iter();
            let called = values.map(|(key, value)| self.iterated(Some(function), &value, &key));
            let called: Vec<Value> = called.collect();
            return (name == "map" || name == "forEach").then(|| Value::list(called));
        }
        let Value::List(list) = of else { return None };
        if let ("map", Some(Value::Text(key))) = (name, arguments.first()) {
            return Some(Value::list(of.elements().iter().map(|one| one.get(key)).collect()));
        }
        self.list_method(list, name, arguments)
    }

    /// Makes an object from the properties of another one.
    fn fields_of(&mut self, name: &str, of: &Value, more: &[Value]) -> Value {
        let mut fields = Object::new();
        for (key, field) in of.fields() {
            let result = self.iterated(more.first(), &field.value, &Value::text(&key));
            match name {
                "mapvalues" => {
                    fields.insert(key, Field { value: result, ..field });
                }
                "mapkeys" => {
                    fields.extend(text_of(&result).map(|key| (key, field)));
                }
                _ if (result.is_true() != Some(false)) == (name == "pickby") => {
                    fields.insert(key, field);
                }
                _ => {}
            }
        }
        Value::object(fields)
    }

    /// Returns a function's result for a value, or the property that a text names.
    fn iterated(&mut self, function: Option<&Value>, value: &Value, key: &Value) -> Value {
        match function {
            None => value.clone(),
            Some(Value::Text(name)) => value.get(name),
            Some(function) => self.call(function, vec![value.clone(), key.clone()]),
        }
    }
}

/// Gives an object the properties of another one, and returns it.
fn changed(object: &Value, result: Value) -> Value {
    match object {
        Value::Object(fields) => {
            let all = result.fields();
            fields.replace(all);
            object.clone()
        }
        _ => result,
    }
}

/// Returns a copy of a value that shares no object or list with it, as long as `left` is not used
/// up.
fn copied(value: &Value, left: &mut usize) -> Value {
    if !matches!(value, Value::Object(_) | Value::List(_)) || *left == 0 {
        return value.clone();
    }
    *left -= 1;
    if let Value::List(_) = value {
        return Value::list(value.elements().iter().map(|one| copied(one, left)).collect());
    }
    let mut copy = Object::new();
    for (key, field) in value.fields() {
        copy.insert(key, Field { value: copied(&field.value, left), place: field.place });
    }
    Value::object(copy)
}

/// Returns the values of a list or an object with their keys.
fn values(of: &Value) -> Vec<(Value, Value)> {
    let fields = of.fields().into_iter().map(|(key, field)| (Value::Text(key), field.value));
    let elements = of.elements().into_iter().map(|value| (Value::Undefined, value));
    fields.chain(elements).collect()
}

/// Returns the names of an argument: a text, or a list of them.
fn listed(value: &Value) -> Vec<String> {
    match value {
        Value::List(_) => value.elements().iter().filter_map(text_of).collect(),
        one => text_of(one).into_iter().collect(),
    }
}

fn object(pairs: impl Iterator<Item = (String, Value)>) -> Value {
    let pairs = pairs.map(|(key, value)| (key, Field { value, ..Field::default() }));
    Value::object(pairs.collect())
}

#[cfg(test)]
mod tests {
    use super::cased;

    #[test]
    fn words_of_a_name() {
        assert_eq!(cased("kebabcase", "wcBlocksRegistry"), "wc-blocks-registry");
        assert_eq!(cased("kebabcase", "fooBAR2x--Baz"), "foo-bar-2-x-baz");
        assert_eq!(cased("snakecase", "XMLHttp request"), "xml_http_request");
        assert_eq!(cased("camelcase", "--foo-bar"), "fooBar");
    }
}
