//! The key `cssModules`.

use jsonc_parser::ast::Value;

use super::{super::raw::RawCssModules, reader::Reader};

const KEYS: [&str; 2] = ["names", "camelCase"];

/// Reads `cssModules`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> RawCssModules {
    let mut modules = RawCssModules::default();
    for property in reader.object(value, "cssModules") {
        let value = &property.value;
        match property.name.as_str() {
            "names" => modules.names = reader.string(value, "cssModules.names"),
            "camelCase" => modules.camel_case = reader.boolean(value, "cssModules.camelCase"),
            _ => reader.unknown(property, "cssModules", KEYS),
        }
    }
    modules
}
