//! Vite's `build`: the folder, the names of outputs, source maps, and what they may contain.

use bundle_js::static_evaluation::{Field, ScriptLocation, Value};

use super::super::{
    asset_names::{FONTS, IMAGES, listed},
    esbuild,
    plan::tidy,
    reading::{Reading, texts},
    source_maps, webpack,
};

mod chunks; // manualChunks as a function

/// Options of `build` that only concern Vite itself, that are read elsewhere, or that we decide
/// ourselves.
const WITHOUT_MEANING: &[&str] = &[
    "assetsDir",
    "chunkSizeWarningLimit",
    "commonjsOptions",
    "copyPublicDir",
    "cssMinify",
    "cssTarget",
    "emptyOutDir",
    "lib",
    "manifest",
    "modulePreload",
    "outDir",
    "polyfillModulePreload",
    "reportCompressedSize",
    "ssr",
    "ssrManifest",
    "terserOptions",
    "watch",
    "write",
];

/// The names of outputs.
#[derive(Default)]
pub struct OutputNames {
    /// The pattern of entries' scripts, if there is one without a hash.
    pub scripts: Option<String>,
    /// What names stylesheets: a pattern, or a function.
    styles: Value,
    /// All stylesheets are one: `cssCodeSplit: false`.
    are_styles_one: bool,
    /// The pattern of chunks, if there is one without a hash.
    pub chunks: Option<String>,
    /// Views find outputs by their sources, in Vite's manifest.
    pub has_manifest: bool,
}

impl OutputNames {
    /// Returns the path of the stylesheet `name`, with its extension. `None`: it has a hash, or
    /// only running the script would give it.
    pub fn style(&self, reading: &mut Reading<'_>, name: &str) -> Option<String> {
        let pattern = named(reading, self.styles.clone(), &format!("{name}.css")).as_text()?;
        if webpack::has_hash(&pattern) {
            return None;
        }
        let pattern = pattern.replace("[extname]", ".css").replace("[ext]", "css");
        let path = webpack::named(&pattern, name);
        Some(format!("{}.css", path.strip_suffix(".css").unwrap_or(&path)))
    }

    /// Names the stylesheet of what an entry imports.
    pub fn name_imported(&self, reading: &mut Reading<'_>, entry: &str, out: &str, script: &str) {
        let name = if self.are_styles_one { "style" } else { entry };
        let path = self.style(reading, name).map(|path| format!("{out}/{path}"));
        webpack::name_imported(reading, path, script);
    }
}

/// Reads `build`, and returns how its outputs are named.
pub fn read(reading: &mut Reading<'_>, build: &Value) -> OutputNames {
    let mut names = OutputNames::default();
    for (key, Field { value, place }) in build.fields() {
        match key.as_str() {
            "sourcemap" => source_maps::of_switch(&mut reading.plan, &value),
            "minify" if value.is_true() == Some(false) => reading.plan.set("minify", false),
            "minify" => {}
            "target" if value.as_text().as_deref() == Some("baseline-widely-available") => {}
            "target" => esbuild::target(reading, "build.target", &value, place),
            "assetsInlineLimit" => webpack::inlined(reading, &value),
            "rollupOptions" | "rolldownOptions" => {
                let output = match value.get("output") {
                    Value::List(outputs) => outputs.borrow().first().cloned().unwrap_or_default(),
                    output => output,
                };
                outputs(reading, &output, &mut names);
            }
            "cssCodeSplit" => names.are_styles_one = value.is_true() == Some(false),
            key if WITHOUT_MEANING.contains(&key) => {}
            key => {
                reading.note(place, format!("build.{key}"), "find out whether you need it");
            }
        }
    }
    names
}

