//! Reads rollup.config.js: an object, or a list of these, each with its own outputs.

use std::rc::Rc;

use bundle_js::static_evaluation::{Object, ScriptLocation, Symbol, Value};

use super::{
    babel,
    notes::listed,
    reading::{Reading, texts},
    source_maps,
    stylesheets::are_stylesheets,
    webpack,
};

/// Options that need no key, or that are read with others.
const WITHOUT_MEANING: [&str; 14] = [
    "cache",
    "context",
    "external",
    "input",
    "inlineDynamicImports",
    "moduleContext",
    "onLog",
    "onwarn",
    "output",
    "perf",
    "preserveSymlinks",
    "strictDeprecations",
    "treeshake",
    "watch",
];
/// Parts of the names of plugins whose work needs no key.
const BUILT_IN: [&str; 26] = [
    "analyzer",
    "babel",
    "buble",
    "clean",
    "commonjs",
    "plugin-del",
    "dts",
    "esbuild",
    "eslint",
    "filesize",
    "gzip",
    "plugin-json",
    "livereload",
    "node-resolve",
    "postcss",
    "progress",
    "sass",
    "scss",
    "plugin-serve",
    "sourcemaps",
    "plugin-strip",
    "stylelint",
    "styles",
    "swc",
    "terser",
    "visualizer",
];

/// Reads what the script exports.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let exports = reading.script.call(exports, vec![Value::object(Object::new())]);
    let configs = if let Value::List(_) = exports { exports.elements() } else { vec![exports] };
    let is_only_bundle = configs.len() == 1;
    let configs: Vec<Value> =
        configs.iter().map(|config| reading.script.call(config, Vec::new())).collect();
    let has_classic = configs.iter().any(is_for_pages);
    several(reading, &configs, is_only_bundle, has_classic);
    reading.plan.include_one_script_each();
    let outputs = reading.plan.outputs.values();
    let has_several = outputs.filter(|sources| !sources.modules.is_empty()).count() > 1;
    if has_several && !configs.iter().any(|config| shares_chunks(reading, config)) {
        reading.plan.set("splitting", "async");
        reading.plan.comment("splitting", "as before: each script is whole");
    }
}

/// Reads the options of calls of Rollup, beside which other tools may make scripts.
pub fn of_calls(reading: &mut Reading<'_>, configs: &[Value]) {
    let has_classic = !reading.plan.outputs.is_empty() || configs.iter().any(is_for_pages);
    several(reading, configs, false, has_classic);
}

fn several(reading: &mut Reading<'_>, configs: &[Value], is_only_bundle: bool, has_classic: bool) {
    for config in configs {
        if has_classic && !is_for_pages(config) && !has_only_styles(config) {
            let output = of_pages(&config.get("output")).swap_remove(0);
            let written = ["file", "dir"].map(|key| output.get(key).as_text());
            let written = written.into_iter().flatten().next().unwrap_or_default();
            let place = config.fields().get("output").map(|field| field.place).unwrap_or_default();
            let remedy = "a build has one format: give it a configuration of its own";
            reading.note(place, format!("{written}, which is no classic script"), remedy);
            continue;
        }
        self::config(reading, config, is_only_bundle);
    }
}

fn is_for_pages(config: &Value) -> bool {
    is_classic(&of_pages(&config.get("output"))[0])
}

/// Whether all entries are stylesheets, which have no format.
fn has_only_styles(config: &Value) -> bool {
    let input = config.get("input");
    let named = input.fields().into_values().filter_map(|field| field.value.as_text());
    are_stylesheets(texts(&input).into_iter().chain(named))
}

/// Whether the scripts of a configuration share chunks: several entries that go to a folder.
fn shares_chunks(reading: &Reading<'_>, config: &Value) -> bool {
    let outputs = of_pages(&config.get("output"));
    let goes_to_folder = outputs.iter().any(|output| output.get("file").is_missing());
    goes_to_folder && !has_only_styles(config) && entries(reading, config).len() > 1
}

fn config(reading: &mut Reading<'_>, config: &Value, is_only_bundle: bool) {
    let mut written = of_pages(&config.get("output"));
    if !has_only_styles(config) || !note_written_styles(reading, config) {
        for output in &written {
            outputs(reading, config, output, is_only_bundle);
        }
    }
    let output = written.swap_remove(0);
    for (key, field) in config.fields() {
        match key.as_str() {
            "plugins" => {
                let mut all = field.value.elements();
                // Several entries of one output are joined anyway.
                let is_joined = !texts(&config.get("input")).is_empty();
                all.retain(|plugin| !(is_joined && is_multi_entry(plugin)));
                plugins(reading, &all);
            }
            key if WITHOUT_MEANING.contains(&key) => {}
            key => {
                let remedy = "find out whether you need it";
                reading.note(field.place, format!("the option {key}"), remedy);
            }
        }
    }
    let place = config.fields().get("external").map(|field| field.place).unwrap_or_default();
    webpack::externals(reading, &output.get("globals"), place);
    let is_required = reading.plan.keys.contains_key("format");
    let external = config.get("external");
    let all = if let Value::List(_) = external { external.elements() } else { vec![external] };
    for one in all {
        match one.as_text() {
            Some(name) if is_required => reading.plan.put("externals", &name, true),
            Some(name) if !output.get("globals").get(&name).is_missing() => {}
            Some(_) | None => webpack::externals(reading, &one, place),
        }
    }
    for key in ["banner", "footer", "intro", "outro"] {
        if let Some(field) = output.fields().get(key) {
            let remedy = "find out whether you need it";
            reading.note(field.place, format!("output.{key}"), remedy);
        }
    }
    source_maps::of_switch(&mut reading.plan, &output.get("sourcemap"));
}

