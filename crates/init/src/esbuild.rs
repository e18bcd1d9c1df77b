//! Reads scripts that call esbuild (`node build.js`), and its calls in scripts of package.json:
//! `esbuild src/app.js --bundle --outfile=public/app.js`.

use bundle_js::static_evaluation::{Field, Host, Object, Script, ScriptLocation, Value};
use camino::{Utf8Path, Utf8PathBuf};
use indexmap::IndexMap;

use bundle_base::config::{absolute, relative};

use super::{
    babel, console,
    facts::ProjectFacts,
    plan::{Plan, tidy},
    reading::{Reading, call_of, texts},
    scripts::Command,
    source_maps,
    stylesheets::is_stylesheet,
    webpack,
};

mod formats; // which builds are classic scripts
mod words; // options of commands

use formats::{has_only_styles, is_classic, outputs_of};
use words::of_command;

/// Options that need no key, or that are read with others.
const WITHOUT_MEANING: [&str; 41] = [
    "absWorkingDir",
    "allowOverwrite",
    "bundle",
    "charset",
    "color",
    "drop",
    "entryNames",
    "entryPoints",
    "globalName",
    "ignoreAnnotations",
    "incremental",
    "jsx",
    "jsxFactory",
    "jsxFragment",
    "jsxImportSource",
    "keepNames",
    "legalComments",
    "logLevel",
    "logLimit",
    "logOverride",
    "mangleProps",
    "metafile",
    "minify",
    "minifyIdentifiers",
    "minifySyntax",
    "minifyWhitespace",
    "outbase",
    "outdir",
    "outfile",
    "packages",
    "preserveSymlinks",
    "pure",
    "serve",
    "servedir",
    "sourceRoot",
    "sourcesContent",
    "supported",
    "treeShaking",
    "tsconfig",
    "watch",
    "write",
];
/// Parts of the names of plugins whose work needs no key.
const BUILT_IN: [&str; 5] = ["sass", "postcss", "clean", "progress", "eslint"];

/// Reads the calls of `build` and `context` in a script.
pub fn read(reading: &mut Reading<'_>) {
    let calls = reading.script.calls().to_vec();
    let calls = calls.iter().filter(|call| call.root() == "esbuild");
    let builds = calls.filter_map(|call| match call_of(call) {
        ("build" | "buildSync" | "context", [options, ..]) => Some((options.clone(), call.place)),
        _ => None,
    });
    self::builds(reading, builds.collect());
    finish(&mut reading.plan);
}

/// Reads builds, with their places. If some are classic scripts, others have another format, which
/// one configuration cannot have.
fn builds(reading: &mut Reading<'_>, builds: Vec<(Value, ScriptLocation)>) {
    let is_of_scripts = |options: &Value| !has_only_styles(options);
    let mut of_scripts = builds.iter().filter(|(options, _)| is_of_scripts(options));
    let has_classic = of_scripts.any(|(options, _)| is_classic(options));
    let mut defined = Object::new();
    for (options, place) in builds {
        if has_classic && is_of_scripts(&options) && !is_classic(&options) {
            let what = format!("the build of {}, which is no classic script", outputs_of(&options));
            let remedy = "a build has one format: give it a configuration of its own";
            reading.note(place, what, remedy);
            continue;
        }
        for (key, field) in options.get("define").fields() {
            let known = defined.entry(key.clone()).or_insert_with(|| field.clone());
            if known.value.as_text() != field.value.as_text() {
                let remedy = "a build defines it once: give one of them a configuration of its own";
                reading.note(place, format!("{key}, defined differently for builds"), remedy);
            }
        }
        build(reading, &options, place);
    }
}

/// Returns a plan with what commands of package.json build. `is_alone`: no other tool has outputs.
pub fn of_commands(facts: &ProjectFacts, commands: &[Command], is_alone: bool) -> Plan {
    let environment = IndexMap::new();
    let host = Host { fs: &*facts.fs, project: &facts.project, environment: &environment };
    let (script, plan) = (Script::new(host), Plan::default());
    let mut reading = Reading::new(script, facts, plan, true);
    // What is watched or served is for development.
    let is_for_development = |command: &&Command| {
        let flags = ["--watch", "--serve", "--servedir"];
        let name = |word: &String| word.split('=').next().unwrap_or_default().to_owned();
        command.words.iter().any(|word| flags.contains(&name(word).as_str()))
    };
    let builds = commands.iter().filter(|command| !is_for_development(command));
    let calls = builds.filter(|command| command.calls("esbuild"));
    let calls = calls.map(|command| (of_command(command), ScriptLocation::default()));
    self::builds(&mut reading, calls.collect());
    if is_alone {
        finish(&mut reading.plan);
    }
    reading.plan
}

