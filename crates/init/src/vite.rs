//! Reads vite.config.js: inputs, folders, aliases, what it defines, and laravel-vite-plugin's
//! options.

use std::collections::HashSet;

use bundle_js::static_evaluation::{Field, Object, Value};
use camino::Utf8Path;
use serde_json::json;

use super::{
    babel, console, pages,
    plan::tidy,
    postcss,
    reading::{Reading, texts},
    stylesheets::is_stylesheet,
    webpack,
};
use output::OutputNames;

mod output; // names and contents of outputs
mod plugins; // what plugins do

/// Options that only concern Vite itself, or that are read elsewhere.
const WITHOUT_MEANING: &[&str] = &[
    "appType",
    "base",
    "build",
    "cacheDir",
    "clearScreen",
    "css",
    "customLogger",
    "define",
    "envPrefix",
    "esbuild",
    "experimental",
    "json",
    "logLevel",
    "mode",
    "optimizeDeps",
    "oxc",
    "plugins",
    "preview",
    "publicDir",
    "resolve",
    "root",
    "server",
    "ssr",
    "test",
    "worker",
];

/// Reads what a vite.config.js exports.
pub fn read(reading: &mut Reading<'_>, exports: &Value, mode: &str) {
    let field = |key: &str, value: &str| {
        (key.to_owned(), Field { value: Value::text(value), ..Field::default() })
    };
    let env = Object::from([field("command", "build"), field("mode", mode)]);
    let config = reading.script.call(exports, vec![Value::object(env)]);
    let root = reading.path_of(&config.get("root")).unwrap_or_default();
    unknown_options(reading, &config, &root);
    variables_of_mode(reading, mode, &root);
    let laravel = plugins::options(&config, "laravel");
    let is_laravel = laravel.is_some();
    let build = config.get("build");
    let (folder, public) = folders(reading, &config, laravel.as_ref(), &root);
    reading.plan.out_dir = Some(folder.clone());
    if let Some(public) = public {
        reading.plan.set("publicPath", public);
    }
    let mut names = output::read(reading, &build);
    let out = reading.plan.out_dir.clone().unwrap_or_default();
    default_target(reading);
    if is_laravel {
        reading.plan.assets.limit.get_or_insert(0);
    }
    names.has_manifest = is_laravel
        || out.starts_with("public")
        || !build.get("manifest").is_missing() && build.get("manifest").is_true() != Some(false);
    script_for_server(reading, laravel.as_ref());
    let lib = build.get("lib");
    if lib.is_missing() || lib.is_true() == Some(false) {
        let input = input_of(&build, laravel).unwrap_or_default();
        inputs(reading, &input, &root, &out, &names);
    } else {
        library(reading, &build, &names, &root, &out);
    }
    resolve(reading, &config, is_laravel);
    webpack::define(reading, &config.get("define"));
    let prefixes = texts(&config.get("envPrefix"));
    if !prefixes.is_empty() {
        reading.plan.set("env", prefixes);
    }
    styles(reading, &config.get("css"));
    public_files(reading, &config, &root, &out);
    if lib.is_missing() {
        if names.scripts.is_none() {
            reading.plan.modes.production.insert("hash".to_owned(), true.into());
        }
        reading.plan.scripts.are_chunks_hashed = names.chunks.is_none();
    }
    // Modules load what they share. Several classic scripts would need tags for that.
    let is_module = lib.is_missing() && reading.plan.outputs.len() > 1;
    if names.has_manifest || is_module {
        reading.plan.set("format", "esm");
    }
    if names.has_manifest {
        manifest(reading, &build, is_laravel);
    }
    externals(reading, &build);
    jsx(reading, &config);
    console::of_esbuild(reading, &config.get("esbuild"));
    console::of_terser(reading, &build.get("terserOptions"));
    plugins::read(reading, &config, &folder);
}

