//! The key `vue`.

use jsonc_parser::ast::Value;

use super::{
    super::raw::{Origin, Pair, RawVue, Written},
    reader::Reader,
};

const KEYS: [&str; 7] = [
    "comments",
    "compiler",
    "delimiters",
    "scopeId",
    "transformAssetUrls",
    "version",
    "whitespace",
];

/// Reads `vue`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> RawVue {
    let mut vue = RawVue::default();
    for property in reader.object(value, "vue") {
        let value = &property.value;
        match property.name.as_str() {
            "comments" => vue.comments = reader.boolean(value, "vue.comments"),
            "compiler" => vue.compiler = reader.string(value, "vue.compiler"),
            "delimiters" => vue.delimiters = reader.joined_strings(value, "vue.delimiters"),
            "scopeId" => vue.scope_id = reader.string(value, "vue.scopeId"),
            "transformAssetUrls" => vue.asset_urls = asset_urls(reader, value),
            // Users write `2` and `3` as numbers.
            "version" => vue.version = version(reader, value),
            "whitespace" => vue.whitespace = reader.string(value, "vue.whitespace"),
            _ => reader.unknown(property, "vue", KEYS),
        }
    }
    vue
}

fn version(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Written<String>> {
    match value {
        Value::NumberLit(number) => Some(Written {
            value: number.value.to_owned(),
            origin: Origin::Place(reader.label(number)),
        }),
        Value::StringLit(_)
        | Value::BooleanLit(_)
        | Value::Object(_)
        | Value::Array(_)
        | Value::NullKeyword(_) => reader.string(value, "vue.version"),
    }
}

/// Reads `false`, or attributes by tag. `true` means the default.
fn asset_urls(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<Pair<Vec<String>>>> {
    if let Value::BooleanLit(literal) = value {
        return (!literal.value).then(Vec::new);
    }
    let key = "vue.transformAssetUrls";
    Some(reader.pairs(value, key, |reader, value, key| {
        reader.strings(value, key).map(|names| names.into_iter().map(|name| name.value).collect())
    }))
}
