//! Reads vite.config.js: inputs, aliases, what it defines, and laravel-vite-plugin's options.

use bundle_js::evaluate::{Field, Object, Value};
use camino::Utf8Path;
use serde_json::json;

use super::{
    babel,
    plan::tidy,
    reading::{Reading, texts},
    webpack,
};

/// Reads what a vite.config.js exports.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let field = |key: &str, value: &str| {
        (key.to_owned(), Field { value: Value::text(value), ..Field::default() })
    };
    let env = Object::from([field("command", "build"), field("mode", "production")]);
    let config = reading.script.call(exports, vec![Value::object(env)]);
    let laravel = plugin(&config, "laravel");
    let build = config.get("build");
    let out = reading.path_of(&build.get("outDir"));
    let default = if laravel.is_some() { "public/build" } else { "dist" };
    let out = tidy(&out.unwrap_or_else(|| default.to_owned())).trim_end_matches('/').to_owned();
    reading.plan.out_dir = Some(out.clone());
    let base = config.get("base").as_text();
    let base = base.unwrap_or_else(|| if laravel.is_some() { "/build/" } else { "/" }.to_owned());
    reading.plan.set("publicPath", base);
    reading.plan.set("target", "es2020");
    reading.plan.comment("target", "what Vite writes by default; without this line it is es5");
    if laravel.is_some() {
        reading.plan.put("alias", "@", "./resources/js");
    }
    let input = laravel.map_or_else(
        || build.get("rollupOptions").get("input"),
        |options| {
            if options.get("input").is_missing() { options } else { options.get("input") }
        },
    );
    let library = build.get("lib");
    if library.is_missing() {
        inputs(reading, &input, &out);
    } else {
        self::library(reading, &build, &out);
    }
    let alias = config.get("resolve").fields().get("alias").cloned().unwrap_or_default();
    webpack::aliases(reading, &alias.value, alias.place);
    webpack::define(reading, &config.get("define"));
    let sass = config.get("css").get("preprocessorOptions");
    webpack::sass(reading, &sass.get("scss"));
    if reading.facts.range("less").is_some() {
        webpack::less(reading);
    }
    if reading.is_folder("public") && !out.starts_with("public") {
        reading.plan.copy("public/**", "");
    }
    if build.get("lib").is_missing() {
        reading.plan.modes.production.insert("hash".to_owned(), true.into());
    }
    if out.starts_with("public") || !build.get("manifest").is_missing() {
        reading.plan.set("format", "esm");
        reading.plan.set("manifest", json!(["vite"]));
        reading
            .plan
            .comment("manifest", "manifest.json as Vite writes it, for scripts with type=module");
        let classic = [("format", json!("iife")), ("splitting", json!(false))];
        let classic = classic.map(|(key, value)| (key.to_owned(), value));
        reading.plan.modes.development.extend(classic);
        reading.plan.comment("modes", "open pages show the edits of classic scripts only");
    }
    jsx(reading, &config);
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
    let keys = if plugin(config, "preact").is_some() {
        vec![automatic(), ("importSource".to_owned(), "preact".to_owned())]
    } else {
        let Some(options) = plugin(config, "react") else { return };
        if options.get("jsxRuntime").as_text().as_deref() == Some("classic") {
            return;
        }
        let source = given(&options, "importSource", "jsxImportSource");
        std::iter::once(automatic()).chain(source).collect()
    };
    babel::set_jsx(reading, keys, place);
}

/// Returns the first argument of a plugin's call, by a part of the plugin's name.
fn plugin(config: &Value, name: &str) -> Option<Value> {
    config.get("plugins").elements().iter().find_map(|value| {
        let symbol = value.as_symbol()?;
        symbol.root().contains(name).then_some(())?;
        let (_, arguments) = symbol.call()?;
        Some(arguments.first().cloned().unwrap_or_default())
    })
}

/// Reads library mode: one entry, its global, and packages that the page has.
fn library(reading: &mut Reading<'_>, build: &Value, out: &str) {
    let library = build.get("lib");
    let entry = match library.get("entry") {
        Value::Object(entries) => entries.borrow().values().next().map(|f| f.value.clone()),
        Value::List(entries) => entries.borrow().first().cloned(),
        entry => Some(entry),
    };
    let Some(entry) = entry.and_then(|entry| reading.path_of(&entry)) else { return };
    let format = texts(&library.get("formats")).into_iter().next();
    let format = format.unwrap_or_else(|| "umd".to_owned());
    let name = library.get("fileName");
    let name = match &name {
        Value::Function(_) => {
            let arguments = vec![Value::text(&format), Value::text("index")];
            reading.script.call(&name, arguments).as_text()
        }
        name => name.as_text(),
    };
    let own = reading.facts.package.get("name").and_then(|name| name.as_str());
    let own = own.unwrap_or("index").rsplit('/').next().unwrap_or_default().to_owned();
    let name = name.unwrap_or(own);
    webpack::add(reading, &format!("{out}/{name}"), &entry);
    match format.as_str() {
        "es" => reading.plan.set("format", "esm"),
        "cjs" => reading.plan.set("format", "cjs"),
        _ => {
            if let Some(global) = library.get("name").as_text() {
                reading.plan.set("globalName", global);
            }
        }
    }
    let options = build.get("rollupOptions");
    let output = match options.get("output") {
        Value::List(outputs) => outputs.borrow().first().cloned().unwrap_or_default(),
        output => output,
    };
    let place = options.fields().get("external").map(|f| f.place).unwrap_or_default();
    webpack::externals(reading, &output.get("globals"), place);
    webpack::externals(reading, &options.get("external"), place);
}

fn inputs(reading: &mut Reading<'_>, input: &Value, out: &str) {
    let named: Vec<(String, String)> = match input {
        Value::Object(_) => {
            let fields = input.fields().into_iter();
            fields.filter_map(|(name, f)| Some((name, reading.path_of(&f.value)?))).collect()
        }
        _ => reading
            .paths_of(input)
            .into_iter()
            .map(|path| {
                // `resources/css/app.css` and `resources/js/app.js` are two entries.
                let path = tidy(&path);
                let inner = path.strip_prefix("resources/").unwrap_or(&path);
                let inner = inner.strip_prefix("src/").unwrap_or(inner);
                (Utf8Path::new(inner).with_extension("").into_string(), path)
            })
            .collect(),
    };
    if named.is_empty() && reading.is_file("index.html") {
        page(reading, ("index.html", "index"), out);
    }
    for (name, path) in named {
        if path.ends_with(".html") {
            page(reading, (&path, &name), out);
        } else {
            let extension = if path.ends_with("ss") { "css" } else { "js" };
            webpack::add(reading, &format!("{out}/{name}.{extension}"), &path);
        }
    }
}

/// A page is an input: its module scripts are the entries.
fn page(reading: &mut Reading<'_>, (path, name): (&str, &str), out: &str) {
    let text = reading.facts.fs.read(&reading.project().join(path)).unwrap_or_default();
    let text = String::from_utf8_lossy(&text).into_owned();
    let sources = text.split("<script").skip(1).filter_map(|tag| {
        let tag = tag.split('>').next()?;
        let source = tag.split("src=").nth(1)?;
        let quote = source.chars().next()?;
        Some(source[1..].split(quote).next()?.to_owned())
    });
    let local: Vec<String> = sources.filter(|source| !source.contains("//")).collect();
    for source in &local {
        let source = tidy(source);
        if reading.is_file(&source) {
            webpack::add(reading, &format!("{out}/{name}.js"), &source);
        }
    }
    reading.plan.put("html", path, json!({ "template": path, "entries": [name] }));
}
