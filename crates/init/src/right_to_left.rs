//! rtlcss, as gulp and Grunt call it: it makes the second form of a stylesheet that is already an
//! output. Builds write both forms of every area, so the second form is not an area.

use bundle_js::static_evaluation::ScriptLocation;

use super::reading::Reading;

/// Finds the first form of a stylesheet, and sets the ending of the second, which has the path
/// `flipped`.
pub fn set_ending(reading: &mut Reading<'_>, place: ScriptLocation, flipped: &str, source: &str) {
    let stem = flipped.strip_suffix(".css").unwrap_or(flipped);
    let outputs = reading.plan.outputs.iter();
    let of_source = outputs.filter(|(path, sources)| {
        sources.styles.iter().any(|style| style == source) || format!("{path}.css") == source
    });
    let paths: Vec<String> = of_source.map(|(path, _)| path.clone()).collect();
    if paths.is_empty() {
        let what = format!("{stem}.css, which rtlcss makes from {source}");
        let remedy = "add its source to \"areas\", and write \"rtl\": true: docs/styles.md";
        return reading.note(place, what, remedy);
    }
    let endings = paths.iter().filter_map(|path| stem.strip_prefix(path.as_str()));
    // Of `style` and `style.min`, the longest is meant.
    let ending = endings.min_by_key(|ending| ending.len()).unwrap_or_default();
    let is_ending = !ending.is_empty() && !ending.contains('/');
    match ending {
        ending if is_ending && ending != "-rtl" => reading.plan.set("rtl", ending),
        _ => reading.plan.set("rtl", true),
    }
    let known = reading.plan.keys.get("rtl");
    let known = known.and_then(|ending| ending.as_str()).unwrap_or("-rtl").to_owned();
    if !is_ending || known != ending {
        let remedy = format!("builds write NAME{known}.css for each stylesheet: name it in views");
        reading.note(place, format!("{stem}.css, which rtlcss makes"), &remedy);
    }
}
