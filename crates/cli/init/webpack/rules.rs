//! webpack's rules: most loaders do what the bundler does anyway; some become keys; the rest is
//! noted.

use bundle_js::evaluate::{Field, Origin, Place, Value};
use serde_json::json;

use super::{super::reading::Reading, assets};

/// Loaders whose work needs no key.
const BUILT_IN: &[&str] = &[
    "babel",
    "ts",
    "awesome-typescript",
    "esbuild",
    "swc",
    "buble",
    "vue",
    "css",
    "sass",
    "fast-sass",
    "postcss",
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
    "svg-inline-",
    "responsive",
];

/// Reads one rule, with the rules inside `oneOf` and `rules`.
pub fn rule(reading: &mut Reading<'_>, rule: &Value, place: Place) {
    let fields = rule.fields();
    let place = fields.values().map(|field| field.place).find(|p| p.line > 0).unwrap_or(place);
    for key in ["oneOf", "rules"] {
        for inner in rule.get(key).elements() {
            self::rule(reading, &inner, place);
        }
    }
    let kind = rule.get("type").as_text().unwrap_or_default();
    let pattern = pattern(reading, rule);
    match kind.as_str() {
        "asset/source" => return used_as(reading, &pattern, ("raw", place)),
        "asset/inline" => return used_as(reading, &pattern, ("inline", place)),
        "asset" | "asset/resource" => {
            assets::module(reading, rule, place);
            assets::kinds(reading, tested(rule), kind == "asset/resource");
        }
        _ => {}
    }
    let written = ["use", "loader", "loaders"].map(|key| rule.get(key));
    for value in &written {
        reading.plan.assets.are_styles_written |= is_extracted(value);
        for (name, options) in loaders(value) {
            let own = rule.get("options");
            let own = if own.is_missing() { rule.get("query") } else { own };
            let options = if options.is_missing() { own } else { options };
            if ["file", "url"].contains(&name.as_str()) {
                assets::kinds(reading, tested(rule), name == "file");
            }
            loader(reading, (&name, &options), (&pattern, place));
        }
    }
}

