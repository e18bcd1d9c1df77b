//! Stylesheets that one command writes and scripts of another tool import: `tailwindcss -i main.css
//! -o src/styles/tailwind.css && webpack`. Scripts import the source instead, so that one build
//! makes both.

use bundle_base::config::relative;
use camino::Utf8Path;

use super::{facts::ProjectFacts, imports, plan::Plan, postcss};

/// Writes an alias for each output of `commands` that a script of `plan` imports, and takes the
/// outputs away. Returns whether there is one.
pub fn take(facts: &ProjectFacts, plan: &mut Plan, commands: &mut Plan) -> bool {
    if commands.outputs.is_empty() {
        return false;
    }
    let modules = plan.outputs.values().flat_map(|sources| sources.modules.clone());
    let alias = plan.keys.get("alias").cloned().unwrap_or_default();
    let imported = imports::named_styles(facts, &modules.collect::<Vec<_>>(), &alias);
    let folder = plan.out_dir.clone().unwrap_or_else(|| plan.common_folder());
    let mut taken = Vec::new();
    // An alias is for the whole project.
    let is_of_one = |specifier: &str, path: &Utf8Path| {
        imported.iter().all(|(other, other_path)| other != specifier || other_path == path)
    };
    for (specifier, path) in &imported {
        let is_of_one = is_of_one(specifier, path);
        let path = relative(&facts.project, path);
        let Some(stem) = path.strip_suffix(".css") else { continue };
        let Some(output) = commands.outputs.get(stem) else { continue };
        match output.styles.as_slice() {
            [source] if specifier.starts_with('.') && is_of_one => {
                plan.put("alias", &format!("{specifier}$"), format!("./{source}"));
                let comment = format!("{specifier}: package.json's commands made it from {source}");
                plan.comment("alias", comment);
            }
            sources => {
                let what = format!("the import of {specifier}, which a command writes");
                let remedy = format!("import {} there", sources.join(" and "));
                plan.note("package.json", what, &remedy);
            }
        }
        taken.push(stem.to_owned());
    }
    if taken.is_empty() {
        return false;
    }
    postcss::with_tailwind(facts, commands);
    // Pages may include what is in the public folder.
    let is_public = |stem: &str| !folder.is_empty() && Utf8Path::new(stem).starts_with(&folder);
    for stem in taken.iter().filter(|stem| !is_public(stem)) {
        commands.outputs.shift_remove(stem);
    }
    for key in ["sass", "preprocess"] {
        if let Some(value) = commands.keys.get(key) {
            plan.set(key, value.clone());
        }
    }
    for (path, text) in std::mem::take(&mut commands.files.texts) {
        plan.files.texts.entry(path).or_insert(text);
    }
    plan.files.missing.append(&mut commands.files.missing);
    true
}
