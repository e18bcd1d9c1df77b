//! What webpack's plugins define. Their values are code; those of `define` are JSON or names.

use bundle_js::static_evaluation::{Field, ScriptLocation, Value};
use serde_json::{Map, Value as Json};

use super::super::{
    plan::to_json,
    reading::{Reading, is_name, texts},
};

/// Adds what `DefinePlugin` says.
pub fn define(reading: &mut Reading<'_>, values: &Value) {
    for (name, field) in values.fields() {
        // Each variable is one for itself.
        if name == "process.env" && matches!(field.value, Value::Object(_)) {
            members(reading, &name, &field.value);
        } else {
            defined(reading, &name, &field);
        }
    }
}

fn members(reading: &mut Reading<'_>, name: &str, object: &Value) {
    for (key, field) in object.fields() {
        defined(reading, &format!("{name}.{key}"), &field);
    }
}

/// Adds one value. One that is not JSON may have members that are.
fn defined(reading: &mut Reading<'_>, name: &str, field: &Field) {
    // The mode decides it; `.env` files have the rest.
    if name == "process.env.NODE_ENV" {
        return;
    }
    let value = match &field.value {
        Value::Text(code) => value_of(code).map(Json::from),
        other => json_of(other).filter(|json| !json.is_null()),
    };
    let is_definable = is_name(name) || name.strip_prefix("import.meta.").is_some_and(is_name);
    match value.filter(|_| is_definable) {
        Some(value) => reading.plan.put("define", name, value),
        None if !is_definable => {
            let what = format!("the defined expression {name}");
            reading.note(field.place, what, "\"define\" replaces names: write it into the code");
        }
        None => {
            undefined(reading, name, field.place);
            members(reading, name, &field.value);
        }
    }
}

/// Returns code as a value of `define`: JSON, or a name. `None`: it is other code.
fn value_of(code: &str) -> Option<String> {
    let code = code.trim();
    match code {
        "void 0" => return Some("undefined".to_owned()),
        "!0" => return Some("true".to_owned()),
        "!1" => return Some("false".to_owned()),
        _ => {}
    }
    let quoted = code.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    if let Some(text) = quoted.filter(|text| !text.contains(['\'', '\\', '\n'])) {
        return Some(Json::from(text).to_string());
    }
    let is_json =
        ["true", "false", "null"].contains(&code) || serde_json::from_str::<Json>(code).is_ok();
    (is_json || is_name(code)).then(|| code.to_owned())
}

/// Returns a value as JSON. Texts in it are code.
fn json_of(value: &Value) -> Option<Json> {
    match value {
        Value::Text(code) => serde_json::from_str(&value_of(code)?).ok(),
        Value::List(_) => value.elements().iter().map(json_of).collect(),
        Value::Object(_) => {
            let fields = value.fields();
            let pairs = fields.iter().map(|(key, f)| Some((key.clone(), json_of(&f.value)?)));
            pairs.collect::<Option<Map<String, Json>>>().map(Json::Object)
        }
        other => to_json(other),
    }
}

fn undefined(reading: &mut Reading<'_>, name: &str, place: ScriptLocation) {
    let remedy = "write its value into \"define\", or into an .env file";
    reading.note(place, format!("the defined value {name}"), remedy);
}

/// Adds the defaults of `EnvironmentPlugin`. Names without one are variables of the shell.
pub fn environment(reading: &mut Reading<'_>, values: &Value, place: ScriptLocation) {
    let assigned = reading.script.assigned_environment();
    for (name, field) in values.fields().into_iter().filter(|(name, _)| name != "NODE_ENV") {
        let field = assigned.get(&name).cloned().unwrap_or(field);
        variable(reading, &name, &field);
    }
    for name in texts(values).iter().filter(|name| *name != "NODE_ENV") {
        match assigned.get(name) {
            Some(field) => variable(reading, name, field),
            None => undefined(reading, &format!("process.env.{name}"), place),
        }
    }
}

/// Reads dotenv-webpack: scripts get the variables of `.env` that they name. If the repository has
/// no `.env`, an example of it has their names.
pub fn dotenv(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let path = reading.path_of(&options.get("path")).unwrap_or_else(|| ".env".to_owned());
    if path != ".env" {
        let remedy = "builds read .env and .env.MODE beside bundle.config.json: link to it";
        reading.note(place, format!("variables of {path}"), remedy);
    }
    let files = ["", ".example", ".dist", ".sample", ".defaults"].map(|end| format!("{path}{end}"));
    let text = files.iter().find(|file| reading.is_file(file)).map(|file| {
        let text = reading.facts.fs.read(&reading.project().join(file)).unwrap_or_default();
        String::from_utf8_lossy(&text).into_owned()
    });
    let names = text.iter().flat_map(|text| text.lines()).filter_map(|line| {
        let (name, _) = line.split_once('=')?;
        let name = name.trim().trim_start_matches("export ");
        is_name(name).then(|| name.to_owned())
    });
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        let remedy = "write the names of its variables into \"env\": docs/scripts.md";
        return reading.note(place, "variables of .env", remedy);
    }
    reading.plan.set("env", names);
    let comment = "scripts get those of these variables that they name, as with dotenv-webpack";
    reading.plan.comment("env", comment);
}

/// Adds the variables that the script sets and whose names have a prefix, as Vue CLI does.
pub fn assigned(reading: &mut Reading<'_>, prefix: &str) {
    for (name, field) in reading.script.assigned_environment() {
        if name.starts_with(prefix) {
            variable(reading, &name, &field);
        }
    }
}

fn variable(reading: &mut Reading<'_>, name: &str, field: &Field) {
    let name = format!("process.env.{name}");
    match field.value.to_json() {
        Some(json) => reading.plan.put("define", &name, json),
        None => undefined(reading, &name, field.place),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_as_values() {
        let shown = |code: &str| value_of(code).unwrap_or_default();
        assert_eq!(shown("\"a\""), "\"a\"");
        assert_eq!(shown("'1.2'"), "\"1.2\"");
        assert_eq!(shown("window.X"), "window.X");
        assert_eq!(shown("!0"), "true");
        for other in ["new Date()", "1 + 1", "'a' + 'b'"] {
            assert_eq!(shown(other), "", "{other}");
        }
    }
}
