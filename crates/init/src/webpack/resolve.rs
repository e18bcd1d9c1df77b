//! How imports are found: `resolve` of webpack, and the options of it that other tools have as
//! well.

use bundle_js::static_evaluation::{ScriptLocation, Value};
use serde_json::Value as Json;

use super::super::{
    plan::{tidy, to_json},
    reading::{Reading, texts},
};

/// Reads `resolve`.
pub(super) fn read(reading: &mut Reading<'_>, resolve: &Value) {
    for (key, field) in resolve.fields() {
        let (value, place) = (&field.value, field.place);
        match key.as_str() {
            "alias" => aliases(reading, value, place),
            "extensions" => {
                let extensions = texts(value);
                self::extensions(reading, &extensions);
            }
            "mainFields" => {
                if let Some(fields) = to_json(value) {
                    reading.plan.set("mainFields", fields);
                }
            }
            "conditionNames" => {
                if let Some(names) = to_json(value) {
                    reading.plan.set("conditions", names);
                }
            }
            "symlinks" => {
                if let Value::Boolean(false) = value {
                    reading.plan.set("followSymlinks", false);
                }
            }
            "preferRelative" => {
                if let Value::Boolean(true) = value {
                    reading.plan.set("preferRelative", true);
                }
            }
            "fallback" => {
                for (name, field) in value.fields() {
                    match &field.value {
                        Value::Boolean(false) => empty_module(reading, &name),
                        to => alias(reading, &name, to, field.place),
                    }
                }
            }
            "modules" | "root" => {
                let paths = reading.paths_of(value);
                module_paths(reading, paths);
            }
            "plugins" | "roots" | "unsafeCache" | "modulesDirectories" | "aliasFields"
            | "enforceExtension" | "fullySpecified" | "cache" | "mainFiles" => {}
            key => reading.note(place, format!("resolve.{key}"), "find out whether you need it"),
        }
    }
}

/// Returns the path that `/x/y` means, relative to the project: one below a folder of
/// `resolve.roots` (only `context`, unless the project sets others), or else an absolute one of the
/// disk.
pub(super) fn of_root(reading: &Reading<'_>, config: &Value, path: &str) -> String {
    let roots = config.get("resolve").get("roots");
    let roots = if roots.is_missing() {
        vec![reading.path_of(&config.get("context")).unwrap_or_default()]
    } else {
        reading.paths_of(&roots)
    };
    let below = roots.iter().map(|root| reading.module(&tidy(&format!("{root}/{path}"))));
    below.into_iter().find(|path| reading.is_file(path)).unwrap_or_else(|| reading.path(path))
}

/// Carries over `resolve.modules`, and `resolve.root` of webpack 1. What is not there is left out,
/// as webpack does. Packages are last anyway.
pub fn module_paths(reading: &mut Reading<'_>, written: Vec<String>) {
    let known = reading.plan.keys.get("modulePaths").and_then(Json::as_array).cloned();
    let mut paths: Vec<String> =
        known.iter().flatten().filter_map(Json::as_str).map(str::to_owned).collect();
    for path in written {
        let is_there = path == PACKAGES || reading.is_folder(&path);
        let path = if path.is_empty() { ".".to_owned() } else { path };
        if is_there && !paths.contains(&path) {
            paths.push(path);
        }
    }
    if paths.last().is_some_and(|last| last == PACKAGES) {
        paths.pop();
    }
    if !paths.is_empty() {
        reading.plan.keys.insert("modulePaths".to_owned(), paths.into());
    }
}

/// The word for the folders of packages.
const PACKAGES: &str = "node_modules";

/// The extensions that imports may leave out anyway.
const KNOWN: [&str; 10] =
    [".js", ".mjs", ".ts", ".tsx", ".jsx", ".cjs", ".mts", ".cts", ".json", ".vue"];

/// Reads `resolve.extensions`.
pub fn extensions(reading: &mut Reading<'_>, extensions: &[String]) {
    // `...` is webpack's own list.
    let mut extensions: Vec<String> = extensions
        .iter()
        .flat_map(|one| if one == "..." { vec![".js", ".json"] } else { vec![one.as_str()] })
        .map(str::to_owned)
        .collect();
    extensions.retain(|extension| extension.starts_with('.') && extension.len() > 1);
    extensions.retain(|e| ![".wasm", ".*"].contains(&e.as_str()));
    let is_default = extensions.iter().all(|extension| KNOWN.contains(&extension.as_str()));
    if !is_default {
        let defaults = KNOWN.iter().map(|known| (*known).to_owned());
        let missing: Vec<String> = defaults.filter(|known| !extensions.contains(known)).collect();
        extensions.extend(missing);
        reading.plan.set("extensions", extensions);
    }
}

