//! The key `areas`: outputs by name.

use jsonc_parser::ast::{ObjectProp, Value};

use super::{
    super::{
        messages,
        raw::{RawArea, Written},
    },
    foreign_keys,
    reader::{Reader, kind_of},
};

/// The keys of an area.
const KEYS: &[&str] = &["entry", "globalName", "hash", "packages", "shared", "stylesheet"];

/// Reads the areas, in the order written.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<RawArea> {
    if !matches!(value, Value::Object(_))
        && let Some(ours) = foreign_keys::as_areas(value)
    {
        let label = reader.label(value);
        // A replacement would be shown within the quotes of the string, so none is shown.
        let has_one_line = !matches!(value, Value::StringLit(_)) && reader.has_one_line(&label);
        reader.log.push(messages::areas_without_names(label, kind_of(value), &ours, has_one_line));
        return Vec::new();
    }
    let properties = reader.object(value, "areas");
    properties.into_iter().filter_map(|property| area(reader, property)).collect()
}

fn area(reader: &mut Reader<'_>, property: &ObjectProp<'_>) -> Option<RawArea> {
    let key = format!("areas.{}", property.name.as_str());
    let name = Written::at(property.name.as_str().to_owned(), reader.label(&property.name));
    let is_short = !matches!(property.value, Value::Object(_));
    let mut area = RawArea {
        name,
        entries: Vec::new(),
        is_single: true,
        is_short,
        global_name: None,
        stylesheet: None,
        hash: None,
        shared: None,
        packages: Vec::new(),
    };
    if is_short {
        read_entry(reader, &mut area, &property.value, &key);
        return (!area.entries.is_empty()).then_some(area);
    }
    for field in reader.object(&property.value, &key) {
        match field.name.as_str() {
            "entry" => read_entry(reader, &mut area, &field.value, &format!("{key}.entry")),
            "globalName" => {
                area.global_name = reader.string(&field.value, &format!("{key}.globalName"));
            }
            "packages" => {
                area.packages =
                    reader.strings(&field.value, &format!("{key}.packages")).unwrap_or_default();
            }
            "stylesheet" => {
                area.stylesheet = reader.string(&field.value, &format!("{key}.stylesheet"));
            }
            "hash" => area.hash = reader.boolean(&field.value, &format!("{key}.hash")),
            "shared" => area.shared = reader.boolean(&field.value, &format!("{key}.shared")),
            _ => reader.unknown(field, &key, KEYS.iter().copied()),
        }
    }
    let has_contents = !area.entries.is_empty() || !area.packages.is_empty();
    if !has_contents {
        let label = reader.label(&property.value);
        reader.log.push(messages::area_without_entry(label, property.name.as_str()));
    }
    has_contents.then_some(area)
}

fn read_entry(reader: &mut Reader<'_>, area: &mut RawArea, value: &Value<'_>, key: &str) {
    area.is_single = matches!(value, Value::StringLit(_));
    area.entries = reader.strings(value, key).unwrap_or_default();
}
