//! Keys whose capability comes with a later version. Their shape is checked already, so that a configuration written for
//! the whole product is either right or says where it is not; a value that would change what is written is kept for a
//! warning.

use jsonc_parser::ast::{ObjectProp, Value};

use super::{
    super::raw::{RawConfig, Written},
    reader::Reader,
};

/// Answers whether the key is one of these.
pub(super) fn key(reader: &mut Reader<'_>, raw: &mut RawConfig, property: &ObjectProp<'_>) -> bool {
    let value = &property.value;
    let name = property.name.as_str();
    let changes_output = match name {
        "polyfills" => polyfills(reader, value),
        "watch" => watch(reader, value),
        _ => return false,
    };
    if changes_output {
        raw.later.push(Written::at(name.to_owned(), reader.label(&property.name)));
    }
    true
}

fn polyfills(reader: &mut Reader<'_>, value: &Value<'_>) -> bool {
    reader.word_or_boolean(value, "polyfills", &["usage", "entry"]);
    !matches!(value, Value::BooleanLit(literal) if !literal.value)
}

fn watch(reader: &mut Reader<'_>, value: &Value<'_>) -> bool {
    for property in reader.object(value, "watch") {
        match property.name.as_str() {
            "poll" => reader.word_or_boolean(&property.value, "watch.poll", &["auto"]),
            "reload" => drop(reader.strings(&property.value, "watch.reload")),
            _ => reader.unknown(property, "watch", ["poll", "reload"]),
        }
    }
    false
}
