//! Shared chunks of webpack: named groups of `splitChunks`, and `CommonsChunkPlugin` of webpack 1
//! to 3. Views name these scripts, so they become shared areas.

use bundle_js::static_evaluation::{ScriptLocation, Value};
use indexmap::IndexSet;

use super::{
    super::{imports, plan::tidy, reading::Reading},
    entries::package,
    names::{named, shared},
};

/// Reads `CommonsChunkPlugin`.
pub(super) fn commons(reading: &mut Reading<'_>, options: &Value) {
    let name = options.get("name").as_text().or_else(|| options.as_text());
    let name = name.or_else(|| options.get("names").elements().first()?.as_text());
    let Some(name) = name else { return };
    if ["manifest", "runtime"].contains(&name.as_str()) {
        return;
    }
    let pattern = options.get("filename").as_text();
    let pattern = pattern.unwrap_or_else(|| reading.plan.scripts.pattern.clone());
    library(reading, &named(&pattern, &name), vec!["*".to_owned()]);
}

/// Reads `LimitChunkCountPlugin`: with one chunk at most, `import()` has no script of its own.
pub(super) fn limit(reading: &mut Reading<'_>, options: &Value) {
    if matches!(options.get("maxChunks"), Value::Number(1.0)) {
        reading.plan.set("splitting", false);
    }
}

/// Reads `optimization`: the chunks that views name. `is_for_all`: all entries of the build have
/// these options.
pub(super) fn read(reading: &mut Reading<'_>, optimization: &Value, is_for_all: bool) {
    let options = optimization.get("splitChunks");
    if !is_for_all {
        if let Some(field) = optimization.fields().get("splitChunks").filter(|_| is_named(&options))
        {
            let remedy = "other scripts would need it too: entries have their packages, so remove \
                          its tag from the views";
            reading.note(field.place, "a chunk that only one of several compilers has", remedy);
        }
        return;
    }
    groups(reading, &options);
    whole(reading, &options);
    if let Some(field) = optimization.fields().get("runtimeChunk") {
        runtime(reading, &field.value, field.place);
    }
}

/// Whether `splitChunks` names a chunk.
fn is_named(options: &Value) -> bool {
    let groups = options.get("cacheGroups").fields();
    !options.get("name").is_missing()
        || groups.values().any(|field| !field.value.get("name").is_missing())
}

/// Without cache groups, packages of all entries are one chunk if `splitChunks` has a name.
fn whole(reading: &mut Reading<'_>, options: &Value) {
    let kind = options.get("chunks").as_text();
    let is_for_entries =
        kind.as_ref().is_some_and(|kind| ["all", "initial"].contains(&kind.as_str()));
    let has_groups = !options.get("cacheGroups").fields().is_empty();
    if !is_for_entries || has_groups {
        return;
    }
    if let Some(name) = options.get("name").as_text() {
        let path = shared(reading, &name);
        let packages = vec!["*".to_owned()];
        let place = options.fields().get("name").map(|field| field.place).unwrap_or_default();
        note_loaded(reading, &path, &packages, &kind.unwrap_or_default(), place);
        return library(reading, &path, packages);
    }
    let place = options.fields().get("chunks").map(|field| field.place).unwrap_or_default();
    let remedy = "packages are in the scripts of the entries: remove the tags of other chunks, or \
                  write an area: { \"packages\": [\"*\"], \"shared\": true }";
    note_tags(reading, place, "chunks of packages that splitChunks names itself", remedy);
}

/// Notes the script of webpack's run-time code.
fn runtime(reading: &mut Reading<'_>, value: &Value, place: ScriptLocation) {
    let name = match value {
        Value::Boolean(false) | Value::Undefined | Value::Null => return,
        Value::Object(_) => value.get("name").as_text(),
        Value::Text(word) if word == "single" => Some("runtime".to_owned()),
        _ => None,
    };
    let pattern = reading.plan.scripts.pattern.clone();
    let what = match name {
        Some(name) => format!("{}, the script of runtimeChunk", named(&pattern, &name)),
        None => "scripts of runtimeChunk, one for each entry".to_owned(),
    };
    note_tags(reading, place, &what, "there is none: remove its tag from the views");
}

/// Notes scripts that views name. Pages and lists of scripts name only those that there are.
fn note_tags(reading: &mut Reading<'_>, place: ScriptLocation, what: &str, remedy: &str) {
    if !["html", "manifest"].iter().any(|key| reading.plan.keys.contains_key(*key)) {
        reading.note(place, what, remedy);
    }
}

