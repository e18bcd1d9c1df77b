//! The key `watch`: what happens while the host watches.

use jsonc_parser::ast::{ObjectProp, Value};

use super::reader::{Reader, kind_of};
use crate::config::{Poll, messages, raw::RawConfig};

/// Whether the key is `watch`.
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
            "notify" => raw.project.notify = reader.boolean(&property.value, "watch.notify"),
            "origins" => raw.project.origins = reader.strings(&property.value, "watch.origins"),
            "poll" => raw.project.poll = poll(reader, &property.value),
            "reload" => raw.project.reload = reader.strings(&property.value, "watch.reload"),
            "socket" => raw.project.socket = reader.boolean(&property.value, "watch.socket"),
            "updates" => raw.output.updates = reader.boolean(&property.value, "watch.updates"),
            _ => reader.unknown(
                property,
                "watch",
                ["notify", "origins", "poll", "reload", "socket", "updates"],
            ),
        }
    }
}

fn poll(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Poll> {
    let parsed = match value {
        Value::BooleanLit(literal) => Some(if literal.value { Poll::Always } else { Poll::Never }),
        Value::StringLit(word) => (word.value == "auto").then_some(Poll::Auto),
        Value::NumberLit(number) => number
            .value
            .parse()
            .ok()
            .filter(|number| Poll::MILLISECONDS.contains(number))
            .map(Poll::Every),
        Value::Object(_) | Value::Array(_) | Value::NullKeyword(_) => None,
    };
    if parsed.is_none() {
        let (least, most) = (Poll::MILLISECONDS.start(), Poll::MILLISECONDS.end());
        let forms =
            format!("\"auto\", true, false or a number of milliseconds from {least} to {most}");
        let found = value.as_number_lit().map_or_else(|| kind_of(value), |number| number.value);
        let label = reader.label(value);
        reader.log.push(messages::wrong_type(label, "watch.poll", &forms, found));
    }
    parsed
}
