//! Reads projects of Create React App, which have no configuration, and what CRACO and
//! react-app-rewired change.

use bundle_base::config::matching;
use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};
use camino::Utf8Path;
use serde_json::Value as Json;

use super::{
    facts::ProjectFacts,
    plan::tidy,
    postcss,
    reading::{Reading, path_below, texts},
    source_maps, webpack,
};

/// The programs that build such a project, and the configurations of those that have one.
pub const PROGRAMS: [(&str, &[&str]); 3] = [
    ("react-scripts", &[]),
    ("craco", &["craco.config.js", "craco.config.cjs", "craco.config.mjs", "craco.config.ts"]),
    ("react-app-rewired", &["config-overrides.js", "config-overrides/index.js"]),
];
/// Where the page's template is.
const TEMPLATE: &str = "public/index.html";
/// What CRACO has besides what is read: for its server, and for tests.
const OF_CRACO: [&str; 6] =
    ["webpack", "devServer", "jest", "eslint", "typescript", "reactScriptsVersion"];

/// Reads a project. `file`: the configuration, or package.json.
pub fn read(reading: &mut Reading<'_>, exports: &Value, file: &Utf8Path) {
    let variables = variables(reading.facts);
    let value = |name: &str| {
        let found = variables.iter().rev().find(|(known, _)| known == name);
        found.map(|(_, value)| value.clone())
    };
    let out = value("BUILD_PATH").map(|path| path_below(reading.facts, "", &path));
    let out = out.unwrap_or_else(|| "build".to_owned());
    reading.plan.out_dir = Some(out.clone());
    addresses(reading, value("PUBLIC_URL"));
    let entry = reading.module("src/index");
    webpack::add(reading, &format!("{out}/static/js/main.js"), &entry);
    reading.plan.modes.production.insert("hash".to_owned(), true.into());
    reading.plan.set("env", "REACT_APP_");
    if reading.is_folder("public") {
        reading.plan.copy("public/**", "");
    }
    if reading.is_file(TEMPLATE) {
        reading.plan.put("html", "index.html", TEMPLATE);
    }
    reading.plan.assets.is_written = true;
    let names = "static/media/[name].[hash][ext]";
    webpack::file_names(reading, Vec::new(), names, ScriptLocation::default());
    // Only bitmap images would be inlined, not SVGs.
    reading.plan.assets.limit.get_or_insert(0);
    let has_maps = value("GENERATE_SOURCEMAP").is_none_or(|value| value != "false");
    source_maps::of_switch(&mut reading.plan, &Value::Boolean(has_maps));
    if is_automatic(reading.facts) {
        reading.plan.set("jsx", "automatic");
    }
    if imports_components(reading) {
        reading.plan.put("rules", "*.svg", "url-react");
    }
    // A variable of custom-react-scripts.
    if value("REACT_APP_DECORATORS").is_some_and(|value| !["", "false"].contains(&value.as_str())) {
        reading.plan.set("decorators", "legacy");
    }
    base_url(reading, value("NODE_PATH"));
    if reading.facts.major("react-scripts").is_some_and(|major| major > 4) {
        postcss::with_own_tailwind(reading.facts, &mut reading.plan);
    }
    service_worker(reading);
    match file.file_name().unwrap_or_default() {
        "package.json" => {}
        name if name.starts_with("craco") => craco(reading, exports),
        _ => overrides(reading, exports),
    }
}

/// Returns the variables of `.env` files, and those that the build's script sets. Later ones win.
fn variables(facts: &ProjectFacts) -> Vec<(String, String)> {
    let files = [".env", ".env.production"].map(|file| facts.text(&facts.project.join(file)));
    let of_files = files.iter().flat_map(|text| text.lines());
    let build = facts.package.get("scripts").and_then(|scripts| scripts.get("build")?.as_str());
    let of_build = build.unwrap_or_default().split_whitespace();
    let pairs = of_files.chain(of_build).filter_map(|line| line.split_once('='));
    pairs
        .map(|(name, value)| {
            let name = name.trim().trim_start_matches("export ");
            (name.to_owned(), value.trim().trim_matches(['"', '\'']).to_owned())
        })
        .collect()
}

/// Sets where the outputs are on the server: `PUBLIC_URL`, or the path of `homepage`.
fn addresses(reading: &mut Reading<'_>, url: Option<String>) {
    let homepage = reading.facts.package.get("homepage").and_then(Json::as_str).map(str::to_owned);
    let is_given = url.is_some();
    let given = url.or(homepage).unwrap_or_else(|| "/".to_owned());
    let path = match given.split_once("://") {
        Some((_, rest)) if !is_given => rest.find('/').map_or("", |at| &rest[at..]),
        _ => &given,
    };
    let path = path.trim_end_matches('/');
    // Values of `define` are code. Addresses are relative to the script or to the page.
    let (public, url) = if given.starts_with('.') {
        (String::new(), ".".to_owned())
    } else if path.is_empty() || path.starts_with('/') || path.contains("://") {
        (format!("{path}/"), path.to_owned())
    } else {
        (format!("/{path}/"), format!("/{path}"))
    };
    reading.plan.put("define", "process.env.PUBLIC_URL", Json::String(url).to_string());
    reading.plan.set("publicPath", public);
}

