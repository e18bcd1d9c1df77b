//! Options of SWC, in those of swc-loader or in `.swcrc`: those for JSX and polyfills become keys.

use bundle_js::static_evaluation::{ScriptLocation, Value};

use super::{babel, reading::Reading};

/// Reads the options of swc-loader. Options that they lack are in `.swcrc`, except for the loader
/// that is a part of Rspack.
pub fn of_loader(reading: &mut Reading<'_>, options: &Value, name: &str, place: ScriptLocation) {
    let file = reading.project().join(".swcrc");
    let is_read = !name.starts_with("builtin:");
    let file = if is_read { reading.script.read_json5(&file) } else { Value::Undefined };
    let option = |path: &[&str]| {
        let found = [options, &file].map(|from| {
            path.iter().fold((*from).clone(), |value: Value, key: &&str| value.get(key))
        });
        found.into_iter().find(|value| !value.is_missing()).unwrap_or_default()
    };
    let react = ["jsc", "transform", "react"];
    let of_react = |key: &str| option(&[react.as_slice(), &[key]].concat());
    let is_automatic = of_react("runtime").as_text().as_deref() == Some("automatic");
    let keys: &[(&str, &str)] = if is_automatic {
        &[("runtime", "runtime"), ("importSource", "importSource")]
    } else {
        &[("factory", "pragma"), ("fragment", "pragmaFrag")]
    };
    let given = |(key, name): &(&str, &str)| Some(((*key).to_owned(), of_react(name).as_text()?));
    babel::set_jsx(reading, keys.iter().filter_map(given).collect(), place);
    babel::targets(reading, &option(&["env", "targets"]), "SWC's env", place);
    if ["usage", "entry"].contains(&option(&["env", "mode"]).as_text().unwrap_or_default().as_str())
    {
        babel::polyfills(reading, "env.mode of SWC", place);
    }
    for plugin in option(&["jsc", "experimental", "plugins"]).elements() {
        let name = plugin.elements().first().and_then(Value::as_text).unwrap_or_default();
        let remedy = "builds run no plugins of SWC: find out whether you need what it does, or \
                      write a plugin of Babel that does it into babel.config.json";
        reading.note(place, format!("the plugin {name} of SWC"), remedy);
    }
}
