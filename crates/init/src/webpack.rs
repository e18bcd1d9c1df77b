//! Reads a webpack configuration, 1 to 5: entries and output, resolution, and through `rules` and
//! `plugins` what loaders and plugins do. Encore's, Mix's and Vue CLI's own webpack options come
//! through `options` too.

use bundle_js::static_evaluation::{Field, Object, Value};

use super::{
    console,
    plan::tidy,
    reading::{Reading, texts},
    source_maps, vue_loader, wordpress,
};

mod assets; // names and sizes of files that are used as they are
mod chunks; // splitChunks and CommonsChunkPlugin
mod copies; // files that are copied
mod css_modules; // CSS modules of css-loader
mod define; // what DefinePlugin defines
mod entries; // entries -> outputs
mod expose; // expose-loader
mod expressions; // regular expressions -> globs
mod external_functions; // functions that decide what pages have
mod externals; // what pages have
mod files; // the files of a rule
mod less; // the command of Less
mod library; // what pages get of an output
mod manifests; // files that tell a backend the addresses of files
mod names; // patterns of file names
mod plugin_names; // names of plugins
mod plugins; // plugins -> keys
mod resolve; // how imports are found
mod rules; // loaders -> keys
mod several; // several configurations in one build
mod sources; // what an entry consists of
mod style_kinds; // what becomes of stylesheets
mod style_names; // names of stylesheets
mod templates; // values in templates of pages
mod test_patterns; // regular expressions -> extensions

pub use assets::{file_names, size as inlined};
pub use chunks::splitting;
pub use copies::{copy_published, fixed_folders, is_private, leave_out, note_private};
pub use define::{assigned, define};
pub use entries::{add, add_with_styles};
pub use expressions::{Beginning, globs};
pub use external_functions::ask as ask_externals;
pub use externals::externals;
pub use less::{
    add_option as add_option_of_less, compile as compile_less, of_loader as less_of_loader,
    of_task as less_of_task,
};
pub use library::read as library;
pub use names::{has_hash, named, of_chunks, of_pattern};
pub use plugins::{VUETIFY, VUETIFY_REMEDY, plugin, provide};
pub use resolve::{alias, aliases, extensions, module_paths};
pub use rules::{keep_urls, rebase_urls, rule, sass, stylus, urls_of_css_loader};
pub use style_names::{name_for, name_imported, of_script as name_stylesheet};
pub use templates::of_configuration;

/// Options that only concern webpack itself, or that we decide ourselves.
const WITHOUT_MEANING: &[&str] = &[
    "mode",
    "devServer",
    "performance",
    "stats",
    "watch",
    "watchOptions",
    "cache",
    "bail",
    "profile",
    "parallelism",
    "resolveLoader",
    "infrastructureLogging",
    "experiments",
    "amd",
    "loader",
    "recordsPath",
    "name",
    "snapshot",
    "target",
    "debug",
    "ignoreWarnings",
    "incremental",
    "lazyCompilation",
    "progress",
    "hot",
    "inline",
    "sassLoader",
    "postcss",
    "babel",
    "eslint",
    "dependencies",
    "context",
];

