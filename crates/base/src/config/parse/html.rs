//! The key `html`: `{ "index.html": "public/index.html" }`, or an object with `template`, `title`
//! and `entries` for each page.

use jsonc_parser::ast::Value;

use super::{
    super::raw::{Origin, RawPage, Written},
    reader::Reader,
};

/// Reads `html`.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Vec<RawPage> {
    let properties = reader.object(value, "html");
    let page = |property: &&jsonc_parser::ast::ObjectProp<'_>| {
        let origin = Origin::Place(reader.label(&property.name));
        let path = Written { value: property.name.as_str().to_owned(), origin };
        let key = format!("html[\"{}\"]", path.value);
        page(reader, &property.value, &key, path)
    };
    properties.iter().filter_map(page).collect()
}

fn page(
    reader: &mut Reader<'_>,
    value: &Value<'_>,
    key: &str,
    path: Written<String>,
) -> Option<RawPage> {
    if !matches!(value, Value::Object(_)) {
        let template = reader.string(value, key)?;
        return Some(RawPage { path, template, title: None, entries: None });
    }
    let (mut template, mut title, mut entries) = (None, None, None);
    for property in reader.object(value, key) {
        let value = &property.value;
        match property.name.as_str() {
            "template" => template = reader.string(value, &format!("{key}.template")),
            "title" => title = reader.string(value, &format!("{key}.title")),
            "entries" => entries = reader.strings(value, &format!("{key}.entries")),
            _ => reader.unknown(property, key, ["entries", "template", "title"]),
        }
    }
    let Some(template) = template else {
        reader.wrong(value, key, "a path, or an object with `template`");
        return None;
    };
    Some(RawPage { path, template, title, entries })
}