/// Notes the options that nothing reads.
fn unknown_options(reading: &mut Reading<'_>, config: &Value, root: &str) {
    for (key, field) in config.fields() {
        if key == "envDir" {
            env_folder(reading, &field, root);
        } else if !WITHOUT_MEANING.contains(&key.as_str()) {
            let what = format!("the option {key}");
            reading.note(field.place, what, "find out whether you need it");
        }
    }
}

/// Notes the script of Laravel that renders pages.
fn script_for_server(reading: &mut Reading<'_>, laravel: Option<&Value>) {
    let script = laravel.and_then(|options| options.fields().get("ssr").cloned());
    if let Some(field) = script.filter(|field| !field.value.is_missing()) {
        let remedy = "build it with a configuration of its own, with \"platform\": \"node\"";
        reading.note(field.place, "ssr, a script that renders pages on the server", remedy);
    }
}

/// Returns the inputs that the configuration names: those of Laravel's plugin, or of Rollup.
fn input_of(build: &Value, laravel: Option<Value>) -> Option<Value> {
    let Some(options) = laravel else {
        let options = ["rollupOptions", "rolldownOptions"].map(|key| build.get(key));
        let mut inputs = options.iter().map(|options| options.get("input"));
        return inputs.find(|input| !input.is_missing());
    };
    let input = options.get("input");
    Some(if input.is_missing() { options } else { input })
}

/// Reads how imports are resolved.
fn resolve(reading: &mut Reading<'_>, config: &Value, is_laravel: bool) {
    let options = config.get("resolve");
    let alias = options.fields().get("alias").cloned().unwrap_or_default();
    webpack::aliases(reading, &alias.value, alias.place);
    if is_laravel {
        // Only if the project gives the name no other meaning.
        reading.plan.put("alias", "@", "./resources/js");
    }
    if options.get("preserveSymlinks").is_true() == Some(true) {
        reading.plan.set("followSymlinks", false);
    }
    webpack::extensions(reading, &texts(&options.get("extensions")));
}

/// Writes Vite's manifest.
fn manifest(reading: &mut Reading<'_>, build: &Value, is_laravel: bool) {
    let file = manifest_file(reading, &build.get("manifest")).filter(|_| !is_laravel);
    let shown = file.clone().unwrap_or_else(|| "manifest.json".to_owned());
    let object = |file| json!([{ "kind": "vite", "file": file }]);
    reading.plan.set("manifest", file.map_or_else(|| json!(["vite"]), object));
    let comment = format!("{shown} as Vite writes it, for scripts with type=module");
    reading.plan.comment("manifest", comment);
    reading.plan.develop_classic_scripts();
}

/// Notes variables of a mode that is not that of production builds.
fn variables_of_mode(reading: &mut Reading<'_>, mode: &str, root: &str) {
    let file = below(root, &format!(".env.{mode}"));
    if mode != "production" && reading.is_file(&file) {
        let remedy = "production builds read .env.production: write its variables into that";
        reading.plan.note("package.json", format!("the mode {mode}, with {file}"), remedy);
    }
}

/// Sets the browsers that Vite writes for by default.
fn default_target(reading: &mut Reading<'_>) {
    if reading.plan.keys.contains_key("target") {
        return;
    }
    let target = match reading.facts.major("vite") {
        Some(8..) => json!(["chrome >= 111", "edge >= 111", "firefox >= 114", "safari >= 16.4"]),
        Some(7) => json!(["chrome >= 107", "edge >= 107", "firefox >= 104", "safari >= 16"]),
        _ => json!("es2020"),
    };
    reading.plan.set("target", target);
    reading.plan.comment("target", "what Vite writes by default; without this line it is es5");
}

/// Reads the options of stylesheets.
fn styles(reading: &mut Reading<'_>, css: &Value) {
    let compilers = css.get("preprocessorOptions");
    webpack::sass(reading, &compilers.get("scss"));
    if reading.facts.range("less").is_some() {
        webpack::less_of_loader(reading, &compilers.get("less"));
    }
    if let Some(Field { value, place }) = css.fields().get("postcss") {
        postcss::of_vite(reading, value, *place);
    }
}

