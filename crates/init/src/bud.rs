//! Reads bud.config.js, the build of Sage's themes: each call on what its function gets.

use std::rc::Rc;

use bundle_js::static_evaluation::{Field, Object, Origin, ScriptLocation, Symbol, Value};
use camino::Utf8Path;
use serde_json::json;

use super::{
    asset_names::{FONTS, IMAGES, listed},
    console,
    plan::tidy,
    reading::{Reading, call_of, texts},
    source_maps, webpack, wordpress,
};
use paths::Paths;

mod paths; // what `@src` means

/// What the evaluator calls Bud.
const BUD: &str = "@roots/bud";

/// Calls that need no key.
const WITHOUT_MEANING: &[&str] = &[
    // What a call returns is called.
    "",
    "after",
    "bootstrap",
    "cache",
    "compilePaths",
    "container",
    "every",
    "experiments",
    "get",
    "glob",
    "globSync",
    "log",
    "make",
    "persist",
    "proxy",
    "resolve",
    "resolveSync",
    "runtime",
    "serve",
    "setProxyUrl",
    "setPath",
    "setUrl",
    "use",
    "watch",
];
/// Members of Bud that have calls of their own, which need no key.
const MEMBERS_WITHOUT_MEANING: &[&str] = &[
    "cache",
    "cssMinimizer",
    "env",
    "eslint",
    "extensions",
    "fs",
    "imagemin",
    "minify",
    "minifyCss",
    "minifyJs",
    "module",
    "prettier",
    "react",
    "sage",
    "stylelint",
    "terser",
    "typescript",
];
/// The others. Their calls are noted, except for those of Sass.
const MEMBERS: &[&str] = &[
    "babel", "build", "compress", "hooks", "postcss", "purgecss", "sass", "swc", "tailwind",
    "wpjson",
];

/// Reads the calls of the configuration's function.
pub fn read(reading: &mut Reading<'_>, exports: &Value) {
    let bud = Value::symbol(Origin::Name(BUD.to_owned()), ScriptLocation { file: 0, line: 1 });
    reading.script.call(exports, vec![bud]);
    let calls = reading.script.calls().iter().filter(|call| call.root() == BUD);
    let calls: Vec<Rc<Symbol>> = calls.map(Rc::clone).collect();
    let is_sage = reading.facts.range("@roots/sage").is_some();
    let paths = Paths::of(&calls, is_sage);
    let out = tidy(&reading.path(&paths.resolved("@dist")));
    reading.plan.out_dir = Some(out.clone());
    let is_hashed = is_called(&calls, "hash").unwrap_or(is_sage);
    if is_hashed {
        reading.plan.modes.production.insert("hash".to_owned(), true.into());
    }
    let build = Build { paths, out, is_hashed };
    for call in &calls {
        build.one_call(reading, call);
    }
    let mut compilers = calls.iter().filter(|call| call_of(call).0 == "make");
    if let Some(second) = compilers.nth(1) {
        let remedy = "one build has one @src and one @dist: give each a configuration of its own";
        reading.note(second.place, "several compilers of bud.make()", remedy);
    }
    build.names(reading);
    splitting(reading, &calls);
    build.run_time(reading, &calls);
    for (handle, path) in build.paths.handles() {
        let path = reading.path(&path);
        if reading.is_folder(&path) {
            reading.plan.put("alias", &handle, format!("./{path}"));
        }
    }
    let sources = reading.path(&build.paths.resolved("@src"));
    webpack::module_paths(reading, vec![sources]);
    let for_wordpress =
        ["@roots/sage", "@roots/bud-preset-wordpress", "@roots/bud-wordpress-externals"];
    if for_wordpress.iter().any(|package| reading.facts.range(package).is_some()) {
        wordpress::of_bud(reading);
    }
    note_registrations(reading);
    reading.plan.set("manifest", "bud");
    reading.plan.comment("manifest", "as Bud writes it, for bundle() and asset() of Acorn");
}

/// Notes `roots.register.blocks("@scripts/blocks")`, which Bud replaces in scripts.
fn note_registrations(reading: &mut Reading<'_>) {
    const CALL: &str = "roots.register.";
    let outputs = reading.plan.outputs.values();
    let modules: Vec<String> = outputs.flat_map(|sources| sources.modules.clone()).collect();
    for module in modules {
        let text = reading.facts.text(&reading.project().join(&module));
        let Some(line) = text.lines().position(|line| line.contains(CALL)) else { continue };
        let remedy = "Bud's loader replaces it: import the files with import.meta.glob(), and \
                      register each";
        let at = format!("{module}:{}", line + 1);
        reading.plan.note(&at, "roots.register, which bundle leaves as it is", remedy);
    }
}

