//! webpack's rules: most loaders do what the bundler does anyway; some become keys; the rest is
//! noted.

use bundle_js::static_evaluation::{Field, Origin, ScriptLocation, Value};
use serde_json::{Value as Json, json};

use super::{
    super::{
        babel, ckeditor, handlebars, postcss,
        reading::{Reading, texts},
        swc, vue_loader,
    },
    assets, css_modules, expose,
    expressions::Beginning,
    files::{are_all_scripts, described, files, named_files},
    less::of_loader as less_of_loader,
    test_patterns::extensions_of,
};

/// Loaders whose work needs no key.
const BUILT_IN: &[&str] = &[
    "ts",
    "awesome-typescript",
    "builtin:lightningcss",
    "lightningcss",
    "buble",
    "css",
    "sass",
    "@tailwindcss/webpack",
    "fast-sass",
    "resolve-url",
    "json",
    "json5",
    "cache",
    "thread",
    "happypack/loader",
    "eslint",
    "tslint",
    "jshint",
    "source-map",
    "mini-css-extract",
    "extract-text",
    "image-webpack",
    "img",
    "svgo",
    "stylelint",
    "null",
    "autoprefixer",
    "csso",
    "cssnano",
    "istanbul-instrumenter",
    "web",
    "es3ify",
    "jsx",
    "react-hot",
    "responsive",
    "import-glob",
];

/// The loaders that turn SVGs into components.
const SVGR: [&str; 3] = ["@svgr/webpack", "react-svg", "svg-react"];

/// Reads rules. Those with an `exclude` come last: of our rules, the first that fits applies.
pub fn rules(reading: &mut Reading<'_>, rules: &[Value], place: ScriptLocation) {
    of_list(reading, rules, place, true);
}

/// `is_last_first`: of two rules for one file, the last decides its name; in `oneOf`, the first.
fn of_list(reading: &mut Reading<'_>, rules: &[Value], place: ScriptLocation, is_last_first: bool) {
    let (narrowed, plain): (Vec<&Value>, Vec<&Value>) =
        rules.iter().partition(|rule| !rule.get("exclude").is_missing());
    for list in [plain, narrowed] {
        let first = reading.plan.assets.names.len();
        for one in list {
            let own = reading.plan.assets.names.len();
            rule(reading, one, place);
            if is_last_first {
                assets::put_first(&mut reading.plan.assets.names, first, own);
            }
        }
    }
}

/// Reads one rule, with the rules inside `oneOf` and `rules`.
pub fn rule(reading: &mut Reading<'_>, rule: &Value, place: ScriptLocation) {
    if let Some(symbol) = rule.as_symbol()
        && let Some((made, arguments)) = symbol.call()
    {
        if ckeditor::rule(reading, made, arguments) {
            return;
        }
        let what = format!("the rule that {}() makes", made.path().join("."));
        let remedy = "write what it does into \"rules\" or \"preprocess\": docs/assets.md";
        return reading.note(symbol.place, what, remedy);
    }
    let fields = rule.fields();
    let place = fields.values().map(|field| field.place).find(|p| p.line > 0).unwrap_or(place);
    for key in ["oneOf", "rules"] {
        let inner: Vec<Value> =
            rule.get(key).elements().iter().map(|inner| within(rule, inner)).collect();
        of_list(reading, &inner, place, key == "rules");
    }
    let kind = rule.get("type").as_text().unwrap_or_default();
    match kind.as_str() {
        "asset/source" => return used_as(reading, rule, "raw", place),
        "asset/inline" => return used_as(reading, rule, "inline", place),
        "asset" | "asset/resource" => {
            assets::module(reading, &named_files(reading, rule), rule, place);
            assets::kinds(reading, tested(rule), kind == "asset/resource");
        }
        // What webpack and Rspack do without a loader.
        "css" | "css/auto" | "css/global" | "css/module" => {
            reading.plan.assets.are_styles_written = true;
            if kind == "css/module" && !css_modules::are_named(rule) {
                used_as(reading, rule, "module", place);
            }
        }
        _ => {}
    }
    let written = ["use", "loader", "loaders"].map(|key| rule.get(key));
    for value in &written {
        let is_written = is_extracted(value);
        reading.plan.assets.are_styles_written |= is_written;
        let all = loaders(value);
        reading.injects_components |=
            !is_written && all.iter().any(|(name, _)| name == "vue-style");
        let gives_address = |name: &str| ["url", "file"].contains(&name);
        if all.iter().any(|(name, _)| SVGR.contains(&name.as_str())) {
            let with_address = all.iter().any(|(name, _)| gives_address(name));
            let word = if with_address { "url-react" } else { "react" };
            used_as(reading, rule, word, place);
            continue;
        }
        // style-loader takes text, too.
        let is_style = all.iter().any(|(name, _)| ["style", "vue-style"].contains(&name.as_str()));
        for (name, options) in all {
            if is_style && name == "raw" {
                continue;
            }
            let own = rule.get("options");
            let own = if own.is_missing() { rule.get("query") } else { own };
            let options = if options.is_missing() { own } else { options };
            if gives_address(&name) {
                assets::kinds(reading, tested(rule), name == "file");
            }
            loader(reading, &name, &options, rule, place);
        }
    }
}

