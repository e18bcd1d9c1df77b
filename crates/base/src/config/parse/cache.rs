//! The key `cache`: the cache that machines share.

use jsonc_parser::ast::Value;

use super::{super::raw::RawCache, reader::Reader};

/// Reads `cache`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> RawCache {
    let mut cache = RawCache::default();
    for property in reader.object(value, "cache") {
        match property.name.as_str() {
            "remote" => cache.remote = reader.string(&property.value, "cache.remote"),
            "read" => cache.read = reader.strings(&property.value, "cache.read"),
            _ => reader.unknown(property, "cache", ["remote", "read"]),
        }
    }
    cache
}
