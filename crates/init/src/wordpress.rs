//! Plugins and themes of WordPress: `@wordpress/scripts`, `10up-toolkit`, and the webpack plugin
//! that leaves WordPress's own packages out of the scripts and lists them in `NAME.asset.php`.

use std::sync::Arc;

use bundle_base::{
    FileSystem,
    fs::{DirEntry, FileKind, FsError},
};
use bundle_js::static_evaluation::Value;
use camino::{Utf8Path, Utf8PathBuf};
use serde_json::{Value as Json, json};

use super::{
    facts::ProjectFacts,
    imports,
    plan::{Note, Plan},
    reading::{Reading, camel_case, joined},
};

mod commands; // several commands with one configuration
mod project; // what a project of @wordpress/scripts has
mod toolkit; // what a project of 10up-toolkit has

pub use commands::of_commands;
use project::{Project, TOOL, has_read};

const PLUGIN: &str = "@wordpress/dependency-extraction-webpack-plugin";
/// What the module of the tool exports, and what that of its commands does.
const EXPORTED: [&str; 2] = [
    "const script = scriptOf(project);
module.exports = project.hasModules ? [script, { ...script, entry: {} }] : script;
",
    "module.exports = projects.map((project) => (
  { words: project.words, file: project.file, script: scriptOf(project) }));
",
];
/// Packages that scripts contain although their names begin with `@wordpress/`.
const BUNDLED: [&str; 13] = [
    "admin-ui",
    "dataviews",
    "dataviews/wp",
    "fields",
    "grid",
    "icons",
    "interface",
    "kebab-case",
    "style-runtime",
    "sync",
    "ui",
    "undo-manager",
    "views",
];
/// Other packages whose globals WordPress's pages have.
const GIVEN: [(&str, &str); 9] = [
    ("@wordpress/*", "wp.*"),
    ("react", "React"),
    ("react-dom", "ReactDOM"),
    ("react-dom/client", "ReactDOM"),
    (JSX_RUNTIME, "ReactJSXRuntime"),
    ("jquery", "jQuery"),
    ("lodash", "lodash"),
    ("lodash-es", "lodash"),
    ("moment", "moment"),
];
/// What compiled JSX imports.
const JSX_RUNTIME: &str = "react/jsx-runtime";
/// Packages of `WooCommerce` whose globals its pages have: the global below `wc`, and the handle if
/// it differs from the pattern of the others.
const OF_SHOP: [(&str, &str, &str); 15] = [
    ("blocks-checkout", "", ""),
    ("blocks-registry", "wcBlocksRegistry", ""),
    ("components", "", ""),
    ("csv-export", "", "wc-csv"),
    ("currency", "", ""),
    ("customer-effort-score", "", ""),
    ("data", "", "wc-store-data"),
    ("date", "", ""),
    ("experimental", "", ""),
    ("explat", "", ""),
    ("navigation", "", ""),
    ("notices", "", ""),
    ("number", "", ""),
    ("settings", "wcSettings", ""),
    ("tracks", "", ""),
];

/// The disk with the modules of `@wordpress/scripts` and `10up-toolkit` that configurations
/// require. The packages' own modules compute everything from the disk; ours have the same values
/// as data. load-grunt-config is left out: its name is that of a configuration, and the reader of
/// Grunt needs the calls of it.
pub struct WithDefaults {
    fs: Arc<dyn FileSystem>,
    files: Vec<(Utf8PathBuf, String)>,
    notes: Vec<Note>,
}

impl WithDefaults {
    /// Looks at the project.
    pub fn of(facts: &ProjectFacts) -> Self {
        let projects = Project::all(facts);
        let folder = facts.project.join("node_modules").join(TOOL);
        let all: Vec<Json> = projects.iter().map(|project| project.to_json(facts)).collect();
        let data = format!("const projects = {};\nconst project = projects[0];\n", json!(all));
        let utils = data.clone() + include_str!("wordpress/utils.js");
        let config = data + include_str!("wordpress/default.js");
        let [of_tool, of_commands] = EXPORTED.map(|exports| format!("{config}\n{exports}"));
        let toolkit = facts.project.join("node_modules/10up-toolkit/config/webpack.config.js");
        let mut files = vec![
            (folder.join("config/webpack.config.js"), of_tool),
            (toolkit, toolkit::configuration(facts)),
            (folder.join(commands::FILE), of_commands),
            (folder.join("utils/index.js"), utils.clone()),
            (folder.join("utils/config.js"), utils),
        ];
        let of_plugin = facts.project.join("node_modules").join(PLUGIN).join("lib/util.js");
        if facts.fs.kind(&of_plugin) != Some(FileKind::File) {
            files.push((of_plugin, include_str!("wordpress/plugin.js").to_owned()));
        }
        let notes = projects.into_iter().flat_map(|project| project.notes).collect();
        Self { fs: Arc::clone(&facts.fs), files, notes }
    }

