//! Stylesheets that Mix compiles into the folders of the sources, for later calls: `mix.styles()`
//! joins them with others. The later outputs have their sources instead.

use bundle_base::config::absolute;
use indexmap::IndexSet;

use super::{
    super::{imports, reading::Reading},
    folders::Mix,
};

/// Replaces these stylesheets with their sources. They are no outputs then, unless something else
/// may need them.
pub(super) fn take(reading: &mut Reading<'_>, mix: &Mix) {
    let plan = &reading.plan;
    let joined: IndexSet<String> = plan
        .outputs
        .values()
        .flat_map(|sources| &sources.styles)
        .filter_map(|path| Some(path.strip_suffix(".css")?.to_owned()))
        .filter(|stem| !mix.is_inside(stem) && plan.outputs.contains_key(stem))
        .collect();
    if joined.is_empty() {
        return;
    }
    let alias = plan.keys.get("alias").cloned().unwrap_or_default();
    let modules: Vec<String> =
        plan.outputs.values().flat_map(|sources| sources.modules.clone()).collect();
    let imported = imports::named_styles(reading.facts, &modules, &alias);
    reading.plan.replace_intermediate();
    for stem in joined {
        let Some(sources) = reading.plan.outputs.shift_remove(&stem) else { continue };
        let path = absolute(reading.project(), &format!("{stem}.css"));
        if imported.iter().any(|(_, one)| *one == path) {
            let what = format!("the import of {stem}.css, which Mix writes");
            let remedy = format!("import {} there", sources.styles.join(" and "));
            reading.plan.note("", what, &remedy);
        }
    }
}
