//! Names of stylesheets in the options of webpack's plugins that extract them: a pattern, or a
//! function.

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};

use super::{
    super::{
        imports,
        plan::tidy,
        reading::Reading,
        stylesheets::{MEND_TAGS, is_stylesheet},
    },
    names::{by_entry, named},
    plugin_names::{name, options},
    sources::specifiers,
};

/// What is noted if only running the script would give the names of stylesheets.
pub(super) const BY_FUNCTION: &str = "stylesheets named by a function";

/// Returns what names the stylesheets of a configuration, a plugin or `output.cssFilename`;
/// `Undefined` if nothing does.
pub(super) fn of(config: &Value) -> Value {
    let named = |plugin: &Value| {
        let symbol = plugin.as_symbol()?;
        let names_styles =
            ["MiniCssExtractPlugin", "ExtractTextPlugin"].contains(&name(symbol).as_str());
        names_styles.then(|| pattern(&options(plugin)))
    };
    let plugins = config.get("plugins").elements();
    plugins.iter().find_map(named).unwrap_or_else(|| config.get("output").get("cssFilename"))
}

/// Returns the pattern in the options of the plugin.
fn pattern(options: &Value) -> Value {
    let keys = ["moduleFilename", "filename"].map(|key| options.get(key));
    let given = keys.into_iter().find(|value| !value.is_missing());
    given.or_else(|| options.as_text().map(Value::Text)).unwrap_or_default()
}

/// Returns the pattern for an entry. `None`: only running the script would give it.
pub fn name_for(reading: &mut Reading<'_>, pattern: &Value, entry: &str) -> Option<String> {
    let Value::Function(_) = pattern else { return pattern.as_text() };
    let field = |value: Value| Field { value, ..Field::default() };
    let named = |key: &str| (key.to_owned(), field(Value::text(entry)));
    let chunk = Value::object(Object::from([named("name"), named("id")]));
    let data = Object::from([named("name"), ("chunk".to_owned(), field(chunk))]);
    reading.script.call(pattern, vec![Value::object(data)]).as_text()
}

/// Notes names of stylesheets that only running the script would give.
pub(super) fn note(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let pattern = pattern(options);
    if !pattern.is_missing() && name_for(reading, &pattern, "[name]").is_none() {
        reading.note(place, BY_FUNCTION, MEND_TAGS);
    }
}

/// Carries over the names of stylesheets for pages that are read from right to left.
pub(super) fn right_to_left(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    for (key, field) in options.fields() {
        if ["diffOnly", "options", "plugins"].contains(&key.as_str()) {
            let what = format!("{key} of the plugin of rtlcss");
            let remedy = "the second stylesheets are what rtlcss makes by default: docs/styles.md";
            reading.note(field.place, what, remedy);
        }
    }
    let named = options.get("filename");
    let named = if options.as_text().is_some() { options.clone() } else { named };
    let name = if named.is_missing() { Some("[name].rtl.css".to_owned()) } else { named.as_text() };
    // `css/[name].[contenthash]-rtl.css`
    let ending = name.as_deref().and_then(|name| {
        let (_, behind) = name.rsplit_once("[name]")?;
        let ending = behind.rsplit_once(']').map_or(behind, |(_, ending)| ending);
        ending.strip_suffix(".css").filter(|ending| !ending.is_empty() && !ending.contains('/'))
    });
    if ending.is_none() {
        reading.note(place, "names of stylesheets for pages from right to left", MEND_TAGS);
    }
    match ending {
        Some("-rtl") | None => reading.plan.set("rtl", true),
        Some(ending) => reading.plan.set("rtl", ending),
    }
}

/// Whether stylesheets are not in the folder of the scripts.
pub(super) fn are_outside(reading: &mut Reading<'_>) -> bool {
    let pattern = reading.plan.scripts.styles.clone();
    name_for(reading, &pattern, "[name]").is_some_and(|name| name.starts_with("../"))
}

