//! Copies: `gulp.src("img/**").pipe(gulp.dest("public/img"))`.

use bundle_js::static_evaluation::ScriptLocation;
use camino::Utf8Path;

use super::steps::{Source, names_of};
use crate::init::{
    plan::tidy,
    reading::{Reading, is_glob},
    webpack,
};

/// Adds the copies of files to a folder.
pub(super) fn read(reading: &mut Reading<'_>, sources: &[Source], to: &str, place: ScriptLocation) {
    // `gulp.src("**").pipe(zip("plugin.zip"))`, and copies of files to where they are.
    let is_project = |source: &Source| source.path.starts_with('*');
    let is_in_place = |source: &Source| {
        let folder = webpack::fixed_folders(&source.path);
        tidy(&folder).trim_end_matches('/') == folder_of(source, to).trim_end_matches('/')
    };
    if !sources.is_empty() && sources.iter().all(is_in_place) {
        let what = format!("changes in place of {}", names_of(sources));
        return reading.note(place, what, "run this task before the build, if you need it");
    }
    if tidy(to).trim_matches(['.', '/']).is_empty() || sources.iter().any(is_project) {
        let to = if to.is_empty() { "the project's folder" } else { to };
        let what = format!("a copy of {} to {to}", names_of(sources));
        return reading.note(place, what, "run this task after the build, if you need it");
    }
    for source in sources {
        let path = source.path.as_str();
        let is_glob = is_glob(path);
        if !is_glob && !reading.is_file(path) && !reading.is_folder(path) {
            reading.note_missing_copy(path, place);
            continue;
        }
        if is_glob && reading.expanded(path).is_empty() {
            let what = format!("a copy of {path}, which finds no file");
            reading.note(place, what, "add it to \"copy\" if you need it");
            continue;
        }
        reading.plan.copy_within(path, &folder_of(source, to));
        if let Some(copy) = reading.plan.copies.last_mut().filter(|_| is_glob) {
            webpack::leave_out(copy, &source.without());
        }
    }
}

/// Returns the folder of a copy: `fonts` of `lib/[f]onts/**` stays, because a glob begins at the
/// first folder that is not fixed.
fn folder_of(source: &Source, to: &str) -> String {
    let fixed = webpack::fixed_folders(&source.path);
    let inner = Utf8Path::new(&fixed).strip_prefix(&source.base);
    tidy(&format!("{to}/{}/", inner.map(Utf8Path::as_str).unwrap_or_default()))
}
