//! Values in templates of pages: `<%= webpackConfig.name %>` and `<%=
//! htmlWebpackPlugin.options.description %>`. A page takes expressions from `define`, which all
//! pages share.

use bundle_js::static_evaluation::{ScriptLocation, Value};

use super::super::reading::Reading;

/// Expressions that pages know by themselves.
const KNOWN: [&str; 5] = [
    "htmlWebpackPlugin.options.title",
    "title",
    "BASE_URL",
    "process.env.BASE_URL",
    "webpackConfig.output.publicPath",
];

/// Defines what a template asks of the options of its page.
pub fn values(
    reading: &mut Reading<'_>,
    template: &str,
    page: &str,
    options: &Value,
    place: ScriptLocation,
) {
    for expression in expressions(reading, template) {
        let Some(path) = expression.strip_prefix("htmlWebpackPlugin.options.") else { continue };
        define(reading, &expression, &at(options, path), page, place);
    }
}

/// Defines what a template asks of webpack's configuration: `webpackConfig.name`.
pub fn of_configuration(reading: &mut Reading<'_>, template: &str, config: &Value) {
    for expression in expressions(reading, template) {
        let Some(path) = expression.strip_prefix("webpackConfig.") else { continue };
        define(reading, &expression, &at(config, path), template, ScriptLocation::default());
    }
}

/// Returns what a template shows: names with dots.
fn expressions(reading: &Reading<'_>, template: &str) -> Vec<String> {
    let text = reading.facts.fs.read(&reading.project().join(template)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let shown = text.split("<%").skip(1).filter_map(|part| {
        let code = part.split("%>").next()?.strip_prefix(['=', '-'])?.trim();
        let is_path = code.chars().all(|c| c.is_alphanumeric() || "._$".contains(c));
        (is_path && !KNOWN.contains(&code)).then(|| code.to_owned())
    });
    shown.collect()
}

fn at(value: &Value, path: &str) -> Value {
    path.split('.').fold(value.clone(), |value, key| value.get(key))
}

fn define(
    reading: &mut Reading<'_>,
    expression: &str,
    value: &Value,
    page: &str,
    place: ScriptLocation,
) {
    let json = match value {
        Value::Text(_) | Value::Number(_) | Value::Boolean(_) => value.to_json(),
        _ => None,
    };
    let Some(json) = json else { return };
    let known = reading.plan.keys.get("define").and_then(|all| all.get(expression)).cloned();
    if known.is_some_and(|known| known.as_str() != Some(json.as_str())) {
        let remedy = "\"define\" has one value for all pages: write it into the template";
        return reading.note(place, format!("{expression} of the page {page}"), remedy);
    }
    reading.plan.put("define", expression, json);
}
