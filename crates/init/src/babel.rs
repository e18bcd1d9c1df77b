//! Babel's options, wherever they are: `.babelrc`, babel.config.js, package.json, babel-loader. The
//! options for JSX and polyfills become keys; builds run other plugins themselves.

use bundle_base::config::babel_says_more;
use bundle_js::static_evaluation::{Field, Object, Origin, ScriptLocation, Value};
use serde_json::{Map, Value as Json, json};

use super::{
    plan::to_json,
    reading::{Reading, is_name, texts},
};

/// Configurations of Babel in a project.
const FILES: [&str; 9] = [
    ".babelrc",
    ".babelrc.json",
    ".babelrc.js",
    ".babelrc.cjs",
    ".babelrc.mjs",
    "babel.config.js",
    "babel.config.cjs",
    "babel.config.mjs",
    "babel.config.json",
];

/// Reads the project's own configuration of Babel.
pub fn of_project(reading: &mut Reading<'_>) {
    if let Some(own) = reading.facts.package.get("babel") {
        let value = value_of(own);
        options(reading, &value, ScriptLocation::default());
    }
    for file in FILES {
        if !reading.is_file(file) {
            continue;
        }
        let path = reading.project().join(file);
        let value = if file.ends_with("rc") || file.ends_with(".json") {
            reading.script.read_json5(&path)
        } else {
            let exports = reading.script.read(&path);
            let api = Value::symbol(Origin::Name("api".to_owned()), ScriptLocation::default());
            reading.script.call(&exports, vec![api])
        };
        // Builds read the file too, and report what is wrong with it.
        reading.script.mistakes();
        options(reading, &value, ScriptLocation::default());
    }
}

/// Reads Babel's options: plugins come before presets, as in Babel.
pub fn options(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let of_mode = options.get("env").get("production");
    for options in [options, &of_mode] {
        for (name, of_plugin) in items(&options.get("plugins")) {
            match name.as_str() {
                "transform-react-jsx" => {
                    jsx(reading, &of_plugin, place);
                    // Presets come later.
                    reading.plan.set("jsx", "classic");
                }
                "transform-flow-strip-types" => flow(reading),
                "transform-decorators-legacy" => reading.plan.set("decorators", "legacy"),
                "proposal-decorators" => decorators(reading, &of_plugin),
                "transform-vue-jsx" => reading.plan.set("jsx", "vue2"),
                "polyfill-corejs3" => {
                    polyfills(reading, "babel-plugin-polyfill-corejs3", place);
                }
                _ => {}
            }
        }
        // The last preset comes first.
        for (name, of_preset) in items(&options.get("presets")).into_iter().rev() {
            match name.as_str() {
                "react" => react(reading, &of_preset, place),
                "flow" => flow(reading),
                "wordpress/babel-preset-default" | "wordpress/default" => {
                    wordpress(reading, place);
                }
                "preact" => jsx(reading, &preact(&of_preset), place),
                "env" => {
                    targets(reading, &of_preset.get("targets"), "Babel's preset", place);
                    built_ins(reading, &of_preset, place);
                }
                "vue/app" | "vue/cli-plugin-babel" => {
                    built_ins(reading, &of_preset, place);
                    if !matches!(of_preset.get("decoratorsLegacy"), Value::Boolean(false)) {
                        reading.plan.scripts.preset_of_decorators = Some("Vue CLI");
                    }
                }
                "stage-0" | "stage-1" | "stage-2"
                    if of_preset.get("decoratorsLegacy").is_true() == Some(true) =>
                {
                    reading.plan.set("decorators", "legacy");
                }
                _ => {}
            }
        }
    }
}

