//! Templates of Handlebars: a plugin in the project compiles them, with the package that the other
//! tool compiled them with.

use bundle_js::static_evaluation::{ScriptLocation, Value};
use serde_json::json;

use super::reading::Reading;

/// The plugin that is written.
const FILE: &str = "bundle.handlebars.mjs";

/// Reads the options of handlebars-loader for files with these extensions.
pub fn read(
    reading: &mut Reading<'_>,
    options: &Value,
    extensions: &[String],
    place: ScriptLocation,
) {
    for key in ["helperResolver", "partialResolver", "inlineRequires", "runtime", "rootRelative"] {
        if !options.get(key).is_missing() {
            let what = format!("{key} of handlebars-loader");
            reading.note(place, what, &format!("write what it does into {FILE}"));
        }
    }
    let usual = ["handlebars".to_owned(), "hbs".to_owned()];
    let extensions = if extensions.is_empty() { &usual } else { extensions };
    let folders = |key: &str| {
        let paths = reading.paths_of(&options.get(key)).into_iter();
        json!(paths.map(|path| format!("./{path}")).collect::<Vec<_>>())
    };
    let is_only = options.get("precompileOptions").get("knownHelpersOnly").is_true();
    let constants = [
        ("EXTENSIONS", json!(extensions.iter().map(|one| format!(".{one}")).collect::<Vec<_>>())),
        ("HELPERS", folders("helperDirs")),
        ("PARTIALS", folders("partialDirs")),
        ("OPTIONS", json!({ "knownHelpersOnly": is_only == Some(true) })),
    ];
    let constants = constants.map(|(name, value)| format!("const {name} = {value};\n")).concat();
    let text =
        include_str!("handlebars.js").replacen("const ROOT", &format!("{constants}const ROOT"), 1);
    reading.plan.files.texts.insert(FILE.to_owned(), text);
    reading.plan.plugin(format!("./{FILE}"));
}