/// Reads one build.
fn build(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let folder = reading.path_of(&options.get("absWorkingDir")).unwrap_or_default();
    let folder = reading.project().join(folder);
    entries(reading, options, &folder);
    for (key, field) in options.fields() {
        let (value, place) = (&field.value, field.place);
        match key.as_str() {
            "format" => word(reading, "format", value, &["esm", "cjs"]),
            "platform" if value.as_text().as_deref() == Some("neutral") => {
                // Its outputs are ES modules unless another format is named.
                if options.get("format").as_text().is_none() {
                    reading.plan.set("format", "esm");
                }
            }
            "platform" => word(reading, "platform", value, &["node"]),
            "target" => target(reading, "target", value, place),
            "define" => webpack::define(reading, value),
            "external" => external(reading, value, options, place),
            "alias" => alias(reading, value, &folder),
            "loader" => loaders(reading, value, place),
            "nodePaths" => {
                let paths = reading.paths_of(value);
                webpack::module_paths(reading, [vec!["node_modules".to_owned()], paths].concat());
            }
            "mainFields" | "conditions" => reading.plan.set(&key, texts(value)),
            "resolveExtensions" => webpack::extensions(reading, &texts(value)),
            "publicPath" => {
                if let Some(path) = value.as_text() {
                    reading.plan.set("publicPath", path);
                }
            }
            "sourcemap" => source_map(reading, value),
            "assetNames" => {
                if let Some(names) = value.as_text() {
                    let pattern = format!("{names}[ext]");
                    webpack::file_names(reading, Vec::new(), &pattern, place);
                }
            }
            // Without `splitting`, there are no chunks.
            "splitting" => {
                let names = options.get("chunkNames").as_text();
                let names = names.unwrap_or_else(|| "[name]-[hash]".to_owned());
                if value.is_true() == Some(true) {
                    webpack::of_pattern(reading, &names);
                }
            }
            "chunkNames" => {}
            "plugins" => plugins(reading, value),
            "outExtension" => {
                let ends = |(usual, field): (&String, &Field)| {
                    field.value.as_text().is_some_and(|other| other.ends_with(usual.as_str()))
                };
                if !value.fields().iter().all(ends) {
                    let remedy = "scripts end in .js: set \"format\", and mend their tags";
                    reading.note(place, "outExtension of esbuild", remedy);
                }
            }
            "banner" | "footer" | "inject" | "tsconfigRaw" | "stdin" => {
                let remedy = "find out whether you need it; \"provide\" imports names";
                reading.note(place, format!("{key} of esbuild"), remedy);
            }
            key if WITHOUT_MEANING.contains(&key) => {}
            key => {
                reading.note(place, format!("the option {key}"), "find out whether you need it");
            }
        }
    }
    jsx(reading, options, place);
    console::of_esbuild(reading, options);
}

/// Sets a key to the word of an option, if it is one of these.
fn word(reading: &mut Reading<'_>, key: &str, value: &Value, words: &[&str]) {
    if let Some(word) = value.as_text().filter(|word| words.contains(&word.as_str())) {
        reading.plan.set(key, word);
    }
}

fn source_map(reading: &mut Reading<'_>, value: &Value) {
    let value = match value.as_text().as_deref() {
        Some("external") => Value::text("hidden"),
        Some("linked") => Value::Boolean(true),
        _ => value.clone(),
    };
    source_maps::of_switch(&mut reading.plan, &value);
}

/// Reads how JSX is compiled.
fn jsx(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let given =
        |key: &str, name: &str| options.get(name).as_text().map(|value| (key.to_owned(), value));
    let is_automatic = options.get("jsx").as_text().as_deref() == Some("automatic");
    let automatic = is_automatic.then(|| ("runtime".to_owned(), "automatic".to_owned()));
    let keys = [
        automatic,
        given("importSource", "jsxImportSource"),
        given("factory", "jsxFactory"),
        given("fragment", "jsxFragment"),
    ];
    babel::set_jsx(reading, keys.into_iter().flatten().collect(), place);
}

