//! JSON as a module. The value is the default export, and what `require` returns. Each key that is
//! an identifier is also a named export, in a statement of its own, so that tree shaking removes
//! unused keys.

use std::sync::Arc;

use bundle_base::{
    FxIndexMap, Source,
    config::SourceMap,
    loader::{File, Language, LoadContext, Loaded, Loader, Part, PartContent},
    merge_conflict,
    place::Lines,
    text_map::{Copied, TextMap},
};
use bundle_graph::chunk::names::is_reserved;
use rustc_hash::FxHashMap;
use serde_json::value::RawValue;

use super::source_text::text;

/// Loads JSON files.
pub(super) struct JsonLoader;

impl Loader for JsonLoader {
    fn load(&self, file: &File, cx: &mut LoadContext<'_>) -> Option<Loaded> {
        let source = text(file, cx)?;
        if let Some(mistake) = bundle_js::check_json(&source) {
            cx.log.push(merge_conflict::found(&source).unwrap_or(mistake));
            return None;
        }
        let mut ranges = Vec::new();
        let text = written(&source.text, &mut ranges);
        let module = Source::new(file.path.clone(), source.name.clone(), text);
        let has_maps = cx.config.output.source_map != SourceMap::None;
        let map = has_maps
            .then(|| Arc::new(TextMap::Copied { lines: Lines::new(&source.text), source, ranges }));
        let content = PartContent::Script(Language::JavaScript);
        Some(Loaded::of(Part { suffix: String::new(), content, source: module, map }))
    }
}

/// Writes the ES module for a valid JSON text.
pub(crate) fn module(json: &str) -> String {
    written(json, &mut Vec::new())
}

/// Writes the module, and adds to `ranges` which texts were copied from where.
fn written(json: &str, ranges: &mut Vec<Copied>) -> String {
    let mut module = Module { json, text: String::new(), ranges };
    let Ok(entries) = serde_json::from_str::<FxIndexMap<String, &RawValue>>(json) else {
        module.text.push_str("export default ");
        module.value(json.trim());
        module.text.push_str(";\n");
        return module.text;
    };
    let mut exported = Vec::new();
    let locals = locals(&entries);
    for (key, value) in &entries {
        let Some(local) = locals.get(key.as_str()) else { continue };
        exported.push(if local == key { local.clone() } else { format!("{local} as {key}") });
        module.text.push_str("const ");
        module.key(key, value.get());
        module.put(&format!("{local} = "));
        module.value(value.get());
        module.text.push_str(";\n");
    }
    if !exported.is_empty() {
        module.put(&format!("export {{ {} }};\n", exported.join(", ")));
    }
    module.text.push_str("export default ");
    module.range(json.find('{').unwrap_or(0), 0);
    module.text.push_str("{\n");
    for (index, (key, value)) in entries.iter().enumerate() {
        let quoted = serde_json::Value::String(key.clone());
        let separator = if index + 1 < entries.len() { "," } else { "" };
        let property = if key == "__proto__" { format!("[{quoted}]") } else { quoted.to_string() };
        module.text.push_str("  ");
        module.property(key, value.get());
        module.put(&format!("{property}: "));
        if let Some(local) = locals.get(key.as_str()) {
            module.key(key, value.get());
            module.put(local);
        } else {
            module.value(value.get());
        }
        module.put(&format!("{separator}\n"));
    }
    module.text.push_str("\n};\n");
    module.text
}

/// Returns the variable of each exported key: the key itself, with underscores before one that
/// cannot name a variable.
fn locals<'e>(entries: &'e FxIndexMap<String, &RawValue>) -> FxHashMap<&'e str, String> {
    let mut locals = FxHashMap::default();
    for key in entries.keys().filter(|key| is_identifier(key)) {
        let mut local = key.clone();
        while local == "JSON"
            || is_reserved(&local)
            || local != *key && entries.contains_key(&local)
        {
            local.insert(0, '_');
        }
        locals.insert(key.as_str(), local);
    }
    locals
}

/// A module that is being written, with the origins of its text.
struct Module<'j, 'r> {
    json: &'j str,
    text: String,
    ranges: &'r mut Vec<Copied>,
}

impl Module<'_, '_> {
    fn put(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Returns the offset of a slice in the JSON text.
    fn from(&self, slice: &str) -> usize {
        slice.as_ptr().addr() - self.json.as_ptr().addr()
    }

    fn range(&mut self, from: usize, length: usize) {
        let count = |of| u32::try_from(of).expect("texts are under 4 GiB");
        self.ranges.push(Copied {
            at: count(self.text.len()),
            from: count(from),
            length: count(length),
        });
    }

    /// Writes a value as an expression.
    fn value(&mut self, value: &str) {
        let expression = expression(value);
        self.range(self.from(value), if expression == value { value.len() } else { 0 });
        self.text.push_str(&expression);
    }

    /// Adds the origin of the next text: the name of a key.
    fn key(&mut self, key: &str, value: &str) {
        let from = self.key_at(key, value);
        self.range(
            from.unwrap_or_else(|| self.from(value)),
            if from.is_some() { key.len() } else { 0 },
        );
    }

    /// Adds the origin of the next text: a key with its quotes.
    fn property(&mut self, key: &str, value: &str) {
        let from = self.key_at(key, value).map_or_else(|| self.from(value), |from| from - 1);
        self.range(from, 0);
    }

    /// Returns the offset of a value's key, without its quotes; `None` if the key is written with
    /// escapes.
    fn key_at(&self, key: &str, value: &str) -> Option<usize> {
        let before = self.json[..self.from(value)]
            .trim_end()
            .strip_suffix(':')?
            .trim_end()
            .strip_suffix('"')?;
        let is_plain = before.strip_suffix(key).is_some_and(|rest| rest.ends_with('"'));
        is_plain.then(|| before.len() - key.len())
    }
}

/// Returns a JSON value as a JavaScript expression. All JSON is one, except for `__proto__`, which
/// in JSON is a key like any other.
fn expression(json: &str) -> String {
    // The key may also be written with escapes. A needless call does no harm.
    if json.contains("__proto__") || json.contains("\\u00") {
        return format!("JSON.parse({})", serde_json::Value::String(json.to_owned()));
    }
    json.trim().to_owned()
}

/// Whether a key can be a named export. `default` is the whole value.
fn is_identifier(key: &str) -> bool {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_' || c == '$';
    key != "default"
        && key != "__proto__"
        && key.chars().next().is_some_and(is_start)
        && key.chars().all(|c| is_start(c) || c.is_ascii_digit())
}
