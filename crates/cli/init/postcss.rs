//! PostCSS: builds read its configuration, so one is written where the other tool's has the
//! plugins, or where stylesheets need Tailwind.

use bundle_js::evaluate::Value;

use super::{facts::Facts, plan::Plan};

/// The names of PostCSS's configuration that projects have.
const FILES: [&str; 7] = [
    "postcss.config.js",
    "postcss.config.cjs",
    "postcss.config.mjs",
    "postcss.config.ts",
    ".postcssrc",
    ".postcssrc.js",
    ".postcssrc.json",
];
/// Plugins for what builds do anyway.
const OURS: [&str; 4] = ["autoprefixer", "cssnano", "postcss-import", "postcss-url"];

/// Returns whether a stylesheet has Tailwind's directives: `@tailwind` of versions 1 to 3, or the
/// import of version 4.
fn is_for_tailwind(facts: &Facts, path: &str) -> bool {
    let text = facts.fs.read(&facts.project.join(path)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    ["@tailwind ", "@import \"tailwindcss", "@import 'tailwindcss"]
        .iter()
        .any(|directive| text.contains(directive))
}

/// Plans a configuration with these plugins of another tool's, `require("name")` or
/// `require("name")(options)`, unless the project has one.
pub fn with_plugins(facts: &Facts, plan: &mut Plan, plugins: &[Value]) {
    let plugin = |value: &Value| {
        let symbol = value.as_symbol()?;
        let name = symbol.root();
        let options = symbol.call().and_then(|(_, arguments)| arguments.first()?.to_json());
        let is_own = !name.is_empty() && !OURS.contains(&name);
        is_own.then(|| (name.to_owned(), options))
    };
    let plugins: Vec<(String, Option<String>)> = plugins.iter().filter_map(plugin).collect();
    configure(facts, plan, &plugins);
}

/// Plans a configuration with Tailwind, if a stylesheet needs it and the project has none.
pub fn with_tailwind(facts: &Facts, plan: &mut Plan) {
    let mut styles = plan.outputs.values().flat_map(|sources| &sources.styles);
    if styles.any(|path| is_for_tailwind(facts, path)) {
        let is_new = facts.major("tailwindcss").is_some_and(|major| major >= 4);
        let name = if is_new { "@tailwindcss/postcss" } else { "tailwindcss" };
        configure(facts, plan, &[(name.to_owned(), None)]);
    }
}

fn configure(facts: &Facts, plan: &mut Plan, plugins: &[(String, Option<String>)]) {
    let is_there = FILES.iter().any(|file| facts.has(file))
        || facts.package.get("postcss").is_some()
        || plan.files.texts.contains_key(FILES[0]);
    if is_there || plugins.is_empty() {
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
    plan.files.texts.insert(FILES[0].to_owned(), text);
}