/// Returns the sources of an entry, and whether each is a stylesheet.
fn sources(value: &Value) -> Vec<(String, bool)> {
    let value = match value {
        Value::Object(_) => value.get("import"),
        other => other.clone(),
    };
    specifiers(&value).into_iter().map(|source| (source.clone(), is_stylesheet(&source))).collect()
}

/// Returns the path of an entry that is only stylesheets, which keeps its name; `None` for others.
pub(super) fn path(
    reading: &mut Reading<'_>,
    name: &str,
    value: &Value,
    folder: &str,
) -> Option<String> {
    let sources = sources(value);
    let are_all = !sources.is_empty() && sources.iter().all(|(_, is_style)| *is_style);
    are_all.then(|| of_entry(reading, name, folder)).flatten()
}

/// Names the stylesheet of an entry if its modules import styles and it is not beside the script.
/// Returns whether they do.
pub fn of_script(reading: &mut Reading<'_>, name: &str, folder: &str, script: &str) -> bool {
    let path = of_entry(reading, name, folder);
    name_imported(reading, path, script)
}

/// Gives the stylesheet of a script this path, if its modules import styles. Returns whether they
/// do.
pub fn name_imported(reading: &mut Reading<'_>, path: Option<String>, script: &str) -> bool {
    let modules = reading.plan.output(script).modules.clone();
    let has_styles = are_imported(reading, &modules);
    if let Some(path) = path.filter(|path| has_styles && stem(path) != stem(script)) {
        reading.plan.output(script).stylesheet = Some(tidy(&path));
    }
    has_styles
}

/// Returns the path of an output without its extension.
pub(super) fn stem(path: &str) -> String {
    tidy(path.trim_end_matches(".js").trim_end_matches(".css"))
}

fn of_entry(reading: &mut Reading<'_>, name: &str, folder: &str) -> Option<String> {
    let pattern = reading.plan.scripts.styles.clone();
    let pattern = name_for(reading, &pattern, name)?;
    let pattern = by_entry(reading, pattern);
    let folder = if folder.is_empty() { "." } else { folder };
    Some(reading.path(&format!("{folder}/{}", named(&pattern, name))))
}

/// Gives the stylesheets that an entry lists beside scripts an output of their own, if they had
/// another name than the script: `js/app.js` and `css/app.css`. Those that scripts import stay.
pub(super) fn separate(reading: &mut Reading<'_>, name: &str, folder: &str, script: &str) {
    let Some(path) = of_entry(reading, name, folder) else { return };
    let sources = reading.plan.output(script);
    let modules = sources.modules.clone();
    let is_mixed = !modules.is_empty() && !sources.styles.is_empty();
    if !is_mixed || stem(&path) == stem(script) || are_imported(reading, &modules) {
        return;
    }
    let sources = reading.plan.output(script);
    let styles = std::mem::take(&mut sources.styles);
    sources.order.retain(|source| !styles.contains(source));
    let apart = reading.plan.output(&path);
    apart.order.extend(styles.iter().cloned());
    apart.styles.extend(styles);
}

/// Decides what becomes of styles if one rule writes stylesheets and another one adds those of
/// components to pages. Stylesheets that are entries are written anyway.
pub(super) fn decide(reading: &mut Reading<'_>) {
    let modules = reading.plan.outputs.values().flat_map(|sources| sources.modules.clone());
    let modules: Vec<String> = modules.collect();
    if reading.injects_components && imports::styles(reading.facts, &modules).is_empty() {
        reading.plan.assets.are_styles_written = false;
    }
}

/// Whether modules import stylesheets, directly or not.
pub(super) fn are_imported(reading: &Reading<'_>, modules: &[String]) -> bool {
    let alias = reading.plan.keys.get("alias").cloned().unwrap_or_default();
    imports::have_styles(reading.facts, modules, &alias)
}
