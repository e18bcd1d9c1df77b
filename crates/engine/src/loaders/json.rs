//! JSON as a module: its value is the default export, and what `require` gives; keys that are identifiers are exports of
//! their own, each in a statement of its own, so that unused ones are shaken.

use bundle_base::loader::{File, Language, LoadContext, Loaded, Loader, Part, PartContent};
use indexmap::IndexMap;
use serde_json::value::RawValue;

use super::text;

/// JSON files.
pub(super) struct JsonLoader;

impl Loader for JsonLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        if let Some(mistake) = bundle_js::check_json(&source) {
            cx.log.push(mistake);
            return None;
        }
        let module = bundle_base::Source::new(file.path.clone(), source.name.clone(), module(&source.text));
        let part = Part { suffix: String::new(), content: PartContent::Script(Language::JavaScript), source: module };
        Some(Loaded { parts: vec![part] })
    }
}

/// An ES module for a valid JSON text.
pub(crate) fn module(json: &str) -> String {
    let Ok(entries) = serde_json::from_str::<IndexMap<String, &RawValue>>(json) else {
        return format!("export default {};\n", expression(json));
    };
    let (mut declared, mut exported, mut properties) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (key, value)) in entries.iter().enumerate() {
        let quoted = serde_json::Value::String(key.clone());
        let value = expression(value.get());
        if is_identifier(key) {
            let local = format!("{key}_{index}");
            declared.push(format!("var {local} = {value};\n"));
            exported.push(format!("{local} as {key}"));
            properties.push(format!("  {quoted}: {local}"));
        } else {
            let key = if key == "__proto__" { format!("[{quoted}]") } else { quoted.to_string() };
            properties.push(format!("  {key}: {value}"));
        }
    }
    let exports = if exported.is_empty() { String::new() } else { format!("export {{ {} }};\n", exported.join(", ")) };
    format!("{}{exports}export default {{\n{}\n}};\n", declared.concat(), properties.join(",\n"))
}

/// A JSON value as a JavaScript expression. All JSON is one, but for `__proto__`, which there is a key like any other.
fn expression(json: &str) -> String {
    // An escape may spell it too; a call too many harms nobody.
    if json.contains("__proto__") || json.contains("\\u00") {
        return format!("JSON.parse({})", serde_json::Value::String(json.to_owned()));
    }
    json.trim().to_owned()
}

/// A key that can be an export: `default` is the whole value.
fn is_identifier(key: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    key != "default"
        && key != "__proto__"
        && key.chars().next().is_some_and(is_start)
        && key.chars().all(|c| is_start(c) || c.is_ascii_digit())
}
