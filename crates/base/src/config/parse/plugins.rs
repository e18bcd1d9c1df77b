//! The keys `plugins`, `pluginTimeout`, `postcss` and `babel`.

use jsonc_parser::ast::{ObjectProp, Value};
use serde_json::Value as Json;

use super::{
    super::raw::{RawConfig, RawPlugin, Written},
    reader::Reader,
};

/// Whether the key is one that is read here, and reads it.
pub(super) fn key(reader: &mut Reader<'_>, raw: &mut RawConfig, property: &ObjectProp<'_>) -> bool {
    let value = &property.value;
    match property.name.as_str() {
        "plugins" => raw.plugins.named = plugins(reader, value),
        "pluginTimeout" => raw.plugins.timeout = reader.count(value, "pluginTimeout"),
        "postcss" => raw.plugins.postcss = tool(reader, value, "postcss"),
        "babel" => raw.plugins.babel = tool(reader, value, "babel"),
        _ => return false,
    }
    true
}

fn plugins(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<RawPlugin> {
    let Value::Array(list) = value else {
        reader.wrong(value, "plugins", "a list of names, or of names with options");
        return Vec::new();
    };
    let mut plugins = Vec::new();
    for element in &list.elements {
        let pair = element.as_array().filter(|pair| matches!(pair.elements.len(), 1 | 2));
        let name = pair.map_or(element, |pair| &pair.elements[0]);
        let options = pair.and_then(|pair| pair.elements.get(1)).map(json);
        if let Some(name) = reader.string(name, "plugins") {
            plugins.push(RawPlugin { name, options });
        }
    }
    plugins
}

/// Reads whether another tool runs, or the path of its configuration.
fn tool(reader: &mut Reader<'_>, value: &Value<'_>, key: &str) -> Option<Written<String>> {
    if let Value::BooleanLit(literal) = value {
        return Some(Written::at(literal.value.to_string(), reader.label(value)));
    }
    let read = reader.quiet_string(value);
    if read.is_none() {
        reader.wrong(value, key, "true, false, or the path of its configuration");
    }
    read
}

fn json(value: &Value<'_>) -> Json {
    match value {
        Value::StringLit(text) => Json::from(text.value.as_ref()),
        Value::NumberLit(number) => serde_json::from_str(number.value).unwrap_or(Json::Null),
        Value::BooleanLit(literal) => Json::from(literal.value),
        Value::NullKeyword(_) => Json::Null,
        Value::Array(list) => list.elements.iter().map(json).collect(),
        Value::Object(object) => {
            let pairs = object.properties.iter();
            pairs.map(|pair| (pair.name.as_str().to_owned(), json(&pair.value))).collect()
        }
    }
}
