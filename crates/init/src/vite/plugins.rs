//! Vite's plugins: Laravel's, copies, provided names, the project's own plugins, and those that
//! need no key.

use std::rc::Rc;

use bundle_js::static_evaluation::{ScriptLocation, Symbol, Value};
use camino::Utf8Path;

use super::super::{
    facts::required,
    reading::{Reading, joined, texts},
    webpack, wordpress,
};

/// Parts of the names of packages whose work needs no key.
const BUILT_IN: &[&str] = &[
    "laravel",
    "symfony",
    "tailwindcss",
    "vue",
    "react",
    "preact",
    "tsconfig-paths",
    "visualizer",
    "checker",
    "eslint",
    "stylelint",
    "mkcert",
    "basic-ssl",
    "reload",
    "restart",
    "inspect",
    "compression",
    "imagemin",
    "progress",
    "sass-dts",
    "dts",
    "manifest-sri",
];

/// Returns the first argument of a plugin's call, by a part of the plugin's name.
pub fn options(config: &Value, name: &str) -> Option<Value> {
    plugins_of_packages(config).into_iter().find_map(|symbol| {
        symbol.root().contains(name).then_some(())?;
        let (_, arguments) = symbol.call()?;
        Some(arguments.first().cloned().unwrap_or_default())
    })
}

/// Reads the plugins that are not read elsewhere, and notes those that nothing here replaces.
/// `built`: the folder of `build.outDir`.
pub fn read(reading: &mut Reading<'_>, config: &Value, built: &str) {
    for value in listed(config) {
        let Value::Symbol(symbol) = &value else {
            own_plugin(reading, &value);
            continue;
        };
        let root = symbol.root().to_owned();
        let options = symbol.call().and_then(|(_, arguments)| arguments.first().cloned());
        let options = options.unwrap_or_default();
        if root.contains("static-copy") {
            copies(reading, &options, built, symbol.place);
        } else if root.contains("plugin-svgr") {
            svgr(reading, &options);
        } else if root.contains("plugin-inject") {
            inject(reading, &options, symbol.place);
        } else if root.contains("plugin-externals") {
            externals(reading, &options);
        } else if root.contains("plugin-legacy") {
            let remedy = "for its browsers, remove \"format\" and set \"target\": \"es5\": classic \
                          scripts run in all, so views need no second tag";
            reading.note(symbol.place, "the plugin @vitejs/plugin-legacy", remedy);
        } else if root == "@roots/vite-plugin" {
            of_roots(reading, symbol);
        } else if !root.is_empty() && !BUILT_IN.iter().any(|known| root.contains(known)) {
            let what = format!("the plugin {root}");
            reading.note(symbol.place, what, "find out whether you need what it does");
        }
    }
}

/// Reads vite-plugin-svgr. Since version 4, imports ask for a component by `?react`.
fn svgr(reading: &mut Reading<'_>, options: &Value) {
    let is_by_query = reading.facts.major("vite-plugin-svgr").is_none_or(|major| major >= 4);
    let is_for_all = options.get("include").as_text().is_some_and(|glob| glob.ends_with("*.svg"));
    if !is_by_query || is_for_all {
        let is_default = is_by_query || options.get("exportAsDefault").is_true() == Some(true);
        reading.plan.put("rules", "*.svg", if is_default { "react" } else { "url-react" });
    }
}

/// Reads vite-plugin-externals: packages that are globals of the page, each a name or a list of
/// names, whatever the format.
fn externals(reading: &mut Reading<'_>, options: &Value) {
    for (name, field) in options.fields() {
        let names = texts(&field.value).into_iter().skip_while(|one| one == "window");
        let names: Vec<String> = names.collect();
        if names.is_empty() {
            let remedy = "write its page global into \"externals\"";
            reading.note(field.place, format!("the external {name}"), remedy);
        } else {
            reading.plan.put("externals", &name, joined(&names));
        }
    }
}

/// Reads what Sage's plugins do: scripts take WordPress's packages from the page, and Tailwind's
/// theme becomes theme.json.
fn of_roots(reading: &mut Reading<'_>, symbol: &Symbol) {
    if symbol.path().last() == Some(&"wordpressPlugin") {
        wordpress::of_vite(reading);
        let what = "editor.deps.json: the names of scripts that a script needs";
        let remedy = "include NAME.asset.php of each script: docs/manifests.md#wordpress";
        reading.note(symbol.place, what, remedy);
    } else {
        let what = "theme.json, which is made of Tailwind's theme";
        reading.note(symbol.place, what, "build it once with Vite, and keep it");
    }
}

/// Returns the plugins that packages make, in order.
fn plugins_of_packages(config: &Value) -> Vec<Rc<Symbol>> {
    listed(config).iter().filter_map(Value::as_symbol).map(Rc::clone).collect()
}

/// Returns the plugins, in order; those of lists in the list too.
fn listed(config: &Value) -> Vec<Value> {
    fn collect(value: &Value, found: &mut Vec<Value>) {
        match value {
            Value::List(_) => value.elements().iter().for_each(|one| collect(one, found)),
            Value::Symbol(_) | Value::Object(_) => found.push(value.clone()),
            _ => {}
        }
    }
    let mut found = Vec::new();
    collect(&config.get("plugins"), &mut found);
    found
}

