//! Copies: `gulp.src("img/**").pipe(gulp.dest("public/img"))`.

use bundle_js::static_evaluation::ScriptLocation;

use crate::init::{
    plan::tidy,
    reading::{Reading, is_glob},
    webpack,
};

/// Adds the copies of files to a folder. Patterns with `!` leave out files of those before.
pub(super) fn read(
    reading: &mut Reading<'_>,
    sources: &[String],
    (to, place): (&str, ScriptLocation),
) {
    let wanted: Vec<&String> = sources.iter().filter(|source| !source.starts_with('!')).collect();
    // `gulp.src("**").pipe(zip("plugin.zip"))`, and copies of files to where they are.
    let is_project = |source: &&String| source.starts_with('*');
    let is_in_place = |source: &&String| {
        let folder = webpack::fixed_folders(source);
        tidy(&folder).trim_end_matches('/') == tidy(to).trim_end_matches('/')
    };
    if !wanted.is_empty() && wanted.iter().all(is_in_place) {
        let what = format!("changes in place of {}", names_of(&wanted));
        return reading.note(place, what, "run this task before the build, if you need it");
    }
    if tidy(to).trim_matches(['.', '/']).is_empty() || wanted.iter().any(is_project) {
        let to = if to.is_empty() { "the project's folder" } else { to };
        let what = format!("a copy of {} to {to}", names_of(&wanted));
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
        if is_glob && reading.expanded(source).is_empty() {
            let what = format!("a copy of {source}, which finds no file");
            reading.note(place, what, "add it to \"copy\" if you need it");
            continue;
        }
        reading.plan.copy_within(source, &format!("{to}/"));
        if let Some(copy) = reading.plan.copies.last_mut().filter(|_| is_glob) {
            webpack::leave_out(copy, &without);
        }
    }
}

fn names_of(sources: &[&String]) -> String {
    sources.iter().map(|source| source.as_str()).collect::<Vec<_>>().join(", ")
}
