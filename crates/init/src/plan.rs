//! What `bundle init` writes: the keys of the configuration, the outputs, and notes about what it
//! could not carry over. The readers of other tools' configurations fill a `Plan`.

use bundle_base::config::matching_of;
use bundle_js::static_evaluation::Value;
use camino::Utf8Path;
use indexmap::{IndexMap, IndexSet};
use serde_json::{Map, Value as Json, json};

pub use paths::{below, tidy, within};

mod copies; // writes what is copied
mod paths; // paths as configurations write them

/// What to do about files of packages that are not installed.
pub const INSTALL: &str = "install its package and run `bundle init --force` again";

/// The configuration to write.
#[derive(Default)]
pub struct Plan {
    /// The outputs, by path relative to the project, without an extension.
    pub outputs: IndexMap<String, Sources>,
    /// The shared area of packages, by output path, and its packages.
    pub libraries: IndexMap<String, Vec<String>>,
    /// Shared bundles whose packages run on every page that has them.
    pub runs: IndexSet<String>,
    /// The folder of the outputs, relative to the project, if the other tool has one.
    pub out_dir: Option<String>,
    /// All other keys.
    pub keys: Map<String, Json>,
    /// Keys of single modes.
    pub modes: Modes,
    /// A comment above a key.
    pub comments: IndexMap<String, String>,
    /// Small files to write beside the configuration.
    pub files: Files,
    /// Copies: from a path of the project to another one, or to one below `outDir`.
    pub copies: Vec<Copied>,
    /// The names of scripts, from webpack's options.
    pub scripts: Scripts,
    /// Options of webpack's loaders for files that are used as they are.
    pub assets: Assets,
    /// What was not carried over.
    pub notes: Vec<Note>,
}

/// Files that are copied.
pub struct Copied {
    /// Relative to the project.
    pub from: String,
    /// Relative to the folder of the outputs, or to the project.
    pub to: String,
    /// Whether `to` is relative to the project.
    pub is_of_project: bool,
    /// Globs of files that are left out.
    pub ignored: Vec<String>,
}

/// Small files to write beside the configuration.
#[derive(Default)]
pub struct Files {
    /// Their texts, by path relative to the project.
    pub texts: IndexMap<String, String>,
    /// Packages that they need and that are not installed.
    pub missing: IndexSet<String>,
}

/// `modes`: keys that one mode has, and the other has not.
#[derive(Default)]
pub struct Modes {
    pub development: Map<String, Json>,
    pub production: Map<String, Json>,
}

/// Names of scripts, as webpack gives them.
#[derive(Default)]
pub struct Scripts {
    /// The pattern of script names.
    pub pattern: String,
    /// The pattern of shared scripts' names, if it differs.
    pub shared_pattern: Option<String>,
    /// What names stylesheets: a pattern or a function.
    pub styles: Value,
    /// webpack's `context`, relative to the project.
    pub context: String,
    /// The outputs of webpack's entries, by the name of the entry.
    pub entries: IndexMap<String, String>,
    /// Whether the addresses of chunks have a hash, in the name or in the query.
    pub are_chunks_hashed: bool,
    /// Whether stylesheets named `style` go to files of their own, as in `@wordpress/scripts`.
    pub are_styles_split: bool,
    /// The preset that compiles decorators of the first proposal, if there are any.
    pub preset_of_decorators: Option<&'static str>,
    /// Whether a plugin leaves moment's locales out.
    pub are_locales_left_out: bool,
    /// The folder of each compiler with its URL.
    pub folders: Vec<(String, String)>,
}

/// Files that are used as they are.
#[derive(Default)]
pub struct Assets {
    /// The patterns of their names.
    pub names: Vec<AssetNames>,
    /// The files that are entries, or modules of one, with the output of the entry.
    pub entries: Vec<(String, String)>,
    /// Files of fewer bytes are inlined.
    pub limit: Option<u64>,
    /// Whether a loader writes all of its files.
    pub is_written: bool,
    /// Whether scripts add the stylesheets that they import to the page.
    pub are_styles_injected: bool,
    /// Whether a plugin writes these stylesheets.
    pub are_styles_written: bool,
}