/// Adds the outputs.
fn entries(reading: &mut Reading<'_>, options: &Value, folder: &Utf8Path) {
    let path = |value: &Value| Some(absolute(folder, &value.as_text()?));
    let pairs: Vec<(Option<String>, Utf8PathBuf)> = match options.get("entryPoints") {
        Value::Object(fields) => fields
            .borrow()
            .iter()
            .filter_map(|(name, field)| Some((Some(name.clone()), path(&field.value)?)))
            .collect(),
        list => list
            .elements()
            .iter()
            .flat_map(|one| match one {
                Value::Object(_) => {
                    let file = path(&one.get("in")).map(|file| (one.get("out").as_text(), file));
                    file.into_iter().collect()
                }
                one => files_of_path(reading, path(one).as_ref()),
            })
            .collect(),
    };
    let global = options.get("globalName").as_text();
    let base = path(&options.get("outbase")).unwrap_or_else(|| common_folder(&pairs, folder));
    let outdir = options.get("outdir").as_text().unwrap_or_else(|| ".".to_owned());
    let pattern = options.get("entryNames").as_text().unwrap_or_else(|| "[dir]/[name]".to_owned());
    if pattern.contains("[hash]") {
        reading.plan.modes.production.insert("hash".to_owned(), true.into());
    }
    for (name, file) in pairs {
        let inner = name.unwrap_or_else(|| relative(&base, &file.with_extension("")));
        let (dir, name) = inner.rsplit_once('/').unwrap_or(("", &inner));
        let named = ["-[hash]", ".[hash]", "[hash]"]
            .iter()
            .fold(pattern.clone(), |pattern, hash| pattern.replace(hash, ""))
            .replace("[dir]", dir)
            .replace("[name]", name)
            .replace("[ext]", "js");
        let extension = if is_stylesheet(file.as_str()) { "css" } else { "js" };
        let other = options.get("outExtension").get(&format!(".{extension}")).as_text();
        let usual = format!(".{extension}");
        let extension = other.filter(|other| other.ends_with(&usual)).unwrap_or(usual);
        let written = options.get("outfile").as_text();
        let written = written.unwrap_or_else(|| format!("{outdir}/{named}{extension}"));
        let output = absolute(folder, &written);
        let (output, source) = (reading.path(output.as_str()), reading.path(file.as_str()));
        webpack::add(reading, &output, &source);
        reading.plan.output(&output).global_name.clone_from(&global);
    }
}

/// Returns the files of a path, which may be a pattern.
fn files_of_path(
    reading: &Reading<'_>,
    path: Option<&Utf8PathBuf>,
) -> Vec<(Option<String>, Utf8PathBuf)> {
    let Some(path) = path else { return Vec::new() };
    let files = reading.expanded(&reading.path(path.as_str()));
    files.iter().map(|file| (None, absolute(reading.project(), file))).collect()
}

/// Returns the folder that all entries share, which `outbase` is by default.
fn common_folder(pairs: &[(Option<String>, Utf8PathBuf)], folder: &Utf8Path) -> Utf8PathBuf {
    let mut folders = pairs.iter().filter_map(|(_, file)| file.parent());
    let Some(first) = folders.next() else { return folder.to_owned() };
    let shared = folders.fold(first, |shared, next| {
        shared.ancestors().find(|ancestor| next.starts_with(ancestor)).unwrap_or(shared)
    });
    shared.to_owned()
}

/// Reads packages that scripts do not contain. Patterns and addresses stay as they are anyway.
fn external(reading: &mut Reading<'_>, value: &Value, options: &Value, place: ScriptLocation) {
    let format = options.get("format").as_text();
    let is_required = format.is_some_and(|format| format != "iife")
        || options.get("platform").as_text().as_deref() == Some("node");
    for name in texts(value).iter().filter(|name| !name.contains('*') && !name.contains("://")) {
        if name.starts_with(['/', '.']) {
            continue;
        }
        if is_required {
            reading.plan.put("externals", name, true);
        } else {
            webpack::externals(reading, &Value::text(name.as_str()), place);
        }
    }
}

fn alias(reading: &mut Reading<'_>, value: &Value, folder: &Utf8Path) {
    for (name, field) in value.fields() {
        let Some(to) = field.value.as_text() else { continue };
        let to = if to.starts_with(['.', '/']) {
            format!("./{}", tidy(&reading.path(absolute(folder, &to).as_str())))
        } else {
            to
        };
        reading.plan.put("alias", &name, to);
    }
}

/// Reads what files with an extension are.
fn loaders(reading: &mut Reading<'_>, value: &Value, place: ScriptLocation) {
    for (extension, field) in value.fields() {
        let glob = format!("*{extension}");
        match field.value.as_text().unwrap_or_default().as_str() {
            "text" => reading.plan.put("rules", &glob, "raw"),
            "dataurl" => reading.plan.put("rules", &glob, "inline"),
            "file" | "copy" => reading.plan.put("rules", &glob, "url"),
            "js" | "jsx" | "ts" | "tsx" | "json" | "css" | "default" => {}
            other => {
                let what = format!("the loader {other} for *{extension}");
                reading.note(place, what, "docs/assets.md has rules and queries");
            }
        }
    }
}