/// Reads the options of Babel that another tool's configuration has. Builds do not see them, so
/// plugins that builds have to run go to a configuration of Babel's own.
pub fn options_of_tool(reading: &mut Reading<'_>, value: &Value, place: ScriptLocation) {
    options(reading, value, place);
    for plugin in value.get("plugins").elements() {
        let Some((name, of_plugin)) = named(&plugin) else { continue };
        if !babel_says_more(&json!({ "plugins": [name] }).to_string()) {
            continue;
        }
        let entry = to_json(&of_plugin).map(|options| match options {
            Json::Null => json!(name),
            options => json!([name, options]),
        });
        if !entry.is_some_and(|entry| planned(reading, &entry)) {
            let what = format!("Babel's plugin {name}");
            reading.note(place, what, "write it into the project's configuration of Babel");
        }
    }
}

/// Plans a configuration of Babel for types of Flow, unless the project has one.
fn flow(reading: &mut Reading<'_>) {
    planned(reading, &json!("@babel/plugin-transform-flow-strip-types"));
}

/// Adds a plugin to the configuration of Babel that is written. Returns false if the project has
/// one.
fn planned(reading: &mut Reading<'_>, plugin: &Json) -> bool {
    const FILE: &str = "babel.config.json";
    if is_configured(reading) {
        return false;
    }
    let texts = &mut reading.plan.files.texts;
    let known = texts.get(FILE).and_then(|text| serde_json::from_str::<Json>(text).ok());
    let mut plugins =
        known.and_then(|known| known["plugins"].as_array().cloned()).unwrap_or_default();
    if !plugins.contains(plugin) {
        plugins.push(plugin.clone());
    }
    let text = serde_json::to_string_pretty(&json!({ "plugins": plugins })).unwrap_or_default();
    texts.insert(FILE.to_owned(), text + "\n");
    true
}

/// Whether the project has a configuration of Babel.
pub fn is_configured(reading: &Reading<'_>) -> bool {
    let has_file = FILES.iter().any(|file| reading.is_file(file));
    has_file || reading.facts.package.get("babel").is_some()
}

/// Reads the options of `@babel/plugin-proposal-decorators`. Without one that says which proposal
/// it is, only the first proposal compiles.
fn decorators(reading: &mut Reading<'_>, options: &Value) {
    let version = options.get("version").as_text();
    let is_later = version.is_some_and(|version| version != "legacy")
        || !options.get("decoratorsBeforeExport").is_missing();
    let is_first = !is_later || options.get("legacy").is_true() == Some(true);
    reading.plan.set("decorators", if is_first { "legacy" } else { "standard" });
}

/// Reads the options of `@babel/preset-react`, which is `classic` up to Babel 7.
pub fn react(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let is_new = reading.facts.major("@babel/preset-react").is_some_and(|major| major >= 8);
    if is_new && options.get("runtime").is_missing() {
        reading.plan.set("jsx", json!({ "runtime": "automatic" }));
    } else {
        jsx(reading, options, place);
    }
}

/// Sets how JSX is compiled, by the options of Babel's plugin.
fn jsx(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let runtime = options.get("runtime").as_text().unwrap_or_else(|| "classic".to_owned());
    let given = |key: &str, name: &str| Some((key.to_owned(), options.get(name).as_text()?));
    let found = if runtime == "automatic" {
        let runtime = ("runtime".to_owned(), runtime);
        vec![Some(runtime), given("importSource", "importSource")]
    } else {
        let given_runtime = given("runtime", "runtime");
        vec![given_runtime, given("factory", "pragma"), given("fragment", "pragmaFrag")]
    };
    set_jsx(reading, found.into_iter().flatten().collect(), place);
}

/// Sets the keys of `jsx`, unless something has set them.
pub fn set_jsx(reading: &mut Reading<'_>, keys: Vec<(String, String)>, place: ScriptLocation) {
    let is_set = reading.plan.keys.contains_key("jsx");
    for (key, value) in keys.into_iter().filter(|_| !is_set) {
        let is_text = key == "fragment" && value.starts_with(['\'', '"']);
        if ["factory", "fragment"].contains(&key.as_str()) && !is_text && !is_name(&value) {
            let remedy = "jsx.factory and jsx.fragment are names: define one with this value";
            reading.note(place, format!("the {key} {value} of JSX"), remedy);
        } else {
            reading.plan.put("jsx", &key, value);
        }
    }
}