/// A pattern of names for some files.
#[derive(Clone, Default)]
pub struct AssetNames {
    /// The extensions of the files; empty: all files.
    pub extensions: Vec<String>,
    /// The glob of the files, if it is for fewer than all with the extensions.
    pub glob: Option<String>,
    /// The pattern, as in `assets.names`.
    pub pattern: String,
    /// Where it is written.
    pub at: String,
}

impl AssetNames {
    /// Whether the pattern is for a file with this extension.
    pub fn fits_extension(&self, extension: &str) -> bool {
        let is_among = self.extensions.iter().any(|one| one == extension);
        self.glob.is_none() && (self.extensions.is_empty() || is_among)
    }

    /// Whether the pattern is for a file of the project.
    pub fn fits_path(&self, path: &str) -> bool {
        let is_match = |glob: &str| !matching_of(glob, &[path.to_owned()]).is_empty();
        match &self.glob {
            Some(glob) if glob.contains('/') => is_match(glob),
            Some(glob) => is_match(&format!("**/{glob}")),
            None => self.fits_extension(Utf8Path::new(path).extension().unwrap_or_default()),
        }
    }

    /// Returns the pattern of the files, as a key of `assets.names`.
    pub fn files(&self) -> String {
        match (&self.glob, self.extensions.as_slice()) {
            (Some(glob), _) => glob.clone(),
            (None, []) => "*".to_owned(),
            (None, [one]) => format!("*.{one}"),
            (None, several) => format!("*.{{{}}}", several.join(",")),
        }
    }
}

/// The sources of an output.
#[derive(Clone, Default)]
pub struct Sources {
    /// Modules, relative to the project.
    pub modules: Vec<String>,
    /// Scripts that the other tool concatenated, and that share globals.
    pub classic: Vec<String>,
    /// The modules in `classic`: the other tool appended compiled scripts to others.
    pub compiled: IndexSet<String>,
    /// Stylesheets.
    pub styles: Vec<String>,
    /// All of them in the order in which they run; empty if only the order of each kind counts.
    pub order: Vec<String>,
    /// The module whose exports are those of the output, if there are several; whether it has a
    /// default export.
    pub exports: Option<(String, bool)>,
    /// The page global that gets the exports.
    pub global_name: Option<String>,
    /// The path of its stylesheet, relative to the project, if it is not beside the script.
    pub stylesheet: Option<String>,
    /// Whether its names have no hash, although those of other outputs have one.
    pub has_exact_name: bool,
}

/// A thing in the other tool's configuration that needs a person.
pub struct Note {
    /// Where it is: `webpack.config.js:12`.
    pub at: String,
    /// What it is.
    pub what: String,
    /// What to do.
    pub remedy: String,
}

impl Note {
    /// Whether a file is missing.
    pub fn is_of_missing_file(&self) -> bool {
        self.what.ends_with("does not exist")
    }
}

impl Plan {
    /// Adds sources to an output, such as `public/js/app.js`.
    pub fn output(&mut self, path: &str) -> &mut Sources {
        let path = tidy(path);
        let endings = [".js", ".css", ".mjs", ".min"];
        let mut stem = path.as_str();
        for ending in endings {
            stem = stem.strip_suffix(ending).unwrap_or(stem);
        }
        // `app.min.js` keeps its name; only a hash and the extension go.
        let stem = if path.ends_with(".min.js") || path.ends_with(".min.css") {
            format!("{stem}.min")
        } else {
            stem.to_owned()
        };
        self.outputs.entry(stem).or_default()
    }

    /// Whether there is nothing to build.
    pub fn has_no_outputs(&self) -> bool {
        self.outputs.is_empty() && self.libraries.is_empty()
    }

    /// Sets a key of the configuration, unless it has a value.
    pub fn set(&mut self, key: &str, value: impl Into<Json>) {
        self.keys.entry(key).or_insert_with(|| value.into());
    }