fn plugins(reading: &mut Reading<'_>, value: &Value) {
    for plugin in value.elements() {
        match &plugin {
            Value::Symbol(symbol) if BUILT_IN.iter().any(|known| symbol.root().contains(known)) => {
            }
            Value::Symbol(symbol) => {
                let what = format!("the plugin {}", symbol.root());
                reading.note(symbol.place, what, "find out whether you need what it does");
            }
            Value::Object(_) => {
                let name = plugin.get("name").as_text().unwrap_or_default();
                if ["sass", "scss"].iter().any(|known| name.contains(known)) {
                    continue;
                }
                let place = plugin.fields().get("setup").map(|field| field.place);
                let what = format!("the plugin {name}, which the project makes");
                let remedy = "find out whether you need what it does: docs/plugins.md";
                reading.note(place.unwrap_or_default(), what, remedy);
            }
            _ => {}
        }
    }
}

/// Adds what esbuild does where nothing is written.
fn finish(plan: &mut Plan) {
    if plan.outputs.is_empty() {
        return;
    }
    if !plan.keys.contains_key("target") {
        plan.set("target", "esnext");
        plan.comment("target", "as esbuild writes by default; without this line it is es5");
    }
    plan.include_one_script_each();
    if plan.keys.get("format").is_some_and(|format| format == "esm") {
        plan.develop_classic_scripts();
    }
    plan.put("assets", "inlineBelow", 0);
}

/// Reads browsers as esbuild and Vite write them: `chrome87`, `["es2020", "safari14"]`. `name`: the
/// option's.
pub fn target(reading: &mut Reading<'_>, name: &str, target: &Value, place: ScriptLocation) {
    let words: Option<Vec<String>> = texts(target).iter().map(|word| query(word)).collect();
    match words.as_deref() {
        Some([]) => {}
        Some([one]) => reading.plan.set("target", one.clone()),
        Some(all) if all.iter().all(|word| word.contains(' ')) => {
            reading.plan.set("target", all.to_vec());
        }
        // An edition beside browsers: the older of both, which only the tool knows.
        Some(_) | None => {
            let edition = texts(target).into_iter().find(|word| word.starts_with("es"));
            if let Some(edition) = edition {
                reading.plan.set("target", edition);
            }
            let what = format!("{name} {}", texts(target).join(", "));
            reading.note(place, what, "write browsers or an edition into \"target\"");
        }
    }
}

/// Returns an edition or a query for browsers; `None` if it is neither.
fn query(word: &str) -> Option<String> {
    if ["modules", "baseline-widely-available"].contains(&word) {
        return Some("es2020".to_owned());
    }
    if word.starts_with("es") {
        return Some(word.to_owned());
    }
    let digits = word.find(|c: char| c.is_ascii_digit())?;
    let (browser, version) = word.split_at(digits);
    let known = ["chrome", "edge", "firefox", "ie", "ios", "opera", "safari"];
    known.contains(&browser).then(|| format!("{browser} >= {version}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_of_chunks() {
        let are_hashed = |options: &str| {
            let files = bundle_base::fs::MemoryFs::new().with("/p/a.js", "");
            let facts = ProjectFacts::of(Utf8Path::new("/p"), std::sync::Arc::new(files));
            let words = format!("esbuild a.js --format=esm --outdir=out {options}");
            let words = words.split_whitespace().map(str::to_owned).collect();
            let command = Command { words, ..Command::default() };
            of_commands(&facts, &[command], true).scripts.are_chunks_hashed
        };
        assert!(are_hashed("--splitting"));
        assert!(are_hashed("--splitting --chunk-names=chunks/[name]-[hash]"));
        assert!(!are_hashed("--splitting --chunk-names=chunks/[name]"));
        assert!(!are_hashed("--bundle"));
    }

    #[test]
    fn targets_as_queries() {
        let shown = |word: &str| query(word).unwrap_or_default();
        assert_eq!(shown("es2015"), "es2015");
        assert_eq!(shown("chrome87"), "chrome >= 87");
        assert_eq!(shown("safari13.1"), "safari >= 13.1");
        assert_eq!(shown("modules"), "es2020");
        assert_eq!(shown("node18"), "");
    }
}
