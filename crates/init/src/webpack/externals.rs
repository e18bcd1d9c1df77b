//! webpack's externals: packages that are globals of the page.

use bundle_base::config::dotted;
use bundle_js::static_evaluation::{ScriptLocation, Value};

use super::super::reading::{Reading, is_name, joined};

/// The types of webpack's externals whose value the page has.
const OF_PAGE: [&str; 9] =
    ["var", "root", "window", "self", "global", "this", "assign", "umd", "umd2"];

/// What to do about externals that are calls.
pub(super) const CALLED: &str = "an external is a name and no call, so the build looks for a \
                                 package: write a module that exports the call, and its path into \
                                 \"alias\"";

/// Reads `externals`: an object, a text, or a list of these.
pub fn externals(reading: &mut Reading<'_>, value: &Value, place: ScriptLocation) {
    match value {
        Value::Text(name) => external(reading, name, &global_name(name), place),
        Value::List(_) => {
            for one in value.elements() {
                externals(reading, &one, place);
            }
        }
        Value::Object(_) => {
            for (name, field) in value.fields() {
                let written = match field.value {
                    Value::Boolean(false) => continue,
                    // The page has a global with the name of the request.
                    Value::Boolean(true) => Some(name.clone()),
                    _ => written(&field.value),
                };
                match written {
                    Some(text) => external(reading, &name, &text, field.place),
                    None => reading.note(
                        field.place,
                        format!("the external {name}"),
                        "write its page global into \"externals\"",
                    ),
                }
            }
        }
        Value::Undefined | Value::Null => {}
        Value::Function(_) => reading.external_functions.push((value.clone(), place)),
        _ => reading.note(
            place,
            "externals that a pattern decides",
            "list the packages in \"externals\"",
        ),
    }
}

/// Returns what an external is, as a text: `jQuery`, `commonjs fs-extra`.
pub(super) fn written(value: &Value) -> Option<String> {
    match value {
        Value::Object(_) => {
            ["root", "var", "commonjs", "commonjs2"].iter().find_map(|key| written(&value.get(key)))
        }
        Value::List(_) => {
            let parts: Vec<String> = value.elements().iter().filter_map(Value::as_text).collect();
            Some(joined(&parts))
        }
        value => value.as_text(),
    }
}

/// Adds an external with its page global. In scripts for Node it has none, and is required.
fn external(reading: &mut Reading<'_>, name: &str, text: &str, place: ScriptLocation) {
    let is = |key: &str, value: &str| {
        reading.plan.keys.get(key).and_then(|known| known.as_str()) == Some(value)
    };
    let is_required = is("platform", "node") || is("format", "cjs") || is("format", "esm");
    let module = text.rsplit(' ').next().unwrap_or_default();
    // In ES modules, externals are imported unless they have a type of their own.
    if is("format", "esm") && module == name && text == name {
        reading.plan.put("externals", name, true);
    } else if let Some(global) = global(text) {
        reading.plan.put("externals", name, global);
    } else if is_required && module == name {
        reading.plan.put("externals", name, true);
    } else if reading.plan.keys.get("externals").is_none_or(|all| all.get(name).is_none()) {
        let what = format!("the external {name}, which is {text}");
        let remedy = if text.contains('(') {
            CALLED
        } else {
            "write its page global into \"externals\": a name, or App.name"
        };
        reading.note(place, what, remedy);
    }
}

/// Returns the page global that an external is: `$` for `window.$` and `root $`. `None`: it is
/// something else.
pub(super) fn global(text: &str) -> Option<String> {
    let text = match text.split_once(' ') {
        Some((kind, name)) if OF_PAGE.contains(&kind) => name.trim(),
        Some(_) => return None,
        None => text,
    };
    // `this` is not an identifier, but means the global object at the top of a script.
    let text = match text.strip_prefix("this") {
        Some(rest) if rest.starts_with(['.', '[']) => format!("window{rest}"),
        _ => text.to_owned(),
    };
    let path = dotted(&text).filter(|path| !path.contains('"'))?;
    let objects = ["window.", "self.", "globalThis.", "global."];
    let path = objects.iter().find_map(|object| path.strip_prefix(object)).unwrap_or(&path);
    let names: Vec<String> = path.split('.').map(str::to_owned).collect();
    names.first().is_some_and(|name| is_name(name)).then(|| joined(&names))
}

/// Guesses the page global of a package that is only named.
fn global_name(package: &str) -> String {
    match package {
        "jquery" => "jQuery".to_owned(),
        "vue" => "Vue".to_owned(),
        "lodash" => "_".to_owned(),
        name => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globals_of_externals() {
        let shown = |text: &str| global(text).unwrap_or_default();
        assert_eq!(shown("window.$"), "$");
        assert_eq!(shown("root App.lib"), "App.lib");
        assert_eq!(shown("window[\"Lib\"]"), "Lib");
        assert_eq!(shown("root App.all['a/b'].c"), "App.all[\"a/b\"].c");
        assert_eq!(shown("root App.all['a.b']"), "");
        for other in ["vue-electron", "commonjs c", "promise x", "window[\"G-g\"]", "a + b"] {
            assert_eq!(shown(other), "", "{other}");
        }
    }
}
