//! PostCSS: builds read its configuration file, so one is written if the other tool's configuration
//! has the plugins, or if stylesheets need Tailwind.

use bundle_js::static_evaluation::{ScriptLocation, Value};

use super::{
    facts::ProjectFacts,
    plan::{Plan, tidy},
    reading::Reading,
};

/// The names of PostCSS's configuration that projects have.
pub const FILES: [&str; 7] = [
    "postcss.config.js",
    "postcss.config.cjs",
    "postcss.config.mjs",
    "postcss.config.ts",
    ".postcssrc",
    ".postcssrc.js",
    ".postcssrc.json",
];
/// Plugins for what builds do anyway.
const OURS: [&str; 3] = ["autoprefixer", "cssnano", "postcss-url"];
/// Builds inline imports too. Beside other plugins, its name decides which of several imports of a
/// stylesheet stays.
const IMPORT: &str = "postcss-import";
/// The remedy for what only running the script would give.
const WRITE_THEM: &str = "write them into postcss.config.js: docs/styles.md#postcss-and-tailwind";
/// Tailwind 4 for PostCSS.
const TAILWIND: &str = "@tailwindcss/postcss";
/// Tailwind 4 for other tools, which run it instead.
const PLUGINS_OF_TAILWIND: [&str; 2] = ["@tailwindcss/vite", "@tailwindcss/webpack"];
/// It fails without its options.
const PURGECSS: &str = "@fullhuman/postcss-purgecss";