/// Whether compiled JSX imports what it needs: `react/jsx-runtime` is in React from 16.14 on, and
/// Create React App uses it from version 4 on.
fn is_automatic(facts: &ProjectFacts) -> bool {
    let is_new = facts.major("react-scripts").is_none_or(|major| major > 3);
    let has_runtime = || match facts.major("react") {
        Some(16) => facts.range("react").is_some_and(|range| range.contains("16.14")),
        major => major.is_none_or(|major| major > 16),
    };
    is_new && has_runtime()
}

/// Whether a script imports an SVG as a component: `import { ReactComponent as Logo }`.
fn imports_components(reading: &Reading<'_>) -> bool {
    let facts = reading.facts;
    let scripts = matching(&*facts.fs, &facts.project, "src/**/*.{js,jsx,ts,tsx}");
    scripts.iter().any(|path| facts.text(path).contains("ReactComponent"))
}

/// Reads `baseUrl` of jsconfig.json, and `NODE_PATH`. Builds read tsconfig.json themselves.
fn base_url(reading: &mut Reading<'_>, node_path: Option<String>) {
    let mut folder = node_path;
    if reading.is_file("jsconfig.json") {
        let path = reading.project().join("jsconfig.json");
        let options = reading.script.read_json5(&path).get("compilerOptions");
        folder = options.get("baseUrl").as_text().or(folder);
    }
    if let Some(folder) = folder {
        let folder = tidy(&reading.path(&folder)).trim_end_matches('/').to_owned();
        webpack::module_paths(reading, vec![folder]);
    }
}

/// Notes a service worker, which Workbox writes.
fn service_worker(reading: &mut Reading<'_>) {
    let names = ["src/service-worker", "src/serviceWorker"].map(|name| reading.module(name));
    if let Some(path) = names.iter().find(|path| reading.is_file(path)) {
        let remedy = "write it with Workbox after the build";
        reading.plan.note(path, "a service worker, and the list of files that it caches", remedy);
    }
}

/// Reads `webpack` of craco.config.js.
fn craco(reading: &mut Reading<'_>, exports: &Value) {
    let exports = reading.script.call(exports, Vec::new());
    let options = exports.get("webpack");
    let alias = options.fields().get("alias").cloned().unwrap_or_default();
    webpack::aliases(reading, &alias.value, alias.place);
    let plugins = options.get("plugins");
    let added = if let Value::List(_) = plugins { plugins } else { plugins.get("add") };
    for plugin in added.elements() {
        webpack::plugin(reading, &plugin);
    }
    rewired(reading, &options.get("configure"));
    for (key, field) in exports.fields() {
        if !OF_CRACO.contains(&key.as_str()) {
            let remedy = "find out whether you need it";
            reading.note(field.place, format!("{key} of CRACO"), remedy);
        }
    }
}

/// Reads config-overrides.js: a function, or an object of functions.
fn overrides(reading: &mut Reading<'_>, exports: &Value) {
    if let Value::Object(_) = exports {
        if let Some(field) = exports.fields().get("paths") {
            let remedy = "set \"outDir\" and the entry to what it gives";
            reading.note(field.place, "paths of react-app-rewired", remedy);
        }
        return rewired(reading, &exports.get("webpack"));
    }
    rewired(reading, exports);
}

/// Reads a function that changes webpack's options, or what it adds to them.
fn rewired(reading: &mut Reading<'_>, change: &Value) {
    let field = |value: Value| Field { value, ..Field::default() };
    let list = |key: &str| (key.to_owned(), field(Value::list(Vec::new())));
    let object = |key: &str, fields: Object| (key.to_owned(), field(Value::object(fields)));
    let one_of = Value::object(Object::from([list("oneOf")]));
    let rules = ("rules".to_owned(), field(Value::list(vec![one_of])));
    let before = Object::from([
        list("plugins"),
        object("resolve", Object::from([object("alias", Object::new()), list("extensions")])),
        object("module", Object::from([rules])),
        object("output", Object::new()),
        object("optimization", Object::new()),
    ]);
    let before = Value::object(before);
    let options = match change {
        Value::Function(_) => {
            let environment = Value::text("production");
            let given = reading.script.call(change, vec![before.clone(), environment]);
            if matches!(given, Value::Object(_)) { given } else { before }
        }
        Value::Symbol(symbol) => {
            let what = format!("what {} changes of the configuration", symbol.root());
            let remedy = "write it into bundle.config.json";
            return reading.note(symbol.place, what, remedy);
        }
        other => other.clone(),
    };
    let resolve = options.get("resolve");
    if let (true, Value::Object(fields)) = (texts(&resolve.get("extensions")).is_empty(), &resolve)
    {
        fields.borrow_mut().shift_remove("extensions");
    }
    let mut fields = options.fields();
    let entry = fields.get("entry").cloned().into_iter().map(|field| ("entry".to_owned(), field));
    let output = options.get("output").fields().into_iter();
    let changed: Vec<(String, Field)> =
        output.map(|(key, field)| (format!("output.{key}"), field)).chain(entry).collect();
    for (key, field) in changed {
        let remedy = "write it into \"areas\", \"outDir\" or \"publicPath\"";
        reading.note(field.place, format!("{key}, which differs from Create React App's"), remedy);
    }
    for key in ["entry", "optimization", "output"] {
        fields.shift_remove(key);
    }
    webpack::options(reading, &Value::object(fields));
}
