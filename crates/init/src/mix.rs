//! Reads webpack.mix.js, Laravel Mix 1 to 6: each call on `mix` in order. Laravel Elixir's tasks in
//! a gulpfile use the same names with other folders.

use std::collections::HashSet;

use bundle_js::static_evaluation::{ScriptLocation, Symbol, Value};
use camino::Utf8Path;
use serde_json::json;

use super::{
    asset_names::{FONTS, IMAGES, listed},
    babel, console, imports,
    plan::{Sources, tidy},
    postcss,
    reading::{Reading, call_of},
    source_maps,
    stylesheets::is_stylesheet,
    vue_loader, webpack,
};
use folders::Mix;

mod extract; // bundles of packages
mod folders; // where outputs go
mod intermediate; // outputs among the sources

/// Calls that need no key.
const WITHOUT_MEANING: &[&str] = &[
    "inProduction",
    "browserSync",
    "disableNotifications",
    "disableSuccessNotifications",
    "options",
    "dump",
    "eslint",
    "clearConsole",
    "bundleAnalyzer",
    "extend",
    "setResourceRoot",
    "webpackConfig",
    "listen",
    "tailwind",
    "runtimeChunkPath",
    "notifications",
    "when",
    "postCssPlugin",
    "phpUnit",
    "phpSpec",
];

/// Reads the calls of a script.
pub fn read(reading: &mut Reading<'_>) {
    let roots = ["laravel-mix", "mix", "laravel-elixir"];
    let calls: Vec<_> = reading
        .script
        .calls()
        .iter()
        .filter(|call| roots.contains(&call.root()))
        .map(std::rc::Rc::clone)
        .collect();
    // The last of the calls that give a setting counts, `mix.options()` among them.
    let setting = |setter: &str, key: &str| {
        calls.iter().rev().find_map(|call| match call_of(call) {
            (name, [value, ..]) if name == setter => Some(value.clone()),
            ("options", [options, ..]) => {
                Some(options.get(key)).filter(|value| !value.is_missing())
            }
            _ => None,
        })
    };
    let public = setting("setPublicPath", "publicPath");
    let public = public.and_then(|value| reading.path_of(&value));
    let default =
        if reading.facts.has("artisan") || reading.facts.has("public") { "public" } else { "." };
    let mut mix = Mix {
        public: tidy(&public.unwrap_or_else(|| default.to_owned()))
            .trim_end_matches('/')
            .to_owned(),
        last_script: None,
        runtime_folder: None,
    };
    reading.plan.out_dir = Some(mix.public.clone());
    let root = setting("setResourceRoot", "resourceRoot").and_then(|value| value.as_text());
    let root = public_path(reading, &calls).or(root);
    reading.plan.set("publicPath", root.unwrap_or_else(|| "/".to_owned()));
    for call in &calls {
        one_call(reading, call, &mut mix);
    }
    let is_extraction = |call: &&Symbol| ["extract", "extractVendors"].contains(&call_of(call).0);
    let extractions: Vec<&Symbol> =
        calls.iter().map(|call| &**call).filter(is_extraction).collect();
    extract::read(reading, &extractions, &mix);
    intermediate::take(reading, &mix);
    vue_alias(reading, &calls);
    reading.plan.assets.are_styles_injected = true;
    reading.plan.assets.is_written = true;
    reading.plan.assets.are_styles_written |= calls.iter().any(is_extracting);
    if !reading.plan.assets.are_styles_written {
        separate_styles(reading);
    }
    reading.plan.set("manifest", json!(["mix"]));
    reading.plan.comment("manifest", "mix-manifest.json, for the helper mix() in views");
}

/// Gives a stylesheet that has the name of a script an area of its own, if the script adds styles
/// to pages: they are not in the stylesheet.
fn separate_styles(reading: &mut Reading<'_>) {
    let alias = reading.plan.keys.get("alias").cloned().unwrap_or_default();
    let mut separated = Vec::new();
    let taken: HashSet<String> = reading.plan.outputs.keys().cloned().collect();
    for (path, sources) in &mut reading.plan.outputs {
        let scripts = [sources.modules.as_slice(), &sources.classic].concat();
        if sources.styles.is_empty() || !imports::have_styles(reading.facts, &scripts, &alias) {
            continue;
        }
        let styles = std::mem::take(&mut sources.styles);
        sources.order.retain(|source| !styles.contains(source));
        let stylesheet = sources.stylesheet.take().or_else(|| Some(format!("{path}.css")));
        let mut name = format!("{path}-styles");
        while taken.contains(&name) {
            name.push('s');
        }
        separated.push((name, Sources { styles, stylesheet, ..Sources::default() }));
    }
    reading.plan.outputs.extend(separated);
}

