//! `output.library`: the page global that gets the exports of an entry, and the format of the
//! output.

use bundle_js::static_evaluation::{ScriptLocation, Value};

use super::super::reading::{Reading, is_name};

/// The placeholder for the name of the entry.
const NAME: &str = "[name]";

/// Reads `library`, a name or an object, and the older `libraryTarget` and `libraryExport`.
/// `is_only_compiler`: there is one compiler, whose global all entries have.
pub fn read(reading: &mut Reading<'_>, output: &Value, is_only_compiler: bool) {
    let place = output.fields().get("library").map(|field| field.place).unwrap_or_default();
    let library = output.get("library");
    let either = |key: &str, old: &str| {
        let own = library.get(key);
        if own.is_missing() { output.get(old) } else { own }
    };
    let kind = either("type", "libraryTarget").as_text();
    match kind.as_deref() {
        Some("commonjs" | "commonjs2" | "commonjs-module" | "commonjs-static") => {
            reading.plan.set("format", "cjs");
        }
        Some("module" | "modern-module") => reading.plan.set("format", "esm"),
        Some(kind @ ("amd" | "amd-require" | "system" | "jsonp")) => {
            let what = format!("a library of the type {kind}");
            reading.note(place, what, "\"format\" is iife, cjs or esm");
        }
        Some("umd" | "umd2") if name(&library).is_none() => {
            let remedy = "give the exports a page global: \"globalName\"";
            reading.note(place, "a library without a name", remedy);
        }
        None if output.get("module").is_true() == Some(true) => reading.plan.set("format", "esm"),
        Some(_) | None => {}
    }
    if let Some(name) = global(reading, &library, place)
        && is_only_compiler
    {
        reading.plan.set("globalName", name);
    }
    export(reading, &either("export", "libraryExport"), place);
}

/// Returns the global of one compiler among several: its entries have it, and no others.
pub fn global_of(output: &Value) -> Option<String> {
    name(&output.get("library")).filter(|name| is_name(name))
}

/// Reads the `library` of an entry: `{ import: …, library: { name: …, type: … } }`.
pub fn of_entry(reading: &mut Reading<'_>, path: &str, library: &Value, place: ScriptLocation) {
    let place = library.fields().get("name").map_or(place, |field| field.place);
    if let Some(name) = global(reading, library, place) {
        reading.plan.output(path).global_name = Some(name);
        export(reading, &library.get("export"), place);
    }
}

/// Gives an entry the global that has its name: `library: ["wc", "[name]"]`.
pub fn of_name(reading: &mut Reading<'_>, entry: &str, path: &str, output: &Value) {
    let library = output.get("library");
    let Some(pattern) = name(&library).filter(|name| name.contains(NAME)) else { return };
    let global = pattern.replace(NAME, entry);
    // A name with a dot is one member for webpack.
    if is_name(&global) && !entry.contains('.') {
        reading.plan.output(path).global_name = Some(global);
    } else {
        let place = output.fields().get("library").map(|field| field.place).unwrap_or_default();
        let remedy = "a globalName is a name or a path of names, such as Company.App";
        reading.note(place, format!("output.library {pattern} of {entry}"), remedy);
    }
}

/// Returns the name of a library if a page global can have it, and notes it otherwise.
fn global(reading: &mut Reading<'_>, library: &Value, place: ScriptLocation) -> Option<String> {
    let name = name(library)?;
    if name.contains(NAME) {
        return None;
    }
    if is_name(&name) {
        return Some(name);
    }
    let remedy = if name.contains('[') {
        "give each area a globalName: { \"entry\": …, \"globalName\": … }"
    } else {
        "a globalName is a name or a path of names, such as Company.App"
    };
    reading.note(place, format!("output.library {name}"), remedy);
    None
}

/// Notes that a library is only one of its exports.
fn export(reading: &mut Reading<'_>, export: &Value, place: ScriptLocation) {
    let export = match export {
        list @ Value::List(_) => joined(list),
        one => one.as_text(),
    };
    if let Some(export) = export {
        let what = format!("only the export {export} of the library");
        let remedy = format!("globalName has all exports: pages use its .{export}");
        reading.note(place, what, &remedy);
    }
}

/// Returns the global: `My`, `["My", "App"]`, `{ name: … }` or `{ root: … }`.
fn name(library: &Value) -> Option<String> {
    match library {
        Value::Object(_) => ["name", "root"].iter().find_map(|key| name(&library.get(key))),
        Value::List(_) => joined(library),
        one => one.as_text(),
    }
}

fn joined(list: &Value) -> Option<String> {
    let parts: Vec<String> = list.elements().iter().filter_map(Value::as_text).collect();
    (!parts.is_empty()).then(|| parts.join("."))
}