    /// Returns the path of the configuration of `@wordpress/scripts`.
    pub fn config(&self) -> &Utf8Path {
        &self.files[0].0
    }

    /// Returns the path of the configuration of `10up-toolkit`.
    pub fn toolkit(&self) -> &Utf8Path {
        &self.files[1].0
    }

    fn notes(&self) -> impl Iterator<Item = Note> {
        let copy = |note: &Note| Note {
            at: note.at.clone(),
            what: note.what.clone(),
            remedy: note.remedy.clone(),
        };
        self.notes.iter().map(copy)
    }

    fn text(&self, path: &Utf8Path) -> Option<&str> {
        self.files.iter().find(|(file, _)| file == path).map(|(_, text)| text.as_str())
    }
}

impl FileSystem for WithDefaults {
    fn read(&self, path: &Utf8Path) -> Result<Vec<u8>, FsError> {
        self.text(path).map_or_else(|| self.fs.read(path), |text| Ok(text.as_bytes().to_vec()))
    }

    fn kind(&self, path: &Utf8Path) -> Option<FileKind> {
        if path.as_str().contains("/node_modules/load-grunt-config/") {
            return None;
        }
        self.text(path).map_or_else(|| self.fs.kind(path), |_| Some(FileKind::File))
    }

    fn list(&self, path: &Utf8Path) -> Result<Vec<DirEntry>, FsError> {
        self.fs.list(path)
    }

    fn canonical(&self, path: &Utf8Path) -> Result<Utf8PathBuf, FsError> {
        self.fs.canonical(path)
    }

    fn read_link(&self, path: &Utf8Path) -> Option<Utf8PathBuf> {
        self.fs.read_link(path)
    }
}

/// Whether builds copy PHP files, because WordPress includes them.
pub fn copies_programs(facts: &ProjectFacts) -> bool {
    let of_shop = "@woocommerce/dependency-extraction-webpack-plugin";
    let packages = [TOOL, PLUGIN, toolkit::TOOL, of_shop];
    packages.into_iter().any(|package| facts.range(package).is_some())
}

/// Adds what follows from the configuration of a tool, if the script requires it.
pub fn complete(reading: &mut Reading<'_>, defaults: &WithDefaults) {
    if has_read(reading, defaults.toolkit()) {
        reading.plan.set("watch", json!({ "reload": ["**/*.php"] }));
    }
    if !has_read(reading, defaults.config()) {
        return;
    }
    reading.plan.notes.extend(defaults.notes());
    if reading.plan.keys.get("define").is_some_and(|all| all.get("SCRIPT_DEBUG").is_some()) {
        let names = ["globalThis.SCRIPT_DEBUG", "SCRIPT_DEBUG"].map(|name| (name.to_owned(), true));
        let define = names.into_iter().collect::<indexmap::IndexMap<_, _>>();
        reading.plan.modes.development.insert("define".to_owned(), json!(define));
    }
    reading.plan.set("watch", json!({ "reload": ["**/*.php"] }));
    if reading.plan.scripts.are_styles_split {
        split_styles(reading.facts, &mut reading.plan);
    }
}

/// Adds `style-NAME.css` for each script that imports a stylesheet named `style`: pages of the site
/// load it, and the editor loads `NAME.css` too.
fn split_styles(facts: &ProjectFacts, plan: &mut Plan) {
    let found: Vec<(String, Vec<String>)> = plan
        .outputs
        .iter()
        .map(|(path, sources)| {
            let styles = imports::styles(facts, &sources.modules);
            (path.clone(), styles.into_iter().filter(|style| is_shared_style(style)).collect())
        })
        .collect();
    for (path, styles) in found {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        for style in styles {
            plan.output(&format!("{folder}/style-{name}.css")).styles.push(style);
        }
    }
}

