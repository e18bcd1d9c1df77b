//! Manifests for the server: webpack-manifest-plugin and webpack-assets-manifest.

use bundle_base::config::shared_folder;
use bundle_js::static_evaluation::{Field, ScriptLocation, Value};
use serde_json::{Value as Json, json};

use super::{
    super::{
        notes::listed,
        plan::tidy,
        reading::{Reading, call_of},
    },
    plugin_names::name,
    style_names::are_imported,
};

/// Reads webpack-manifest-plugin.
pub(super) fn read(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let mut manifest = json!({ "kind": "webpack" });
    let unusual = take_options(&mut manifest, options, |key| match key {
        "fileName" => OptionOutcome::As("file"),
        "publicPath" => OptionOutcome::As("publicPath"),
        "basePath" => OptionOutcome::As("prefix"),
        "writeToFileEmit" | "useEntryKeys" | "sort" | "removeKeyHash" => OptionOutcome::Needless,
        _ => OptionOutcome::Not,
    });
    add(reading, manifest, &unusual, "webpack-manifest-plugin", place);
}

/// Reads webpack-assets-manifest, which names files as the other plugin does, but leaves out
/// `publicPath` unless its options include it.
pub(super) fn of_assets(reading: &mut Reading<'_>, options: &Value, place: ScriptLocation) {
    let major = reading.facts.major("webpack-assets-manifest");
    let file = if major == Some(3) { "manifest.json" } else { "assets-manifest.json" };
    let mut manifest = json!({ "kind": "webpack", "file": file, "publicPath": "" });
    let unusual = take_options(&mut manifest, options, |key| match key {
        "output" => OptionOutcome::As("file"),
        "publicPath" => OptionOutcome::As("publicPath"),
        "space"
        | "writeToDisk"
        | "sortManifest"
        | "assets"
        | "replacer"
        | "integrity"
        | "integrityHashes"
        | "integrityPropertyName" => OptionOutcome::Needless,
        _ => OptionOutcome::Not,
    });
    if options.get("integrity").is_true() == Some(true) {
        let remedy = "entries are addresses, as texts, no longer { src, integrity }: change what \
                      reads the manifest";
        reading.note(place, "integrity of webpack-assets-manifest", remedy);
    }
    if let Value::Boolean(true) = options.get("publicPath") {
        manifest.as_object_mut().and_then(|manifest| manifest.remove("publicPath"));
    }
    add(reading, manifest, &unusual, "webpack-assets-manifest", place);
}

