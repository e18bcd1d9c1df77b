//! gulp-rtlcss: a chain with it writes the second form of a stylesheet that another chain writes.
//! Builds write both forms of every area, so the second form is not an area.

use bundle_js::static_evaluation::ScriptLocation;
use camino::Utf8Path;

use super::{Chain, based, inner_folder, text};
use crate::{
    gulp::{
        filters, renamed,
        steps::{Step, names_of, note_steps, sources},
    },
    plan::tidy,
    reading::Reading,
    right_to_left,
};

/// Reads a chain that writes to the folder `to`. All other chains are read.
pub(in crate::gulp) fn read(
    reading: &mut Reading<'_>,
    steps: &[Step],
    to: &str,
    place: ScriptLocation,
) {
    note_steps(reading, steps, place);
    let chain = &Chain { steps, to, place };
    let mut sources = sources(reading, steps);
    filters::apply(reading, steps, &mut sources, place);
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
        let flipped = tidy(&format!("{}/{name}", chain.to));
        right_to_left::set_ending(reading, place, &flipped, &file);
    }
}
