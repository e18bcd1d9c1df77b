//! Copies: `gulp.src("img/**").pipe(gulp.dest("public/img"))`.

use bundle_js::static_evaluation::ScriptLocation;
use camino::Utf8Path;

use super::{
    renamed,
    steps::{Source, Step, names_of},
};
use crate::{
    plan::tidy,
    reading::{Reading, is_glob},
    webpack,
};

/// Adds the copies of files to a folder. `steps`: those of the chain, which may rename files.
pub(super) fn read(
    reading: &mut Reading<'_>,
    sources: &[Source],
    steps: &[Step],
    to: &str,
    place: ScriptLocation,
) {
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
    let are_renamed = renamed::are_some(steps);
    let mut named = Vec::new();
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
        if are_renamed && !reading.is_folder(path) {
            named.extend(renamed_files(reading, source, steps, to, place));
            continue;
        }
        let before = reading.plan.copies.len();
        webpack::copy_published(reading, path, &folder_of(source, to), place);
        if let Some(copy) = reading.plan.copies[before..].last_mut().filter(|_| is_glob) {
            webpack::leave_out(copy, &source.without());
        }
    }
    for (to, file) in renamed::last_of_each(reading, named, place) {
        webpack::copy_published(reading, &file, &to, place);
    }
}

/// Returns the paths that files are copied to, with the files, where steps rename them. A pattern
/// of one folder that keeps the names of its files is added at once.
fn renamed_files(
    reading: &mut Reading<'_>,
    source: &Source,
    steps: &[Step],
    to: &str,
    place: ScriptLocation,
) -> Vec<(String, String)> {
    let mut named = Vec::new();
    for file in source.files(reading) {
        let inner = Utf8Path::new(&file).strip_prefix(&source.base).map(Utf8Path::as_str);
        let path = renamed::through(reading, steps, inner.unwrap_or(&file), place);
        named.push((tidy(&format!("{to}/{path}")), file));
    }
    let pattern = source.path.as_str();
    if !is_glob(pattern) || named.is_empty() {
        return named;
    }
    let is_level = !pattern.rsplit_once('/').is_some_and(|(folder, _)| is_glob(folder));
    let folder = |path: &str| Utf8Path::new(path).parent().map(ToString::to_string);
    let first = named.first().and_then(|(path, _)| folder(path)).unwrap_or_default();
    let is_there = |(path, file): &(String, String)| {
        Utf8Path::new(path).file_name() == Utf8Path::new(file).file_name()
            && folder(path).as_deref() == Some(first.as_str())
    };
    if is_level && named.iter().all(is_there) {
        reading.plan.copy_within(pattern, &format!("{first}/"));
        if let Some(copy) = reading.plan.copies.last_mut() {
            webpack::leave_out(copy, &source.without());
        }
        return Vec::new();
    }
    let what = format!("copies of {pattern} under other names or in other folders");
    let remedy = "\"copy\" has a line for each file that there is now: add later ones";
    reading.note(place, what, remedy);
    named
}

/// Returns the folder of a copy: `fonts` of `lib/[f]onts/**` stays, because a glob begins at the
/// first folder that is not fixed.
fn folder_of(source: &Source, to: &str) -> String {
    let fixed = webpack::fixed_folders(&source.path);
    let inner = Utf8Path::new(&fixed).strip_prefix(&source.base);
    tidy(&format!("{to}/{}/", inner.map(Utf8Path::as_str).unwrap_or_default()))
}