/// Sets how `@wordpress/babel-preset-default` compiles JSX: before version 8, to calls of functions
/// that it imports.
fn wordpress(reading: &mut Reading<'_>, place: ScriptLocation) {
    const PRESET: &str = "@wordpress/babel-preset-default";
    let is_new = match reading.facts.major(PRESET) {
        Some(major) => major >= 8,
        None => reading.facts.major("@wordpress/scripts").is_none_or(|major| major >= 28),
    };
    if is_new {
        return set_jsx(reading, vec![("runtime".to_owned(), "automatic".to_owned())], place);
    }
    let file = format!("node_modules/{PRESET}/index.js");
    let text = reading.facts.fs.read(&reading.project().join(file)).unwrap_or_default();
    let is_react = String::from_utf8_lossy(&text).contains("source: 'react'");
    let source = if is_react { "react" } else { "@wordpress/element" };
    let names = [("factory", "createElement"), ("fragment", "Fragment")];
    let is_set = reading.plan.keys.contains_key("jsx");
    for (_, name) in names.iter().filter(|_| !is_set) {
        reading.plan.put("provide", name, json!([source, name]));
    }
    let keys = names.map(|(key, name)| (key.to_owned(), name.to_owned()));
    set_jsx(reading, keys.into(), place);
}

/// babel-preset-preact's defaults.
fn preact(options: &Value) -> Value {
    let mut all = options.fields();
    for (key, value) in [("pragma", "h"), ("pragmaFrag", "Fragment"), ("importSource", "preact")] {
        let value = Value::text(value);
        all.entry(key.to_owned()).or_insert(Field { value, ..Field::default() });
    }
    Value::object(all)
}

/// Reads the browsers that a compiler writes for, as a query, a list of queries, or versions by
/// browser. `of`: whose option it is. Where several compilers have one, all their browsers count.
pub fn targets(reading: &mut Reading<'_>, value: &Value, of: &str, place: ScriptLocation) {
    const BROWSERS: [&str; 9] =
        ["chrome", "edge", "firefox", "ie", "ios", "opera", "safari", "samsung", "android"];
    let named = value.get("browsers");
    let given = if named.is_missing() { value.clone() } else { named };
    let mut queries = texts(&given);
    let mut is_known = true;
    for (browser, field) in given.fields() {
        let version = match &field.value {
            Value::Number(version) => Some(version.to_string()),
            version => version.as_text(),
        };
        is_known &= version.is_some() && BROWSERS.contains(&browser.as_str());
        queries.push(format!("{browser} >= {}", version.unwrap_or_default()));
    }
    // Versions of Node are those of tests, or of a server.
    is_known &= !queries.iter().any(|query| query.to_lowercase().contains("node"));
    if !is_known || queries.is_empty() {
        return;
    }
    let query = queries.join(", ");
    if !query.contains("extends ")
        && let Err(why) = bundle_js::browsers(&query)
    {
        let what = format!("the browsers {query} of {of}: {why}");
        return reading.note(place, what, "write the browsers into \"target\": docs/targets.md");
    }
    if let Some(Json::Array(known)) = reading.plan.keys.get("target") {
        let known: Vec<String> = known.iter().filter_map(Json::as_str).map(str::to_owned).collect();
        let is_narrow = |query: &String| query.split(',').any(|one| one.trim().starts_with("not "));
        let new: Vec<String> = queries.into_iter().filter(|query| !known.contains(query)).collect();
        // `not ie 11` takes away from what is before it.
        let (first, then) = if new.iter().any(is_narrow) { (new, known) } else { (known, new) };
        let all: Vec<String> = first.into_iter().chain(then).collect();
        reading.plan.keys.insert("target".to_owned(), json!(all));
        return;
    }
    reading.plan.set("target", queries);
    reading.plan.comment("target", format!("the browsers of {of}"));
}