/// Whether a stylesheet is named `style`: `style.scss`, `style.module.css`.
fn is_shared_style(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    ["css", "scss", "sass", "pcss"].contains(&extension)
        && ["style", "style.module"].contains(&stem)
}

/// Reads the webpack plugin among those of a configuration, once the entries are known. Returns
/// whether there is one.
pub fn of_configuration(reading: &mut Reading<'_>, config: &Value) -> bool {
    let mut has_plugin = false;
    for plugin in config.get("plugins").elements() {
        let Some(symbol) = plugin.as_symbol() else { continue };
        let root = symbol.root();
        if !root.ends_with("/dependency-extraction-webpack-plugin") {
            continue;
        }
        let arguments = symbol.call().map(|(_, arguments)| arguments).unwrap_or_default();
        let options = arguments.first().cloned().unwrap_or_default();
        note_options(reading, &options);
        externals(reading, &options, root.starts_with("@woocommerce/"));
        manifest(reading);
        has_plugin = true;
    }
    has_plugin
}

/// Whether pages of WordPress have a package.
pub fn is_given(request: &str) -> bool {
    usual_global(request, false).is_some()
}

/// Adds what the plugin of Sage for Vite does. Its scripts read globals, so they are classic ones.
pub fn of_vite(reading: &mut Reading<'_>) {
    externals(reading, &Value::Undefined, false);
    manifest(reading);
    for (key, value) in [("format", "iife"), ("splitting", "async")] {
        reading.plan.keys.insert(key.to_owned(), value.into());
        reading.plan.modes.development.remove(key);
    }
    reading.plan.comments.shift_remove("modes");
    reading.plan.comments.shift_remove("manifest");
    let comment = "manifest.json as Vite writes it, and NAME.asset.php beside each script";
    reading.plan.comment("manifest", comment);
}

/// Adds what pages have, as the preset of Bud for WordPress does.
pub fn of_bud(reading: &mut Reading<'_>) {
    externals(reading, &Value::Undefined, false);
}

/// Notes options that no key replaces.
fn note_options(reading: &mut Reading<'_>, options: &Value) {
    for (key, field) in options.fields() {
        let is_on = field.value.is_true() == Some(true);
        let what = match key.as_str() {
            "combineAssets" | "combinedOutputFile" if is_on => "one file for all scripts",
            "outputFormat" if field.value.as_text().as_deref() == Some("json") => {
                "lists of dependencies as JSON"
            }
            "outputFilename" if is_on => "another name for NAME.asset.php",
            _ => continue,
        };
        let remedy = "include NAME.asset.php of each script: docs/manifests.md#wordpress";
        reading.note(field.place, format!("{key}: {what}"), remedy);
    }
}

/// Adds what pages have.
fn externals(reading: &mut Reading<'_>, options: &Value, is_of_shop: bool) {
    let (to_external, to_handle) =
        (options.get("requestToExternal"), options.get("requestToHandle"));
    let has_defaults = !matches!(options.get("useDefaults"), Value::Boolean(false));
    let modules: Vec<String> =
        reading.plan.outputs.values().flat_map(|sources| sources.modules.clone()).collect();
    let alias = reading.plan.keys.get("alias").cloned().unwrap_or_default();
    for request in imports::packages(reading.facts, &modules, &alias) {
        let usual = usual_global(&request, is_of_shop).filter(|_| has_defaults);
        let (global, is_usual) = match asked(reading, &to_external, &request) {
            Answer::Name(global) => (global, false),
            Answer::Contained if usual.is_some() => {
                reading.plan.put("externals", &request, false);
                continue;
            }
            Answer::Contained => continue,
            Answer::Default => match usual {
                Some(global) => (global, true),
                None => continue,
            },
        };
        let of_shop = shop(&request).filter(|_| is_of_shop).map(|(_, handle)| handle);
        let handle = match asked(reading, &to_handle, &request) {
            Answer::Name(handle) => Some(handle),
            Answer::Contained | Answer::Default => of_shop,
        };
        if let Some(handle) = handle {
            let value = json!({ "global": global, "handle": handle });
            reading.plan.put("externals", &request, value);
        } else if !is_usual {
            reading.plan.put("externals", &request, global);
        }
    }
    if has_defaults {
        for name in BUNDLED {
            reading.plan.put("externals", &format!("@wordpress/{name}"), false);
        }
        let given = GIVEN.iter().filter(|(name, _)| *name != JSX_RUNTIME || has_jsx(reading.facts));
        for (name, global) in given.copied().collect::<Vec<_>>() {
            reading.plan.put("externals", name, global);
        }
        let comment = "what WordPress's pages have; false: scripts contain the package";
        reading.plan.comment("externals", comment);
    }
}

