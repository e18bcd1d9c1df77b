//! Joins the plans of several tools that one build runs: webpack for the scripts, Grunt for the
//! stylesheets. The first plan decides, and the others add what it lacks.

use camino::Utf8Path;
use indexmap::IndexSet;
use serde_json::{Map, Value as Json};

use super::{
    notes::listed,
    plan::{AssetNames, Plan, Sources, within},
};

/// Where larger files go without `assets.names`: docs/assets.md.
const NAMES: &str = "assets/[name]-[hash][ext]";

/// Adds a plan to the one of the first tool. One that writes nothing adds its notes.
pub fn add(plan: &mut Plan, mut other: Plan) {
    if plan.has_no_outputs() {
        let notes = std::mem::replace(plan, other).notes;
        plan.notes.splice(0..0, notes);
        return;
    }
    if other.has_no_outputs() && other.copies.is_empty() {
        plan.notes.extend(other.notes);
        return;
    }
    let folder = folder_of(&other);
    fix_copies(&mut other, &folder);
    widen(plan, &folder);
    for (path, sources) in other.outputs {
        let known = plan.outputs.entry(path).or_default();
        // A script and a stylesheet may have one name.
        if known.styles.is_empty() {
            known.styles = sources.styles;
        }
        if known.modules.is_empty() && known.classic.is_empty() {
            known.modules = sources.modules;
            known.classic = sources.classic;
            known.compiled = sources.compiled;
            known.order = sources.order;
            known.exports = sources.exports;
            known.global_name = sources.global_name;
            known.stylesheet = sources.stylesheet;
            known.has_exact_name = sources.has_exact_name;
        }
    }
    for (path, packages) in other.libraries {
        plan.libraries.entry(path).or_insert(packages);
    }
    plan.runs.extend(other.runs);
    let is_script = |sources: &&Sources| !sources.modules.is_empty() || !sources.classic.is_empty();
    let has_tags = ["html", "manifest"].iter().any(|key| plan.keys.contains_key(*key));
    if !has_tags && plan.outputs.values().filter(is_script).count() > 1 {
        plan.set("splitting", "async");
    }
    // `join_keys` leaves `urls` out.
    other.comments.shift_remove("assets");
    join_keys(plan, other.keys);
    join(&mut plan.modes.development, other.modes.development);
    join(&mut plan.modes.production, other.modes.production);
    for (key, text) in other.comments {
        if plan.keys.contains_key(&key) {
            plan.comments.entry(key).or_insert(text);
        }
    }
    for (path, text) in other.files.texts {
        plan.files.texts.entry(path).or_insert(text);
    }
    plan.files.missing.extend(other.files.missing);
    plan.copies.extend(other.copies);
    plan.scripts.entries.extend(other.scripts.entries);
    plan.scripts.folders.extend(other.scripts.folders);
    plan.assets.entries.extend(other.assets.entries);
    plan.notes.extend(other.notes);
}

/// Adds the plan of a further run of one configuration, with other variables.
pub fn add_run(plan: &mut Plan, mut other: Plan) {
    let has_new = other.outputs.keys().any(|path| !plan.outputs.contains_key(path))
        || other.libraries.keys().any(|path| !plan.libraries.contains_key(path));
    if !has_new {
        plan.notes.extend(other.notes);
        return;
    }
    note_differences(plan, &other);
    if plan.keys.get("globalName") != other.keys.get("globalName") {
        give_own_globals(plan);
        give_own_globals(&mut other);
    }
    // The first run has the values of the others, too.
    for key in ["minify", "sourcemap"] {
        other.keys.shift_remove(key);
        other.modes.production.shift_remove(key);
    }
    other.scripts.folders.retain(|folder| !plan.scripts.folders.contains(folder));
    add(plan, other);
}