/// Returns `output.publicPath` of `mix.webpackConfig()`. A path that is relative to the page does
/// not hold for other pages.
fn public_path(reading: &mut Reading<'_>, calls: &[std::rc::Rc<Symbol>]) -> Option<String> {
    let calls = calls.iter().filter(|call| call_of(call).0 == "webpackConfig");
    let paths = calls.filter_map(|call| {
        let config = reading.script.call(call_of(call).1.first()?, Vec::new());
        let path = config.get("output").get("publicPath").as_text()?;
        (path.starts_with('/') || path.contains("//")).then_some(path)
    });
    paths.last()
}

/// Adds Mix's own alias of `vue`: up to version 5 always the CommonJS build with the compiler, so
/// that `require("vue")` is Vue itself; since 6 with `mix.vue()`.
fn vue_alias(reading: &mut Reading<'_>, calls: &[std::rc::Rc<Symbol>]) {
    if reading.facts.major("vue") != Some(2) {
        return;
    }
    let vue = calls.iter().find(|call| call_of(call).0 == "vue");
    let is_runtime = vue.is_some_and(|call| {
        let options = call_of(call).1.iter().find(|value| matches!(value, Value::Object(_)));
        options.is_some_and(|options| options.get("runtimeOnly").is_true() == Some(true))
    });
    let is_new = reading.facts.major("laravel-mix").is_some_and(|major| major >= 6);
    let build = match (is_new, is_runtime) {
        (true, _) if vue.is_none() => return,
        (true, true) => "vue/dist/vue.runtime.esm.js",
        (true, false) => "vue/dist/vue.esm.js",
        (false, _) => "vue/dist/vue.common.js",
    };
    reading.plan.put("alias", "vue$", build);
    reading.plan.comment("alias", "vue$: the build of Vue that Laravel Mix chooses by itself");
}

/// `mix.vue({ extractStyles: true })`, or the path of a stylesheet; `extractVueStyles` of options.
fn is_extracting(call: &std::rc::Rc<Symbol>) -> bool {
    let keys = ["extractStyles", "extractVueStyles"];
    let is_set = |value: Value| matches!(value, Value::Text(_) | Value::Boolean(true));
    call_of(call).1.iter().any(|options| keys.iter().any(|key| is_set(options.get(key))))
}

