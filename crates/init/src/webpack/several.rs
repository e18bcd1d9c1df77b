//! Several configurations that one file exports. They become one build, whose `externals`, `alias`
//! and `define` are for all entries, so values that only some of them have are noted.

use bundle_js::static_evaluation::{Field, Object, ScriptLocation, Value};
use indexmap::IndexSet;

use super::{
    super::{imports, notes::listed, reading::Reading, stylesheets::is_stylesheet, wordpress},
    entries::named_entries,
    sources::specifiers,
};

/// Notes what would mean something else in other configurations.
pub(super) fn note_differences(reading: &mut Reading<'_>, configs: &[Value]) {
    let externals = |config: &Value| externals(&config.get("externals"));
    let alias = |config: &Value| config.get("resolve").get("alias").fields();
    let configs = || configs.iter().filter(|config| has_scripts(config));
    let kinds: [(&str, Vec<Object>); 3] = [
        ("externals", configs().map(externals).collect()),
        ("alias", configs().map(alias).collect()),
        ("define", configs().map(defined).collect()),
    ];
    for (key, all) in kinds {
        // Entries without the external have the package in their outputs.
        let counts_missing = key == "externals";
        let differs = |(name, field): &(&String, &Field)| {
            all.iter().any(|other| match other.get(*name) {
                Some(other) => field.value.to_json() != other.value.to_json(),
                None => counts_missing,
            })
        };
        let mut names: Vec<&str> = Vec::new();
        let mut place = None;
        for (name, field) in all.iter().flatten().filter(differs) {
            place = place.or(Some(field.place));
            if !names.contains(&name.as_str()) {
                names.push(name);
            }
        }
        if let Some(place) = place {
            let what = format!("{key} that the configurations do not share: {}", listed(&names));
            let remedy = "one build has them for all entries: write a configuration for each build";
            reading.note(place, what, remedy);
        }
    }
}

/// Whether a configuration has entries besides stylesheets, or some that are not known.
fn has_scripts(config: &Value) -> bool {
    let entry = config.get("entry");
    let named = entry.fields().into_values().map(|field| match &field.value {
        Value::Object(_) => field.value.get("import"),
        value => value.clone(),
    });
    let sources: Vec<String> =
        std::iter::once(entry.clone()).chain(named).flat_map(|value| specifiers(&value)).collect();
    sources.is_empty() || sources.iter().any(|source| !is_stylesheet(source))
}

/// Returns externals by name; those of a list too.
fn externals(value: &Value) -> Object {
    let of_list = value.elements();
    of_list.iter().fold(value.fields(), |mut all, one| {
        all.extend(one.fields());
        all
    })
}

/// Returns what `DefinePlugin` defines.
fn defined(config: &Value) -> Object {
    let mut all = Object::new();
    for plugin in config.get("plugins").elements() {
        let Some(symbol) = plugin.as_symbol() else { continue };
        let defines = symbol.path().last() == Some(&"DefinePlugin");
        let first = symbol.call().filter(|_| defines).and_then(|(_, arguments)| arguments.first());
        all.extend(first.map(Value::fields).unwrap_or_default());
    }
    all
}

/// The externals of `DependencyExtractionWebpackPlugin`, and the entries of configurations without
/// it.
#[derive(Default)]
pub(super) struct ExtractedPackages {
    /// Keys of `externals` that the plugin adds.
    names: IndexSet<String>,
    others: Vec<OtherEntry>,
}

/// An entry whose configuration does not have the plugin.
struct OtherEntry {
    name: String,
    modules: Vec<String>,
    /// Externals of its configuration.
    own: Object,
    place: ScriptLocation,
}

impl ExtractedPackages {
    /// Reads the plugin of a configuration, once its entries are known.
    pub(super) fn read(&mut self, reading: &mut Reading<'_>, config: &Value) {
        let before = external_names(reading);
        if wordpress::of_configuration(reading, config) {
            self.names.extend(external_names(reading).difference(&before).cloned());
            return;
        }
        for (name, Field { place, .. }) in named_entries(reading, config) {
            let path = reading.plan.scripts.entries.get(&name);
            let Some(sources) = path.and_then(|path| reading.plan.outputs.get(path)) else {
                continue;
            };
            let (modules, own) = (sources.modules.clone(), externals(&config.get("externals")));
            self.others.push(OtherEntry { name, modules, own, place });
        }
    }

    /// Notes packages that the other entries had in their scripts.
    pub(super) fn note(&self, reading: &mut Reading<'_>) {
        let alias = reading.plan.keys.get("alias").cloned().unwrap_or_default();
        let has_defaults = self.names.contains("@wordpress/*");
        for entry in &self.others {
            let is_extracted = |name: &String| {
                let is_usual = has_defaults && wordpress::is_given(name);
                (is_usual || self.names.contains(name)) && !entry.own.contains_key(name)
            };
            let mut packages = imports::packages(reading.facts, &entry.modules, &alias);
            packages.retain(is_extracted);
            if packages.is_empty() {
                continue;
            }
            let packages: Vec<&str> = packages.iter().map(String::as_str).collect();
            let what = format!(
                "{} in {}, whose configuration has no DependencyExtractionWebpackPlugin",
                listed(&packages),
                entry.name
            );
            let remedy = "one build has externals for all entries: write a configuration for each \
                          build, or load what NAME.asset.php lists before the script";
            reading.note(entry.place, what, remedy);
        }
    }
}

/// Returns the packages that are external so far.
fn external_names(reading: &Reading<'_>) -> IndexSet<String> {
    let all = reading.plan.keys.get("externals").and_then(|all| all.as_object());
    let outside = all.into_iter().flatten().filter(|(_, value)| **value != false);
    outside.map(|(name, _)| name.clone()).collect()
}
