//! `mix.extract()`: bundles of packages, and webpack's run-time code in manifest.js. Mix knows
//! their folder only when it has read the whole script, so these calls are read after all others.

use bundle_js::static_evaluation::{ScriptLocation, Symbol, Value};
use camino::Utf8Path;

use super::{
    super::{
        plan::tidy,
        reading::{Reading, call_of, texts},
    },
    folders::Mix,
};

/// Reads all calls of `mix.extract()`. The folder is the last script's, or for manifest.js the one
/// that `runtimeChunkPath` names.
pub(super) fn read(reading: &mut Reading<'_>, calls: &[&Symbol], mix: &Mix) {
    let Some(first) = calls.first() else { return };
    let Some((_, script)) = &mix.last_script else {
        let remedy = "Mix refuses it: remove the call, or compile a script";
        return reading.note(first.place, "mix.extract() without a script", remedy);
    };
    let folder = Utf8Path::new(script).parent().map(ToString::to_string).unwrap_or_default();
    for call in calls {
        extraction(reading, call_of(call).1, call.place, &folder, mix);
    }
    let folder = mix.runtime_folder.as_deref().map_or(folder, |path| mix.below_public(path));
    reading.plan.empty_script(&tidy(&format!("{folder}/manifest.js")));
}

/// `extract(["vue"], "js/vendor.js")`, `extract("js/vendor.js")`, `extract({ libraries, to })`.
fn extraction(
    reading: &mut Reading<'_>,
    arguments: &[Value],
    place: ScriptLocation,
    folder: &str,
    mix: &Mix,
) {
    let first = arguments.first().cloned().unwrap_or_default();
    let of_options = matches!(first, Value::Object(_));
    let listed = if of_options { first.get("libraries") } else { first.clone() };
    if matches!(listed, Value::Function(_) | Value::Pattern(..)) || !first.get("test").is_missing()
    {
        let remedy = "write the packages into an area: { \"packages\": […], \"shared\": true }";
        return reading.note(place, "mix.extract() of what a pattern or a function finds", remedy);
    }
    let mut packages = if let Value::List(_) = listed { texts(&listed) } else { Vec::new() };
    // A path into a package means the package.
    packages.retain(|name| !name.starts_with(['.', '/']));
    if packages.is_empty() {
        packages.push("*".to_owned());
    }
    let to = arguments.iter().find_map(Value::as_text).or_else(|| first.get("to").as_text());
    let to = to.map_or_else(
        || format!("{folder}/vendor.js"),
        |to| mix.below_public(tidy(&to).trim_start_matches('/')),
    );
    // Calls with one path are one bundle.
    let known = reading.plan.libraries.get(tidy(&to).trim_end_matches(".js"));
    let mut all = known.cloned().unwrap_or_default();
    packages.retain(|package| !all.contains(package));
    all.extend(packages);
    reading.plan.library(&to, all);
}
