//! gulp-rtlcss: a chain with it writes the second form of a stylesheet that another chain writes.
//! Builds write both forms of every area, so the second form is not an area.

use bundle_js::static_evaluation::ScriptLocation;
use camino::Utf8Path;

use super::{Chain, based, inner_folder, text};
use crate::init::{
    gulp::{
        renamed,
        steps::{Step, names_of, note_steps, sources},
    },
    plan::tidy,
    reading::Reading,
};

/// Reads a chain that writes to the folder `to`. All other chains are read.
pub(in crate::init::gulp) fn read(
    reading: &mut Reading<'_>,
    steps: &[Step],
    to: &str,
    place: ScriptLocation,
) {
    note_steps(reading, steps, place);
    let chain = &Chain { steps, to, place };
    let sources = sources(reading, steps);
    let based = based(reading, &sources);
    if based.is_empty() {
        let what = format!("an output of {}, which finds no file", names_of(&sources));
        reading.note(place, what, "write \"rtl\": true if you need it: docs/styles.md");
    }
    for (folder, file) in based {
        let path = Utf8Path::new(&file);
        if path.file_name().is_some_and(|name| name.starts_with('_')) {
            continue;
        }
        let inner = inner_folder(&file, &folder);
        let joined = chain.find("concat").and_then(text);
        let stem = path.file_stem().unwrap_or_default();
        let name = joined.unwrap_or_else(|| format!("{inner}/{stem}.css"));
        let name = renamed::through(reading, chain.naming(), &name, place);
        let name = name.strip_suffix(".css").unwrap_or(&name);
        let flipped = tidy(&format!("{}/{name}", chain.to));
        one(reading, chain, &flipped, &file);
    }
}

/// Finds the first form of a stylesheet, and sets the ending of the second.
fn one(reading: &mut Reading<'_>, chain: &Chain<'_>, flipped: &str, source: &str) {
    let outputs = reading.plan.outputs.iter();
    let of_source = outputs.filter(|(path, sources)| {
        sources.styles.iter().any(|style| style == source) || format!("{path}.css") == source
    });
    let paths: Vec<String> = of_source.map(|(path, _)| path.clone()).collect();
    if paths.is_empty() {
        let what = format!("{flipped}.css, which rtlcss makes from {source}");
        let remedy = "add its source to \"areas\", and write \"rtl\": true: docs/styles.md";
        return reading.note(chain.place, what, remedy);
    }
    let endings = paths.iter().filter_map(|path| flipped.strip_prefix(path.as_str()));
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
        reading.note(chain.place, format!("{flipped}.css, which rtlcss makes"), &remedy);
    }
}