/// Copies the files of `publicDir`, unless the outputs are in it.
fn public_files(reading: &mut Reading<'_>, config: &Value, root: &str, out: &str) {
    let files = config.get("publicDir");
    let files = if files.is_missing() {
        Some(below(root, "public"))
    } else {
        files.as_text().map(|folder| reading.path(&below(root, &folder)))
    };
    if let Some(files) = files.filter(|files| reading.is_folder(files))
        && !Utf8Path::new(out).starts_with(&files)
    {
        reading.plan.copy(&format!("{files}/**"), "");
    }
}

/// Reads where `.env` files are: `false` means nowhere. Without the option, they are in `root`.
fn env_folder(reading: &mut Reading<'_>, Field { value, place }: &Field, root: &str) {
    if let Value::Boolean(false) = value {
        return reading.plan.set("env", false);
    }
    let folder = value.as_text().map(|folder| reading.path(&below(root, &folder)));
    if folder.as_deref().is_none_or(|folder| !["", "."].contains(&folder)) {
        let folder = folder.unwrap_or_else(|| "that only running the script would give".to_owned());
        let remedy = "files of variables are beside bundle.config.json: move them, or link to them";
        reading.note(*place, format!("envDir {folder}"), remedy);
    }
}

/// Returns the folder of the outputs and its URL; no URL if addresses are relative to the script,
/// as they are here without `publicPath`.
fn folders(
    reading: &Reading<'_>,
    config: &Value,
    laravel: Option<&Value>,
    root: &str,
) -> (String, Option<String>) {
    let option = |key: &str, default: &str| {
        let own = laravel.and_then(|options| options.get(key).as_text());
        own.unwrap_or_else(|| default.to_owned())
    };
    let built = option("buildDirectory", "build");
    let default = match laravel {
        Some(_) => reading.path(&format!("{}/{built}", option("publicDirectory", "public"))),
        None => below(root, "dist"),
    };
    let out = config.get("build").get("outDir").as_text();
    let out = out.map_or(default, |folder| reading.path(&below(root, &folder)));
    let public = match config.get("base").as_text().as_deref() {
        Some("" | "./") => None,
        Some(base) => Some(base.to_owned()),
        None if laravel.is_some() => Some(format!("/{}/", built.trim_matches('/'))),
        None => Some("/".to_owned()),
    };
    (tidy(&out).trim_end_matches('/').to_owned(), public)
}

/// Returns a path of the configuration: those that are not absolute are below `root`.
fn below(root: &str, path: &str) -> String {
    if root.is_empty() || path.starts_with('/') {
        path.to_owned()
    } else {
        format!("{root}/{path}")
    }
}

/// Returns the path of Vite's manifest, if it is another than `manifest.json`.
fn manifest_file(reading: &Reading<'_>, option: &Value) -> Option<String> {
    let is_hidden = option.is_true() == Some(true)
        && reading.facts.major("vite").is_none_or(|major| major >= 5);
    let usual = || is_hidden.then(|| ".vite/manifest.json".to_owned());
    option.as_text().or_else(usual).filter(|file| file != "manifest.json")
}

