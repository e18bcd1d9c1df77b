//! Names of stylesheets, as webpack's plugins give them that extract stylesheets: a pattern, or a
//! function.

use bundle_js::evaluate::{Field, Object, Place, Value};

use super::{
    super::reading::Reading,
    names::named,
    plugin_names::{arguments, name},
    sources::{is_style, specifiers},
};

/// Returns what names the stylesheets of a configuration; `Undefined` if nothing does.
pub(super) fn of(config: &Value) -> Value {
    let named = |plugin: &Value| {
        let symbol = plugin.as_symbol()?;
        let is_it = ["MiniCssExtractPlugin", "ExtractTextPlugin"].contains(&name(symbol).as_str());
        arguments(symbol).first().filter(|_| is_it).map(pattern)
    };
    config.get("plugins").elements().iter().find_map(named).unwrap_or_default()
}

/// Returns what the options of the plugin say.
fn pattern(options: &Value) -> Value {
    let keys = ["moduleFilename", "filename"].map(|key| options.get(key));
    let given = keys.into_iter().find(|value| !value.is_missing());
    given.or_else(|| options.as_text().map(Value::Text)).unwrap_or_default()
}

/// Returns the pattern for an entry. `None`: only running the script would give it.
fn for_entry(reading: &mut Reading<'_>, pattern: &Value, entry: &str) -> Option<String> {
    let Value::Function(_) = pattern else { return pattern.as_text() };
    let field = |value: Value| Field { value, ..Field::default() };
    let name = || ("name".to_owned(), field(Value::text(entry)));
    let chunk = Value::object(Object::from([name()]));
    let data = Object::from([name(), ("chunk".to_owned(), field(chunk))]);
    reading.script.call(pattern, vec![Value::object(data)]).as_text()
}

/// Notes names that stylesheets have no longer: those that scripts import are beside these.
pub(super) fn note(reading: &mut Reading<'_>, options: &Value, place: Place) {
    let pattern = pattern(options);
    if pattern.is_missing() {
        return;
    }
    let remedy = "a stylesheet has the path of its script: mend its tag in the views";
    let Some(text) = for_entry(reading, &pattern, "[name]") else {
        return reading.note(place, "stylesheets named by a function", remedy);
    };
    let stem =
        |pattern: &str, ending: &str| named(pattern, "NAME").trim_end_matches(ending).to_owned();
    if stem(&text, ".css") != stem(&reading.plan.scripts.pattern, ".js") {
        reading.note(place, format!("stylesheets named {text}"), remedy);
    }
}

/// Returns the path of an entry that is only stylesheets, which keeps its name; `None` for others.
pub(super) fn path(
    reading: &mut Reading<'_>,
    (name, value): (&str, &Value),
    folder: &str,
) -> Option<String> {
    let value = match value {
        Value::Object(_) => value.get("import"),
        other => other.clone(),
    };
    let sources = specifiers(&value);
    if sources.is_empty() || !sources.iter().all(|source| is_style(source)) {
        return None;
    }
    let pattern = reading.plan.scripts.styles.clone();
    let pattern = for_entry(reading, &pattern, name)?;
    Some(reading.path(&format!("{folder}/{}", named(&pattern, name))))
}