/// Returns the loaders of a value: names joined by `!`, objects, or lists of these.
fn loaders(value: &Value) -> Vec<(String, Value)> {
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

/// Returns whether a plugin among the loaders writes stylesheets: `MiniCssExtractPlugin.loader`.
fn is_extracted(value: &Value) -> bool {
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
    let name = name.strip_prefix("@svgr/").map_or(name, |_| "@svgr");
    name.strip_suffix("-loader").unwrap_or(name).to_owned()
}

fn loader(
    reading: &mut Reading<'_>,
    (name, options): (&str, &Value),
    (pattern, place): (&str, Place),
) {
    match name {
        "less" => less(reading),
        "stylus" => reading.plan.put("preprocess", "styl", "stylus --print"),
        "sass" => sass(reading, options),
        "css" if matches!(options.get("url"), Value::Boolean(false)) => {
            keep_urls(reading, "url: false of css-loader");
        }
        "raw" | "html" | "text" | "vue-html" => used_as(reading, pattern, ("raw", place)),
        "svg-sprite" => {
            used_as(reading, pattern, ("sprite", place));
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
        "url" | "file" => assets::loader(reading, (name, options), place),
        // `*.js` would be every script.
        "worker" if pattern.matches('.').count() > 1 || pattern.contains('/') => {
            used_as(reading, pattern, ("worker", place));
        }
        "worker" => reading.note(
            place,
            "worker-loader",
            "write the pattern of the workers into \"rules\", or import them with ?worker",
        ),
        "script" | "imports" => used_as(reading, pattern, ("script", place)),
        "exports" => exports(reading, options, (pattern, place)),
        "expose" => reading.note(
            place,
            format!("expose-loader for {pattern}"),
            "assign the module in an entry: window.jQuery = require(\"jquery\")",
        ),
        "" => {}
        name if BUILT_IN.contains(&name) => {}
        name => reading.note(
            place,
            if name.contains('/') {
                format!("{} for {pattern}", reading.path(name))
            } else {
                format!("{name}-loader for {pattern}")
            },
            "no key does what this loader does; see docs/assets.md for rules and queries",
        ),
    }
}

/// Leaves `url()` of stylesheets as it is written. `because`: what does so in the other tool.
pub fn keep_urls(reading: &mut Reading<'_>, because: &str) {
    reading.plan.put("assets", "urls", false);
    reading.plan.comment("assets", format!("urls: url() stays as written, as with {because}"));
}

/// Sets the command for Less by the installed version. `Plan` takes the flag for
/// addresses out again if `url()` stays as written.
pub fn less(reading: &mut Reading<'_>) {
    let is_old = reading.facts.major("less").is_some_and(|major| major < 3);
    // `lessc -` leaves addresses as written in partials; less-loader does not.
    let flags = if is_old {
        "--source-map-map-inline --relative-urls"
    } else {
        "--source-map-inline --rewrite-urls=all --js"
    };
    reading.plan.put("preprocess", "less", format!("lessc {flags} -"));
}

/// Reads the options of sass-loader: what every stylesheet begins with, and folders of partials.
pub fn sass(reading: &mut Reading<'_>, options: &Value) {
    let text = ["additionalData", "prependData", "data"]
        .iter()
        .find_map(|key| options.get(key).as_text().or_else(|| given(reading, &options.get(key))));
    let is_known = text.is_some();
    if let Some(text) = text {
        reading.plan.put("sass", "additionalData", text);
    }
    for (key, field) in options.fields() {
        if matches!(field.value, Value::Function(_)) && !is_known {
            let remedy = "write its text into sass.additionalData";
            reading.note(field.place, format!("{key}, which a function gives"), remedy);
        }
    }
    let inner = options.get("sassOptions");
    let folders: Vec<String> = [options, &inner]
        .iter()
        .flat_map(|options| reading.paths_of(&options.get("includePaths")))
        .filter(|path| !path.is_empty())
        .collect();
    if !folders.is_empty() {
        reading.plan.put("sass", "loadPaths", json!(folders));
    }
}

/// exports-loader: a classic script, of whose globals one is what an import gets.
fn exports(reading: &mut Reading<'_>, options: &Value, (pattern, place): (&str, Place)) {
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
    match name.filter(|_| !pattern.is_empty()) {
        Some(name) => {
            reading.plan.put("rules", pattern, json!({ "as": "script", "exports": name }));
        }
        None => used_as(reading, pattern, ("script", place)),
    }
}

/// Returns what a function puts before a stylesheet: what it returns before, or without, the
/// stylesheet's own text.
fn given(reading: &mut Reading<'_>, function: &Value) -> Option<String> {
    const OWN: &str = "\u{0}";
    let Value::Function(inner) = function else { return None };
    let context = Value::symbol(Origin::Name("loaderContext".to_owned()), inner.place);
    let text = reading.script.call(function, vec![Value::text(OWN), context]).as_text()?;
    let before = text.strip_suffix(OWN).unwrap_or(&text);
    (!before.contains(OWN)).then(|| before.trim_end().to_owned())
}

fn used_as(reading: &mut Reading<'_>, pattern: &str, (word, place): (&str, Place)) {
    if pattern.is_empty() {
        reading.note(
            place,
            format!("a rule for files used as {word}"),
            "write its pattern into \"rules\"",
        );
    } else {
        reading.plan.put("rules", pattern, word);
    }
}

/// Returns the files of a rule as a pattern: `src/icons/*.svg`. Empty if it is not known.
fn pattern(reading: &Reading<'_>, rule: &Value) -> String {
    if let Value::Text(path) = rule.get("test") {
        return reading.path(&path);
    }
    let extensions = tested(rule);
    let inner = match tests_of(rule).first() {
        Some(Value::Pattern(source, _)) => inner_extension(source),
        _ => String::new(),
    };
    let names = match extensions.as_slice() {
        [] => return String::new(),
        [one] => format!("*{inner}.{one}"),
        many => format!("*{inner}.{{{}}}", many.join(",")),
    };
    let folders = reading.paths_of(&rule.get("include"));
    match folders.as_slice() {
        [folder] if !folder.is_empty() => format!("{folder}/**/{names}"),
        _ => names,
    }
}

/// Returns the extensions that a rule's test is for.
fn tested(rule: &Value) -> Vec<String> {
    tests_of(rule).iter().flat_map(extensions_of).collect()
}

/// Returns the tests of a rule: it may have one, or a list.
fn tests_of(rule: &Value) -> Vec<Value> {
    let test = rule.get("test");
    if let Value::List(_) = test { test.elements() } else { vec![test] }
}

/// Returns the extensions that a pattern tests for; none if it tests for something else.
pub fn extensions_of(pattern: &Value) -> Vec<String> {
    match pattern {
        Value::Pattern(source, _) => extensions(source),
        _ => Vec::new(),
    }
}

/// Returns the part of a name before the extension that a pattern tests for: `.worker` of
/// `\.worker\.js$`.
fn inner_extension(source: &str) -> String {
    let before = source.rfind("\\.").map_or("", |at| &source[..at]);
    let word = before.rfind("\\.").map_or("", |at| &before[at + 2..]);
    let is_plain = !word.is_empty() && word.chars().all(char::is_alphanumeric);
    if is_plain { format!(".{word}") } else { String::new() }
}

/// Returns the extensions that a pattern such as `\.(png|jpe?g)$` tests for.
fn extensions(source: &str) -> Vec<String> {
    let Some(end) = source.rfind("\\.") else { return Vec::new() };
    let text =
        source[end + 2..].trim_end_matches('$').replace("(\\?.*)?", "").replace("(\\?\\S*)?", "");
    let text = text.replace("?:", "").replace(['(', ')'], "");
    let mut extensions = Vec::new();
    for word in text.split('|') {
        match word.find('?') {
            Some(at) if at > 0 => {
                extensions.push(format!("{}{}", &word[..at - 1], &word[at + 1..]));
                extensions.push(word.replace('?', ""));
            }
            _ => extensions.push(word.to_owned()),
        }
    }
    let is_plain = |word: &String| !word.is_empty() && word.chars().all(char::is_alphanumeric);
    if extensions.iter().all(is_plain) { extensions } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_of_patterns() {
        assert_eq!(inner_extension("\\.worker\\.js$"), ".worker");
        assert_eq!(inner_extension("\\.js$"), "");
        assert_eq!(extensions("\\.svg$"), ["svg"]);
        assert_eq!(extensions("\\.(png|jpe?g|gif)(\\?.*)?$"), ["png", "jpg", "jpeg", "gif"]);
        assert!(extensions("^src/.*$").is_empty());
    }

    #[test]
    fn names_of_loaders() {
        assert_eq!(short("svg-sprite-loader?x=1"), "svg-sprite");
        assert_eq!(short("/p/node_modules/css-loader/dist/cjs.js"), "css");
    }
}