/// What becomes of an option.
enum OptionOutcome {
    /// It is this key of the manifest.
    As(&'static str),
    /// It needs no key.
    Needless,
    /// A person has to look at it.
    Not,
}

/// Adds options to a manifest. Returns the names of those that a person has to look at.
fn take_options(
    manifest: &mut Json,
    options: &Value,
    of: impl Fn(&str) -> OptionOutcome,
) -> Vec<String> {
    let mut unusual = Vec::new();
    for (key, Field { value, .. }) in options.fields() {
        match (of(&key), &value) {
            (OptionOutcome::As(key), Value::Text(text)) => {
                manifest[key] = text.trim_start_matches("./").into();
            }
            (OptionOutcome::As(_), Value::Boolean(_) | Value::Undefined | Value::Null)
            | (OptionOutcome::Needless, _) => {}
            (OptionOutcome::As(_) | OptionOutcome::Not, _) => unusual.push(key),
        }
    }
    unusual
}

fn add(
    reading: &mut Reading<'_>,
    mut manifest: Json,
    unusual: &[String],
    package: &str,
    place: ScriptLocation,
) {
    let mut file = manifest["file"].as_str().unwrap_or("manifest.json").to_owned();
    let folder = tidy(reading.plan.out_dir.as_deref().unwrap_or_default());
    if let Some(inner) = reading.path(&file).strip_prefix(&format!("{folder}/"))
        && file.starts_with('/')
    {
        manifest["file"] = inner.into();
        inner.clone_into(&mut file);
    }
    let is_inside = !file.starts_with(['/', '.']);
    if file == "manifest.json" || !is_inside {
        manifest.as_object_mut().and_then(|manifest| manifest.remove("file"));
    }
    let is_plain = manifest.as_object().is_some_and(|manifest| manifest.len() == 1);
    reading.plan.set("manifest", json!([if is_plain { "webpack".into() } else { manifest }]));
    let shown = if is_inside { &file } else { "manifest.json" };
    reading.plan.comment("manifest", format!("{shown}: the address of each file by its name"));
    let mut unusual = unusual.to_vec();
    unusual.extend((!is_inside).then(|| format!("the path {file}")));
    if !unusual.is_empty() {
        reading.note(
            place,
            format!("{} of {package}", unusual.join(", ")),
            &format!("{shown} has the address of each file, by its name without a hash"),
        );
    }
}

/// Notes the files of entries that have other keys than the plugins give them: the names of the
/// entries, whatever the names of the files. `plugins`: those of all configurations.
pub(super) fn note_keys(reading: &mut Reading<'_>, plugins: &[Value]) {
    const PLUGINS: [&str; 3] = ["WebpackManifestPlugin", "ManifestPlugin", "WebpackAssetsManifest"];
    let mut symbols = plugins.iter().filter_map(Value::as_symbol);
    let plugin = symbols.find(|symbol| PLUGINS.contains(&name(symbol).as_str()));
    let Some(plugin) = plugin else { return };
    let options = call_of(plugin).1.first().cloned().unwrap_or(Value::Undefined);
    if ["map", "generate", "customize"].iter().any(|key| !options.get(key).is_missing()) {
        return;
    }
    let place = plugin.place;
    let out_dir = reading.plan.out_dir.clone().unwrap_or_else(|| reading.plan.common_folder());
    let folder = format!("{}/", tidy(&out_dir));
    let outputs = || reading.plan.outputs.iter().map(|(path, one)| (area(path, &folder), one));
    let is_script = |modules: &[String]| !modules.is_empty();
    let of_all = shared_folder(outputs().map(|(path, _)| path));
    let mut wanted: Vec<String> = Vec::new();
    let mut ours: Vec<String> = Vec::new();
    for (entry, path) in &reading.plan.scripts.entries {
        let Some(sources) = reading.plan.outputs.get(path) else { continue };
        let is_like = is_script(&sources.modules);
        let alike = outputs().filter(|(_, one)| is_script(&one.modules) == is_like);
        let of_kind = shared_folder(alike.map(|(path, _)| path));
        let shared = if of_all.is_empty() { of_kind } else { of_all };
        let area = area(path, &folder);
        if area == *entry || area.strip_prefix(shared) == Some(entry.as_str()) {
            continue;
        }
        let has_styles = !is_like || are_imported(reading, &sources.modules);
        for (extension, _) in [("js", is_like), ("css", has_styles)].iter().filter(|one| one.1) {
            wanted.push(format!("{entry}.{extension}"));
            ours.push(format!("{area}.{extension}"));
        }
    }
    if wanted.is_empty() {
        return;
    }
    let manifests = reading.plan.keys.get("manifest").and_then(Json::as_array);
    let file = manifests.into_iter().flatten().find_map(|one| one["file"].as_str());
    let prefix = options.get("basePath").as_text().unwrap_or_default();
    let text = |keys: &[String]| {
        let keys: Vec<String> = keys.iter().map(|key| format!("{prefix}{key}")).collect();
        listed(&keys.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let what = format!("the keys {} of {}", text(&wanted), file.unwrap_or("manifest.json"));
    let remedy = format!(
        "here they are {}, by the names of the files: change what reads the manifest, or the \
         names of the areas",
        text(&ours)
    );
    reading.note(place, what, &remedy);
}

/// Returns the name of the area that an output is.
fn area<'p>(path: &'p str, folder: &str) -> &'p str {
    path.strip_prefix(folder).unwrap_or(path)
}
