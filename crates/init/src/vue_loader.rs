//! Options of vue-loader: how the templates of components are compiled.

use bundle_base::config::VueConfig;
use bundle_js::static_evaluation::{Field, Value};
use serde_json::{Map, Value as Json, json};

use super::{
    plan::to_json,
    reading::{Reading, texts},
};

/// Reads the options of vue-loader.
pub fn read(reading: &mut Reading<'_>, options: &Value) {
    for (key, field) in options.fields() {
        match key.as_str() {
            "compilerOptions" => compiler(reading, &field.value),
            // Up to version 14.
            "preserveWhitespace" => preserve_whitespace(reading, &field),
            "transformAssetUrls" | "transformToRequire" => asset_urls(reading, &field.value),
            "compilerModules" | "compilerDirectives" => functions(reading, &key, &field),
            _ => {}
        }
    }
}

/// Reads `compilerOptions`.
fn compiler(reading: &mut Reading<'_>, options: &Value) {
    let has_whitespace = !options.get("whitespace").is_missing();
    for (key, field) in options.fields() {
        match key.as_str() {
            "preserveWhitespace" if has_whitespace => {}
            "preserveWhitespace" => preserve_whitespace(reading, &field),
            "modules" | "directives" => functions(reading, &key, &field),
            "whitespace" | "delimiters" | "comments" => {
                if let Some(value) = to_json(&field.value) {
                    reading.plan.put("vue", &key, value);
                } else {
                    let what = format!("{key} of vue-loader");
                    reading.note(field.place, what, "write its value into \"vue\": docs/vue.md");
                }
            }
            "outputSourceRange" => {}
            key => {
                let what = format!("compilerOptions.{key} of vue-loader");
                reading.note(field.place, what, "find out whether you need it");
            }
        }
    }
}

/// Without `preserveWhitespace`, Vue removes white space of one line too.
fn preserve_whitespace(reading: &mut Reading<'_>, field: &Field) {
    match field.value.is_true() {
        Some(false) if !field.value.is_missing() => {
            reading.plan.put("vue", "whitespace", "condense");
            let remedy = "\"condense\" keeps a space between elements on one line: write them \
                          without it where that shows";
            reading.note(field.place, "preserveWhitespace: false of vue-loader", remedy);
        }
        Some(true) => reading.plan.put("vue", "whitespace", "preserve"),
        Some(false) | None => {}
    }
}

/// Reads attributes by tag. vue-loader adds them to its own, and takes `false` for these too.
fn asset_urls(reading: &mut Reading<'_>, value: &Value) {
    let mut tags = VueConfig::default().asset_urls;
    let given = value.fields().into_iter();
    tags.extend(given.map(|(tag, field)| (tag, texts(&field.value))));
    if tags == VueConfig::default().asset_urls {
        return;
    }
    let written = |names: Vec<String>| match names.as_slice() {
        [one] => Json::from(one.as_str()),
        _ => json!(names),
    };
    let tags: Map<String, Json> =
        tags.into_iter().map(|(tag, names)| (tag, written(names))).collect();
    reading.plan.put("vue", "transformAssetUrls", tags);
}

/// Functions are in a file of their own.
fn functions(reading: &mut Reading<'_>, key: &str, field: &Field) {
    let remedy = "put them into a file, and name it in vue.compiler: docs/vue.md";
    reading.note(field.place, format!("{key} of Vue's compiler"), remedy);
}
