//! `manualChunks` as a function of a module's path. It is called with a file of each package that
//! package.json names: packages for which it returns a name become a shared area of this name.

use bundle_js::static_evaluation::{ScriptLocation, Value};
use indexmap::IndexMap;

use super::super::super::reading::Reading;

/// A package that no project has: the function's answer is its answer for all packages.
const ANY: &str = "bundle-init-any-package";

/// Reads the function, or notes it if its answers are not known.
pub(super) fn of_function(reading: &mut Reading<'_>, function: &Value, place: ScriptLocation) {
    let note = |reading: &mut Reading<'_>| {
        let remedy = "name its packages in areas: { \"packages\": […], \"shared\": true }";
        reading.note(place, "output.manualChunks, a function", remedy);
    };
    let chunks = chunks(reading, function).filter(|chunks| !chunks.is_empty());
    let Some(chunks) = chunks else { return note(reading) };
    let folder = reading.plan.out_dir.clone().unwrap_or_default();
    for (name, packages) in chunks {
        let packages =
            if packages.iter().any(|one| one == ANY) { vec!["*".to_owned()] } else { packages };
        reading.plan.library(&format!("{folder}/{name}"), packages);
    }
}

/// Returns the packages of each chunk; `None` if an answer is not known, if the project's own
/// modules have a chunk too, or if each package has a chunk of its name.
fn chunks(reading: &mut Reading<'_>, function: &Value) -> Option<IndexMap<String, Vec<String>>> {
    let mut chunks: IndexMap<String, Vec<String>> = IndexMap::new();
    let of_project = reading.project().join("src/bundle-init-any-module.js");
    if !answer(reading, function, of_project.as_str())?.is_empty() {
        return None;
    }
    let mut packages = reading.facts.dependencies();
    packages.push(ANY.to_owned());
    for package in packages {
        let path = reading.project().join(format!("node_modules/{package}/index.js"));
        let name = answer(reading, function, path.as_str())?;
        if name.contains(ANY) {
            return None;
        }
        if !name.is_empty() {
            chunks.entry(name).or_default().push(package);
        }
    }
    Some(chunks)
}

/// Returns the function's answer; empty: the module has no chunk of its own.
fn answer(reading: &mut Reading<'_>, function: &Value, path: &str) -> Option<String> {
    let Value::Function(_) = function else { return None };
    match reading.script.call(function, vec![Value::text(path)]) {
        Value::Text(name) => Some(name),
        Value::Undefined | Value::Null | Value::Boolean(false) => Some(String::new()),
        _ => None,
    }
}
