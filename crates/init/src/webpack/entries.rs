//! Entries of webpack: their names, what they consist of, and the scripts that they become.

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};

use super::{
    super::{plan::tidy, reading::Reading, stylesheets::is_stylesheet},
    assets, library,
    names::{by_entry, named},
    resolve,
    sources::{specifiers, unknown},
    style_names::{self, name_for},
};

/// Returns the folder of the outputs.
fn known_folder(reading: &mut Reading<'_>, config: &Value) -> String {
    let output = config.get("output");
    let folder = reading.path_of(&output.get("path"));
    if let (None, Some(field)) = (&folder, output.fields().get("path"))
        && !field.value.is_missing()
    {
        let what = "output.path, which only running the script would give";
        reading.note(field.place, what, "write it into \"outDir\"");
    }
    folder.unwrap_or_else(|| "dist".to_owned())
}

/// Reads the entries. Returns how many there are.
pub(super) fn read(reading: &mut Reading<'_>, config: &Value, is_only_compiler: bool) -> usize {
    let context = reading.path_of(&config.get("context")).unwrap_or_default();
    let folder = known_folder(reading, config);
    let mut named = named_entries(reading, config);
    let entry = config.get("entry");
    if !config.fields().contains_key("entry")
        && let Some(usual) = usual(reading)
    {
        named.extend([usual]);
        reading.plan.comment("areas", "webpack's own entry: the configuration names none");
    }
    let mut listed = reading.script.listed().iter();
    let empty = listed.find(|(_, files)| files.is_empty()).map(|(place, _)| *place);
    let is_empty = named.is_empty() && are_none(reading, config);
    if let Some(place) = empty.filter(|_| is_empty) {
        let remedy = "if something makes them first, run it and `bundle init --force` again";
        reading.note(place, "entries of a glob that finds no file", remedy);
    } else if named.is_empty() && !entry.is_missing() {
        let at = entry.as_symbol().map(|symbol| symbol.place).unwrap_or_default();
        reading.note(
            at,
            "entries that only running the script would give",
            "add them to \"areas\"; a glob such as \"pages/*/index.js\" may do",
        );
    }
    let count = named.len();
    let mut are_styles = count > 0 && is_only_compiler;
    for (name, field) in named {
        let Some(path) = one_entry(reading, &name, &field, config, &folder, &context) else {
            continue;
        };
        are_styles &= !style_names::of_script(reading, &name, &folder, &path);
        if !is_only_compiler {
            reading.plan.output(&path).global_name = library::global_of(&config.get("output"));
        }
        library::of_name(reading, &name, &path, &config.get("output"));
        exports(reading, &path, &field.value, field.place);
    }
    if are_styles {
        // No script imports stylesheets, and the entries keep their names.
        reading.plan.notes.retain(|note| note.what != style_names::BY_FUNCTION);
    }
    count
}

/// Returns the entry of a configuration that has none, since webpack 4.
fn usual(reading: &Reading<'_>) -> Option<(String, Field)> {
    let mut files =
        ["js", "jsx", "mjs", "ts", "tsx"].map(|end| format!("src/index.{end}")).into_iter();
    let value = Value::text(format!("./{}", files.find(|file| reading.is_file(file))?));
    Some(("main".to_owned(), Field { value, ..Field::default() }))
}

/// Returns the entries by name.
pub(super) fn named_entries(reading: &mut Reading<'_>, config: &Value) -> Object {
    let entry = reading.script.call(&config.get("entry"), Vec::new());
    match &entry {
        Value::Object(fields) => fields.borrow().clone(),
        Value::Text(_) | Value::List(_) => {
            Object::from([("main".to_owned(), Field { value: entry.clone(), ..Field::default() })])
        }
        _ => Object::new(),
    }
}

/// Whether a configuration has no entries on purpose: `entry: {}`.
pub(super) fn are_none(reading: &mut Reading<'_>, config: &Value) -> bool {
    let entry = reading.script.call(&config.get("entry"), Vec::new());
    matches!(entry, Value::Object(_)) && entry.fields().is_empty()
}

/// Returns the pattern of an entry's file name.
fn pattern(reading: &mut Reading<'_>, name: &str, field: &Field, config: &Value) -> String {
    let written = written(reading, name, field, config);
    by_entry(reading, written)
}

/// Returns the pattern of an entry's file name as it is written: its own, or the one in `output`,
/// which may be a function of the chunk.
fn written(reading: &mut Reading<'_>, name: &str, field: &Field, config: &Value) -> String {
    let common = config.get("output").get("filename");
    let own = field.value.get("filename");
    let written = if own.is_missing() { common } else { own };
    let Value::Function(function) = &written else {
        return written.as_text().unwrap_or_else(|| reading.plan.scripts.pattern.clone());
    };
    name_for(reading, &written, name).unwrap_or_else(|| {
        let remedy = "its scripts are named [name].js: correct the names in \"areas\"";
        reading.note(function.place, "output.filename, a function", remedy);
        reading.plan.scripts.pattern.clone()
    })
}

