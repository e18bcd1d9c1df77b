//! Reads Vue CLI 3 to 5: vue.config.js, or the `vue` field of package.json, over its defaults.

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};
use serde_json::json;

use super::{
    babel,
    facts::ProjectFacts,
    plan::tidy,
    reading::{Reading, texts},
    webpack,
};

mod chain; // the calls of chainWebpack
mod entries; // the entries
mod names; // names of scripts and stylesheets
mod sass_data; // what every stylesheet in Sass begins with

use names::OutputNames;

/// Options that need no key.
const WITHOUT_MEANING: &[&str] = &[
    "lintOnSave",
    "transpileDependencies",
    "devServer",
    "parallel",
    "crossorigin",
    "integrity",
    "productionSourceMap",
    "pwa",
    "outputDir",
    "publicPath",
    "baseUrl",
    "assetsDir",
    "pages",
    "indexPath",
    "filenameHashing",
    "runtimeCompiler",
    "compiler",
    "css",
    "configureWebpack",
    "chainWebpack",
    "terser",
    "dll",
];

const PWA: &str = "@vue/cli-plugin-pwa";

/// Reads what vue.config.js exports.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let exports = reading.script.call(exports, Vec::new());
    let out = reading.path_of(&exports.get("outputDir")).unwrap_or_else(|| "dist".to_owned());
    reading.plan.out_dir = Some(tidy(&out).trim_end_matches('/').to_owned());
    let public = exports.get("publicPath");
    let public = if public.is_missing() { exports.get("baseUrl") } else { public };
    let public = public.as_text().unwrap_or_else(|| "/".to_owned());
    reading.plan.set("publicPath", public);
    if reading.facts.range(PWA).is_some() {
        let place = exports.fields().get("pwa").map(|field| field.place).unwrap_or_default();
        let remedy = "write the service worker with another tool, and the tags into your pages";
        reading.note(place, format!("{PWA}: the service worker, icons and tags"), remedy);
    }
    if reading.facts.range("vue-cli-plugin-vuetify").is_some()
        && reading.facts.major("vuetify") == Some(2)
    {
        reading.note(ScriptLocation::default(), webpack::VUETIFY, webpack::VUETIFY_REMEDY);
    }
    let calls = chain::calls(reading, &exports.get("chainWebpack"));
    let own = entries::of_chain(&exports, &calls);
    let config = names::configuration(reading, &exports, own, &calls);
    let options = match &exports.get("configureWebpack") {
        function @ Value::Function(_) => reading.script.call(function, vec![config.clone()]),
        other => other.clone(),
    };
    let names = OutputNames::of(reading, &exports, &calls, &[&config, &options]);
    pages(reading, &exports, entries::merged(&config, &options), &out, &names);
    if exports.get("pages").fields().is_empty() && !entries::is_deleted(&calls, "html") {
        page(reading, "index.html", "public/index.html", None, None);
    }
    let is_copied = !entries::is_deleted(&calls, "copy") && !chain::empties_copies(reading, &calls);
    if is_copied && reading.is_folder("public") {
        public_files(reading);
        reading.plan.comment(
            "copy",
            "the files of public/, as they are; the pages of \"html\" replace templates",
        );
    }
    styles(reading, &exports.get("css"));
    let is_injected = exports.get("css").get("extract").is_true() == Some(false);
    reading.plan.assets.are_styles_injected |=
        is_injected && !exports.get("css").get("extract").is_missing();
    webpack::options(reading, &config);
    webpack::options(reading, &options);
    let pages = reading.plan.keys.get("html").and_then(|pages| pages.as_object()).cloned();
    for page in pages.unwrap_or_default().values() {
        let template = page["template"].as_str().unwrap_or_default();
        webpack::of_configuration(reading, template, &options);
    }
    chain::read(reading, &calls);
    defaults(reading, &exports);
    names.note(reading);
    default_polyfills(reading);
    let has_babel = reading.facts.range("@vue/cli-plugin-babel").is_some();
    if has_babel && !babel::is_configured(reading) {
        reading.plan.scripts.preset_of_decorators = Some("Vue CLI");
    }
    for (key, field) in exports.fields() {
        if key == "pluginOptions" {
            plugin_options(reading, &field.value, field.place);
        } else if !WITHOUT_MEANING.contains(&key.as_str()) {
            reading.note(field.place, format!("the option {key}"), "find out whether you need it");
        }
    }
}

/// Returns the variables of `.env` files that scripts get. Builds read these files themselves, so
/// `init` only needs to know what vue.config.js finds already set.
pub fn variables(facts: &ProjectFacts) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for file in [".env", ".env.production"] {
        let text = facts.fs.read(&facts.project.join(file)).unwrap_or_default();
        for line in String::from_utf8_lossy(&text).lines() {
            let line = line.trim().trim_start_matches("export ");
            let Some((name, value)) = line.split_once('=') else { continue };
            if name.starts_with("VUE_APP_") {
                let value = value.trim().trim_matches(['"', '\'']);
                found.push((name.trim().to_owned(), value.to_owned()));
            }
        }
    }
    found
}

/// Sets the defaults of Vue CLI where the project sets nothing.
fn defaults(reading: &mut Reading<'_>, exports: &Value) {
    reading.plan.put("alias", "@", "./src");
    vue_alias(reading, exports.get("runtimeCompiler").is_true() == Some(true));
    reading.plan.put("vue", "whitespace", "condense");
    webpack::assigned(reading, "VUE_APP_");
}