/// Reads how JSX is compiled: options of esbuild before plugins.
fn jsx(reading: &mut Reading<'_>, config: &Value) {
    let esbuild = config.get("esbuild");
    let place = config.fields().get("esbuild").map(|field| field.place).unwrap_or_default();
    let given = |options: &Value, key: &str, name: &str| {
        options.get(name).as_text().map(|value| (key.to_owned(), value))
    };
    let is_automatic = esbuild.get("jsx").as_text().as_deref() == Some("automatic");
    let automatic = || ("runtime".to_owned(), "automatic".to_owned());
    let keys = if is_automatic || !esbuild.get("jsxImportSource").is_missing() {
        vec![Some(automatic()), given(&esbuild, "importSource", "jsxImportSource")]
    } else {
        vec![given(&esbuild, "factory", "jsxFactory"), given(&esbuild, "fragment", "jsxFragment")]
    };
    babel::set_jsx(reading, keys.into_iter().flatten().collect(), place);
    if let Some(code) = esbuild.get("jsxInject").as_text() {
        let remedy = "write the names into \"provide\": { \"React\": \"react\" }";
        reading.note(place, format!("jsxInject: {code}"), remedy);
    }
    let keys = if plugins::options(config, "preact").is_some() {
        vec![automatic(), ("importSource".to_owned(), "preact".to_owned())]
    } else {
        let Some(options) = plugins::options(config, "react") else { return };
        if options.get("jsxRuntime").as_text().as_deref() == Some("classic") {
            return;
        }
        let source = given(&options, "importSource", "jsxImportSource");
        std::iter::once(automatic()).chain(source).collect()
    };
    babel::set_jsx(reading, keys, place);
}

/// Reads library mode: one entry, its global, and packages that the page has.
fn library(reading: &mut Reading<'_>, build: &Value, names: &OutputNames, root: &str, out: &str) {
    let library = build.get("lib");
    let entry = match library.get("entry") {
        Value::Object(entries) => entries.borrow().values().next().map(|f| f.value.clone()),
        Value::List(entries) => entries.borrow().first().cloned(),
        entry => Some(entry),
    };
    let Some(entry) = entry.and_then(|entry| source(reading, &entry, root)) else { return };
    let format = texts(&library.get("formats")).into_iter().next();
    let format = format.unwrap_or_else(|| "umd".to_owned());
    let stem = Utf8Path::new(&entry).file_stem().unwrap_or("index");
    let name = library.get("fileName");
    let name = match &name {
        Value::Function(_) => {
            let arguments = vec![Value::text(&format), Value::text(stem)];
            reading.script.call(&name, arguments).as_text()
        }
        name => name.as_text(),
    };
    let own = reading.facts.package.get("name").and_then(|name| name.as_str());
    let own = own.unwrap_or("index").rsplit('/').next().unwrap_or_default().to_owned();
    // Since Vite 6, the stylesheet has the name of the script if a text gives that.
    let style = library.get("cssFileName").as_text().unwrap_or_else(|| {
        match (reading.facts.major("vite"), library.get("fileName").as_text()) {
            (Some(6..), Some(name)) => name,
            (Some(6..), None) => own.clone(),
            _ => "style".to_owned(),
        }
    });
    let style = names.style(reading, &style).unwrap_or(format!("{style}.css"));
    let script = format!("{out}/{}", name.unwrap_or(own));
    webpack::add(reading, &script, &entry);
    webpack::name_imported(reading, Some(format!("{out}/{style}")), &script);
    match format.as_str() {
        "es" => reading.plan.set("format", "esm"),
        "cjs" => reading.plan.set("format", "cjs"),
        _ => {
            if let Some(global) = library.get("name").as_text() {
                reading.plan.set("globalName", global);
            }
        }
    }
}

/// Reads which packages the page has: globals, or modules that the browser finds by an import map.
fn externals(reading: &mut Reading<'_>, build: &Value) {
    let options = ["rollupOptions", "rolldownOptions"].map(|key| build.get(key));
    let [old, new] = options;
    let options = if old.is_missing() { new } else { old };
    let output = match options.get("output") {
        Value::List(outputs) => outputs.borrow().first().cloned().unwrap_or_default(),
        output => output,
    };
    let place = options.fields().get("external").map(|f| f.place).unwrap_or_default();
    let external = options.get("external");
    if reading.plan.keys.get("format").is_some_and(|format| format == "esm") {
        let names = texts(&external);
        for name in &names {
            reading.plan.put("externals", name, true);
        }
        let elements = external.elements();
        let elements = if elements.is_empty() { vec![external] } else { elements };
        for one in elements.iter().filter(|one| one.as_text().is_none()) {
            webpack::externals(reading, one, place);
        }
    } else {
        webpack::externals(reading, &output.get("globals"), place);
        webpack::externals(reading, &external, place);
    }
}

