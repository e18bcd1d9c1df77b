//! The key `lint`: whether scripts are linted beside a build, or how.

use jsonc_parser::ast::Value;

use super::{
    super::raw::{RawLint, Written},
    reader::Reader,
};

/// Reads `lint`. An object means `true`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> RawLint {
    let mut lint = RawLint::default();
    match value {
        Value::Object(_) => {}
        Value::BooleanLit(_) => {
            lint.is_wanted = reader.boolean(value, "lint");
            return lint;
        }
        Value::StringLit(_) | Value::NumberLit(_) | Value::Array(_) | Value::NullKeyword(_) => {
            reader.wrong(value, "lint", "true or false, or an object");
            return lint;
        }
    }
    lint.is_wanted = Some(Written::at(true, reader.label(value)));
    for property in reader.object(value, "lint") {
        match property.name.as_str() {
            "timeout" => lint.timeout = reader.count(&property.value, "lint.timeout"),
            "overlay" => lint.overlay = reader.boolean(&property.value, "lint.overlay"),
            _ => reader.unknown(property, "lint", ["timeout", "overlay"]),
        }
    }
    lint
}