/// Reads the cache groups of `splitChunks`.
fn groups(reading: &mut Reading<'_>, options: &Value) {
    for (key, field) in options.get("cacheGroups").fields() {
        let group = &field.value;
        let name = match group.get("name") {
            Value::Boolean(true) => Some(key),
            name => name.as_text(),
        };
        match (name, group.get("test")) {
            (Some(name), Value::Pattern(test, _)) if test.contains("node_modules") => {
                let own = group.get("filename").as_text();
                let path = own.map_or_else(|| shared(reading, &name), |own| named(&own, &name));
                let kind =
                    group.get("chunks").as_text().or_else(|| options.get("chunks").as_text());
                let packages = packages(&test);
                let kind = kind.unwrap_or_default();
                note_loaded(reading, &path, &packages, &kind, field.place);
                library(reading, &path, packages);
            }
            (Some(name), test) if test.is_missing() && !group.get("minChunks").is_missing() => {
                let what = format!("the chunk {name} of modules that entries share");
                let remedy = "write \"splitting\": true, and include what entrypoints.json lists; \
                              or make them an area: { \"entry\": …, \"shared\": true }";
                reading.note(field.place, what, remedy);
            }
            _ => {}
        }
    }
}

/// Notes packages that only `import()` loads, for a chunk that webpack keeps them out of. A shared
/// area has them, because it claims its packages wherever they are needed.
fn note_loaded(
    reading: &mut Reading<'_>,
    path: &str,
    packages: &[String],
    kind: &str,
    place: ScriptLocation,
) {
    if kind != "initial" {
        return;
    }
    let modules = reading.plan.outputs.values().flat_map(|sources| sources.modules.clone());
    let modules: Vec<String> = modules.collect();
    let alias = reading.plan.keys.get("alias").cloned().unwrap_or_default();
    let names = |requests: Vec<String>| -> IndexSet<String> {
        let names = requests.iter().map(|request| package(request).to_owned());
        names.filter(|name| matches_one(packages, name)).collect()
    };
    let initial = names(imports::initial_packages(reading.facts, &modules, &alias));
    let mut loaded = names(imports::packages(reading.facts, &modules, &alias));
    loaded.retain(|name| !initial.contains(name));
    if loaded.is_empty() {
        return;
    }
    let [loaded, initial] = [loaded, initial].map(|names| names.into_iter().collect::<Vec<_>>());
    let what = format!("{path} without packages that only import() loads: {}", loaded.join(", "));
    let initial = initial.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
    let remedy =
        format!("it has them too; to leave them out, name the others: \"packages\": [{initial}]");
    reading.note(place, what, &remedy);
}

/// Whether one of the patterns of `packages` is for a package.
fn matches_one(patterns: &[String], name: &str) -> bool {
    patterns.iter().any(|pattern| match pattern.split_once('*') {
        Some((before, after)) => name.starts_with(before) && name.ends_with(after),
        None => pattern == name,
    })
}

/// Without a list of scripts for the server, views name each script that a page includes.
/// With a list, each entry is one script too, unless `does_split`: `splitChunks` has options.
pub fn splitting(reading: &mut Reading<'_>, entries: usize, does_split: bool) {
    let has = |key: &str| reading.plan.keys.contains_key(key);
    let has_tags = has("html") || has("manifest") && does_split;
    let has_more = entries > 1 || !reading.plan.libraries.is_empty();
    if has_more && !has_tags && !has("splitting") {
        reading.plan.set("splitting", "async");
        let comment = "views include one script for each entry, which loads what import() asks for";
        reading.plan.comment("splitting", comment);
    }
}

/// Returns the packages that a test such as `node_modules[\\/](vue|axios)[\\/]` names.
fn packages(test: &str) -> Vec<String> {
    let rest = test.rsplit("node_modules").next().unwrap_or_default();
    let rest = rest.replace("[\\\\/]", "/").replace("[/\\\\]", "/").replace("\\/", "/");
    let group = rest.find('(').and_then(|start| rest[start + 1..].split(')').next());
    // `node_modules[\\/]_?echarts(.*)` begins with the name.
    let alone = rest.trim_start_matches('/').trim_start_matches("_?").trim_end_matches('/');
    let alone = alone.strip_suffix("(.*)").map(|name| format!("{name}*")).unwrap_or(alone.into());
    let is_alone = !alone.is_empty() && !alone.contains(['(', '[', '^', '|', '.', '$']);
    let names = if is_alone { Some(alone.as_str()) } else { group };
    let names = names.unwrap_or_default().trim_start_matches("?:").split('|');
    let names: Vec<String> = names
        .map(|name| name.trim_matches('/').replace('\\', ""))
        .filter(|name| !name.is_empty() && !name.contains(['[', '.', '(', '^']))
        .filter(|name| is_alone || !name.contains('*'))
        .collect();
    if names.is_empty() { vec!["*".to_owned()] } else { names }
}

/// Adds a bundle of packages, unless one has them.
fn library(reading: &mut Reading<'_>, file: &str, packages: Vec<String>) {
    let of_compiler = || reading.plan.scripts.folders.last().map(|(folder, _)| folder.clone());
    let folder = reading.plan.out_dir.clone().or_else(of_compiler).unwrap_or_default();
    let path = format!("{folder}/{file}");
    let stem = tidy(&path).trim_end_matches(".js").to_owned();
    let claimed: Vec<&String> = reading.plan.libraries.values().flatten().collect();
    let is_claimed = packages.iter().any(|package| claimed.contains(&package));
    let is_known = reading.plan.libraries.contains_key(&stem);
    if !is_known && !is_claimed && !reading.plan.outputs.contains_key(&stem) {
        reading.plan.library(&path, packages);
    }
}