/// The answer of a function in the options to a request.
enum Answer {
    /// Nothing: the defaults decide.
    Default,
    /// Scripts contain the package.
    Contained,
    /// A global or a handle.
    Name(String),
}

/// Asks a function of the options about a request; the answer is a name, or its parts.
fn asked(reading: &mut Reading<'_>, function: &Value, request: &str) -> Answer {
    let Value::Function(_) = function else { return Answer::Default };
    match reading.script.call(function, vec![Value::text(request)]) {
        Value::Text(name) if !name.is_empty() => Answer::Name(name),
        list @ Value::List(_) => {
            let parts: Option<Vec<String>> = list.elements().iter().map(Value::as_text).collect();
            parts.map_or(Answer::Default, |parts| Answer::Name(joined(&parts)))
        }
        Value::Null | Value::Boolean(false) | Value::Text(_) => Answer::Contained,
        _ => Answer::Default,
    }
}

/// Whether pages have what compiled JSX imports: since version 6 of the plugin, which version 28 of
/// the tool has.
fn has_jsx(facts: &ProjectFacts) -> bool {
    let of_plugin = facts.major(PLUGIN).map(|major| major >= 6);
    of_plugin.or_else(|| Some(facts.major(TOOL)? >= 28)).unwrap_or(true)
}

/// Returns the global that pages have for a request.
fn usual_global(request: &str, is_of_shop: bool) -> Option<String> {
    if let Some((global, _)) = shop(request).filter(|_| is_of_shop) {
        return Some(global);
    }
    if let Some(package) = request.strip_prefix("@wordpress/") {
        let is_bundled = BUNDLED.contains(&package) || package.contains('/');
        return (!is_bundled).then(|| format!("wp.{}", camel_case(package)));
    }
    GIVEN.iter().find(|(name, _)| *name == request).map(|(_, global)| (*global).to_owned())
}

/// Returns the global and the handle of a package of `WooCommerce`.
fn shop(request: &str) -> Option<(String, String)> {
    let package = request.strip_prefix("@woocommerce/")?;
    let (_, global, handle) = OF_SHOP.iter().find(|(name, ..)| *name == package)?;
    let global = if global.is_empty() { camel_case(package) } else { (*global).to_owned() };
    let handle = if handle.is_empty() { format!("wc-{package}") } else { (*handle).to_owned() };
    Some((format!("wc.{global}"), handle))
}

/// Adds the manifest to those that there are.
fn manifest(reading: &mut Reading<'_>) {
    let known = reading.plan.keys.get("manifest").cloned();
    let mut kinds: Vec<Json> = known.and_then(|all| all.as_array().cloned()).unwrap_or_default();
    if !kinds.contains(&json!("wordpress")) {
        kinds.push("wordpress".into());
    }
    let manifest = if kinds.len() == 1 { kinds.remove(0) } else { kinds.into() };
    reading.plan.keys.insert("manifest".to_owned(), manifest);
    reading.plan.comment("manifest", "NAME.asset.php beside each script, for wp_enqueue_script()");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globals_of_packages() {
        let shown = |request| usual_global(request, true).unwrap_or_default();
        assert_eq!(shown("@wordpress/block-editor"), "wp.blockEditor");
        assert_eq!(shown("@wordpress/icons"), "");
        assert_eq!(shown("jquery"), "jQuery");
        assert_eq!(shown("@woocommerce/settings"), "wc.wcSettings");
        assert_eq!(shown("@woocommerce/csv-export"), "wc.csvExport");
        assert_eq!(usual_global("@woocommerce/settings", false), None);
    }

    #[test]
    fn shared_stylesheets() {
        assert!(is_shared_style("src/a/style.scss"));
        assert!(is_shared_style("style.module.css"));
        assert!(!is_shared_style("src/my-style.scss"));
    }
}