/// Returns the path of an input. Rollup finds its inputs from the folder in which it runs, whatever
/// `root` is. Only `/src/a.js` is below `root`.
fn source(reading: &Reading<'_>, value: &Value, root: &str) -> Option<String> {
    let text = value.as_text()?;
    let is_below = text.starts_with('/')
        && !text.starts_with(reading.project().as_str())
        && reading.facts.fs.kind(Utf8Path::new(&text)).is_none();
    let inner = text.trim_start_matches('/');
    Some(reading.path(&if is_below { below(root, inner) } else { text.clone() }))
}

fn inputs(reading: &mut Reading<'_>, input: &Value, root: &str, out: &str, names: &OutputNames) {
    let source = |value: &Value| source(reading, value, root);
    let entries: Vec<(String, String)> = match input {
        Value::Object(_) => {
            let fields = input.fields().into_iter();
            fields.filter_map(|(name, f)| Some((name, source(&f.value)?))).collect()
        }
        Value::List(_) | Value::Text(_) => {
            let listed =
                if let Value::List(_) = input { input.elements() } else { vec![input.clone()] };
            let paths = listed.iter().filter_map(source);
            paths
                .map(|path| {
                    // `resources/css/app.css` and `resources/js/app.js` are two entries.
                    let path = tidy(&path);
                    let inner = path.strip_prefix(&format!("{root}/")).unwrap_or(&path);
                    let inner = inner.strip_prefix("resources/").unwrap_or(inner);
                    let inner = inner.strip_prefix("src/").unwrap_or(inner);
                    (Utf8Path::new(inner).with_extension("").into_string(), path)
                })
                .collect()
        }
        _ => Vec::new(),
    };
    let is_named = matches!(input, Value::Object(_));
    let index = below(root, "index.html");
    if entries.is_empty() && reading.is_file(&index) {
        page(reading, &index, "index", root, out);
    }
    // Rollup gives an entry of a list the name of its file.
    let short = |name: &str| -> String {
        Utf8Path::new(name).file_name().filter(|_| !is_named).unwrap_or(name).to_owned()
    };
    let script = |name: &str| -> String {
        let pattern = names.scripts.as_ref();
        let file =
            pattern.map(|text| webpack::named(&text.replace("[extname]", ".[ext]"), &short(name)));
        let file = file.as_deref().unwrap_or(name);
        format!("{out}/{}", file.trim_end_matches(".js"))
    };
    let scripts: HashSet<String> = entries
        .iter()
        .filter(|(_, path)| !is_stylesheet(path))
        .map(|(name, _)| script(name))
        .collect();
    for (name, path) in entries {
        if path.ends_with(".html") {
            page(reading, &path, &name, root, out);
            continue;
        }
        if is_stylesheet(&path) {
            let file = names.style(reading, &short(&name)).unwrap_or(format!("{name}.css"));
            let mut output = format!("{out}/{file}");
            let stem = output.trim_end_matches(".css");
            // Views ask the manifest for each source.
            if names.has_manifest && scripts.contains(stem) {
                output = format!("{stem}-css.css");
            }
            webpack::add(reading, &output, &path);
            continue;
        }
        let script = format!("{}.js", script(&name));
        webpack::add(reading, &script, &path);
        names.name_imported(reading, &short(&name), out, &script);
    }
}

/// A page is an input: its scripts are the entry.
fn page(reading: &mut Reading<'_>, path: &str, name: &str, root: &str, out: &str) {
    let found = pages::read(reading.facts, path, root);
    for source in &found.modules {
        webpack::add(reading, &format!("{out}/{name}.js"), source);
    }
    found.note(&mut reading.plan, path);
    let written = tidy(root);
    let written = Utf8Path::new(path).strip_prefix(written.trim_end_matches('/'));
    let written = written.map_or(path, Utf8Path::as_str);
    reading.plan.put("html", written, json!({ "template": path, "entries": [name] }));
}