/// Whether a stylesheet has Tailwind's directives: `@tailwind` of versions 1 to 3, or the import of
/// version 4.
fn is_for_tailwind(facts: &ProjectFacts, path: &str) -> bool {
    let text = facts.fs.read(&facts.project.join(path)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    ["@tailwind ", "@import \"tailwindcss", "@import 'tailwindcss"]
        .iter()
        .any(|directive| text.contains(directive))
}

/// Reads the options of postcss-loader: its plugins, or the path of a configuration.
pub fn of_loader(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let inner = options.get("postcssOptions");
    let options = if inner.is_missing() { options.clone() } else { called(reading, &inner) };
    let config = options.get("config");
    let path = config.get("path");
    let path = if path.is_missing() { config } else { path };
    if let Some(path) = reading.path_of(&path)
        && reading.is_file(&path)
    {
        if !FILES.contains(&path.as_str()) {
            reading.plan.set("postcss", path);
        }
        return;
    }
    let plugins = called(reading, &options.get("plugins"));
    let is_on = |value: &Value| value.is_true() != Some(false);
    let (listed, count) = match &plugins {
        Value::Object(_) => {
            let fields = plugins.fields().into_iter().map(|(name, field)| (name, field.value));
            let on: Vec<(String, Value)> = fields.filter(|(_, options)| is_on(options)).collect();
            let count = on.len();
            (on, count)
        }
        Value::List(_) => {
            let on: Vec<Value> = plugins.elements().into_iter().filter(is_on).collect();
            (named(&on), on.len())
        }
        other => (Vec::new(), usize::from(!other.is_missing())),
    };
    let is_known =
        listed.len() == count && listed.iter().all(|(_, options)| options.to_json().is_some());
    if !is_known && !is_there(reading.facts, &reading.plan) {
        reading.note(place, "plugins of postcss-loader", WRITE_THEM);
    }
    with(reading.facts, &mut reading.plan, listed);
}

/// Reads `css.postcss` of Vite: the folder of a configuration, or plugins in place of one.
pub fn of_vite(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    if let Some(folder) = reading.path_of(options) {
        let folder = tidy(&folder);
        if !name_file(reading.facts, &mut reading.plan, &folder) {
            let what = format!("the configuration of PostCSS in {folder}");
            reading.note(place, what, "name its file in \"postcss\": docs/styles.md");
        }
        return;
    }
    for (key, field) in options.fields().iter().filter(|(key, _)| *key != "plugins") {
        let remedy = "write it into postcss.config.js if you need it";
        reading.note(field.place, format!("css.postcss.{key}"), remedy);
    }
    let plugins = options.get("plugins").elements();
    let is_on = |plugin: &&Value| plugin.is_true() != Some(false);
    let known = named(&plugins);
    if known.len() < plugins.iter().filter(is_on).count() {
        reading.note(place, "plugins of PostCSS that the project makes", WRITE_THEM);
    }
    // Vite reads no file beside such options.
    let has_others = known.iter().any(|(name, _)| !OURS.contains(&name.as_str()));
    if has_others && is_there(reading.facts, &reading.plan) {
        reading.note(
            place,
            "plugins of css.postcss, which Vite runs instead of the file's",
            WRITE_THEM,
        );
    }
    with_plugins_of(reading, &plugins, place);
}

/// Names the configuration of PostCSS that a path means, itself or the folder that contains it.
/// Returns whether there is one.
pub fn name_file(facts: &ProjectFacts, plan: &mut Plan, path: &str) -> bool {
    let inner = FILES.iter().map(|file| tidy(&format!("{path}/{file}")));
    let mut paths = std::iter::once(path.to_owned()).chain(inner);
    let Some(found) = paths.find(|path| facts.is_file(path)) else { return false };
    // Builds find those of the project by themselves.
    if !FILES.contains(&found.as_str()) {
        plan.set("postcss", found);
    }
    true
}

/// Returns what a function gives, or the value itself.
fn called(reading: &mut Reading<'_>, value: &Value) -> Value {
    match value {
        Value::Function(_) => reading.script.call(value, Vec::new()),
        other => other.clone(),
    }
}

/// Returns the names of plugins with their options: `require("name")`, `require("name")(options)`,
/// `"name"` and `["name", options]`.
fn named(plugins: &[Value]) -> Vec<(String, Value)> {
    let plugin = |value: &Value| match value {
        Value::Text(name) => Some((name.clone(), Value::Undefined)),
        Value::List(_) => {
            let pair = value.elements();
            let name = match pair.first()? {
                Value::Symbol(symbol) => symbol.root().to_owned(),
                name => name.as_text()?,
            };
            Some((name, pair.get(1).cloned().unwrap_or_default()))
        }
        other => {
            let symbol = other.as_symbol()?;
            let options = symbol.call().and_then(|(_, arguments)| arguments.first().cloned());
            let options = options.unwrap_or_default();
            (!symbol.root().is_empty()).then(|| (symbol.root().to_owned(), options))
        }
    };
    plugins.iter().filter_map(plugin).collect()
}

/// Plans a configuration with these plugins of another tool's, unless the project has one.
pub fn with_plugins(facts: &ProjectFacts, plan: &mut Plan, plugins: &[Value]) {
    with(facts, plan, named(plugins));
}

/// Plans a configuration with these plugins, and notes options that only running the script would
/// give. Tailwind finds its own.
pub fn with_plugins_of(reading: &mut Reading<'_>, plugins: &[Value], place: ScriptLocation) {
    let is_kept = |name: &str| name == "tailwindcss" || OURS.contains(&name);
    for (name, options) in named(plugins) {
        let is_given = options.to_json().is_some();
        if !is_given && !is_kept(&name) && !is_there(reading.facts, &reading.plan) {
            reading.note(place, format!("the options of {name}"), WRITE_THEM);
        }
    }
    with_plugins(reading.facts, &mut reading.plan, plugins);
}

fn with(facts: &ProjectFacts, plan: &mut Plan, mut plugins: Vec<(String, Value)>) {
    plugins.retain(|(name, options)| {
        !OURS.contains(&name.as_str()) && (name != PURGECSS || options.to_json().is_some())
    });
    if plugins.iter().all(|(name, _)| name == IMPORT) {
        return;
    }
    // Scripts make absolute paths of this machine.
    let begin = format!("\"{}/", facts.project);
    let text = |options: Value| match options {
        Value::Undefined => None,
        given => given.to_json().map(|text| text.replace(&begin, "\"./")),
    };
    let plugins: Vec<(String, Option<String>)> =
        plugins.into_iter().map(|(name, options)| (name, text(options))).collect();
    configure(facts, plan, &plugins);
}

/// Plans a configuration with Tailwind, if a stylesheet needs it, or a plugin of the project's tool
/// runs it, and the project has none.
pub fn with_tailwind(facts: &ProjectFacts, plan: &mut Plan) {
    // The plugin runs Tailwind for every stylesheet: one may import it through another one.
    if let Some(plugin) = PLUGINS_OF_TAILWIND.iter().find(|name| facts.range(name).is_some()) {
        return for_plugin_of_tailwind(facts, plan, plugin);
    }
    let mut styles = plan.outputs.values().flat_map(|sources| &sources.styles);
    if styles.any(|path| is_for_tailwind(facts, path)) {
        let is_new = facts.major("tailwindcss").is_some_and(|major| major >= 4);
        let name = if is_new { TAILWIND } else { "tailwindcss" };
        configure(facts, plan, &[(name.to_owned(), None)]);
    }
}

/// Plans a configuration with Tailwind, or notes that the project's own one has to get it.
fn for_plugin_of_tailwind(facts: &ProjectFacts, plan: &mut Plan, plugin: &str) {
    if !is_there(facts, plan) {
        return configure(facts, plan, &[(TAILWIND.to_owned(), None)]);
    }
    let planned = plan.files.texts.get(FILES[0]).cloned();
    let of_package = facts.package.get("postcss").map(ToString::to_string);
    let on_disk = FILES.iter().map(|file| facts.text(&facts.project.join(file)));
    let mut texts = on_disk.chain(planned).chain(of_package);
    if !texts.any(|text| text.contains("tailwindcss")) {
        let remedy = format!("add {TAILWIND} to the configuration of PostCSS: docs/styles.md");
        plan.note("package.json", format!("Tailwind, which {plugin} runs"), &remedy);
    }
}

/// Plans a configuration for a tool that runs Tailwind where this has a configuration.
pub fn with_own_tailwind(facts: &ProjectFacts, plan: &mut Plan) {
    if ["js", "cjs", "mjs", "ts"].iter().any(|end| facts.has(&format!("tailwind.config.{end}"))) {
        configure(facts, plan, &[("tailwindcss".to_owned(), None)]);
    }
}

/// Plans a configuration for Tailwind's command, which needs none. `config`: the path of its
/// configuration, if that has an unusual name.
pub fn for_tailwind(facts: &ProjectFacts, plan: &mut Plan, config: Option<&str>) {
    let Some(config) = config else { return };
    if is_there(facts, plan) {
        let what = format!("{config}, the configuration of Tailwind");
        let remedy = "name it in postcss.config.js: tailwindcss({ config: … })";
        return plan.note("package.json", what, remedy);
    }
    let options = format!("{{ config: \"./{config}\" }}");
    configure(facts, plan, &[("tailwindcss".to_owned(), Some(options))]);
}

fn configure(facts: &ProjectFacts, plan: &mut Plan, plugins: &[(String, Option<String>)]) {
    if plugins.is_empty() || is_there(facts, plan) {
        return;
    }
    let missing = plugins.iter().map(|(name, _)| name);
    let missing = missing.filter(|name| !facts.has(&format!("node_modules/{name}/package.json")));
    plan.files.missing.extend(missing.cloned());
    let is_module = facts.package.get("type").is_some_and(|kind| kind == "module");
    let export = if is_module { "export default" } else { "module.exports =" };
    let plugins: Vec<String> = plugins
        .iter()
        .map(|(name, options)| {
            let options = options.as_deref().unwrap_or("{}");
            format!("    {name:?}: {options},\n")
        })
        .collect();
    let text = format!("{export} {{\n  plugins: {{\n{}  }},\n}};\n", plugins.concat());
    write(facts, plan, text);
}

/// Plans a configuration with this text, and returns true; false if there is another one.
pub fn write(facts: &ProjectFacts, plan: &mut Plan, text: String) -> bool {
    if is_there(facts, plan) {
        return plan.files.texts.get(FILES[0]) == Some(&text);
    }
    plan.files.texts.insert(FILES[0].to_owned(), text);
    true
}

fn is_there(facts: &ProjectFacts, plan: &Plan) -> bool {
    FILES.iter().any(|file| facts.has(file))
        || facts.package.get("postcss").is_some()
        || plan.files.texts.contains_key(FILES[0])
}
