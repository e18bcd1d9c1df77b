//! The key `sass`.

use jsonc_parser::ast::Value;

use super::{super::raw::RawSass, reader::Reader};

const KEYS: [&str; 3] = ["additionalData", "loadPaths", "silenceDeprecations"];

/// Reads `sass`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> RawSass {
    let mut sass = RawSass::default();
    for property in reader.object(value, "sass") {
        let value = &property.value;
        match property.name.as_str() {
            "additionalData" => sass.additional_data = reader.string(value, "sass.additionalData"),
            "loadPaths" => sass.load_paths = reader.strings(value, "sass.loadPaths"),
            "silenceDeprecations" => {
                sass.silence_deprecations = reader.strings(value, "sass.silenceDeprecations");
            }
            _ => reader.unknown(property, "sass", KEYS),
        }
    }
    sass
}