/// Hooks that builds call.
const HOOKS: [&str; 3] = ["resolveId", "load", "transform"];
/// Hooks of the development server.
const OF_SERVER: [&str; 4] =
    ["configureServer", "configurePreviewServer", "handleHotUpdate", "hotUpdate"];

/// Reads a plugin that the project's own files make: builds run one that is the default export of a
/// file and has no options.
fn own_plugin(reading: &mut Reading<'_>, plugin: &Value) {
    let fields = plugin.fields();
    let has = |hooks: &[&str]| hooks.iter().any(|hook| fields.contains_key(*hook));
    let is_for_server = plugin.get("apply").as_text().as_deref() == Some("serve")
        || has(&OF_SERVER) && !has(&HOOKS);
    let place = fields.get("name").map(|field| field.place).unwrap_or_default();
    if is_for_server || fields.is_empty() {
        return;
    }
    if let Some(file) = file_of(reading, place).filter(|_| has(&HOOKS)) {
        reading.plan.plugin(file);
        return;
    }
    let name = plugin.get("name").as_text();
    let what = format!("the plugin {}, which the project makes", name.unwrap_or_default());
    let remedy = "make it the default export of a file, and name that in \"plugins\": \
                  docs/plugins.md";
    reading.note(place, what.replace("  ", " ").replace(" ,", ","), remedy);
}

/// Returns the file whose default export made a plugin, as `plugins` names it; `None` if the
/// configuration does not call that export without options.
fn file_of(reading: &Reading<'_>, place: ScriptLocation) -> Option<String> {
    let config = reading.script.file(ScriptLocation { file: 0, line: 1 }).to_owned();
    let file = reading.script.file(place).to_owned();
    if place.line == 0 || file == config {
        return None;
    }
    let text = reading.facts.fs.read(&config).ok()?;
    let text = String::from_utf8_lossy(&text);
    let folder = config.parent()?;
    let leads_to_file = |specifier: &&str| {
        let path = bundle_base::config::absolute(folder, specifier);
        specifier.starts_with('.') && (path == file || path == file.with_extension(""))
    };
    let specifier = required(&text).find(leads_to_file)?;
    let line = text.lines().find(|line| line.contains(specifier))?;
    let words = line.trim_start().trim_start_matches("import ").trim_start_matches("const ");
    let name = words.split(|c: char| !c.is_alphanumeric() && !"_$".contains(c)).next()?;
    let calls = |call: &str| text.matches(call).count();
    let plain = calls(&format!("{name}()"));
    let is_called = !name.is_empty() && plain > 0 && plain == calls(&format!("{name}("));
    let path = file.strip_prefix(reading.project()).unwrap_or(Utf8Path::new(""));
    (is_called && !path.as_str().is_empty()).then(|| format!("./{path}"))
}

/// @rollup/plugin-inject: names that become imports.
fn inject(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    const OTHERS: [&str; 5] = ["include", "exclude", "sourceMap", "sourcemap", "modules"];
    let modules = options.get("modules");
    let mut names = if modules.is_missing() { options.fields() } else { modules.fields() };
    if modules.is_missing() {
        names.retain(|name, _| !OTHERS.contains(&name.as_str()));
    }
    webpack::provide(reading, &Value::object(names), place);
}

/// vite-plugin-static-copy: a file that a pattern finds, and a folder, go below `dest`, which is
/// relative to `build.outDir`.
fn copies(reading: &mut Reading<'_>, options: &Value, built: &str, place: ScriptLocation) {
    // Since version 4, files keep their folders unless `rename` takes these away.
    let is_new = reading.facts.major("vite-plugin-static-copy").is_some_and(|major| major >= 4);
    for target in options.get("targets").elements() {
        let to = target.get("dest").as_text();
        let (Some(to), sources) = (to, texts(&target.get("src"))) else { continue };
        let rename = target.get("rename");
        let is_flat = matches!(rename.get("stripBase"), Value::Boolean(true))
            && rename.get("name").is_missing();
        if sources.is_empty() || !rename.is_missing() && !is_flat {
            reading.note(place, "files that are copied", "write their paths into \"copy\"");
            continue;
        }
        for source in sources {
            let keeps_folders = is_new && !is_flat && !source.starts_with("..");
            let from = reading.path(&source);
            if !from.contains(['*', '{']) && !reading.is_file(&from) && !reading.is_folder(&from) {
                reading.note_missing_copy(&from, place);
                continue;
            }
            let inner = inner_path(&from, keeps_folders);
            let to = if to.starts_with('/') { to.clone() } else { format!("{built}/{to}") };
            let to = reading.path(&format!("{to}/{inner}"));
            reading.plan.copy_within(&from, to.trim_end_matches('/'));
        }
    }
}

/// Returns where a file or the files of a pattern go below `dest`.
fn inner_path(from: &str, keeps_folders: bool) -> String {
    let is_pattern = from.contains(['*', '{']);
    let fixed: Vec<&str> = from.split('/').take_while(|part| !part.contains(['*', '{'])).collect();
    match (is_pattern, keeps_folders) {
        (_, true) => fixed.join("/"),
        (true, false) => String::new(),
        (false, false) => fixed.last().copied().unwrap_or_default().to_owned(),
    }
}