/// Whether a call switches something on or off. The last one counts. `None`: there is none.
fn is_called(calls: &[Rc<Symbol>], name: &str) -> Option<bool> {
    let last = calls.iter().rev().map(|call| call_of(call)).find(|(called, _)| *called == name);
    let (_, arguments) = last?;
    Some(arguments.first().is_none_or(|first| first.is_true() != Some(false)))
}

/// Without shared chunks, each script of an entry is whole.
fn splitting(reading: &mut Reading<'_>, calls: &[Rc<Symbol>]) {
    if is_called(calls, "splitChunks") == Some(true) {
        reading.plan.set("splitting", true);
    } else if reading.plan.outputs.len() > 1 {
        reading.plan.set("splitting", "async");
        reading.plan.comment("splitting", "as before: each script of an entry is whole");
    }
}

/// What all calls need.
struct Build {
    paths: Paths,
    /// The folder of the outputs.
    out: String,
    is_hashed: bool,
}

impl Build {
    fn one_call(&self, reading: &mut Reading<'_>, call: &Symbol) {
        let path = call.path();
        let (name, arguments) = call_of(call);
        let place = call.place;
        // `app.entry(…).wpjson.settings(…).enable()` has calls of both.
        let before = path.split_last().map(|(_, before)| before).unwrap_or_default();
        let is_member =
            |part: &&&str| MEMBERS.contains(*part) || MEMBERS_WITHOUT_MEANING.contains(*part);
        if let Some(member) = before.iter().find(is_member) {
            return self.call_of_member(reading, member, call);
        }
        let first = arguments.first().cloned().unwrap_or_default();
        match name {
            "entry" => self.entries(reading, arguments, place),
            "assets" => self.copied(reading, &first, place),
            "copyDir" | "copyFile" => self.copied(reading, &pair(&first), place),
            "setPublicPath" | "publicPath" => {
                let path = first.as_text().filter(|path| !path.is_empty() && path != "auto");
                if let Some(path) = path {
                    reading.plan.set("publicPath", format!("{}/", path.trim_end_matches('/')));
                }
            }
            "alias" => self.aliases(reading, arguments, place),
            "bundle" => self.bundle(reading, arguments, place),
            "provide" => {
                for (package, field) in first.fields() {
                    for name in texts(&field.value) {
                        reading.plan.put("provide", &name, package.as_str());
                    }
                }
            }
            "define" => webpack::define(reading, &first),
            "externals" => webpack::externals(reading, &first, place),
            "minimize" if first.is_true() == Some(false) && !first.is_missing() => {
                reading.plan.set("minify", false);
            }
            "devtool" => {
                if let Some(word) = first.as_text() {
                    source_maps::of_devtool(&mut reading.plan, &word);
                }
            }
            "config" | "webpackConfig" | "override" => webpack_options(reading, &first),
            "hash" | "minimize" | "splitChunks" => {}
            name if WITHOUT_MEANING.contains(&name) => {}
            _ => {
                let remedy = "find out whether you need what it does";
                reading.note(place, format!("bud.{}()", own_path(call)), remedy);
            }
        }
    }

    /// Reads a call on a member, such as `bud.sass`.
    fn call_of_member(&self, reading: &mut Reading<'_>, member: &str, call: &Symbol) {
        let (name, arguments) = call_of(call);
        let remedy = match (member, name) {
            ("sass", "importGlobal" | "registerGlobal" | "setGlobal") => {
                return self.sass_of_all(reading, arguments);
            }
            ("terser", "dropConsole") => return console::drop_calls(reading),
            ("build", "setInclude") => return,
            ("wpjson", _) => "keep the theme.json that Bud wrote last, and edit it",
            ("tailwind" | "postcss", _) => "write it into postcss.config.js: docs/styles.md",
            _ if MEMBERS_WITHOUT_MEANING.contains(&member) => return,
            _ => "find out whether you need what it does",
        };
        // One note for each member.
        let what = format!("bud.{member}");
        if !reading.plan.notes.iter().any(|note| note.what == what) {
            reading.note(call.place, what, remedy);
        }
    }

