//! The key `assets`.

use jsonc_parser::ast::Value;

use super::{super::raw::RawAssets, reader::Reader};

const KEYS: [&str; 6] = ["extensions", "inlineBelow", "names", "symbolId", "urls", "warnAbove"];

/// Reads `assets`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> RawAssets {
    let mut assets = RawAssets::default();
    for property in reader.object(value, "assets") {
        let value = &property.value;
        match property.name.as_str() {
            "extensions" => assets.extensions = reader.joined_strings(value, "assets.extensions"),
            "inlineBelow" => assets.inline_below = reader.count(value, "assets.inlineBelow"),
            "names" => assets.names = reader.string(value, "assets.names"),
            "symbolId" => assets.symbol_id = reader.string(value, "assets.symbolId"),
            "urls" => assets.urls = reader.boolean_or(value, "assets.urls", "rebase"),
            "warnAbove" => assets.warn_above = reader.count(value, "assets.warnAbove"),
            _ => reader.unknown(property, "assets", KEYS),
        }
    }
    assets
}
