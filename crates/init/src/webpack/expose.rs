//! expose-loader: modules whose exports are page globals.

use bundle_js::static_evaluation::{ScriptLocation, Value};
use serde_json::{Value as Json, json};

use super::{
    super::reading::{Reading, is_name},
    expressions::Beginning,
    files::{alternatives, described, files},
};

/// Reads a rule for expose-loader. Each call may add a global to those of a file.
pub fn read(reading: &mut Reading<'_>, options: &Value, rule: &Value, place: ScriptLocation) {
    let files = exposed(reading, rule);
    let all = globals(options);
    let names: Vec<&String> = all.iter().flatten().filter(|name| is_name(name)).collect();
    if names.len() < all.len() || names.is_empty() || files.is_empty() {
        let what = format!("expose-loader for {}", described(reading, rule));
        let remedy = "assign single exports in an entry: window.merge = require(\"lodash\").merge";
        reading.note(place, what, remedy);
    }
    if names.is_empty() {
        return;
    }
    for file in files {
        reading.plan.put("rules", &file, json!({ "expose": [] }));
        let known = &mut reading.plan.keys["rules"][&file]["expose"];
        let Some(known) = known.as_array_mut() else { continue };
        known.extend(names.iter().map(|name| Json::from(name.as_str())));
        known.dedup();
    }
}

/// Returns the patterns of the files: `require.resolve("jquery")` is the main file of the package.
fn exposed(reading: &Reading<'_>, rule: &Value) -> Vec<String> {
    let of_packages = alternatives(&rule.get("test"));
    let of_packages = of_packages.iter().filter_map(Value::as_text);
    let paths: Vec<String> =
        of_packages.filter_map(|name| reading.facts.main_file(&name)).collect();
    if paths.is_empty() { files(reading, rule, Beginning::OfName) } else { paths }
}

/// Returns the globals: `"$"`, `{ exposes: ["$", "jQuery"] }`, and since version 1 `{ exposes: [{
/// globalName: "$" }] }`. `None` for one that gets a single export.
fn globals(options: &Value) -> Vec<Option<String>> {
    if let Value::Text(text) = options {
        return vec![Some(text.clone())];
    }
    let exposes = options.get("exposes");
    if exposes.is_missing() {
        // `expose-loader?$`
        let fields = options.fields().into_iter();
        return fields
            .map(|(key, field)| field.value.as_text()?.is_empty().then_some(key))
            .collect();
    }
    let listed = if matches!(exposes, Value::List(_)) { exposes.elements() } else { vec![exposes] };
    listed.iter().map(global).collect()
}

fn global(exposed: &Value) -> Option<String> {
    if let Value::Text(text) = exposed {
        return Some(text.clone());
    }
    let name = exposed.get("globalName");
    let path = name.elements().iter().filter_map(Value::as_text).collect::<Vec<_>>().join(".");
    let name = name.as_text().unwrap_or(path);
    exposed.get("moduleLocalName").is_missing().then_some(name)
}