/// Reads what a webpack.config.js exports.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let mode = |key: &str, value: Value| (key.to_owned(), Field { value, ..Field::default() });
    let is_on = || Value::Boolean(true);
    let env = Value::object(Object::from([mode("production", is_on()), mode("prod", is_on())]));
    let argv = Value::object(Object::from([mode("mode", Value::text("production"))]));
    let called = reading.script.call(exports, vec![env, argv.clone()]);
    // Functions of `--env=prod` take a word.
    let is_known = matches!(called, Value::Object(_) | Value::List(_));
    let words = ["production", "prod"].iter().filter(|_| !is_known);
    let exports = words
        .map(|word| reading.script.call(exports, vec![Value::text(*word), argv.clone()]))
        .find(|result| matches!(result, Value::Object(_) | Value::List(_)))
        .unwrap_or(called);
    let configs = if let Value::List(_) = exports { exports.elements() } else { vec![exports] };
    let mut configs: Vec<Value> =
        configs.iter().map(|config| reading.script.call(config, Vec::new())).collect();
    configs = reading.asked_for(configs);
    if configs.len() > 1 {
        configs.retain(|config| !entries::are_none(reading, config));
    }
    let configs = wordpress::of_commands(reading, configs);
    let is_only_compiler = configs.len() == 1;
    reading.has_several = !is_only_compiler;
    several::note_differences(reading, &configs);
    let mut count = 0;
    let mut extracted = several::ExtractedPackages::default();
    let (mut styled, mut plugins) = (Vec::new(), Vec::new());
    let has_groups = |config: &Value| {
        let split = config.get("optimization").get("splitChunks");
        !split.get("cacheGroups").fields().is_empty() || split.get("name").as_text().is_some()
    };
    let are_groups_of_all = configs.iter().all(has_groups);
    let does_split = configs
        .iter()
        .any(|config| !config.get("optimization").get("splitChunks").fields().is_empty());
    for config in configs {
        if let Value::Object(_) = config {
            output(reading, &config, is_only_compiler);
            options(reading, &config);
            after_options(reading, &config);
            count += entries::read(reading, &config, is_only_compiler);
            extracted.read(reading, &config);
            styled.extend(style_kinds::scripts(reading, &config));
            plugins.extend(config.get("plugins").elements());
            let is_for_all = is_only_compiler || are_groups_of_all;
            chunks::read(reading, &config.get("optimization"), is_for_all);
        } else {
            let symbol = config.as_symbol();
            let at = symbol.map(|symbol| symbol.place).unwrap_or_default();
            let package = symbol.filter(|symbol| symbol.is_made_by_package());
            let of = package.map_or(String::new(), |symbol| format!(" of {}", symbol.root()));
            reading.note(
                at,
                format!("a configuration{of} that only running the script would give"),
                "write what it says into bundle.config.json",
            );
        }
    }
    chunks::splitting(reading, count, does_split);
    style_names::decide(reading);
    style_kinds::decide(reading, &styled);
    extracted.note(reading);
    manifests::note_keys(reading, &plugins);
}

/// Reads the configuration of webpack-stream, a step of gulp. `to`: where gulp writes its outputs.
pub fn of_stream(reading: &mut Reading<'_>, config: &Value, to: &str) {
    // Shared chunks and copies are beside the scripts.
    reading.plan.scripts.folders.push((tidy(to), String::new()));
    stream(reading, config, to);
    reading.plan.scripts.folders.pop();
}

fn stream(reading: &mut Reading<'_>, config: &Value, to: &str) {
    let output = config.get("output");
    let pattern = output.get("filename").as_text().unwrap_or_else(|| "[name].js".to_owned());
    reading.plan.scripts.pattern = pattern;
    reading.plan.scripts.styles = style_names::of(config);
    if let Some(public) = output.get("publicPath").as_text().filter(|path| path != "auto") {
        reading.plan.set("publicPath", public);
    }
    library::read(reading, &output, true);
    of_chunks(reading, &output);
    options(reading, config);
    after_options(reading, config);
    let context = reading.path_of(&config.get("context")).unwrap_or_default();
    for (name, field) in entries::named_entries(reading, config) {
        if let Some(path) = entries::one_entry(reading, &name, &field, config, to, &context) {
            style_names::of_script(reading, &name, to, &path);
        }
    }
    wordpress::of_configuration(reading, config);
    chunks::read(reading, &config.get("optimization"), true);
}

/// Reads everything but entries and output.
pub fn options(reading: &mut Reading<'_>, config: &Value) {
    let context = reading.path_of(&config.get("context")).unwrap_or_default();
    reading.plan.scripts.context = context;
    for (key, field) in config.fields() {
        let (value, place) = (&field.value, field.place);
        match key.as_str() {
            "resolve" => resolve::read(reading, value),
            "externals" => externals(reading, value, place),
            "module" => {
                let module = value.fields();
                let old = module.get("loaders").or_else(|| module.get("rules"));
                let more = ["preLoaders", "postLoaders"].iter().filter_map(|key| module.get(*key));
                let all = old.into_iter().chain(more).flat_map(|field| field.value.elements());
                rules::rules(reading, &all.collect::<Vec<_>>(), place);
                for kind in ["css", "css/auto", "css/module"] {
                    css_modules::names(reading, &value.get("generator").get(kind), place);
                }
            }
            "plugins" => {
                for one in value.elements() {
                    plugin(reading, &one);
                }
            }
            "optimization" => {
                for minimizer in value.get("minimizer").elements() {
                    let options = plugin_names::options(&minimizer);
                    for key in ["terserOptions", "minimizerOptions"] {
                        console::of_terser(reading, &options.get(key));
                    }
                }
                let group = value.get("splitChunks").get("cacheGroups").get("style");
                let is_of_wordpress = group.get("type").as_text().is_some();
                reading.plan.scripts.are_styles_split |= is_of_wordpress;
                if let Value::Boolean(false) = value.get("sideEffects") {
                    reading.plan.set("sideEffects", false);
                    reading.plan.comment("sideEffects", "as optimization.sideEffects says");
                }
                if let Value::Boolean(false) = value.get("minimize") {
                    reading.plan.set("minify", false);
                    reading.plan.comment("minify", "as optimization.minimize says");
                }
            }
            "node" => {
                for (name, field) in value.fields() {
                    if matches!(field.value.as_text().as_deref(), Some("empty"))
                        || matches!(field.value, Value::Boolean(false))
                    {
                        resolve::empty_module(reading, &name);
                    }
                }
            }
            "devtool" => {
                let word = value.as_text().unwrap_or_default();
                source_maps::of_devtool(&mut reading.plan, &word);
            }
            // Up to webpack 1.
            "vue" => vue_loader::read(reading, value),
            "entry" | "output" => {}
            key if WITHOUT_MEANING.contains(&key) => {}
            key => reading.note(place, format!("the option {key}"), "find out whether you need it"),
        }
    }
}