fn one_call(reading: &mut Reading<'_>, call: &Symbol, mix: &mut Mix) {
    let (name, arguments) = call_of(call);
    let place = call.place;
    let first = arguments.first().cloned().unwrap_or_default();
    match name {
        "js" | "ts" | "typeScript" | "react" | "reactTypeScript" | "preact" | "coffee" | "sass"
        | "less" | "stylus" | "fastSass" | "standaloneSass" | "postCss" | "css" | "webpack" => {
            let has_sources = first.as_text().is_some() || matches!(first, Value::List(_));
            if ["react", "preact"].contains(&name) && !has_sources {
                feature(reading, name, place);
                return;
            }
            compiled(reading, name, arguments, place, mix);
        }
        // `mix.config.babel()`: Mix's options of Babel.
        "babel" if arguments.is_empty() => {}
        "styles" | "combine" | "scripts" | "babel" | "minify" => {
            joined(reading, name, arguments, place, mix);
        }
        "copy" | "copyDirectory" | "copyDirectoryWatched" | "copyWatched" => {
            let Some(to) = arguments.get(1).and_then(|to| reading.path_of(to)) else {
                return reading.note(place, "a copy", "write it into \"copy\"");
            };
            for from in reading.paths_of(&first) {
                copied(reading, &from, &to, mix, place);
            }
        }
        "babelConfig" => babel::options_of_tool(reading, &first, place),
        "polyfill" if matches!(first.get("enabled"), Value::Boolean(false)) => {}
        "polyfill" => babel::polyfills(reading, "mix.polyfill()", place),
        "version" => {
            if let Value::List(_) | Value::Text(_) = first {
                reading.note(
                    place,
                    "versions of files that are not built",
                    "the manifest has the outputs of the build only; name other files with asset()",
                );
            }
        }
        // `sourceMaps(inProduction = true, typeInDevelopment, type = "source-map")`
        "sourceMaps" if first.is_true() != Some(false) || arguments.is_empty() => {
            let word = arguments.get(2).and_then(Value::as_text);
            source_maps::of_devtool(&mut reading.plan, word.as_deref().unwrap_or("source-map"));
        }
        "alias" => webpack::aliases(reading, &first, place),
        "define" => webpack::define(reading, &first),
        "autoload" => autoload(reading, &first),
        "before" | "then" | "after" => {
            let remedy = "call it in a script of package.json before or after `bundle`";
            reading.note(
                place,
                format!("mix.{name}(), a function that runs with the build"),
                remedy,
            );
        }
        "override" => {
            let remedy = "find out what it changes, and whether a key of docs/config.md does that";
            reading.note(place, "mix.override(), which changes webpack's configuration", remedy);
        }
        "webpackConfig" => {
            let config = reading.script.call(&first, Vec::new());
            webpack::options(reading, &config);
            webpack::of_chunks(reading, &config.get("output"));
        }
        "options" => options_of_mix(reading, &first, place, mix),
        "vue" => vue_loader::read(reading, &first.get("options")),
        "purgeCss" => {
            let remedy = "stylesheets keep all rules: to remove unused ones, add \
                          @fullhuman/postcss-purgecss to postcss.config.js, which builds run";
            reading.note(place, "mix.purgeCss()", remedy);
        }
        "mergeManifest" => {
            let remedy = "mix-manifest.json lists the files of this build alone: give each build \
                          an outDir of its own, and its name to mix() in views";
            reading.note(place, "mix.mergeManifest()", remedy);
        }
        "setPublicPath" | "sourceMaps" | "extract" | "extractVendors" => {}
        name if WITHOUT_MEANING.contains(&name) => {}
        "" => {}
        name => {
            reading.note(place, format!("mix.{name}()"), "find out whether you need what it does");
        }
    }
}

/// Reads `mix.options()`.
fn options_of_mix(
    reading: &mut Reading<'_>,
    options: &Value,
    place: ScriptLocation,
    mix: &mut Mix,
) {
    for (kind, extensions) in [("images", IMAGES), ("fonts", FONTS)] {
        if let Some(folder) = options.get("fileLoaderDirs").get(kind).as_text() {
            let names = format!("{folder}/[name]-[hash][ext]");
            webpack::file_names(reading, listed(extensions), &names, place);
        }
    }
    if matches!(options.get("processCssUrls"), Value::Boolean(false)) {
        webpack::keep_urls(reading, "processCssUrls: false in Mix");
    }
    vue_loader::read(reading, &options.get("vue"));
    console::of_terser(reading, &options.get("terser").get("terserOptions"));
    mix.runtime_folder = options.get("runtimeChunkPath").as_text();
    postcss::with_plugins_of(reading, &options.get("postCss").elements(), place);
}

/// Since Mix 6, `mix.react()` and `mix.preact()` set how JSX of all scripts is compiled.
fn feature(reading: &mut Reading<'_>, name: &str, place: ScriptLocation) {
    let (key, value) = if name == "react" { ("runtime", "automatic") } else { ("factory", "h") };
    babel::set_jsx(reading, vec![(key.to_owned(), value.to_owned())], place);
}

