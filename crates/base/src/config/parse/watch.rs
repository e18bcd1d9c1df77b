//! `watch`: what happens while somebody watches. The shape of `poll` is checked, and nothing follows
//! from it yet.

use jsonc_parser::ast::{ObjectProp, Value};

use super::reader::Reader;
use crate::config::raw::RawConfig;

/// Answers whether the key is this one.
pub(super) fn key(reader: &mut Reader<'_>, raw: &mut RawConfig, property: &ObjectProp<'_>) -> bool {
    let is_watch = property.name.as_str() == "watch";
    if is_watch {
        watch(reader, raw, &property.value);
    }
    is_watch
}

fn watch(reader: &mut Reader<'_>, raw: &mut RawConfig, value: &Value<'_>) {
    for property in reader.object(value, "watch") {
        match property.name.as_str() {
            "origins" => raw.project.origins = reader.strings(&property.value, "watch.origins"),
            "poll" => reader.word_or_boolean(&property.value, "watch.poll", &["auto"]),
            "reload" => raw.project.reload = reader.strings(&property.value, "watch.reload"),
            "socket" => raw.project.socket = reader.boolean(&property.value, "watch.socket"),
            "updates" => raw.output.updates = reader.boolean(&property.value, "watch.updates"),
            _ => reader.unknown(property, "watch", ["origins", "poll", "reload", "socket", "updates"]),
        }
    }
}
