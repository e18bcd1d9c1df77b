//! `bundle inspect`: the decided configuration, the modules with their imports, and compiled
//! components.

use std::fmt::Write as _;

use bundle_base::{
    Diagnostic, Diagnostics,
    config::{absolute, relative},
    diagnostic::Severity,
};
use bundle_engine::{CompiledComponent, CompiledStyle as Style, Components};
use bundle_report::{parsed_metafile::Metafile, why};
use serde_json::{Value, json};

use crate::{args::Invocation, build, progress::Progress, project, report, report::Reporter};

/// Prints the decided configuration.
pub fn config(invocation: &Invocation, mut log: Diagnostics) -> Result<(), Diagnostics> {
    let Some(project) = project::open(invocation, &mut log) else { return Err(log) };
    let value =
        serde_json::to_value(project.config.as_ref()).expect("a configuration is plain data");
    report::answer(&if invocation.json { pretty(&value) } else { as_text(&value) })
}

/// Prints the modules of a build that is not written.
pub fn graph(
    reporter: Reporter,
    invocation: &Invocation,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let Some(mut project) = project::open(invocation, &mut log) else { return Err(log) };
    std::sync::Arc::make_mut(&mut project.config).output.metafile = true;
    let mut progress = Progress::start(reporter.shows_progress());
    let (built, _) = build::build(&project, invocation, &mut progress, &mut log)?;
    drop(progress);
    reporter.report_all(&log.take());
    let value = built.outputs.metafile.unwrap_or_default();
    let metafile = Metafile::of(&value).expect("our own metafile has this form");
    let mut inputs = value["inputs"].clone();
    let modules = inputs.as_object_mut().into_iter().flatten();
    let text: String = modules.map(|(name, module)| placed(name, module, &metafile)).collect();
    report::answer(&if invocation.json { pretty(&inputs) } else { text })
}

/// Prints what components are compiled to, one line of JSON each.
pub fn components(
    files: &[String],
    invocation: &Invocation,
    mut log: Diagnostics,
) -> Result<(), Diagnostics> {
    let Some(project) = project::open(invocation, &mut log) else { return Err(log) };
    let components = Components::new(&project.config, &project.fs, &*project.programs);
    let mut text = String::new();
    for file in files {
        let path = absolute(&project.cwd, file);
        let name = relative(&project.config.project, &path);
        let (compiled, mistakes) = components.compile(&path, &name);
        let value = component(file, compiled, &mistakes);
        text.push_str(&value.to_string());
        text.push('\n');
    }
    report::answer(&text)
}

fn component(file: &str, compiled: Option<CompiledComponent>, mistakes: &[Diagnostic]) -> Value {
    let compiled = compiled.unwrap_or_default();
    let errors: Vec<Value> =
        mistakes.iter().filter(|d| d.severity == Severity::Error).map(mistake).collect();
    let warnings: Vec<Value> =
        mistakes.iter().filter(|d| d.severity != Severity::Error).map(mistake).collect();
    let style = |style: &Style| {
        json!({
            "code": style.code.text(), "lang": "css", "scoped": style.is_scoped,
        })
    };
    json!({
        "file": file,
        "id": compiled.id,
        "script": compiled.script.as_ref().map(|script| json!({ "code": script.code.text() })),
        "template": compiled.template.as_ref().map(|template| json!({
            "code": template.code.text(),
        })),
        "styles": compiled.styles.iter().map(style).collect::<Vec<_>>(),
        "customBlocks": compiled.custom.iter().map(|tag| json!({
            "type": tag,
        })).collect::<Vec<_>>(),
        "errors": errors,
        "warnings": warnings,
    })
}

/// Returns a diagnostic as JSON. Its offsets are UTF-16 units from the start of the file, as
/// JavaScript counts.
fn mistake(diagnostic: &Diagnostic) -> Value {
    let place = diagnostic.primary.as_ref().map(|label| {
        let count = |end: u32| {
            label.source.text.get(..end as usize).unwrap_or_default().encode_utf16().count()
        };
        (count(label.span.start), count(label.span.end))
    });
    let mut value = json!({ "code": diagnostic.code, "msg": diagnostic.message });
    if let Some((start, end)) = place {
        value["start"] = json!(start);
        value["end"] = json!(end);
    }
    value
}

fn pretty(value: &Value) -> String {
    format!("{}\n", serde_json::to_string_pretty(value).expect("a value is printable"))
}

/// Returns a module as a paragraph: its imports, the files that contain it, and why. Adds these
/// files to the module's value.
fn placed(name: &str, module: &mut Value, metafile: &Metafile) -> String {
    let mut text = format!("{name}  ({} bytes)\n", module["bytes"].as_u64().unwrap_or(0));
    for import in module["imports"].as_array().into_iter().flatten() {
        let path = import["path"].as_str().unwrap_or_default();
        let kind = import["kind"].as_str().unwrap_or_default();
        let external = if import["external"] == true { ", external" } else { "" };
        let _ = writeln!(text, "    {path}  ({kind}{external})");
    }
    let claim =
        module["claimedBy"].as_str().map(|area| format!("the shared area {area} claims it; "));
    let claim = claim.unwrap_or_default();
    let mut outputs = Vec::new();
    for (path, output) in &metafile.outputs {
        let Some(inside) = output.inputs.get(name).filter(|inside| inside.bytes_in_output > 0)
        else {
            continue;
        };
        let (needed, loaded) = metafile.split_roots(path, output, std::iter::once(inside));
        let _ = writeln!(text, "  in {path}: {claim}{}", why::here(&needed, &loaded, metafile));
        outputs.push(json!({
            "path": path, "neededFor": why::roots(&needed), "loadedFor": why::roots(&loaded),
        }));
    }
    if outputs.is_empty() {
        text.push_str("  in no file: nothing of it stays\n");
    }
    module["outputs"] = json!(outputs);
    text
}

/// Returns the configuration as text, one line per value, such as `output.format: iife`.
fn as_text(config: &Value) -> String {
    let mut text = String::new();
    lines(config, "", &mut text);
    text
}

fn lines(value: &Value, path: &str, text: &mut String) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(object) if !object.is_empty() => {
            for (key, value) in object {
                lines(value, &below(key), text);
            }
        }
        Value::Array(list) if list.iter().any(Value::is_object) => {
            for (index, value) in list.iter().enumerate() {
                lines(value, &below(&index.to_string()), text);
            }
        }
        Value::Array(list) if list.is_empty() => drop(writeln!(text, "{path}: none")),
        Value::Array(list) => {
            let items: Vec<String> = list.iter().map(plain).collect();
            let _ = writeln!(text, "{path}: {}", items.join(", "));
        }
        Value::Null => drop(writeln!(text, "{path}: none")),
        Value::Object(_) | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            let _ = writeln!(text, "{path}: {}", plain(value));
        }
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Object(object) if object.is_empty() => "none".to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            value.to_string()
        }
    }
}
