//! The calls of `console` that compressors remove.

use bundle_js::static_evaluation::{Field, ScriptLocation, Value};

use super::reading::{Reading, texts};

/// Reads the option `drop_console` of compressors (those of terser, `UglifyJS` and SWC), and notes
/// `pure_funcs`, which names single methods.
pub fn of_terser(reading: &mut Reading<'_>, options: &Value) {
    let compress = options.get("compress").fields();
    let is_on = |field: &&Field| field.value.is_true() == Some(true);
    if let Some(Field { value, place }) = compress.get("drop_console").filter(is_on) {
        if let Value::List(_) = value {
            note_methods(reading, "drop_console", *place);
        } else {
            drop_calls(reading);
        }
    }
    let names_console =
        |field: &&Field| texts(&field.value).iter().any(|name| name.starts_with("console"));
    if let Some(field) = compress.get("pure_funcs").filter(names_console) {
        note_methods(reading, "pure_funcs", field.place);
    }
}

/// Reads `drop: ["console"]` of esbuild.
pub fn of_esbuild(reading: &mut Reading<'_>, options: &Value) {
    if texts(&options.get("drop")).iter().any(|name| name == "console") {
        drop_calls(reading);
    }
}

/// Leaves out the calls of `console`.
pub fn drop_calls(reading: &mut Reading<'_>) {
    reading.plan.modes.production.insert("drop".to_owned(), "console".into());
}

fn note_methods(reading: &mut Reading<'_>, key: &str, place: ScriptLocation) {
    let remedy = "\"drop\": \"console\" leaves out all calls of console";
    reading.note(place, format!("{key} of terser: single methods of console"), remedy);
}