/// Notes stylesheets that a function in the options of a plugin writes, to whatever path. Returns
/// whether there are some.
fn note_written_styles(reading: &mut Reading<'_>, config: &Value) -> bool {
    let is_meant = |plugin: &&Rc<Symbol>| {
        let [output, processor] = ["output", "processor"].map(|key| first(plugin).get(key));
        let is_function = matches!(output, Value::Function(_));
        let is_off = matches!(output, Value::Boolean(false)) && !processor.is_missing();
        is_of_styles(plugin) && (is_function || is_off)
    };
    let plugins = config.get("plugins").elements();
    let Some(plugin) = plugins.iter().filter_map(Value::as_symbol).find(is_meant) else {
        return false;
    };
    let sources: Vec<String> = entries(reading, config).into_iter().map(|(_, path)| path).collect();
    let sources: Vec<&str> = sources.iter().map(String::as_str).collect();
    let what = format!("{}, which a function of {} writes", listed(&sources), plugin.root());
    reading.note(plugin.place, what, "add it to \"areas\" with the path that it has now");
    true
}

/// Returns the entries of a configuration, with their names if they have some.
fn entries(reading: &Reading<'_>, config: &Value) -> Vec<(Option<String>, String)> {
    match config.get("input") {
        Value::Object(fields) => {
            let fields = fields.borrow().clone().into_iter();
            fields.filter_map(|(name, f)| Some((Some(name), reading.path_of(&f.value)?))).collect()
        }
        input => {
            let paths = reading.paths_of(&input).into_iter();
            paths.flat_map(|path| reading.expanded(&path)).map(|path| (None, path)).collect()
        }
    }
}

/// Returns the outputs that pages use, of several in different formats: classic scripts, or those
/// with the format of the first. There is at least one.
fn of_pages(output: &Value) -> Vec<Value> {
    let Value::List(_) = output else { return vec![output.clone()] };
    let all = output.elements();
    let Some(first) = all.first() else { return vec![Value::Undefined] };
    let format = |one: &Value| one.get("format").as_text();
    if all.iter().any(is_classic) {
        return all.iter().filter(|one| is_classic(one)).cloned().collect();
    }
    all.iter().filter(|one| format(one) == format(first)).cloned().collect()
}

fn is_classic(output: &Value) -> bool {
    matches!(output.get("format").as_text().as_deref(), Some("iife" | "umd"))
}

/// Adds the entries of a configuration.
fn outputs(reading: &mut Reading<'_>, config: &Value, output: &Value, is_only_bundle: bool) {
    let format = match output.get("format").as_text().as_deref() {
        Some("es" | "esm" | "module") => Some("esm"),
        Some("cjs" | "commonjs") => Some("cjs"),
        _ => None,
    };
    if let Some(format) = format.filter(|_| !has_only_styles(config)) {
        reading.plan.set("format", format);
    }
    let global = output.get("name").as_text();
    let names = output.get("entryFileNames");
    if let Value::Function(function) = &names {
        let remedy = "its scripts are named [name].js: correct the names in \"areas\"";
        reading.note(function.place, "output.entryFileNames, a function", remedy);
    }
    let pattern = names.as_text().unwrap_or_else(|| "[name].js".to_owned());
    if webpack::has_hash(&pattern) {
        reading.plan.modes.production.insert("hash".to_owned(), true.into());
    }
    let folder = output.get("dir").as_text().unwrap_or_else(|| "dist".to_owned());
    for (name, source) in entries(reading, config) {
        let file = source.rsplit('/').next().unwrap_or(&source);
        let name = name.as_deref().unwrap_or_else(|| file.split('.').next().unwrap_or(file));
        let path = match output.get("file").as_text() {
            Some(file) => reading.path(&file),
            None => reading.path(&format!("{folder}/{}", webpack::named(&pattern, name))),
        };
        webpack::add(reading, &path, &source);
        match &global {
            Some(global) if is_only_bundle => reading.plan.set("globalName", global.clone()),
            global => reading.plan.output(&path).global_name.clone_from(global),
        }
        style_file(reading, config, &path);
    }
}

