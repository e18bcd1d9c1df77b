//! Keys whose capability comes with a later version. Their shape is checked already, so that a configuration written for
//! the whole product is either right or says where it is not.

use jsonc_parser::ast::{ObjectProp, Value};

use super::reader::Reader;

/// Answers whether the key is one of these.
pub(super) fn key(reader: &mut Reader<'_>, property: &ObjectProp<'_>) -> bool {
    let is_later = property.name.as_str() == "watch";
    if is_later {
        watch(reader, &property.value);
    }
    is_later
}

fn watch(reader: &mut Reader<'_>, value: &Value<'_>) {
    for property in reader.object(value, "watch") {
        match property.name.as_str() {
            "poll" => reader.word_or_boolean(&property.value, "watch.poll", &["auto"]),
            "reload" => drop(reader.strings(&property.value, "watch.reload")),
            _ => reader.unknown(property, "watch", ["poll", "reload"]),
        }
    }
}
