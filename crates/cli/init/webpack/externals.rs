//! webpack's externals: packages that are globals of the page.

use bundle_js::evaluate::{Place, Value};

use super::super::reading::Reading;

/// Reads `externals`: an object, a text, or a list of these.
pub fn externals(reading: &mut Reading<'_>, value: &Value, place: Place) {
    match value {
        Value::Text(name) => reading.plan.put("externals", name, global_name(name)),
        Value::List(_) => {
            for one in value.elements() {
                externals(reading, &one, place);
            }
        }
        Value::Object(_) => {
            for (name, field) in value.fields() {
                let global = match &field.value {
                    Value::Object(_) => {
                        let keys = ["root", "var", "commonjs", "commonjs2"];
                        keys.iter().find_map(|key| field.value.get(key).as_text())
                    }
                    Value::List(_) => {
                        let parts: Vec<String> =
                            field.value.elements().iter().filter_map(Value::as_text).collect();
                        Some(parts.join("."))
                    }
                    value => value.as_text(),
                };
                let global = global.map(|global| {
                    let global = global.strip_prefix("window.").unwrap_or(&global);
                    global
                        .strip_prefix("var ")
                        .or_else(|| global.strip_prefix("root "))
                        .unwrap_or(global)
                        .to_owned()
                });
                match global {
                    Some(global) => reading.plan.put("externals", &name, global),
                    None => reading.note(
                        field.place,
                        format!("the external {name}"),
                        "write its page global into \"externals\"",
                    ),
                }
            }
        }
        Value::Undefined | Value::Null => {}
        _ => reading.note(
            place,
            "externals that a function or a pattern decides",
            "list the packages in \"externals\"",
        ),
    }
}

/// Guesses the page global of a package that is only named.
fn global_name(package: &str) -> String {
    match package {
        "jquery" => "jQuery".to_owned(),
        "vue" => "Vue".to_owned(),
        "lodash" => "_".to_owned(),
        name => name.to_owned(),
    }
}
