//! The key `manifest`: a kind, a list of kinds, or objects: `{ "kind": "webpack", "file":
//! "assets.json" }`.

use jsonc_parser::ast::Value;

use super::{
    super::raw::{RawManifest, Written},
    reader::Reader,
};

/// The keys of an object.
const KEYS: [&str; 4] = ["kind", "file", "publicPath", "prefix"];

/// Reads `manifest`; `true` means the first kind.
pub(super) fn read(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<Vec<RawManifest>> {
    if let Some(literal) = value.as_boolean_lit() {
        let kind = Written::at("entrypoints".to_owned(), reader.label(value));
        return Some(Vec::from_iter(literal.value.then(|| of_kind(kind))));
    }
    match value.as_array() {
        Some(list) => Some(list.elements.iter().filter_map(|one| manifest(reader, one)).collect()),
        None => Some(vec![manifest(reader, value)?]),
    }
}

fn manifest(reader: &mut Reader<'_>, value: &Value<'_>) -> Option<RawManifest> {
    if !matches!(value, Value::Object(_)) {
        let kind = reader.quiet_string(value);
        if kind.is_none() {
            reader.wrong(value, "manifest", "a kind, or an object with \"kind\"");
        }
        return kind.map(of_kind);
    }
    let mut manifest = of_kind(Written::at(String::new(), reader.label(value)));
    for field in reader.object(value, "manifest") {
        let value = &field.value;
        match field.name.as_str() {
            "kind" => manifest.kind = reader.string(value, "manifest.kind")?,
            "file" => manifest.file = reader.string(value, "manifest.file"),
            "publicPath" => manifest.public_path = reader.string(value, "manifest.publicPath"),
            "prefix" => manifest.prefix = reader.string(value, "manifest.prefix"),
            _ => reader.unknown(field, "manifest", KEYS),
        }
    }
    if manifest.kind.value.is_empty() {
        reader.wrong(value, "manifest", "a kind, or an object with \"kind\"");
        return None;
    }
    Some(manifest)
}

fn of_kind(kind: Written<String>) -> RawManifest {
    RawManifest { kind, file: None, public_path: None, prefix: None }
}
