//! Reads the fields `exports` and `imports` of a package.json: the value for a path, and the paths
//! and conditions that they mention.

use serde_json::{Map, Value};

/// Returns the value of `exports` for a path, and the text that its `*` matches.
pub(super) fn exported_at<'v, 'p>(
    exports: &'v Value,
    subpath: &'p str,
) -> Option<(&'v Value, &'p str)> {
    match exports.as_object().filter(|map| map.keys().any(|key| key.starts_with('.'))) {
        Some(paths) => at_key(paths, subpath),
        None => (subpath == ".").then_some((exports, "")),
    }
}

/// Returns the value of a key, or of the first pattern that matches it, and the text that its `*`
/// matches.
pub(super) fn at_key<'v, 'p>(
    map: &'v Map<String, Value>,
    key: &'p str,
) -> Option<(&'v Value, &'p str)> {
    let matched = |pattern: &str| {
        let (before, after) = pattern.split_once('*')?;
        key.strip_prefix(before)?.strip_suffix(after)
    };
    let exact = map.get(key).map(|value| (value, ""));
    exact.or_else(|| map.iter().find_map(|(pattern, value)| Some((value, matched(pattern)?))))
}

pub(super) fn exported_paths(exports: &Value) -> Vec<String> {
    match exports.as_object() {
        Some(map) if map.keys().any(|key| key.starts_with('.')) => {
            let hidden = |key: &str| key == "./package.json" || map[key].is_null();
            map.keys().filter(|key| !hidden(key)).cloned().collect()
        }
        Some(_) => vec![".".to_owned()],
        None => exports.is_string().then(|| ".".to_owned()).into_iter().collect(),
    }
}

/// Returns every condition that a value of `exports` mentions.
pub(super) fn condition_names(value: &Value) -> Vec<String> {
    let mut names = Vec::new();
    if let Some(conditions) = value.as_object() {
        for (name, inner) in conditions {
            names.push(name.clone());
            names.extend(condition_names(inner));
        }
    }
    names.dedup();
    names
}