/// Reads `resolve.alias`: an object, or a list of objects with `name` and `alias`.
pub fn aliases(reading: &mut Reading<'_>, value: &Value, place: ScriptLocation) {
    for one in value.elements() {
        let name = one.get("name").as_text().or_else(|| one.get("find").as_text());
        let to = one.get("alias");
        let to = if to.is_missing() { one.get("replacement") } else { to };
        match name {
            Some(name) => alias(reading, &name, &to, place),
            None => reading.note(
                place,
                "an alias by pattern",
                "write an alias for each path that it serves",
            ),
        }
    }
    for (name, field) in value.fields() {
        alias(reading, &name, &field.value, field.place);
    }
}

/// Adds one alias. A path becomes relative to the project; a package stays as it is.
pub fn alias(reading: &mut Reading<'_>, name: &str, value: &Value, place: ScriptLocation) {
    let name = name.strip_suffix('/').unwrap_or(name);
    let to = match value {
        Value::Boolean(false) => return reading.plan.put("alias", name, false),
        Value::List(values) => values.borrow().first().and_then(Value::as_text),
        value => value.as_text(),
    };
    let Some(to) = to else {
        return reading.note(place, format!("the alias {name}"), "write its path into \"alias\"");
    };
    // Vite finds `/resources/js` below the project.
    let inner = to.strip_prefix('/').filter(|inner| {
        super::super::plan::below(reading.project(), &to).is_none()
            && (reading.is_folder(inner) || reading.is_file(inner))
    });
    let to = inner.map_or_else(|| to.clone(), |inner| format!("./{inner}"));
    let is_path =
        to.starts_with(['.', '/']) || reading.is_folder(&to) && reading.facts.range(&to).is_none();
    let to = match super::super::plan::below(reading.project(), &to) {
        Some(inner) if is_path => format!("./{}", tidy(&inner)),
        None if is_path => bundle_base::config::relative(reading.project(), to.as_str().into()),
        _ => to,
    };
    // A path is found whatever is in the `exports` of its package.
    let is_there = reading.is_file(&to) || reading.is_folder(&to);
    let to = match to.strip_prefix("./node_modules/") {
        Some(package) if !is_there => package.to_owned(),
        Some(_) | None => to,
    };
    let is_written_so = value.as_text().is_some_and(|text| text.starts_with("./"));
    let to = if is_written_so && !is_there { beside_importers(reading, to) } else { to };
    if to != name && to.trim_end_matches('/') != "." {
        reading.plan.put("alias", name, to.trim_end_matches('/'));
    } else if to != name {
        reading.plan.put("alias", name, ".");
    }
}

/// Folders that have no sources.
const OUTPUTS: [&str; 5] = ["node_modules", "vendor", "public", "dist", "build"];

/// Returns the only file of the project that a path without a file may mean beside an importer, as
/// webpack reads relative aliases; otherwise the path itself.
fn beside_importers(reading: &Reading<'_>, path: String) -> String {
    let Some(inner) = path.strip_prefix("./") else { return path };
    let is_file = |ending: &str| reading.is_file(&format!("{inner}{ending}"));
    if inner.contains('*') || KNOWN.iter().any(|ending| is_file(ending)) {
        return path;
    }
    let mut found = reading.expanded(&format!("**/{inner}"));
    let is_output = |file: &String| file.split('/').any(|folder| OUTPUTS.contains(&folder));
    found.retain(|file| !is_output(file));
    if let [file] = found.as_slice() { format!("./{}", tidy(file)) } else { path }
}

/// Makes one of Node's modules an empty one. `__dirname` and the like are not modules.
pub(super) fn empty_module(reading: &mut Reading<'_>, name: &str) {
    const GLOBALS: [&str; 5] = ["setImmediate", "process", "global", "Buffer", "console"];
    if !name.starts_with("__") && !GLOBALS.contains(&name) {
        reading.plan.put("alias", name, false);
    }
}
