//! The key `budgets`: `{ "trade/*": { "js": "170 KB", "css": "30 KB", "gzip": true } }`, or one
//! size for everything that a page loads initially.

use jsonc_parser::ast::{ObjectProp, Value};

use super::{
    super::raw::{RawBudget, Written},
    reader::Reader,
};

/// Reads `budgets`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<RawBudget> {
    reader.object(value, "budgets").into_iter().map(|property| budget(reader, property)).collect()
}

fn budget(reader: &mut Reader<'_>, property: &ObjectProp<'_>) -> RawBudget {
    let name = property.name.as_str();
    let entries = Written::at(name.to_owned(), reader.label(&property.name));
    let mut budget = RawBudget { entries, js: None, css: None, total: None, gzip: None };
    let key = format!("budgets.{name}");
    if !matches!(property.value, Value::Object(_)) {
        budget.total = size(reader, &property.value, &key);
        return budget;
    }
    for property in reader.object(&property.value, &key) {
        let (value, key) = (&property.value, format!("{key}.{}", property.name.as_str()));
        match property.name.as_str() {
            "js" => budget.js = size(reader, value, &key),
            "css" => budget.css = size(reader, value, &key),
            "total" => budget.total = size(reader, value, &key),
            "gzip" => budget.gzip = reader.boolean(value, &key),
            _ => {
                reader.unknown(
                    property,
                    &format!("budgets.{name}"),
                    ["js", "css", "total", "gzip"],
                );
            }
        }
    }
    budget
}

/// Reads a size: a number of bytes, or a text with a unit. `decide` interprets it.
pub(super) fn size(
    reader: &mut Reader<'_>,
    value: &Value<'_>,
    key: &str,
) -> Option<Written<String>> {
    let text = match value {
        Value::NumberLit(number) => number.value.to_owned(),
        Value::StringLit(text) => text.value.to_string(),
        Value::BooleanLit(_) | Value::Object(_) | Value::Array(_) | Value::NullKeyword(_) => {
            reader.wrong(value, key, "a size: \"170 KB\", or a number of bytes");
            return None;
        }
    };
    Some(Written::at(text, reader.label(value)))
}