    /// Sets a key of an object such as `alias`, unless it has a value.
    pub fn put(&mut self, object: &str, key: &str, value: impl Into<Json>) {
        let object = self.keys.entry(object).or_insert_with(|| json!({}));
        if let Some(object) = object.as_object_mut() {
            object.entry(key).or_insert_with(|| value.into());
        }
    }

    /// Writes a comment above a key.
    pub fn comment(&mut self, key: &str, text: impl Into<String>) {
        self.comments.entry(key.to_owned()).or_insert_with(|| text.into());
    }

    /// Adds a file with a plugin, as `plugins` names it.
    pub fn plugin(&mut self, file: String) {
        let plugins = self.keys.entry("plugins").or_insert_with(|| Json::Array(Vec::new()));
        let file = Json::String(file);
        if let Some(plugins) = plugins.as_array_mut().filter(|all| !all.contains(&file)) {
            plugins.push(file);
        }
    }

    /// Notes what was not carried over.
    pub fn note(&mut self, at: impl Into<String>, what: impl Into<String>, remedy: &str) {
        let note = Note { at: at.into(), what: what.into(), remedy: remedy.to_owned() };
        if !self.notes.iter().any(|n| n.at == note.at && n.what == note.what) {
            self.notes.push(note);
        }
    }

    /// Adds a bundle of packages that pages share, as `mix.extract()` makes.
    pub fn library(&mut self, path: &str, packages: Vec<String>) {
        self.libraries.insert(tidy(path).trim_end_matches(".js").to_owned(), packages);
    }

    /// Adds a bundle of packages that run where pages include it, as an entry of webpack does.
    pub fn entry_of_packages(&mut self, path: &str, packages: Vec<String>) {
        self.runs.insert(tidy(path).trim_end_matches(".js").to_owned());
        self.library(path, packages);
    }

    /// Adds an empty script for pages that include the one of webpack's run-time code.
    pub fn empty_script(&mut self, path: &str) {
        let name = Utf8Path::new(path).file_name().unwrap_or(path);
        let file = format!("bundle.entries/{name}");
        let text = format!(
            "// Empty: pages include {name}, which webpack's run-time code was in.\n\
             // Remove it with their tags.\nexport {{}};\n"
        );
        self.output(path).modules.push(file.clone());
        self.files.texts.insert(file, text);
    }

    /// Turns the outputs into areas below one folder, and writes small entry files where an output
    /// has several sources.
    ///
    /// `exists` returns whether a path relative to the project is a file: sources that are missing,
    /// because a package is not installed, are noted.
    pub fn finish(&mut self, exists: &dyn Fn(&str) -> bool) {
        self.replace_intermediate();
        self.drop_missing(exists);
        let out_dir = self.out_dir.clone().unwrap_or_else(|| self.common_folder());
        let out_dir = tidy(&out_dir);
        self.finish_public_path(&out_dir);
        self.finish_assets();
        let mut areas = Map::new();
        for (path, packages) in std::mem::take(&mut self.libraries) {
            let name = self.area_name(&path, &out_dir);
            let mut area = json!({ "packages": packages, "shared": true });
            // Listed packages run even if nothing else imports them.
            if packages.iter().all(|package| !package.contains('*')) && self.runs.contains(&path) {
                let file = format!("bundle.entries/{}.js", name.replace('/', "-"));
                let imports = packages.iter().map(|package| format!("import \"{package}\";\n"));
                let header = "// Written by `bundle init`: packages that run on every page.\n";
                let text = header.to_owned() + &imports.collect::<String>();
                self.files.texts.insert(file.clone(), text);
                area["entry"] = file.into();
            }
            areas.insert(name, area);
        }
        let mut stylesheets = self.finish_stylesheets(&out_dir);
        for (path, sources) in std::mem::take(&mut self.outputs) {
            let name = self.area_name(&path, &out_dir);
            let Some(entry) = self.entry(&name, &sources) else { continue };
            // The short form gives an output exactly its name, without a hash.
            let is_hashed = self.modes.production.contains_key("hash");
            let mut area = json!({ "entry": entry });
            let further = [
                ("globalName", sources.global_name),
                ("stylesheet", stylesheets.shift_remove(&path)),
            ];
            if is_hashed && sources.has_exact_name {
                area["hash"] = false.into();
            }
            let is_short = !is_hashed && further.iter().all(|(_, value)| value.is_none());
            for (key, value) in further {
                if let Some(value) = value {
                    area[key] = value.into();
                }
            }
            areas.insert(name, if is_short { area["entry"].take() } else { area });
        }
        self.finish_copies(&out_dir, &areas);
        self.finish_urls();
        self.finish_pages(&areas, &out_dir);
        self.finish_hashes(&mut areas);
        self.finish_manifest();
        self.set("outDir", if out_dir.is_empty() { ".".to_owned() } else { out_dir });
        self.set("areas", areas);
    }