/// Names the stylesheet of a script: `postcss({ extract: "css/app.css" })`, `scss({ output: … })`.
fn style_file(reading: &mut Reading<'_>, config: &Value, script: &str) {
    for plugin in config.get("plugins").elements() {
        let Some(symbol) = plugin.as_symbol().filter(|symbol| is_of_styles(symbol)) else {
            continue;
        };
        let options = first(symbol);
        let named = ["extract", "output", "fileName"].map(|key| options.get(key).as_text());
        let Some(file) = named.into_iter().flatten().next() else { continue };
        // `output` of the plugins for Sass is relative to the project, all others to the script.
        let is_whole = file.starts_with('/')
            || !options.get("output").is_missing()
                && ["scss", "sass"].iter().any(|word| symbol.root().contains(word));
        let folder = script.rsplit_once('/').map_or("", |(folder, _)| folder);
        let path = reading.path(&if is_whole { file } else { format!("{folder}/{file}") });
        webpack::name_imported(reading, Some(path), script);
    }
}

fn is_of_styles(symbol: &Symbol) -> bool {
    let words = ["postcss", "scss", "sass", "styles", "css-only"];
    words.iter().any(|word| symbol.root().contains(word))
}

/// Returns the first argument of a plugin's call.
fn first(symbol: &Symbol) -> Value {
    symbol.call().and_then(|(_, arguments)| arguments.first().cloned()).unwrap_or_default()
}

fn is_multi_entry(plugin: &Value) -> bool {
    plugin.as_symbol().is_some_and(|symbol| symbol.root().ends_with("plugin-multi-entry"))
}

fn plugins(reading: &mut Reading<'_>, all: &[Value]) {
    for plugin in all {
        let symbol = match plugin {
            Value::Symbol(symbol) => symbol,
            Value::Object(_) => {
                let name = plugin.get("name").as_text().unwrap_or_default();
                let place = plugin.fields().values().next().map(|field| field.place);
                let what = format!("the plugin {name}, which the project makes");
                let remedy = "builds run Rollup plugins of this shape: docs/plugins.md";
                reading.note(place.unwrap_or_default(), what, remedy);
                continue;
            }
            _ => continue,
        };
        let (root, options) = (symbol.root().to_owned(), first(symbol));
        if root.contains("plugin-babel") {
            babel::options_of_tool(reading, &options, symbol.place);
        } else if root.contains("replace") {
            replace(reading, &options);
        } else if root.contains("plugin-alias") {
            let place = symbol.place;
            webpack::aliases(reading, &options.get("entries"), place);
        } else if root.contains("plugin-inject") {
            webpack::provide(reading, &options, symbol.place);
        } else if root.contains("svgr") {
            reading.plan.put("rules", "*.svg", "url-react");
        } else if root.contains("plugin-copy") || root.contains("copy-assets") {
            copies(reading, &options, symbol.place);
        } else if is_of_styles(symbol) {
            if options.get("modules").is_true() == Some(true) {
                let remedy = "name them *.module.css, or write a rule: { \"*.css\": \"module\" }";
                reading.note(symbol.place, "CSS modules of all stylesheets", remedy);
            }
            let is_injected = root.contains("postcss")
                && options.get("extract").is_true() != Some(true)
                && options.get("inject").is_true() != Some(false);
            reading.plan.assets.are_styles_injected |= is_injected;
        } else if !root.is_empty() && !BUILT_IN.iter().any(|known| root.contains(known)) {
            let what = format!("the plugin {root}");
            reading.note(symbol.place, what, "find out whether you need what it does");
        }
    }
}

/// `@rollup/plugin-replace`: names and their values.
fn replace(reading: &mut Reading<'_>, options: &Value) {
    const OTHERS: [&str; 6] =
        ["values", "preventAssignment", "delimiters", "include", "exclude", "objectGuards"];
    let mut values = options.fields();
    values.retain(|name, _| !OTHERS.contains(&name.as_str()));
    values.extend(options.get("values").fields());
    webpack::define(reading, &Value::object(values));
}

/// rollup-plugin-copy: `{ targets: [{ src, dest }] }`.
fn copies(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    for target in options.get("targets").elements() {
        for key in ["rename", "transform"] {
            if !target.get(key).is_missing() {
                let remedy = "files keep their names and contents: correct \"copy\"";
                reading.note(place, format!("{key} of files that are copied"), remedy);
            }
        }
        let Some(to) = target.get("dest").as_text() else { continue };
        for source in texts(&target.get("src")) {
            let from = reading.path(&source);
            let is_pattern = from.contains(['*', '{']);
            if !is_pattern && !reading.is_file(&from) && !reading.is_folder(&from) {
                reading.note_missing_copy(&from, place);
                continue;
            }
            let name = from.rsplit('/').next().unwrap_or(&from);
            let to = reading.path(&to);
            let to = if is_pattern { format!("{to}/") } else { format!("{to}/{name}") };
            reading.plan.copy_within(&from, &to);
        }
    }
}