/// Reads Rollup's `output`.
fn outputs(reading: &mut Reading<'_>, output: &Value, names: &mut OutputNames) {
    for (key, Field { value, place }) in output.fields() {
        if key == "assetFileNames" {
            for (extension, extensions) in [("woff2", FONTS), ("png", &[])] {
                let name = format!("[name].{extension}");
                let pattern = named(reading, value.clone(), &name).as_text();
                // One without an extension is for stylesheets.
                if let Some(pattern) = pattern.filter(|pattern| pattern.contains("[ext")) {
                    asset_names(reading, extensions, &pattern, place);
                }
            }
            names.styles = value.clone();
        }
        let value = match key.as_str() {
            "entryFileNames" => named(reading, value, "[name].js"),
            "assetFileNames" => named(reading, value, "[name].css"),
            _ => value,
        };
        match (key.as_str(), value.as_text()) {
            ("dir", Some(folder)) => {
                reading.plan.out_dir = Some(tidy(&reading.path(&folder)));
            }
            ("entryFileNames", Some(pattern)) if !webpack::has_hash(&pattern) => {
                names.scripts = Some(pattern);
            }
            ("chunkFileNames", Some(pattern)) if !webpack::has_hash(&pattern) => {
                names.chunks = Some(pattern);
            }
            ("manualChunks", None) if matches!(value, Value::Object(_)) => {
                manual_chunks(reading, &value);
            }
            ("manualChunks" | "preserveModules" | "inlineDynamicImports", _)
                if value.is_true() == Some(false) => {}
            ("manualChunks", _) => chunks::of_function(reading, &value, place),
            ("preserveModules", _) => {
                let remedy = "modules are joined in the script of their entry";
                reading.note(place, "output.preserveModules", remedy);
            }
            ("assetFileNames" | "entryFileNames", None) => {
                let what = format!("output.{key}, which a function gives");
                let remedy = "stylesheets have the path of their script, and other files the \
                              pattern of assets.names";
                reading.note(place, what, remedy);
            }
            ("entryFileNames" | "assetFileNames", Some(_))
            | ("chunkFileNames" | "format" | "name" | "globals" | "exports", _) => {}
            (key, _) => {
                let remedy = "outputs have the names of their areas: docs/output-files.md";
                reading.note(place, format!("output.{key}"), remedy);
            }
        }
    }
}

/// Adds a pattern of names. `[ext]` has no dot, which ours has. Where it is not the end of a name,
/// as in `[ext]/[name].[ext]`, each kind of images and fonts gets a pattern of its own.
fn asset_names(
    reading: &mut Reading<'_>,
    extensions: &'static [&'static str],
    pattern: &str,
    place: ScriptLocation,
) {
    let pattern = pattern.replace("[extname]", ".[ext]");
    if !pattern.replace(".[ext]", "").contains("[ext]") {
        return webpack::file_names(reading, listed(extensions), &pattern, place);
    }
    let with_ext = |extension: &str| {
        let parts = pattern.split(".[ext]").map(|part| part.replace("[ext]", extension));
        parts.collect::<Vec<_>>().join(".[ext]")
    };
    for extension in if extensions.is_empty() { IMAGES } else { extensions } {
        webpack::file_names(reading, listed(&[extension]), &with_ext(extension), place);
    }
    if extensions.is_empty() {
        // All other files go without that folder.
        let path = with_ext("");
        let names: Vec<&str> = path.split('/').filter(|name| !name.is_empty()).collect();
        webpack::file_names(reading, listed(&[]), &names.join("/"), place);
    }
}

/// Returns the pattern of a file's name, which a function may give.
fn named(reading: &mut Reading<'_>, pattern: Value, file: &str) -> Value {
    let Value::Function(_) = pattern else { return pattern };
    let names = Value::list(vec![Value::text(file)]);
    let fields = [("name", Value::text(file)), ("names", names)];
    let field = |(key, value): (&str, Value)| (key.to_owned(), Field { value, ..Field::default() });
    let about = Value::object(fields.into_iter().map(field).collect());
    reading.script.call(&pattern, vec![about])
}

/// `manualChunks` as an object: packages that pages share.
fn manual_chunks(reading: &mut Reading<'_>, chunks: &Value) {
    let folder = reading.plan.out_dir.clone().unwrap_or_default();
    for (name, field) in chunks.fields() {
        let packages = texts(&field.value);
        if packages.iter().all(|one| !one.starts_with(['.', '/', '@']) || one.contains('/')) {
            reading.plan.library(&format!("{folder}/{name}"), packages);
        } else {
            let what = format!("the chunk {name} of manualChunks");
            reading.note(field.place, what, "name its modules in an area with \"shared\"");
        }
    }
}