    /// Several compilers have one folder here, and its URL is what their own URLs have in common.
    fn finish_public_path(&mut self, out_dir: &str) {
        if self.scripts.folders.iter().all(|(_, public)| public.is_empty()) {
            return;
        }
        let mut bases = self.scripts.folders.iter().map(|(folder, public)| {
            let below = Utf8Path::new(folder).strip_prefix(out_dir).ok()?;
            let public = public.strip_suffix('/').unwrap_or(public);
            let base = public.strip_suffix(below.as_str())?;
            Some(base.strip_suffix('/').unwrap_or(base).to_owned() + "/")
        });
        let Some(first) = bases.next() else { return };
        let shown = if out_dir.is_empty() { "." } else { out_dir };
        match first.filter(|first| bases.all(|base| base.as_ref() == Some(first))) {
            Some(base) => {
                self.keys.insert("publicPath".to_owned(), base.into());
            }
            None if self.scripts.folders.len() == 1 => self.note(
                "",
                "publicPath, which is the address of the scripts",
                &format!("outDir is {shown}: write its address into \"publicPath\""),
            ),
            None => {
                let known = |(folder, public): &(String, String)| match public.as_str() {
                    "" => format!("{folder} (unknown)"),
                    public => format!("{folder} ({public})"),
                };
                let known: IndexSet<String> = self.scripts.folders.iter().map(known).collect();
                let known = known.iter().map(String::as_str).collect::<Vec<_>>().join(", ");
                let what = format!("folders whose addresses do not fit together: {known}");
                let remedy = format!(
                    "outDir is {shown}: write its address into \"publicPath\", and build what \
                     has another one with a configuration of its own"
                );
                self.note("", what, &remedy);
            }
        }
    }

    fn finish_assets(&mut self) {
        let Assets { limit, is_written, are_styles_injected, are_styles_written, .. } =
            std::mem::take(&mut self.assets);
        // A stylesheet with the name of a script gets the styles of the script too.
        let is_joined = |sources: &Sources| {
            let has_scripts = !sources.modules.is_empty() || !sources.classic.is_empty();
            has_scripts && !sources.styles.is_empty()
        };
        let is_joined = self.outputs.values().any(is_joined);
        if are_styles_injected && !are_styles_written && !is_joined {
            self.set("styles", "inject");
            self.comment("styles", "as before: scripts add the stylesheets that they import");
        }
        if let Some(limit) = limit.or_else(|| is_written.then_some(0)) {
            self.put("assets", "inlineBelow", limit);
        }
    }

    /// Addresses in the stylesheets that a file of bundle.entries/ joins stay as written.
    fn finish_urls(&mut self) {
        let is_joined = self.files.texts.keys().any(|path| path.ends_with("css"));
        if let Some(assets) = self.keys.get_mut("assets").filter(|_| is_joined)
            && assets["urls"] == "rebase"
        {
            assets["urls"] = false.into();
        }
    }