/// Reads `useBuiltIns` of `@babel/preset-env`.
pub fn built_ins(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let how = options.get("useBuiltIns").as_text();
    if how.as_deref().is_some_and(|how| ["usage", "entry"].contains(&how)) {
        polyfills(reading, "useBuiltIns of Babel's preset", place);
    }
}

/// Adds polyfills by use, if the project has the core-js that they are taken from. `because`: what
/// adds them in the other tool.
pub fn polyfills(reading: &mut Reading<'_>, because: &str, place: ScriptLocation) {
    if reading.facts.major("core-js").is_some_and(|major| major >= 3) {
        reading.plan.set("polyfills", "usage");
        reading.plan.comment("polyfills", format!("those of core-js, as with {because}"));
    } else if !reading.plan.keys.contains_key("polyfills") {
        let what = format!("polyfills of core-js, which {because} adds");
        reading.note(place, what, "install core-js 3, and write \"polyfills\": \"usage\"");
    }
}

/// Returns plugins or presets with their options: `"react"`, `["@babel/preset-env", { … }]`.
fn items(list: &Value) -> Vec<(String, Value)> {
    let items = list.elements().into_iter().filter_map(|item| named(&item));
    items.map(|(name, options)| (short(&name), options)).collect()
}

/// Returns the name of a plugin or preset as it is written, and its options.
fn named(item: &Value) -> Option<(String, Value)> {
    let (name, options) = match item {
        Value::List(_) => {
            let mut parts = item.elements().into_iter();
            (parts.next()?, parts.next().unwrap_or_default())
        }
        _ => (item.clone(), Value::Undefined),
    };
    let name = name.as_text().or_else(|| Some(name.as_symbol()?.root().to_owned()))?;
    Some((name, options))
}

/// Returns the short name of a plugin or preset: `react` for `@babel/preset-react`.
fn short(name: &str) -> String {
    let name = name.rsplit("node_modules/").next().unwrap_or(name);
    let name = name.strip_prefix("module:").unwrap_or(name);
    let name = name.strip_prefix("@babel/").unwrap_or(name);
    let name = name.strip_prefix("babel-").unwrap_or(name);
    let name =
        name.strip_prefix("preset-").or_else(|| name.strip_prefix("plugin-")).unwrap_or(name);
    let name = name.strip_prefix('@').unwrap_or(name);
    name.strip_suffix("/preset").unwrap_or(name).to_owned()
}

/// Converts JSON to a value of a script.
fn value_of(json: &Json) -> Value {
    let field = |(key, value): (&String, &Json)| {
        (key.clone(), Field { value: value_of(value), ..Field::default() })
    };
    let object = |fields: &Map<String, Json>| fields.iter().map(field).collect::<Object>();
    match json {
        Json::Null => Value::Null,
        Json::Bool(is_on) => Value::Boolean(*is_on),
        Json::Number(number) => Value::Number(number.as_f64().unwrap_or_default()),
        Json::String(text) => Value::text(text),
        Json::Array(values) => Value::list(values.iter().map(value_of).collect()),
        Json::Object(fields) => Value::object(object(fields)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_plugins_and_presets() {
        for name in ["react", "@babel/preset-react", "@babel/react", "babel-preset-react"] {
            assert_eq!(short(name), "react");
        }
        assert_eq!(short("@babel/plugin-transform-react-jsx"), "transform-react-jsx");
        assert_eq!(short("transform-react-jsx"), "transform-react-jsx");
        assert_eq!(short("@vue/cli-plugin-babel/preset"), "vue/cli-plugin-babel");
        assert_eq!(short("@vue/app"), "vue/app");
    }
}
