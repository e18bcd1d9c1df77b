//! Reports keys of other tools (`entry`, `input`, `output`) with a message that translates them to
//! ours, with the user's own values.

use camino::Utf8Path;
use jsonc_parser::ast::{ObjectProp, Value};

use super::{super::messages, reader::Reader};
use crate::json::quoted;

/// Reports a key of another tool as a mistake. Returns whether it is one.
pub(super) fn key(reader: &mut Reader<'_>, property: &ObjectProp<'_>) -> bool {
    let key = property.name.as_str();
    let ours = match key {
        "entry" | "entries" | "entryPoints" | "entrypoints" | "input" => {
            as_areas(&property.value).map(|areas| format!("\"areas\": {areas}"))
        }
        "output" | "dest" | "dist" => as_folder(&property.value),
        _ => None,
    };
    let Some(ours) = ours else { return false };
    let label = reader.label(property);
    let has_one_line = reader.has_one_line(&label);
    let shown = if has_one_line { label } else { reader.label(&property.name) };
    reader.log.push(messages::key_of_others(shown, key, &ours, has_one_line));
    true
}

/// Translates entries to areas: a path, a list of paths, or an object of names and paths, as
/// webpack and Rollup take these.
pub(super) fn as_areas(value: &Value<'_>) -> Option<String> {
    let pairs: Vec<(String, String)> = match value {
        Value::StringLit(path) => vec![named(&path.value)],
        Value::Array(list) => {
            let paths: Option<Vec<_>> =
                list.elements.iter().map(|path| path.as_string_lit()).collect();
            paths?.into_iter().map(|path| named(&path.value)).collect()
        }
        Value::Object(object) => {
            let pair = |property: &ObjectProp<'_>| {
                Some((
                    quoted(property.name.as_str()),
                    quoted(&property.value.as_string_lit()?.value),
                ))
            };
            object.properties.iter().map(pair).collect::<Option<_>>()?
        }
        Value::NumberLit(_) | Value::BooleanLit(_) | Value::NullKeyword(_) => return None,
    };
    let pairs: Vec<String> =
        pairs.into_iter().map(|(name, path)| format!("{name}: {path}")).collect();
    (!pairs.is_empty()).then(|| format!("{{ {} }}", pairs.join(", ")))
}

fn named(path: &str) -> (String, String) {
    (quoted(Utf8Path::new(path).file_stem().unwrap_or("main")), quoted(path))
}

/// Translates `output` to `outDir`, and to `publicPath` if webpack's is in it.
fn as_folder(value: &Value<'_>) -> Option<String> {
    let folder = |path: &str| {
        let path = Utf8Path::new(path);
        // The area names the file, so only the folder is kept.
        let is_script = path
            .extension()
            .is_some_and(|extension| matches!(extension, "js" | "mjs" | "cjs" | "css"));
        let folder = if is_script {
            path.parent().filter(|parent| !parent.as_str().is_empty())?
        } else {
            path
        };
        Some(format!("\"outDir\": {}", quoted(folder.as_str())))
    };
    let Value::Object(object) = value else { return folder(&value.as_string_lit()?.value) };
    let text = |key: &str| Some(object.get(key)?.value.as_string_lit()?.value.to_string());
    let dir =
        ["path", "dir", "file"].iter().find_map(|key| text(key)).and_then(|path| folder(&path));
    let public = text("publicPath").map(|path| format!("\"publicPath\": {}", quoted(&path)));
    let ours: Vec<String> = dir.into_iter().chain(public).collect();
    (!ours.is_empty()).then(|| ours.join(", "))
}
