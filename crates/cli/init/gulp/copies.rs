//! Copies: `gulp.src("img/**").pipe(gulp.dest("public/img"))`.

use bundle_js::evaluate::Place;

use crate::init::{
    plan::tidy,
    reading::{Reading, is_glob},
    webpack,
};

/// Adds the copies of files to a folder. Patterns with `!` leave out files of those before.
pub(super) fn read(reading: &mut Reading<'_>, sources: &[String], (to, place): (&str, Place)) {
    let wanted: Vec<&String> = sources.iter().filter(|source| !source.starts_with('!')).collect();
    // `gulp.src("**").pipe(zip("plugin.zip"))`, and copies of files to where they are.
    let is_project = |source: &&String| source.starts_with('*');
    if tidy(to).trim_matches(['.', '/']).is_empty() || wanted.iter().any(is_project) {
        let names: Vec<&str> = wanted.iter().map(|source| source.as_str()).collect();
        let to = if to.is_empty() { "the project's folder" } else { to };
        let what = format!("a copy of {} to {to}", names.join(", "));
        return reading.note(place, what, "run this task after the build, if you need it");
    }
    let without: Vec<String> =
        sources.iter().filter_map(|source| Some(tidy(source.strip_prefix('!')?))).collect();
    for source in wanted {
        let is_glob = is_glob(source);
        if !is_glob && !reading.is_file(source) && !reading.is_folder(source) {
            reading.note_missing_copy(source, place);
            continue;
        }
        reading.plan.copy_within(source, &format!("{to}/"));
        if let Some(copy) = reading.plan.copies.last_mut().filter(|_| is_glob) {
            webpack::leave_out(copy, &without);
        }
    }
}