/// Adds a compiled script or stylesheet.
fn compiled(
    reading: &mut Reading<'_>,
    name: &str,
    arguments: &[Value],
    place: ScriptLocation,
    mix: &mut Mix,
) {
    let sources = sources(reading, arguments.first());
    let is_style =
        ["sass", "less", "stylus", "fastSass", "standaloneSass", "postCss", "css"].contains(&name);
    if name == "less" {
        webpack::less_of_loader(reading, &arguments.get(2).cloned().unwrap_or_default());
    }
    if name == "stylus" {
        reading.plan.put("preprocess", "styl", "stylus --print");
        if arguments.get(2).is_some_and(|options| !options.fields().is_empty()) {
            let remedy = "write them into \"preprocess\", as in `stylus --use rupture --print`";
            reading.note(place, "the options of mix.stylus()", remedy);
        }
    }
    if let Some(options) = arguments.get(2).filter(|_| is_style) {
        webpack::sass(reading, options);
    }
    let to = arguments.get(1).and_then(|to| reading.path_of(to));
    let plugins = arguments.get(if name == "postCss" { 2 } else { 3 }).filter(|_| is_style);
    if let Some(plugins) = plugins {
        postcss::with_plugins_of(reading, &plugins.elements(), place);
    }
    let Some(first) = sources.first().filter(|_| to.is_some() || arguments.len() < 2) else {
        return reading.note(
            place,
            format!("mix.{name}() of unknown files"),
            "add them to \"areas\"",
        );
    };
    let to = tidy(&to.unwrap_or_default());
    let extension = if is_style { ".css" } else { ".js" };
    let below = mix.of_compiled(&to);
    let outputs: Vec<(String, Vec<String>)> = if below.ends_with(extension) {
        vec![(below, sources.clone())]
    } else if is_style || sources.len() == 1 || first.contains('*') {
        let output = |source: &String| {
            let stem = Utf8Path::new(source).file_stem().unwrap_or_default();
            (format!("{below}/{stem}{extension}"), vec![source.clone()])
        };
        sources.iter().map(output).collect()
    } else {
        // Several modules and a folder: the first gives the name.
        let stem = Utf8Path::new(first).file_stem().unwrap_or_default();
        vec![(format!("{below}/{stem}{extension}"), sources.clone())]
    };
    for (output, sources) in outputs {
        if !is_style {
            mix.add_script(name, &output);
        }
        for source in sources {
            webpack::add(reading, &output, &source);
        }
    }
}

/// Adds files that are concatenated.
fn joined(
    reading: &mut Reading<'_>,
    name: &str,
    arguments: &[Value],
    place: ScriptLocation,
    mix: &Mix,
) {
    let sources = sources(reading, arguments.first());
    let to = arguments.get(1).and_then(|to| reading.path_of(to));
    if name == "minify" && to.is_none() {
        for source in sources {
            minified(reading, &source, mix, place);
        }
        return;
    }
    let Some(first) = sources.first() else {
        return reading.note(
            place,
            format!("mix.{name}() of unknown files"),
            "add them to \"areas\"",
        );
    };
    let is_style = first.ends_with("css");
    let default = if is_style { "css/all.css" } else { "js/all.js" };
    let to = tidy(&to.unwrap_or_else(|| format!("{}/{default}", mix.public)));
    let below = mix.below_public(&to);
    let output = if below.ends_with(".js") || below.ends_with(".css") {
        below
    } else {
        format!("{below}/all.{}", if is_style { "css" } else { "js" })
    };
    if is_style {
        // Mix joins these files as they are: addresses may be relative to the output.
        reading.plan.put("severity", "missing-asset", "warn");
    }
    for source in &sources {
        let source = copied_from(reading, mix, source).unwrap_or_else(|| source.clone());
        add_joined(reading, &output, &source);
    }
}

/// Adds the minified copy of a file. That of a script that the build writes would be the same
/// again, and pages that have both would share modules.
fn minified(reading: &mut Reading<'_>, source: &str, mix: &Mix, place: ScriptLocation) {
    let (stem, extension) = source.rsplit_once('.').unwrap_or((source, "js"));
    let output = format!("{stem}.min.{extension}");
    let path = mix.below_public(source);
    let known = path.rsplit_once('.').and_then(|(name, _)| reading.plan.outputs.get(name));
    let styles = known.map(|sources| sources.styles.clone()).unwrap_or_default();
    if extension == "css" && !styles.is_empty() {
        let output = mix.below_public(&output);
        return styles.iter().for_each(|style| add_joined(reading, &output, style));
    }
    if known.is_some() {
        let remedy = format!("include {path} in the views: builds for production minify it");
        return reading.note(place, format!("{output}, a copy of an output"), &remedy);
    }
    let original = copied_from(reading, mix, source).unwrap_or_else(|| source.to_owned());
    add_joined(reading, &output, &original);
}

