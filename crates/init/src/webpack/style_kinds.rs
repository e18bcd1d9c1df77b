//! Which stylesheets style-loader adds to pages, where another rule writes stylesheets.

use bundle_js::static_evaluation::{ScriptLocation, Value};
use camino::Utf8Path;

use super::{
    super::{imports, reading::Reading, stylesheets::is_stylesheet},
    entries::named_entries,
    rules::{is_extracted, loaders, tested},
};

/// What becomes of stylesheets by the rules of a configuration.
#[derive(Default)]
struct StyleKinds {
    /// The extensions of those that scripts add to pages.
    injected: Vec<String>,
    /// The extensions of those that a plugin writes.
    written: Vec<String>,
    /// The first rule with style-loader.
    place: ScriptLocation,
}

impl StyleKinds {
    fn read(&mut self, rules: &[Value]) {
        for rule in rules {
            for key in ["oneOf", "rules"] {
                self.read(&rule.get(key).elements());
            }
            for value in ["use", "loader", "loaders"].map(|key| rule.get(key)) {
                if is_extracted(&value) {
                    self.written.extend(tested(rule));
                } else if loaders(&value).iter().any(|(name, _)| name == "style") {
                    self.injected.extend(tested(rule));
                    let places = rule.fields().into_values().map(|field| field.place);
                    let place = places.into_iter().find(|place| place.line > 0);
                    if self.place.line == 0 {
                        self.place = place.unwrap_or_default();
                    }
                }
            }
        }
    }

    fn are_injected(&self, path: &str) -> bool {
        let extension = Utf8Path::new(path).extension().unwrap_or_default();
        let has = |all: &[String]| all.iter().any(|one| one == extension);
        has(&self.injected) && !has(&self.written)
    }
}

/// A script whose modules import stylesheets.
pub(super) struct StyledScript {
    /// Its path, without an extension.
    path: String,
    /// Whether all of them are style-loader's.
    are_injected: bool,
    place: ScriptLocation,
}

/// Returns the scripts of a configuration that import stylesheets, once the entries are known.
pub(super) fn scripts(reading: &mut Reading<'_>, config: &Value) -> Vec<StyledScript> {
    let module = config.get("module");
    let mut kinds = StyleKinds::default();
    for key in ["rules", "loaders"] {
        kinds.read(&module.get(key).elements());
    }
    let alias = reading.plan.keys.get("alias").cloned().unwrap_or_default();
    let mut found = Vec::new();
    for name in named_entries(reading, config).into_iter().map(|(name, _)| name) {
        let Some(path) = reading.plan.scripts.entries.get(&name) else { continue };
        let sources = reading.plan.outputs.get(path).filter(|sources| !sources.modules.is_empty());
        let Some(sources) = sources else { continue };
        let mut styles = sources.styles.clone();
        styles.extend(imports::styles(reading.facts, &sources.modules));
        let packages = imports::packages(reading.facts, &sources.modules, &alias);
        styles.extend(packages.into_iter().filter(|name| is_stylesheet(name)));
        let has_components = imports::followed(reading.facts, &sources.modules, &alias)
            .files()
            .any(|file| file.extension() == Some("vue"));
        if !styles.is_empty() || has_components {
            let are_injected =
                !has_components && styles.iter().all(|style| kinds.are_injected(style));
            found.push(StyledScript { path: path.clone(), are_injected, place: kinds.place });
        }
    }
    found
}

/// Lets scripts add stylesheets to pages, if none of them had a written one. Notes stylesheets that
/// are new because of the written ones of other scripts.
pub(super) fn decide(reading: &mut Reading<'_>, scripts: &[StyledScript]) {
    if !reading.plan.assets.are_styles_written || scripts.is_empty() {
        return;
    }
    if scripts.iter().all(|script| script.are_injected) {
        reading.plan.assets.are_styles_written = false;
        return;
    }
    for script in scripts.iter().filter(|script| script.are_injected) {
        let sources = reading.plan.outputs.get(&script.path);
        let own = sources.and_then(|sources| sources.stylesheet.clone());
        let path = own.unwrap_or_else(|| format!("{}.css", script.path));
        let what = format!("{path}, a new stylesheet with what style-loader added to pages");
        let remedy = "scripts add all stylesheets or none: include it in the views";
        reading.note(script.place, what, remedy);
    }
}
