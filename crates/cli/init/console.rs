//! What compressors remove of `console`: calls of it stay here.

use bundle_js::evaluate::{Field, Value};

use super::reading::{Reading, texts};

const REMEDY: &str = "calls of console stay in the scripts: take them out of the sources";

/// Notes terser's options `drop_console` and `pure_funcs`.
pub fn of_terser(reading: &mut Reading<'_>, options: &Value) {
    let compress = options.get("compress").fields();
    let removes = |field: &&Field| {
        field.value.is_true() == Some(true) && !matches!(field.value, Value::List(_))
            || texts(&field.value).iter().any(|name| name.starts_with("console"))
    };
    for key in ["drop_console", "pure_funcs"] {
        if let Some(field) = compress.get(key).filter(removes) {
            reading.note(field.place, format!("{key} of terser"), REMEDY);
        }
    }
}

/// Notes `drop: ["console"]` of esbuild.
pub fn of_esbuild(reading: &mut Reading<'_>, options: &Value) {
    if let Some(field) = options.fields().get("drop")
        && texts(&field.value).iter().any(|name| name == "console")
    {
        reading.note(field.place, "console, which esbuild drops", REMEDY);
    }
}
