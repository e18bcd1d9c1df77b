//! Copies: `gulp.src("img/**").pipe(gulp.dest("public/img"))`.

use bundle_js::evaluate::Place;

use crate::init::{plan::tidy, reading::Reading, webpack};

/// Files that a copy with exceptions lists one by one, at most.
const MOST: usize = 20;

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
    let left_out = reading.left_out(sources);
    for source in wanted {
        let files = reading.expanded(source);
        let kept: Vec<&String> = files.iter().filter(|file| !left_out.contains(file)).collect();
        if kept.len() == files.len() {
            reading.plan.copy_within(source, &format!("{to}/"));
        } else if kept.len() > MOST {
            let what = format!("a copy of {source} to {to} without some files");
            reading.note(place, what, "write the folders that you need into \"copy\"");
        } else {
            let folder = webpack::fixed_folders(source);
            for file in kept {
                let inner = file.strip_prefix(&folder).unwrap_or(file).trim_start_matches('/');
                reading.plan.copy_within(file, &format!("{to}/{inner}"));
            }
        }
    }
}
