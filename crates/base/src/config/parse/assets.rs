//! The key `assets`.

use jsonc_parser::ast::Value;

use super::{
    super::raw::{ANY_FILE, Pair, RawAssets},
    reader::Reader,
};

const KEYS: [&str; 6] = ["extensions", "inlineBelow", "names", "symbolId", "urls", "warnAbove"];

/// Reads `assets`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> RawAssets {
    let mut assets = RawAssets::default();
    for property in reader.object(value, "assets") {
        let value = &property.value;
        match property.name.as_str() {
            "extensions" => assets.extensions = reader.joined_strings(value, "assets.extensions"),
            "inlineBelow" => assets.inline_below = reader.count(value, "assets.inlineBelow"),
            "names" => assets.names = names(reader, value),
            "symbolId" => assets.symbol_id = reader.string(value, "assets.symbolId"),
            "urls" => assets.urls = reader.boolean_or(value, "assets.urls", "rebase"),
            "warnAbove" => assets.warn_above = reader.count(value, "assets.warnAbove"),
            _ => reader.unknown(property, "assets", KEYS),
        }
    }
    assets
}

/// Reads the names of all files, or an object with the names of several kinds of files.
fn names(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<Pair<String>>> {
    if value.as_object().is_some() {
        return Some(reader.pairs(value, "assets.names", Reader::plain_string));
    }
    let names = reader.string(value, "assets.names")?;
    let key = reader.written(ANY_FILE.to_owned(), value);
    Some(vec![Pair { key, value: names }])
}
