//! The key `copy`: `{ "img/**": "images" }`, or a list of `"static/**"` and `{ "from": "img", "to":
//! "images" }`.

use jsonc_parser::ast::Value;

use super::{
    super::raw::{Pair, Written},
    reader::Reader,
};

/// Reads `copy`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<Pair<String>> {
    match value {
        Value::Object(_) => reader.pairs(value, "copy", |reader, value, key| {
            reader.string(value, key).map(|text| text.value)
        }),
        Value::Array(list) => list.elements.iter().filter_map(|item| rule(reader, item)).collect(),
        Value::StringLit(_)
        | Value::NumberLit(_)
        | Value::BooleanLit(_)
        | Value::NullKeyword(_) => rule(reader, value).into_iter().collect(),
    }
}

fn rule(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Pair<String>> {
    if !matches!(value, Value::Object(_)) {
        let from = reader.string(value, "copy")?;
        return Some(Pair {
            value: Written { value: String::new(), origin: from.origin.clone() },
            key: from,
        });
    }
    let (mut from, mut to) = (None, None);
    for property in reader.object(value, "copy") {
        let value = &property.value;
        match property.name.as_str() {
            "from" => from = reader.string(value, "copy.from"),
            "to" => to = reader.string(value, "copy.to"),
            _ => reader.unknown(property, "copy", ["from", "to"]),
        }
    }
    let Some(from) = from else {
        reader.wrong(value, "copy", "a path, or an object with `from` and `to`");
        return None;
    };
    let to = to.unwrap_or_else(|| Written { value: String::new(), origin: from.origin.clone() });
    Some(Pair { key: from, value: to })
}
