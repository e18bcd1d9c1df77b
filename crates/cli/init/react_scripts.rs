//! Reads projects of Create React App, which have no configuration, and what CRACO and
//! react-app-rewired change.

use bundle_base::config::matching;
use bundle_js::evaluate::{Field, Object, Place, Value};
use serde_json::Value as Json;

use super::{
    plan::tidy,
    reading::{Reading, texts},
    webpack,
};

/// The programs that build such a project, and the configurations of those that have one.
pub const PROGRAMS: [(&str, &str); 3] = [
    ("react-scripts", "package.json"),
    ("craco", "craco.config.js"),
    ("react-app-rewired", "config-overrides.js"),
];
/// Where the page's template is.
const TEMPLATE: &str = "public/index.html";
/// Files of fewer bytes are inlined.
const INLINED: u64 = 10_000;

/// Reads a project. `exports`: those of the configuration, which may be package.json.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let entry = reading.module("src/index");
    let out = "build";
    reading.plan.out_dir = Some(out.to_owned());
    let public = public_path(&reading.facts.package);
    let url = public.trim_end_matches('/').to_owned();
    // Values of `define` are code.
    reading.plan.put("define", "process.env.PUBLIC_URL", Json::String(url).to_string());
    reading.plan.set("publicPath", public);
    let script = format!("{out}/static/js/main.js");
    webpack::add(reading, &script, &entry);
    let style = format!("{out}/static/css/main.css");
    webpack::name_imported(reading, Some(style), &script);
    reading.plan.modes.production.insert("hash".to_owned(), true.into());
    reading.plan.set("env", "REACT_APP_");
    if reading.is_folder("public") {
        reading.plan.copy("public/**", "");
    }
    if reading.is_file(TEMPLATE) {
        reading.plan.put("html", "index.html", TEMPLATE);
    }
    let names = "static/media/[name].[hash][ext]";
    reading.plan.assets.is_written = true;
    webpack::file_names(reading, Vec::new(), names, Place::default());
    reading.plan.assets.limit.get_or_insert(INLINED);
    let is_automatic = reading.facts.major("react").is_none_or(|major| major > 16)
        && reading.facts.major("react-scripts").is_none_or(|major| major > 3);
    if is_automatic {
        reading.plan.set("jsx", "automatic");
    }
    if imports_components(reading) {
        reading.plan.put("rules", "*.svg", "url-react");
    }
    base_url(reading);
    if reading.module("src/service-worker") != "src/service-worker" {
        let remedy = "write it with Workbox after the build";
        reading.plan.note("src/service-worker.js", "the list of files that it caches", remedy);
    }
    if reading.facts.has("craco.config.js") {
        craco(reading, exports);
    } else if reading.facts.has("config-overrides.js") {
        rewired(reading, exports);
    }
}

/// Returns where the outputs are on the server: the path of `homepage`.
fn public_path(package: &Json) -> String {
    let homepage = package.get("homepage").and_then(Json::as_str).unwrap_or("/");
    let path = match homepage.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => homepage,
    };
    // Addresses are relative to the script.
    if path.starts_with('.') { String::new() } else { format!("{}/", path.trim_end_matches('/')) }
}

/// Returns whether a script imports a drawing as a component: `import { ReactComponent as Logo }`.
fn imports_components(reading: &Reading<'_>) -> bool {
    let facts = reading.facts;
    let scripts = matching(&*facts.fs, &facts.project, "src/**/*.{js,jsx,ts,tsx}");
    scripts.iter().any(|path| facts.text(path).contains("ReactComponent"))
}

/// Reads `baseUrl` of jsconfig.json. Builds read that of tsconfig.json themselves.
fn base_url(reading: &mut Reading<'_>) {
    if !reading.is_file("jsconfig.json") {
        return;
    }
    let path = reading.project().join("jsconfig.json");
    let options = reading.script.read_json5(&path).get("compilerOptions");
    if let Some(folder) = options.get("baseUrl").as_text() {
        let folder = tidy(&reading.path(&folder));
        webpack::module_paths(reading, vec![folder]);
    }
}

/// Reads `webpack` of craco.config.js.
fn craco(reading: &mut Reading<'_>, exports: &Value) {
    let exports = reading.script.call(exports, Vec::new());
    let options = exports.get("webpack");
    let alias = options.fields().get("alias").cloned().unwrap_or_default();
    webpack::aliases(reading, &alias.value, alias.place);
    let configure = options.get("configure");
    rewired(reading, &configure);
    for (key, field) in exports.fields() {
        let is_read =
            ["webpack", "devServer", "jest", "eslint", "typescript"].contains(&key.as_str());
        if !is_read {
            let remedy = "find out whether you need it";
            reading.note(field.place, format!("{key} of CRACO"), remedy);
        }
    }
}

/// Reads a function that changes webpack's options, or what it adds to them.
fn rewired(reading: &mut Reading<'_>, change: &Value) {
    let list =
        |key: &str| (key.to_owned(), Field { value: Value::list(Vec::new()), ..Field::default() });
    let object = |key: &str, fields: Object| {
        (key.to_owned(), Field { value: Value::object(fields), ..Field::default() })
    };
    let resolve = Object::from([object("alias", Object::new()), list("extensions")]);
    let module = Object::from([list("rules")]);
    let before =
        Object::from([list("plugins"), object("resolve", resolve), object("module", module)]);
    let before = Value::object(before);
    let options = match change {
        Value::Function(_) => {
            let given =
                reading.script.call(change, vec![before.clone(), Value::text("production")]);
            if matches!(given, Value::Object(_)) { given } else { before }
        }
        Value::Symbol(symbol) => {
            let remedy = "write what it changes into bundle.config.json";
            return reading.note(symbol.place, "changes by customize-cra", remedy);
        }
        other => other.clone(),
    };
    if texts(&options.get("resolve").get("extensions")).is_empty()
        && let Value::Object(fields) = options.get("resolve")
    {
        fields.borrow_mut().shift_remove("extensions");
    }
    let mut fields = options.fields();
    for key in ["entry", "optimization", "output"] {
        fields.shift_remove(key);
    }
    webpack::options(reading, &Value::object(fields));
}