    /// Adds what every stylesheet begins with: files, or Sass.
    fn sass_of_all(&self, reading: &mut Reading<'_>, arguments: &[Value]) {
        let import = |text: String| {
            if text.contains([':', ';']) {
                return text;
            }
            format!("@import \"{}\";", reading.path(&self.paths.resolved(&text)))
        };
        let lines: Vec<String> = arguments.iter().flat_map(texts).map(import).collect();
        if !lines.is_empty() {
            reading.plan.put("sass", "loadPaths", json!(["."]));
            reading.plan.put("sass", "additionalData", lines.join("\n"));
        }
    }

    /// Reads `entry("app", ["@scripts/app", "@styles/app"])`, and an object of such entries.
    fn entries(&self, reading: &mut Reading<'_>, arguments: &[Value], place: ScriptLocation) {
        let [first, second] = [0, 1].map(|at| arguments.get(at).cloned().unwrap_or_default());
        let entries: Vec<(String, Value)> = match (&first, first.as_text()) {
            (Value::Object(_), _) => {
                first.fields().into_iter().map(|(name, field)| (name, field.value)).collect()
            }
            (_, Some(name)) if !second.is_missing() => vec![(name, second)],
            // Such an entry has the name of its first source.
            _ => {
                let source = texts(&first).into_iter().next().unwrap_or_default();
                let path = Utf8Path::new(source.trim_start_matches(['.', '/'])).with_extension("");
                let name = path.as_str();
                let name = name.strip_prefix('@').and_then(|name| name.split_once('/'));
                vec![(name.map_or(path.to_string(), |(_, name)| name.to_owned()), first)]
            }
        };
        for (name, value) in entries {
            let import = value.get("import");
            let value = if import.is_missing() { value } else { import };
            let sources: Vec<String> = sources_of(&value);
            let sources: Vec<String> =
                sources.iter().flat_map(|source| self.paths.sources(reading, source)).collect();
            if sources.is_empty() {
                let remedy = "write its sources into \"areas\"";
                reading.note(place, format!("the entry {name}"), remedy);
            }
            self.add(reading, &name, &sources);
        }
    }

    /// Adds the outputs of an entry: `js/app.js`, and `css/app.css` if it has stylesheets.
    fn add(&self, reading: &mut Reading<'_>, name: &str, sources: &[String]) {
        let style = format!("{}/css/{name}.css", self.out);
        let script = format!("{}/js/{name}.js", self.out);
        webpack::add_with_styles(reading, &script, &style, sources);
    }

    /// Reads folders and files that are copied: names in `@src`, or rules of copy-webpack-plugin.
    fn copied(&self, reading: &mut Reading<'_>, first: &Value, place: ScriptLocation) {
        let all = if let Value::List(_) = first { first.elements() } else { vec![first.clone()] };
        for one in all {
            let written = one.get("from");
            let Some(written) = written.as_text().or_else(|| one.as_text()) else {
                reading.note(place, "files that are copied", "write their paths into \"copy\"");
                continue;
            };
            let from = self.paths.of_source(reading, &written);
            let to = one.get("to").as_text().map(|to| self.paths.resolved(&to));
            let sources = reading.path(&self.paths.resolved("@src"));
            let inner = from.strip_prefix(&format!("{sources}/"));
            let to = to.unwrap_or_else(|| inner.unwrap_or(&from).to_owned());
            let to = to.split(['[', '*']).next().unwrap_or_default();
            let to = if to.len() < from.len() && from.contains('*') && !to.ends_with('/') {
                to.rsplit_once('/').map_or("", |(folder, _)| folder)
            } else {
                to
            };
            let to = to.strip_prefix(&format!("{}/", self.out)).unwrap_or(to);
            let is_there = reading.is_file(&from) || reading.is_folder(&from);
            if is_there || from.contains('*') {
                reading.plan.copy_within(&from, &format!("{}/{to}", self.out));
            } else if one.as_text().is_none() && one.get("noErrorOnMissing").is_true() != Some(true)
            {
                // A name alone may lead to nothing.
                reading.note_missing_copy(&from, place);
            }
        }
    }

    /// Reads `alias("@x", "@src/x")`, or an object of aliases.
    fn aliases(&self, reading: &mut Reading<'_>, arguments: &[Value], place: ScriptLocation) {
        let first = arguments.first().cloned().unwrap_or_default();
        let pairs: Vec<(String, Value)> = match first.as_text() {
            Some(name) => vec![(name, arguments.get(1).cloned().unwrap_or_default())],
            None => first.fields().into_iter().map(|(name, field)| (name, field.value)).collect(),
        };
        for (name, to) in pairs {
            let to = match to.as_text() {
                Some(text) if self.paths.has_handle(&text) => {
                    Value::text(format!("{}/{}", reading.project(), self.paths.resolved(&text)))
                }
                _ => to,
            };
            webpack::alias(reading, &name, &to, place);
        }
    }