/// Notes values that two runs of a configuration do not share.
fn note_differences(plan: &mut Plan, other: &Plan) {
    for key in ["externals", "alias", "define", "provide", "jsx"] {
        let [own, others] = [&*plan, other]
            .map(|plan| plan.keys.get(key).and_then(Json::as_object).cloned().unwrap_or_default());
        // Entries without the external have the package in their outputs.
        let counts_missing = key == "externals";
        let differs = |name: &&String| match (own.get(*name), others.get(*name)) {
            (Some(one), Some(other)) => one != other,
            _ => counts_missing,
        };
        let names: IndexSet<&String> = own.keys().chain(others.keys()).filter(differs).collect();
        if !names.is_empty() {
            let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
            let what = format!("{key} that the runs do not share: {}", listed(&names));
            let remedy = "one build has them for all entries: write a configuration for each run";
            plan.note("package.json", what, remedy);
        }
    }
}

/// Gives the global of all scripts to each of them.
fn give_own_globals(plan: &mut Plan) {
    let Some(Json::String(name)) = plan.keys.shift_remove("globalName") else { return };
    for sources in plan.outputs.values_mut().filter(|sources| !sources.modules.is_empty()) {
        sources.global_name.get_or_insert_with(|| name.clone());
    }
}

/// Returns the folder of a plan's outputs.
fn folder_of(plan: &Plan) -> String {
    plan.out_dir.clone().unwrap_or_else(|| plan.common_folder())
}

/// Makes copies relative to the project.
fn fix_copies(plan: &mut Plan, folder: &str) {
    for copy in plan.copies.iter_mut().filter(|copy| !copy.is_of_project) {
        copy.to = within(folder, &copy.to);
        copy.is_of_project = true;
    }
}

/// Chooses a folder for the outputs that has another folder too.
fn widen(plan: &mut Plan, other: &str) {
    let own = folder_of(plan);
    let common =
        Utf8Path::new(other).ancestors().find(|folder| Utf8Path::new(&own).starts_with(folder));
    let common = common.map(Utf8Path::as_str).unwrap_or_default();
    if common == own {
        return;
    }
    fix_copies(plan, &own);
    let before = own.strip_prefix(common).unwrap_or(&own).trim_start_matches('/').to_owned();
    if plan.assets.names.is_empty() {
        let pattern = NAMES.to_owned();
        plan.assets.names.push(AssetNames { pattern, ..AssetNames::default() });
    }
    for names in &mut plan.assets.names {
        names.pattern = within(&before, &names.pattern);
    }
    if plan.scripts.folders.is_empty()
        && let Some(public) = plan.keys.get("publicPath").and_then(Json::as_str)
    {
        plan.scripts.folders.push((own, public.to_owned()));
    }
    plan.out_dir = Some(common.to_owned());
}

/// Adds keys. Values that one tool has for all its outputs do not apply to the outputs of the
/// first.
fn join_keys(plan: &mut Plan, mut keys: Map<String, Json>) {
    if let Some(assets) = keys.get_mut("assets").and_then(Json::as_object_mut)
        && assets.shift_remove("urls").is_some()
    {
        // Compilers of Sass and Less do not look for what stylesheets name.
        plan.put("severity", "missing-asset", "warn");
        if assets.is_empty() {
            keys.shift_remove("assets");
        }
    }
    // Scripts of webpack may load others; and views name each of the rest.
    if keys.shift_remove("splitting").is_some_and(|splitting| splitting == false) {
        plan.set("splitting", "async");
    }
    for key in ["publicPath", "styles", "format"] {
        keys.shift_remove(key);
    }
    join(&mut plan.keys, keys);
}

/// Adds what an object has not.
fn join(keys: &mut Map<String, Json>, others: Map<String, Json>) {
    for (key, value) in others {
        match (keys.get_mut(&key), value) {
            (Some(Json::Object(known)), Json::Object(others)) => join(known, others),
            (Some(_), _) => {}
            (None, value) => {
                keys.insert(key, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_for_the_folders_of_two_tools() {
        let mut plan = Plan { out_dir: Some("public/build".to_owned()), ..Plan::default() };
        plan.set("publicPath", "/build/");
        plan.output("public/build/a.js").modules.push("a.js".to_owned());
        let mut other = Plan::default();
        other.output("dist/b.js").modules.push("b.js".to_owned());
        add(&mut plan, other);
        plan.finish(&|_| true);
        let remedies: Vec<&str> = plan.notes.iter().map(|note| note.remedy.as_str()).collect();
        assert_eq!(remedies, ["outDir is .: write its address into \"publicPath\""]);
    }
}