/// Reads the folder and names in `output`.
fn output(reading: &mut Reading<'_>, config: &Value, is_only_compiler: bool) {
    let output = config.get("output");
    let folder = reading.path_of(&output.get("path")).unwrap_or_else(|| "dist".to_owned());
    let pattern = output.get("filename").as_text().unwrap_or_else(|| "[name].js".to_owned());
    if let Some(public) = output.get("publicPath").as_text().filter(|path| path != "auto") {
        reading.plan.set("publicPath", public);
    }
    let is_usual = |name: &str| {
        let name = name.split('?').next().unwrap_or_default();
        ["[file].map", "[file].map[query]"].contains(&name) || name == format!("{pattern}.map")
    };
    if let Some(field) = output.fields().get("sourceMapFilename")
        && !field.value.as_text().is_some_and(|name| is_usual(&name))
    {
        let remedy = "source maps have the names of their scripts, with .map";
        reading.note(field.place, "output.sourceMapFilename", remedy);
    }
    library::read(reading, &output, is_only_compiler);
    of_chunks(reading, &output);
    target(reading, &config.get("target"));
    if has_hash(&pattern) {
        reading.plan.modes.production.insert("hash".to_owned(), true.into());
    }
    reading.plan.scripts.styles = style_names::of(config);
    // Stylesheets may be beside the folder of the scripts: both are below outDir.
    let is_whole = is_only_compiler && !style_names::are_outside(reading);
    if is_whole {
        reading.plan.out_dir.get_or_insert_with(|| folder.clone());
    } else {
        let public = output.get("publicPath").as_text().filter(|path| path != "auto");
        let public = public.unwrap_or_default();
        reading.plan.scripts.folders.push((tidy(&folder), public));
    }
    reading.plan.scripts.pattern = pattern;
}

/// Reads `target`: `node14`, `async-node`, or `browserslist:path`, whose browsers are in a file;
/// instead of the path there may be a query.
fn target(reading: &mut Reading<'_>, value: &Value) {
    for target in texts(value) {
        if let Some(file) = target.strip_prefix("browserslist:") {
            let path = reading.path(file.split(':').next().unwrap_or_default());
            let text = reading.facts.fs.read(&reading.project().join(&path)).unwrap_or_default();
            let text = String::from_utf8_lossy(&text);
            let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
            let queries: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
            let has_sections = queries.iter().any(|line| line.starts_with('['));
            if path.contains('.') && !queries.is_empty() && !has_sections {
                reading.plan.set("target", queries);
                reading.plan.comment("target", format!("the browsers of {path}"));
            } else if file.contains(' ') {
                reading.plan.set("target", vec![file]);
            }
        } else if target.starts_with("node") || target == "async-node" {
            reading.plan.set("platform", "node");
        }
    }
}

/// Reads options that those of rules and plugins override.
pub fn after_options(reading: &mut Reading<'_>, config: &Value) {
    let output = config.get("output").fields();
    if let Some(field) = output.get("assetModuleFilename")
        && let Some(pattern) = field.value.as_text()
    {
        assets::file_names(reading, Vec::new(), &pattern, field.place);
    }
    let pages = reading.plan.keys.get("html").and_then(|pages| pages.as_object()).cloned();
    for page in pages.unwrap_or_default().values() {
        let template = page["template"].as_str().unwrap_or_default();
        templates::of_configuration(reading, template, config);
    }
}
