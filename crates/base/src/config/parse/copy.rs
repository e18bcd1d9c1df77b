//! The key `copy`: `{ "img/**": "images" }`, or a list of `"static/**"` and `{ "from": "img", "to":
//! "images", "ignore": "*.psd" }`.

use jsonc_parser::ast::Value;

use super::{
    super::raw::{Pair, RawCopy, Written},
    reader::Reader,
};

/// Reads `copy`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<RawCopy> {
    match value {
        Value::Object(_) => {
            let pairs = reader.pairs(value, "copy", |reader, value, key| {
                reader.string(value, key).map(|text| text.value)
            });
            let rule =
                |pair: Pair<String>| RawCopy { from: pair.key, to: pair.value, ignore: Vec::new() };
            pairs.into_iter().map(rule).collect()
        }
        Value::Array(list) => list.elements.iter().filter_map(|item| rule(reader, item)).collect(),
        Value::StringLit(_)
        | Value::NumberLit(_)
        | Value::BooleanLit(_)
        | Value::NullKeyword(_) => rule(reader, value).into_iter().collect(),
    }
}

fn rule(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<RawCopy> {
    let below_output =
        |from: &Written<String>| Written { value: String::new(), origin: from.origin.clone() };
    if !matches!(value, Value::Object(_)) {
        let from = reader.string(value, "copy")?;
        return Some(RawCopy { to: below_output(&from), from, ignore: Vec::new() });
    }
    let (mut from, mut to, mut ignore) = (None, None, Vec::new());
    for property in reader.object(value, "copy") {
        let value = &property.value;
        match property.name.as_str() {
            "from" => from = reader.string(value, "copy.from"),
            "to" => to = reader.string(value, "copy.to"),
            "ignore" => ignore = reader.strings(value, "copy.ignore").unwrap_or_default(),
            _ => reader.unknown(property, "copy", ["from", "to", "ignore"]),
        }
    }
    let Some(from) = from else {
        reader.wrong(value, "copy", "a path, or an object with `from` and `to`");
        return None;
    };
    Some(RawCopy { to: to.unwrap_or_else(|| below_output(&from)), from, ignore })
}
