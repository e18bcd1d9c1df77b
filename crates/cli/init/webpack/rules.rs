//! webpack's rules: most loaders do what the bundler does anyway; some become keys; the rest is
//! noted.

use bundle_js::evaluate::{Place, Value};
use serde_json::json;

use super::super::reading::Reading;

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
    "style",
    "vue-style",
    "sass",
    "fast-sass",
    "postcss",
    "resolve-url",
    "json",
    "json5",
    "url",
    "file",
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
    if kind == "asset/source" {
        return used_as(reading, &pattern, ("raw", place));
    }
    let written = ["use", "loader", "loaders"].map(|key| rule.get(key));
    for value in &written {
        for (name, options) in loaders(value) {
            loader(reading, (&name, &options), (&pattern, place));
        }
    }
}

/// Returns the loaders of a value: names joined by `!`, objects, or lists of these.
fn loaders(value: &Value) -> Vec<(String, Value)> {
    match value {
        Value::Text(text) => text.split('!').map(|name| (short(name), Value::Undefined)).collect(),
        Value::List(_) => value.elements().iter().flat_map(loaders).collect(),
        Value::Object(_) => {
            let options = value.get("options");
            let options = if options.is_missing() { value.get("query") } else { options };
            let inner = loaders(&value.get("loader"));
            inner.into_iter().map(|(name, _)| (name, options.clone())).collect()
        }
        // `ExtractTextPlugin.extract({ use: … })`
        Value::Symbol(symbol) => {
            let Some((_, arguments)) = symbol.call() else { return Vec::new() };
            arguments
                .iter()
                .flat_map(|argument| {
                    let inner = argument.get("use");
                    if inner.is_missing() { loaders(argument) } else { loaders(&inner) }
                })
                .collect()
        }
        _ => Vec::new(),
    }
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
                reading.plan.put("assets", "symbolId", id);
            }
        }
        // `*.js` would be every script.
        "worker" if pattern.matches('.').count() > 1 || pattern.contains('/') => {
            used_as(reading, pattern, ("worker", place));
        }
        "worker" => reading.note(
            place,
            "worker-loader",
            "write the pattern of the workers into \"rules\", or import them with ?worker",
        ),
        "script" | "imports" | "exports" => used_as(reading, pattern, ("script", place)),
        "expose" => reading.note(
            place,
            format!("expose-loader for {pattern}"),
            "assign the module in an entry: window.jQuery = require(\"jquery\")",
        ),
        "" => {}
        name if BUILT_IN.contains(&name) => {}
        name => reading.note(
            place,
            format!("{name}-loader for {pattern}"),
            "no key does what this loader does; see docs/assets.md for rules and queries",
        ),
    }
}

/// Leaves `url()` of stylesheets as it is written. `because`: what does so in the other tool.
pub fn keep_urls(reading: &mut Reading<'_>, because: &str) {
    reading.plan.put("assets", "urls", false);
    reading.plan.comment("assets", format!("urls: url() stays as written, as with {because}"));
}

/// Sets the command for Less by the installed version.
pub fn less(reading: &mut Reading<'_>) {
    let is_old = reading.facts.major("less").is_some_and(|major| major < 3);
    let keeps_urls = reading.plan.keys.get("assets").is_some_and(|assets| assets["urls"] == false);
    // `lessc -` leaves addresses as written in partials; less-loader does not.
    let flags = match (is_old, keeps_urls) {
        (true, false) => "--source-map-map-inline --relative-urls",
        (true, true) => "--source-map-map-inline",
        (false, false) => "--source-map-inline --rewrite-urls=all --js",
        (false, true) => "--source-map-inline --js",
    };
    reading.plan.put("preprocess", "less", format!("lessc {flags} -"));
}

/// Reads the options of sass-loader: what every stylesheet begins with, and folders of partials.
pub fn sass(reading: &mut Reading<'_>, options: &Value) {
    let text =
        ["additionalData", "prependData", "data"].iter().find_map(|key| options.get(key).as_text());
    if let Some(text) = text {
        reading.plan.put("sass", "additionalData", text);
    }
    for (key, field) in options.fields() {
        if matches!(field.value, Value::Function(_)) {
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
    let test = rule.get("test");
    let test = if let Value::List(_) = test {
        test.elements().first().cloned().unwrap_or_default()
    } else {
        test
    };
    let mut inner = String::new();
    let extensions = match &test {
        Value::Pattern(source, _) => {
            inner = inner_extension(source);
            extensions(source)
        }
        Value::Text(path) => return reading.path(path),
        _ => Vec::new(),
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