/// Returns the path of its output; `None` if it consists of packages.
pub(super) fn one_entry(
    reading: &mut Reading<'_>,
    name: &str,
    field: &Field,
    config: &Value,
    folder: &str,
    context: &str,
) -> Option<String> {
    let value = match &field.value {
        Value::Object(_) => field.value.get("import"),
        other => other.clone(),
    };
    let of_styles = style_names::path(reading, name, &field.value, folder);
    let pattern = pattern(reading, name, field, config);
    let path = of_styles.unwrap_or_else(|| format!("{folder}/{}", named(&pattern, name)));
    let stem = tidy(path.trim_end_matches(".js").trim_end_matches(".css"));
    reading.plan.scripts.entries.insert(name.to_owned(), stem);
    let mut sources = specifiers(&value);
    let what = match (sources.is_empty(), unknown(&value)) {
        (_, 0) => None,
        (true, _) => Some(format!("the entry {name}")),
        (false, 1) => Some(format!("a source of the entry {name}")),
        (false, many) => Some(format!("{many} sources of the entry {name}")),
    };
    if let Some(what) = what {
        let what = format!("{what}, which only running the script would give");
        reading.note(field.place, what, "write it into \"areas\"");
    }
    let is_polyfill = |source: &String| {
        ["babel-polyfill", "@babel/polyfill", "core-js", "regenerator-runtime"]
            .iter()
            .any(|package| source == package || source.starts_with(&format!("{package}/")))
    };
    let polyfill = sources.iter().find(|source| is_polyfill(source)).cloned();
    sources.retain(|source| !is_polyfill(source) && !source.starts_with("webpack"));
    if let Some(polyfill) = polyfill {
        if reading.facts.major("core-js").is_some_and(|major| major >= 3) {
            reading.plan.set("polyfills", "usage");
            reading.plan.comment("polyfills", "instead of a polyfill package among the entries");
        } else if !polyfill.starts_with("regenerator-runtime") {
            let remedy = "install core-js 3, and write \"polyfills\": \"usage\"";
            reading.note(field.place, format!("{polyfill} among the entries"), remedy);
        }
    }
    // Entries of packages alone are the vendor bundle of webpack 1 to 3.
    if sources.len() > 1 && sources.iter().all(|source| is_of_package(reading, source)) {
        let packages = sources.iter().map(|source| package(source).to_owned()).collect();
        reading.plan.entry_of_packages(&path, packages);
        return None;
    }
    for source in sources {
        let source = aliased(reading, &source);
        let inner = if source.starts_with('/') {
            resolve::of_root(reading, config, &source)
        } else if is_of_package(reading, &source) && !reading.is_file(&source) {
            let file = format!("node_modules/{source}");
            if source.contains('/') && source != package(&source) {
                add(reading, &path, &file);
            } else {
                let file = reading.facts.main_file(&source).unwrap_or(file);
                let sources = reading.plan.output(&path);
                sources.order.push(file.clone());
                sources.modules.push(file);
            }
            continue;
        } else {
            reading.path(format!("{context}/{source}").trim_start_matches('/'))
        };
        add(reading, &path, &inner);
    }
    style_names::separate(reading, name, folder, &path);
    Some(path)
}

/// What a library gets of an entry with several sources: the exports of the last one.
fn exports(reading: &mut Reading<'_>, path: &str, value: &Value, place: ScriptLocation) {
    if let Value::Object(_) = value {
        library::of_entry(reading, path, &value.get("library"), place);
    }
    let is_library =
        ["globalName", "format"].iter().any(|key| reading.plan.keys.contains_key(*key));
    let sources = reading.plan.output(path);
    if !is_library && sources.global_name.is_none() || sources.order.len() < 2 {
        return;
    }
    let Some(last) = sources.order.last().filter(|last| sources.modules.contains(last)).cloned()
    else {
        return;
    };
    let text = reading.facts.fs.read(&reading.project().join(&last)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    let has_default = ["export default", "as default", "module.exports", "exports.default"]
        .iter()
        .any(|word| text.contains(word));
    reading.plan.output(path).exports = Some((last, has_default));
}

/// Whether a specifier names a package, or a file of one.
fn is_of_package(reading: &Reading<'_>, source: &str) -> bool {
    let package = package(source);
    !source.starts_with(['.', '/'])
        && (reading.facts.range(package).is_some()
            || reading.is_folder(&format!("node_modules/{package}")))
}

/// Replaces the alias that a specifier begins with.
fn aliased(reading: &Reading<'_>, source: &str) -> String {
    let (first, rest) = source.split_once('/').unwrap_or((source, ""));
    let to = reading.plan.keys.get("alias").and_then(|all| all.get(first)?.as_str());
    match to.filter(|to| to.starts_with('.')) {
        Some(to) => reading.project().join(format!("{to}/{rest}")).into_string(),
        None => source.to_owned(),
    }
}

/// Adds a module or a stylesheet to an output.
pub fn add(reading: &mut Reading<'_>, output: &str, source: &str) {
    let source = reading.module(&tidy(source));
    if assets::is_emitted(reading, &source) {
        return reading.plan.assets.entries.push((source, output.to_owned()));
    }
    let sources = reading.plan.output(output);
    sources.order.push(source.clone());
    if is_stylesheet(&source) {
        sources.styles.push(source);
    } else {
        sources.modules.push(source);
    }
}

/// Returns the package that a specifier names.
pub(super) fn package(specifier: &str) -> &str {
    let parts = if specifier.starts_with('@') { 2 } else { 1 };
    let end = specifier.match_indices('/').nth(parts - 1).map_or(specifier.len(), |(at, _)| at);
    &specifier[..end]
}

/// Adds the sources of an entry: to a script, whose stylesheet has a path of its own, or to the
/// stylesheet alone.
pub fn add_with_styles(reading: &mut Reading<'_>, script: &str, style: &str, sources: &[String]) {
    let is_all = sources.iter().all(|source| is_stylesheet(source));
    for source in sources {
        add(reading, if is_all { style } else { script }, source);
    }
    if is_all {
        return;
    }
    if sources.iter().all(|source| !is_stylesheet(source)) {
        style_names::name_imported(reading, Some(style.to_owned()), script);
    } else if style_names::stem(style) != style_names::stem(script) {
        reading.plan.output(script).stylesheet = Some(style.to_owned());
    }
}