    /// Pages name webpack's entries: the areas have the names of their outputs. Chunks of packages
    /// come with the entries that need them.
    fn finish_pages(&mut self, areas: &Map<String, Json>, out_dir: &str) {
        let area = |entry: &str| {
            let path = self.scripts.entries.get(entry)?;
            let below = Utf8Path::new(path).strip_prefix(out_dir).ok()?;
            areas.contains_key(below.as_str()).then(|| below.to_string())
        };
        let known = |name: &Json| {
            let name = name.as_str()?;
            let own = || areas.contains_key(name).then(|| name.to_owned());
            area(name).or_else(own).map(Json::from)
        };
        let Some(Json::Object(pages)) = self.keys.get("html") else { return };
        let mut pages = pages.clone();
        for page in pages.values_mut() {
            if let Some(Json::Array(excluded)) = page.get("excluded") {
                let excluded: Vec<Json> = excluded.iter().filter_map(known).collect();
                let is_entry =
                    |name: &&String| areas[*name].get("shared") != Some(&Json::Bool(true));
                let all = areas.keys().filter(is_entry).map(|name| Json::from(name.as_str()));
                page["entries"] = all.filter(|name| !excluded.contains(name)).collect();
            }
            if let Some(page) = page.as_object_mut() {
                page.shift_remove("excluded");
            }
            if let Some(Json::Array(entries)) = page.get("entries") {
                page["entries"] = entries.iter().filter_map(known).collect();
            }
        }
        self.keys.insert("html".to_owned(), Json::Object(pages));
    }

    fn drop_missing(&mut self, exists: &dyn Fn(&str) -> bool) {
        let mut missing = Vec::new();
        for (path, sources) in &mut self.outputs {
            for list in [&mut sources.modules, &mut sources.classic, &mut sources.styles] {
                // Tasks that several tasks call are followed several times.
                *list =
                    std::mem::take(list).into_iter().collect::<IndexSet<_>>().into_iter().collect();
                let is_there = |source: &String| {
                    source.contains('*') || source.starts_with("bundle.entries/") || exists(source)
                };
                let gone = list.extract_if(.., |source| !is_there(source));
                missing.extend(gone.map(|source| (path.clone(), source)));
            }
        }
        for (path, source) in missing {
            let what = format!("{source}, a source of {path}, does not exist");
            let remedy = if source.starts_with("node_modules/") {
                INSTALL
            } else {
                "correct its path in \"areas\", or remove it"
            };
            self.note("", what, remedy);
        }
    }

    fn area_name(&mut self, path: &str, out_dir: &str) -> String {
        let below = Utf8Path::new(path).strip_prefix(out_dir).ok();
        if let Some(below) = below.filter(|below| !below.starts_with("..")) {
            return below.to_string();
        }
        let folder = if out_dir.is_empty() { "the project" } else { out_dir };
        let name = path.trim_start_matches("../");
        self.note(
            "",
            format!("the output {path} is outside {folder}, and goes to {}", within(out_dir, name)),
            "outputs lie below one outDir: build it with a configuration of its own, or correct \
             what names it",
        );
        name.to_owned()
    }

    /// Returns the folder that all outputs are in.
    pub fn common_folder(&self) -> String {
        let copies = self.copies.iter().filter(|copy| copy.is_of_project).map(|copy| &copy.to);
        let stylesheets = self.outputs.values().filter_map(|sources| sources.stylesheet.as_ref());
        let outputs = self.outputs.keys().chain(stylesheets).chain(self.libraries.keys());
        let folders = outputs.chain(copies);
        let mut folders =
            folders.map(|path| Utf8Path::new(path).parent().unwrap_or(Utf8Path::new("")));
        let Some(first) = folders.next() else { return "dist".to_owned() };
        let mut common = first.to_owned();
        for folder in folders {
            while !folder.starts_with(&common) && common.pop() {}
        }
        common.into_string()
    }
}

/// Converts a value of a script that is wholly known.
pub fn to_json(value: &Value) -> Option<Json> {
    serde_json::from_str(&value.to_json()?).ok()
}
