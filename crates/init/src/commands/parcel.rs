//! Calls of Parcel, which needs no configuration.

use bundle_js::static_evaluation::Value;
use camino::Utf8Path;
use serde_json::{Value as Json, json};

use super::{
    super::{
        facts::ProjectFacts,
        pages,
        plan::{Plan, tidy},
        source_maps,
        stylesheets::is_stylesheet,
    },
    call::Words,
    outputs::{add, files},
};

const WITH_VALUE: [&str; 14] = [
    "--dist-dir",
    "-d",
    "--out-dir",
    "--out-file",
    "-o",
    "--public-url",
    "--target",
    "-t",
    "--cache-dir",
    "--log-level",
    "--global",
    "--config",
    "--reporter",
    "--feature-flag",
];

/// Adds `parcel build ENTRY… --dist-dir FOLDER`. Entries may be `source` of package.json.
pub(super) fn read(facts: &ProjectFacts, plan: &mut Plan, words: &[String]) {
    let words = Words::of(words, &WITH_VALUE);
    if words.paths.first().is_none_or(|word| word != "build") {
        return;
    }
    let (own, target) = of_package(facts, plan);
    let given = words.local(facts).split_off(1);
    let entries = files(facts, if given.is_empty() { &own } else { &given }, "html");
    let folder = words.path(facts, &["--dist-dir", "-d", "--out-dir"]).or(target);
    let folder = folder.unwrap_or_else(|| "dist".to_owned());
    let shared = shared_folder(&entries);
    let name = words.value(&["--out-file", "-o"]).filter(|_| entries.len() == 1);
    for entry in &entries {
        let inner = entry.strip_prefix(&shared).unwrap_or(entry).trim_start_matches('/');
        let inner = name.as_deref().unwrap_or(inner);
        if entry.ends_with(".html") {
            page(facts, plan, entry, &folder, inner);
            continue;
        }
        let extension = if is_stylesheet(entry) { "css" } else { "js" };
        let inner = Utf8Path::new(inner).with_extension(extension);
        add(facts, plan, &format!("{folder}/{inner}"), entry);
    }
    if plan.outputs.is_empty() {
        return;
    }
    if let Some(url) = words.value(&["--public-url"]) {
        let is_relative = url.starts_with('.');
        let url = format!("{}/", url.trim_end_matches('/'));
        plan.set("publicPath", if is_relative { String::new() } else { url });
    }
    if words.has(&["--no-optimize", "--no-minify"]) {
        plan.set("minify", false);
    }
    source_maps::of_switch(plan, &Value::Boolean(!words.has(&["--no-source-maps"])));
    if facts.major("react").is_some_and(|major| major > 16) && facts.range("parcel").is_some() {
        plan.set("jsx", "automatic");
    }
    plan.set("splitting", "async");
}

/// Adds a page, and what it names as its entries.
fn page(facts: &ProjectFacts, plan: &mut Plan, path: &str, folder: &str, name: &str) {
    // Since version 2, `/src/a.js` is below the project.
    let is_new = facts.range("parcel").is_some();
    let own = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let found = pages::read(facts, path, if is_new { "" } else { own });
    let mut entries = Vec::new();
    for source in found.modules.iter().chain(&found.classic) {
        let stem = Utf8Path::new(source).file_stem().unwrap_or_default();
        let of_page =
            name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        add(facts, plan, &format!("{folder}/{of_page}{stem}.js"), source);
        entries.push(format!("{of_page}{stem}"));
    }
    found.note(plan, path);
    for source in &found.classic {
        plan.note(path, format!("the tag of {source}"), "remove it: builds write one of their own");
    }
    plan.put("html", name, json!({ "template": path, "entries": entries }));
}

/// Returns `source` of package.json, and the folder of its only target.
fn of_package(facts: &ProjectFacts, plan: &mut Plan) -> (Vec<String>, Option<String>) {
    let sources: Vec<String> = match facts.package.get("source") {
        Some(Json::String(path)) => vec![tidy(path)],
        Some(Json::Array(paths)) => paths.iter().filter_map(Json::as_str).map(tidy).collect(),
        _ => Vec::new(),
    };
    let targets = facts.package.get("targets").and_then(Json::as_object);
    let mut folders = targets.into_iter().flatten().filter_map(|(_, target)| target.get("distDir"));
    let folder = folders.next().and_then(Json::as_str).map(tidy);
    let is_library = ["main", "module"].iter().any(|key| facts.package.get(key).is_some());
    if folders.next().is_some() || !sources.is_empty() && folder.is_none() && is_library {
        let remedy = "give each a configuration with its \"outDir\" and \"format\"";
        plan.note("package.json", "the targets of Parcel", remedy);
    }
    (sources, folder.map(|folder| folder.trim_end_matches('/').to_owned()))
}

/// Returns the deepest folder that has all files.
fn shared_folder(files: &[String]) -> String {
    let Some(first) = files.first() else { return String::new() };
    let mut folders = Utf8Path::new(first).ancestors().skip(1);
    let has_all =
        |folder: &&Utf8Path| files.iter().all(|file| Utf8Path::new(file).starts_with(folder));
    folders.find(has_all).map(Utf8Path::to_string).unwrap_or_default()
}