/// Returns the file that an earlier `mix.copy()` copies to a path.
fn copied_from(reading: &Reading<'_>, mix: &Mix, path: &str) -> Option<String> {
    let name = Utf8Path::new(path).file_name()?;
    let below = path.strip_prefix(&format!("{}/", mix.public)).unwrap_or(path);
    let to_it = reading.plan.copies.iter().find_map(|copy| {
        let is_named = Utf8Path::new(&copy.from).file_name() == Some(name);
        let is_target = copy.to == below || is_named && format!("{}{name}", copy.to) == below;
        if is_target {
            return Some(copy.from.clone());
        }
        // A folder with everything in it.
        let rest = below.strip_prefix(copy.to.as_str())?;
        Some(format!("{}/{rest}", copy.from.trim_end_matches('/')))
            .filter(|from| reading.is_file(from))
    });
    to_it.filter(|from| reading.is_file(from))
}

/// Adds a file whose top-level names are globals of the page.
pub fn add_joined(reading: &mut Reading<'_>, output: &str, source: &str) {
    let source = reading.module(&tidy(source));
    let sources = reading.plan.output(output);
    let is_style = is_stylesheet(&source);
    let known = if is_style { &mut sources.styles } else { &mut sources.classic };
    // Several tasks may make one output, as those that watch do.
    if !known.contains(&source) {
        known.push(source);
    }
}

/// Takes away the sources that an output has, if it is one of `sources` itself.
pub fn take_sources(
    reading: &mut Reading<'_>,
    output: &str,
    sources: &[String],
) -> Option<Vec<String>> {
    let is_own = sources.iter().any(|source| source == output);
    let known = is_own.then(|| reading.plan.output(output))?;
    let is_style = output.ends_with(".css");
    Some(std::mem::take(if is_style { &mut known.styles } else { &mut known.classic }))
}

fn copied(reading: &mut Reading<'_>, from: &str, to: &str, mix: &Mix, place: ScriptLocation) {
    let from = tidy(from);
    if !from.contains('*') && !reading.is_file(&from) && !reading.is_folder(&from) {
        return reading.note_missing_copy(&from, place);
    }
    if webpack::is_private(reading, &from) {
        return webpack::note_private(reading, &from, place);
    }
    // Mix copies to a path of the project, which need not be in the public folder.
    let to = tidy(to);
    let is_project = ["", "."].contains(&mix.public.as_str()) && !to.starts_with("../");
    if to.trim_end_matches('/') == mix.public || is_project && to.is_empty() {
        return reading.plan.copy(&from, "");
    }
    let is_named = reading.is_file(&from) && Utf8Path::new(&to).extension().is_some();
    let to = if is_named || to.ends_with('/') { to } else { to + "/" };
    match to.strip_prefix(&format!("{}/", mix.public)).or(is_project.then_some(to.as_str())) {
        Some(below) => reading.plan.copy(&from, below),
        // Joined outputs of other tools may widen the folder; later calls may read the copy.
        None => reading.plan.copy_within(&from, &to),
    }
}

/// `mix.autoload({ jquery: ["$", "window.jQuery"] })`
fn autoload(reading: &mut Reading<'_>, libraries: &Value) {
    for (package, field) in libraries.fields() {
        let names = match &field.value {
            Value::List(_) => field.value.elements(),
            one => vec![one.clone()],
        };
        for name in names.iter().filter_map(Value::as_text) {
            reading.plan.put("provide", &name, package.clone());
        }
    }
}

/// Returns the sources of a call. A glob means its files.
fn sources(reading: &Reading<'_>, value: Option<&Value>) -> Vec<String> {
    let paths = value.map(|value| reading.paths_of(value)).unwrap_or_default();
    let expanded = paths.iter().flat_map(|path| {
        if !path.contains('*') {
            return vec![tidy(path)];
        }
        let fs = reading.facts.fs.as_ref();
        let found = bundle_base::config::matching(fs, reading.project(), path);
        found.iter().map(|path| reading.path(path.as_str())).collect()
    });
    expanded.collect()
}