    /// Reads `bundle("vendor", ["react"])`: packages that entries share.
    fn bundle(&self, reading: &mut Reading<'_>, arguments: &[Value], place: ScriptLocation) {
        let [name, packages] = [0, 1].map(|at| arguments.get(at).cloned().unwrap_or_default());
        let name = name.as_text().unwrap_or_else(|| "vendor".to_owned());
        let packages = match &packages {
            Value::Undefined => vec![name.clone()],
            Value::Pattern(source, _) if source.contains("node_modules") => vec!["*".to_owned()],
            other => texts(other),
        };
        if packages.is_empty() {
            let remedy = "name its packages in an area with \"shared\"";
            return reading.note(place, format!("the bundle {name}"), remedy);
        }
        reading.plan.library(&format!("{}/js/{name}", self.out), packages);
    }

    /// Writes an empty `js/runtime.js` if the script asks for webpack's run-time code: PHP files
    /// may register it. Sage's read entrypoints.json.
    fn run_time(&self, reading: &mut Reading<'_>, calls: &[Rc<Symbol>]) {
        let call = calls.iter().rev().find(|call| call_of(call).0 == "runtime");
        let Some(call) = call.filter(|_| reading.facts.range("@roots/sage").is_none()) else {
            return;
        };
        match call_of(call).1.first() {
            Some(Value::Boolean(false)) => {}
            Some(Value::Text(kind)) if kind == "multiple" => {
                let remedy = "there are none: remove their tags from the views";
                reading.note(call.place, "a run-time script for each entry", remedy);
            }
            _ => reading.plan.empty_script(&format!("{}/js/runtime.js", self.out)),
        }
    }

    /// Names files that scripts and stylesheets import, as Bud does. It inlines none.
    fn names(&self, reading: &mut Reading<'_>) {
        reading.plan.assets.is_written = true;
        reading.plan.assets.limit.get_or_insert(0);
        let hash = if self.is_hashed { ".[hash]" } else { "" };
        for (folder, extensions) in [("images", IMAGES), ("fonts", FONTS)] {
            let pattern = format!("{folder}/[name]{hash}[ext]");
            webpack::file_names(reading, listed(extensions), &pattern, ScriptLocation::default());
        }
    }
}

/// Returns what is called, from the last call before it on: `minimizers.enable`.
fn own_path(call: &Symbol) -> String {
    let mut names = Vec::new();
    let mut symbol = call.call().map(|(callee, _)| callee);
    while let Some(Origin::Member(of, name)) = symbol.map(|symbol| &symbol.origin) {
        names.push(name.as_str());
        symbol = Some(of);
    }
    names.reverse();
    names.join(".")
}

/// Returns `["from", "to"]` as a rule of copy-webpack-plugin.
fn pair(value: &Value) -> Value {
    let [Some(from), Some(to)] = [0, 1].map(|at| value.elements().get(at).cloned()) else {
        return value.clone();
    };
    let field = |(key, value): (&str, Value)| (key.to_owned(), Field { value, ..Field::default() });
    Value::object([("from", from), ("to", to)].map(field).into())
}

/// Reads what `bud.config()` changes of webpack's options: an object, or a function.
fn webpack_options(reading: &mut Reading<'_>, value: &Value) {
    let mut changed = value.clone();
    if let Value::Function(_) = value {
        let options = Value::object(Object::new());
        let given = reading.script.call(value, vec![options.clone()]);
        changed = if matches!(given, Value::Object(_)) { given } else { options };
    }
    let mut fields: Object = changed.fields();
    for key in ["entry", "optimization", "output", "experiments"] {
        fields.shift_remove(key);
    }
    webpack::options(reading, &Value::object(fields));
}

/// Returns texts, those in calls of `bud.glob()` too.
fn sources_of(value: &Value) -> Vec<String> {
    let of_glob = value.as_symbol().filter(|call| call_of(call).0.starts_with("glob"));
    match of_glob {
        Some(call) => call_of(call).1.iter().flat_map(texts).collect(),
        None if matches!(value, Value::List(_)) => {
            value.elements().iter().flat_map(sources_of).collect()
        }
        None => texts(value),
    }
}
