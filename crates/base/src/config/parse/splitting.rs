//! The key `splitting`: whether entries share chunks, and how.

use jsonc_parser::ast::Value;

use super::{
    super::{
        output::Splitting,
        raw::{RawOutput, Written},
    },
    budgets,
    reader::Reader,
};

const KEYS: [&str; 3] = ["maxRequests", "minSize", "minUses"];

/// Reads `splitting`. An object means `true`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>, output: &mut RawOutput) {
    let splitting = match value {
        Value::Object(_) => Splitting::Shared,
        Value::BooleanLit(literal) if literal.value => Splitting::Shared,
        Value::BooleanLit(_) => Splitting::None,
        Value::StringLit(word) if word.value == "async" => Splitting::Async,
        Value::StringLit(_) | Value::NumberLit(_) | Value::Array(_) | Value::NullKeyword(_) => {
            reader.wrong(value, "splitting", "true, \"async\" or false, or an object");
            return;
        }
    };
    output.splitting = Some(Written::at(splitting, reader.label(value)));
    let Value::Object(_) = value else { return };
    let sharing = &mut output.sharing;
    for property in reader.object(value, "splitting") {
        let value = &property.value;
        match property.name.as_str() {
            "minSize" => sharing.min_size = budgets::size(reader, value, "splitting.minSize"),
            "minUses" => sharing.min_uses = reader.count(value, "splitting.minUses"),
            "maxRequests" => sharing.max_requests = reader.count(value, "splitting.maxRequests"),
            _ => reader.unknown(property, "splitting", KEYS),
        }
    }
}