/// Adds the alias of `vue` that Vue CLI has by itself: packages that require Vue get the module
/// that others import, and no copy.
fn vue_alias(reading: &mut Reading<'_>, is_compiling: bool) {
    let is_set = reading.plan.keys.get("alias").is_some_and(|all| all.get("vue$").is_some());
    if is_set || reading.facts.major("vue") != Some(2) {
        return;
    }
    let build = if is_compiling { "vue/dist/vue.esm.js" } else { "vue/dist/vue.runtime.esm.js" };
    reading.plan.put("alias", "vue$", build);
    reading.plan.comment("alias", "vue$: the build of Vue that Vue CLI chooses by itself");
}

/// The preset of Vue CLI adds polyfills by use, unless babel.config.js changes that.
fn default_polyfills(reading: &mut Reading<'_>) {
    let says_otherwise = ["babel.config.js", ".babelrc", ".babelrc.js"].iter().any(|file| {
        let text = reading.facts.fs.read(&reading.project().join(file)).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        text.contains("useBuiltIns") || !text.is_empty() && !text.contains("@vue/")
    });
    if reading.facts.range("@vue/cli-plugin-babel").is_some() && !says_otherwise {
        babel::polyfills(reading, "the preset of @vue/cli-plugin-babel", ScriptLocation::default());
    }
}

/// Copies the files of `public`, without templates that have another name than their page.
fn public_files(reading: &mut Reading<'_>) {
    let pages = reading.plan.keys.get("html").and_then(|pages| pages.as_object());
    let other = pages.into_iter().flatten().filter_map(|(file, page)| {
        let template = page["template"].as_str()?.strip_prefix("public/")?;
        (template != file).then(|| template.to_owned())
    });
    let templates: Vec<String> = other.collect();
    if templates.is_empty() {
        return reading.plan.copy("public/**", "");
    }
    let files = reading.facts.fs.list(&reading.project().join("public")).unwrap_or_default();
    for name in files.into_iter().map(|entry| entry.name).filter(|name| !templates.contains(name)) {
        reading.plan.copy(&format!("public/{name}"), &name);
    }
}

/// Adds the entries, and the pages of those that have one.
fn pages(
    reading: &mut Reading<'_>,
    exports: &Value,
    entries: Object,
    out: &str,
    names: &OutputNames,
) {
    let pages = exports.get("pages").fields();
    for (name, field) in entries {
        let paths = texts(&field.value).into_iter();
        let paths: Vec<String> = paths.map(|path| reading.module(&reading.path(&path))).collect();
        if paths.is_empty() {
            reading.note(field.place, format!("the entry {name}"), "add it to \"areas\"");
            continue;
        }
        let script = names.script(reading, out, &name);
        entry_of(reading, &name, out, &paths, &script);
        let Some(Field { value, .. }) = pages.get(&name) else { continue };
        let own = format!("public/{name}.html");
        let template = reading.path_of(&value.get("template"));
        let template = template.unwrap_or_else(|| {
            if reading.is_file(&own) { own } else { "public/index.html".to_owned() }
        });
        let file = value.get("filename").as_text().unwrap_or_else(|| format!("{name}.html"));
        let title = value.get("title").as_text();
        page(reading, &file, &template, title.as_deref(), Some(&name));
    }
}

/// Adds an entry. `script`: the path of its output.
fn entry_of(reading: &mut Reading<'_>, name: &str, folder: &str, sources: &[String], script: &str) {
    for source in sources {
        webpack::add(reading, script, source);
    }
    let stem = tidy(script.trim_end_matches(".js"));
    reading.plan.scripts.entries.insert(name.to_owned(), stem);
    webpack::name_stylesheet(reading, name, folder, script);
}

fn page(
    reading: &mut Reading<'_>,
    file: &str,
    template: &str,
    title: Option<&str>,
    entry: Option<&str>,
) {
    if !reading.is_file(template) {
        return;
    }
    let title = title.or_else(|| reading.facts.package.get("name")?.as_str());
    let mut page = json!({ "template": tidy(template) });
    if let Some(title) = title {
        page["title"] = title.into();
    }
    if let Some(entry) = entry {
        page["entries"] = json!([entry]);
    }
    reading.plan.put("html", file, page);
}

fn styles(reading: &mut Reading<'_>, css: &Value) {
    let loaders = css.get("loaderOptions");
    // The data for SCSS is right in both languages.
    for language in ["scss", "sass"] {
        webpack::sass(reading, &loaders.get(language));
    }
    sass_data::of_vuetify(reading);
    webpack::urls_of_css_loader(reading, &loaders.get("css"));
    if reading.facts.range("less").is_some() {
        webpack::less_of_loader(reading, &loaders.get("less"));
    }
    if reading.facts.range("stylus").is_some() {
        webpack::stylus(reading, &loaders.get("stylus"));
    }
}

/// style-resources-loader: files that every stylesheet begins with.
fn plugin_options(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    for (name, field) in options.fields() {
        if name == "style-resources-loader" {
            let files = reading.paths_of(&field.value.get("patterns"));
            let addresses: Vec<String> = files.iter().map(|file| tidy(file)).collect();
            match field.value.get("preProcessor").as_text().as_deref() {
                Some("scss" | "sass") => {
                    reading.plan.put("sass", "loadPaths", json!(["."]));
                    sass_data::add(reading, &sass_data::imports(&addresses));
                }
                _ => reading.note(
                    place,
                    format!("{} before every stylesheet", files.join(", ")),
                    "import it in the stylesheets that need it",
                ),
            }
        } else if !["i18n", "electronBuilder", "apollo"].contains(&name.as_str()) {
            reading.note(
                field.place,
                format!("pluginOptions.{name}"),
                "find out whether you need it",
            );
        }
    }
}
