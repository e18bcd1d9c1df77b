//! CSS modules of css-loader: which stylesheets they are, and how their names are made.

use bundle_js::static_evaluation::{Field, ScriptLocation, Value};

use super::{super::reading::Reading, files::alternatives};

/// Whether css-loader makes all stylesheets of a rule CSS modules.
pub fn is_modular(options: &Value) -> bool {
    match options.get("modules") {
        Value::Object(_) => {
            let options = options.get("modules");
            let mode = options.get("mode").as_text().unwrap_or_default();
            let auto = options.get("auto");
            let is_for_some = !auto.is_missing() && !matches!(auto, Value::Pattern(..));
            !is_for_some && mode != "global" && mode != "icss"
        }
        Value::Text(mode) => mode != "global" && mode != "false" && mode != "icss",
        other => other.is_true() == Some(true),
    }
}

/// Returns a rule for the files that are CSS modules: `auto` may be their pattern.
pub fn rule_of(rule: &Value, options: &Value) -> Value {
    let auto = options.get("modules").get("auto");
    let mut fields = rule.fields();
    if let Value::Pattern(..) = auto {
        fields.insert("test".to_owned(), Field { value: auto, ..Field::default() });
    }
    Value::object(fields)
}

/// Whether a rule is for the files that are CSS modules anyway, or for `<style module>`.
pub fn are_named(rule: &Value) -> bool {
    let mut tests = alternatives(&rule.get("test"));
    tests.extend(alternatives(&rule.get("resourceQuery")));
    tests.iter().any(|test| matches!(test, Value::Pattern(source, _) if source.contains("module")))
}

/// Reads how names are made: in `modules` of css-loader since version 3, beside it before and in
/// the options of webpack's own generator.
pub fn names(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let modules = options.get("modules");
    let option = |key: &str| {
        let inner = modules.get(key);
        if inner.is_missing() { options.get(key) } else { inner }
    };
    if let Some(pattern) = option("localIdentName").as_text() {
        if let Some(names) = ours(&pattern) {
            reading.plan.put("cssModules", "names", names);
        } else {
            let remedy = "cssModules.names has [local], [name] and [hash]";
            reading.note(place, format!("names of classes by {pattern}"), remedy);
        }
    }
    let convention =
        ["exportLocalsConvention", "exportsConvention", "localsConvention", "camelCase"]
            .map(option);
    let is_camel = convention.iter().any(|value| match value {
        Value::Boolean(is_on) => *is_on,
        one => one.as_text().is_some_and(|word| word != "asIs" && word != "as-is"),
    });
    if is_camel {
        reading.plan.put("cssModules", "camelCase", true);
    }
}

/// Converts a pattern such as `[name]__[local]--[hash:base64:5]`; `None` if a part has no
/// counterpart.
fn ours(pattern: &str) -> Option<String> {
    let mut names = String::new();
    let mut rest = pattern;
    while let Some(start) = rest.find('[') {
        let end = rest[start..].find(']')? + start + 1;
        names.push_str(&rest[..start]);
        names.push_str(match &rest[start + 1..end - 1] {
            "local" => "[local]",
            "name" => "[name]",
            hash if hash.contains("hash") => "[hash]",
            _ => return None,
        });
        rest = &rest[end..];
    }
    names.push_str(rest);
    let has_one = names.matches("[local]").count() == 1 && !names.starts_with("[hash]");
    has_one.then_some(names)
}

#[cfg(test)]
mod tests {
    use super::ours;

    #[test]
    fn patterns_of_class_names() {
        let is = |pattern: &str, expected: Option<&str>| {
            assert_eq!(ours(pattern).as_deref(), expected, "{pattern}");
        };
        is("[local]--[contenthash:base64:10]", Some("[local]--[hash]"));
        is("[name]__[local]", Some("[name]__[local]"));
        is("[hash:base64:5]", None);
        is("[path][name]_[local]", None);
    }
}