/// Returns a rule inside another one, whose conditions it has too.
fn within(outer: &Value, inner: &Value) -> Value {
    let mut fields = inner.fields();
    for (key, field) in outer.fields() {
        if ["test", "include", "exclude", "issuer"].contains(&key.as_str()) {
            fields.entry(key).or_insert(field);
        }
    }
    Value::object(fields)
}

/// Returns the loaders of a value: names joined by `!`, objects, or lists of these.
pub(super) fn loaders(value: &Value) -> Vec<(String, Value)> {
    match value {
        Value::Text(text) => text.split('!').map(|name| (short(name), query(name))).collect(),
        Value::List(_) => value.elements().iter().flat_map(loaders).collect(),
        Value::Object(_) => {
            let options = value.get("options");
            let options = if options.is_missing() { value.get("query") } else { options };
            let inner = loaders(&value.get("loader"));
            inner
                .into_iter()
                .map(|(name, own)| (name, if options.is_missing() { own } else { options.clone() }))
                .collect()
        }
        // `ExtractTextPlugin.extract({ use: … })`
        Value::Symbol(symbol) => {
            let Some((_, arguments)) = symbol.call() else { return Vec::new() };
            let all = arguments.iter().flat_map(|argument| {
                let inner = argument.get("use");
                if inner.is_missing() { loaders(argument) } else { loaders(&inner) }
            });
            // The loader for styles that are not extracted is not used.
            all.filter(|(name, _)| !["style", "vue-style"].contains(&name.as_str())).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a plugin among the loaders writes stylesheets: `MiniCssExtractPlugin.loader`.
pub(super) fn is_extracted(value: &Value) -> bool {
    match value {
        Value::Symbol(symbol) => {
            ["loader", "extract"].iter().any(|one| symbol.path().contains(one))
        }
        Value::Text(name) => name.contains("extract"),
        Value::List(_) => value.elements().iter().any(is_extracted),
        Value::Object(_) => is_extracted(&value.get("loader")),
        _ => false,
    }
}

/// Returns the options in a loader's name: `url-loader?limit=8192&name=[name].[ext]`. A word alone
/// is an option without a value.
fn query(name: &str) -> Value {
    let Some((_, query)) = name.split_once('?') else { return Value::Undefined };
    let pair = |part: &str| {
        let (key, value) = part.split_once('=').unwrap_or((part, ""));
        (key.to_owned(), Field { value: Value::text(value), ..Field::default() })
    };
    Value::object(query.split(['&', ',']).map(pair).collect())
}

/// Returns a loader's name without path, query and `-loader`.
fn short(name: &str) -> String {
    let name = name.split('?').next().unwrap_or_default();
    let name = name.rsplit("node_modules/").next().unwrap_or(name);
    let name = name.split("/lib").next().unwrap_or(name).split("/dist").next().unwrap_or(name);
    name.strip_suffix("-loader").unwrap_or(name).to_owned()
}

/// Sets the command for Stylus, with the options of stylus-loader.
pub fn stylus(reading: &mut Reading<'_>, options: &Value) {
    let mut keys = ["resolve url", "resolveUrl", "resolveURL"].into_iter();
    let inner = options.get("stylusOptions");
    let is_on = |key: &str| [options, &inner].iter().any(|of| of.get(key).is_true() == Some(true));
    let resolves = keys.any(is_on);
    let command = if resolves { "stylus --print --resolve-url" } else { "stylus --print" };
    reading.plan.put("preprocess", "styl", command);
}

fn loader(
    reading: &mut Reading<'_>,
    name: &str,
    options: &Value,
    rule: &Value,
    place: ScriptLocation,
) {
    match name {
        "babel" => babel::options_of_tool(reading, options, place),
        "swc" | "builtin:swc" => swc::of_loader(reading, options, name, place),
        "vue" => vue_loader::read(reading, options),
        "postcss" if ckeditor::options_of_postcss(reading, options) => {}
        "postcss" => postcss::of_loader(reading, options, place),
        "less" => less_of_loader(reading, options),
        "stylus" => stylus(reading, options),
        "sass" => sass(reading, options),
        "css" => {
            urls_of_css_loader(reading, options);
            if css_modules::is_modular(options) {
                css_modules::names(reading, options, place);
                let rule = css_modules::rule_of(rule, options);
                if !css_modules::are_named(&rule) {
                    used_as(reading, &rule, "module", place);
                }
            }
        }
        "raw" | "html" | "text" | "vue-html" | "svg-inline" => {
            used_as(reading, rule, "raw", place);
        }
        "svg-url" | "base64-inline" => used_as(reading, rule, "inline", place),
        "esbuild" => {
            if let Some(target) = options.get("target").as_text() {
                reading.plan.set("target", target);
            }
        }
        "svg-sprite" => {
            used_as(reading, rule, "sprite", place);
            if let Some(id) = options.get("symbolId").as_text() {
                reading.plan.put("assets", "symbolId", id.clone());
                let known = &reading.plan.keys["assets"]["symbolId"];
                if known.as_str() != Some(id.as_str()) {
                    let what = format!("symbols named {id}");
                    reading.note(place, what, "assets.symbolId is one pattern for all drawings");
                }
            }
        }
        "style" | "vue-style" => reading.plan.assets.are_styles_injected = true,
        "url" | "file" => {
            let files = named_files(reading, rule);
            assets::loader(reading, &files, name, options, place);
        }
        // `*.js` would be every script.
        "worker" if !are_all_scripts(&files(reading, rule, Beginning::Anywhere)) => {
            used_as(reading, rule, "worker", place);
        }
        "worker" => reading.note(
            place,
            "worker-loader",
            "write the pattern of the workers into \"rules\", or import them with ?worker",
        ),
        "script" => used_as(reading, rule, "script", place),
        "handlebars" => {
            handlebars::read(reading, options, &extensions_of(&rule.get("test")), place);
        }
        "imports" => imports(reading, rule, place),
        "exports" => exports(reading, options, rule, place),
        "expose" => expose::read(reading, options, rule, place),
        "" => {}
        name if BUILT_IN.contains(&name) => {}
        name => reading.note(
            place,
            if name.starts_with('@') {
                format!("{name} for {}", described(reading, rule))
            } else if name.contains('/') {
                format!("{} for {}", reading.path(name), described(reading, rule))
            } else {
                format!("{name}-loader for {}", described(reading, rule))
            },
            "no key does what this loader does; see docs/assets.md for rules and queries",
        ),
    }
}

/// Reads which `url()`s css-loader follows.
pub fn urls_of_css_loader(reading: &mut Reading<'_>, options: &Value) {
    let options = options.fields();
    let Some(Field { value, place }) = options.get("url") else { return };
    if matches!(value, Value::Boolean(false)) {
        keep_urls(reading, "url: false of css-loader");
    } else if matches!(value, Value::Function(_)) || !value.get("filter").is_missing() {
        let remedy = "all are followed, but for files that are missing: write \"assets\": { \
                      \"urls\": false } if none is to be";
        reading.plan.put("severity", "missing-asset", "warn");
        reading.note(*place, "a filter of the urls that css-loader follows", remedy);
    }
}

/// Leaves `url()` of stylesheets as it is written. `because`: what does so in the other tool.
pub fn keep_urls(reading: &mut Reading<'_>, because: &str) {
    reading.plan.put("assets", "urls", false);
    reading.plan.comment("assets", format!("urls: url() stays as written, as with {because}"));
}

/// Keeps addresses as Grunt's and gulp's compilers do, which keep `@import` of plain stylesheets
/// too: browsers read the addresses in these from their own folders. `because`: whose compilers.
pub fn rebase_urls(reading: &mut Reading<'_>, because: &str) {
    reading.plan.put("assets", "urls", "rebase");
    reading.plan.comment("assets", format!("urls: url() stays as written, as with {because}"));
}

/// Reads the options of sass-loader: what every stylesheet begins with, and folders of partials.
pub fn sass(reading: &mut Reading<'_>, options: &Value) {
    let text = ["additionalData", "prependData", "data"].iter().find_map(|key| {
        options.get(key).as_text().or_else(|| text_before_stylesheet(reading, &options.get(key)))
    });
    let is_known = text.is_some();
    if let Some(text) = text {
        let imported = imported(reading, &text);
        if imported != text {
            reading.plan.put("sass", "loadPaths", json!(["."]));
        }
        reading.plan.put("sass", "additionalData", imported);
    }
    for (key, field) in options.fields() {
        if matches!(field.value, Value::Function(_)) && !is_known {
            let remedy = "write its text into sass.additionalData";
            reading.note(field.place, format!("{key}, which a function gives"), remedy);
        }
    }
    let inner = options.get("sassOptions");
    if let Some(field) = inner.fields().get("functions") {
        let remedy = "write them in Sass: bundle calls no functions of JavaScript";
        reading.note(field.place, "functions of sassOptions", remedy);
    }
    let folders: Vec<String> = [options, &inner]
        .iter()
        .flat_map(|options| ["includePaths", "loadPaths"].map(|key| options.get(key)))
        .flat_map(|folders| reading.paths_of(&folders))
        .filter(|path| !path.is_empty())
        .collect();
    if !folders.is_empty() {
        reading.plan.put("sass", "loadPaths", json!(folders));
    }
    let silenced: Vec<String> = [options, &inner]
        .iter()
        .flat_map(|options| texts(&options.get("silenceDeprecations")))
        .collect();
    if !silenced.is_empty() {
        reading.plan.put("sass", "silenceDeprecations", json!(silenced));
    }
}

/// Imports the stylesheets whose texts a script has read, so that edits of them count.
fn imported(reading: &Reading<'_>, text: &str) -> String {
    let mut text = text.to_owned();
    for (path, contents) in reading.script.texts() {
        let is_sass = matches!(path.extension(), Some("scss" | "sass"));
        if is_sass && !contents.trim().is_empty() && text.contains(contents.as_str()) {
            let import = format!("@import \"{}\";\n", reading.path(path.as_str()));
            text = text.replace(contents.as_str(), &import);
        }
    }
    text
}

/// exports-loader: a classic script; an import gets one of its globals.
fn exports(reading: &mut Reading<'_>, options: &Value, rule: &Value, place: ScriptLocation) {
    let listed = options.get("exports");
    let listed = match &listed {
        Value::List(_) => listed.elements().into_iter().next().unwrap_or_default(),
        one => one.clone(),
    };
    let named = listed.get("name").as_text();
    // `exports-loader?Calendar`, `exports: "default Calendar"`
    let name = named.or_else(|| Some(listed.as_text()?.rsplit([' ', '|']).next()?.to_owned()));
    let name = name.or_else(|| {
        let first = options.fields().into_iter().next()?;
        let value = first.1.value.as_text().filter(|text| !text.is_empty());
        Some(value.unwrap_or(first.0))
    });
    let value =
        name.map_or_else(|| "script".into(), |name| json!({ "as": "script", "exports": name }));
    of_names(reading, rule, &value, place);
}

/// imports-loader: a classic script. The loader leaves a file the module that it is, so that a test
/// which fits more files than it names does no harm, and a rule would.
fn imports(reading: &mut Reading<'_>, rule: &Value, place: ScriptLocation) {
    if are_all_scripts(&files(reading, rule, Beginning::OfName)) {
        let what = format!("imports-loader for {}", described(reading, rule));
        return reading.note(place, what, "a rule with \"script\" is for single files");
    }
    of_names(reading, rule, &"script".into(), place);
}

/// Returns what a function puts before a stylesheet: what it returns before, or without, the
/// stylesheet's own text.
fn text_before_stylesheet(reading: &mut Reading<'_>, function: &Value) -> Option<String> {
    const OWN: &str = "\u{0}";
    let Value::Function(inner) = function else { return None };
    let context = Value::symbol(Origin::Name("loaderContext".to_owned()), inner.place);
    let text = reading.script.call(function, vec![Value::text(OWN), context]).as_text()?;
    let before = text.strip_suffix(OWN).unwrap_or(&text);
    (!before.contains(OWN)).then(|| before.trim_end().to_owned())
}

/// Writes the rule of files that are used as something other than a module.
fn used_as(reading: &mut Reading<'_>, rule: &Value, word: &str, place: ScriptLocation) {
    let globs = files(reading, rule, Beginning::Anywhere);
    put(reading, &globs, rule, &word.into(), place);
}

/// Writes the rule of files whose names are known: `/x\.js$/` is for `x.js`.
fn of_names(reading: &mut Reading<'_>, rule: &Value, value: &Json, place: ScriptLocation) {
    let globs = files(reading, rule, Beginning::OfName);
    put(reading, &globs, rule, value, place);
}

fn put(
    reading: &mut Reading<'_>,
    globs: &[String],
    rule: &Value,
    value: &Json,
    place: ScriptLocation,
) {
    let issuers = extensions_of(&rule.get("issuer"));
    let is_style = |one: &String| ["css", "scss", "sass", "less", "styl"].contains(&one.as_str());
    let is_of_styles = !issuers.is_empty() && issuers.iter().all(is_style);
    if globs.is_empty() || is_of_styles {
        let word = value.as_str().or_else(|| value["as"].as_str()).unwrap_or_default();
        let what = format!("a rule for files used as {word}: {}", described(reading, rule));
        // `import "./a.svg?raw"` means the same here.
        let query = rule.get("resourceQuery");
        let own = |source: &str| source.trim_matches(['^', '$', '\\', '?']) == word;
        if matches!(&query, Value::Pattern(source, _) if own(source)) {
            return;
        }
        let remedy = if query.is_missing() {
            "write their globs into \"rules\", of which the first that fits applies"
        } else {
            "import them with ?raw, ?inline or ?url: docs/assets.md"
        };
        return reading.note(place, what, remedy);
    }
    for glob in globs {
        reading.plan.put("rules", glob, value.clone());
    }
}

/// Returns the extensions that a rule's test is for.
pub(super) fn tested(rule: &Value) -> Vec<String> {
    super::files::alternatives(&rule.get("test")).iter().flat_map(extensions_of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_loaders() {
        assert_eq!(short("svg-sprite-loader?x=1"), "svg-sprite");
        assert_eq!(short("/p/node_modules/css-loader/dist/cjs.js"), "css");
    }
}
